"""Publication times: what is printed, what the metadata say, and whether they can both be true.

The printed time comes first: it is the newsroom's own day. Metadata may be UTC, Tehran's time marked as UTC, or Jalali in
Persian digits; differences that a time zone explains are no conflict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from parsers.models import Issue
from parsers.page.comparison import one_line, squash
from parsers.page.printed_moment import read_datetime
from parsers.persian.calendar import TEHRAN, gregorian_date, jalali_text, jalali_to_gregorian

_ISO = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:\s*T?\s*(\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
MONTHS = "فروردین اردیبهشت خرداد تیر مرداد امرداد شهریور مهر آبان آذر دی بهمن اسفند"
_WEEKDAYS = "شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه"
_FILLING = re.compile(
    rf"(?:{'|'.join(reversed(_WEEKDAYS.split()))}|یک شنبه|دو شنبه|سه شنبه|چهار شنبه|پنج شنبه|"
    rf"{'|'.join(MONTHS.split())}|ماه|ساعت|مورخ|تاریخ|سال)|[\d\s:/,،|.\-–]"
)

_CLOCK = re.compile(r"(?<![\d:])([01]?\d|2[0-3]):([0-5]\d)(?![\d:])")
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
        return jalali_text(self.at.date())


def machine_time(text: str | None) -> Moment | None:
    """A time as metadata write it: ISO 8601, also with a Jalali year and Persian digits; without a zone it is Tehran's."""
    found = _ISO.fullmatch(squash(text or ""))
    if not found:
        return printed_time(text)
    year, month, day = (int(found[i]) for i in (1, 2, 3))
    hour, minute, second = (int(found[i] or 0) for i in (4, 5, 6))
    known = (jalali_to_gregorian if year < _JALALI_BEFORE else gregorian_date)(year, month, day)
    if known is None or hour > 23 or minute > 59 or second > 59:
        return None
    return _in_tehran(datetime.combine(known, time(hour, minute, second)), found[7], exact=found[4] is not None)


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
    """A time as pages print it for readers; the only clock in the text belongs to its date, whatever stands between them."""
    # Some pages part weekday, date and clock by slashes, as if they were a numeric date.
    found = read_datetime(one_line(text).replace(" / ", "، ")) if text else None
    if found is None or not found.iso:
        return None
    at = datetime.fromisoformat(found.iso)
    at = at if at.tzinfo else at.replace(tzinfo=TEHRAN)
    clocks = _CLOCK.findall(squash(text or ""))
    if "T" not in found.iso and len(clocks) == 1:
        hour, minute = map(int, clocks[0])
        return Moment(at.replace(hour=hour, minute=minute))
    return Moment(at, "T" in found.iso)


def is_date_line(line: str) -> bool:
    """Whether a line is a date or a time, with a weekday perhaps, and nothing else."""
    flat = squash(line)
    return (
        len(flat) < 80
        and any(map(str.isdigit, flat))
        and ("/" in flat or ":" in flat or len(flat) > 8)
        and not _FILLING.sub("", flat)
    )


@dataclass(frozen=True, slots=True)
class Published:
    """The time that is believed, and what is odd about it."""

    moment: Moment | None = None
    issues: tuple[Issue, ...] = ()


def settle(printed: Moment | None, stated: Moment | None, fetched_at: str | None) -> Published:
    """The printed time, completed and checked by the stated one, which metadata give.

    A time after the capture is not believed if the other one can be.
    """
    issues: list[Issue] = []
    chosen = printed or stated
    if printed and stated:
        if not printed.exact and stated.exact and stated.at.date() == printed.at.date():
            chosen = stated
        if _conflict(printed, stated):
            issues.append(Issue("warning", "date_conflict", f"the page prints {printed.iso}, its metadata say {stated.iso}"))
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
