"""Listings: a page of links, read with the CSS selectors of the publisher's file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from scraper.feed_types import MAX_ENTRIES, MAX_TEXT, FeedEntry, UnreadableFeed, joined

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|a|div|ul|li|table|section|main|article|script)\b", re.IGNORECASE)
_INERT = re.compile(r"(?:javascript|mailto|tel|sms|data|about|blob):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListingPage:
    """A listing's articles, and the address of its next page."""

    entries: tuple[FeedEntry, ...]
    next_url: str | None


def read_listing(text: str, base: str, links: str, following: str | None) -> ListingPage:
    """Return the articles that the CSS selector `links` finds, and the next page that `following` finds.

    Raises UnreadableFeed where there is no markup in the text.
    """
    from selectolax.lexbor import LexborHTMLParser

    if not _MARKUP.search(text):
        raise UnreadableFeed("no listing: there is no markup in it")
    tree = LexborHTMLParser(text)
    base_node = tree.css_first("base[href]")
    if base_node is not None:
        base = joined(base, base_node.attributes.get("href") or "")
    entries = tuple(
        FeedEntry(url, node.text(strip=True)[:MAX_TEXT])
        for node in tree.css(links)[:MAX_ENTRIES]
        if (url := _href(node, base)) is not None
    )
    following_node = tree.css_first(following) if following else None
    return ListingPage(entries, _href(following_node, base) if following_node is not None else None)


def _href(node: Any, base: str) -> str | None:
    anchor = node if "href" in node.attributes else node.css_first("a[href]")
    href = ((anchor.attributes.get("href") if anchor is not None else None) or "").strip()
    if not href or href.startswith("#") or _INERT.match(href):
        return None
    return joined(base, href)
