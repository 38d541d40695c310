"""`normalize`: a text as it came, letters, digits and ZWNJ repaired, with the way back to every character.

What may change: ZWNJ and blanks inside and between Persian words, Arabic letter forms, digits standing alone in Persian text,
stray invisible characters. Everything else comes out as it went in, line breaks first of all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

from parsers.persian.damage_detection import assess, reassess
from parsers.persian.letter_repair import form_edits, with_persian_letters
from parsers.persian.letters import ZWNJ
from parsers.persian.offsets import Edit, Offsets
from parsers.persian.second_pass import edits_near
from parsers.persian.zwnj import restoration_edits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.models import Damage

_DAMAGES = ("auto", "deleted", "spaced", "mixed", "none")


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the slice `start:end` of the input read `before` and is `after` now. `start` equals `end` for an insertion."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Normalized:
    """A repaired text.

    `offsets[i]` is the place in the input (`source`) of character i of `text`; `damage` is the damage that was repaired.
    """

    text: str
    offsets: Offsets
    damage: Damage
    source: str = field(repr=False)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return what changed, in order, in places of the input; adjacent changes are one."""
        return tuple(_merged(_changes(self)))


def normalize(text: str, damage: Damage | Literal["auto"] = "auto") -> Normalized:
    """Return `text` repaired for `damage`; `auto` looks at the text itself (`assess`) and is meant for whole documents.

    Normalizing the result again changes nothing. Time is linear in the length, and no text raises.
    Raises ValueError for another `damage`.
    """
    if damage not in _DAMAGES:
        raise ValueError(f"damage is one of {', '.join(_DAMAGES)}, not {damage!r}")
    repaired, offsets = _with_persian_forms(text)
    found: Damage = assess(repaired) if damage == "auto" else damage
    believed = found
    edits = restoration_edits(repaired, believed)
    while edits:
        repaired, further = _apply(repaired, edits)
        offsets = further.after(offsets)
        if believed in {"mixed", "spaced"}:
            edits = edits_near(repaired, believed, _joined_places(edits))
            continue
        believed = reassess(repaired, believed) if damage == "auto" else "none"
        edits = restoration_edits(repaired, believed)
    return Normalized(repaired, offsets, found, text)


def _joined_places(edits: Sequence[Edit]) -> list[int]:
    """Return where, in the text after `edits`, blanks were replaced: words that were repaired need no second look."""
    places, added = [], 0
    for start, end, after in edits:
        if start < end:
            places.append(start + added)
        added += len(after) - (end - start)
    return places


def _with_persian_forms(text: str) -> tuple[str, Offsets]:
    repaired, offsets = with_persian_letters(text), Offsets(len(text))
    again = True
    while again:
        edits = form_edits(repaired)
        repaired, further = _apply(repaired, edits)
        offsets = further.after(offsets)
        # What an invisible character kept apart has to be looked at again.
        again = any(after == ZWNJ or end - start != len(after) for start, end, after in edits)
    return repaired, offsets


def _apply(text: str, edits: Sequence[Edit]) -> tuple[str, Offsets]:
    if not edits:
        return text, Offsets(len(text))
    parts: list[str] = []
    place = 0
    for start, end, after in edits:
        parts += (text[place:start], after)
        place = end
    parts.append(text[place:])
    return "".join(parts), Offsets.of_edits(len(text), edits)


def _changes(result: Normalized) -> Iterator[Change]:
    """Yield the changes one by one: what became of every character of the input, and which were dropped."""
    source, read = result.source, 0
    for place, pairs in groupby(zip(result.offsets, result.text, strict=True), key=itemgetter(0)):
        after = "".join(letter for _, letter in pairs)
        before = source[place]
        if place > read:
            yield Change(read, place, source[read:place], "")
        if after != before and after.endswith(before):
            yield Change(place, place, "", after[:-1])
        elif after != before:
            yield Change(place, place + 1, before, after)
        read = place + 1
    if read < len(source):
        yield Change(read, len(source), source[read:], "")


def _merged(changes: Iterator[Change]) -> Iterator[Change]:
    last: Change | None = None
    for change in changes:
        if last is not None and last.end == change.start:
            last = Change(last.start, change.end, last.before + change.before, last.after + change.after)
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last
