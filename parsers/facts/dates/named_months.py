"""Dates with a month's name: days, ranges of days, months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from parsers.facts.dates.models import Found, day_found, span_found
from parsers.facts.dates.shared_years import year_of_range, year_of_row
from parsers.facts.dates.years import Year, relative_year, year_after
from parsers.grammar.calendar_words import (
    EZAFE,
    GAP,
    LEFT,
    RIGHT,
    Named,
    day_number,
    ends_with_cue,
    key,
    vocabulary,
    weekday_before,
)
from parsers.persian.calendar import (
    gregorian_date,
    gregorian_to_jalali,
    hijri_to_gregorian,
    jalali_month_length,
    jalali_to_gregorian,
)
from parsers.persian.letters import ZWNJ

_REACH = 48
_MAH = re.compile(f"{GAP}(?:ی{GAP})?ماه(?:ٔ|{GAP}ی)?{RIGHT}")
# «نیمه اول مهر», «هفتهٔ دوم آبان», «سه‌ماههٔ اول» count no days.
_PART = re.compile(f"(?:ده|نیم|هفت|ماه)ه{EZAFE}\\Z")
_DASHED = re.compile(f"(?<![0-9/.:,٬٫–-])([0-3]?[0-9]){GAP}[-–]{GAP}([0-3]?[0-9]){GAP}\\Z")
_DAYS_BEGIN = re.compile(f"(?:\\A|[\n(:«]|{LEFT}(?:روز|روزهای|روز{ZWNJ}های|تاریخ|تاریخ{ZWNJ}های|مورخ|ایام|در|از)){GAP}\\Z")
BESIDE = re.compile(f"{GAP}(?:(?:گذشته|قبل|پیش)|(?P<next>آینده|آتی)){RIGHT}")
_SENTENCE_END = re.compile("[.!؟\n]")
_ENGLISH = re.compile("[A-Za-z]")
_ENGLISH_AFTER = re.compile(r"\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})(?![0-9])")
_ENGLISH_BEFORE = re.compile(r"(?<![0-9/])([0-9]{1,2})(?:st|nd|rd|th)? +\Z")
_ENGLISH_YEAR = re.compile(r"\.?,? +([0-9]{4})(?![0-9])")
_MONTH_END = re.compile(f"{RIGHT}|(?={GAP}ماه{RIGHT})|(?=[0-9])")
_DAY_AFTER = re.compile(f"{GAP}([0-9]{{1,2}}){GAP}[,،]{GAP}([0-9]{{4}})(?![0-9])")


@dataclass(frozen=True, slots=True)
class _Patterns:
    day: re.Pattern[str]
    listed: re.Pattern[str]
    range_start: re.Pattern[str]
    apart: re.Pattern[str]
    left: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = vocabulary()
    joint = f"{GAP}(?:روز{GAP}|از{GAP})?(?:ماه{GAP})?"
    return _Patterns(
        day=re.compile(f"({words.day}){joint}\\Z"),
        listed=re.compile(f"({words.day}){GAP}(?:[،,]|و){GAP}\\Z"),
        range_start=re.compile(f"({words.day}){GAP}(?:تا|الی|لغایت|و|[-–]){GAP}\\Z"),
        apart=re.compile(f"({words.day}){GAP}(?:،{GAP}و?|و){GAP}\\Z"),
        left=re.compile(LEFT),
    )


def named_date(folded: str, start: int, end: int, month: Named, published: date | None) -> Found | None:
    """The date around a month's name at `start:end`."""
    if _ENGLISH.match(folded, start):
        return _english(folded, start, end, month)
    if not _month_ends(folded, end) or not _month_begins(folded, start):
        return None
    mah = _MAH.match(folded, end)
    after = mah.end() if mah else end
    day = _patterns().day.search(folded, max(0, start - _REACH), start)
    number = day_number(day[1]) if day else None
    if day is not None and (number is None or number > 40 or _is_part(folded, day)):
        day = number = None
    if day is None and (dashed := _DASHED.search(folded, max(0, start - _REACH), start)) and int(dashed[1]) < int(dashed[2]):
        year = _year_behind(folded, after, month, published, with_day=True)
        return _day_range(folded, (dashed.start(), int(dashed[1])), int(dashed[2]), after, month, year, published)
    turned = _DAY_AFTER.match(folded, after) if day is None else None
    if turned:  # «مهر ۱۲, ۱۴۰۵»
        return day_found(folded, start, turned.end(), _on(int(turned[2]), month, int(turned[1])), month.calendar)
    year = _year_behind(folded, after, month, published, with_day=day is not None)
    if year is None and not BESIDE.match(folded, after):
        year = year_of_range(folded, day.start() if day else start, after, month)
    if day is None or number is None:
        return _month_alone(folded, (start, after), month, year, published, marked=mah is not None)
    first = _patterns().range_start.search(folded, max(0, day.start() - _REACH), day.start())
    if first is not None and (opening := day_number(first[1])) is not None and _spans(first, opening, number):
        return _day_range(folded, _listed(folded, first.start(), opening), number, after, month, year, published)
    if year is None:
        return _without_year(folded, day.start(), after, number, month, published)
    found = _on(year.number, month, number)
    return day_found(folded, day.start(), year.end, found, month.calendar)


def _spans(opening: re.Match[str], first: int, last: int) -> bool:
    """Whether two days of a month are the ends of a range: «۱۲ تا ۱۵», «۱۲ و ۱۳»; «۱۹ و ۲۴» are days apart."""
    joined = opening[0].rstrip(f" {ZWNJ}").endswith(("و", "،"))
    return 0 < first < last and not (joined and last > first + 1)


def days_apart(folded: str, last: Found) -> list[Found]:
    """The days before the last of a list: «روزهای ۱۹، ۲۴ و ۲۶ اردیبهشت»; it must begin as lists of days do."""
    found: list[Found] = []
    number = re.match(vocabulary().day, folded[last.start : last.end])
    day, start = day_number(number[0]) if number else None, last.start
    while day and last.first and (before := _patterns().apart.search(folded, max(0, start - _REACH), start)):
        earlier = day_number(before[1])
        if earlier is None or not 0 < earlier < day:
            break
        on = (found[-1].first or last.first if found else last.first) - timedelta(days=day - earlier)
        found.append(day_found(folded, before.start(1), before.end(1), on, last.calendar))
        day, start = earlier, before.start(1)
    return found if found and _DAYS_BEGIN.search(folded, max(0, start - 16), start) else []


def _year_behind(folded: str, at: int, month: Named, published: date | None, *, with_day: bool) -> Year | None:
    """The year printed behind a month, in full, as «سال گذشته», or at the end of a row of months."""
    return (
        year_after(folded, at, month.calendar, with_day=with_day)
        or relative_year(folded, at, month.calendar, published)
        or year_of_row(folded, at, month, published, with_day=with_day)
    )


def _is_part(folded: str, day: re.Match[str]) -> bool:
    return not day[1][0].isdigit() and _PART.search(folded, max(0, day.start() - 12), day.start()) is not None


def _month_begins(folded: str, start: int) -> bool:
    """Not inside a word; a digit may be glued to it."""
    if start and folded[start - 1].isdigit():
        return True
    return _patterns().left.match(folded, start) is not None


def _month_ends(folded: str, end: int) -> bool:
    """At a word's end, or glued to ماه or to a year."""
    return _MONTH_END.match(folded, end) is not None


def _on(year: int, month: Named, day: int) -> date | None:
    make = {"jalali": jalali_to_gregorian, "gregorian": gregorian_date, "hijri": hijri_to_gregorian}[month.calendar]
    return make(year, month.number, day)


def _english(folded: str, start: int, end: int, month: Named) -> Found | None:
    """«May 7, 2022», «7 May 2022», «May 2022»."""
    if (start and folded[start - 1].isalpha()) or (end < len(folded) and folded[end].isascii() and folded[end].isalpha()):
        return None
    after = _ENGLISH_AFTER.match(folded, end)
    if after:
        return day_found(folded, start, after.end(), gregorian_date(int(after[2]), month.number, int(after[1])), "gregorian")
    year, before = _ENGLISH_YEAR.match(folded, end), _ENGLISH_BEFORE.search(folded, max(0, start - 8), start)
    if year is None:
        return None
    if before:
        found = gregorian_date(int(year[1]), month.number, int(before[1]))
        return day_found(folded, before.start(), year.end(), found, "gregorian")
    return _whole_month(folded, start, year.end(), int(year[1]), month)


def _month_alone(
    folded: str, span: tuple[int, int], month: Named, year: Year | None, published: date | None, *, marked: bool
) -> Found | None:
    """A month of a year; without a year only «مهرماه» and the like."""
    start, after = span
    if year is not None:
        return _whole_month(folded, start, year.end, year.number, month)
    if published is None or month.calendar != "jalali":
        return None
    this_year, this_month, _ = gregorian_to_jalali(published)
    if beside := BESIDE.match(folded, after):
        number = year_beside(published, month.number, month.number, is_next=beside["next"] is not None)
        return _whole_month(folded, start, beside.end(), number, month)
    if not marked:
        return None
    ahead = is_ahead(folded, after)
    past = this_year if month.number <= this_month else this_year - 1
    future = this_year if month.number >= this_month else this_year + 1
    return _whole_month(folded, start, after, future if ahead else past, month)


def _listed(folded: str, start: int, day: int) -> tuple[int, int]:
    """Where a row of following days begins, and its first day: «۱۲، ۱۳ و ۱۴ آبان»."""
    while (before := _patterns().listed.search(folded, max(0, start - _REACH), start)) and day_number(before[1]) == day - 1:
        start, day = before.start(), day - 1
    return start, day


def year_beside(published: date, first_month: int, last_month: int, *, is_next: bool) -> int:
    """The year of the latest such months that are over by the day of publication, or of the first that have not begun."""
    year, month, _ = gregorian_to_jalali(published)
    if is_next:
        return year if month < first_month else year + 1
    return year if month > last_month else year - 1


def _whole_month(folded: str, start: int, end: int, year: int, month: Named) -> Found:
    first = _on(year, month, 1)
    if month.calendar == "jalali":
        last = jalali_to_gregorian(year, month.number, jalali_month_length(year, month.number))
    else:
        following = _on(year + month.number // 12, Named(month.calendar, month.number % 12 + 1), 1)
        last = following - timedelta(days=1) if following else None
    return span_found(folded, start, end, (first, last), month.calendar, "month")


def _day_range(
    folded: str, opening: tuple[int, int], closing: int, after: int, month: Named, year: Year | None, published: date | None
) -> Found | None:
    """«۳ تا ۷ خرداد ۱۳۹۸», «۱۲ و ۱۳ آبان»: days of one month."""
    start, first_day = opening
    if year is None:
        if published is None:
            return None
        last = _nearest(folded, after, closing, month, published)
        first = last - timedelta(days=closing - first_day) if last else None
        return span_found(folded, start, after, (first, last), month.calendar, "range")
    days = (_on(year.number, month, first_day), _on(year.number, month, closing))
    return span_found(folded, start, year.end, days, month.calendar, "range")


def _without_year(folded: str, start: int, end: int, day: int, month: Named, published: date | None) -> Found | None:
    """«۲۶ تیر»: the latest one by the day of publication, or the next where the sentence looks ahead.

    Of these two the one that is a Wednesday is «چهارشنبه ۲۶ تیر».
    """
    if published is None or not 1 <= day <= 31:
        return None
    word = folded[end - 4 : end].rsplit(" ", maxsplit=1)[-1]
    if (word in ("می", "صفر") and "ماه" not in folded[start:end]) or _is_namesake(folded, start):  # «۵ می گوید», «۲ صفر»
        return None
    weekday = weekday_before().search(folded, max(0, start - _REACH), start)
    number = vocabulary().weekdays[key(weekday[1])] if weekday else None
    return day_found(folded, start, end, _nearest(folded, end, day, month, published, number), month.calendar)


def _is_namesake(folded: str, start: int) -> bool:
    """«خیابان سی تیر», «جبههٔ دوم خرداد»; «هفت تیر» is a pistol as well."""
    window = folded[max(0, start - 16) : start].rstrip(" \u200c")
    return folded.startswith("هفت تیر", start) or ends_with_cue("namesake", window)


def _nearest(folded: str, end: int, day: int, month: Named, published: date, weekday: int | None = None) -> date | None:
    this_year = {
        "jalali": gregorian_to_jalali(published)[0],
        "gregorian": published.year,
        "hijri": (published - date(622, 7, 19)).days * 1000 // 354367 + 1,
    }[month.calendar]
    days = [found for year in range(this_year - 5, this_year + 6) if (found := _on(year, month, day)) is not None]
    past = [found for found in days if found <= published]
    future = [found for found in days if found > published]
    ahead = bool(future) and is_ahead(folded, end) and (not past or past[-1] != published)
    likely = [*future[:1], *past[-1:]] if ahead else [*past[-1:], *future[:1]]
    fitting = [one for one in likely if weekday == (one.weekday() + 2) % 7]
    return next(iter(fitting or (likely if ahead or past else [])), None)


def is_ahead(folded: str, end: int) -> bool:
    """Whether the sentence speaks of what is to come."""
    stop = _SENTENCE_END.search(folded, end, end + 120)
    limit = stop.start() if stop else end + 120
    return vocabulary().cues["future"].search(folded, end, limit) is not None
