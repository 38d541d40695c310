"""Locators that stand together: nests («بند ب تبصره ۲ ماده ۱۴», «ماده ۶، بند ۲») and coordination («بند ۷ و بند ۱۱»).

A nest is written innermost first, or outermost first with or without commas; which one is told by the ranks of its units. Some
pairs decide nothing: a تبصره may belong to a ماده or to a بند, a بخش may hold chapters or be part of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from parsers.grammar.blanks import GAP
from parsers.grammar.clause_labels import Locator

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.grammar.clause_labels import Unit
    from parsers.grammar.clause_numbers import Item

_OF = "(?:از|ذیل|موضوع|مندرج در|در ذیل|از ذیل|الحاقی به|الحاقی|اصلاحی|ذیلِ|مربوط به|در)"
_NEST = re.compile(f"{GAP}(?:{_OF}(?!\\w))?{GAP}|{GAP}[-–ـ]{GAP}|{GAP}[(]{GAP}(?:{_OF}(?!\\w))?{GAP}")
_COMMA = re.compile(f"{GAP}[،,]{GAP}")
_AND = re.compile(
    f"(?:{GAP}[)])?{GAP}[،,]?{GAP}(?:(?:و|یا)(?!\\w)){GAP}(?:(?:همچنین|نیز|هم‌چنین|یا|در|از|طبق|مطابق|ذیل|صدر){GAP})?|{GAP}[،,]{GAP}"
)
_TO = re.compile(f"{GAP}(?:تا|الی|لغایت|لغایه){GAP}")
_UNDECIDED = {frozenset(("بند", "تبصره")), frozenset(("بند", "قسمت")), frozenset(("بخش", "فصل")), frozenset(("بخش", "باب"))}
_MAX_GROUP = 60
_MAX_LINK = 24


@dataclass(frozen=True, slots=True)
class Chain:
    """One target with its ancestors, outermost first; `start`..`end` is the whole run of locators."""

    unit: Unit
    items: tuple[Item, ...]
    ancestors: tuple[Locator, ...]
    start: int
    end: int
    descending: bool = False
    plural: bool = False
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Run:
    """Chains joined by «و», «،» or «یا», in order."""

    chains: tuple[Chain, ...]

    @property
    def start(self) -> int:
        """Where the first chain begins."""
        return self.chains[0].start

    @property
    def end(self) -> int:
        """Where the last chain ends."""
        return self.chains[-1].end


def turned(chain: Chain) -> Chain:
    """«تبصره ۱۴ بند الف» read outermost first, as in budgets, whose notes hold clauses."""
    (inner,) = chain.ancestors
    outer = Locator(chain.unit, chain.items, chain.start, chain.items[-1].end if chain.items else chain.end)
    return replace(chain, unit=inner.unit, items=inner.items, ancestors=(outer,), descending=True, plural=inner.plural)


def link_of(between: str) -> str | None:
    """How two neighbours are joined: "nest", "comma", "and", "to", or None when they are not."""
    for name, pattern in (("comma", _COMMA), ("to", _TO), ("nest", _NEST), ("and", _AND)):
        if pattern.fullmatch(between):
            return name
    return None


def runs_of(folded: str, locators: Iterable[Locator]) -> list[Run]:
    """The locators of a text grouped into runs of coordinated chains."""
    runs: list[Run] = []
    group: list[Locator] = []
    links: list[str] = []
    for locator in locators:
        near = group and len(group) < _MAX_GROUP and locator.start - group[-1].end <= _MAX_LINK
        link = _link(folded, group, locator) if near else None
        if group and link is None:
            runs.append(_run(folded, group, links))
            group, links = [], []
        if group and link is not None:
            links.append(link)
        group.append(locator)
    return [*runs, _run(folded, group, links)] if group else runs


def _link(folded: str, group: Sequence[Locator], locator: Locator) -> str | None:
    """How a locator is joined to those before it; a bracket that closes between them must have opened among them."""
    held, between = folded[group[0].start : group[-1].end], folded[group[-1].end : locator.start]
    return None if ")" in between and held.count("(") <= held.count(")") else link_of(between)


def _run(folded: str, locators: Sequence[Locator], links: Sequence[str]) -> Run:
    """Splits a row of locators at its coordinating links, orders each nest, and joins what belongs to one target."""
    listed = "and" in links  # «بند ۱۱، تبصره ۲ و ماده ۴»: then commas between ascending units separate too
    nests: list[list[Locator]] = [[locators[0]]]
    joints: list[str] = []
    for link, locator in zip(links, locators[1:], strict=True):
        last = nests[-1][-1]
        nested = link == "nest" or (link == "comma" and (last.unit.rank > locator.unit.rank or not listed))
        if nested and locator.unit is not last.unit and not _turns(nests[-1], locator):
            nests[-1].append(locator)
        else:
            nests.append([locator])
            joints.append("and" if link == "comma" else link)
    chains = [_chain(folded, nest) for nest in nests]
    return Run(tuple(_inherit(_merge(chains, joints))))


def _turns(nest: Sequence[Locator], locator: Locator) -> bool:
    """Whether the nest, ascending or descending so far, would turn back at this locator."""
    if any(part.unit is locator.unit for part in nest):
        return True
    direction = _direction([*nest, locator])
    return direction is None


def _direction(nest: Sequence[Locator]) -> int | None:
    """1 innermost first, -1 outermost first, 0 undecided, None both."""
    steps = {
        1 if after.unit.rank > before.unit.rank else -1
        for before, after in pairwise(nest)
        if frozenset((before.unit.name, after.unit.name)) not in _UNDECIDED and before.unit.rank != after.unit.rank
    }
    if len(steps) > 1:
        return None
    return steps.pop() if steps else 0


def _chain(folded: str, nest: Sequence[Locator]) -> Chain:
    direction = _direction(nest)
    descending = direction == -1 or (direction == 0 and len(nest) > 1 and _comma_between(folded, nest))
    target = nest[-1] if descending else nest[0]
    ancestors = tuple(nest[:-1]) if descending else tuple(reversed(nest[1:]))
    end = nest[-1].end
    if len(nest) > 1 and "(" in folded[nest[-2].end : nest[-1].start]:
        closing = re.compile(f"{GAP}[)]").match(folded, end)
        end = closing.end() if closing else end
    return Chain(target.unit, target.items, ancestors, nest[0].start, end, descending, target.plural, len(nest))


def _comma_between(folded: str, nest: Sequence[Locator]) -> bool:
    return any(mark in folded[nest[0].end : nest[1].start] for mark in "،,")


def _merge(chains: Sequence[Chain], joints: Sequence[str]) -> list[Chain]:
    """«بند ۷ و بند ۱۱» is one reference to two clauses, «ماده ۱۰ تا ماده ۱۲» one to three."""
    merged = [chains[0]]
    for joint, chain in zip(joints, chains[1:], strict=True):
        last = merged[-1]
        if joint == "nest" or last.unit is not chain.unit or not (last.items and chain.items) or not _mergeable(last, chain):
            merged.append(chain)
            continue
        items = _to(last, chain) if joint == "to" else (*last.items, *chain.items)
        ancestors = last.ancestors if last.descending else chain.ancestors
        parts = last.parts + chain.parts
        merged[-1] = Chain(chain.unit, items, ancestors, last.start, chain.end, last.descending, plural=True, parts=parts)
    return merged


def _mergeable(last: Chain, chain: Chain) -> bool:
    return not (last.ancestors and not last.descending) and not (chain.ancestors and (chain.descending or last.descending))


def _to(last: Chain, chain: Chain) -> tuple[Item, ...]:
    low, high = last.items[-1], chain.items[0]
    if low.until is None and high.until is None:
        return (*last.items[:-1], replace(low, until=high.value, end=high.end), *chain.items[1:])
    return (*last.items, *chain.items)


def _inherit(chains: list[Chain]) -> list[Chain]:
    """«بند ۲ و تبصره ۱ ماده ۵»: both are of the article; «ماده ۶، بند ۲ و تبصره ۱» likewise."""
    for index in range(len(chains) - 2, -1, -1):
        chain, following = chains[index], chains[index + 1]
        if not chain.ancestors and following.ancestors and not following.descending:
            shared = tuple(part for part in following.ancestors if part.unit.rank > max(chain.unit.rank, following.unit.rank))
            chains[index] = replace(chain, ancestors=shared)
    for index in range(1, len(chains)):
        before, chain = chains[index - 1], chains[index]
        if before.descending and not chain.ancestors and chain.unit.rank < before.ancestors[0].unit.rank:
            shared = tuple(part for part in before.ancestors if part.unit.rank > chain.unit.rank)
            chains[index] = replace(chain, ancestors=shared, descending=True)
    return chains
