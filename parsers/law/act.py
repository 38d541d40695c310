"""One verb of an amending law: what it does to a clause, and with which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.law.instructions import Span
    from parsers.law_models import Change, RelationKind


@dataclass(frozen=True, slots=True)
class Act:
    """One verb; no `kind` where it leaves the clause as it is («ابقا می‌شود»).

    `start:end` is its stretch of the body, `noun_start` where the verb's noun begins; `change` is how the text changes. `old` and
    `new` are the words taken out and put in, `beside` those next to which they are put; spans in the body.
    """

    kind: RelationKind | None
    change: Change
    start: int
    end: int
    noun_start: int
    old: Span | None = None
    new: Span | None = None
    beside: Span | None = None
    before: bool = False
