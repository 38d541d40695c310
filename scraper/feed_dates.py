"""Moments as feeds and sitemaps print them: RFC 822 and its variants, W3C and ISO 8601, ctime; Jalali days too."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from parsers.persian.calendar import TEHRAN, jalali_to_gregorian

_YEARS = range(1900, 2200)  # no moment of the web lies beyond, and calendars end somewhere
_JALALI = range(1300, 1500)
_CENTURY = 70  # years of two digits below it are of this century
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)
# Names that email.utils does not know, in minutes east of Greenwich.
_ZONES = {
    "IRST": 210, "IRDT": 270, "IRT": 210, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "BST": 60, "WET": 0,
    "WEST": 60, "MET": 60, "MEST": 120, "TRT": 180, "GST": 240, "AFT": 270, "PKT": 300, "JST": 540, "AEST": 600, "AEDT": 660,
    "AT": -240, "ET": -300, "CT": -360, "MT": -420, "PT": -480,
}  # fmt: skip
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
_OFFSET = r"\s*(?P<zone>Z|z|[+-]\d{1,2}:?(?:\d\d)?|[A-Z]{2,4}(?:[+-]\d{1,2}:?(?:\d\d)?)?)?"
_ISO = re.compile(rf"(?P<year>\d{{4}})([-/.])(?P<month>\d{{1,2}})\2(?P<day>\d{{1,2}})(?:(?:[Tt]|\s+|\s*-\s+){_CLOCK}{_OFFSET})?$")
_COMPACT = re.compile(
    rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?{_OFFSET})?$"
)
_ORDINAL = re.compile(rf"(?P<year>\d{{4}})-(?P<ordinal>\d{{3}})(?:T{_CLOCK}{_OFFSET})?$")
_WEEKDAY = r"(?:[A-Za-z]{3,9},?\s+)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})"
_CTIME = re.compile(
    rf"{_WEEKDAY}{_MONTH}\.?\s+(?P<day>\d{{1,2}}),?\s+(?:{_CLOCK}{_OFFSET}\s+(?P<year>\d{{4}})"
    rf"|(?P<year2>\d{{4}})(?:,?\s+{_CLOCK.replace('P<', 'P<c_')}{_OFFSET.replace('P<', 'P<c_')})?)$"
)
_DAY_FIRST = re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})[\s-]+{_MONTH}[\s.,-]+(?P<year>\d{{4}}|\d\d)(?:,?\s+{_CLOCK}{_OFFSET})?$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LAST_OFFSET = re.compile(r"(?:\b(?:GMT|UTC|UT)\s*)?([+-])(\d{1,2}):?(\d\d)?\s*(?:\([^)]*\))?$")
_LAST_NAME = re.compile(r"\b([A-Z]{2,4})$")


def read_moment(text: object) -> datetime | None:
    """Return a moment, in UTC where no zone is named, a Jalali one in Tehran's time; None for anything else.

    A year or a month alone is no moment. `text` may be any value of a JSON file.
    """
    if not isinstance(text, str):
        return None
    text = " ".join(text.translate(_DIGITS).split())[:100]
    try:
        moment = _by_pattern(text) or _rfc822(text)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    if moment is None or moment.year not in _YEARS:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _by_pattern(text: str) -> datetime | None:
    for pattern in (_ISO, _COMPACT, _ORDINAL, _DAY_FIRST, _CTIME):
        if found := pattern.match(text):
            return _moment({name.removeprefix("c_"): value for name, value in found.groupdict().items() if value})
    return None


def _moment(parts: dict[str, str]) -> datetime | None:
    printed = parts.get("year") or parts["year2"]
    year = int(printed)
    year += (2000 if year < _CENTURY else 1900) if len(printed) == 2 else 0
    clock = timedelta(hours=int(parts.get("hour", 0)), minutes=int(parts.get("minute", 0)), seconds=int(parts.get("second", 0)))
    if clock > timedelta(days=1) or int(parts.get("minute", 0)) > 59 or int(parts.get("second", 0)) > 60:
        return None
    if "ordinal" in parts:
        day = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=int(parts["ordinal"]) - 1)
        if day.year != year:
            return None
        return (day + clock).replace(tzinfo=_zone(parts.get("zone")))
    if (month := _month(parts["month"])) is None:
        return None
    if year in _JALALI:
        jalali = jalali_to_gregorian(year, month, int(parts["day"]))
        if jalali is None:
            return None
        zone = _zone(parts["zone"]) if "zone" in parts else TEHRAN
        return (datetime(jalali.year, jalali.month, jalali.day) + clock).replace(tzinfo=zone)  # noqa: DTZ001 - the zone follows
    return (datetime(year, month, int(parts["day"])) + clock).replace(tzinfo=_zone(parts.get("zone")))  # noqa: DTZ001


def _month(name: str) -> int | None:
    if name.isdigit():
        return int(name)
    return _MONTHS.index(name[:3].lower()) + 1 if name[:3].lower() in _MONTHS else None


def _rfc822(text: str) -> datetime | None:
    """Read a date as in mail; its offset may have a colon, follow GMT, or be a name that mail does not know."""
    if found := _LAST_OFFSET.search(text):
        text = f"{text[: found.start()].rstrip()} {found[1]}{int(found[2]):02}{found[3] or '00'}"
    elif (found := _LAST_NAME.search(text)) and found[1] in _ZONES:
        text = f"{text[: found.start()]}{_printed(_ZONES[found[1]])}"
    return parsedate_to_datetime(text)


def _printed(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def _zone(name: str | None) -> timezone:
    if not name or name in ("Z", "z", "GMT", "UTC", "UT"):
        return UTC
    if found := _LAST_OFFSET.search(name):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    if name in _ZONES:
        return timezone(timedelta(minutes=_ZONES[name]))
    zone = parsedate_to_datetime(f"1 Jan 2000 00:00:00 {name}").tzinfo
    offset = zone.utcoffset(None) if zone else None
    return timezone(offset) if offset else UTC
