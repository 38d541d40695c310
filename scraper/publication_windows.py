"""Days of publication: which are wanted, the windows a backfill cuts them into, and addresses that ask for them.

A window is a Jalali month, clipped to what was asked for: Persian archives are kept by month, and a month is little enough to
be listed again where a run was cut off in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from parsers.persian.calendar import gregorian_to_jalali, jalali_to_gregorian
from scraper.clock import today

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY = timedelta(days=1)
_PLACEHOLDER = re.compile(r"\{(\w+)(?::(0\d))?\}")
_JALALI, _GREGORIAN = ("jyear", "jmonth", "jday"), ("year", "month", "day")
_PAIRS = (("jfrom", "jto"), ("from", "to"))
_DATED = frozenset((*_JALALI, *_GREGORIAN, *_PAIRS[0], *_PAIRS[1]))
PAGE = "{page}"


@dataclass(frozen=True, slots=True)
class Window:
    """Days in Tehran, both ends included; None: no end. Wanted by somebody, or those within which something was published."""

    since: date | None = None
    until: date | None = None

    def meets(self, other: Window) -> bool:
        """Return whether they have a day in common."""
        return (self.since is None or other.until is None or self.since <= other.until) and (
            self.until is None or other.since is None or other.since <= self.until
        )

    @property
    def is_one_day(self) -> bool:
        """Whether it is a day, neither more nor less."""
        return self.since is not None and self.since == self.until

    @property
    def is_empty(self) -> bool:
        """Whether it ends before it begins."""
        return self.since is not None and self.until is not None and self.since > self.until

    @property
    def ends(self) -> tuple[date, date]:
        """Its first and last day. Raises ValueError where one is open."""
        if self.since is None or self.until is None:
            raise ValueError("an open window has no first and last day")
        return self.since, self.until

    @property
    def length(self) -> int:
        """How many days it has, 0 or less if it is empty. Raises ValueError where an end is open."""
        first, last = self.ends
        return (last - first).days + 1

    def both(self, other: Window) -> Window:
        """Return the days they have in common; only of windows that meet."""
        since = [day for day in (self.since, other.since) if day]
        until = [day for day in (self.until, other.until) if day]
        return Window(max(since, default=None), min(until, default=None))


def jalali_month(year: int, month: int) -> Window | None:
    """Return the days of a Jalali month; None where there is none."""
    following = jalali_to_gregorian(year + month // 12, month % 12 + 1, 1)
    first = jalali_to_gregorian(year, month, 1)
    return Window(first, following - _DAY) if first and following else None


def month_of(window: Window) -> str:
    """Return the Jalali month of a window: 1403-02."""
    year, month, _ = gregorian_to_jalali(window.until or window.since or today())
    return f"{year:04}-{month:02}"


def months(wanted: Window) -> Iterator[Window]:
    """Yield the windows of what is wanted, from its `since` until today at most, newest first."""
    last = min(wanted.until or today(), today())
    while wanted.since and last >= wanted.since:
        year, month, _ = gregorian_to_jalali(last)
        first = jalali_to_gregorian(year, month, 1) or last
        yield Window(max(first, wanted.since), last)
        last = first - _DAY


def neighbour_months(window: Window, many: int) -> Iterator[Window]:
    """Yield the whole Jalali months after and before the one in which the window ends, so many on each side."""
    year, month, _ = gregorian_to_jalali(window.ends[1])
    for step in (*range(1, many + 1), *range(-1, -many - 1, -1)):
        years, months_on = divmod(month - 1 + step, 12)
        if beside := jalali_month(year + years, months_on + 1):
            yield beside


def is_dated(template: str) -> bool:
    """Return whether an address has places for days."""
    return any(found[1] in _DATED for found in _PLACEHOLDER.finditer(template))


def is_monthly(template: str) -> bool:
    """Return whether it has places for a month, or for less."""
    return any(found[1] in _DATED - {"jyear", "year"} for found in _PLACEHOLDER.finditer(template))


def window_addresses(template: str, window: Window) -> Iterator[tuple[str, Window]]:
    """Yield the addresses that ask for a window, newest days first, each with the days that it stands for.

    What stands in the template decides: with {jday} one a day, with {jmonth} one a month, without any one for the window.
    """
    if not is_dated(template) or window.since is None or window.until is None:
        yield template, window
        return
    days = (window.until - n * _DAY for n in range((window.until - window.since).days + 1))
    for url, those in groupby(days, lambda day: _filled(template, day, window)):
        covered = list(those)
        yield url, Window(covered[-1], covered[0])


def _filled(template: str, day: date, window: Window) -> str:
    values: dict[str, object] = dict(zip(_JALALI, gregorian_to_jalali(day), strict=True))
    values |= dict(zip(_GREGORIAN, (day.year, day.month, day.day), strict=True))
    for end, of_window in (("from", window.since or day), ("to", window.until or day)):
        values |= {end: of_window.isoformat(), f"j{end}": "{:04}/{:02}/{:02}".format(*gregorian_to_jalali(of_window))}

    def filled(place: re.Match[str]) -> str:
        if place[1] not in _DATED:
            return place[0]
        return format(values[place[1]], place[2] or "")

    return _PLACEHOLDER.sub(filled, template)


def complaint(template: str, *, backfill: bool, own: frozenset[str] = frozenset()) -> str | None:
    """Return what is wrong with the places in an address; `own` are places that its kind of source has besides. None: nothing."""
    places = [(found[1], found[2], found[0]) for found in _PLACEHOLDER.finditer(template)]
    names = {place[0] for place in places}
    known = ", ".join(f"{{{place}}}" for place in (*_JALALI, *_GREGORIAN, *_PAIRS[0], *_PAIRS[1], *sorted(own)))
    if odd := re.search(r"[{}]", _PLACEHOLDER.sub("", template)):
        return f"a lone {odd[0]}; places are {known}"
    for place, width, written in places:
        if place not in _DATED | own:
            return f"unknown place {written}; known are {known}"
        if width and place not in (*_JALALI, *_GREGORIAN):
            return f"{written}: only numbers of years, months and days can be given a width"
    groups = [group for group in (_JALALI, _GREGORIAN, *_PAIRS) if names & set(group)]
    if len(groups) > 1:
        return "mixes calendars, or days with ends of a window; one of them says it all"
    if groups and not backfill:
        return "has places for days, which only a backfill can fill; add backfill = true"
    return next((missing for group in groups if (missing := _incomplete(group, names))), None)


def _incomplete(group: tuple[str, ...], names: set[str]) -> str | None:
    """Return what is missing: a day needs its month and a month its year, an end of a window the other one."""
    finest = len(group) if group in _PAIRS else max(group.index(place) for place in names & set(group)) + 1
    lacking = [place for place in group[:finest] if place not in names]
    return f"has no {{{lacking[0]}}}" if lacking else None
