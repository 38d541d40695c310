"""Dates in addresses: the day an article's address names, the month or day that a sitemap is for."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from parsers.persian.calendar import gregorian_date, jalali_to_gregorian
from scraper.clock import day_of, today
from scraper.publication_windows import Window, jalali_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scraper.feed_types import FeedEntry

_DAY_IN_PATH = re.compile(r"/(\d{4})/(\d{1,2})/(\d{1,2})(?=/)")
# 1403/2/15, 1403-02, 2024_5_6, 140302, 1403; the finest that is there.
_NAMED = (
    re.compile(r"(?<!\d)(\d{4})([-_/.])(\d{1,2})\2(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(\d{4})()(\d\d)(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(\d{4})([-_/.])(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(\d{4})()(\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(\d{4})(?!\d)"),
)
_LONGEST_MONTH, _YEAR = 31, (365, 366)
_JALALI_YEARS, _GREGORIAN_YEARS = range(1300, 1500), range(1920, 2100)


def day_in_path(url: str) -> Window | None:
    """Return the day that an article's address names, as /fa/news/1403/02/15/… does."""
    found = _DAY_IN_PATH.search(urlsplit(url).path)
    days = _days(*map(int, found.groups())) if found else None
    return days if days and days.since and days.since <= today() + timedelta(days=1) else None


def publication_days(entry: FeedEntry, of_list: Window) -> Window:
    """Return the days within which an entry was published: by its address, its moment, or `of_list`, those of its list.

    The moment of a last change is the latest that it can have been.
    """
    if named := day_in_path(entry.url):
        return named
    if entry.at is None:
        return of_list
    day = day_of(entry.at)
    if not entry.is_change:
        return Window(day, day)
    until_then = Window(None, day)
    return of_list.both(until_then) if of_list.meets(until_then) else of_list


def leaf_days(entries: Iterable[FeedEntry]) -> Mapping[str, Window]:
    """Return the days that leaves of a sitemap index are for, where their names show them for certain; by address.

    A number that looks like a year may be one of a row: names are believed only if all that are written alike name a time, and
    none was changed for the last time before it began; bare years only if they follow each other.
    """
    alike: dict[str, list[FeedEntry]] = defaultdict(list)
    for entry in entries:
        alike[re.sub(r"\d+", "#", entry.url)].append(entry)
    found: dict[str, Window] = {}
    for siblings in alike.values():
        days_named = {entry.url: days for entry in siblings if (days := _named(entry.url))}
        whole = len(days_named) == len({entry.url for entry in siblings})
        if whole and _are_times(list(days_named.values())) and not any(_contradicts(e, days_named[e.url]) for e in siblings):
            found |= days_named
    return found


def _named(url: str) -> Window | None:
    """Return the days of the finest time that is written in an address; None where there is none."""
    parts = urlsplit(url)
    text = f"{parts.path}?{parts.query}"
    matches = next((found for pattern in _NAMED if (found := list(pattern.finditer(text)))), [])
    days_named = (
        _days(*(int(number) for number in match.groups() if number and number.isdigit())) for match in reversed(matches)
    )
    return next((days for days in days_named if days), None)


def _are_times(days_named: list[Window]) -> bool:
    """Return whether these are months and days, or years in a row."""
    years = sorted(
        {days.since for days in days_named if days.since and days.until and (days.until - days.since).days > _LONGEST_MONTH}
    )
    in_a_row = all((after - before).days in _YEAR for before, after in pairwise(years))
    return not years or (len(years) > 1 and in_a_row)


def _days(year: int, month: int | None = None, day: int | None = None) -> Window | None:
    """Return the days of a year, month or day of either calendar; None where there is no such time, or none of the web's."""
    if month is not None and month not in range(1, 13):
        return None
    if year in _JALALI_YEARS:
        if day is not None:
            return _one(jalali_to_gregorian(year, month or 0, day))
        first, last = jalali_month(year, month or 1), jalali_month(year, month or 12)
    elif year in _GREGORIAN_YEARS:
        if day is not None:
            return _one(gregorian_date(year, month or 0, day))
        first, last = _gregorian_month(year, month or 1), _gregorian_month(year, month or 12)
    else:
        return None
    return Window(first.since, last.until) if first and last else None


def _gregorian_month(year: int, month: int) -> Window:
    return Window(date(year, month, 1), date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1))


def _one(day: date | None) -> Window | None:
    return Window(day, day) if day else None


def _contradicts(entry: FeedEntry, days: Window) -> bool:
    # A day's grace: the site's clock need not be Tehran's.
    return bool(entry.at and days.since and day_of(entry.at) < days.since - timedelta(days=1))
