"""Feeds and sitemaps: bytes to addresses, in whatever form they come: XML, JSON, plain text, the lines of a robots.txt."""

from __future__ import annotations

import json
import re

from scraper.feed_dates import read_moment
from scraper.feed_types import MAX_ENTRIES, Feed, FeedEntry, FeedKind, UnreadableFeed, joined
from scraper.feed_xml import read_xml

_MOST_VALUES = 1_000_000  # of a JSON file, so that its objects do not outgrow its bytes
_SITEMAP_LINE = re.compile(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S+)")
_ADDRESS = ("http://", "https://")


def read_feed(data: bytes, base: str, content_type: str = "") -> Feed:
    """Read RSS, Atom, RDF, a sitemap or an index of sitemaps, JSON Feed, Nastooh's JSON, or a sitemap that is a list of lines.

    `base` is the address it came from, `content_type` the HTTP header's value. Raises UnreadableFeed, UnsafeFeed.
    """
    start = data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:1] in (b"{", b"["):
        return _read_json(data, base)
    if start[:8].lower().startswith((b"http://", b"https://")):
        return _read_lines(data)
    return read_xml(data, base, content_type)


def read_robots_sitemaps(data: bytes, base: str, _content_type: str = "") -> Feed:
    """Return the sitemaps that a robots.txt names, as an index. Raises UnreadableFeed where it names none."""
    found = dict.fromkeys(_SITEMAP_LINE.findall(data.decode("utf-8-sig", "replace").replace("\r", "\n")))
    if not found:
        raise UnreadableFeed("the robots.txt names no sitemap")
    return Feed("index", tuple(FeedEntry(joined(base, address)) for address in list(found)[:MAX_ENTRIES]))


def _read_lines(data: bytes) -> Feed:
    lines = [line.strip() for line in data.decode("utf-8-sig", "replace").split("\n") if line.strip()]
    found = [line for line in lines if line.startswith(_ADDRESS) and not re.search(r"\s|\ufffd", line)]
    return Feed("sitemap", tuple(FeedEntry(line) for line in found[:MAX_ENTRIES]), (), len(lines) - len(found[:MAX_ENTRIES]))


def _read_json(data: bytes, base: str) -> Feed:
    """JSON Feed; Nastooh's old sitemaps: {"urls": [{"loc", "lastmode"}]}, and an index alike with "sitemaps"."""
    if data.count(b"{") + data.count(b"[") + data.count(b",") > _MOST_VALUES:
        raise UnreadableFeed(f"no feed and no sitemap: a JSON file of more than {_MOST_VALUES} values")
    try:
        table = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFeed(f"no feed and no sitemap: {error}") from error
    kind: FeedKind = "sitemap"
    rows = table if isinstance(table, list) else None
    if isinstance(table, dict):
        if "jsonfeed.org" in str(table.get("version", "")) and isinstance(table.get("items"), list):
            return _read_json_feed(table["items"], base)
        rows = table.get("urls")
        if rows is None and isinstance(table.get("sitemaps"), list):
            rows, kind = table["sitemaps"], "index"
    if not isinstance(rows, list):
        raise UnreadableFeed("no feed and no sitemap: the JSON has no list of urls")
    entries = [
        FeedEntry(joined(base, row["loc"]), "", read_moment(row.get("lastmod") or row.get("lastmode")), is_change=True)
        for row in rows[:MAX_ENTRIES]
        if isinstance(row, dict) and isinstance(row.get("loc"), str)
    ]
    return Feed(kind, tuple(entries), (), len(rows) - len(entries))


def _read_json_feed(rows: list[object], base: str) -> Feed:
    entries = []
    for row in rows[:MAX_ENTRIES]:
        if not isinstance(row, dict):
            continue
        address = next((row[key] for key in ("url", "id") if isinstance(row.get(key), str) and row[key].strip()), "")
        if not address or ("url" not in row and not address.startswith(_ADDRESS)):
            continue
        published = read_moment(row.get("date_published"))
        at = published or read_moment(row.get("date_modified"))
        title = row.get("title") if isinstance(row.get("title"), str) else ""
        entries.append(FeedEntry(joined(base, address), title or "", at, is_change=published is None))
    return Feed("feed", tuple(entries), (), len(rows) - len(entries))
