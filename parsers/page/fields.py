"""Fields from their sources, in order: the visible element, metadata, JSON-LD, the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parsers.page.comparison import comparable, one_line
from parsers.page.families import common
from parsers.page.html_tree import text_of
from parsers.page.printed_moment import PageTime, machine_time, printed_time
from parsers.page.structured_data import article_text, article_value, breadcrumbs
from parsers.page.urls import absolute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from parsers.page.html_tree import Head

_CODE = re.compile(r"\d{2,20}")
_SECTIONS = "news|photos?|video|film|media|live|amp|articles?|print|save|story|content|id|show|post|node|doc|p"
_CODE_IN_PATH = (
    re.compile(r"/\d{4}/\d\d?/\d\d?/(\d{3,20})(?=[/?#-]|$)"),
    re.compile(rf"/(?:{_SECTIONS})[/-](\d{{2,20}})(?=[/?#&.-]|$)"),
    re.compile(r"[?&](?:id|code|nid|newsid|p|news_id|ids)=(\d{2,20})(?=&|$)", re.IGNORECASE),
    re.compile(r"/(\d{4,20})(?=[-/?#.]|$)"),
    re.compile(r"/(?:TreeText|Attribute|Details)/([\w-]+)", re.IGNORECASE),
)
_WHEN = "(?:تاریخ|زمان|ساعت) ?(?:انتشار|درج|ثبت|خبر|مخابره)?|انتشار|منتشر شده(?: در)?|به ?روز ?رسانی|آخرین ویرایش"
_WHO = "نویسنده|گزارشگر|خبرنگار|نگارنده|مترجم|منبع"
_WHAT = "کد خبر|کد|دسته ?(?:بندی)?|سرویس|گروه|برچسب ?ها"
_LABEL = re.compile(rf"^(?:{_WHEN}|{_WHO}|{_WHAT})\s*[:؛|]\s*")
_ROLE = re.compile(
    r"^(?:(?:نوشته شده|نوشته|گزارش|خبر) (?:توسط|از)|خبرنگار|گزارشگر|نویسنده|نگارنده|مترجم|به قلم|by)\s+", re.IGNORECASE
)
_EDITS = re.compile(r"(?:دبیر|سردبیر|ویراستار|ناظر|عکاس|مدیر مسئول|صفحه ?آرا)(?: |:|$)")
_HOME_CRUMBS = frozenset(
    comparable(crumb)
    for crumb in (
        "صفحه نخست",
        "صفحه اصلی",
        "صفحه اول",
        "خانه",
        "نخست",
        "home",
        "اخبار",
        "خبرها",
        "همه اخبار",
        "آرشیو",
        "صفحه‌نخست",
        "شما اینجا هستید",
    )
)
_CRUMB_SPLIT = re.compile(r"\s*(?:[>»›«‹|←]|\s/\s)\s*")
_TAG_SPLIT = re.compile(r"\s*[,،؛;|]\s*")
_ORGANISATION = re.compile(
    r"خبرگزاری|پایگاه خبری|سایت خبری|روزنامه|خبرنامه|تحریریه|admin|ادمین|مدیر سایت|سردبیر سایت", re.IGNORECASE
)


def text_field(nodes: Iterable[LexborNode]) -> str | None:
    """Return the text of the first element that has any."""
    return next((text for text in map(text_of, nodes) if text), None)


def title_field(nodes: Iterable[LexborNode], head: Head) -> str | None:
    """Return the headline; from metadata without the site's name behind it."""
    visible = text_field(nodes)
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
    stated = head.meta(*common().meta["lead"]) or article_text(head, "description") or ""
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


def code_in_url(url: str | None) -> str | None:
    """Return the number that stands in the address."""
    for pattern in _CODE_IN_PATH:
        found = pattern.search(url or "")
        if found:
            return found[1]
    return None


def visible_time(nodes: Iterable[LexborNode]) -> PageTime | None:
    """Return the first time that an element prints, else states in its `datetime` or `content`."""
    listed = list(nodes)
    printed = (printed_time(_LABEL.sub("", one_line(node.text(deep=True, separator=" ")))) for node in listed)
    found = next((moment for moment in printed if moment), None)
    stated = (machine_time(node.attributes.get("datetime") or node.attributes.get("content")) for node in listed)
    exact = next((moment for moment in stated if moment), None)
    if found and exact and not found.exact and found.at.date() == exact.at.date():
        return exact
    return found or exact


def stated_time(head: Head, field: str, ld_name: str) -> PageTime | None:
    """Return the time in the metadata, else in JSON-LD."""
    for name in common().meta[field]:
        for value in head.metas.get(name, ()):
            moment = machine_time(value)
            if moment:
                return moment
    return machine_time(article_text(head, ld_name))


def category_field(nodes: Iterable[LexborNode], head: Head, title: str | None) -> tuple[str, ...]:
    """Return the sections from the outermost inwards, without the home page and the headline."""
    crumbs = [crumb for node in nodes for crumb in _CRUMB_SPLIT.split(text_of(node))]
    if not crumbs:
        stated = head.meta(*common().meta["category"]) or article_text(head, "articleSection") or ""
        crumbs = _CRUMB_SPLIT.split(stated) if stated else breadcrumbs(head)
    named = comparable(title or "")
    site = comparable(head.meta("og:site_name") or "")
    return _distinct(
        crumb for crumb in (one_line(_LABEL.sub("", c.strip("/ »«>"))) for c in crumbs)
        if crumb and comparable(crumb) not in _HOME_CRUMBS and comparable(crumb) not in (named, site)
    )  # fmt: skip


def tags_field(nodes: Iterable[LexborNode], head: Head) -> tuple[str, ...]:
    """Return the keywords, without number signs and separators."""
    tags = [tag for node in nodes for tag in _TAG_SPLIT.split(text_of(node))]
    if not any(tags):
        stated = [value for name in common().meta["tags"][:1] for value in head.metas.get(name, ())]
        stated = stated or [head.meta(*common().meta["tags"]) or ""]
        tags = [tag for value in stated for tag in _TAG_SPLIT.split(value)]
    return _distinct(one_line(tag.strip("#،,؛; ").replace("_", " ")) for tag in tags)


def authors_field(nodes: Iterable[LexborNode], head: Head) -> tuple[str, ...]:
    """Return persons named as authors; the publisher itself is none."""
    named = [name for node in nodes if (name := _author(text_of(node)))]
    if not named:
        named = list(_ld_authors(article_value(head, "author"))) or list(head.metas.get("author", ()))
    site = comparable(head.meta("og:site_name") or "")
    return _distinct(
        one_line(name) for name in named
        if name and len(name) < 60 and not _ORGANISATION.search(name) and comparable(name) not in site and "http" not in name
    )  # fmt: skip


def _author(text: str) -> str:
    """Return the name after a label or a role that writes («خبرنگار»); an empty string after one that does not («دبیر»)."""
    if _EDITS.match(comparable(text)):
        return ""
    return one_line(_ROLE.sub("", _LABEL.sub("", text)))


def _ld_authors(value: Any) -> Iterator[str]:
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, dict) and author.get("@type") == "Person" and isinstance(author.get("name"), str):
            yield author["name"]
        elif isinstance(author, str):
            yield author


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
