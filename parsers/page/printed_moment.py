"""The moments that pages print or state: «۱۹ مرداد ۱۳۹۷ - ۱۴:۲۰», «۱۳۹۱ خرداد ۶, شنبه», ISO 8601 and its like.

>>> printed_time("مهر ۱۲, ۱۴۰۵ ۱۹:۲۴").iso
'2026-10-04T19:24:00+03:30'
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.facts.dates import find_dates
from parsers.grammar.calendar_words import any_of, vocabulary
from parsers.lexicon import load
from parsers.page.comparison import comparable
from parsers.persian.calendar import TEHRAN, gregorian_date, jalali_text, jalali_to_gregorian

if TYPE_CHECKING:
    from collections.abc import Iterable

_JALALI_BEFORE = 1600
_JALALI_YEARS, _GREGORIAN_YEARS = range(1200, 1500), range(1800, 2200)
_LONGEST = 300
_LONGEST_DATE_LINE = 80
_LONGEST_CLOCK = 24
_MACHINE = expression(
    r"""
    (?<!\d) (\d{4}) [-/] (\d\d?) [-/] (\d\d?)           # the day, Jalali years too
    (?: [T ]+ | \s*T\s* ) (\d\d?) : (\d\d) (?: :(\d\d) (?:\.\d+)? )?   # the clock
    \s* (Z\b|UTC|GMT|[+-]\d\d:?\d\d)?                   # the zone
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DAY_ALONE = expression(r"(\d{4})[-/](\d\d?)[-/](\d\d?)")
_MAIL = expression(r"[A-Za-z]{3}, \d\d? [A-Za-z]{3} \d{4} \d\d:")
_CLOCK = expression(r"(?:(?<![\d:/.-])|(?<=\d{4}-))([01]?\d|2[0-3])\s?:\s?([0-5]\d)(?:\s?:\s?([0-5]\d))?(?![\d:])")


@dataclass(frozen=True, slots=True)
class PageTime:
    """A time in Tehran; `exact` is false where only the day is known."""

    at: datetime
    exact: bool = True

    @property
    def iso(self) -> str:
        """Return ISO 8601 with Tehran's offset on that day."""
        return self.at.isoformat(timespec="seconds")

    @property
    def jalali(self) -> str:
        """Return the Jalali day, YYYY-MM-DD."""
        return jalali_text(self.at.date())


@cache
def moment_words() -> dict[str, Any]:
    """Return the table of `printed_moment.toml`."""
    return tomllib.loads((resources.files(__package__) / "printed_moment.toml").read_text(encoding="utf-8"))


def spelt(forms: Iterable[str]) -> str:
    """Return a pattern over comparableed text for any of these words, the longest first; "~" is a blank or nothing."""
    longest_first = sorted(forms, key=len, reverse=True)
    return "|".join(r"\s?".join(map(re.escape, comparable(form).split("~"))) for form in longest_first)


def machine_time(text: str | None) -> PageTime | None:
    """Return a time as metadata write it: ISO 8601, also with a Jalali year and Persian digits; without a zone it is Tehran's."""
    flat = comparable(text or "")
    found = _DAY_ALONE.fullmatch(flat)
    if not found:
        return _of_mail(flat) or printed_time(text)
    day = _day(*(int(part) for part in found.groups()))
    return _at_midnight(day) if day else None


def printed_time(text: str | None) -> PageTime | None:
    """Return the first moment in a short text as pages print it, None if there is no whole date in it.

    The clock nearest to the date belongs to it, whatever stands between them.
    """
    flat = comparable((text or "")[:_LONGEST])
    if not any(map(str.isdigit, flat)):
        return None
    machine = _MACHINE.search(flat)
    if machine and (read := _from_machine(machine)):
        return read
    clocks = _clocks(flat)
    for start, end, _ in clocks:
        flat = flat[:start] + "؛".ljust(end - start) + flat[end:]
    day, place = _printed_day(flat)
    if day is None:
        return None
    if not clocks:
        return _at_midnight(day)
    clock = min(clocks, key=lambda one: max(place - one[1], one[0] - place))[2]
    return PageTime(datetime.combine(day, clock, TEHRAN))


def is_date_line(line: str) -> bool:
    """Return whether a line is a date or a time, with a weekday perhaps, and nothing else."""
    flat = comparable(line)
    return (
        len(flat) < _LONGEST_DATE_LINE
        and any(map(str.isdigit, flat))
        and ("/" in flat or ":" in flat or len(flat) > 8)
        and _nothing_else().fullmatch(flat) is not None
    )


def clock_of(flat: str) -> time | None:
    """Return the time of day that a comparable text is, None where it is anything else or more."""
    clocks = _clocks(flat) if len(flat) < _LONGEST_CLOCK else []
    rest = flat[: clocks[0][0]] + flat[clocks[0][1] :] if clocks else flat
    return clocks[0][2] if clocks and _nothing_but_signs().fullmatch(rest) else None


@cache
def _nothing_but_signs() -> re.Pattern[str]:
    return expression(rf"(?:{spelt(moment_words()['hour'])}|[\s:،؛|.()\-–—])*", re.IGNORECASE)


def words_besides_time(flat: str) -> list[str]:
    """Return the words of a comparable line that are no part of a date or a clock, nor of the words around them."""
    return [word for word in flat.split() if _nothing_else().fullmatch(word) is None]


@cache
def _nothing_else() -> re.Pattern[str]:
    return expression(f"(?:{_filling().pattern})++", re.IGNORECASE)


@cache
def _filling() -> re.Pattern[str]:
    words = vocabulary()
    return expression(
        rf"(?:{words.weekday})|(?:{words.month})|{spelt(moment_words()['filling'])}|[\d\s:/,،؛|.()\-–—]", re.IGNORECASE
    )


@cache
def _orders() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return how the parts of a date may stand, and the order in which dates in prose have them."""
    month, weekday = f"(?:{vocabulary().month})", f"(?:{vocabulary().weekday})"
    return (
        (expression(rf"(?<!\d)(\d{{4}}) ?{weekday} ?(\d\d?) ({month})", re.IGNORECASE), r"\2 \3 \1"),
        (expression(rf"(?<!\d)(\d{{4}}) ?[،,/-]? ?({month}) ?[،,/-]? ?(\d\d?)(?!\d)", re.IGNORECASE), r"\3 \2 \1"),
        (expression(rf"({month}) ?(\d\d?) ?(?:[،,/-]|st|nd|rd|th)? ?[,،]? ?(\d{{4}})(?!\d)", re.IGNORECASE), r"\2 \1 \3"),
        (expression(rf"(?<!\d)(\d\d?) ?[،,/.-] ?({month}) ?[،,/.-]? ?(\d{{4}}|\d\d)(?!\d)", re.IGNORECASE), r"\1 \2 \3"),
        (expression(rf"(?<!\d)(\d\d?) ({month}),? ?[،,/.-] ?(\d{{4}})(?!\d)", re.IGNORECASE), r"\1 \2 \3"),
        (expression(r"(?<!\d)(\d\d?|\d{4}) ?([/.-]) ?(\d\d?) ?\2 ?(\d{4}|\d\d?)(?!\d)"), r"\1/\3/\4"),
    )


def _printed_day(flat: str) -> tuple[date | None, int]:
    """Return the first whole day of a text and about where it stands."""
    for order, replacement in _orders():
        flat = order.sub(replacement, flat)
    flat = flat.replace(" / ", "، ")  # between weekday, date and clock
    for found in find_dates(flat):
        if found.precision == "day" and found.iso:
            return date.fromisoformat(found.iso), found.start
    return None, 0


@cache
def _half() -> str:
    halves = load("dates")["half_days"]
    return "|".join(f"(?P<{half}>{any_of(halves[half])}|{halves['letters'][half]})" for half in ("before_noon", "after_noon"))


@cache
def _clock_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    hour, minute = spelt(moment_words()["hour"]), spelt(moment_words()["minute"])
    half = rf"(?:\s?(?:{_half()}))?"
    digits = expression(_CLOCK.pattern + half, re.IGNORECASE)
    words = expression(
        rf"(?:{hour})\s?:?\s?([01]?\d|2[0-3])(?!\s?:|\d)(?:\s?و\s?([0-5]?\d)(?:\s?(?:{minute}))?)?(){half}", re.IGNORECASE
    )
    return digits, words


def _clocks(flat: str) -> list[tuple[int, int, time]]:
    """Return the times of day in a text with the places where they stand, by the twenty-four hour clock."""
    found: list[tuple[int, int, time]] = []
    for pattern in _clock_patterns():
        for one in pattern.finditer(flat):
            hour, minute, second = (int(one[group] or 0) for group in (1, 2, 3))
            if (one["before_noon"] or one["after_noon"]) and hour <= 12:
                hour = hour % 12 + (12 if one["after_noon"] else 0)
            found.append((one.start(), one.end(), time(hour, minute, second)))
    return found


def _from_machine(found: re.Match[str]) -> PageTime | None:
    day = _day(*(int(found[i]) for i in (1, 2, 3)))
    hour, minute, second = (int(found[i] or 0) for i in (4, 5, 6))
    if day is None or hour > 23 or minute > 59 or second > 59:
        return None
    naive = datetime.combine(day, time(hour, minute, second))
    zone = (found[7] or "").upper()
    halves = _clocks(found.string[found.start(4) :])
    if halves and not zone:
        naive = datetime.combine(day, halves[0][2])
    try:
        if not zone:
            return PageTime(naive.replace(tzinfo=TEHRAN))
        if zone in ("Z", "UTC", "GMT"):
            return PageTime(naive.replace(tzinfo=UTC).astimezone(TEHRAN))
        offset = datetime.strptime(zone.replace(":", ""), "%z").tzinfo
        moment = PageTime(naive.replace(tzinfo=offset).astimezone(TEHRAN))
        jalali_text(moment.at.date())
    except (ValueError, OverflowError):  # no such zone, or a year that not every calendar has
        return None
    return moment


def _day(year: int, month: int, day: int) -> date | None:
    if year not in _JALALI_YEARS and year not in _GREGORIAN_YEARS:
        return None  # «0001-01-01» is how some systems write that they know of no day
    return (jalali_to_gregorian if year < _JALALI_BEFORE else gregorian_date)(year, month, day)


def _of_mail(flat: str) -> PageTime | None:
    """Return a moment as feeds and HTTP headers write it: «Wed, 03 Jul 2019 19:25:00 GMT»."""
    if not _MAIL.match(flat):
        return None
    from email.utils import parsedate_to_datetime

    try:
        at = parsedate_to_datetime(flat)
        return PageTime((at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(TEHRAN))
    except (ValueError, OverflowError):
        return None


def _at_midnight(day: date) -> PageTime | None:
    try:
        return PageTime(datetime.combine(day, time(), TEHRAN), exact=False)
    except (ValueError, OverflowError):
        return None
