"""Clause labels that stand together: nested («بند ب تبصره ۲ ماده ۱۴», «ماده ۶، بند ۲») or coordinated («بند ۷ و بند ۱۱»).

Nested ones are written innermost first, or outermost first with or without commas; the ranks of their units show which. Some
pairs decide nothing: a تبصره may belong to a ماده or to a بند, a بخش may hold chapters or be part of one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import BLANK, GAP
from parsers.grammar.clause_labels import Locator
from parsers.grammar.joints import AND_OR, COMMA, DASH, OF, TO_WORD, joint
from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.grammar.clause_numbers import Item
    from parsers.grammar.units import Unit

_NESTED = expression(
    rf"""(?x)
    {GAP}(?:{OF})?{GAP}          # «بند ۲ از متن ماده ۵»
    |{GAP}{DASH}{GAP}            # «ماده ۵ - بند ۲»
    |{GAP}\({GAP}(?:{OF})?{GAP}  # «ماده ۵ (بند ۲»
    """
)
_OF = expression(f"{GAP}{OF}{GAP}")
# A paragraph begins there, or its quotation.
_LINE_START = expression(rf"(?:(?m:^)|(?<=[«“\"])){GAP}")
_HEAD_MARK = expression(rf"(?:{BLANK}*(?P<drawn>\u0640)|{GAP}{DASH})")
_COMMA = expression(f"{GAP}{COMMA}{GAP}")
_AND = expression(
    rf"""(?x)
    (?:{GAP}\))?{GAP}{COMMA}?{GAP}
    {AND_OR}{GAP}
    (?:{joint("also", "after_and")}{GAP})?    # «و همچنین بند ۵», «و ذیل ماده ۵»
    |{GAP}{COMMA}{GAP}
    """
)
_TO = expression(f"{GAP}{TO_WORD}{GAP}")
_CLOSING = expression(f"{GAP}\\)")
_MAX_GROUP = 60
_MAX_LINK = 24


@dataclass(frozen=True, slots=True)
class ClausePath:
    """One cited clause, or several of one unit, with what holds it, outermost first; `start`..`end` spans all its labels."""

    unit: Unit
    items: tuple[Item, ...]
    ancestors: tuple[Locator, ...]
    start: int
    end: int
    descending: bool = False
    plural: bool = False
    parts: int = 1


@dataclass(frozen=True, slots=True)
class CoordinatedPaths:
    """Clause paths joined by «و», «،» or «یا», in order."""

    paths: tuple[ClausePath, ...]

    @property
    def start(self) -> int:
        """Where the first path begins."""
        return self.paths[0].start

    @property
    def end(self) -> int:
        """Where the last path ends."""
        return self.paths[-1].end


def outermost_first(path: ClausePath) -> ClausePath:
    """Return «تبصره ۱۴ بند الف» read outermost first, as in budgets, whose notes hold clauses."""
    (inner,) = path.ancestors
    outer = Locator(path.unit, path.items, path.start, path.items[-1].end if path.items else path.end)
    return replace(path, unit=inner.unit, items=inner.items, ancestors=(outer,), descending=True, plural=inner.plural)


def link_of(between: str) -> str | None:
    """Return how two neighbours are joined: "nest", "comma", "and", "to", or None when they are not."""
    for name, pattern in (("comma", _COMMA), ("to", _TO), ("nest", _NESTED), ("and", _AND)):
        if pattern.fullmatch(between):
            return name
    return None


def coordinated(folded: str, locators: Iterable[Locator]) -> list[CoordinatedPaths]:
    """Return the clause labels of a text grouped into coordinated paths."""
    runs: list[CoordinatedPaths] = []
    group: list[Locator] = []
    links: list[str] = []
    labels = list(locators)
    for place, locator in enumerate(labels):
        near = group and len(group) < _MAX_GROUP and locator.start - group[-1].end <= _MAX_LINK
        heads = near and len(group) == 1 and _heads(folded, group[0], labels[place : place + 3])
        link = _link(folded, group, locator) if near and not heads else None
        if group and link is None:
            runs.append(_run(folded, group, links))
            group, links = [], []
        if group and link is not None:
            links.append(link)
        group.append(locator)
    return [*runs, _run(folded, group, links)] if group else runs


def _heads(folded: str, label: Locator, following: Sequence[Locator]) -> bool:
    """Return whether a label heads the paragraph that it begins, and is no part of what the paragraph cites.

    After it stands a drawn-out sign («ماده۳ـ بند ۲ …»), or a dash and a path with such a clause («ماده ۱ - تبصره ۲ ماده ۴»).
    """
    mark = _HEAD_MARK.match(folded, label.end) if _LINE_START.match(folded, label.start) else None
    if mark is None or _HEAD_MARK.match(folded, following[0].end):  # «ماده ۱۱ـ تبصره ۲ـ …»
        return False
    line_end = folded.find("\n", label.end)
    in_line = [one for one in following if line_end < 0 or one.start < line_end]
    held = (_NESTED.fullmatch(folded, one.end, other.start) for one, other in pairwise(in_line))
    reaches = next((place for place, link in enumerate(held) if not link), len(in_line))
    return mark["drawn"] is not None or any(one.unit is label.unit for one in in_line[: reaches + 1])


def _link(folded: str, group: Sequence[Locator], locator: Locator) -> str | None:
    """Return how a locator is joined to those before it; a bracket that closes between them must have opened among them."""
    held, between = folded[group[0].start : group[-1].end], folded[group[-1].end : locator.start]
    return None if ")" in between and held.count("(") <= held.count(")") else link_of(between)


def _run(folded: str, locators: Sequence[Locator], links: Sequence[str]) -> CoordinatedPaths:
    """Splits a row of locators at its coordinating links, orders each nest, and joins what belongs to one target."""
    listed = "and" in links  # «بند ۱۱، تبصره ۲ و ماده ۴»: then commas between ascending units separate too
    nests: list[list[Locator]] = [[locators[0]]]
    joints: list[str] = []
    for link, locator in zip(links, locators[1:], strict=True):
        last = nests[-1][-1]
        nested = link == "nest" or (link == "comma" and (last.unit.rank > locator.unit.rank or not listed))
        if nested and locator.unit is not last.unit and not _turns(folded, nests[-1], locator):
            nests[-1].append(locator)
        else:
            nests.append([locator])
            joints.append("and" if link == "comma" else link)
    paths = [_path(folded, nest) for nest in nests]
    return CoordinatedPaths(tuple(_inherit(_merge(paths, joints))))


def _turns(folded: str, nest: Sequence[Locator], locator: Locator) -> bool:
    """Return whether the nest, ascending or descending so far, would turn back at this locator."""
    if any(part.unit is locator.unit for part in nest):
        return True
    direction = _direction(folded, [*nest, locator])
    return direction is None


def _direction(folded: str, nest: Sequence[Locator]) -> int | None:
    """1 innermost first, -1 outermost first, 0 undecided, None both."""
    if len(nest) > 1 and _is_part(folded, nest[0], nest[1]):
        return 1
    steps = {
        1 if after.unit.rank > before.unit.rank else -1
        for before, after in pairwise(nest)
        if frozenset((before.unit.slug, after.unit.slug)) not in _either_way() and before.unit.rank != after.unit.rank
    }
    if len(steps) > 1:
        return None
    return steps.pop() if steps else 0


def _is_part(folded: str, before: Locator, after: Locator) -> bool:
    """«تبصره ۳ از | قسمت ج»: a part of it, whatever the units' ranks; «ماده ۵ از بند ۲ تا ۴» is no part."""
    if before.unit.article or not _OF.fullmatch(folded, before.end, after.start):
        return False
    return all(item.until is None for item in after.items) and not _TO.match(folded, after.end)


@cache
def _either_way() -> frozenset[frozenset[str]]:
    """Pairs of units of which either may hold the other."""
    return frozenset(frozenset(pair) for pair in load("units")["nests"]["either_way"])


def _path(folded: str, nest: Sequence[Locator]) -> ClausePath:
    direction = _direction(folded, nest)
    descending = direction == -1 or (direction == 0 and len(nest) > 1 and _comma_between(folded, nest))
    target = nest[-1] if descending else nest[0]
    ancestors = tuple(nest[:-1]) if descending else tuple(reversed(nest[1:]))
    end = nest[-1].end
    if len(nest) > 1 and "(" in folded[nest[-2].end : nest[-1].start]:
        closing = _CLOSING.match(folded, end)
        end = closing.end() if closing else end
    return ClausePath(target.unit, target.items, ancestors, nest[0].start, end, descending, target.plural, len(nest))


def _comma_between(folded: str, nest: Sequence[Locator]) -> bool:
    return any(mark in folded[nest[0].end : nest[1].start] for mark in "،,")


def _merge(paths: Sequence[ClausePath], links: Sequence[str]) -> list[ClausePath]:
    """«بند ۷ و بند ۱۱» is one reference to two clauses, «ماده ۱۰ تا ماده ۱۲» one to three."""
    merged = [paths[0]]
    for link, path in zip(links, paths[1:], strict=True):
        last = merged[-1]
        if link == "nest" or last.unit is not path.unit or not (last.items and path.items) or not _mergeable(last, path):
            merged.append(path)
            continue
        items = _to(last, path) if link == "to" else (*last.items, *path.items)
        ancestors = last.ancestors if last.descending else path.ancestors
        parts = last.parts + path.parts
        merged[-1] = ClausePath(path.unit, items, ancestors, last.start, path.end, last.descending, plural=True, parts=parts)
    return merged


def _mergeable(last: ClausePath, path: ClausePath) -> bool:
    return not (last.ancestors and not last.descending) and not (path.ancestors and (path.descending or last.descending))


def _to(last: ClausePath, path: ClausePath) -> tuple[Item, ...]:
    low, high = last.items[-1], path.items[0]
    if low.until is None and high.until is None:
        return (*last.items[:-1], replace(low, until=high.value, end=high.end), *path.items[1:])
    return (*last.items, *path.items)


def _inherit(paths: list[ClausePath]) -> list[ClausePath]:
    """«بند ۲ و تبصره ۱ ماده ۵»: both are of the article; «ماده ۶، بند ۲ و تبصره ۱» likewise."""
    for index in range(len(paths) - 2, -1, -1):
        path, following = paths[index], paths[index + 1]
        if not path.ancestors and following.ancestors and not following.descending:
            shared = tuple(part for part in following.ancestors if part.unit.rank > max(path.unit.rank, following.unit.rank))
            paths[index] = replace(path, ancestors=shared)
    for index in range(1, len(paths)):
        before, path = paths[index - 1], paths[index]
        if before.descending and not path.ancestors and path.unit.rank < before.ancestors[0].unit.rank:
            shared = tuple(part for part in before.ancestors if part.unit.rank > path.unit.rank)
            paths[index] = replace(path, ancestors=shared, descending=True)
    return paths
