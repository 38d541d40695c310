"""A law's text followed through its amendments: which clause said what, from which day until which.

Pure: clauses and changes in, versions out. A change whose words cannot be found, or can be found twice, is not applied but listed
with the reason; nothing is guessed. The printed text may hold changes already: a clause that says when it was last changed is
taken to hold all changes up to that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_BLANKS = "[\\s\u200c\u200e\u200f]"


@dataclass(frozen=True, slots=True)
class Text:
    """One clause as a text has it: `own` are its own words, `status` and `changed_on` what the printed text says became of it."""

    eid: str
    unit: str
    number: int | str | None
    parent: str | None
    label: str
    heading: str | None
    own: str
    status: str = "in_force"
    changed_on: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeOfText:
    """One change as an amending law states it; `key` names its row, `clauses` are those of the new text."""

    key: tuple[int, int]
    change: str | None
    eid: str | None
    on: str | None
    old: str | None = None
    new: str | None = None
    beside: str | None = None
    before: bool = False
    clauses: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """What a clause said from one day until another; `whole` holds the clauses in it too. `by` is the change that brought it."""

    clause: Text
    whole: str
    valid_from: str | None
    valid_to: str | None = None
    by: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Consolidated:
    """All versions, clause by clause in the law's order; `unapplied` are (change, reason)."""

    versions: tuple[Version, ...]
    unapplied: tuple[tuple[ChangeOfText, str], ...] = ()


class _CannotApplyError(Exception):
    """The text cannot follow a change; the message says why."""


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
    state = _State(base, approved_on, wholes)
    unapplied: list[tuple[ChangeOfText, str]] = []
    dated = sorted((change for change in changes if change.change), key=lambda c: (c.on or "9999", c.key))
    for day, same_day in groupby(dated, key=lambda change: change.on):
        for change in same_day:
            own = replace(change, eid=named(change.eid)) if change.eid and not state.has(change.eid) else change
            try:
                state.apply(own)
            except _CannotApplyError as error:
                unapplied.append((change, str(error)))
        state.close_day(day)
    return Consolidated(tuple(state.versions()), tuple(unapplied))


@dataclass(slots=True)
class _State:
    """The text on one day, and the versions so far of each clause."""

    base: Sequence[Text]
    approved_on: str | None
    wholes: Callable[[str], str]
    now: dict[str, Text] = field(default_factory=dict)
    past: dict[str, list[Version]] = field(default_factory=dict)
    touched: dict[str, tuple[int, int]] = field(default_factory=dict)
    rewritten: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for clause in self.base:
            self.now[clause.eid] = clause
            changed = clause.changed_on if clause.status in ("amended", "inserted") else None
            ends = clause.changed_on if clause.status == "repealed" else None
            self.past[clause.eid] = [Version(clause, self.wholes(clause.eid), changed or self.approved_on, ends)]

    def has(self, eid: str) -> bool:
        return eid in self.now

    def apply(self, change: ChangeOfText) -> None:
        """Change the text. Raises _CannotApplyError."""
        if change.on is None:
            raise _CannotApplyError("the day of the change is not known")
        if self.approved_on and change.on < self.approved_on:
            raise _CannotApplyError("it is older than the text")
        if change.change == "rename":
            raise _CannotApplyError("it changes the title")
        if change.change == "extend":
            raise _CannotApplyError("it extends a time and names no words")
        if change.change == "insert":
            self._insert(change)
            return
        for eid in self._affected(change):
            self._change_clause(replace(change, eid=eid))

    def _affected(self, change: ChangeOfText) -> list[str]:
        if change.eid is None:
            if change.change != "repeal":
                raise _CannotApplyError("it names no clause")
            return [eid for eid, clause in self.now.items() if clause.parent is None]
        if change.eid not in self.now:
            raise _CannotApplyError("the text has no such clause")
        return [change.eid]

    def _change_clause(self, change: ChangeOfText) -> None:
        clause = self.now[change.eid or ""]
        if clause.changed_on and change.on and clause.changed_on >= change.on:
            return  # the printed text says that it holds it
        if change.change == "repeal":
            for eid in self._subtree(clause.eid):
                self._touch(eid, change)
                del self.now[eid]
        elif change.change in ("replace", "replace_own"):
            self._replace(clause, change)
        else:
            holder, words = self._words_changed(clause, change)
            self._put(replace(holder, own=words), change)

    def _replace(self, clause: Text, change: ChangeOfText) -> None:
        top = next((new for new in change.clauses if new.eid == clause.eid), None)
        if top is None and change.new:
            self._put(replace(clause, own=change.new), change)
            return
        if top is None:
            raise _CannotApplyError("the new text is not known")
        if change.change == "replace_own":
            self._put(replace(clause, own=top.own, heading=top.heading), change)
            return
        gone = [eid for eid in self._subtree(clause.eid) if all(new.eid != eid for new in change.clauses)]
        for eid in gone:
            self._touch(eid, change)
            del self.now[eid]
        for new in change.clauses:
            parent = clause.parent if new.eid == clause.eid else new.parent
            self._place(replace(new, parent=parent), change)

    def _insert(self, change: ChangeOfText) -> None:
        if not change.clauses:
            raise _CannotApplyError("the new text is not known")
        for new in change.clauses:
            if new.parent and new.parent not in self.now:
                raise _CannotApplyError("the text has no clause to put it into")
            there = self.now.get(new.eid)
            if there and not _same(there.own, new.own):
                raise _CannotApplyError("the text has another clause of that number")
        for new in change.clauses:
            if new.eid not in self.now:
                self._place(new, change)

    def _words_changed(self, clause: Text, change: ChangeOfText) -> tuple[Text, str]:
        """Return the clause whose own words change, and its new words."""
        wanted = change.old if change.change != "insert_words" else change.beside
        if wanted is None:
            added = change.new or ""
            return clause, f"{added} {clause.own}" if change.before else _appended(clause.own, added)
        holders = [c for c in map(self.now.__getitem__, self._subtree(clause.eid)) if _places(c.own, wanted)]
        if not holders:
            if change.new and any(_places(self.now[eid].own, change.new) for eid in self._subtree(clause.eid)):
                return clause, clause.own  # printed with the change in it
            raise _CannotApplyError(f"the words «{wanted}» are not in it")
        places = _places(holders[0].own, wanted)
        if len(holders) > 1 or len(places) > 1:
            raise _CannotApplyError(f"the words «{wanted}» are in it more than once")
        return holders[0], _with_change(holders[0].own, places[0], change)

    def _put(self, clause: Text, change: ChangeOfText) -> None:
        self.now[clause.eid] = clause
        self._touch(clause.eid, change)

    def _place(self, clause: Text, change: ChangeOfText) -> None:
        """Put a clause in its place: after what has the number before it, else at the end of what holds it."""
        if clause.eid not in self.now:
            order = list(self.now)
            after = self._place_after(clause)
            at = order.index(after) + 1 if after else len(order)
            self.now = {eid: self.now[eid] for eid in order[:at]} | {clause.eid: clause} | {e: self.now[e] for e in order[at:]}
        self._put(clause, change)

    def _place_after(self, clause: Text) -> str | None:
        beside = [c for c in self.now.values() if c.unit == clause.unit and (c.parent == clause.parent or clause.parent is None)]
        earlier = [c for c in beside if _order(c.number) <= _order(clause.number)]
        last = max(earlier, key=lambda c: _order(c.number), default=None)
        if last is not None:
            return self._subtree(last.eid)[-1]
        return self._subtree(clause.parent)[-1] if clause.parent else None

    def _subtree(self, eid: str) -> list[str]:
        """Return the clause and those in it, in the order of the text."""
        inside = {eid}
        for other, clause in self.now.items():
            if clause.parent in inside:
                inside.add(other)
        return [other for other in self.now if other in inside]

    def _touch(self, eid: str, change: ChangeOfText) -> None:
        self.touched[eid] = change.key
        self.rewritten.add(eid)
        parent = self.now[eid].parent if eid in self.now else None
        while parent in self.now:
            self.touched[parent] = change.key
            self.rewritten.add(parent)
            parent = self.now[parent].parent

    def close_day(self, day: str | None) -> None:
        """End the versions of what changed on a day, and begin those that follow."""
        for eid, by in self.touched.items():
            versions = self.past.setdefault(eid, [])
            whole = self._whole(eid) if eid in self.now else None
            if versions and versions[-1].valid_to is None:
                if whole == versions[-1].whole:
                    continue
                versions[-1] = replace(versions[-1], valid_to=day)
            if whole is not None:
                versions.append(Version(self.now[eid], whole, day, None, by))
        self.touched.clear()

    def _whole(self, eid: str) -> str:
        if eid not in self.rewritten and not any(e in self.rewritten for e in self._subtree(eid)):
            return self.wholes(eid)
        clause = self.now[eid]
        parts = [*filter(None, (clause.heading, clause.own))]
        parts += [f"{child.label} {self._whole(child.eid)}" for child in self.now.values() if child.parent == eid]
        return "\n".join(parts)

    def versions(self) -> Iterator[Version]:
        order = {clause.eid: place for place, clause in enumerate(self.base)}
        standing = list(self.now)
        for eid in sorted(self.past, key=lambda e: (order.get(e, self._after_base(e, standing, order)), e)):
            yield from self.past[eid]

    def _after_base(self, eid: str, standing: list[str], order: dict[str, int]) -> float:
        """Return where a clause that the printed text does not have stands among those that it has."""
        if eid not in standing:
            return len(order)
        before = (order[e] for e in reversed(standing[: standing.index(eid)]) if e in order)
        return next(before, -1) + 0.5


def _same(one: str, other: str) -> bool:
    return re.sub(f"{_BLANKS}+", "", fold(one)) == re.sub(f"{_BLANKS}+", "", fold(other))


def _places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whatever blanks and letters it is typed with; whole words only."""
    parts = [re.escape(part) for part in re.split(f"{_BLANKS}+", fold(wanted).strip()) if part]
    if not parts:
        return []
    pattern = f"(?<![^\\W\\d_]){f'{_BLANKS}*'.join(parts)}(?![^\\W\\d_])"
    return [found.span() for found in re.finditer(pattern, fold(text))]


def _with_change(text: str, place: tuple[int, int], change: ChangeOfText) -> str:
    start, end = place
    if change.change == "insert_words":
        middle = f"{change.new} {text[start:end]}" if change.before else f"{text[start:end]} {change.new}"
    else:
        middle = change.new or ""
    if middle:
        return text[:start] + middle + text[end:]
    return (
        f"{text[:start].rstrip(' ')} {text[end:].lstrip(' ')}".strip()
        if text[end:].strip(" .")
        else text[:start].rstrip() + text[end:]
    )


def _appended(text: str, added: str) -> str:
    """Add words before the full stop that ends a text."""
    bare = text.rstrip()
    stop = bare[-1:] if bare.endswith((".", "؛")) else ""
    if added.rstrip().endswith((".", "؛")):
        return f"{bare} {added}"
    return f"{bare[: len(bare) - len(stop)]} {added}{stop}"


def _order(number: int | str | None) -> tuple[int, int, str]:
    """Return a number's place among its kind: 5, «5 مکرر», «5 مکرر 2», 6; letters by themselves after numbers."""
    if isinstance(number, int):
        return (number, 0, "")
    base, _, rest = str(number or "").partition(" ")
    if base.isdigit():
        times = re.search("[0-9]+", rest)
        return (int(base), int(times[0]) if times else 1, "")
    return (10**6, 0, str(number or ""))
