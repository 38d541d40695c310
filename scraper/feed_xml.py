"""Feeds and sitemaps in XML: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, sitemaps and their indexes.

Read as a stream of events, strictly first; what a strict parser refuses is repaired and read by one that recovers.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser

from scraper.feed_dates import read_moment
from scraper.feed_repair import MendedXml, as_utf8
from scraper.feed_types import MAX_ENTRIES, MAX_TEXT, Feed, FeedEntry, FeedKind, UnreadableFeed, UnsafeFeed, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROOTS: dict[str, FeedKind] = {
    "rss": "feed", "rdf": "feed", "feed": "feed", "channel": "feed", "urlset": "sitemap", "sitemapindex": "index",
}  # fmt: skip
_ENTRIES = {"item": "feed", "entry": "feed", "url": "sitemap", "sitemap": "index"}
# A namespace's role by what its URI, or where it is undeclared its prefix, looks like; unknown ones are passed over.
_SPACES = tuple(
    (re.compile(pattern, re.IGNORECASE), role)
    for pattern, role in (
        (r"^$|sitemaps\.org|/schemas/sitemap/|purl\.org/rss|netscape\.com|userland\.com|purl\.org/net/rss", "core"),
        (r"w3\.org/2005/Atom|purl\.org/atom|^atom$|^a10$", "atom"),
        (r"purl\.org/dc/|^dc$|^dcterms$", "dc"),
        (r"sitemap-news|^news$", "news"),
        (r"feedburner|^pheedo$", "burner"),
    )
)
_XML_BASE = ("{http://www.w3.org/XML/1998/namespace}base", "xml:base")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_MOMENTS = ("pubdate", "published", "publication_date", "issued", "date", "created", "lastmod", "updated", "modified")
# Where an entry's address stands, the best first; `about` is of RDF, `content` of Atom.
_ADDRESSES = ("loc", "origlink", "link", "other_link", "content", "about")
_CHANGES = frozenset({"lastmod", "updated", "modified"})
_TEXTS = {
    "core": frozenset({"link", "guid", "id", "title", "loc", "pubdate", "lastmod", *_MOMENTS}),
    "atom": frozenset({"id", "title", "published", "updated", "issued", "modified", "created"}),
    "dc": frozenset({"title", "date", "issued", "created", "modified"}),
    "news": frozenset({"title", "publication_date"}),
    "burner": frozenset({"origlink"}),
    "other": frozenset({"publication_date"}),
}
_ALTERNATE = re.compile(r"(?:^|/)alternate$", re.IGNORECASE)
_LONGEST_TAG = 65_000  # bytes
_LONG_TAG = re.compile(rb"<[^!?<>][^<>]{%d}" % _LONGEST_TAG)
_DEEPEST = 500
_MOST_NAMES = 5_000  # of different elements
_TAG = re.compile(r"<[^<>]{1,400}>")


def read_xml(data: bytes, base: str, content_type: str = "") -> Feed:
    """Read XML. Raises UnreadableFeed, UnsafeFeed."""
    xml, repairs = as_utf8(data, content_type)
    if _LONG_TAG.search(xml):
        raise UnreadableFeed(f"no feed and no sitemap: a tag of more than {_LONGEST_TAG} bytes")
    try:
        return _strictly(xml, base, repairs)
    except ParseError as error:
        if b"<!ENTITY" in xml:
            raise UnsafeFeed("the XML declares entities, and does not hold") from error
        return _recovering(xml, base, (*repairs, f"not well-formed: {error}"))


def _strictly(xml: bytes, base: str, repairs: tuple[str, ...]) -> Feed:
    builder = _FeedBuilder(base)
    parser = DefusedXMLParser(target=builder, encoding="utf-8", forbid_dtd=False, forbid_entities=True, forbid_external=True)
    try:
        parser.feed(xml)
        parser.close()
    except _Enough:
        pass
    except EntitiesForbidden as error:
        raise UnsafeFeed(f"the XML declares the entity {error.name!r}") from error
    except DefusedXmlException as error:
        raise UnsafeFeed(str(error)) from error
    except (LookupError, ValueError) as error:
        raise UnreadableFeed(f"no feed and no sitemap: {error}") from error
    return builder.feed(repairs)


def _recovering(xml: bytes, base: str, repairs: tuple[str, ...]) -> Feed:
    from lxml import etree

    builder = _FeedBuilder(base)
    parser = etree.XMLParser(target=builder, encoding="utf-8", recover=True, resolve_entities=False, no_network=True)
    try:
        etree.parse(MendedXml(xml), parser)
    except _Enough:
        pass
    except etree.XMLSyntaxError as error:
        if not builder.entries:
            raise UnreadableFeed(f"no feed and no sitemap: {error}") from error
    feed = builder.feed(repairs)
    if not feed.entries:
        raise UnreadableFeed(f"no feed and no sitemap: {repairs[-1]}")
    return feed


class _Enough(Exception):
    """As many entries as are read of one file have been read."""


class _FeedBuilder:
    """Takes what it needs from the XML's events and keeps nothing else.

    Of an entry only its own children count, and those of its `news:news`; their text is taken whole, markup left out.
    """

    def __init__(self, base: str) -> None:
        self.entries: list[FeedEntry] = []
        self._root: str | None = None
        self._kind: FeedKind | None = None
        self._lost = 0
        self._bases = [base]
        self._names: set[str] = set()
        self._path: list[str] = []  # names of the open elements below the root
        self._entry: dict[str, str] | None = None
        self._entry_depth = 0
        self._text: list[str] | None = None
        self._text_depth = 0
        self._text_length = 0

    def feed(self, repairs: tuple[str, ...]) -> Feed:
        """Return what has been built. Raises UnreadableFeed where the root is of no feed."""
        if self._kind is None:
            raise UnreadableFeed(f"no feed and no sitemap: the XML's root is <{self._root}>")
        return Feed(self._kind, tuple(self.entries), repairs, self._lost + (self._entry is not None))

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        space, name = _split(tag)
        self._path.append(name)
        self._names.add(tag)
        if len(self._path) > _DEEPEST or len(self._names) > _MOST_NAMES:
            raise UnreadableFeed("no feed and no sitemap: nested too deeply, or of too many different elements")
        base = next((attributes[key] for key in _XML_BASE if key in attributes), None)
        self._bases.append(joined(self._bases[-1], base) if base else self._bases[-1])
        if self._root is None:
            self._root, self._kind = name, _ROOTS.get(name)
        elif self._entry is None:
            self._open_entry(name, attributes)
        elif self._text is None and self._is_own():
            if name == "link" and space in ("core", "atom") and attributes.get("href"):
                self._take_link(attributes)
            elif name == "content" and space in ("core", "atom") and attributes.get("src"):
                self._take("content", attributes["src"])
            elif name in _TEXTS.get(space, ()):
                self._text, self._text_depth, self._text_length = [], len(self._path), 0
                if name == "guid" and attributes.get("isPermaLink", "").lower() == "false":
                    self._entry["no_permalink"] = "yes"

    def data(self, text: str) -> None:
        if self._text is not None and self._text_length < MAX_TEXT:
            self._text.append(text[:MAX_TEXT])
            self._text_length += len(text)

    def end(self, tag: str) -> None:
        if self._entry is not None:
            if self._text is not None and len(self._path) == self._text_depth:
                space, name = _split(tag)
                self._take(f"dc_{name}" if space == "dc" and name == "title" else name, "".join(self._text))
                self._text = None
            if len(self._path) == self._entry_depth:
                self._close_entry(self._entry)
                self._entry = None
        self._path.pop()
        self._bases.pop()

    def close(self) -> None:
        """Nothing is left to do at the end of the file."""

    def _open_entry(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._kind is None or _ENTRIES.get(name) != self._kind:
            return
        if len(self.entries) >= MAX_ENTRIES or self._lost >= MAX_ENTRIES:
            self._lost += 1
            raise _Enough
        self._entry, self._entry_depth = {}, len(self._path)
        if about := attributes.get(_ABOUT):
            self._take("about", about)

    def _is_own(self) -> bool:
        depth = len(self._path) - self._entry_depth
        return depth == 1 or (depth == 2 and self._path[-2] == "news")

    def _take_link(self, attributes: Mapping[str, str]) -> None:
        if not _ALTERNATE.search(attributes.get("rel", "alternate")):
            return
        is_page = "html" in attributes.get("type", "html")
        self._take("link" if is_page else "other_link", attributes["href"])

    def _take(self, name: str, text: str) -> None:
        """Keep the first text of a name; addresses as they are seen from the base that holds here."""
        text = text.strip()[:MAX_TEXT]
        if not text or self._entry is None:
            return
        if name in _ADDRESSES:
            text = joined(self._bases[-1], text)
        self._entry.setdefault(name, text)

    def _close_entry(self, found: dict[str, str]) -> None:
        address = next(
            (found[name] for name in ("loc", "origlink", "link", "other_link", "content", "about") if name in found), None
        )
        address = address or _permalink(None if "no_permalink" in found else found.get("guid")) or _permalink(found.get("id"))
        if not address:
            self._lost += 1
            return
        name = next((name for name in _MOMENTS if name in found), "")
        title = " ".join(_TAG.sub(" ", html.unescape(found.get("title") or found.get("dc_title") or "")).split())
        self.entries.append(FeedEntry(address, title, read_moment(found.get(name)), name in _CHANGES))


def _permalink(text: str | None) -> str | None:
    return text if text and text.startswith(("http://", "https://")) else None


@lru_cache(maxsize=1024)
def _split(tag: str) -> tuple[str, str]:
    """Return an element's role by its namespace, or by its prefix where that is undeclared, and its name in lower case."""
    space, _, name = tag.rpartition("}")
    if not space:
        space, _, name = tag.rpartition(":")
    role = next((role for pattern, role in _SPACES if pattern.search(space.lstrip("{"))), "other")
    return role, name.lower()
