"""Feeds, sitemaps and listings: bytes to addresses. Read as a stream, so that a hostile file costs no memory.

UnreadableFeed
└── UnsafeFeed   XML that declares entities
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import urljoin
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser

Kind = Literal["feed", "sitemap", "index"]

_MAX_ENTRIES = 100_000
_MAX_TEXT = 4096
_ROOTS: dict[str, Kind] = {"rss": "feed", "rdf": "feed", "feed": "feed", "urlset": "sitemap", "sitemapindex": "index"}
_ENTRIES = {"item": "feed", "entry": "feed", "url": "sitemap", "sitemap": "index"}
_MOMENTS = ("pubdate", "published", "publication_date", "date", "lastmod", "updated")
_YEARS = range(1900, 2200)  # no moment of the web lies beyond, and calendars end somewhere
_CHANGES = frozenset({"lastmod", "updated"})
_TEXTS = frozenset({"link", "guid", "id", "title", "loc", *_MOMENTS})
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w{1,31};)")
_NAMED_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_MARKUP = re.compile(r"<(?:!doctype|html|head|body|a|div|ul|li|table|section|main|article|script)\b", re.IGNORECASE)
_INERT = re.compile(r"(?:javascript|mailto|tel|sms|data|about|blob):", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class UnreadableFeed(Exception):
    """Not a feed, sitemap or listing."""


class UnsafeFeed(UnreadableFeed):
    """XML that declares entities: nothing of it is used."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One address a source names. `at` is the moment printed beside it: of publication, with `is_change` of the last change."""

    url: str
    title: str = ""
    at: datetime | None = None
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed or sitemap holds. The entries of an `index` are further sitemaps."""

    kind: Kind
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A listing's articles, and the address of its next page."""

    entries: tuple[FeedEntry, ...]
    next_url: str | None


def read_feed(data: bytes, base: str) -> Feed:
    """RSS, Atom, RDF, a sitemap or an index of sitemaps, in XML or Nastooh's JSON. Raises UnreadableFeed, UnsafeFeed."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if data[:1] in (b"{", b"["):
        return _read_json(data, base)
    try:
        return _read_xml(data, base)
    except ParseError:
        # Newsrooms write `&` and `&nbsp;` into XML, and control characters: what they meant is plain.
        try:
            return _read_xml(_mended(data), base)
        except ParseError as error:
            raise UnreadableFeed(f"no feed and no sitemap: {error}") from error


def read_listing(text: str, base: str, links: str, following: str | None) -> ListingPage:
    """The articles that the CSS selector `links` finds, and the next page that `following` finds. Raises UnreadableFeed."""
    from selectolax.lexbor import LexborHTMLParser

    if not _MARKUP.search(text):
        raise UnreadableFeed("no listing: there is no markup in it")
    tree = LexborHTMLParser(text)
    entries = tuple(
        FeedEntry(url, node.text(strip=True)[:_MAX_TEXT])
        for node in tree.css(links)[:_MAX_ENTRIES]
        if (url := _href(node, base)) is not None
    )
    following_node = tree.css_first(following) if following else None
    return ListingPage(entries, _href(following_node, base) if following_node is not None else None)


def _href(node: Any, base: str) -> str | None:
    anchor = node if "href" in node.attributes else node.css_first("a[href]")
    href = ((anchor.attributes.get("href") if anchor is not None else None) or "").strip()
    if not href or href.startswith("#") or _INERT.match(href):
        return None
    return _joined(base, href)


def _read_xml(data: bytes, base: str) -> Feed:
    collector = _FeedBuilder(base)
    parser = DefusedXMLParser(target=collector, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(data)
        parser.close()
    except EntitiesForbidden as error:
        raise UnsafeFeed(f"the XML declares the entity {error.name!r}") from error
    except DefusedXmlException as error:
        raise UnsafeFeed(str(error)) from error
    except (LookupError, ValueError) as error:  # an encoding nobody knows
        raise UnreadableFeed(f"no feed and no sitemap: {error}") from error
    if collector.kind is None:
        raise UnreadableFeed(f"no feed and no sitemap: the XML's root is <{collector.root}>")
    return Feed(collector.kind, tuple(collector.entries))


class _FeedBuilder:
    """Takes what it needs from the XML's events and keeps nothing else."""

    def __init__(self, base: str) -> None:
        self.root: str | None = None
        self.kind: Kind | None = None
        self.entries: list[FeedEntry] = []
        self._base = base
        self._entry: dict[str, str] | None = None
        self._depth = 0
        self._entry_depth = 0
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        self._depth += 1
        if self.root is None:
            self.root = name
            self.kind = _ROOTS.get(name)
        elif self._entry is None:
            if self.kind is not None and _ENTRIES.get(name) == self.kind and len(self.entries) < _MAX_ENTRIES:
                self._entry, self._entry_depth = {}, self._depth
        elif name == "link" and attributes.get("href") and attributes.get("rel", "alternate") == "alternate":
            self._entry.setdefault("link", attributes["href"])
        self._text = [] if self._entry is not None and name in _TEXTS else None

    def data(self, text: str) -> None:
        if self._text is not None and len(self._text) < _MAX_TEXT:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._entry is not None:
            if self._text and (text := "".join(self._text).strip()[:_MAX_TEXT]):
                self._entry.setdefault(_local(tag), text)
            if self._depth == self._entry_depth:
                self._finish(self._entry)
                self._entry = None
        self._text = None
        self._depth -= 1

    def close(self) -> None:
        """Nothing is left to do at the end of the file."""

    def _finish(self, found: dict[str, str]) -> None:
        address = found.get("loc") or found.get("link") or _permalink(found.get("guid") or found.get("id"))
        if not address:
            return
        name = next((name for name in _MOMENTS if name in found), "")
        title, at = html.unescape(found.get("title", "")), read_moment(found.get(name))
        self.entries.append(FeedEntry(_joined(self._base, address), title, at, name in _CHANGES))


def _permalink(text: str | None) -> str | None:
    return text if text and text.startswith(("http://", "https://")) else None


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2].lower()


def _mended(data: bytes) -> bytes:
    data = _CONTROL.sub(b"", data)
    data = _NAMED_ENTITY.sub(lambda m: html.unescape(m.group().decode("ascii")).encode("utf-8"), data)
    return _BARE_AMPERSAND.sub(b"&amp;", data)


def _read_json(data: bytes, base: str) -> Feed:
    """Nastooh's old sitemaps: {"urls": [{"loc", "lastmode"}]}, and an index alike with "sitemaps"."""
    try:
        table = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableFeed(f"no sitemap: {error}") from error
    rows = table if isinstance(table, list) else None
    kind: Kind = "sitemap"
    if isinstance(table, dict):
        rows = table.get("urls")
        if rows is None and isinstance(table.get("sitemaps"), list):
            rows, kind = table["sitemaps"], "index"
    if not isinstance(rows, list):
        raise UnreadableFeed("no sitemap: the JSON has no list of urls")
    entries = (
        FeedEntry(_joined(base, row["loc"]), "", read_moment(row.get("lastmod") or row.get("lastmode")), is_change=True)
        for row in rows[:_MAX_ENTRIES]
        if isinstance(row, dict) and isinstance(row.get("loc"), str)
    )
    return Feed(kind, tuple(entries))


def read_moment(text: object) -> datetime | None:
    """A moment as feeds (RFC 822) and sitemaps (W3C) print it, in UTC where no zone is named; None for anything else."""
    if not isinstance(text, str):
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text.strip())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.year not in _YEARS:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
