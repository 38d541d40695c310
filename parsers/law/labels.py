"""Where clauses may begin: «ماده۱ـ», «تبصره ۲ –», «ماده اول:», «الف)», «۳-۲-۱۰».

A label stands at a line's beginning, or behind the end of a sentence where its dash leaves no doubt. Whether it is a clause or
only a sentence that begins with a number is for `sequence` to say: a label tells what it looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from parsers.law.vocabulary import GAP, containers, data, either, phrases, unit_words
from parsers.persian.letters import ZWNJ
from parsers.persian.numbers import match_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.law.numbering import Number

Style = Literal["digit", "letter", "word", "dotted", "none"]

_BLANK = "[ \t\u00a0\u200c\u200e\u200f\u200d\u202a-\u202e\u2066-\u2069]*"
_BULLET = re.compile(f"{_BLANK}(?:[•●▪■◄*]{_BLANK})?")
_DASHES = "-\u2010-\u2015\u2212ـ_"
_FIRM = re.compile(f"{_BLANK}(?:[{_DASHES}:.)\\]،؛]{_BLANK})+")
_NUMBERED = re.compile(f"{_BLANK}(?:شماره{_BLANK})?[(\\[{{]?{_BLANK}")
_CLOSED = re.compile(f"{_BLANK}[)\\]}}]")
_DIGITS = re.compile("([0-9]{1,4})((?:[-–./][0-9]{1,3}){0,4})(?![0-9])(?![.,٫/][0-9])")
# Tatweel is a letter to Python and a dash to whoever types «الفـ».
_NO_LETTER = "(?!(?!ـ)[^\\W\\d_])"
_LETTER = re.compile(
    f"(الف|[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی]){_NO_LETTER}(?!{ZWNJ}[^\\W\\d_])(?:\u200d|ـ(?=ـ|{_BLANK}[-–—ـ)]))?"
)
_BIS = re.compile(f"{_BLANK}[-(]?{_BLANK}مکرر(?![^\\W\\d_]){_BLANK}(?:\\(?{_BLANK}([0-9]{{1,2}}){_BLANK}\\)?)?{_BLANK}\\)?")
_ECHO = re.compile(f"{_BLANK}\\({_BLANK}([0-9]{{1,4}}){_BLANK}\\)")
_ONLY = re.compile(f"{_BLANK}واحده(?![^\\W\\d_])")
_NOTE = re.compile(f"{_BLANK}[(\\[]({GAP}[^()\\[\\]\n]{{2,120}})[)\\]]")
_INSIDE = re.compile("(?<=[.؛:!؟»)])[ \u200c]+(?=\\S)")
_MOST_LETTERS = 120
_LONGEST_NUMBER = 400


@dataclass(frozen=True, slots=True)
class Label:
    """What looks like the beginning of a clause. `end` is where its text begins.

    `unit` is None for a bare number or letter. `firm`: a dash, colon, bracket or line's end behind it; `line`: at a line's
    beginning; `mark` the separator itself, which lists of one level share; `notes` are what stands in brackets behind the number.
    `shorter` is the same label read with the first part of a dotted number alone: «تبصره ۱-۲ درصد».
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
    shorter: Label | None = None


@dataclass(frozen=True, slots=True)
class _Numeral:
    """The number of a label and where it ends; `head` is the first part of a dotted one."""

    value: Number
    end: int
    style: Style
    head: _Numeral | None = None


def find_labels(folded: str) -> Iterator[Label]:
    """Every label of a text, in order. Text is folded; offsets hold in the text itself."""
    at = 0
    for line in folded.split("\n"):
        yield from _of_line(folded, at, at + len(line))
        at += len(line) + 1


def _of_line(folded: str, at: int, end: int) -> Iterator[Label]:
    start = _BULLET.match(folded, at, end).end()  # type: ignore[union-attr]
    first = label_at(folded, start, end, line=True)
    if first:
        yield first
    place = first.end if first else start
    rest = folded[place:end]
    if "\t" in rest or not _worth_it().search(rest):
        return
    for gap in _INSIDE.finditer(folded, place, end):
        label = label_at(folded, gap.end(), end, line=False) if gap.end() >= place else None
        if label and label.firm and label.mark.strip(f"{_DASHES}) ") == "":
            place = label.end
            yield label


@cache
def _worth_it() -> re.Pattern[str]:
    """What a line has that may hold a label inside."""
    return re.compile(f"[.؛:!؟»)][ {ZWNJ}]+(?:{either(unit_words())}|[0-9]{{1,3}}|الف|[^\\W\\d_]){_BLANK}[{_DASHES})0-9]")


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(f"({either(unit_words())}){_NO_LETTER}(?!{ZWNJ}[^\\W\\d_])")


def label_at(folded: str, at: int, end: int, *, line: bool) -> Label | None:
    """The label that begins at `at`, if one does. `end` is the end of the line."""
    word = _unit().match(folded, at, end)
    label = _with_unit(folded, at, end, word) if word else None
    label = label or _bare(folded, at, end)
    return replace(label, line=line, shorter=label.shorter and replace(label.shorter, line=line)) if label else None


def _with_unit(folded: str, at: int, end: int, word: re.Match[str]) -> Label | None:
    unit = unit_words()[re.sub("[ \u200c]", "", word[1])]
    only = _ONLY.match(folded, word.end(), end)
    if unit == "ماده" and only:
        return _finished(folded, at, end, "ماده واحده", _Numeral(None, only.end(), "none"))
    numbered = _NUMBERED.match(folded, word.end(), end)
    place = numbered.end() if numbered else word.end()
    found = _number(folded, place, end)
    if found is None:
        alone = _finished(folded, at, end, unit, _Numeral(None, word.end(), "none"))
        return alone if alone.firm and unit in (*data()["units"]["notes"], "پیوست", "ضمیمه") else None
    if numbered and numbered[0].strip()[-1:] in ("(", "[", "{"):
        found = replace(found, end=_closed(folded, found.end, end))
    label = _finished(folded, at, end, unit, found)
    if found.head is None or (label.firm and label.mark != "."):
        return label
    return replace(label, shorter=_finished(folded, at, end, unit, found.head))


def _bare(folded: str, at: int, end: int) -> Label | None:
    """«۱-», «الف)», «(ب)», «اول ـ», «۳-۲ متن»."""
    opened = folded[at : at + 1] in "([" and at < end
    place = at + 1 if opened else at
    found = _number(folded, place, end)
    if found is None:
        return None
    value, head = found.value, found.head
    if opened:
        closed = _CLOSED.match(folded, found.end, end)
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
    return replace(label, shorter=short)


def _number(folded: str, at: int, end: int) -> _Numeral | None:
    """The number that stands at `at`, in digits, words or as a letter."""
    digits = _DIGITS.match(folded, at, end)
    if digits is None:
        digits = re.compile("([0-9]{1,4})()(?![0-9])").match(folded, at, end)
        if digits and re.match("[.,٫/][0-9]", folded[digits.end() : digits.end() + 2]):
            return None
    if digits:
        return _digits(folded, digits, end)
    word = match_number(folded, at)
    if word and word.end <= end:
        value, after = _bis(folded, word.value, word.end, end)
        return _Numeral(value, _echo(folded, value, after, end), "word")
    letter = _LETTER.match(folded, at, end)
    if letter:
        name = "الف" if letter[1] == "ا" else letter[1]
        value, after = _bis(folded, name, letter.end(), end)
        return _Numeral(value, after, "letter")
    return None


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
    found = _BIS.match(folded, at, end)
    if found is None:
        return value, at
    return f"{value} مکرر" + (f" {found[1]}" if found[1] else ""), len(folded[: found.end()].rstrip())


def _echo(folded: str, value: int | str, at: int, end: int) -> int:
    """«ماده اول (۱)»: the same number once more."""
    found = _ECHO.match(folded, at, end)
    return found.end() if found and found[1] == str(value) else at


def _closed(folded: str, at: int, end: int) -> int:
    """Behind the bracket around a number, and the «مکرر» that may follow it."""
    closed = _CLOSED.match(folded, at, end)
    return closed.end() if closed else at


def _finished(folded: str, at: int, end: int, unit: str | None, numeral: _Numeral) -> Label:
    """A label with what stands between its number and its text."""
    number, after = numeral.value, numeral.end
    if isinstance(number, int):
        number, after = _bis(folded, number, after, end)
    notes: list[str] = []
    mark, place = "", after
    for _ in range(3):
        separator = _FIRM.match(folded, place, end)
        if separator and not mark:
            mark, place = separator[0].strip(), separator.end()
            continue
        note = _NOTE.match(folded, place, end)
        if note is None or not _is_note(note[1]):
            break
        notes.append(note[1].strip())
        place = note.end()
    if mark and notes:
        tail = _FIRM.match(folded, place, end)
        place = tail.end() if tail else place
    blank = re.compile(_BLANK).match(folded, place, end)
    place = blank.end() if blank else place
    firm = bool(mark) or place >= end or bool(notes)
    kind = re.sub(f"[{_DASHES}]", "-", re.sub("\\s", "", mark))
    return Label(at, place, unit, number, numeral.style, firm, True, kind, tuple(notes))


def _is_note(text: str) -> bool:
    """Whether what stands in brackets tells what became of the clause."""
    return any(phrases("status", kind).match(text.strip()) for kind in ("inserted", "amended", "repealed"))


def is_container(label: Label) -> bool:
    """Whether it opens a chapter or the like."""
    return label.unit in containers()
