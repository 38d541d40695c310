"""What feeds and sitemaps say of an article's day, where its page says nothing."""

from __future__ import annotations

import pytest
from fault_server import BODY, reply

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.stated_facts import SourceNotice
from scraper.discovery_types import ArticleAddress
from scraper.publication_notices import PublicationNotices
from scraper.publication_windows import Window

TITLE = "آب روستا قطع شد"
PAGE = (
    f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{{}}"
    f"<div class='body'><p>{BODY}</p><p>{BODY}</p></div></body></html>"
)
FEED = (
    "<rss version='2.0'><channel><title>x</title><item><title>t</title><link>/fa/news/1</link>"
    "<pubDate>Tue, 07 Oct 2025 07:00:00 GMT</pubDate></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("", ("2025-10-07T10:30:00+03:30", "feed")),
        ("<span>تاریخ انتشار: ۱۴ مهر ۱۴۰۴ - ۰۹:۰۰</span>", ("2025-10-06T09:00:00+03:30", "labelled")),
    ],
)
def test_the_day_of_a_feed_stands_in_for_a_page_without_one(bench, server, printed, published):
    server.pages["/rss"] = reply(FEED, kind="application/rss+xml")
    server.pages["/fa/news/1"] = reply(PAGE.format(printed))
    bench.crawl()
    assert bench.rows("SELECT published_at, published_from FROM articles") == [published]


@pytest.mark.parametrize(
    ("listed", "fetched_at", "published"),
    [
        (SourceNotice("2025-10-07T07:00:00+00:00", "feed"), None, ("2025-10-07T10:30:00+03:30", "feed")),
        (SourceNotice("2025-10-07", "sitemap"), None, ("2025-10-07T00:00:00+03:30", "sitemap")),
        # A day that is printed without a label yields to the feed's moment, which is of the same article; a future one is told.
        (SourceNotice("2031-10-07T07:00:00+00:00", "feed"), "2025-10-07T12:00:00+03:30", ("2031-10-07T10:30:00+03:30", "feed")),
        (None, None, (None, None)),
    ],
)
def test_a_notice_travels_with_the_capture(listed, fetched_at, published):
    headers = listed.headers() if listed else {}
    capture = Capture(PAGE.format("").encode(), "https://www.nemuneh.ir/fa/news/1", headers, fetched_at)
    page = read_page(capture)
    assert (page.published_at, page.published_from) == published
    assert [issue.code for issue in page.issues] == (["future_date"] if fetched_at else [])


def test_the_moment_of_a_change_is_no_notice():
    address = ArticleAddress("https://n.ir/1", "https://n.ir/1", None, Window(), None)
    notices = PublicationNotices()
    notices.add([address])
    capture = Capture(b"", "https://n.ir/1")
    assert notices.on(capture, "https://n.ir/1") is capture
