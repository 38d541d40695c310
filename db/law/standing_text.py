"""A law's text on one day, changed step by step, and the versions so far of each clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.law.dated_text import Version
from db.law.text_changes import appended, places, same_words, with_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db.law.dated_text import ChangeOfText, Text


class CannotApplyError(Exception):
    """The text cannot follow a change; the message says why."""


@dataclass(slots=True)
class StandingText:
    """The text on one day, and the versions so far of each clause. `wholes` gives a printed clause with those in it."""

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
            # Words that are printed as changed, on a day that is not: since when they stand is not known.
            begins = clause.changed_on if clause.status in ("amended", "inserted") else self.approved_on
            ends = clause.changed_on if clause.status == "repealed" else None
            self.past[clause.eid] = [Version(clause, self.wholes(clause.eid), begins, ends)]

    def has(self, eid: str) -> bool:
        """Return whether the text has a clause of this eId today."""
        return eid in self.now

    def apply(self, change: ChangeOfText) -> None:
        """Change the text. Raises CannotApplyError."""
        if change.on is None:
            raise CannotApplyError("the day of the change is not known")
        if self.approved_on and change.on < self.approved_on:
            raise CannotApplyError("it is older than the text")
        if change.change == "rename":
            raise CannotApplyError("it changes the title")
        if change.change == "extend":
            raise CannotApplyError("it extends a time and names no words")
        if change.change == "insert":
            self._insert(change)
            return
        for eid in self._affected(change):
            self._change_clause(replace(change, eid=eid))

    def _affected(self, change: ChangeOfText) -> list[str]:
        if change.eid is None:
            if change.change != "repeal":
                raise CannotApplyError("it names no clause")
            return [eid for eid, clause in self.now.items() if clause.parent is None]
        if change.eid not in self.now:
            raise CannotApplyError("the text has no such clause")
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
            raise CannotApplyError("the new text is not known")
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
            raise CannotApplyError("the new text is not known")
        for new in change.clauses:
            if new.parent and new.parent not in self.now:
                raise CannotApplyError("the text has no clause to put it into")
            there = self.now.get(new.eid)
            if there and not same_words(there.own, new.own):
                raise CannotApplyError("the text has another clause of that number")
        for new in change.clauses:
            if new.eid not in self.now:
                self._place(new, change)

    def _words_changed(self, clause: Text, change: ChangeOfText) -> tuple[Text, str]:
        """Return the clause whose own words change, and its new words."""
        wanted = change.old if change.change != "insert_words" else change.beside
        if wanted is None:
            added = change.new or ""
            return clause, f"{added} {clause.own}" if change.before else appended(clause.own, added)
        holders = [c for c in map(self.now.__getitem__, self._subtree(clause.eid)) if places(c.own, wanted)]
        if not holders:
            if change.new and any(places(self.now[eid].own, change.new) for eid in self._subtree(clause.eid)):
                return clause, clause.own  # printed with the change in it
            raise CannotApplyError(f"the words «{wanted}» are not in it")
        found = places(holders[0].own, wanted)
        if len(holders) > 1 or len(found) > 1:
            raise CannotApplyError(f"the words «{wanted}» are in it more than once")
        return holders[0], with_change(holders[0].own, found[0], change)

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
        """Yield the versions of every clause, in the order of the law."""
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


def _order(number: int | str | None) -> tuple[int, int, str]:
    """Return a number's place among its kind: 5, «5 مکرر», «5 مکرر 2», 6; letters by themselves after numbers."""
    if isinstance(number, int):
        return (number, 0, "")
    base, _, rest = str(number or "").partition(" ")
    if base.isdigit():
        times = re.search("[0-9]+", rest)
        return (int(base), int(times[0]) if times else 1, "")
    return (10**6, 0, str(number or ""))
