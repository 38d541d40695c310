"""A law's citations of itself: a bare «ماده ۲» is its own, «بند الف» that of the article around it.

Labels of clauses are none: facts are found in the text with blanks in their stead (`unlabelled`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP
from parsers.grammar.eids import eid
from parsers.grammar.joints import any_word
from parsers.law.vocabulary import data, unit_words, words
from parsers.lexicon import load
from parsers.models import Ancestor
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from parsers.law_models import Clause, Law
    from parsers.models import Facts, Reference


def unlabelled(body: str, clauses: Sequence[Clause]) -> str:
    """Return the body as finders of facts should read it: as long as it is, with blanks for the labels of clauses."""
    parts: list[str] = []
    at = 0
    for clause in clauses:
        end = clause.start + len(clause.label)
        parts += [body[at : clause.start], " " * (end - clause.start)]
        at = end
    return "".join([*parts, body[at:]])


def own_references(body: str, facts: Facts, law: Law) -> Facts:
    """Return the facts with the references as they are meant in this law; `body` is the text that they index."""
    if not law.clauses:
        return facts
    by_eid = {clause.eid: clause for clause in law.clauses}
    starts = [clause.start for clause in law.clauses]
    return replace(facts, references=tuple(_read(fold(body), facts.references, law, by_eid, starts)))


def _read(
    folded: str, references: Sequence[Reference], law: Law, by_eid: dict[str, Clause], starts: list[int]
) -> Iterator[Reference]:  # fmt: skip
    for reference in references:
        if reference.section != "body":
            yield reference
            continue
        index = bisect_right(starts, reference.start) - 1
        around = law.clauses[index] if index >= 0 else None
        named = reference.instrument not in (None, law.title, *law.titles) or reference.body not in (None, law.body)
        bare = not named or _this_law().match(folded, reference.end)
        within = _around_here(folded, reference, around, by_eid)
        if within:
            yield replace(within, instrument=law.title, body=law.body, year=law.year)
            continue
        own = _of_this(reference, law, around, by_eid) if bare else reference
        # An amending law speaks of clauses that it has not: they are another's, which only a name can tell.
        yield own if named or all(eid in by_eid for eid in own.eids) or _this_law().match(folded, reference.end) else reference


def _of_this(reference: Reference, law: Law, around: Clause | None, by_eid: dict[str, Clause]) -> Reference:
    """Return the reference to this law, within the article around it where only that has the clause."""
    own = replace(reference, instrument=law.title, body=law.body, year=law.year)
    holder = around
    while holder is not None:
        eids = tuple(f"{holder.eid}__{eid}" for eid in own.eids)
        if all(eid in by_eid for eid in eids) and not all(eid in by_eid for eid in own.eids):
            return replace(own, eids=eids, path=(*_path(holder, by_eid), *own.path))
        holder = by_eid.get(holder.parent or "")
    return own


def _around_here(folded: str, reference: Reference, around: Clause | None, by_eid: dict[str, Clause]) -> Reference | None:
    """«تبصره ۱ این ماده»: of the article in which it is said, whichever article was cited last."""
    said = _this_unit().match(folded, reference.end)
    holder = around
    while said and holder is not None and fold(holder.unit) != unit_words().get(said[1]):
        holder = by_eid.get(holder.parent or "")
    if not said or holder is None:
        return None
    units = [step.unit for step in reference.path]
    inner = reference.path[units.index(holder.unit) + 1 :] if holder.unit in units else reference.path
    levels = [(step.unit, step.number) for step in inner]
    eids = tuple(f"{holder.eid}__{eid(levels, reference.unit, number)}" for number in reference.numbers or (None,))
    return replace(reference, eids=eids, path=(*_path(holder, by_eid), *inner))


@cache
def _this_unit() -> re.Pattern[str]:
    return expression(f"{GAP}{words('sentences', 'this')}{GAP}({any_word(unit_words())})")


@cache
def _this_law() -> re.Pattern[str]:
    """Return the pattern for «این قانون», «همین آیین‌نامه» after a clause."""
    openings = [name for names in load("instruments")["heads"].values() for name in names]
    return expression(f"{GAP}{words('sentences', 'this')}{GAP}{any_word([*openings, *data()['title']['more_kinds']])}")


def _path(clause: Clause, by_eid: dict[str, Clause]) -> tuple[Ancestor, ...]:
    """Return the clause and those around it that its identifier names, outermost first."""
    steps: list[Ancestor] = []
    here: Clause | None = clause
    while here is not None and (here is clause or clause.eid.startswith(f"{here.eid}__")):
        steps.insert(0, Ancestor(here.unit, here.number))
        here = by_eid.get(here.parent or "")
    return tuple(steps)
