"""Dates with an English month: «May 7, 2022», «7 May 2022», «May 2022»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.calendars import month_of
from parsers.facts.dates.models import FoundDate, day_found, span_found
from parsers.persian.calendar import gregorian_date

if TYPE_CHECKING:
    from parsers.grammar.calendar_words import Named

_ENDING = "(?:st|nd|rd|th)?"
_DAY_AND_YEAR_AFTER = expression(rf"\.? +([0-9]{{1,2}}){_ENDING},? +([0-9]{{4}})(?![0-9])")
_DAY_BEFORE = expression(rf"(?<![0-9/])([0-9]{{1,2}}){_ENDING} +\Z")
_YEAR_AFTER = expression(r"\.?,? +([0-9]{4})(?![0-9])")


def english_date(folded: str, start: int, end: int, month: Named) -> FoundDate | None:
    """Return the date around an English month's name at `start:end`; None if it has no year."""
    if (start and folded[start - 1].isalpha()) or (end < len(folded) and folded[end].isascii() and folded[end].isalpha()):
        return None
    after = _DAY_AND_YEAR_AFTER.match(folded, end)
    if after:
        day = gregorian_date(int(after[2]), month.number, int(after[1]))
        return day_found("english", folded, (start, after.end()), day, "gregorian")
    year, before = _YEAR_AFTER.match(folded, end), _DAY_BEFORE.search(folded, max(0, start - 8), start)
    if year is None:
        return None
    if before:
        day = gregorian_date(int(year[1]), month.number, int(before[1]))
        return day_found("english", folded, (before.start(), year.end()), day, "gregorian")
    days = month_of("gregorian", int(year[1]), month.number)
    return span_found("english", folded, (start, year.end()), days, "gregorian", "month")
