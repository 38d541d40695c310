"""Every class of fault: what comes of it in the archive, the log and the exit code."""

from __future__ import annotations

import gzip
import zlib
from datetime import date

import pytest
import zstandard
from fault_server import (
    BODY,
    article,
    chunked,
    drip,
    endless,
    endless_chunks,
    endless_head,
    endless_interim,
    hang,
    in_turn,
    raw,
    redirect,
    reply,
    reset,
    slow_head,
)

from scraper.publication_windows import Window

CHALLENGE = "<html><head><title></title></head><body><script>"
CHALLENGE += 'document.cookie="__arcsjs=1";location.reload()</script></body></html>'
BOMB = gzip.compress(b"<p>x</p>" * 1_000_000)
GOOD = article(2)

# name, handler of /fa/news/1, code, level, counted as failed, documents beside the good one
FAULTS = [
    ("not found", reply("no", 404), "http_error", "error", 1, 0),
    ("forbidden", reply("no", 403), "http_error", "error", 1, 0),
    ("server error", reply("no", 500), "http_error", "error", 1, 0),
    ("silence", hang, "timeout", "error", 1, 0),
    ("a drip", drip, "timeout", "error", 1, 0),
    ("reset", reset, "connection", "error", 1, 0),
    ("half a page", reply(article(1)[:400], length=5000), "connection", "error", 1, 0),
    ("not http", raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "connection", "error", 1, 0),
    ("cut chunks", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc"), "connection", "error", 1, 0),
    ("headers drop by drop", slow_head, "timeout", "error", 1, 0),
    ("headers without end", endless_head, "connection", "error", 1, 0),
    ("interim answers without end", endless_interim, "timeout", "error", 1, 0),
    ("chunks without end", endless_chunks, "too_large", "error", 1, 0),
    ("chunks of no size", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"),
     "connection", "error", 1, 0),
    ("two lengths", raw(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\nabcdefghi"),
     "connection", "error", 1, 0),
    ("a page without a head", raw(article(1).encode()), "connection", "error", 1, 0),
    ("nothing at all", raw(b""), "connection", "error", 1, 0),
    ("a part of a page", reply(article(1), 206, Content_Range="bytes 0-99/9999"), "connection", "error", 1, 0),
    ("a server that says unchanged to a stranger", reply("", 304), "http_error", "error", 1, 0),
    ("a redirect to nowhere", reply("", 302), "http_error", "error", 1, 0),
    ("an error without end", raw(b"HTTP/1.1 404 No\r\nContent-Length: 900000\r\n\r\n" + b"x" * 900_000),
     "http_error", "error", 1, 0),
    ("a zstd bomb", reply(zstandard.compress(b"<p>x</p>" * 900_000), Content_Encoding="zstd"), "too_large", "error", 1, 0),
    ("an unknown encoding", reply(article(1), Content_Encoding="utf-8"), "bad_encoding", "warning", 0, 1),
    ("gzip said to be deflate", reply(gzip.compress(article(1).encode()), Content_Encoding="deflate"),
     "bad_encoding", "warning", 0, 1),
    ("noise said to be gzip", reply(bytes(range(256)) * 9, Content_Encoding="gzip"), "bad_encoding", "warning", 0, 0),
    ("redirects in a ring", redirect("/fa/ring"), "redirect_loop", "error", 1, 0),
    ("redirects on and on", redirect("/fa/hop/1"), "redirect_loop", "error", 1, 0),
    ("to another door of the host", redirect("http://127.0.7.1:1/"), "forbidden_address", "error", 1, 0),
    ("to gopher", redirect("gopher://127.0.7.1/"), "forbidden_address", "error", 1, 0),
    ("to an octal number", redirect("http://0177.0.0.1/"), "forbidden_address", "error", 1, 0),
    ("to a hexadecimal number", redirect("http://0x7f000001/"), "forbidden_address", "error", 1, 0),
    ("to a short number", redirect("http://127.1/"), "forbidden_address", "error", 1, 0),
    ("to a name of the machine", redirect("http://localhost:9/"), "forbidden_address", "error", 1, 0),
    ("to a name with a dot behind it", redirect("http://127.0.0.1.:9/"), "forbidden_address", "error", 1, 0),
    ("to six", redirect("http://[::1]:9/"), "forbidden_address", "error", 1, 0),
    ("to wide digits", redirect("http://\uff11\uff12\uff17.0.0.1/"), "forbidden_address", "error", 1, 0),
    ("plain said to be gzip", reply(article(1), Content_Encoding="gzip"), "bad_encoding", "warning", 0, 1),
    ("gzip cut off", reply(gzip.compress(article(1).encode())[:-300], Content_Encoding="gzip"), "bad_encoding", "warning", 0, 0),
    ("gzip said to be br", reply(gzip.compress(article(1).encode()), Content_Encoding="br"), "bad_encoding", "warning", 0, 1),
    ("noise said to be zstd", reply(bytes(range(256)) * 9, Content_Encoding="zstd"), "bad_encoding", "warning", 0, 0),
    ("too large and announced", reply(b"x" * 300_000), "too_large", "error", 1, 0),
    ("endless", endless, "too_large", "error", 1, 0),
    ("a bomb", reply(BOMB, Content_Encoding="gzip"), "too_large", "error", 1, 0),
    ("a bomb twice packed", reply(gzip.compress(BOMB), Content_Encoding="gzip, gzip"), "too_large", "error", 1, 0),
    ("a raw deflate bomb", reply(zlib.compress(b"x" * 9_000_000)[2:-4], Content_Encoding="deflate"), "too_large", "error", 1, 0),
    ("a loop", redirect("/fa/news/1"), "redirect_loop", "error", 1, 0),
    ("to the machine", redirect("http://127.0.0.1:22/"), "forbidden_address", "error", 1, 0),
    ("to the cloud", redirect("http://169.254.169.254/latest/"), "forbidden_address", "error", 1, 0),
    ("to a file", redirect("file:///etc/passwd"), "forbidden_address", "error", 1, 0),
    ("to a number", redirect("http://2130706433:22/"), "forbidden_address", "error", 1, 0),
    ("to six in four", redirect("http://[::ffff:127.0.0.1]/"), "forbidden_address", "error", 1, 0),
    ("to no address", redirect("http://[half/"), "forbidden_address", "error", 1, 0),
    ("soft 404", reply('<html><title>صفحه یافت نشد</title><body><h1>۴۰۴</h1><p>صفحه مورد نظر یافت نشد</p></body></html>'),
     "soft_404", "warning", 1, 0),
    ("a challenge", reply(CHALLENGE), "blocked", "error", 1, 0),
    ("a challenge with 503", reply(CHALLENGE, 503), "blocked", "error", 1, 0),
    ("nothing", reply(""), "empty", "warning", 1, 0),
    ("another charset", reply(article(1).replace("\u200c", " ").encode("cp1256", "ignore")),
     "bad_charset", "info", 0, 1),
    ("a foreign canonical", reply(article(1, canonical="https://elsewhere.example/x")), "bad_canonical", "info", 0, 1),
]  # fmt: skip


@pytest.mark.survives("servers that hang, lie, loop, send bombs", "crawl", "that page alone, by its name")
@pytest.mark.parametrize(("handler", "code", "level", "failed", "stored"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_fault_costs_its_own_page_and_is_called_by_its_name(bench, server, handler, code, level, failed, stored):
    server.pages |= {"/fa/news/1": handler, "/fa/news/2": reply(GOOD), "/fa/ring": redirect("/fa/news/1")}
    server.pages |= {f"/fa/hop/{n}": redirect(f"/fa/hop/{n + 1}") for n in range(20)}
    server.feed("/fa/news/1", "/fa/news/2")
    outcome = bench.crawl()
    assert bench.issues() == {code: level}
    assert bench.log("discovered", "inserted", "failed") == (2, 1 + stored, failed)
    assert outcome.exit_code == (0 if level == "info" else 1)
    assert bench.log("status") == ("failed" if outcome.exit_code else "done",)


@pytest.mark.survives("addresses of private networks", "crawl", "never asked for")
@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "http://127.0.0.1:1/x", "http://0x7f.1/x", "http://[::1]/x", "http://localhost.:1/x", "ftp://127.0.0.1/x",
     "http://intranet/x", "http://10.0.0.8/x", "http://0.0.0.0/x", "http://100.64.0.1/x", "//169.254.169.254/x"],
)  # fmt: skip
def test_no_address_inside_is_asked_for_wherever_it_came_from(bench, server, link):
    server.pages["/fa/news/2"] = reply(GOOD)
    server.feed(link, "/fa/news/2")
    assert bench.crawl().exit_code == 1
    assert bench.issues() == {"forbidden_address": "error"}
    assert bench.log("inserted", "failed") == (1, 1)


@pytest.mark.parametrize(
    ("handler"), [reply("no", 503), reset, reply("no", 429, Retry_After="1"), hang], ids=["503", "reset", "429", "silence"]
)
def test_a_fault_that_passes_leaves_a_document_and_no_issue(bench, server, handler):
    server.pages["/fa/news/2"] = in_turn(handler, reply(GOOD))
    server.feed("/fa/news/2")
    assert bench.crawl().exit_code == 0
    assert (bench.issues(), bench.documents()) == ({}, 1)


def test_a_retry_after_beyond_patience_is_not_waited_for(bench, server):
    server.pages |= {"/fa/news/1": reply("later", 503, Retry_After="3600"), "/fa/news/2": reply(GOOD)}
    server.feed("/fa/news/1", "/fa/news/2")
    assert bench.crawl().exit_code == 1
    assert server.paths().count("/fa/news/1") == 1
    assert bench.documents() == 1


@pytest.mark.parametrize(
    "handler",
    [
        chunked(GOOD.encode()),
        reply(zlib.compress(GOOD.encode()), Content_Encoding="deflate"),
        reply(zlib.compress(GOOD.encode(), wbits=-15), Content_Encoding="deflate"),
        reply(zstandard.compress(GOOD.encode()), Content_Encoding="zstd"),
        reply(gzip.compress(GOOD.encode()[:900]) + gzip.compress(GOOD.encode()[900:]), Content_Encoding="GZIP"),
        reply(gzip.compress(zlib.compress(GOOD.encode())), Content_Encoding="deflate, gzip"),
        reply(GOOD, Content_Encoding="identity"),
        raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + GOOD.encode()),
        redirect("/elsewhere?id=2"),
    ],
)
def test_however_a_good_page_is_wrapped_it_is_read(bench, server, handler):
    server.pages |= {"/fa/news/2": handler, "/elsewhere?id=2": reply(GOOD)}
    server.feed("/fa/news/2")
    assert bench.crawl().exit_code == 0
    assert (bench.issues(), bench.documents()) == ({}, 1)


def test_an_address_is_asked_for_once_however_many_lead_to_it(bench, server):
    server.pages |= {f"/fa/news/{n}": redirect("/fa/home") for n in range(8)} | {"/fa/home": reply("no", 500)}
    server.feed(*(f"/fa/news/{n}" for n in range(8)))
    bench.crawl()
    assert server.paths().count("/fa/home") == 2


def test_nine_failures_in_a_row_do_not_give_a_host_up(bench, server):
    server.pages |= {f"/fa/news/{n}": reply("no", 500) for n in range(9)} | {"/fa/news/9": reply(GOOD)}
    server.feed(*(f"/fa/news/{n}" for n in range(10)))
    assert bench.crawl().exit_code == 1
    assert bench.log("inserted", "failed") == (1, 9)


def test_pages_that_are_missing_do_not_give_a_host_up(bench, server):
    server.pages["/fa/news/15"] = reply(GOOD)
    server.feed(*(f"/fa/news/{n}" for n in range(16)))
    bench.crawl()
    assert bench.log("inserted", "failed") == (1, 15)
    assert max(server.paths().count(path) for path in server.paths()) == 1


ENTITY = (
    '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><link>/fa/news/9</link></item></channel></rss>'
)
SOURCES = [
    ("entities", reply(ENTITY), "unsafe_xml", "error"),
    ("a page as feed", reply("<html><body>hello<br></body></html>"), "bad_feed", "error"),
    ("a missing feed", reply("", 404), "http_error", "error"),
    ("JSON of another kind", reply('{"items": []}'), "bad_feed", "error"),
    ("an empty body", reply(""), "bad_feed", "error"),
    ("another XML", reply("<opml><body/></opml>"), "bad_feed", "error"),
    ("a cut feed", reply("<rss><channel><item><link>/fa/news/9</li"), "bad_feed", "error"),
    (
        "laughs",
        reply('<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'),
        "unsafe_xml",
        "error",
    ),
    ("a parameter entity", reply('<!DOCTYPE l [<!ENTITY % a SYSTEM "http://127.0.0.1:1/">%a;]><rss/>'), "unsafe_xml", "error"),
    ("a challenge", reply(CHALLENGE), "blocked", "error"),
    ("a challenge with 403", reply(CHALLENGE, 403), "blocked", "error"),
    ("a redirect inside", redirect("http://127.0.0.1:1/feed"), "forbidden_address", "error"),
    ("silence", hang, "timeout", "error"),
    ("reset", reset, "connection", "error"),
    ("a feed that is a bomb", reply(BOMB), "too_large", "error"),
]


@pytest.mark.parametrize(("handler", "code", "level"), [s[1:] for s in SOURCES], ids=[s[0] for s in SOURCES])
@pytest.mark.parametrize("kind", ["rss", "sitemap"])
def test_a_bad_source_costs_its_items_only(bench, server, handler, code, level, kind):
    server.feed("/fa/news/2")
    server.pages |= {"/bad": handler, "/fa/news/2": reply(GOOD)}
    bench.discover((kind, "/bad"), ("rss", "/rss"))
    assert bench.crawl().exit_code == 1
    assert bench.issues() == {code: level}
    assert bench.log("inserted", "failed") == (1, 1)


def test_a_mere_doctype_is_passed_over(bench, server):
    item = f"<item><link>{server.base}/fa/news/2</link></item>"
    server.pages["/rss"] = reply(f'<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd"><rss>{item}</rss>')
    server.pages["/fa/news/2"] = reply(GOOD)
    assert bench.crawl().exit_code == 0


def listing(*paths: str, following: str | None = None) -> str:
    links = "".join(f'<div class="item"><a href="{path}">خبر</a></div>' for path in paths)
    return f"<html><body>{links}" + (f'<a class="next" href="{following}">بعد</a>' if following else "") + "</body></html>"


@pytest.mark.parametrize(
    ("pages", "code", "exit_code"),
    [
        ({"/1": listing("/fa/news/2", following="/2"), "/2": listing("/fa/news/2", following="/3")}, "discovery_loop", 1),
        ({"/1": listing("/fa/news/2", following="/1")}, "discovery_loop", 1),
        ({"/1": listing("/fa/news/2", following="/2"), "/2": listing("/fa/news/3", following="/3")}, "discovery_limit", 0),
        ({"/1": listing("/fa/news/2", following="javascript:void(0)")}, None, 0),
        ({"/1": "\x00\x01PNG<\x02\x03"}, "bad_feed", 4),
        ({"/1": CHALLENGE}, "blocked", 4),
        ({"/1": listing()}, "nothing_discovered", 4),
    ],
)
def test_a_listing_ends_by_itself(bench, server, pages, code, exit_code):
    server.pages |= {path: reply(page) for path, page in pages.items()}
    server.pages |= {"/fa/news/2": reply(GOOD), "/fa/news/3": reply(article(3))}
    bench.discover(("listing", "/1"), links=".item a", next="a.next", max_pages=2)
    assert bench.crawl().exit_code == exit_code
    assert set(bench.issues()) - {"nothing_discovered"} == ({code} - {None, "nothing_discovered"})
    assert ("nothing_discovered" in bench.issues()) == (exit_code == 4)


def test_a_sitemap_that_leads_back_to_itself_is_left(bench, server):
    maps = "".join(f"<sitemap><loc>{server.base}{path}</loc></sitemap>" for path in ("/map", "/leaf"))
    index = f"<sitemapindex>{maps}</sitemapindex>"
    leaf = f"<urlset><url><loc>{server.base}/fa/news/2</loc></url></urlset>"
    server.pages |= {"/map": reply(index), "/leaf": reply(gzip.compress(leaf.encode())), "/fa/news/2": reply(GOOD)}
    bench.discover(("sitemap", "/map"))
    assert bench.crawl().exit_code == 1
    assert (bench.issues(), bench.documents()) == ({"discovery_loop": "warning"}, 1)


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0000-00-00", "Fri, 31 Dec 9999 23:59:59 GMT"]
)
@pytest.mark.parametrize("window", [Window(), Window(date(2020, 1, 1), date(2020, 1, 9))])
def test_a_moment_beyond_all_calendars_is_none(bench, server, moment, window):
    entry = f"<loc>/leaf</loc><lastmod>{moment}</lastmod>"
    server.pages |= {"/map": reply(f"<sitemapindex><sitemap>{entry}</sitemap></sitemapindex>"), "/fa/news/2": reply(GOOD),
                     "/leaf": reply(f"<urlset><url>{entry.replace('/leaf', '/fa/news/2')}</url></urlset>")}  # fmt: skip
    bench.discover(("sitemap", "/map"))
    assert bench.crawl(window=window).exit_code == 0
    assert bench.documents() == 1


def test_a_tree_of_sitemaps_without_end_is_left(bench, server, monkeypatch):
    monkeypatch.setattr("scraper.discover._MAX_SITEMAPS", 4)
    for n in range(100):
        maps = "".join(f"<sitemap><loc>/map/{n * 9 + k}</loc></sitemap>" for k in range(1, 10))
        server.pages[f"/map/{n}"] = reply(f"<sitemapindex>{maps}</sitemapindex>")
    server.feed("/fa/news/2")
    server.pages["/fa/news/2"] = reply(GOOD)
    bench.discover(("sitemap", "/map/0"), ("rss", "/rss"))
    assert bench.crawl().exit_code == 0
    assert sum(path.startswith("/map") for path in server.paths()) == 4
    assert (bench.issues(), bench.documents()) == ({"discovery_limit": "info"}, 1)


def test_old_leaves_of_nastooh_are_json(bench, server):
    server.pages |= {"/map": reply('{"urls": [{"loc": "/fa/news/2", "lastmode": "2020-01-01"}]}'), "/fa/news/2": reply(GOOD)}
    bench.discover(("sitemap", "/map"))
    assert bench.crawl().exit_code == 0


def test_a_number_nobody_has_is_a_gap(bench, server):
    server.pages["/fa/news/2"] = reply(GOOD)
    bench.discover(("ids", "/fa/news/{id}"), first=1, last=3)
    assert bench.crawl().exit_code == 0
    assert (bench.issues(), bench.log("inserted", "failed")) == ({}, (1, 0))


def test_robots_forbids_an_article(bench, server):
    server.pages |= {"/robots.txt": reply("User-agent: *\nDisallow: /\nUser-agent: bayegan\nDisallow: /fa/news/1$\n"),
                     "/fa/news/2": reply(GOOD)}  # fmt: skip
    server.feed("/fa/news/1", "/fa/news/2")
    assert bench.crawl().exit_code == 0
    assert server.paths()[0] == "/robots.txt"
    assert "/fa/news/1" not in server.paths()
    assert bench.issues() == {"robots_disallowed": "info"}


@pytest.mark.parametrize("handler", [reply("no", 500), reset, hang])
def test_a_host_without_its_robots_is_left_alone(bench, server, handler):
    server.pages["/robots.txt"] = handler
    server.feed("/fa/news/2")
    assert bench.crawl().exit_code == 4
    assert set(server.paths()) == {"/robots.txt"}
    assert bench.issues() == {"robots_unavailable": "error"}


def test_a_page_that_says_it_is_odd_is_still_clean_text(bench, server):
    server.pages["/fa/news/2"] = reply(article(2, BODY + "\x00 &lt;b&gt;متن&lt;/b&gt;" + "<div>" * 3000))
    server.feed("/fa/news/2")
    bench.crawl()
    assert "<b>متن</b>" in str(bench.rows("SELECT body FROM articles")[0][0])
    assert "\x00" not in str(bench.rows("SELECT body FROM articles")[0][0])


def test_ten_failures_in_a_row_give_a_host_up(bench, server):
    paths = [f"/fa/news/{n}" for n in range(20)]
    server.pages |= dict.fromkeys(paths, reset)
    server.feed(*paths)
    assert bench.crawl().exit_code == 4
    assert sum(path in paths for path in server.paths()) == 20
    assert bench.issues() == {"connection": "error"}
    assert bench.log("discovered", "failed") == (20, 10)
