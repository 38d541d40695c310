"""Feeds and sitemaps in JSON: JSON Feed, and Nastooh's old sitemaps. What is damaged is read up to the damage."""

from __future__ import annotations

import json
import re

from scraper.feed_dates import read_moment
from scraper.feed_types import MAX_ENTRIES, Feed, FeedEntry, FeedKind, UnreadableFeed, joined

JSON_FEED = b"jsonfeed.org/version"
_MOST_VALUES = 1_000_000  # of a JSON file, so that its objects do not outgrow its bytes
_ROWS = re.compile(r'"(items|urls|sitemaps)"\s*:\s*\[')
_NEXT = re.compile(r"[^\s,]")
_DECODER = json.JSONDecoder(strict=False)  # line ends in strings are read as they are
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)


def read_json(data: bytes, base: str) -> Feed:
    """Read JSON Feed, or Nastooh's old sitemaps: {"urls": [{"loc", "lastmode"}]}, and an index alike with "sitemaps".

    `data` is in UTF-8. Raises UnreadableFeed.
    """
    if data.count(b"{") + data.count(b"[") + data.count(b",") > _MOST_VALUES:
        raise UnreadableFeed(f"no feed and no sitemap: a JSON file of more than {_MOST_VALUES} values")
    text = data.decode("utf-8", "replace")
    repairs: tuple[str, ...] = ()
    cut = 0
    try:
        table = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        table, cut = _whole_rows(text)
        if not table:
            raise UnreadableFeed(f"no feed and no sitemap: {error}") from error
        repairs = (f"not well-formed JSON: {error}",)
    feed = _feed_of(table, base)
    return Feed(feed.kind, feed.entries, repairs, feed.lost + cut)


def _whole_rows(text: str) -> tuple[dict[str, object], int]:
    """Return the rows of a damaged file up to the damage, under their key, and how many were lost; an empty table for no rows."""
    found = _ROWS.search(text)
    if found is None:
        return {}, 0
    rows: list[object] = []
    place = found.end()
    lost = 0
    while (start := _NEXT.search(text, place)) and start[0] != "]":
        try:
            row, place = _DECODER.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            lost = 1
            break
        rows.append(row)
    version = "jsonfeed.org" if found[1] == "items" and JSON_FEED.decode() in text[: found.start()] else ""
    return ({"version": version, found[1]: rows}, lost) if rows else ({}, 0)


def _feed_of(table: object, base: str) -> Feed:
    kind: FeedKind = "sitemap"
    rows = table if isinstance(table, list) else None
    if isinstance(table, dict):
        if "jsonfeed.org" in str(table.get("version", "")) and isinstance(table.get("items"), list):
            return _json_feed(table["items"], base)
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


def _json_feed(rows: list[object], base: str) -> Feed:
    entries = []
    for row in rows[:MAX_ENTRIES]:
        if not isinstance(row, dict):
            continue
        address = next((row[key] for key in ("url", "id") if isinstance(row.get(key), str) and row[key].strip()), "")
        if not address or ("url" not in row and not _ABSOLUTE.match(address)):
            continue
        published = read_moment(row.get("date_published"))
        at = published or read_moment(row.get("date_modified"))
        title = row.get("title") if isinstance(row.get("title"), str) else ""
        entries.append(FeedEntry(joined(base, address), " ".join((title or "").split()), at, is_change=published is None))
    return Feed("feed", tuple(entries), (), len(rows) - len(entries))
