"""Dates with a month's name: one day, a range of days, a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.calendars import day_of, month_of, year_beside
from parsers.facts.dates.cues import stands_before
from parsers.facts.dates.day_lists import DayRange, range_before
from parsers.facts.dates.lookalikes import is_famous, is_name, is_other_word, is_told_a_month
from parsers.facts.dates.models import FoundDate, day_found, span_found
from parsers.facts.dates.shared_years import year_of_range, year_of_row
from parsers.facts.dates.surroundings import weekday_before
from parsers.facts.dates.year_inference import Context, infer_day, infer_month
from parsers.facts.dates.years import Year, relative_year, year_after
from parsers.grammar.blanks import GAP, WORD_END, WORD_START
from parsers.grammar.calendar_words import MONTH_AFTER_NAME, Named, key, vocabulary, word
from parsers.grammar.joints import AND, COMMA, FROM
from parsers.grammar.month_days import MONTH_DAY, is_ordinal_day, month_day_value

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from parsers.facts.dates.calendars import Span

_REACH = 48
_LAST_DAY = 31
# Up to here an impossible day is still printed as a date: «۳۲ فروردین».
_IMPOSSIBLE = 40
_MONTH_AFTER_NAME = expression(MONTH_AFTER_NAME)
_NAME_END = expression(f"{WORD_END}|(?={GAP}{word('month')})|(?=[0-9])")
_NAME_START = expression(WORD_START)
_DAY_BEFORE = expression(
    rf"({MONTH_DAY}){GAP}(?:(?P<days>{word('day')}){GAP}(?:{FROM}{GAP})?|{FROM}{GAP})?(?P<months>{word('month')}{GAP})?\Z"
)
# «مهر ۱۲, ۱۴۰۵»
_DAY_AND_YEAR_AFTER = expression(rf"{GAP}([0-9]{{1,2}}){GAP}{COMMA}{GAP}([0-9]{{4}})(?![0-9])")
_NEXT_MONTH = expression(f"{GAP}(?:{COMMA}{GAP}(?:{AND}{GAP})?|{AND}{GAP})(?:{vocabulary().month}){WORD_END}")
_DIGIT_BEFORE = expression("[0-9]")
BESIDE = expression(f"{GAP}(?:{word('last')}|(?P<next>{word('next')}))(?!{GAP}{FROM})")


@dataclass(frozen=True, slots=True)
class Place:
    """A month's name in folded text, from `start` to `end`; `marked` if «ماه» follows it, which is in the span."""

    folded: str
    start: int
    end: int
    month: Named
    marked: bool
    published: date | None


def named_date(folded: str, start: int, end: int, published: date | None) -> FoundDate | None:
    """Return the date around a Persian month's name at `start:end`; None if it is no date."""
    if not _NAME_END.match(folded, end) or not _starts(folded, start):
        return None
    marked = _MONTH_AFTER_NAME.match(folded, end)
    month = vocabulary().months[key(folded[start:end])]
    place = Place(folded, start, marked.end() if marked else end, month, marked is not None, published)
    day = _day_before(place)
    if day is not None:
        return _with_day(place, *day)
    return _range_of_digits(place) or _turned(place) or _month_alone(place)


def _starts(folded: str, start: int) -> bool:
    """Return whether no word goes on at `start`; a digit may be glued to a month."""
    return bool(start and folded[start - 1].isdigit()) or _NAME_START.match(folded, start) is not None


def _day_before(place: Place) -> tuple[int, int] | None:
    """Return (start, number) of the day before the month; «نیمه دوم دی», «هفتهٔ دوم آبان», «در ۲۲ روز آبان» have none."""
    found = _DAY_BEFORE.search(place.folded, max(0, place.start - _REACH), place.start)
    number = month_day_value(found[1]) if found else None
    if found is None or number is None or number > _IMPOSSIBLE or (found["days"] and not is_ordinal_day(found[1])):
        return None
    if found["months"] and _counts_months(place, number):
        return None
    in_words = not found[1][0].isdigit()
    return None if in_words and stands_before("part_of_month", place.folded, found.start()) else (found.start(), number)


def _counts_months(place: Place, number: int) -> bool:
    """«۳ ماه | اسفند، فروردین و اردیبهشت»: as many months follow."""
    months, at = 1, place.end
    while month := _NEXT_MONTH.match(place.folded, at):
        months, at = months + 1, month.end()
    return months == number > 1


def _with_day(place: Place, start: int, number: int) -> FoundDate | None:
    year, rule = _printed_year(place, start, with_day=True)
    days = range_before(place.folded, start, number)
    if days is not None:
        return _day_range(place, days, year, rule, weekday_before(place.folded, start))
    if year is not None:
        day = day_of(place.month.calendar, year.number, place.month.number, number)
        return day_found(rule or "day_month_year", place.folded, (start, year.end), day, place.month.calendar)
    return _without_year(place, start, number)


def _printed_year(place: Place, start: int, *, with_day: bool) -> tuple[Year | None, str]:
    """Return the year that is printed for a month, and the rule that read it, empty for a year right after the month."""
    folded, at, month = place.folded, place.end, place.month
    if year := year_after(folded, at, month.calendar, with_day=with_day):
        return year, ""
    if year := relative_year(folded, at, month.calendar, place.published):
        return year, "relative_year"
    if year := year_of_row(folded, at, month, place.published, with_day=with_day):
        return year, "shared_year"
    if not BESIDE.match(folded, at) and (year := year_of_range(folded, start, at, month)):
        return year, "shared_year"
    return None, ""


def _day_range(
    place: Place, days: DayRange, year: Year | None, rule: str, weekday: tuple[int, int] | None = None
) -> FoundDate | None:
    """«۳ تا ۷ خرداد ۱۳۹۸», «۱۲ و ۱۳ آبان»: days of one month; `weekday` is that of the last one."""
    calendar, number = place.month.calendar, place.month.number
    if year is not None:
        span = day_of(calendar, year.number, number, days.first), day_of(calendar, year.number, number, days.last)
        return span_found(rule or "day_range", place.folded, (days.start, year.end), span, calendar, "range")
    if place.published is None:
        return None
    context = Context(place.folded, days.start, place.end, place.published, weekday[1] if weekday else None)
    meant = infer_day(context, place.month, days.last)
    span = (day_of(calendar, meant.year, number, days.first), meant.first) if meant else (None, None)
    name = meant.rule if meant else "no_such_day"
    return span_found(name, place.folded, (days.start, place.end), span, calendar, "range")


def _range_of_digits(place: Place) -> FoundDate | None:
    """«۱۲-۱۵ آبان»: a hyphen between two numbers is a range if they increase."""
    if not _DIGIT_BEFORE.search(place.folded, max(0, place.start - 4), place.start):
        return None
    days = range_before(place.folded, place.start, None)
    return _day_range(place, days, *_printed_year(place, place.start, with_day=True)) if days else None


def _turned(place: Place) -> FoundDate | None:
    found = _DAY_AND_YEAR_AFTER.match(place.folded, place.end)
    if found is None:
        return None
    day = day_of(place.month.calendar, int(found[2]), place.month.number, int(found[1]))
    return day_found("day_month_year", place.folded, (place.start, found.end()), day, place.month.calendar)


def _without_year(place: Place, start: int, number: int) -> FoundDate | None:
    """«۲۶ تیر»: the year is inferred; not of names of places and old events, nor of a word that is a month by chance."""
    folded, published = place.folded, place.published
    if published is None or not 1 <= number <= _LAST_DAY:
        return None
    if is_name(folded, start, place.end) or (not place.marked and is_other_word(folded, (start, place.start), place.end)):
        return None
    weekday = weekday_before(folded, start)
    beside = BESIDE.match(folded, place.end)
    meant = infer_day(Context(folded, start, place.end, published, weekday[1] if weekday else None), place.month, number)
    if beside is not None and meant is not None:  # «۱۲ آبان گذشته»
        is_next = beside["next"] is not None
        year = year_beside(published, place.month.calendar, _days_of(place.month, number), is_next=is_next)
        day = day_of(place.month.calendar, year, place.month.number, number)
        return day_found("last_or_next", folded, (start, beside.end()), day, place.month.calendar)
    name = meant.rule if meant else "no_such_day"
    if meant is not None and weekday is None and is_famous(folded, start, place.end):
        if name == "year_inferred_far":
            return None
        name = "famous_day"
    return day_found(name, folded, (start, place.end), meant.first if meant else None, place.month.calendar)


def _month_alone(place: Place) -> FoundDate | None:
    """Return a month of a year; without a year only «مهرماه», «اواخر مهر», «مهر گذشته»."""
    year, rule = _printed_year(place, place.start, with_day=False)
    if year is not None:
        return _month(place, rule or "month_year", year.number, year.end)
    if place.published is None or place.month.calendar == "hijri":
        return None
    if beside := BESIDE.match(place.folded, place.end):
        number = year_beside(place.published, place.month.calendar, _months_of(place.month), is_next=beside["next"] is not None)
        return _month(place, "last_or_next", number, beside.end())
    if not place.marked and not is_told_a_month(place.folded, place.start, place.end):
        return None
    meant = infer_month(Context(place.folded, place.start, place.end, place.published), place.month)
    return _month(place, meant.rule, meant.year, place.end) if meant else None


def _month(place: Place, rule: str, year: int, end: int) -> FoundDate:
    days = month_of(place.month.calendar, year, place.month.number)
    return span_found(rule, place.folded, (place.start, end), days, place.month.calendar, "month")


def _months_of(month: Named) -> Callable[[int], Span]:
    return lambda year: month_of(month.calendar, year, month.number)


def _days_of(month: Named, number: int) -> Callable[[int], Span]:
    return lambda year: (day_of(month.calendar, year, month.number, number),) * 2
