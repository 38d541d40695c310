"""Dates with a month's or a season's name, and years and decades by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from parsers.persian.calendar import (
    gregorian_date,
    gregorian_to_jalali,
    hijri_to_gregorian,
    jalali_month_length,
    jalali_to_gregorian,
)
from parsers.persian.date_found import Found, day_found, span_found
from parsers.persian.date_patterns import GAP, LEFT, RIGHT, Named, day_number, key, vocabulary
from parsers.persian.date_year import Year, counts_something, year_after, year_at
from parsers.persian.numbers import match_number

_REACH = 48
_MAH = re.compile(f"{GAP}(?:ی{GAP})?ماه(?:ٔ|{GAP}ی)?{RIGHT}")
_ENGLISH = re.compile("[A-Za-z]")
_ENGLISH_AFTER = re.compile(r"\.? +([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})(?![0-9])")
_ENGLISH_BEFORE = re.compile(r"(?<![0-9/])([0-9]{1,2})(?:st|nd|rd|th)? +\Z")
_ENGLISH_YEAR = re.compile(r"\.?,? +([0-9]{4})(?![0-9])")
_MONTH_END = re.compile(f"{RIGHT}|(?={GAP}ماه{RIGHT})|(?=[0-9])")
_RELATIVE_YEAR = re.compile(
    f"{GAP}(?:(?P<last>سال{GAP}(?:گذشته|قبل|پیش)|پارسال)|(?P<this>امسال|سال{GAP}جاری)|(?P<next>سال{GAP}(?:آینده|بعد))){RIGHT}"
)
_DAY_AFTER = re.compile(f"{GAP}([0-9]{{1,2}}){GAP}[,،]{GAP}([0-9]{{4}})(?![0-9])")
_YEARS_GO_ON = re.compile("سال(?:\u200c| )?های?[^.]{0,20}(?:تا|الی|و|لغایت|[-–])\\Z|سال [0-9]{4} (?:تا|الی|و)\\Z")


@dataclass(frozen=True, slots=True)
class _Patterns:
    day: re.Pattern[str]
    range_start: re.Pattern[str]
    left: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = vocabulary()
    joint = f"{GAP}(?:روز{GAP})?(?:از{GAP})?(?:ماه{GAP})?"
    return _Patterns(
        day=re.compile(f"({words.day}){joint}\\Z"),
        range_start=re.compile(f"({words.day}){GAP}(?:تا|الی|لغایت|و|[-–]){GAP}\\Z"),
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
    if number is not None and number > 40:
        day = number = None
    turned = _DAY_AFTER.match(folded, after) if day is None else None
    if turned:  # «مهر ۱۲, ۱۴۰۵»
        return day_found(folded, start, turned.end(), _on(int(turned[2]), month, int(turned[1])), month.calendar)
    year = year_after(folded, after, month.calendar, with_day=day is not None)
    if day is None or number is None:
        return _month_alone(folded, (start, after), month, year, published, marked=mah is not None)
    first = _patterns().range_start.search(folded, max(0, day.start() - _REACH), day.start())
    if first is not None and (opening := day_number(first[1])) is not None and 0 < opening < number:
        return _day_range(folded, (first.start(), opening), number, after, month, year, published)
    if year is None:
        return _without_year(folded, day.start(), after, number, month, published)
    found = _on(year.number, month, number)
    return day_found(folded, day.start(), year.end, found, month.calendar)


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
    """A month of a year; without a year only «مهرماه» and the like, or «مهر امسال»."""
    start, after = span
    if year is not None:
        return _whole_month(folded, start, year.end, year.number, month)
    if published is None or month.calendar != "jalali":
        return None
    this_year, this_month, _ = gregorian_to_jalali(published)
    relative = _RELATIVE_YEAR.match(folded, after)
    if relative:
        shift = -1 if relative["last"] else 1 if relative["next"] else 0
        return _whole_month(folded, start, relative.end(), this_year + shift, month)
    if not marked:
        return None
    ahead = is_ahead(folded, after)
    past = this_year if month.number <= this_month else this_year - 1
    future = this_year if month.number >= this_month else this_year + 1
    return _whole_month(folded, start, after, future if ahead else past, month)


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
    """«۲۶ تیر»: the latest one by the day of publication, or the next where the sentence looks ahead."""
    if published is None or not 1 <= day <= 31:
        return None
    relative = _RELATIVE_YEAR.match(folded, end) if month.calendar == "jalali" else None
    if relative:
        shift = -1 if relative["last"] else 1 if relative["next"] else 0
        found = _on(gregorian_to_jalali(published)[0] + shift, month, day)
        return day_found(folded, start, relative.end(), found, month.calendar)
    word = folded[end - 4 : end].rsplit(" ", maxsplit=1)[-1]
    if word in ("می", "صفر"):  # «۵ می گوید», «۲ صفر»
        return None
    return day_found(folded, start, end, _nearest(folded, end, day, month, published), month.calendar)


def _nearest(folded: str, end: int, day: int, month: Named, published: date) -> date | None:
    this_year = {
        "jalali": gregorian_to_jalali(published)[0],
        "gregorian": published.year,
        "hijri": (published - date(622, 7, 19)).days * 1000 // 354367 + 1,
    }[month.calendar]
    days = [found for year in range(this_year - 5, this_year + 6) if (found := _on(year, month, day)) is not None]
    past = [found for found in days if found <= published]
    future = [found for found in days if found > published]
    if future and is_ahead(folded, end):
        return future[0] if not past or past[-1] != published else past[-1]
    return past[-1] if past else None


def is_ahead(folded: str, end: int) -> bool:
    """Whether the sentence speaks of what is to come."""
    stop = re.compile("[.!؟\n]").search(folded, end)
    limit = min(stop.start() if stop else len(folded), end + 120)
    return vocabulary().cues["future"].search(folded, end, limit) is not None


def season(folded: str, start: int, end: int, published: date | None) -> Found | None:
    """«تابستان ۱۳۹۸», «بهار امسال»."""
    if not _patterns().left.match(folded, start) or not re.compile(RIGHT).match(folded, end):
        return None
    first_month = vocabulary().seasons[key(folded[start:end])]
    year = year_after(folded, end, "jalali", with_day=False)
    relative = _RELATIVE_YEAR.match(folded, end) if year is None and published else None
    if year is not None:
        number, stop = year.number, year.end
    elif relative and published:
        number = gregorian_to_jalali(published)[0] + (-1 if relative["last"] else 1 if relative["next"] else 0)
        stop = relative.end()
    else:
        return None
    first = jalali_to_gregorian(number, first_month, 1)
    last = jalali_to_gregorian(number, first_month + 2, jalali_month_length(number, first_month + 2))
    return span_found(folded, start, stop, (first, last), "jalali", "season")


_SAL = re.compile(f"(?:سال|مصوب)(?:{GAP}های)?{GAP}")


def year_alone(folded: str, start: int) -> Found | None:
    """«سال ۱۳۹۷», «سال ۹۷», «سال ۲۰۱۹ میلادی»; after «مصوب» the year alone is the date."""
    before = _SAL.match(folded, start)
    if before is None or not _patterns().left.match(folded, start):
        return None
    named = folded.startswith("سال", start)
    year = year_at(folded, before.end(), None, named=named)
    if year is None or (year.end - before.end() < 4 and counts_something(folded, year.end)):
        return None
    if "های" in before[0]:
        named = False
    return whole_year(folded, start if named else before.end(), year)


def bare_year(folded: str, start: int, end: int) -> Found | None:
    """Four digits after a word such as «بودجه», or with «میلادی» behind them, or ending «از ۱۳۹۵ تا ۱۳۹۸»."""
    if start and (folded[start - 1].isalpha() or folded[start - 1] in "/.-–:٫_@#"):
        return None
    year = year_at(folded, start, None, named=False)
    if year is None or counts_something(folded, year.end):
        return None
    window = folded[max(0, start - 24) : start].rstrip(" (\u200c")
    words = vocabulary().cues["year"]
    cue = next((m for m in words.finditer(window) if m.end() == len(window)), None)
    if cue is not None and (cue.start() == 0 or not window[cue.start() - 1].isalpha()):
        return whole_year(folded, start, year)
    if year.end > end or _YEARS_GO_ON.search(window):
        return whole_year(folded, start, year)
    return None


def whole_year(folded: str, start: int, year: Year) -> Found:
    """A year as a span of days."""
    number = year.number
    if year.calendar == "jalali":
        days = (jalali_to_gregorian(number, 1, 1), jalali_to_gregorian(number, 12, jalali_month_length(number, 12)))
    elif year.calendar == "gregorian":
        days = (gregorian_date(number, 1, 1), gregorian_date(number, 12, 31))
    else:
        following = hijri_to_gregorian(number + 1, 1, 1)
        days = (hijri_to_gregorian(number, 1, 1), following - timedelta(days=1) if following else None)
    return span_found(folded, start, year.end, days, year.calendar, "year")


_DECADE = re.compile(f"ده(?:ه|هٔ|ۀ)(?:{GAP}ی)?{GAP}")
_DECADE_DIGITS = re.compile("[0-9]{4}(?![0-9])|[0-9]{2}(?![0-9])")
_ERA_GREGORIAN = re.compile(f"{GAP}میلادی{RIGHT}")


def decade(folded: str, start: int) -> Found | None:
    """«دهه ۸۰», «دهه نود», «دهه ۱۹۸۰ میلادی»: ten years."""
    before = _DECADE.match(folded, start)
    if before is None or not _patterns().left.match(folded, start):
        return None
    digits = _DECADE_DIGITS.match(folded, before.end())
    worded = match_number(folded, before.end()) if digits is None else None
    number, end = (int(digits[0]), digits.end()) if digits else (worded.value, worded.end) if worded else (1, 0)
    if number % 10 or not (10 <= number < 100 or 1200 <= number < 2100):
        return None
    era = _ERA_GREGORIAN.match(folded, end)
    if number < 100:
        number += 1900 if era else 1400 if number < 20 else 1300
    if era or number >= 1700:
        days = (gregorian_date(number, 1, 1), gregorian_date(number + 9, 12, 31))
        return span_found(folded, start, era.end() if era else end, days, "gregorian", "decade")
    days = (jalali_to_gregorian(number, 1, 1), jalali_to_gregorian(number + 9, 12, jalali_month_length(number + 9, 12)))
    return span_found(folded, start, end, days, "jalali", "decade")
