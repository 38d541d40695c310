"""A law's text followed through its amendments: which clause said what, from which day until which.

Pure: clauses and changes in, versions out. A change whose words cannot be found, or can be found twice, is not applied but listed
with the reason; nothing is guessed. The printed text may hold changes already: a clause that says when it was last changed is
taken to hold all changes up to that day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from db.law.standing_text import CannotApplyError, StandingText

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from db.law.dated_text import ChangeOfText, Text, Version


@dataclass(frozen=True, slots=True)
class Consolidated:
    """All versions, clause by clause in the law's order; `unapplied` are (change, reason)."""

    versions: tuple[Version, ...]
    unapplied: tuple[tuple[ChangeOfText, str], ...] = ()


def consolidate(
    base: Sequence[Text],
    changes: Iterable[ChangeOfText],
    *,
    approved_on: str | None,
    wholes: Callable[[str], str],
    named: Callable[[str], str] = str,
) -> Consolidated:
    """Return the versions of a law's clauses.

    `base` is the printed text in its order; `wholes` gives a printed clause with those in it; `named` the clause's own eId for
    one as it is cited.
    """
    state = StandingText(base, approved_on, wholes)
    unapplied: list[tuple[ChangeOfText, str]] = []
    dated = sorted((change for change in changes if change.change), key=lambda c: (c.on or "9999", c.key))
    for day, same_day in groupby(dated, key=lambda change: change.on):
        for change in same_day:
            own = replace(change, eid=named(change.eid)) if change.eid and not state.has(change.eid) else change
            try:
                state.apply(own)
            except CannotApplyError as error:
                unapplied.append((change, str(error)))
        state.close_day(day)
    return Consolidated(tuple(state.versions()), tuple(unapplied))
