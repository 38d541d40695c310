"""What JSON-LD says of the page's article, rather than of its site, its comments or its neighbours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.page.comparison import comparable, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.page.html_tree import Head

_OF_ARTICLES = expression(r"article|posting|report|news|video|photo|gallery|legislation|review", re.IGNORECASE)
_OF_OTHERS = expression(r"comment|website|organization|breadcrumb|person|itemlist|searchaction|sitenavigation", re.IGNORECASE)


def article_objects(head: Head) -> list[dict[str, Any]]:
    """Return the objects that describe the article: those of an article's type, the one with the page's title first."""
    able = [item for item in head.json_ld if not _OF_OTHERS.search(str(item.get("@type", "")))]
    title = comparable(head.title)
    typed = [item for item in able if _OF_ARTICLES.search(str(item.get("@type", "")))] or [
        item for item in able if _is_of_page(item, title)
    ]
    return sorted(typed, key=lambda item: not _is_headline(item.get("headline"), title))


def _is_of_page(item: dict[str, Any], title: str) -> bool:
    """Return whether an object that is no article's describes this page, not the site whose name its title has, too."""
    name = item.get("headline") or item.get("name")
    return not isinstance(name, str) or (_is_headline(name, title) and len(comparable(name)) * 2 >= len(title))


def _is_headline(headline: object, title: str) -> bool:
    return isinstance(headline, str) and bool(headline.strip()) and comparable(headline)[:60] in title


def article_value(head: Head, *names: str) -> Any:
    """Return the first of `names` that an object of the article holds, None if there is none."""
    return _first(article_objects(head), names)


def article_text(head: Head, *names: str) -> str | None:
    """Return the same where it is text, on one line."""
    value = article_value(head, *names)
    if isinstance(value, list) and value:
        value = value[0]
    return one_line(value) or None if isinstance(value, str) else None


def breadcrumbs(head: Head) -> list[str]:
    """Return the names of the page's BreadcrumbList, from the outermost inwards."""
    found = next((item for item in head.json_ld if item.get("@type") == "BreadcrumbList"), {})
    steps = found.get("itemListElement")
    named = [_crumb(step) for step in steps[:20] if isinstance(step, dict)] if isinstance(steps, list) else []
    return [name for _, name in sorted((step for step in named if step[1]), key=lambda step: step[0])]


def _crumb(step: dict[str, Any]) -> tuple[int, str]:
    item = step.get("item")
    name = step.get("name") or (item.get("name") if isinstance(item, dict) else "")
    position = str(step.get("position") or "")
    return int(position) if position.isascii() and position.isdigit() else 99, one_line(name) if isinstance(name, str) else ""


def _first(items: Iterable[dict[str, Any]], names: tuple[str, ...]) -> Any:
    for item in items:
        for name in names:
            if item.get(name):
                return item[name]
    return None
