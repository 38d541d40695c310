"""The moment that a page prints for its publication: «۱۹ مرداد ۱۳۹۷ - ۱۴:۲۰», ISO 8601 and its like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo

from parsers.facts.dates import find_dates
from parsers.grammar.blanks import GAP
from parsers.grammar.calendar_words import TIME, any_of
from parsers.lexicon import load
from parsers.persian.calendar import TEHRAN, jalali_text, jalali_to_gregorian, tehran_iso
from parsers.persian.letters import fold


@dataclass(frozen=True, slots=True)
class PrintedMoment:
    """A printed moment: `iso` with Tehran's offset, or the day alone where no time is printed; `jalali` is YYYY-MM-DD."""

    iso: str | None
    jalali: str | None
    has_time: bool
    valid: bool


_MACHINE = re.compile(
    "([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\\.[0-9]+)?)?"
    " ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_HALVES = load("dates")["half_days"]
_HALF = "|".join(f"(?P<{half}>{any_of(_HALVES[half])}|{_HALVES['letters'][half]})" for half in ("before_noon", "after_noon"))
_ANY_TIME = re.compile(f"({TIME})(?:{GAP}(?:{_HALF}))?")


def read_datetime(text: str) -> PrintedMoment | None:
    """Return the moment of publication that a page prints, of the first date in the text; None if there is no date."""
    folded = fold(text)
    machine = _MACHINE.search(folded)
    if machine and (read := _machine(machine)):
        return read
    found = next((one for one in find_dates(text) if one.precision == "day"), None)
    if found is None:
        return None
    if found.iso is None:
        return PrintedMoment(None, None, has_time=False, valid=False)
    day = date.fromisoformat(found.iso)
    clock = _time_of_day(folded)
    iso = tehran_iso(day, clock) if clock else found.iso
    return PrintedMoment(iso, jalali_text(day), has_time=clock is not None, valid=True)


def _time_of_day(folded: str) -> time | None:
    """Return the first time of day in the text, by the twenty-four hour clock."""
    found = _ANY_TIME.search(folded)
    if found is None:
        return None
    hour, minute, second = (int(part) for part in f"{found[1]}:0".split(":")[:3])
    if (found["before_noon"] or found["after_noon"]) and hour <= 12:
        hour = hour % 12 + (12 if found["after_noon"] else 0)
    return time(hour, minute, second)


def _machine(found: re.Match[str]) -> PrintedMoment | None:
    """Return the moment of ISO 8601 and its like, Jalali years too; without a zone it is Tehran's time."""
    year, month, day = (int(found[i]) for i in (1, 2, 3))
    on = jalali_to_gregorian(year, month, day) if year < 1600 else None
    if year < 1600 and on is None:
        return PrintedMoment(None, None, has_time=False, valid=False)
    try:
        on = on or date(year, month, day)
        clock = _time_of_day(found.string[found.start(4) :]) or time(int(found[4]), int(found[5]), int(found[6] or 0))
    except ValueError:
        return PrintedMoment(None, None, has_time=False, valid=False)
    try:
        moment = datetime.combine(on, clock, _zone(found[7])).astimezone(TEHRAN)
        jalali = jalali_text(moment.date())
    except (ValueError, OverflowError):  # no such zone, or a year that not every calendar has
        return PrintedMoment(None, None, has_time=False, valid=False)
    return PrintedMoment(moment.isoformat(timespec="seconds"), jalali, has_time=True, valid=True)


def _zone(text: str | None) -> tzinfo | None:
    """Return the zone as printed, Tehran's where there is none. Raises ValueError for what is no offset."""
    if text is None:
        return TEHRAN
    return UTC if text in ("Z", "UTC", "GMT") else datetime.strptime(text.replace(":", ""), "%z").tzinfo
