"""Publication times: what is printed, what the metadata say, and whether they can both be true.

The printed time comes first: it is the newsroom's own day. Metadata may be UTC, Tehran's time marked as UTC, or Jalali in
Persian digits; differences that a time zone explains are no conflict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from parsers.models import Issue
from parsers.page.comparison import comparable
from parsers.page.printed_moment import read_datetime
from parsers.persian.calendar import TEHRAN, gregorian_date, jalali_text, jalali_to_gregorian

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.page.time_candidates import TimeCandidate

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
# «31 / 05 /1396», «1391 خرداد 6», «ساعت 9 و 13 دقیقه».
_SPACED_NUMERIC = re.compile(r"(?<!\d)(\d{1,4}) ?/ ?(\d{1,2}) ?/ ?(\d{1,4})(?!\d)")
_YEAR_FIRST = re.compile(rf"(?<!\d)(1[34]\d\d) ({'|'.join(MONTHS.split())}) (\d{{1,2}})(?!\d|:)")
_CLOCK_IN_WORDS = re.compile(r"ساعت (\d{1,2}) ?و ?(\d{1,2}) ?دقیقه")
_JALALI_BEFORE = 1600
_ZONES_EXPLAIN = timedelta(hours=4, minutes=45)
_LATER_IS_WRONG = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class PageTime:
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


def machine_time(text: str | None) -> PageTime | None:
    """Return a time as metadata write it: ISO 8601, also with a Jalali year and Persian digits; without a zone it is Tehran's."""
    found = _ISO.fullmatch(comparable(text or ""))
    if not found:
        return printed_time(text)
    year, month, day = (int(found[i]) for i in (1, 2, 3))
    hour, minute, second = (int(found[i] or 0) for i in (4, 5, 6))
    known = (jalali_to_gregorian if year < _JALALI_BEFORE else gregorian_date)(year, month, day)
    if known is None or hour > 23 or minute > 59 or second > 59:
        return None
    return _in_tehran(datetime.combine(known, time(hour, minute, second)), found[7], exact=found[4] is not None)


def _in_tehran(naive: datetime, zone: str | None, *, exact: bool) -> PageTime | None:
    try:
        if not zone or not exact:
            return PageTime(naive.replace(tzinfo=TEHRAN), exact)
        if zone.upper() in ("Z", "UTC", "GMT"):
            return PageTime(naive.replace(tzinfo=UTC).astimezone(TEHRAN), exact)
        aware = datetime.strptime(f"{naive:%Y-%m-%dT%H:%M:%S}{zone}", "%Y-%m-%dT%H:%M:%S%z")
        return PageTime(aware.astimezone(TEHRAN), exact)
    except (ValueError, OverflowError):
        return None


def printed_time(text: str | None) -> PageTime | None:
    """A time as pages print it for readers; the only clock in the text belongs to its date, whatever stands between them."""
    text = _as_usual(comparable(text)) if text else ""
    found = read_datetime(text) if text else None
    if found is None or not found.iso:
        return None
    at = datetime.fromisoformat(found.iso)
    at = at if at.tzinfo else at.replace(tzinfo=TEHRAN)
    clocks = _CLOCK.findall(text)
    if "T" not in found.iso and len(clocks) == 1:
        hour, minute = map(int, clocks[0])
        return PageTime(at.replace(hour=hour, minute=minute))
    return PageTime(at, "T" in found.iso)


def _as_usual(flat: str) -> str:
    """Return a printed time with its parts in the order and with the signs that dates in prose have."""
    flat = _SPACED_NUMERIC.sub(r"\1/\2/\3", flat)
    flat = flat.replace(" / ", "، ")  # some pages part weekday, date and clock by slashes, as if they were a numeric date
    flat = _YEAR_FIRST.sub(r"\3 \2 \1", flat)
    return _CLOCK_IN_WORDS.sub(lambda clock: f"{int(clock[1]):02}:{int(clock[2] or 0):02}", flat)


def without_time(flat: str) -> str:
    """Return a comparable line without its weekdays, months, clocks and the words around them."""
    return _FILLING.sub("", flat)


def is_date_line(line: str) -> bool:
    """Return whether a line is a date or a time, with a weekday perhaps, and nothing else."""
    flat = comparable(line)
    return (
        len(flat) < 80
        and any(map(str.isdigit, flat))
        and ("/" in flat or ":" in flat or len(flat) > 8)
        and not without_time(flat)
    )


@dataclass(frozen=True, slots=True)
class Published:
    """The time that is believed, what named it, and what is odd about it."""

    moment: PageTime | None = None
    source: str | None = None
    issues: tuple[Issue, ...] = ()


# The order of trust: whether the time is exact, and what names it. The newsroom's own print comes first, since metadata may be
# UTC or Tehran's time marked as UTC; a bare day without a label may be anything, and yields to exact metadata.
_TRUST: tuple[tuple[bool | None, frozenset[str]], ...] = (
    (None, frozenset(("labelled",))),
    (True, frozenset(("printed",))),
    (True, frozenset(("metadata", "json_ld", "microdata"))),
    (False, frozenset(("printed",))),
    (False, frozenset(("metadata", "json_ld", "microdata"))),
    (None, frozenset(("address",))),
)


def judge_time(candidates: Sequence[TimeCandidate], fetched_at: str | None) -> Published:
    """Return the time of publication among the candidates of a page, the same way for every family of pages.

    A day without a clock is completed by any other candidate of that day. A time after the capture is not believed while another
    can be; where nothing else is, an issue `future_date` says so. Metadata that contradict the print make a `date_conflict`.
    """
    ranked = sorted(candidates, key=_trust)
    limit = machine_time(fetched_at)
    possible = [one for one in ranked if limit is None or one.moment.at <= limit.at + _LATER_IS_WRONG]
    issues = [_future(one, limit) for one in ranked[:1] if limit and one not in possible]
    chosen = next(iter(possible or ranked), None)
    if chosen is None:
        return Published()
    issues += [_conflict(chosen, other) for other in ranked if _contradicts(chosen, other)][:1]
    return Published(_completed(chosen.moment, ranked), chosen.source, tuple(issues))


def _trust(candidate: TimeCandidate) -> int:
    return next(
        rank
        for rank, (exact, sources) in enumerate(_TRUST)
        if candidate.source in sources and exact in (None, candidate.moment.exact)
    )


def _completed(moment: PageTime, candidates: Sequence[TimeCandidate]) -> PageTime:
    if moment.exact:
        return moment
    same_day = (one.moment for one in candidates if one.moment.exact and one.moment.at.date() == moment.at.date())
    return next(same_day, moment)


def _future(candidate: TimeCandidate, limit: PageTime) -> Issue:
    return Issue("warning", "future_date", f"published {candidate.moment.iso}, after the capture of {limit.iso}")


def _conflict(chosen: TimeCandidate, other: TimeCandidate) -> Issue:
    printed, stated = (chosen, other) if chosen.source in _PRINTED else (other, chosen)
    return Issue("warning", "date_conflict", f"the page prints {printed.moment.iso}, its metadata say {stated.moment.iso}")


_PRINTED = frozenset(("labelled", "printed"))
_STATED = frozenset(("metadata", "json_ld", "microdata"))


def _contradicts(chosen: TimeCandidate, other: TimeCandidate) -> bool:
    """Return whether one is printed, the other stated, and no zone of time explains that they differ."""
    pair = {chosen.source, other.source}
    if not (pair & _PRINTED and pair & _STATED):
        return False
    one, another = chosen.moment, other.moment
    if one.exact and another.exact:
        return abs(one.at - another.at) > _ZONES_EXPLAIN
    return abs((one.at.date() - another.at.date()).days) > 1
