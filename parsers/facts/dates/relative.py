"""Dates seen from the day of publication: دیروز, هفته گذشته, ۱۰ روز پیش, شنبه آینده. Without that day there are none."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from parsers.facts.dates.models import Found, day_found, span_found
from parsers.grammar.calendar_words import EZAFE, GAP, LEFT, RIGHT, ends_with_cue, key, vocabulary
from parsers.persian.calendar import gregorian_date, gregorian_to_jalali, jalali_month_length, jalali_to_gregorian
from parsers.persian.numbers import match_number

_LEFT, _RIGHT = re.compile(LEFT), re.compile(RIGHT)
_REACH = 40
_COUNT_DIGITS = re.compile(f"(?<![0-9/.:,٬٫-])([0-9]{{1,9}}){GAP}\\Z")
_THOUSANDS = re.compile(f"(?:صد|هزار|میلیون|میلیارد|[0-9]){GAP}(?:و{GAP}|[,٬.٫])?\\Z")
# «هزاران سال پیش», «ده‌ها سال پیش» too.
_SOME = re.compile(
    f"{LEFT}(?:چند|چندین|نیم|آن|همان|هر|یکی دو|دو سه|هزاران|(?:ده|صد|هزار|میلیون|میلیارد|سال){GAP}ها|سالیان){GAP}\\Z"
)
_AGO = re.compile(f"(روز|هفته|ماه|سال){EZAFE}(پیش|قبل|بعد|دیگر|آینده){RIGHT}")
# «سه روز پس از» counts from something else than the day of publication.
_FROM = re.compile(f"{GAP}از{RIGHT}")
_DURING = re.compile(f"{LEFT}(?:طی|ظرف|برای|طول|در|حداکثر){GAP}\\Z")
_WORD_START = re.compile("(?<![^\\W\\d_])(?<![^\\W\\d_]\u200c)[^\\W\\d_]")
_NIGHT = re.compile(f"{GAP}(?:شب|ظهر|صبح|عصر|بامداد|غروب){RIGHT}")
_NIGHT_TOO = f"(?:{GAP}(?:شب|صبح|عصر|ظهر){RIGHT})?"
_NEXT = re.compile(f"{_NIGHT_TOO}{EZAFE}(?:(?:آینده|آتی){RIGHT}|بعد{RIGHT}(?!{GAP}از{RIGHT}))")
_LAST = re.compile(f"{_NIGHT_TOO}{EZAFE}(?:گذشته{RIGHT}|(?:قبل|پیش){RIGHT}(?!{GAP}از{RIGHT}))")
_OF_WEEK = re.compile(
    f"{EZAFE}(?:این|همین)?{GAP}هفته(?:{EZAFE}(?:(?P<next>آینده|بعد|آتی)|(?P<last>گذشته|قبل|پیش)|جاری|کنونی))?{RIGHT}"
)
_EVERY = re.compile(f"{EZAFE}(?:هر|آخر|اول|سوری|بازار|سیاه|خونین){RIGHT}")
_PLURAL = re.compile(f"{GAP}ها(?:ی|یی)?{RIGHT}")
_GREGORIAN = re.compile(f"{GAP}میلادی{RIGHT}")
_DAY_OF = re.compile(f"روز{GAP}\\Z")


@cache
def _and_weekday() -> re.Pattern[str]:
    return re.compile(f"{GAP}(?:،|(?:و|تا){RIGHT}){GAP}(?:{vocabulary().weekday})")


@cache
def _bracketed_weekday() -> re.Pattern[str]:
    words = vocabulary()
    bare = f"(?:{words.weekday}){RIGHT}(?!{GAP}[،,(]?{GAP}(?:{words.day}))"
    return re.compile(f"{GAP}\\({GAP}(?:{words.weekday}){GAP}\\)|{GAP}[،,]?{GAP}{bare}")


def relative_date(folded: str, start: int, end: int, published: date) -> Found | None:
    """«دیروز», «شب گذشته (دوشنبه)», «هفته گذشته», «امسال»."""
    if not _LEFT.match(folded, start) or not _RIGHT.match(folded, end):
        return None
    if _FROM.match(folded, end) and folded.endswith(("قبل", "پیش", "بعد"), start, end):
        return None
    if _is_counted(folded, start):
        return counted_date(folded, start, end, published)
    word = key(folded[start:end])
    words = vocabulary()
    if word in words.days:
        bracketed = _bracketed_weekday().match(folded, end)
        day = published + timedelta(days=words.days[word])
        return day_found(folded, start, bracketed.end() if bracketed else end, day, "jalali")
    unit, shift = words.periods[word]
    if unit == "year" and (era := _GREGORIAN.match(folded, end)):
        days = gregorian_date(published.year + shift, 1, 1), gregorian_date(published.year + shift, 12, 31)
        return span_found(folded, start, era.end(), days, "gregorian", "range")
    return span_found(folded, start, end, _period(unit, shift, published), "jalali", "range")


def _is_counted(folded: str, start: int) -> bool:
    """«سه روز گذشته» is no yesterday."""
    if not folded.startswith(("روز", "شب", "هفته", "ماه", "سال"), start):
        return False
    low = max(0, start - 16)
    counted = _COUNT_DIGITS.search(folded, low, start) or _SOME.search(folded, low, start)
    return counted is not None or _number_before(folded, start) is not None


def _saturday(published: date, shift: int) -> date:
    """The first day of the week of publication, or of one so many weeks away."""
    return published - timedelta(days=(published.weekday() + 2) % 7) + timedelta(weeks=shift)


def _period(unit: str, shift: int, published: date) -> tuple[date | None, date | None]:
    if unit == "week":
        first = _saturday(published, shift)
        return first, first + timedelta(days=6)
    year, month, _ = gregorian_to_jalali(published)
    if unit == "year":
        year += shift
        return jalali_to_gregorian(year, 1, 1), jalali_to_gregorian(year, 12, jalali_month_length(year, 12))
    months = year * 12 + month - 1 + shift
    year, month = months // 12, months % 12 + 1
    return jalali_to_gregorian(year, month, 1), jalali_to_gregorian(year, month, jalali_month_length(year, month))


def counted_date(folded: str, start: int, _end: int, published: date) -> Found | None:
    """«۱۰ روز پیش», «دو هفته قبل»; a number of months or years means that month, that year."""
    found = _AGO.match(folded, start)
    digits = _COUNT_DIGITS.search(folded, max(0, start - 8), start)
    number = (int(digits[1]), digits.start()) if digits else _number_before(folded, start)
    if found is None or number is None or not 0 < number[0] < 1000:
        return None
    if found[2] in ("پیش", "قبل", "بعد") and _FROM.match(folded, found.end()):
        return None
    low = max(0, number[1] - 12)
    if _THOUSANDS.search(folded, low, number[1]) or (found[2] == "آینده" and _DURING.search(folded, low, number[1])):
        return None
    sign = -1 if found[2] in ("پیش", "قبل") else 1
    count, begin = sign * number[0], number[1]
    if found[1] in ("روز", "هفته"):
        day = _shifted(published, count * (7 if found[1] == "هفته" else 1))
        return day_found(folded, begin, found.end(), day, "jalali") if day else None
    days = _period("month" if found[1] == "ماه" else "year", count, published)
    return span_found(folded, begin, found.end(), days, "jalali", "range")


def _shifted(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _number_before(folded: str, end: int) -> tuple[int, int] | None:
    """(value, start) of the number in words that ends right before `end`."""
    low = max(0, end - _REACH)
    stripped = len(folded[low:end].rstrip(" \u200c")) + low
    for word in _WORD_START.finditer(folded, low, end):
        found = match_number(folded, word.start())
        if found is not None and found.end == stripped:
            return found.value, word.start()
    return None


def weekday_alone(folded: str, start: int, end: int, published: date) -> Found | None:
    """«روز یکشنبه»: the latest such day by the publication; «شنبه آینده» the next."""
    if not _LEFT.match(folded, start) or not _weekday_ends(folded, end) or _is_no_day(folded, start):
        return None
    number = vocabulary().weekdays[key(folded[start:end])]
    day = published - timedelta(days=((published.weekday() + 2) % 7 - number) % 7)
    at = stop = end
    while row := _and_weekday().match(folded, at):  # «دوشنبه و سه‌شنبهٔ هفتهٔ آینده»
        at = row.end()
    if (said := _OF_WEEK.match(folded, at)) and (said["next"] or said["last"] or "جاری" in said[0] or "ین" in said[0]):
        shift = 1 if said["next"] else -1 if said["last"] else 0
        day, stop = _saturday(published, shift) + timedelta(days=number), said.end()
    elif said := _NEXT.match(folded, at):
        day, stop = day + timedelta(days=7), said.end()
    elif said := _LAST.match(folded, at):
        day, stop = day - timedelta(days=7 * (day == published)), said.end()
    stop = stop if at == end else end
    before = _DAY_OF.search(folded, max(0, start - 6), start)
    begin = before.start() if before and _LEFT.match(folded, before.start()) else start
    return day_found(folded, begin, stop, day, "jalali")


def _weekday_ends(folded: str, end: int) -> bool:
    if _PLURAL.match(folded, end) or _EVERY.match(folded, end):
        return False
    return _RIGHT.match(folded, end) is not None or _NIGHT.match(folded, end) is not None


def _is_no_day(folded: str, start: int) -> bool:
    """«نماز جمعه», «امام جمعه»; «هر جمعه», «نخستین شنبه», «دومین روز جمعه»."""
    before = _DAY_OF.search(folded, max(0, start - 6), start)
    end = before.start() if before else start
    window = folded[max(0, end - 16) : end].rstrip(" \u200c")
    return ends_with_cue("not_weekday", window)
