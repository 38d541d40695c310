"""Where clauses may begin: «ماده۱ـ», «تبصره ۲ –», «ماده اول:», «الف)», «۳-۲-۱۰».

A label stands at a line's beginning, or after the end of a sentence where its dash leaves no doubt. Whether it is a clause or
only a sentence that begins with a number is for `label_sequence` to say: a label is what looks like one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from parsers.grammar.alphabets import FIRST, FIRST_NAME
from parsers.law import label_patterns as patterns
from parsers.law.label_patterns import DASHES
from parsers.law.numbering import repeated
from parsers.law.vocabulary import ARTICLE, SINGLE_ARTICLE, annexes, containers, note_units, pattern, unit_words
from parsers.persian.numbers import Number as NumberWords
from parsers.persian.numbers import match_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.law.numbering import Number

Style = Literal["digit", "letter", "word", "dotted", "none"]

_LONGEST_NUMBER = 400
_DASH = re.compile(f"[{DASHES}]")


@dataclass(frozen=True, slots=True)
class Label:
    """What looks like the beginning of a clause. `end` is where its text begins.

    `unit` is None for a bare number or letter. `firm`: a dash, colon, bracket or line's end behind it; `line`: at a line's
    beginning; `mark` the separator itself, which lists of one level share; `notes` are what stands in brackets behind the number.
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


@dataclass(frozen=True, slots=True)
class _Numeral:
    """The number of a label and where it ends; `head` is the first part of a dotted one."""

    value: Number
    end: int
    style: Style
    head: _Numeral | None = None


def find_labels(folded: str) -> Iterator[Label]:
    """Yield every label of a text, in order. Text is folded; offsets hold in the text itself."""
    at = 0
    for line in folded.split("\n"):
        yield from _of_line(folded, at, at + len(line))
        at += len(line) + 1


def _of_line(folded: str, at: int, end: int) -> Iterator[Label]:
    start = patterns.BULLET.match(folded, at, end).end()  # type: ignore[union-attr]
    first = label_at(folded, start, end, line=True)
    if first:
        yield first
    place = first.end if first else start
    rest = folded[place:end]
    if "\t" in rest or not patterns.label_inside_line().search(rest):
        return
    for gap in patterns.AFTER_SENTENCE.finditer(folded, place, end):
        label = label_at(folded, gap.end(), end, line=False) if gap.end() >= place else None
        if label and label.firm and label.mark.strip(f"{DASHES}) ") == "":
            place = label.end
            yield label


def label_at(folded: str, at: int, end: int, *, line: bool) -> Label | None:
    """Return the label that begins at `at`, if one does. `end` is the end of the line."""
    word = patterns.unit_at().match(folded, at, end)
    label = _with_unit(folded, at, end, word) if word else None
    label = label or _bare(folded, at, end)
    label = _perhaps_repeated(folded, label, end) if label else None
    if label is None or line:  # labels are made as if at a line's beginning
        return label
    return replace(label, line=False, otherwise=label.otherwise and replace(label.otherwise, line=False))


def _perhaps_repeated(folded: str, label: Label, end: int) -> Label:
    """«ماده ۲- مکرر هرگاه …»: after ماده ۲ the word is the number's; whether it is, only the order of articles tells."""
    found = patterns.PERHAPS_REPEATED.match(folded, label.end, end) if label.mark and label.unit else None
    if found is None or label.otherwise or label.number is None or " " in str(label.number):
        return label
    return replace(label, otherwise=replace(label, number=repeated(label.number, found[1]), end=found.end()))


def _with_unit(folded: str, at: int, end: int, word: re.Match[str]) -> Label | None:
    unit = unit_words()[re.sub("[ \u200c]", "", word[1])]
    only = patterns.SINGLE.match(folded, word.end(), end)
    if unit == ARTICLE and only:
        return _finished(folded, at, end, SINGLE_ARTICLE, _Numeral(None, only.end(), "none"))
    numbered = patterns.BEFORE_NUMBER.match(folded, word.end(), end)
    place = numbered.end() if numbered else word.end()
    found = _number(folded, place, end)
    if found is None:
        alone = _finished(folded, at, end, unit, _Numeral(None, word.end(), "none"))
        return alone if alone.firm and unit in (*note_units(), *annexes()) else None
    if numbered and numbered[0].strip()[-1:] in ("(", "[", "{", "«"):
        found = replace(found, end=_closed(folded, found.end, end))
    label = _finished(folded, at, end, unit, found)
    if found.head is None or (label.firm and label.mark != "."):
        return label
    return replace(label, otherwise=_finished(folded, at, end, unit, found.head))


def _bare(folded: str, at: int, end: int) -> Label | None:
    """«۱-», «الف)», «(ب)», «اول ـ», «۳-۲ متن»."""
    opened = folded[at : at + 1] in "([" and at < end
    place = at + 1 if opened else at
    found = _number(folded, place, end)
    if found is None:
        return None
    value, head = found.value, found.head
    if opened:
        closed = patterns.CLOSING_BRACKET.match(folded, found.end, end)
        if not closed:
            return None
        label = _finished(folded, at, end, None, replace(found, end=closed.end()))
        label = replace(label, firm=True, mark=f"(){label.mark}")
    else:
        label = _finished(folded, at, end, None, found)
    if not label.firm and head is None:
        return None
    if (isinstance(value, int) and value > _LONGEST_NUMBER) or "،" in label.mark or "؛" in label.mark:
        return None
    if found.style == "digit" and label.mark.strip() == ":" and folded[label.end : label.end + 2].isdigit():
        return None
    short = None
    if head is not None:
        cut = _finished(folded, at, end, None, head)
        short = cut if cut.firm else None
    return replace(label, otherwise=short)


def _number(folded: str, at: int, end: int) -> _Numeral | None:
    """Return the number that stands at `at`, in digits, words or as a letter."""
    digits = patterns.DIGITS.match(folded, at, end) or patterns.DIGITS_ALONE.match(folded, at, end)
    if digits and patterns.FRACTION.match(folded, digits.end(), end):
        return None
    if digits:
        return _digits(folded, digits, end)
    word = match_number(folded, at)
    if word and word.end <= end:
        word = _joined(folded, word, end)
        value, after = _bis(folded, word.value, word.end, end)
        return _Numeral(value, _echo(folded, value, after, end), "word")
    letter = patterns.LETTER_NUMBER.match(folded, at, end)
    if letter:
        name = FIRST_NAME if letter[1] == FIRST else letter[1]
        value, after = _bis(folded, name, letter.end(), end)
        return _Numeral(value, after, "letter")
    return None


def _joined(folded: str, word: NumberWords, end: int) -> NumberWords:
    """«سی پنجم», «صد و بیست یکم»: a smaller number after a round one, where the «و» between them is lost."""
    gap = patterns.BLANK_RUN.match(folded, word.end, end)
    following = match_number(folded, gap.end()) if gap and gap.end() > word.end else None
    if following is None or following.end > end:
        return word
    room = 100 if word.value % 100 == 0 else 10 if word.value % 10 == 0 and word.value > 10 else 0
    return NumberWords(word.value + following.value, following.end) if 0 < following.value < room else word


def _digits(folded: str, digits: re.Match[str], end: int) -> _Numeral | None:
    head = int(digits[1])
    if not digits[2]:
        value, after = _bis(folded, head, digits.end(), end)
        return _Numeral(value, after, "digit")
    parts = re.split("[-–./]", digits[0])
    if len(digits[1]) == 4 or ("/" in digits[0] and len(parts) == 3 and all(len(part) >= 2 for part in parts[1:])):
        return None
    return _Numeral("-".join(parts), digits.end(), "dotted", _Numeral(head, digits.end(1), "digit"))


def _bis(folded: str, value: int | str, at: int, end: int) -> tuple[int | str, int]:
    found = patterns.REPEATED_NUMBER.match(folded, at, end)
    if found is None:
        return value, at
    return repeated(value, found[1]), len(folded[: found.end()].rstrip())


def _echo(folded: str, value: int | str, at: int, end: int) -> int:
    """«ماده اول (۱)»: the same number once more."""
    found = patterns.SAME_AGAIN.match(folded, at, end)
    return found.end() if found and found[1] == str(value) else at


def _closed(folded: str, at: int, end: int) -> int:
    """Behind the bracket around a number, and the «مکرر» that may follow it."""
    closed = patterns.CLOSING_BRACKET.match(folded, at, end)
    return closed.end() if closed else at


def _finished(folded: str, at: int, end: int, unit: str | None, numeral: _Numeral) -> Label:
    """Return a label with what stands between its number and its text."""
    number, after = numeral.value, numeral.end
    if isinstance(number, int):
        number, after = _bis(folded, number, after, end)
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
