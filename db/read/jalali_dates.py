"""Days as Persian readers write them: Jalali, in Persian digits and by the names of the months."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

TEHRAN = ZoneInfo("Asia/Tehran")
MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
GREGORIAN_MONTHS = (
    "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
)  # fmt: skip
_EARLIEST_GREGORIAN = 1700  # a smaller year is Jalali
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T|$)", re.ASCII)
_DAY_WITHIN = re.compile(r"\b(?:1[7-9]|2\d)\d\d-\d\d-\d\d\b", re.ASCII)
_TO_PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
TO_ASCII = str.maketrans("۰۱۲۳۴۵۶۷۸۹٬", "0123456789,")


@dataclass(frozen=True, slots=True)
class DateWords:
    """How a language writes days: the months of both calendars, what follows a Gregorian year, whether digits are Persian."""

    months: tuple[str, ...]
    gregorian_months: tuple[str, ...]
    gregorian: str
    persian_digits: bool

    def written(self, text: str) -> str:
        """Return the text with its digits as this language writes them."""
        return digits(text) if self.persian_digits else text.translate(TO_ASCII)


PERSIAN = DateWords(MONTHS, GREGORIAN_MONTHS, "میلادی", persian_digits=True)


def digits(value: object) -> str:
    """Return a number, or a text with digits, in Persian digits; integers with separators between thousands."""
    text = f"{value:,}".replace(",", "٬") if isinstance(value, int) else str(value)
    return text.translate(_TO_PERSIAN)


def month_name(month: str, words: DateWords = PERSIAN) -> str:
    """Return «اردیبهشت ۱۳۹۸» for "1398-02", «ژوئیه ۲۰۲۳ میلادی» for "2023-07", «۱۳۹۸» for "1398"; other texts with its digits."""
    year, _, number = month.partition("-")
    is_gregorian = year.isdecimal() and int(year) >= _EARLIEST_GREGORIAN
    era = f" {words.gregorian}" if is_gregorian else ""
    if len(number) != 2 or not number.isdecimal() or not 1 <= int(number) <= 12:
        return words.written(month) + era
    return f"{(words.gregorian_months if is_gregorian else words.months)[int(number) - 1]} {words.written(year)}{era}"


@lru_cache(4096)
def jalali(value: str | None, words: DateWords = PERSIAN) -> str:
    """Return «۱۵ اردیبهشت ۱۳۹۸» for an ISO day or moment (a moment's day is Tehran's); what is neither, as given."""
    if not value:
        return ""
    try:
        day = date.fromisoformat(value) if len(value) == 10 else _tehran_day(value)
    except ValueError:
        return words.written(value)
    found = JalaliDate.to_jalali(day.year, day.month, day.day)  # type: ignore[no-untyped-call]
    return f"{words.written(str(found.day))} {words.months[found.month - 1]} {words.written(str(found.year))}"


def is_day(value: object) -> bool:
    """Return whether it is an ISO day or moment of the Gregorian calendar."""
    return isinstance(value, str) and _DAY.match(value) is not None and int(value[:4]) >= _EARLIEST_GREGORIAN


def is_jalali_day(value: object) -> bool:
    """Return whether it is a Jalali day as the database has it, "1398-02-15"."""
    return isinstance(value, str) and _DAY.fullmatch(value) is not None and int(value[:4]) < _EARLIEST_GREGORIAN


def with_jalali(text: str) -> str:
    """Return the text with its ISO days in words and its digits Persian.

    An ISO day in Persian digits would be drawn backwards after Persian letters.
    """
    return digits(_DAY_WITHIN.sub(lambda found: jalali(found[0]), text))


def jalali_words(day: str, words: DateWords = PERSIAN) -> str:
    """Return «۱۵ اردیبهشت ۱۳۹۸» for the Jalali day "1398-02-15"."""
    return f"{words.written(str(int(day[8:])))} {month_name(day[:7], words)}"


@lru_cache(4096)
def jalali_month(value: str | None) -> str:
    """Return the Jalali month "1398-02" of an ISO day, the year "1398" of a year; "" for none.

    A Jalali month or year is given back as it is, and so is the first year of a span («1396-97»).
    """
    year, *rest = (value or "").split("-")
    if len(year) != 4 or not year.isdecimal() or not all(part.isdecimal() for part in rest):
        return ""
    month, day = (int(part) for part in (*rest, "1", "1")[:2])
    if int(year) < _EARLIEST_GREGORIAN:
        return f"{year}-{month:02d}" if rest and 1 <= month <= len(MONTHS) else year
    try:
        found = JalaliDate.to_jalali(int(year), month, day)  # type: ignore[no-untyped-call]
    except ValueError:
        return ""
    return f"{found.year:04d}-{found.month:02d}" if rest else f"{found.year:04d}"


def tehran_day(value: str | None) -> str:
    """Return the ISO day of an ISO day or moment, in Tehran; "" of what is neither."""
    try:
        return str(_tehran_day(value)) if value and len(value) > 10 else str(date.fromisoformat(value or ""))
    except ValueError:
        return ""


def _tehran_day(moment: str) -> date:
    found = datetime.fromisoformat(moment)
    return (found.astimezone(TEHRAN) if found.tzinfo else found).date()
