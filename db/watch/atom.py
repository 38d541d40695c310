"""Atom feeds (RFC 4287) of what watches and searches found."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from db.moments import now
from db.read.jalali_dates import jalali

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class AlertFeed:
    """What a feed is of: a key that stays the same, its title, its own address and that of the page for people, if there are.

    `begun_at` is when it was last changed as long as it is empty.
    """

    key: str
    title: str
    address: str | None = None
    page: str | None = None
    begun_at: str | None = None


def atom(feed: AlertFeed, items: Iterable[Mapping[str, Any]], site: str | None = None) -> str:
    """Return the feed as XML; items as `found_items` gives them. `site` is where the archive's own pages are."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "fa"})
    listed = list(items)
    _text(root, "id", _urn(feed.key))
    _text(root, "title", feed.title)
    _text(root, "updated", max((str(item["found_at"]) for item in listed), default=feed.begun_at or now()))
    ET.SubElement(ET.SubElement(root, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name").text = "bayegan"
    for relation, address in (("self", feed.address), ("alternate", feed.page)):
        if address:
            ET.SubElement(root, f"{{{_ATOM}}}link", {"rel": relation, "href": address})
    for item in listed:
        _entry(root, feed, item, site)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def link_of(item: Mapping[str, Any], site: str | None) -> str | None:
    """Return where an item can be read: its page in the archive where that has an address, else the publisher's."""
    if site and item.get("document_id"):
        return f"{site.rstrip('/')}/document/{item['document_id']}"
    url = str(item.get("url") or "")
    return url if url.startswith(("http://", "https://")) else None


def _entry(root: ET.Element, feed: AlertFeed, item: Mapping[str, Any], site: str | None) -> None:
    entry = ET.SubElement(root, f"{{{_ATOM}}}entry")
    _text(entry, "id", _urn(f"{feed.key} {item['item']}"))
    _text(entry, "title", item.get("title") or "—")
    _text(entry, "updated", str(item["found_at"]))
    if item.get("published_at"):
        _text(entry, "published", str(item["published_at"]))
    if link := link_of(item, site):
        ET.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "href": link})
    _text(entry, "content", html_of(item, site)).set("type", "html")


def html_of(item: Mapping[str, Any], site: str | None) -> str:
    """Return an item as HTML: publisher and day, the passages with what was found marked, the evidence, the publisher's page."""
    about = " · ".join(part for part in (item.get("publisher_name"), jalali(item.get("published_on"))) if part)
    parts = [f"<p>{escape(about)}</p>"] if about else []
    for passage in item.get("passages", ()):
        parts.append(f"<blockquote>{_marked(passage, '<mark>', '</mark>', escape)}</blockquote>")
        if passage["evidence"]:
            parts.append(f"<p><small>{escape(passage['evidence'])}</small></p>")
    own, url = link_of(item, site), link_of({"url": item.get("url")}, None)
    if url and url != own:
        parts.append(f'<p><a href="{escape(url)}">{escape(url)}</a></p>')
    return f'<div dir="rtl" lang="fa">{"".join(parts)}</div>'


def text_of(item: Mapping[str, Any], site: str | None) -> str:
    """Return an item as plain text, what was found in *…*: for mails and messages."""
    about = " · ".join(part for part in (item.get("publisher_name"), jalali(item.get("published_on"))) if part)
    lines = [item.get("title") or "—", about]
    for passage in item.get("passages", ()):
        lines.append(_marked(passage, "*", "*", str))
        lines.append(f"({passage['evidence']})" if passage["evidence"] else "")
    lines.append(link_of(item, site) or "")
    return "\n".join(line for line in lines if line)


def _marked(passage: Mapping[str, Any], opening: str, closing: str, escaped: Any) -> str:
    """Return a passage with its marks; spans that overlap or lie outside are left out."""
    text, parts, place = passage["text"], [], 0
    for start, end in sorted(map(tuple, passage["marks"])):
        if place <= start < end <= len(text):
            parts += [escaped(text[place:start]), opening, escaped(text[start:end]), closing]
            place = end
    return "".join([*parts, escaped(text[place:])])


def _urn(key: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"bayegan {key}").urn


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{name}")
    # XML has no word for control characters.
    element.text = "".join(char for char in text if char in "\t\n" or (char >= " " and char not in "\ufffe\uffff"))
    return element
