"""Feeds and sitemaps as they are sent: a hundred hard kinds, what is unsafe or none, and the memory that a bomb takes."""

from __future__ import annotations

import gzip
import resource
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import XMLParser

import pytest
from fault_server import article, reply
from hard_feeds import BASE, GOOD, HARD, ONE, TWO, Hard, item, rss
from harder_feeds import HARDER
from hypothesis import given
from hypothesis import strategies as st

from scraper.feed_soup import read_soup, unescaped
from scraper.feed_types import UnreadableFeed, UnsafeFeed
from scraper.feeds import read_feed, read_robots_sitemaps

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.mark.parametrize("hard", [*HARD, *HARDER], ids=lambda hard: hard.name)
def test_a_hard_feed_is_read(hard: Hard) -> None:
    feed = read_feed(hard.data, BASE, hard.content_type)
    assert tuple(found.url for found in feed.entries) == hard.urls
    assert (bool(feed.repairs), feed.lost) == (hard.repaired, hard.lost)
    if hard.title is not None:
        assert feed.entries[0].title == hard.title
    if hard.at is not None or hard.name.startswith("the date"):
        assert (feed.entries[0].at.isoformat() if feed.entries[0].at else None) == hard.at


def test_there_are_two_hundred_of_them() -> None:
    assert len({hard.name for hard in [*HARD, *HARDER]}) == len(HARD) + len(HARDER) >= 200


@pytest.mark.parametrize(
    "data",
    [b"", b"hello", b"<html><body>hello<br></body></html>", b"<opml><body/></opml>", b'{"items": []}', b"[", b"[" * 100_000,
     b"\0\1", b"<rss><channel><item><link>/fa/news/9</li", b"<?xml version='1.0'?>", b"&" * 1000, b"<rss", b'{"urls": 7}'],
)  # fmt: skip
def test_what_is_no_feed_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableFeed):
        read_feed(data, BASE)


@pytest.mark.parametrize(
    "head",
    ['<!DOCTYPE l [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>', '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
     'Notice: <!DOCTYPE l [<!ENTITY a "aa">]>', '<!DOCTYPE l [<!ENTITY % a SYSTEM "http://127.0.0.1:1/">%a;]>'],
)  # fmt: skip
@pytest.mark.parametrize("broken", ["", "<"])
def test_declared_entities_are_refused_in_whole_feeds_and_broken_ones(head: str, broken: str) -> None:
    with pytest.raises(UnsafeFeed):
        read_feed(rss(item(), broken, head=head).encode(), BASE)


@given(st.binary(max_size=300), st.integers(0, len(GOOD.encode())))
def test_any_bytes_in_a_feed_give_entries_or_one_error(noise: bytes, place: int) -> None:
    good = GOOD.encode()
    try:
        feed = read_feed(good[:place] + noise + good[place:], BASE)
    except UnreadableFeed:
        return
    assert all(isinstance(found.url, str) for found in feed.entries)


@given(st.integers(0, len(GOOD.encode())))
def test_a_feed_that_is_cut_off_gives_no_address_that_is_cut_off(place: int) -> None:
    try:
        feed = read_feed(GOOD.encode()[:place], BASE)
    except UnreadableFeed:
        return
    assert tuple(found.url for found in feed.entries) == (ONE, TWO)[: len(feed.entries)]


class Events:
    """Notes the events of a document, and that each element ends inside of its parent."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.text = ""
        self.tags: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.open.append(tag)
        self.tags.append(tag)

    def data(self, text: str) -> None:
        self.text += text

    def end(self, tag: str) -> None:
        assert self.open.pop() == tag


TOKENS = [
    "<rss>", "<item>", "<br>", "<b x='1' y=2 z>", "</b>", "</item>", "</rss>", "<!-- x -->", "<!--", "<![CDATA[ a & b ]]>",
    "<![CDATA[", "]]>", "<?x ?>", "&", "&amp;", "&nbsp;", "&foo;", "<", ">", '"', "<link>", "</link", "متن", "\x0b",
]  # fmt: skip


@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join))
def test_elements_of_a_soup_end_inside_of_their_parents(text: str) -> None:
    events = Events()
    read_soup(f"<rss>{text}", events, frozenset({"item"}))
    assert events.tags[0] == "rss"
    assert events.open.count("item") <= 1
    assert "\x0b" not in events.text


@given(st.recursive(st.sampled_from(["متن", "<c/>", ""]), lambda inner: st.tuples(st.sampled_from("ab"), inner, inner).map(
    lambda made: f'<{made[0]} k="&lt;v&quot;">{made[1]}{made[2]}</{made[0]}>'), max_leaves=12))  # fmt: skip
def test_a_soup_without_faults_has_the_events_of_a_strict_parser(inner: str) -> None:
    strict, soup = Events(), Events()
    parser = XMLParser(target=strict)
    parser.feed(f"<rss>{inner}</rss>")
    read_soup(f"<rss>{inner}</rss>", soup, frozenset({"item"}))
    assert (strict.tags, strict.text, strict.open) == (soup.tags, soup.text, soup.open)


@pytest.mark.parametrize(
    ("text", "read"),
    [("a &amp; b", "a & b"), ("&copy=2", "&copy=2"), ("&copy;", "©"), ("&foo;", "&foo;"), ("&#1582;", "خ"),
     ("&#x1f;&#xd800;", "\ufffd"),      ("&&&", "&&&"), ("&" * 9, "&" * 9)],
)  # fmt: skip
def test_entities_of_html_are_read_where_they_are_whole(text: str, read: str) -> None:
    assert unescaped(text) == read


BOMBS = {
    "ampersands": b"<rss><channel><item><title>" + b"&" * 9_900_000,
    "ampersands without a root": b"&" * 9_900_000,
    "entities": b"<rss><channel><item><title>" + b"&nbsp;" * 1_600_000,
    "items": b"<rss><channel>" + b"<item/>" * 1_400_000,
    "items with addresses": b"<rss><channel>" + b"<item><link>/</link></item>" * 360_000 + b"</channel></rss>&",
    "depth": b"<rss>" * 1_900_000,
    "attributes": b"<rss " + b'a="" ' * 1_900_000 + b"/>",
    "names": b"<rss>" + b"".join(b"<x%d/>" % n for n in range(800_000)),
    "a JSON list": b'{"urls": [' + b"{}," * 3_000_000 + b"{}]}",
    "a JSON tree": b"[" * 9_000_000,
    "tags": b"<rss><channel>" + b"<a>" * 400 + b"</b>" * 2_000_000 + b"&",
    "items that are never closed": b"<rss><channel>" + b"<x>" * 400 + b"<item>" * 1_400_000,
    "comments that are never closed": b"<rss><channel>" + b"<!--" * 2_400_000,
    "attributes that are never closed": b"<rss><channel>" + b"<a b='" * 1_600_000,
    "names of a soup": b"<rss>&" + b"".join(b"<x%d>" % n for n in range(800_000)),
    "lines": b"http://a.ir/\n" * 760_000,
    "bytes of no UTF-8": b"<rss><channel>" + b"\xff" * 9_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_a_bomb_takes_little_memory(tmp_path, name: str) -> None:
    bomb = tmp_path / "bomb"
    bomb.write_bytes(gzip.compress(BOMBS[name], 1))
    program = (
        "import gzip, sys\nfrom scraper.feeds import read_feed\nfrom scraper.feed_types import UnreadableFeed\n"
        "try:\n    read_feed(gzip.open(sys.argv[1]).read(), 'http://a.ir/')\nexcept UnreadableFeed:\n    pass\n"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    limit = 1 << 30

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-c", program, str(bomb)], capture_output=True, text=True, check=False, timeout=60, preexec_fn=bounded
    )
    assert done.returncode == 0, done.stderr[-300:]
    assert int(done.stdout) < 200_000


def test_sitemaps_that_a_robots_txt_names_are_an_index() -> None:
    text = "User-agent: *\r\nDisallow: /x\r\nSitemap: http://a.ir/1\rsite-map : /2 # more\n#Sitemap: /3\nSitemap: http://a.ir/1\n"
    assert [found.url for found in read_robots_sitemaps(text.encode(), BASE).entries] == [ONE, TWO]
    with pytest.raises(UnreadableFeed):
        read_robots_sitemaps(b"User-agent: *\n", BASE)


def test_a_publisher_may_be_discovered_by_its_robots_txt(bench, server) -> None:
    index = f"<sitemapindex><sitemap><loc>{server.base}/leaf</loc></sitemap></sitemapindex>"
    leaf = f"<urlset><url><loc>{server.base}/fa/news/2</loc></url></urlset>"
    server.pages |= {"/robots.txt": reply(f"Sitemap: {server.base}/map\n"), "/map": reply(gzip.compress(index.encode())),
                     "/leaf": reply(leaf), "/fa/news/2": reply(article(2))}  # fmt: skip
    bench.discover(("robots", "/robots.txt"))
    assert bench.crawl().exit_code == 0
    assert (bench.documents(), bench.issues()) == (1, {})


def test_a_robots_txt_that_names_no_sitemap_is_an_issue(bench, server) -> None:
    server.pages["/robots.txt"] = reply("User-agent: *\n")
    bench.discover(("robots", "/robots.txt"))
    assert bench.crawl().exit_code == 4
    assert bench.issues() == {"bad_feed": "error", "nothing_discovered": "error"}


def test_what_was_repaired_is_an_issue_for_information_and_what_was_lost_is_counted(bench, server) -> None:
    items = "".join(f"<item><link>{server.base}/fa/news/{n}</link></item>" for n in (1, 2))
    server.pages |= {"/rss": reply(f"<rss><channel>{items}<item><li")}
    server.pages |= {f"/fa/news/{n}": reply(article(n)) for n in (1, 2)}
    assert bench.crawl().exit_code == 0
    assert (bench.documents(), bench.issues()) == (2, {"feed_repaired": "info"})
    assert "2 entries read, 1 lost" in str(bench.rows("SELECT message FROM issues")[0][0])
