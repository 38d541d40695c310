"""What feeds and sitemaps say of an article's day, where its page says nothing."""

from __future__ import annotations

import pytest
from fault_server import BODY, reply

from db.archive import Archive
from parsers.models import Capture
from parsers.page import read_page
from parsers.page.stated_facts import SourceNotice, Stated
from scraper.add import InputPath, add_all
from scraper.discovery_types import ArticleAddress
from scraper.publication_notices import PublicationNotices
from scraper.publication_windows import Window
from scraper.registry import Registry

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


def test_a_server_cannot_say_what_only_a_feed_or_a_person_may(bench, server):
    server.pages["/rss"] = reply(FEED.replace("<pubDate>Tue, 07 Oct 2025 07:00:00 GMT</pubDate>", ""), kind="application/rss+xml")
    said = {"X-Bayegan-Listed-At": "2001-02-03", "X-Bayegan-Listed-By": "feed", "x-bayegan-title": "%D8%A7"}
    server.pages["/fa/news/1"] = reply(PAGE.format(""), **said)
    bench.crawl()
    assert bench.rows("SELECT published_at, published_from FROM articles") == [(None, None)]
    assert bench.rows("SELECT headers LIKE '%ayegan%' FROM captures") == [(0,)]


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


def test_what_a_person_says_of_a_law_at_an_address_is_kept_with_it(bench, server):
    lines = "".join(f"<p>ماده {n} – میوه شماره {n} در میدان فروخته می\u200cشود و ترازوی آن درست است.</p>" for n in range(1, 5))
    bench.set(cms="auto")
    server.pages["/law"] = reply(f"<html><body><div>{lines}</div></body></html>")
    stated = Stated(title="قانون میدان\u200cهای میوه", approved="1390/02/03")
    with Archive(bench.path) as archive:
        inputs = [InputPath(f"{server.base}/law", bench.publisher, stated=stated)]
        add_all(archive, Registry({bench.publisher.slug: bench.publisher}), inputs, pytest.fail)
        assert bench.rows("SELECT title, approved_on FROM laws_list") == [("قانون میدان\u200cهای میوه", "2011-04-23")]
