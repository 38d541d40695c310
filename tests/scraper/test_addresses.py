"""Addresses are asked for as they are named; what is one document is told by their keys, and by the page's own canonical."""

from __future__ import annotations

import pytest
from fault_server import BODY, article, redirect, reply

from db import Archive
from db.crawl.frontier import Discovered
from parsers.page.urls import canonicalize

NAMED = [
    ("/n?t=%CE%C8%D1", "/n?t=%D4%E5%D1"),
    ("/n/a%2Fb", "/n/a/b"),
    ("/n?amp=1", "/n?amp=2"),
    ("/topics/print", "/topics"),
    ("/?/news/5", "/?/news/6"),
    ("/?12345", "/?12346"),
    ("/n?a=1;b=2", "/n?a=1;b=3"),
    ("/n?b=1&a=2", "/n?a=2&b=1"),
    ("/n//x", "/n/x"),
    ("/n?x=a+b", "/n?x=a%20b"),
    ("/n?x=50%", "/n?x=51%"),
]


@pytest.mark.parametrize("paths", NAMED)
@pytest.mark.parametrize("source", ["rss", "listing"])
def test_two_addresses_are_asked_for_as_they_are_written_and_are_two_documents(bench, server, paths, source):
    for number, path in enumerate(paths, 1):
        server.pages[path] = reply(article(number, BODY + f" این خبر شماره {number} است."))
    links = "".join(f'<div class="item"><a href="{path.replace("&", "&amp;")}">خبر</a></div>' for path in paths)
    items = "".join(f"<item><link>{path.replace('&', '&amp;')}</link></item>" for path in paths)
    server.pages |= {
        "/list": reply(f"<html><body>{links}</body></html>"),
        "/rss": reply(f"<rss><channel>{items}</channel></rss>"),
    }
    if source == "listing":
        bench.discover(("listing", "/list"), links=".item a")
    assert bench.crawl().exit_code == 0
    assert set(paths) <= set(server.paths())
    assert bench.documents() == 2
    assert bench.rows("SELECT url FROM captures ORDER BY id") == [
        (server.base + path,) for path in sorted(paths, key=server.paths().index)
    ]
    assert bench.crawl().exit_code == 0
    assert (bench.documents(), server.paths().count(paths[0])) == (2, 2)


@pytest.mark.parametrize(
    ("link", "path"),
    [("/fa/خبر یک", "/fa/%D8%AE%D8%A8%D8%B1%20%DB%8C%DA%A9"), ("/fa/%d8%ae?utm_source=a", "/fa/%d8%ae?utm_source=a"),
     ("/fa/news/1#top", "/fa/news/1")],
)  # fmt: skip
def test_only_what_must_be_escaped_is(bench, server, link, path):
    server.feed(link)
    server.pages[path] = reply(article(1))
    assert bench.crawl().exit_code == 0
    assert path in server.paths()


@pytest.mark.parametrize("location", ["/fa/\u062e\u0628\u0631", "/fa/%d8%ae%d8%a8%d8%b1#x"])
def test_a_redirect_to_an_address_in_persian_is_followed(bench, server, location):
    server.feed("/fa/news/1")
    server.pages |= {"/fa/news/1": redirect(location)}
    server.pages |= dict.fromkeys(("/fa/%D8%AE%D8%A8%D8%B1", "/fa/%d8%ae%d8%a8%d8%b1"), reply(article(1)))
    assert bench.crawl().exit_code == 0
    assert bench.documents() == 1


def test_print_and_amp_copies_are_one_document_if_they_name_their_canonical(bench, server):
    canonical = f"{server.base}/fa/news/1"
    paths = ("/fa/news/1", "/fa/print/1", "/fa/news/1?outputType=amp")
    server.pages |= dict.fromkeys(paths, reply(article(1, canonical=canonical)))
    server.feed(*paths)
    assert bench.crawl().exit_code == 0
    assert (bench.documents(), bench.log("inserted", "unchanged")) == (1, (1, 2))


@pytest.mark.parametrize(
    ("old", "named"),
    [("?%2Fnews%2F5=", "?/news/5"), ("?12345=", "?12345"), ("n?a=1%3Bb%3D2", "n?a=1;b%3D2"), ("n?q=a+b", "n?q=a%20b"),
     ("n?q=%D8%AE", "n?q=%D8%AE")],
)  # fmt: skip
def test_documents_of_older_archives_are_found_under_the_address_as_it_is_named(bench, server, old, named):
    from db import migrations

    page, base = reply(article(1)), server.base
    server.pages[f"/{named}"] = page
    server.feed(f"/{named}")
    assert bench.crawl().exit_code == 0
    with Archive(bench.path) as archive:  # as version 0.1 left it
        archive.db.execute("UPDATE document_urls SET url = ?", [f"{base}/{old}"])
        archive.db.execute("UPDATE documents SET url = ?", [f"{base}/{old}"])
        archive.db.execute("DELETE FROM frontier_urls")
        archive.db.execute("ALTER TABLE frontier_urls DROP COLUMN named")
        archive.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'addresses'")
        migrations.migrate(archive.db)
    assert bench.crawl().exit_code == 0
    assert bench.rows("SELECT count(*) FROM documents") == [(1,)]


def test_the_frontier_keeps_the_address_as_it_was_named_first(bench, server):
    with Archive(bench.path) as archive, archive.transaction():
        for named in ("http://a.ir/x?utm_source=a", "http://a.ir/x", "http://a.ir/y"):
            key = canonicalize(named)
            archive.frontier.add("a", [Discovered(key, named if named != key else None)], "2026-01-01T00:00:00.000Z")
        found = [archive.frontier.get("a", f"http://a.ir/{path}").asked for path in "xy"]
    assert found == ["http://a.ir/x?utm_source=a", "http://a.ir/y"]
