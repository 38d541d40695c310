"""What one date of a text says of another.

«جمعه» is the Friday that the text prints as «جمعه ۱۱ تیر», and «امروز» in «امروز (۱۱ تیر)» is that day, whatever the day of
publication: a text is often published, or published again, on another day than it was written.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.sense import SENTENCE_END, sense_of
from parsers.grammar.blanks import GAP
from parsers.grammar.calendar_words import any_of, vocabulary, word
from parsers.grammar.joints import COMMA
from parsers.lexicon import load

if TYPE_CHECKING:
    import re
    from datetime import date

    from parsers.facts.dates.models import FoundDate

_BY_ITSELF = frozenset({"weekday", "weekday_ahead"})
_RELATIVE = frozenset({"relative_day", "relative_day_unsure", "relative_day_by_weekday"})
_INFERRED = frozenset({"year_inferred_near", "year_inferred_far", "year_inferred_by_sense"})
_DATED = frozenset({"day_month_year", "relative_year", "year_by_weekday"})
# So many days from the publication at most.
_NEAR = 8
# The dates of a row of weekdays stand so many characters after them at most: «شنبه، یکشنبه و دوشنبه (۱۶ تا ۱۸ شهریور)».
_ROW = 45
_WEEK = 7
# A weekday that follows another in its sentence stands so many characters after it at most.
_CLAUSE = 80
_YEAR = 365.25
# The first day of a lunar month is seen so many days earlier or later than it is calculated.
_MOON = 2


# What stands between a day and the date in apposition to it.
_APPOSED = expression(rf"{GAP}(?:{COMMA}|[(:/-])?{GAP}\Z")
_EQUATED = expression(rf"{GAP}(?:{COMMA}|[(/-])?{GAP}(?:{any_of(load('dates')['cues']['equated'])}{GAP})?")


_DAY_OF_IT = expression(rf"{GAP}(?:{COMMA}|[(-])?{GAP}(?:{word('day')}{GAP}:{GAP})?")


@cache
def _weekday() -> re.Pattern[str]:
    return expression(vocabulary().weekday)


def with_siblings(folded: str, found: list[FoundDate], published: date) -> list[FoundDate]:
    """Return the dates, «امروز» and weekdays by themselves as the days that the text prints for them, if it does.

    The day of «امروز» stands in apposition to it; that of a weekday stands after the row of weekdays, or anywhere near the
    publication with the same weekday before it.
    """
    found = [_as_apposed(folded, one, after) for one, after in zip(found, [*found[1:], None], strict=False)]
    found = [_as_equated(folded, before, one) for before, one in zip([None, *found], found, strict=False)]
    found = _with_shared_day(folded, found)
    found = _with_next_weekdays(folded, found)
    found = [_of_date_before(folded, before, one) for before, one in zip([None, *found], found, strict=False)]
    if not any(one.rule in _BY_ITSELF for one in found):
        return found
    printed: dict[int, set[date]] = {}
    for one in found:
        if one.first is None or (one.rule == "weekday_of_week" and one.first < published):
            continue  # «دوشنبه هفته گذشته» is not the Monday meant without these words
        if _prints_weekday(folded, one) and abs((one.first - published).days) <= _NEAR:
            printed.setdefault(one.first.weekday(), set()).add(one.first)
    return [_told(folded, one, found[index + 1 : index + 4], printed) for index, one in enumerate(found)]


def _as_apposed(folded: str, one: FoundDate, after: FoundDate | None) -> FoundDate:
    """Return «امروز» as the day printed after it, if that is another day: «امروز (دوشنبه ۱۱ شهریور)»."""
    if after is None or one.rule not in _RELATIVE or after.precision != "day" or after.first is None:
        return one
    is_other = after.rule not in _RELATIVE | _BY_ITSELF and after.first != one.first
    if not is_other or not _APPOSED.match(folded[one.end : after.start]):
        return one
    return replace(one, first=after.first, last=after.first, rule="relative_day_by_date")


def _as_equated(folded: str, before: FoundDate | None, one: FoundDate) -> FoundDate:
    """Return a lunar day, which is calculated within a day, as the one it is said to be: «۲۰ شهریور مصادف با یازدهم محرم»."""
    if one.calendar != "hijri" or one.precision != "day" or before is None or before.precision != "day":
        return one
    if one.first is None or before.first is None or before.calendar == "hijri" or one.first == before.first:
        return one
    is_near = abs((one.first - before.first).days) <= _MOON
    if not is_near or not _EQUATED.fullmatch(folded, before.end, one.start):
        return one
    return replace(one, first=before.first, last=before.first, rule="hijri_by_date")


def _with_shared_day(folded: str, found: list[FoundDate]) -> list[FoundDate]:
    """Return the dates where of two calendars' names of one day one has the year: «هفتم آگوست (۱۶ مرداد ۱۳۹۸)»."""
    shared = list(found)
    for at in range(len(found) - 1):
        one, other = found[at], found[at + 1]
        if one.calendar == other.calendar or not _EQUATED.fullmatch(folded, one.end, other.start):
            continue
        if one.rule in _INFERRED and other.rule in _DATED and _is_year_apart(one, other):
            shared[at] = replace(one, first=other.first, last=other.first, rule="year_of_other_calendar")
        elif other.rule in _INFERRED and one.rule in _DATED and _is_year_apart(other, one):
            shared[at + 1] = replace(other, first=one.first, last=one.first, rule="year_of_other_calendar")
    return shared


def _with_next_weekdays(folded: str, found: list[FoundDate]) -> list[FoundDate]:
    """Return the dates, a weekday after one that lies ahead as the next such day: «روز یکشنبه برگزار می‌شود و دوشنبه | …»."""
    ahead = list(found)
    for at in range(1, len(found)):
        one, before = found[at], ahead[at - 1]
        if one.rule != "weekday" or before.rule != "weekday_ahead" or one.first is None or before.first is None:
            continue
        apart = before.first - one.first
        same = one.start - before.end <= _CLAUSE and not SENTENCE_END.search(folded, before.end, one.start)
        if same and timedelta(0) < apart <= timedelta(_WEEK) and sense_of(folded, one.start, one.end) == "unknown":
            day = one.first + timedelta(_WEEK)
            ahead[at] = replace(one, first=day, last=day, rule="weekday_ahead")
    return ahead


def _of_date_before(folded: str, before: FoundDate | None, one: FoundDate) -> FoundDate:
    """Return a weekday right after its day as that day: «تاریخ: ۲۱/۵/۱۳۸۷   روز: | دوشنبه»."""
    if before is None or before.precision != "day" or before.first is None or one.rule not in _BY_ITSELF or one.first is None:
        return one
    fits = before.first.weekday() == one.first.weekday() and before.rule not in _RELATIVE | _BY_ITSELF
    if not fits or not _DAY_OF_IT.fullmatch(folded, before.end, one.start):
        return one
    return replace(one, first=before.first, last=before.first, rule="weekday_of_sibling")


def _is_year_apart(one: FoundDate, other: FoundDate) -> bool:
    """Return whether two days are the same but for the year; calendars differ by a day from one year to another."""
    if one.first is None or other.first is None or {one.precision, other.precision} != {"day"}:
        return False
    days = abs((one.first - other.first).days)
    return abs(days - round(days / _YEAR) * _YEAR) < _MOON


def _prints_weekday(folded: str, one: FoundDate) -> bool:
    is_dated = one.precision == "day" and one.rule not in _BY_ITSELF
    return is_dated and _weekday().match(folded, one.start) is not None


def _told(folded: str, one: FoundDate, following: list[FoundDate], printed: dict[int, set[date]]) -> FoundDate:
    if one.rule not in _BY_ITSELF or one.first is None:
        return one
    in_row = _days_of_row(folded, one, following)
    days = in_row or printed.get(one.first.weekday(), set())
    if len(days) != 1:
        return one
    day = next(iter(days))
    rule = "weekday_of_sibling" if in_row or day == one.first else "weekday_printed_elsewhere"
    return replace(one, first=day, last=day, rule=rule)


def _days_of_row(folded: str, one: FoundDate, following: list[FoundDate]) -> set[date]:
    """Return the days of this weekday in the first date after its row: one, unless it is a long range or another day."""
    dated = next((other for other in following if other.rule not in _BY_ITSELF), None)
    if dated is None or one.first is None or dated.first is None or dated.last is None or dated.precision not in ("day", "range"):
        return set()
    between = folded[one.end : dated.start]
    if len(between) > _ROW or SENTENCE_END.search(between) or (dated.last - dated.first).days >= _WEEK:
        return set()
    days = (dated.first + timedelta(days=away) for away in range((dated.last - dated.first).days + 1))
    return {day for day in days if day.weekday() == one.first.weekday()}
