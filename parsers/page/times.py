"""Publication times: what is printed, what the metadata say, and whether they can both be true.

The printed time comes first: it is the newsroom's own day. Metadata may be UTC, Tehran's time marked as UTC, or Jalali in
Persian digits; differences that a time zone explains are no conflict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from parsers.models import Issue
from parsers.page.squash import squash
from parsers.persian.dates import read_datetime

TEHRAN = ZoneInfo("Asia/Tehran")
_ISO = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:\s*T?\s*(\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_MONTHS = "فروردین اردیبهشت خرداد تیر مرداد امرداد شهریور مهر آبان آذر دی بهمن اسفند"
_WEEKDAYS = "شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه"
_FILLING = re.compile(rf"(?:{'|'.join(reversed(_WEEKDAYS.split()))}|یک شنبه|دو شنبه|سه شنبه|چهار شنبه|پنج شنبه|{'|'.join(_MONTHS.split())}|ماه|ساعت|مورخ|تاریخ|سال)|[\d\s:/,،|.\-–]")
_JALALI_BEFORE = 1600
_ZONES_EXPLAIN = timedelta(hours=4, minutes=45)
_LATER_IS_WRONG = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in Tehran; `exact` is false where only the day is known."""

    at: datetime
    exact: bool = True

    @property
    def iso(self) -> str:
        """ISO 8601 with Tehran's offset on that day."""
        return self.at.isoformat(timespec="seconds")

    @property
    def jalali(self) -> str:
        """The Jalali day, YYYY-MM-DD."""
        return str(JalaliDate.to_jalali(self.at.year, self.at.month, self.at.day).isoformat())


def machine_time(text: str | None) -> Moment | None:
    """A time as metadata write it: ISO 8601, also with a Jalali year and Persian digits; without a zone it is Tehran's."""
    found = _ISO.fullmatch(squash(text or ""))
    if not found:
        return printed_time(text)
    year, month, day = (int(found[i]) for i in (1, 2, 3))
    clock = tuple(int(found[i] or 0) for i in (4, 5, 6))
    try:
        if year < _JALALI_BEFORE:
            date = JalaliDate(year, month, day).to_gregorian()
            year, month, day = date.year, date.month, date.day
        naive = datetime(year, month, day, *clock)  # noqa: DTZ001
    except ValueError:
        return None
    return _in_tehran(naive, found[7], exact=found[4] is not None)


def _in_tehran(naive: datetime, zone: str | None, *, exact: bool) -> Moment | None:
    try:
        if not zone or not exact:
            return Moment(naive.replace(tzinfo=TEHRAN), exact)
        if zone.upper() in ("Z", "UTC", "GMT"):
            return Moment(naive.replace(tzinfo=UTC).astimezone(TEHRAN), exact)
        aware = datetime.strptime(f"{naive:%Y-%m-%dT%H:%M:%S}{zone}", "%Y-%m-%dT%H:%M:%S%z")
        return Moment(aware.astimezone(TEHRAN), exact)
    except (ValueError, OverflowError):
        return None


def printed_time(text: str | None) -> Moment | None:
    """A time as pages print it for readers."""
    found = read_datetime(squash(text)) if text else None
    if found is None or not found.iso:
        return None
    at = datetime.fromisoformat(found.iso)
    exact = "T" in found.iso
    return Moment(at if at.tzinfo else at.replace(tzinfo=TEHRAN), exact)


def is_date_line(line: str) -> bool:
    """Whether a line is a date or a time, with a weekday perhaps, and nothing else."""
    flat = squash(line)
    return len(flat) < 80 and any(map(str.isdigit, flat)) and ("/" in flat or ":" in flat or len(flat) > 8) and not _FILLING.sub("", flat)


@dataclass(frozen=True, slots=True)
class Published:
    """The time that is believed, and what is odd about it."""

    moment: Moment | None = None
    issues: tuple[Issue, ...] = ()


def settle(printed: Moment | None, stated: Moment | None, fetched_at: str | None) -> Published:
    """The printed time, completed and checked by the stated one (metadata); a time after the capture is not believed if the other can be."""
    issues: list[Issue] = []
    chosen = printed or stated
    if printed and stated:
        if not printed.exact and stated.exact and stated.at.date() == printed.at.date():
            chosen = stated
        if _conflict(printed, stated):
            issues.append(
                Issue("warning", "date_conflict", f"the page prints {printed.iso}, its metadata say {stated.iso}")
            )
    limit = machine_time(fetched_at)
    if chosen and limit and chosen.at > limit.at + _LATER_IS_WRONG:
        issues.append(Issue("warning", "future_date", f"published {chosen.iso}, after the capture of {limit.iso}"))
        other = stated if chosen is printed else printed
        if other and other.at <= limit.at + _LATER_IS_WRONG:
            chosen = other
    return Published(chosen, tuple(issues))


def _conflict(printed: Moment, stated: Moment) -> bool:
    if printed.exact and stated.exact:
        return abs(printed.at - stated.at) > _ZONES_EXPLAIN
    return abs((printed.at.date() - stated.at.date()).days) > 1
