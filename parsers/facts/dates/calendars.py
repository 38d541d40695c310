"""Days, months and years of the three calendars as spans of days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.persian.calendar import (
    gregorian_date,
    gregorian_to_jalali,
    hijri_to_gregorian,
    jalali_month_length,
    jalali_to_gregorian,
)

if TYPE_CHECKING:
    from collections.abc import Callable

Span = tuple[date | None, date | None]
_MAKE = {"jalali": jalali_to_gregorian, "gregorian": gregorian_date, "hijri": hijri_to_gregorian}
_LUNAR_EPOCH = date(622, 7, 19)
_LUNAR_YEAR = 354.367


@lru_cache(maxsize=8192)
def day_of(calendar: str, year: int, month: int, day: int) -> date | None:
    """Return the day; None if there is no such day."""
    return _MAKE[calendar](year, month, day)


@lru_cache(maxsize=2048)
def month_of(calendar: str, year: int, month: int) -> Span:
    """Return the first and the last day of a month."""
    first = day_of(calendar, year, month, 1)
    if calendar == "jalali":
        return first, day_of(calendar, year, month, jalali_month_length(year, month))
    following = day_of(calendar, year + month // 12, month % 12 + 1, 1)
    return first, following - timedelta(days=1) if following else None


def season_of(year: int, first_month: int) -> Span:
    """Return the first and the last day of three Jalali months."""
    return month_of("jalali", year, first_month)[0], month_of("jalali", year, first_month + 2)[1]


def years_of(calendar: str, first: int, last: int) -> Span:
    """Return the first day of one year and the last day of another."""
    return month_of(calendar, first, 1)[0], month_of(calendar, last, 12)[1]


@lru_cache(maxsize=2048)
def year_on(calendar: str, day: date) -> int:
    """Return the year of a calendar in which a day lies; a lunar one may be one off at its ends."""
    if calendar == "jalali":
        return gregorian_to_jalali(day)[0]
    return day.year if calendar == "gregorian" else int((day - _LUNAR_EPOCH).days / _LUNAR_YEAR) + 1


def year_beside(published: date, calendar: str, span_in: Callable[[int], Span], *, is_next: bool) -> int:
    """Return the year in which a recurring span is the latest over by `published`, or the first that has not begun."""
    this_year = year_on(calendar, published)
    for year in range(this_year, this_year + 3) if is_next else range(this_year, this_year - 3, -1):
        first, last = span_in(year)
        if first is not None and last is not None and (first > published if is_next else last < published):
            return year
    return this_year


def saturday(day: date, shift: int) -> date:
    """Return the first day of the week in which `day` lies, or of one so many weeks away."""
    return day - timedelta(days=(day.weekday() + 2) % 7) + timedelta(weeks=shift)


def period(unit: str, shift: int, day: date) -> tuple[date | None, date | None]:
    """Return the first and last day of the week, Jalali month or year of `day`, or of one so many of them away."""
    if unit == "week":
        first = saturday(day, shift)
        return first, first + timedelta(days=6)
    year, month = month_away("jalali", shift if unit == "month" else 0, day)
    return month_of("jalali", year, month) if unit == "month" else years_of("jalali", year + shift, year + shift)


def month_away(calendar: str, shift: int, day: date) -> tuple[int, int]:
    """Return year and month of the month of `day`, or of one so many months away."""
    year, month = gregorian_to_jalali(day)[:2] if calendar == "jalali" else (day.year, day.month)
    months = year * 12 + month - 1 + shift
    return months // 12, months % 12 + 1
