"""Identifiers of the clauses of a law, after Akoma Ntoso: no chapter in the name of what is numbered through the whole law."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from parsers.grammar.eids import eid
from parsers.law.vocabulary import annexes, containers, item_units, note_units

if TYPE_CHECKING:
    from parsers.law.outline import OpenClause


# The law (0, or that printed within), unit and number of a clause.
Counted = tuple[int, str, object]


def clause_id(path: tuple[OpenClause, ...], node: OpenClause, again: frozenset[Counted]) -> str:
    """After Akoma Ntoso: articles and what else is numbered through the whole law carry no chapter."""
    steps = [n for n in path if n.unit in containers()]
    inner = [n for n in path if n.unit not in containers()]
    if node.label is not None and node.label.style == "dotted":
        inner = [n for n in inner if n.unit not in item_units()]
    if node.unit in containers():
        kept = _kept(steps, node, again)
    else:
        first = inner[0] if inner else node
        annex = [n for n in steps if n.unit in annexes()]
        kept = steps if _counted(first) in again and not annex else annex
    levels = [(n.unit, _number(n)) for n in (*kept, *inner)]
    name = eid(levels, node.unit, _number(node))
    # A law printed within this one is a component of the document.
    return f"comp_{node.inner_law}__{name}" if node.inner_law else name


def _number(node: OpenClause) -> int | str | None:
    """Return a clause's number; several notes without one in the same clause count by their place, as Akoma Ntoso has it."""
    if node.number is not None or node.unit not in note_units() or node.parent is None:
        return node.number
    notes = [other for other in node.parent.children if other.unit == node.unit]
    if len(notes) == 1 or any(other.number is not None for other in notes):
        return None
    return next(place for place, other in enumerate(notes, 1) if other is node)


def _counted(node: OpenClause) -> Counted:
    return node.inner_law, node.unit, node.number


def _kept(steps: list[OpenClause], node: OpenClause, again: frozenset[Counted]) -> list[OpenClause]:
    annex = [n for n in steps if n.unit in annexes()]
    return steps if _counted(node) in again else annex


def restarted(root: OpenClause) -> frozenset[Counted]:
    """Return what occurs more than once in a law outside annexes: chapters count anew in each part, articles in each chapter.

    Where one number of a unit does, all numbers of that unit are named with what is around them.
    """
    counted: Counter[Counted] = Counter()
    todo = [(child, False) for child in root.children]
    while todo:
        node, annexed = todo.pop()
        annexed = annexed or node.unit in annexes()
        if not annexed:
            counted[_counted(node)] += 1
        if node.unit in containers():
            todo.extend((child, annexed) for child in node.children)
    units = {(law, unit) for (law, unit, _), times in counted.items() if times > 1}
    return frozenset(key for key in counted if key[:2] in units)
