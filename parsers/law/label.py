"""A label of a clause, and what may stand between its number and its text: a dash, «مکرر», notes in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.law import label_patterns as patterns
from parsers.law.label_numbers import Numeral, Style, repetition
from parsers.law.label_patterns import DASHES
from parsers.law.numbering import repeated
from parsers.law.vocabulary import containers, pattern

if TYPE_CHECKING:
    from parsers.law.numbering import Number


@dataclass(frozen=True, slots=True)
class Label:
    """What looks like the beginning of a clause. `end` is where its text begins.

    `unit` is None for a bare number or letter. `firm`: a dash, colon, bracket or line's end behind it; `line`: at a line's
    beginning; `mark` the separator itself, which lists of one level share; `notes` are what stands in brackets behind the number.
    `shares` is where the words of a label with several numbers begin, 0 for any other.
    `otherwise` is the same label read in another way: «تبصره ۱-۲ درصد» as تبصره ۱, «ماده ۴- مکرر …» as ماده ۴ مکرر.
    """

    start: int
    end: int
    unit: str | None
    number: Number
    style: Style
    firm: bool
    line: bool
    mark: str
    notes: tuple[str, ...] = ()
    otherwise: Label | None = None
    shares: int = 0


def finished(folded: str, at: int, end: int, unit: str | None, numeral: Numeral) -> Label:
    """Return a label with what stands between its number and its text."""
    number, after = numeral.value, numeral.end
    if isinstance(number, int):
        number, after = repetition(folded, number, after, end)
    notes: list[str] = []
    mark, place = "", after
    for _ in range(3):
        separator = patterns.SEPARATOR.match(folded, place, end)
        if separator and not mark:
            mark, place = separator[0].strip(), separator.end()
            number, place = _repeated_after_dash(folded, number, place, end)
            continue
        note = patterns.IN_BRACKETS.match(folded, place, end)
        if note is None or not _is_note(note[1]):
            break
        notes.append(note[1].strip())
        place = note.end()
    if mark and notes:
        tail = patterns.SEPARATOR.match(folded, place, end)
        place = tail.end() if tail else place
    blank = patterns.BLANK_RUN.match(folded, place, end)
    place = blank.end() if blank else place
    firm = bool(mark) or place >= end or bool(notes)
    kind = re.sub(f"[{DASHES}]", "-", re.sub("\\s", "", mark))
    return Label(at, place, unit, number, numeral.style, firm, True, kind, tuple(notes))


def _repeated_after_dash(folded: str, number: Number, at: int, end: int) -> tuple[Number, int]:
    """«ماده ۲- (مکرر) …»: what is printed after the dash belongs to the number."""
    found = patterns.REPEATED_AFTER_DASH.match(folded, at, end) if number is not None else None
    if found is None or " " in str(number):
        return number, at
    return repeated(number, found[1] or found[2]), found.end()  # type: ignore[arg-type]


def _is_note(text: str) -> bool:
    """Return whether what stands in brackets tells what became of the clause."""
    return any(pattern("status", kind).match(text.strip()) for kind in ("inserted", "amended", "repealed"))


def is_container(label: Label) -> bool:
    """Return whether it opens a chapter or the like."""
    return label.unit in containers()
