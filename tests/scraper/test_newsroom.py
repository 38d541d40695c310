"""The sample newsroom answers like a real site, over real sockets."""

from __future__ import annotations

import socket
from xml.etree import ElementTree as ET

import httpx
import pytest

from scraper.newsroom import Newsroom, NewsroomError, newsroom_port
from scraper.newsroom.site import stories

ZWNJ = "\u200c"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom(free_port()) as server:
        yield server


def test_every_article_is_served_where_the_sitemap_says(newsroom):
    sitemap = ET.fromstring(httpx.get(f"{newsroom.base}/fa-sitemap-news.xml").content)
    addresses = [node.text for node in sitemap.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(addresses) == len(stories()) >= 12
    for address, story in zip(addresses, stories(), strict=True):
        answer = httpx.get(address)
        assert answer.status_code == 200
        assert story.title in answer.text


def test_a_page_asked_for_again_with_its_etag_is_not_sent_again(newsroom):
    first = httpx.get(f"{newsroom.base}/fa/news/1001")
    again = httpx.get(f"{newsroom.base}/fa/news/1001", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Last-Modified"].endswith("GMT")


def test_a_path_that_is_not_there_is_404(newsroom):
    assert httpx.get(f"{newsroom.base}/fa/news/999").status_code == 404


def test_robots_keep_crawlers_from_print_pages(newsroom):
    assert "Disallow: /fa/print/" in httpx.get(f"{newsroom.base}/robots.txt").text


def test_some_stories_lost_their_zwnj_and_some_kept_it():
    texts = ["".join(story.paragraphs) for story in stories()]
    assert any(ZWNJ in text for text in texts)
    assert any(ZWNJ not in text for text in texts)


def test_two_newsrooms_share_a_port(newsroom):
    port = int(newsroom.base.rsplit(":", 1)[1])
    with Newsroom(port):
        assert httpx.get(f"{newsroom.base}/").status_code == 200


def test_a_port_that_another_program_holds_is_a_clear_error():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with pytest.raises(NewsroomError, match="BAYEGAN_SAMPLE_PORT"):
            Newsroom(holder.getsockname()[1])


@pytest.mark.parametrize("value", ["", "0", "65536", "abc", "۱۸۲۹۸", "-1"])
def test_a_port_that_is_none_is_a_clear_error(monkeypatch, value):
    monkeypatch.setenv("BAYEGAN_SAMPLE_PORT", value)
    with pytest.raises(NewsroomError, match="free port"):
        newsroom_port()
