"""Every time that a page names for its publication, with where it stands: the head, the article, or somewhere else.

A page prints many times: the clock of its header, those of comments, of related articles, of its own updates. What stands
outside the article is no candidate at all. `publication_times.judge_time` chooses among the rest.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from parsers.page.comparison import comparable, one_line
from parsers.page.families import common
from parsers.page.html_tree import ancestors, is_inside, text_of
from parsers.page.printed_moment import PageTime, is_date_line, machine_time, printed_time
from parsers.page.structured_data import article_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from parsers.page.article_box import ArticleElements
    from parsers.page.families import Family
    from parsers.page.html_tree import Head

Source = Literal["labelled", "printed", "metadata", "json_ld", "microdata", "address"]
_FAR = 4  # links between the headline and a time without a label: more of them are a menu
_LONGEST_VALUE = 80
_SHORTEST_DATE = 7
_LONGEST = 200  # letters of an element that prints a time and little else
_MOST_ELEMENTS = 5000
_PRINTING = frozenset("div span p li time small b strong td h2 h3 h4 h5 h6 i em section ul".split())  # noqa: SIM905
_OUTSIDE_TAGS = frozenset(("footer", "nav", "aside", "header"))
_TIME_HAS = re.compile(r"\d{4}|\d ?[:/.-] ?\d|\d\d\s*$")
_IN_PATH = re.compile(r"/(1[34]\d\d|20\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/?#-]|$)")


@dataclass(frozen=True, slots=True)
class TimeCandidate:
    """A time and what names it; `labelled` and `printed` ones stand in the article."""

    moment: PageTime
    source: Source


@dataclass(frozen=True, slots=True)
class _Words:
    label: re.Pattern[str]
    other: re.Pattern[str]  # a label of another time
    outside: re.Pattern[str]
    header: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomllib.loads((resources.files(__package__) / "times.toml").read_text(encoding="utf-8"))
    label = rf"(?<!\w)(?:(?:{table['published']})\s*[:：؛|]?|(?:{table['bare']})\s*[:：])\s*(?=\D{{0,24}}\d)"
    return _Words(
        label=re.compile(label, re.IGNORECASE),
        other=re.compile(table["other"], re.IGNORECASE),
        outside=_class_names(table["outside"]),
        header=re.compile(table["header"], re.IGNORECASE),
    )


def _class_names(names: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{'|'.join(map(re.escape, names))})(?:$|[\s_-])", re.IGNORECASE)


def time_candidates(
    head: Head, elements: ArticleElements, family: Family, url: str | None, *, own_selectors: bool
) -> list[TimeCandidate]:
    """Return every candidate for the time of publication, in no order of trust; `own_selectors` if the publisher names them."""
    layout = _Layout(elements)
    printed = list(_selected(elements, layout, known=own_selectors or family.name != "generic"))
    # The labels of a law say much more than when it was printed; `law_pages` reads them.
    stated = [*_in_head(head), *_in_address(url)]
    if family.kind != "law" and not _is_settled(printed, stated):
        printed += _around_headline(layout)
    return [*printed, *stated]


def _is_settled(printed: list[TimeCandidate], stated: list[TimeCandidate]) -> bool:
    """Return whether a labelled day has its clock already, so that nothing else in the page can change the judgement."""
    days = {one.moment.at.date() for one in (*printed, *stated) if one.moment.exact}
    return any(one.source == "labelled" and one.moment.at.date() in days for one in printed)


def _selected(elements: ArticleElements, layout: _Layout, *, known: bool) -> Iterator[TimeCandidate]:
    """Yield the times of elements that selectors name, where they are the article's; a known system is as good as a label."""
    for node in elements.nodes.get("published_at", ()):
        if not layout.is_own(node):
            continue
        text = one_line(node.text(deep=True, separator=" "))
        flat = comparable(text)
        if not _words().other.search(flat[:40]):
            label = _words().label.search(flat)
            printed = printed_time(_value(flat, label) if label else text)
            if printed and (known or label or not layout.stands_after_body(node)):
                yield TimeCandidate(printed, "labelled" if known or label else "printed")
        stated = machine_time(node.attributes.get("datetime") or node.attributes.get("content"))
        if stated:
            yield TimeCandidate(stated, "microdata")


def _around_headline(layout: _Layout) -> Iterator[TimeCandidate]:
    """Yield labelled times of the article's surroundings, and texts near the headline that are nothing but a time."""
    for node in layout.small_elements():
        flat = comparable(text_of(node))
        label = _words().label.search(flat)
        if label and _words().other.search(flat[max(0, label.start() - 20) : label.end()]):
            continue
        if (label or (_has_date_part(flat) and not layout.stands_after_body(node))) and layout.is_own(node):
            moment = printed_time(_value(flat, label) if label else flat)
            if moment:
                yield TimeCandidate(moment, "labelled" if label else "printed")


def _value(flat: str, label: re.Match[str]) -> str:
    """Return what a label of the time of publication says, up to the label of another time."""
    other = _words().other.search(flat, label.end())
    return flat[label.end() : other.start() if other else label.end() + _LONGEST_VALUE]


def _has_date_part(flat: str) -> bool:
    """Return whether a line is a time, or has one between its bars: «نوشته شده توسط نام | ۱۲ تیر ۱۳۹۸ | ۱۶:۱۵»."""
    return is_date_line(flat) or any(len(part) > _SHORTEST_DATE and is_date_line(part) for part in re.split(r"[|•]", flat)[1:])


def _in_head(head: Head) -> Iterator[TimeCandidate]:
    for name in common().meta["published_at"]:
        found = next(filter(None, map(machine_time, head.metas.get(name, ()))), None)
        if found:
            yield TimeCandidate(found, "metadata")
            break
    stated = machine_time(article_text(head, "datePublished"))
    if stated:
        yield TimeCandidate(stated, "json_ld")


def _in_address(url: str | None) -> Iterator[TimeCandidate]:
    """Yield the day that the address names: /1398/04/12/, /2019/07/03/."""
    found = _IN_PATH.search(url or "")
    moment = machine_time("-".join(found.groups())) if found else None
    if moment:
        yield TimeCandidate(moment, "address")


class _Layout:
    """Where elements stand to the headline and the body, in the element around both and in the one around that."""

    def __init__(self, elements: ArticleElements) -> None:
        self._carved = elements
        self._marks = [one for one in (elements.title, elements.body) if one is not None]
        self._spine = {step.mem_id for mark in self._marks for step in (mark, *ancestors(mark))}
        scope = elements.scope
        self._root = scope.parent if scope is not None and scope.tag != "body" and scope.parent is not None else scope
        # A scope that is less than the page holds no menus; what else it holds is known by its names.
        self._is_narrow = scope is not None and scope.tag not in ("body", "main") and scope.parent is not None
        self._elements: list[LexborNode] = []
        self._links: dict[int, int] = {}  # links before an element in its document, by its identity
        self._after_body = 0
        self._following: set[int] = set()

    def small_elements(self) -> Iterator[LexborNode]:
        """Yield the elements that print little and some digits, outside the body, in order."""
        self._walk()
        for node in self._elements:
            if node.tag not in _PRINTING:
                continue
            text = node.text(deep=True)
            if len(text) <= _LONGEST and _TIME_HAS.search(text):
                yield node

    def is_own(self, node: LexborNode) -> bool:
        """Return whether an element is the article's: near the headline or the body, in no header, comment, list or margin."""
        scope = self._carved.scope
        for step in (node, *ancestors(node)):
            if step.mem_id in self._spine:
                inside = scope is None or is_inside(step, scope) or self._heads(node, step)
                return inside and (self._is_narrow or self._is_near(node))
            if step.tag in _OUTSIDE_TAGS or _is_named_outside(step):
                return False
        return False

    def stands_after_body(self, node: LexborNode) -> bool:
        """Return whether an element comes after the body, where comments and other articles print their times."""
        self._walk()
        return node.mem_id in self._following

    def _heads(self, node: LexborNode, around: LexborNode) -> bool:
        """Return whether an element right before the scope, in the same box, holds it: a day as the heading of its post."""
        scope = self._carved.scope
        if scope is None or around.tag == "body" or scope.parent is None or scope.parent.mem_id != around.mem_id:
            return False
        before = scope.prev
        while before is not None and (before.tag or "-").startswith("-"):  # text and comments between the tags
            before = before.prev
        return before is not None and is_inside(node, before)

    def _is_near(self, node: LexborNode) -> bool:
        """Return whether hardly a link stands between the element and the headline, or the body's beginning or end."""
        self._walk()
        at = self._links.get(node.mem_id)
        if at is None or not self._marks:
            return node.mem_id in self._spine or any(is_inside(node, mark) for mark in self._marks)
        places = [self._links[mark.mem_id] for mark in self._marks if mark.mem_id in self._links]
        return any(abs(at - place) <= _FAR for place in (*places, self._after_body))

    def _walk(self) -> None:
        """Note every element around the article with the links before it, once."""
        if self._links or self._root is None:
            return
        links, passed, body, marks = 0, False, self._carved.body, {mark.mem_id for mark in self._marks}
        within = {step.mem_id for step in body.traverse(include_text=False)} if body is not None else set()
        for place, node in enumerate(self._root.traverse(include_text=False)):
            if place > _MOST_ELEMENTS:
                break
            links += node.tag == "a"
            passed = passed or (body is not None and node.mem_id == body.mem_id)
            if node.mem_id in within and node.mem_id not in marks:
                self._after_body = links
                continue
            self._links[node.mem_id] = links
            if passed and node.mem_id not in self._spine:
                self._following.add(node.mem_id)
            self._elements.append(node)


def _is_named_outside(node: LexborNode) -> bool:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    return bool(_words().outside.search(names)) or any(map(_words().header.fullmatch, names.split()))
