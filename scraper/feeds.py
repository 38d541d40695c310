"""Feeds and sitemaps: bytes to addresses, in whatever form they come: XML, JSON, plain text, the lines of a robots.txt."""

from __future__ import annotations

import re
from dataclasses import replace

from scraper.feed_json import JSON_FEED, read_json
from scraper.feed_repair import narrowed
from scraper.feed_types import MAX_ENTRIES, Feed, FeedEntry, UnreadableFeed, joined
from scraper.feed_xml import read_xml

_HEAD = 1 << 16
_SITEMAP_LINE = re.compile(r"(?im)^[ \t]*site-?map[ \t]*:[ \t]*(\S+)")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_ADDRESS_LINE = re.compile(rb"(?:^|[\r\n])[ \t]*https?://", re.IGNORECASE)


def read_feed(data: bytes, base: str, content_type: str = "") -> Feed:
    """Read RSS, Atom, RDF, a sitemap or an index of sitemaps, JSON Feed, Nastooh's JSON, or a sitemap that is a list of lines.

    `base` is the address it came from, `content_type` the HTTP header's value. Raises UnreadableFeed, UnsafeFeed.
    """
    narrow = narrowed(data)
    start = narrow[:1000].lstrip()
    if start[:1] in (b"{", b"["):
        return read_json(narrow, base)
    if b"<" not in start and _ADDRESS_LINE.search(start):
        return _read_lines(narrow)
    version = narrow.find(JSON_FEED, 0, _HEAD)
    if version >= 0 and (brace := narrow.rfind(b"{", 0, version)) >= 0:
        return replace(read_json(narrow[brace:], base), repairs=("text in front of the JSON left out",))
    return read_xml(data, base, content_type)


def read_robots_sitemaps(data: bytes, base: str, _content_type: str = "") -> Feed:
    """Return the sitemaps that a robots.txt names, as an index. Raises UnreadableFeed where it names none."""
    found = dict.fromkeys(_SITEMAP_LINE.findall(data.decode("utf-8-sig", "replace").replace("\r", "\n")))
    if not found:
        raise UnreadableFeed("the robots.txt names no sitemap")
    return Feed("index", tuple(FeedEntry(joined(base, address)) for address in list(found)[:MAX_ENTRIES]))


def _read_lines(data: bytes) -> Feed:
    lines = [line.strip() for line in re.split(r"[\r\n]+", data.decode("utf-8", "replace")) if line.strip()]
    found = [line for line in lines if _ADDRESS.match(line) and not re.search(r"\s|\ufffd", line)]
    return Feed("sitemap", tuple(FeedEntry(line) for line in found[:MAX_ENTRIES]), (), len(lines) - len(found[:MAX_ENTRIES]))
