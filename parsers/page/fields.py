"""Fields from their sources, in order: the visible element, metadata, JSON-LD, the address."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.comparison import comparable, one_line
from parsers.page.families import common
from parsers.page.field_words import field_words
from parsers.page.html_tree import text_of
from parsers.page.printed_moment import spelt
from parsers.page.structured_data import article_text, breadcrumbs
from parsers.page.urls import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from parsers.page.html_tree import Head
    from parsers.page.surroundings import Neighbourhood

_CODE = expression(r"\d{2,20}")
_ANCHOR = expression(r"\s+[#¶§🔗]$")  # the sign of a heading's own address
_TAG = expression(r"</?[a-zA-Z][^<>]*>")  # markup that a theme has put into an attribute
_TAG_SPLIT = expression(r"\s*[,،؛;|]\s*")


@cache
def _code_in_path() -> tuple[re.Pattern[str], ...]:
    sections = field_words()["code"]["sections"]
    return (
        expression(r"/\d{4}/\d\d?/\d\d?/(\d{3,20})(?=[/?#-]|$)"),
        expression(rf"/(?:{sections})[/-](?!(?:1[34]|19|20)\d\d[-/]\d\d?[-/])(\d{{2,20}})(?=[/?#&.-]|$)"),
        expression(r"[?&](?:id|code|nid|newsid|p|news_id|ids)=(\d{2,20})(?=&|$)", re.IGNORECASE),
        expression(r"/(?!(?:1[34]|19|20)\d\d[-/]\d\d?[-/])(\d{4,20})(?=[-/?#.]|$)"),  # not the year of a day
        expression(r"/(?:TreeText|Attribute|Details)/([\w-]+)", re.IGNORECASE),
    )


@cache
def _label() -> re.Pattern[str]:
    return expression(rf"^(?:{spelt(field_words()['labels']['names'])})\s*[:؛|]\s*")


@cache
def _home_crumbs() -> frozenset[str]:
    return frozenset(map(comparable, field_words()["category"]["home"]))


@cache
def _crumb_split() -> re.Pattern[str]:
    return expression(field_words()["category"]["split"])


def text_field(nodes: Iterable[LexborNode]) -> str | None:
    """Return the text of the first element that has any."""
    return next((text for text in map(text_of, nodes) if text), None)


def title_field(nodes: Iterable[LexborNode], head: Head) -> str | None:
    """Return the headline; from metadata without the site's name after it."""
    visible = _ANCHOR.sub("", text_field(nodes) or "")
    if visible:
        return visible
    stated = head.meta(*common().meta["title"]) or article_text(head, "headline") or head.title
    return without_site(stated, head) if stated else None


def without_site(title: str, head: Head) -> str:
    """Return a <title> without the site's name: everything from the last separator on, if what follows is short."""
    site = comparable(head.meta("og:site_name") or "")
    parts = re.split(r"\s+[|–—«»-]\s+|\s*[|»]\s*", title)
    kept = [part for part in parts if part and comparable(part) != site]
    longest = max(kept, key=len, default=title)
    return longest if len(parts) > 1 and len(longest) * 2 > len(title) else title


def stated_lead(head: Head, title: str | None, paragraphs: list[str]) -> str | None:
    """Return the description in the metadata, where it is this article's own summary.

    That is: the whole first paragraph, or a text that is not in the body at all; not the beginning of the body
    cut short, nor the site's description of itself, which shares no words with the article.
    """
    stated = one_line(_TAG.sub(" ", head.meta(*common().meta["lead"]) or article_text(head, "description") or ""))
    flat, body = comparable(stated), comparable(" ".join(paragraphs))
    if paragraphs and flat and flat == comparable(paragraphs[0]):
        return stated
    if len(flat) < 30 or flat.endswith(("...", "…", "[…]")) or flat[:60] in body or flat == comparable(title or ""):
        return None
    words = {word for word in flat.split() if len(word) > 3}
    shared = words & set(f"{comparable(title or '')} {body}".split())
    return stated if words and len(shared) >= 0.4 * len(words) else None


def code_field(nodes: Iterable[LexborNode], head: Head, url: str | None) -> str | None:
    """Return the publisher's number of the piece, in ASCII digits."""
    for node in nodes:
        found = _CODE.search(comparable(text_of(node) or node.attributes.get("content") or node.attributes.get("value") or ""))
        if found:
            return found[0]
    stated = _CODE.search(comparable(head.meta(*common().meta["news_code"]) or ""))
    return stated[0] if stated else code_in_url(url)


def labelled_code(around: Neighbourhood) -> str | None:
    """Return the number of the piece that a label near the article names."""
    texts = [" ".join(run.flat for run in runs) for runs in (*around.runs.values(), around.close_runs)]
    found = next(filter(None, map(_labelled_code().search, texts)), None)
    return found[1] if found else None


@cache
def _labelled_code() -> re.Pattern[str]:
    return expression(rf"(?<!\w)(?:{spelt(field_words()['code']['labels'])})\s*[:：]\s*(\d{{3,12}})(?![\d/:])")


def code_in_url(url: str | None) -> str | None:
    """Return the number that stands in the address."""
    for pattern in _code_in_path():
        found = pattern.search(url or "")
        if found:
            return found[1]
    return None


def category_field(nodes: Iterable[LexborNode], navigation: Iterable[str], head: Head, title: str | None) -> tuple[str, ...]:
    """Return the sections from the outermost inwards, without the home page and the headline."""
    texts = [*map(text_of, nodes)] or list(navigation)
    crumbs = [crumb for text in texts for crumb in _crumb_split().split(text)]
    if not crumbs:
        stated = head.meta(*common().meta["category"]) or article_text(head, "articleSection") or ""
        crumbs = _crumb_split().split(stated) if stated else breadcrumbs(head)
    named = comparable(title or "")
    site = comparable(head.meta("og:site_name") or "")
    return _distinct(
        crumb for crumb in (one_line(_label().sub("", c.strip("/ »«>"))) for c in crumbs)
        if crumb and comparable(crumb) not in _home_crumbs() and comparable(crumb) not in (named, site)
    )  # fmt: skip


def tags_field(nodes: Iterable[LexborNode], head: Head) -> tuple[str, ...]:
    """Return the keywords, without number signs and separators."""
    tags = [tag for node in nodes for tag in _TAG_SPLIT.split(text_of(node))]
    if not any(tags):
        stated = [value for name in common().meta["tags"][:1] for value in head.metas.get(name, ())]
        stated = stated or [head.meta(*common().meta["tags"]) or ""]
        tags = [tag for value in stated for tag in _TAG_SPLIT.split(value)]
    return _distinct(one_line(tag.strip("#،,؛; ").replace("_", " ")) for tag in tags)


def images_field(nodes: Iterable[LexborNode], head: Head, base: str | None) -> tuple[str, ...]:
    """Return the article's pictures as absolute addresses; from metadata where the article shows none."""
    sources = [
        node.attributes.get("data-src")
        or node.attributes.get("data-lazy-src")
        or node.attributes.get("data-original")
        or node.attributes.get("src")
        for node in nodes
    ]
    found = _distinct(filter(None, (absolute(base, source) for source in sources)))
    stated = (absolute(base, head.meta(*common().meta["images"])),)
    return found or _distinct(filter(None, stated))


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
