"""Several days of one month before its name: «۱۲ تا ۱۵ آبان», «۱۲، ۱۳ و ۱۴ آبان», «روزهای ۱۹، ۲۴ و ۲۶ اردیبهشت»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from parsers.expressions import expression
from parsers.facts.dates.models import FoundDate, day_found
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.calendar_words import vocabulary, word
from parsers.grammar.joints import AND, COMMA, DASH, FROM, TO
from parsers.grammar.month_days import MONTH_DAY, month_day_value

_REACH = 48
_MONTH_DAY = expression(MONTH_DAY)
_WEEKDAY = f"(?:(?:{word('day')}{GAP})?(?:{vocabulary().weekday}){GAP}{COMMA}?{GAP})?"
_OPENING = expression(rf"({MONTH_DAY}){GAP}(?:{TO}|(?P<listed>{AND})){GAP}{_WEEKDAY}\Z")
_LISTED = expression(rf"({MONTH_DAY}){GAP}(?:{COMMA}|{AND}){GAP}\Z")
_APART = expression(rf"({MONTH_DAY}){GAP}(?:{COMMA}{GAP}(?:{AND})?|{AND}){GAP}\Z")
_DASHED = expression(rf"(?<![0-9/.:,٬٫–-])([0-3]?[0-9]){GAP}{DASH}{GAP}([0-3]?[0-9]){GAP}\Z")
_DAYS_BEGIN = expression(rf"(?:\A|[\n(:«]|{WORD_START}(?:{word('day', 'dated', 'days')}|{FROM})){GAP}\Z")


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days of one month from `first` to `last`, printed from `start` on."""

    start: int
    first: int
    last: int


def range_before(folded: str, start: int, last: int | None) -> DayRange | None:
    """Return the range that the day `last`, printed at `start`, ends.

    Without a day, return the range of two numbers with a dash between that end at `start`; None if there is none.
    """
    low = max(0, start - _REACH)
    if last is None:
        dashed = _DASHED.search(folded, low, start)
        return DayRange(dashed.start(), int(dashed[1]), int(dashed[2])) if dashed and int(dashed[1]) < int(dashed[2]) else None
    opening = _OPENING.search(folded, low, start)
    first = month_day_value(opening[1]) if opening else None
    if opening is None or first is None or not 0 < first < last:
        return None
    if opening["listed"] and last > first + 1:  # «۱۹ و ۲۴» are days apart
        return None
    return DayRange(*_first_listed(folded, opening.start(), first), last)


def _first_listed(folded: str, start: int, day: int) -> tuple[int, int]:
    """Return where a row of following days begins, and its first day: «۱۲، ۱۳ و ۱۴ آبان»."""
    while (before := _LISTED.search(folded, max(0, start - _REACH), start)) and month_day_value(before[1]) == day - 1:
        start, day = before.start(), day - 1
    return start, day


def days_apart(folded: str, last: FoundDate) -> list[FoundDate]:
    """Return the days before the last of a list: «روزهای ۱۹، ۲۴ و ۲۶ اردیبهشت»; it must begin as lists of days do."""
    number = _MONTH_DAY.match(folded, last.start, last.end)
    day, start, on = month_day_value(number[0]) if number else None, last.start, last.first
    found: list[FoundDate] = []
    while day and on and (before := _APART.search(folded, max(0, start - _REACH), start)):
        earlier = month_day_value(before[1])
        if earlier is None or not 0 < earlier < day:
            break
        on -= timedelta(days=day - earlier)
        found.append(day_found("days_apart", folded, before.span(1), on, last.calendar))
        day, start = earlier, before.start(1)
    return found if found and _DAYS_BEGIN.search(folded, max(0, start - 16), start) else []
