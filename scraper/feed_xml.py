"""Feeds and sitemaps in XML: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, sitemaps and their indexes.

Read as a stream of events, strictly first; what a strict parser refuses is repaired and read by one that recovers.
"""

from __future__ import annotations

import base64
import html
import re
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException, EntitiesForbidden
from defusedxml.ElementTree import DefusedXMLParser

from scraper.feed_dates import read_moment
from scraper.feed_repair import as_utf8
from scraper.feed_soup import read_soup
from scraper.feed_types import MAX_ENTRIES, MAX_TEXT, Feed, FeedEntry, FeedKind, UnreadableFeed, UnsafeFeed, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROOTS: dict[str, FeedKind] = {
    "rss": "feed", "rdf": "feed", "feed": "feed", "channel": "feed", "urlset": "sitemap", "sitemapindex": "index",
}  # fmt: skip
_ENTRIES: dict[str, FeedKind] = {"item": "feed", "entry": "feed", "url": "sitemap", "sitemap": "index"}
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
# Attributes of an entry that hold its address: of RDF, and of Microsoft's channels, in lower case.
_OWN_ADDRESSES = {"{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about": "about", "rdf:about": "about", "href": "href"}
_MOMENTS = ("pubdate", "published", "publication_date", "issued", "date", "created", "lastmod", "updated", "modified")
# Where an entry's address stands, the best first; `about` is of RDF, `content` of Atom, `href` of channels.
_ADDRESSES = ("loc", "origlink", "link", "other_link", "content", "about", "href")
_WITHOUT_MARKUP = (*_ADDRESSES, "guid", "id")  # the text of these ends where another element begins
_CHANGES = frozenset({"lastmod", "updated", "modified"})
_TEXTS = {
    "core": frozenset({"link", "guid", "id", "title", "loc", "pubdate", "lastmod", *_MOMENTS}),
    "atom": frozenset({"link", "id", "title", "published", "updated", "issued", "modified", "created"}),
    "dc": frozenset({"title", "date", "issued", "created", "modified"}),
    "news": frozenset({"title", "publication_date"}),
    "burner": frozenset({"origlink"}),
    "other": frozenset({"publication_date"}),
}
_ALTERNATE = re.compile(r"^\s*$|(?:^|[/\s])alternate(?:\s|$)", re.IGNORECASE)
_ENVELOPED = frozenset({"rss", "rdf", "feed", "urlset", "sitemapindex"})  # roots that may stand inside another element
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_TAG = 65_000  # bytes
_LONG_TAG = re.compile(rb"<[^!?<>][^<>]{%d}" % _LONGEST_TAG)
_DEEPEST = 500
_MOST_NAMES = 5_000  # of different elements
_HIDDEN = re.compile(r"<(script|style)\b.{0,300}?</\1\s*>|<!--.{0,300}?-->", re.IGNORECASE | re.DOTALL)
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
    builder = _FeedBuilder(base)
    with suppress(_Enough):
        read_soup(xml.decode("utf-8", "replace"), builder, frozenset(_ENTRIES))
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
        self._root_space = ""
        self._kind: FeedKind | None = None
        self._lost = 0
        self._bases = [base]
        self._names: set[str] = set()
        self._path: list[str] = []  # names of the open elements below the root
        self._entry: dict[str, str] | None = None
        self._entry_depth = 0
        self._text: list[str] | None = None
        self._text_name = ""
        self._text_is_packed = False  # as Atom 0.3 allows
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
        if self._kind is None:
            self._open_root(tag, name)
        elif self._entry is None:
            self._open_entry(name, attributes)
        elif self._text is not None:
            if self._text_name in _WITHOUT_MARKUP and any(text.strip() for text in self._text):
                self._text_length = MAX_TEXT
        elif self._is_own():
            self._open_own("core" if space == "other" and self._is_of_root(tag) else space, name, attributes)

    def _open_root(self, tag: str, name: str) -> None:
        if self._root is None or name in _ENVELOPED:
            self._root, self._kind, self._root_space = name, _ROOTS.get(name), tag.rpartition("}")[0]

    def _is_of_root(self, tag: str) -> bool:
        """Return whether an element is of the namespace of the root, whatever that is called."""
        return bool(self._root_space) and tag.rpartition("}")[0] == self._root_space

    def _open_own(self, space: str, name: str, attributes: Mapping[str, str]) -> None:
        """Take an entry's own element, or begin with its text."""
        href = attributes.get("href") if name == "link" and space in ("core", "atom") else None
        if href:
            self._take_link(href, attributes)
        elif name == "content" and space in ("core", "atom") and attributes.get("src"):
            self._take("content", attributes["src"])
        elif name in _TEXTS.get(space, ()) and not (name == "link" and not _ALTERNATE.search(attributes.get("rel", ""))):
            self._text, self._text_depth, self._text_length = [], len(self._path), 0
            self._text_name = "dc_title" if space == "dc" and name == "title" else name
            self._text_is_packed = attributes.get("mode") == "base64"
            if name == "guid" and self._entry is not None:
                self._entry["is_permalink"] = attributes.get("isPermaLink", "").lower()

    def data(self, text: str) -> None:
        if self._text is not None and self._text_length < MAX_TEXT:
            self._text.append(text[:MAX_TEXT])
            self._text_length += len(text)

    def end(self, tag: str) -> None:  # noqa: ARG002 - as parsers call it
        if self._entry is not None:
            if self._text is not None and len(self._path) == self._text_depth:
                text = "".join(self._text)
                self._take(self._text_name, _unpacked(text) if self._text_is_packed else text)
                self._text = None
            if len(self._path) == self._entry_depth:
                self._close_entry(self._entry)
                self._entry = None
        self._path.pop()
        self._bases.pop()

    def close(self) -> None:
        """Nothing is left to do at the end of the file."""

    def _open_entry(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = _ENTRIES.get(name)
        if kind is None or (kind != self._kind and (self.entries or "feed" in (kind, self._kind))):
            return
        self._kind = kind  # a set of addresses that begins with sitemaps is an index, and the other way round
        if len(self.entries) >= MAX_ENTRIES or self._lost >= MAX_ENTRIES:
            self._lost += 1
            raise _Enough
        self._entry, self._entry_depth = {}, len(self._path)
        for key, value in attributes.items():
            if role := _OWN_ADDRESSES.get(key.lower() if "}" not in key else key):
                self._take(role, value)

    def _is_own(self) -> bool:
        depth = len(self._path) - self._entry_depth
        return depth == 1 or (depth == 2 and self._path[-2] == "news")

    def _take_link(self, href: str, attributes: Mapping[str, str]) -> None:
        if _ALTERNATE.search(attributes.get("rel", "")):
            self._take("link" if "html" in attributes.get("type", "html") else "other_link", href)

    def _take(self, name: str, text: str) -> None:
        """Keep the first text of a name; addresses as they are seen from the base that holds here."""
        text = text.strip()[:MAX_TEXT]
        if not text or self._entry is None:
            return
        if name in _ADDRESSES:
            text = _seen_from(self._bases[-1], text)
        self._entry.setdefault(name, text)

    def _close_entry(self, found: dict[str, str]) -> None:
        address = next((found[name] for name in _ADDRESSES if name in found), None)
        address = address or _permalink(found, self._bases[0])
        if not address:
            self._lost += 1
            return
        name = next((name for name in _MOMENTS if name in found), "")
        title = _HIDDEN.sub(" ", html.unescape(found.get("title") or found.get("dc_title") or ""))
        title = " ".join(_TAG.sub(" ", title).split())
        self.entries.append(FeedEntry(address, title, read_moment(found.get(name)), name in _CHANGES))


def _unpacked(text: str) -> str:
    try:
        return base64.b64decode(text, validate=False).decode("utf-8", "replace")
    except ValueError:
        return text


def _permalink(found: Mapping[str, str], base: str) -> str | None:
    """Return what names an entry where it is an address."""
    guid, said = found.get("guid", ""), found.get("is_permalink", "")
    if said != "false" and _ABSOLUTE.match(guid):
        return guid
    if said == "true" and guid.startswith("/"):
        return joined(base, guid)
    return found["id"] if _ABSOLUTE.match(found.get("id", "")) else None


def _seen_from(base: str, address: str) -> str:
    """Return an address seen from a base. One that begins with the host of the base lacks nothing but its scheme."""
    host = re.escape((urlsplit(base).hostname or "").removeprefix("www."))
    if host and re.match(rf"(?:www\.)?{host}(?:/|$)", address, re.IGNORECASE):
        address = f"//{address}"
    return joined(base, address)


@lru_cache(maxsize=1024)
def _split(tag: str) -> tuple[str, str]:
    """Return an element's role by its namespace, or by its prefix where that is undeclared, and its name in lower case."""
    space, _, name = tag.rpartition("}")
    if not space:
        space, _, name = tag.rpartition(":")
    role = next((role for pattern, role in _SPACES if pattern.search(space.lstrip("{"))), "other")
    return role, name.lower()
