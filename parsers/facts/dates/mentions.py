"""Dates in Persian text, and the moments that pages print.

>>> find_dates("مصوب ۲۳ مرداد ۱۳۹۶")[0].iso
'2017-08-14'

Impossible dates are kept and marked; lunar ones are right within a day; what is relative needs the day of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, tzinfo
from typing import TYPE_CHECKING

from parsers.facts.dates.named_months import days_apart, named_date
from parsers.facts.dates.numeric import numeric_date
from parsers.facts.dates.periods import bare_year, decade, decades_in_row, season, year_alone, years_in_row
from parsers.facts.dates.relative import counted_date, relative_date, weekday_alone
from parsers.grammar.calendar_words import GAP, LEFT, TIME, key, vocabulary, weekday_before
from parsers.models import DateMention
from parsers.persian.calendar import TEHRAN, jalali_text, jalali_to_gregorian, tehran_iso
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from parsers.facts.dates.models import Found

_TIME_AFTER = re.compile(f"{GAP}(?:[،,|/–-]{GAP})?(?:(?:در{GAP})?ساعت{GAP}:?{GAP})?({TIME})")
_TIME_BEFORE = re.compile(f"(?:{LEFT}ساعت{GAP})?({TIME}){GAP}(?:دقیقه{GAP})?(?:[–،,|/-]{GAP})?(?:روز{GAP})?\\Z")
_CLOSED = re.compile(f"{GAP}\\)")
_REACH = 32
_SIGN = " ?[/.–٫\\\\ر-] ?"
_DIGITS = re.compile(
    f"[0-9](?:(?P<triple>[0-9]{{0,3}}(?={_SIGN}[0-9]{{1,2}}{_SIGN}[0-9]))|(?<![0-9].)(?:(?<=1)[2-9]|(?<=2)0)[0-9]{{2}}(?![0-9]))"
)
_ISO_TIME = re.compile("T[0-9]")


def find_dates(text: str, published: date | None = None) -> list[DateMention]:
    """Every date of the text, in order, none inside another; offsets are code points of `text`."""
    folded = fold(text)
    found = [_with_surroundings(folded, one) for one in _candidates(folded, published)]
    return [_mention(text, one) for one in _apart(found)]


def _candidates(folded: str, published: date | None) -> list[Found]:
    words = vocabulary()
    trigger = words.trigger if published else words.absolute_trigger
    found = [_in_letters(folded, hit.start(1), hit.end(1), key(hit[1]), published) for hit in trigger.finditer(folded)]
    more = {"year": years_in_row, "decade": decades_in_row, "day": days_apart}
    for one in [one for one in found if one]:
        if one.precision in more:
            found += more[one.precision](folded, one)
    found += [_in_digits(folded, hit, published) for hit in _DIGITS.finditer(folded)]
    return [one for one in found if one is not None]


def _in_digits(folded: str, hit: re.Match[str], published: date | None) -> Found | None:
    if hit.lastgroup:
        return numeric_date(folded, hit.start(), published)
    return bare_year(folded, hit.start(), hit.end())


def _in_letters(folded: str, start: int, end: int, word: str, published: date | None) -> Found | None:
    words = vocabulary()
    match words.kinds[word]:
        case "rare month":
            found = named_date(folded, start, end, words.months[word], None)
            return found if found and found.precision in ("day", "range") else None
        case "month":
            return named_date(folded, start, end, words.months[word], published)
        case "year":
            return year_alone(folded, start)
        case "season":
            return season(folded, start, end, published)
        case "decade":
            return decade(folded, start)
        case kind:
            finders = {"relative": relative_date, "weekday": weekday_alone, "ago": counted_date}
            return finders[kind](folded, start, end, published) if published else None


def _with_surroundings(folded: str, found: Found) -> Found:
    """The date with the weekday and the time of day printed beside it."""
    if found.precision != "day":
        return found
    weekday = weekday_before().search(folded, max(0, found.start - _REACH), found.start)
    start = weekday.start() if weekday else found.start
    if weekday and "(" in weekday[0]:
        closed = _CLOSED.match(folded, found.end)
        return replace(found, start=start, end=closed.end()) if closed else found
    after = _TIME_AFTER.match(folded, found.end) if not _ISO_TIME.match(folded, found.end) else None
    if after:
        return replace(found, start=start, end=after.end(), time=_clock(after[1]))
    before = _TIME_BEFORE.search(folded, max(0, start - _REACH), start)
    if before:
        return replace(found, start=before.start(), time=_clock(before[1]))
    return replace(found, start=start)


def _clock(text: str) -> str:
    hour, minute = text.split(":")[:2]
    return f"{int(hour):02}:{minute}"


def _apart(found: list[Found]) -> list[Found]:
    """Where two overlap, the longer one stays."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _mention(text: str, found: Found) -> DateMention:
    one_day = found.precision == "day"
    return DateMention(
        start=found.start,
        end=found.end,
        surface=text[found.start : found.end],
        iso=found.first.isoformat() if one_day and found.first else None,
        precision=found.precision,
        calendar=found.calendar,
        valid=found.valid,
        iso_range=(found.first.isoformat(), found.last.isoformat()) if not one_day and found.first and found.last else None,
        time=found.time,
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """A printed moment: `iso` with Tehran's offset, or the day alone where no time is printed; `jalali` is YYYY-MM-DD."""

    iso: str | None
    jalali: str | None
    has_time: bool
    valid: bool


_MACHINE = re.compile(
    "([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})[T ]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\\.[0-9]+)?)?"
    " ?(Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?"
)
_HALF = f"ق\\.?{GAP}ظ|ب\\.?{GAP}ظ|قبل{GAP}از{GAP}ظهر|بعد{GAP}از{GAP}ظهر|صبح|عصر|[AaPp]\\.?[Mm]"
_ANY_TIME = re.compile(f"({TIME})(?:{GAP}(?P<half>{_HALF}))?")
_AFTERNOON = re.compile("ب|بعد|عصر|[Pp]")


def read_datetime(text: str) -> Moment | None:
    """One moment of publication as a page prints it; the first date in the text counts. None: there is none."""
    folded = fold(text)
    machine = _MACHINE.search(folded)
    if machine and (read := _machine(machine)):
        return read
    found = next((one for one in find_dates(text) if one.precision == "day"), None)
    if found is None:
        return None
    if found.iso is None:
        return Moment(None, None, has_time=False, valid=False)
    day = date.fromisoformat(found.iso)
    clock = _time_of_day(folded)
    iso = tehran_iso(day, clock) if clock else found.iso
    return Moment(iso, jalali_text(day), has_time=clock is not None, valid=True)


def _time_of_day(folded: str) -> time | None:
    """The first time of day in the text, by the twenty-four hour clock."""
    found = _ANY_TIME.search(folded)
    if found is None:
        return None
    hour, minute, second = (int(part) for part in f"{found[1]}:0".split(":")[:3])
    if found["half"] and hour <= 12:
        hour = hour % 12 + (12 if _AFTERNOON.match(found["half"]) else 0)
    return time(hour, minute, second)


def _machine(found: re.Match[str]) -> Moment | None:
    """ISO 8601 and its like, Jalali years too; without a zone it is Tehran's time."""
    year, month, day = (int(found[i]) for i in (1, 2, 3))
    on = jalali_to_gregorian(year, month, day) if year < 1600 else None
    if year < 1600 and on is None:
        return Moment(None, None, has_time=False, valid=False)
    try:
        on = on or date(year, month, day)
        clock = _time_of_day(found.string[found.start(4) :]) or time(int(found[4]), int(found[5]), int(found[6] or 0))
    except ValueError:
        return Moment(None, None, has_time=False, valid=False)
    try:
        moment = datetime.combine(on, clock, _zone(found[7])).astimezone(TEHRAN)
        jalali = jalali_text(moment.date())
    except (ValueError, OverflowError):  # no such zone, or a year that not every calendar has
        return Moment(None, None, has_time=False, valid=False)
    return Moment(moment.isoformat(timespec="seconds"), jalali, has_time=True, valid=True)


def _zone(text: str | None) -> tzinfo | None:
    """The zone as printed, Tehran's where there is none. Raises ValueError for what is no offset."""
    if text is None:
        return TEHRAN
    return UTC if text in ("Z", "UTC", "GMT") else datetime.strptime(text.replace(":", ""), "%z").tzinfo
