"""Years: two digits, four digits, words; which calendar they are of; and the era named behind them."""

from __future__ import annotations

import re
from typing import NamedTuple

from parsers.persian.date_patterns import ERA, GAP, RIGHT, vocabulary
from parsers.persian.numbers import match_number

_ERA = re.compile(ERA)
_BEFORE = re.compile(f"{GAP}[،,]?{GAP}(?P<named>(?:از|در|به)?{GAP}سال{GAP})?")
_DIGITS = re.compile(f"(?:[0-9]{{4}}|['’]?[0-9]{{2}})(?![0-9]|[/:.٫-][0-9]|{GAP}[٪%]|{GAP}/(?!{GAP}[0-9]{{1,2}}:))")
_AFTER = re.compile(GAP)
_AMOUNT_END = re.compile(RIGHT)


class Year(NamedTuple):
    """A year as printed: its number, its calendar, where it ends."""

    number: int
    calendar: str
    end: int


def year_after(folded: str, at: int, calendar: str | None, *, with_day: bool) -> Year | None:
    """The year that follows a month (of `calendar`) or a season; `with_day` makes two digits after it more likely a year."""
    before = _BEFORE.match(folded, at)
    start = before.end() if before else at
    named = bool(before and before["named"])
    return year_at(folded, start, calendar, named=named, loose=with_day or calendar == "jalali")


def year_at(folded: str, at: int, calendar: str | None, *, named: bool, loose: bool = False) -> Year | None:
    """The year at a place. `named`: «سال» stands before it, so that any two digits are one; `loose`: likely ones are."""
    found = _DIGITS.match(folded, at)
    if found is None:
        return _in_words(folded, at, calendar)
    text, end = found[0].lstrip("'’"), found.end()
    era = _ERA.match(folded, end)
    kind = _era_calendar(era[0]) if era else None
    if len(text) == 2:
        if not (named or (loose and _is_likely(text, folded, end))) or calendar in ("gregorian", "hijri") or kind == "gregorian":
            return None
        year = int(text)
        return Year(1400 + year if year < 30 else 1300 + year, "jalali", era.end() if era else end)
    return _of_calendar(int(text), kind, calendar, era.end() if era else end, end)


def _of_calendar(year: int, era: str | None, month: str | None, era_end: int, end: int) -> Year | None:
    calendar = era or month or ("gregorian" if year >= 1700 else "jalali")
    if month and era and era != month:
        return None
    if not is_year(year, calendar):
        return None
    return Year(year, calendar, era_end if era else end)


def is_year(year: int, calendar: str) -> bool:
    """Whether a number can be a year of our texts."""
    return {"jalali": 1200 <= year < 1500, "gregorian": 1500 <= year < 2200, "hijri": 1 <= year < 1600}[calendar]


def _in_words(folded: str, at: int, calendar: str | None) -> Year | None:
    found = match_number(folded, at)
    if found is None or found.value < 1000:
        return None
    era = _ERA.match(folded, found.end)
    kind = _era_calendar(era[0]) if era else None
    return _of_calendar(found.value, kind, calendar, era.end() if era else found.end, found.end)


def _is_likely(text: str, folded: str, end: int) -> bool:
    """Two digits after a month: a year of the last seventy, or one with its zero, unless they count something."""
    if not (text[0] == "0" or int(text) >= 30):
        return False
    return not counts_something(folded, end)


def counts_something(folded: str, end: int) -> bool:
    """Whether a word follows that makes the number before it an amount."""
    gap = _AFTER.match(folded, end)
    at = gap.end() if gap else end
    word = vocabulary().cues["amount"].match(folded, at)
    return word is not None and _AMOUNT_END.match(folded, word.end()) is not None


def _era_calendar(text: str) -> str:
    if "میلادی" in text:
        return "gregorian"
    return "hijri" if "ق" in text else "jalali"
