"""What a consolidated law is made of: clauses of a text, changes of it, versions with their days."""

from __future__ import annotations

from dataclasses import dataclass


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
