"""Moments as feeds and sitemaps print them: RFC 822 and its variants, W3C and ISO 8601, ctime, seconds; Jalali days too."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from parsers.page.printed_moment import printed_time
from parsers.persian.calendar import TEHRAN, jalali_to_gregorian

_YEARS = range(1900, 2200)  # no moment of the web lies beyond, and calendars end somewhere
_JALALI = range(1300, 1500)
_CENTURY = 70  # years of two digits below it are of this century
_LAST_SECOND = 2_000_000_000  # in 2033
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
_PERSIAN = re.compile("[\u0621-\u06cc]")
_HALF = r"(?:\s*(?P<half>[AaPp])\.?[Mm]\b\.?)?"
_CLOCK = rf"(?P<hour>\d{{1,2}}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?{_HALF}"
_OFFSET = r"\s*(?P<zone>Z|z|[+-]\d{1,2}:?(?:\d\d)?|[A-Z]{2,4}(?:[+-]\d{1,2}:?(?:\d\d)?)?|[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+)?"
_NAMED_TOO = r"(?:\s*\([^)]*\))?$"  # «+0330 (IRST)»
_AFTER_DAY = rf"(?:(?:[Tt]|,?\s+|\s*-\s+){_CLOCK}{_OFFSET})?{_NAMED_TOO}"
_WEEKDAY = r"(?:[A-Za-z]{3,9}(?:,\s*|\s+))?"
_MONTH = r"(?P<month>[A-Za-z]{3,11})"
_ISO = re.compile(rf"{_WEEKDAY}(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}}){_AFTER_DAY}")
_COMPACT = re.compile(
    rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?{_OFFSET})?$"
)
_ORDINAL = re.compile(rf"(?P<year>\d{{4}})-(?P<ordinal>\d{{3}})(?:T{_CLOCK}{_OFFSET})?$")
_CTIME = re.compile(
    rf"{_WEEKDAY}{_MONTH}\.?\s+(?P<day>\d{{1,2}}),?\s+(?:{_CLOCK}{_OFFSET}\s+(?P<year>\d{{4}})"
    rf"|(?P<year2>\d{{4}})(?:,?\s+{_CLOCK.replace('P<', 'P<c_')}{_OFFSET.replace('P<', 'P<c_')})?)$"
)
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s.,-]+(?P<year>\d{{4}}|\d\d){_AFTER_DAY}")
_YEAR_LAST = re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<year>\d{{4}}){_AFTER_DAY}")
_OF_PYTHON = re.compile(r"\d{4}-?(?:W\d\d-?\d|\d\d-?\d\d)(?:[Tt]\d\d.*)?$")  # weeks, and hours alone
_SECONDS = re.compile(r"(\d{10})(?:\d{3}|\.\d+)?$")
_NUMBERED_HOUR = re.compile(r"1[34]\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:[01]\d|2[0-3])")
_LAST_OFFSET = re.compile(r"(?:\b(?:GMT|UTC|UT)\s*)?([+-])(\d{1,2}):?(\d\d)?\s*(?:\([^)]*\))?$")
_LAST_NAME = re.compile(r"\b([A-Z]{2,4})$")
_BAD_OFFSET = re.compile(r"\d\s+[+-](?!\d{1,2}:?(?:\d\d)?\s*(?:\(|$))")
_HALF_ALONE = re.compile(r"\d\s*[AP]\.?M\b", re.IGNORECASE)


def read_moment(text: object) -> datetime | None:
    """Return a moment, in UTC where no zone is named, a Jalali or Persian one in Tehran's time; None for anything else.

    A year or a month alone is no moment, nor is a day that may be two («10/11/2026»). `text` may be any value of a JSON file.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str):
        return None
    text = " ".join(text.translate(_DIGITS).split())[:100]
    try:
        moment = _in_words(text) if _PERSIAN.search(text) else _by_pattern(text) or _rfc822(text)
    except (ValueError, OverflowError, TypeError, IndexError, KeyError):
        return None
    if moment is None or moment.year not in _YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_words(text: str) -> datetime | None:
    printed = printed_time(text)
    return printed.at if printed else None


def _by_pattern(text: str) -> datetime | None:
    for pattern in (_ISO, _COMPACT, _ORDINAL, _DAY_FIRST, _CTIME):
        if found := pattern.match(text):
            return _moment({name.removeprefix("c_"): value for name, value in found.groupdict().items() if value})
    if found := _YEAR_LAST.match(text):
        return _moment(_in_order(found))
    if found := _SECONDS.match(text):
        seconds = int(found[1])
        # Digits that may be a day and an hour («1405090622», «2026112722») are not counted from 1970.
        return None if _NUMBERED_HOUR.match(text) or seconds >= _LAST_SECOND else datetime.fromtimestamp(seconds, UTC)
    return datetime.fromisoformat(text) if _OF_PYTHON.match(text) else None


def _in_order(found: re.Match[str]) -> dict[str, str]:
    """Return the parts of a day whose year stands last. Raises ValueError where day and month cannot be told from each other."""
    parts = {name: value for name, value in found.groupdict().items() if value}
    first, second = int(parts["day"]), int(parts["month"])
    if parts["mark"] == "." or int(parts["year"]) in _JALALI or first > 12 or first == second:
        return parts
    if second > 12:
        return parts | {"day": parts["month"], "month": parts["day"]}
    raise ValueError(f"{found[0]} may be two days")


def _moment(parts: dict[str, str]) -> datetime | None:
    printed = parts.get("year") or parts["year2"]
    year = int(printed)
    year += (2000 if year < _CENTURY else 1900) if len(printed) == 2 else 0
    clock = _clock(parts)
    day = _day(year, parts)
    if clock is None or day is None:
        return None
    zone = _zone(parts["zone"]) if "zone" in parts else TEHRAN if year in _JALALI else UTC
    return (datetime(day.year, day.month, day.day) + clock).replace(tzinfo=zone)  # noqa: DTZ001 - the zone follows


def _clock(parts: dict[str, str]) -> timedelta | None:
    hour, minute, second = (int(parts.get(name, 0)) for name in ("hour", "minute", "second"))
    if "half" in parts and hour <= 12:
        hour = hour % 12 + (12 if parts["half"] in "Pp" else 0)
    clock = timedelta(hours=hour, minutes=minute, seconds=second)
    return None if clock > timedelta(days=1) or minute > 59 or second > 60 else clock


def _day(year: int, parts: dict[str, str]) -> date | None:
    if "ordinal" in parts:
        day = date(year, 1, 1) + timedelta(days=int(parts["ordinal"]) - 1)
        return day if day.year == year else None
    name = parts["month"].lower()
    if year in _JALALI:
        month = int(name) if name.isdigit() else _months("jalali").get(name)
        return jalali_to_gregorian(year, month, int(parts["day"])) if month else None
    month = int(name) if name.isdigit() else _months("gregorian").get(name[:3])
    return date(year, month, int(parts["day"])) if month else None


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "feed_dates.toml").read_text(encoding="utf-8"))


@cache
def _months(calendar: str) -> dict[str, int]:
    return {name: int(number) for number, names in _names()[calendar].items() for name in names}


def _rfc822(text: str) -> datetime | None:
    """Read a date as in mail; its offset may have a colon, follow GMT, or be a name that mail does not know."""
    if _HALF_ALONE.search(text) or _BAD_OFFSET.search(text):
        return None
    zones = _names()["zones"]
    if found := _LAST_OFFSET.search(text):
        text = f"{text[: found.start()].rstrip()} {found[1]}{int(found[2]):02}{found[3] or '00'}"
    elif (found := _LAST_NAME.search(text)) and found[1] in zones:
        text = f"{text[: found.start()]}{_printed(zones[found[1]])}"
    return parsedate_to_datetime(text)


def _printed(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _zone(name: str) -> tzinfo:
    """Return a zone. Raises KeyError for a place that nobody knows."""
    if name in ("Z", "z", "GMT", "UTC", "UT"):
        return UTC
    if "/" in name:
        return ZoneInfo(name)
    if found := _LAST_OFFSET.search(name):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    if name in _names()["zones"]:
        return timezone(timedelta(minutes=_names()["zones"][name]))
    zone = parsedate_to_datetime(f"1 Jan 2000 00:00:00 {name}").tzinfo
    offset = zone.utcoffset(None) if zone else None
    return timezone(offset) if offset else UTC
