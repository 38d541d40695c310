"""CSS selectors for the fields of a page of no known system, each tried on every article before it is proposed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.models import PageRules
from parsers.page.decode import decode
from parsers.page.html_tree import select
from parsers.page.markup import take_apart
from parsers.page.surroundings import ZONES, Neighbourhood
from parsers.page.time_texts import time_of
from parsers.record import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from selectolax.lexbor import LexborNode

    from parsers.models import Capture, Record
    from parsers.page.markup import TakenApart

# In this order; what names nothing that was read is left out.
FIELDS = ("title", "lead", "kicker", "body", "published_at", "authors", "category", "tags")
_PLAIN = re.compile(r"-?[_a-zA-Z][\w-]*")
_CHANGING = re.compile(r"\d{2,}")  # a number in a name is often the article's own
_MOST_TRIED = 8


def tried_selectors(articles: Sequence[Capture], records: Sequence[Record]) -> dict[str, str]:
    """Return a selector for each field with which every article reads as it does without, and no other element is meant."""
    found: dict[str, str] = {}
    for name in FIELDS:
        values = [getattr(record.article, name) for record in records]
        first = next((place for place, value in enumerate(values) if value), None)
        if first is None:
            continue
        candidates = list(dict.fromkeys(_candidates(articles[first], name)))[:_MOST_TRIED]
        selector = next((one for one in candidates if _holds(one, name, articles, values)), None)
        if selector:
            found[name] = selector
    return found


def _holds(selector: str, name: str, articles: Sequence[Capture], values: Sequence[object]) -> bool:
    rules = PageRules(fields={name: selector})
    return all(getattr(parse(article, rules).article, name) == value for article, value in zip(articles, values, strict=True))


def _candidates(article: Capture, name: str) -> Iterator[str]:
    page = take_apart(decode(article).text, article.url, PageRules())
    for node in _elements(page, name)[:2]:
        for selector in _selectors(node):
            # One that matches a dozen elements says nothing; those of lists of links may.
            if len(select(page.tree, selector)) <= (20 if name in ("category", "tags", "authors") else 1):
                yield selector


def _elements(page: TakenApart, name: str) -> list[LexborNode]:
    elements = page.elements
    own: Mapping[str, LexborNode | None] = {"title": elements.title, "body": elements.body}
    if name in own:
        node = own[name]
        return [node] if node is not None else []
    if name == "published_at":
        runs = (run for zone in ZONES for run in Neighbourhood(page.tree, elements).runs[zone])
        return [*elements.nodes.get(name, ()), *(run.node for run in runs if time_of(run))]
    return elements.nodes.get(name, [])


def _selectors(node: LexborNode) -> Iterator[str]:
    """Yield selectors for an element, the shortest first: its id, its classes, its tag within an element that has a name."""
    yield from _names(node)
    if node.tag in ("h1", "main", "article"):
        yield node.tag
    around = node.parent
    while around is not None and around.tag not in ("body", "html"):
        yield from (f"{name} {one}" for name in _names(around) for one in (*_names(node), str(node.tag)))
        around = around.parent


def _names(node: LexborNode) -> list[str]:
    named = node.attrs.get("id") or ""
    classes = (node.attrs.get("class") or "").split()
    ids = [f"#{named}"] if _is_lasting(named) else []
    return ids + [f".{name}" for name in classes if _is_lasting(name)]


def _is_lasting(name: str) -> bool:
    return _PLAIN.fullmatch(name) is not None and _CHANGING.search(name) is None
