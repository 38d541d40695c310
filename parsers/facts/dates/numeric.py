"""Dates in digits: 1395/09/20, ۳/۲/۱۳۹۸, 25-11-1391, ۹۸.۲.۱۵, 2019-05-05. And what only looks like one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.facts.dates.models import Found, day_found
from parsers.grammar.calendar_words import ERA, LEFT, vocabulary
from parsers.persian.calendar import gregorian_date, hijri_to_gregorian, jalali_to_gregorian

if TYPE_CHECKING:
    from datetime import date

_TRIPLE = re.compile(
    "(?<![0-9])([0-9]{1,4})( ?)([/.–٫\\\\ر-])( ?)([0-9]{1,2})( ?)\\3( ?)([0-9]{1,4})"
    "(?![0-9]|[/–-] ?[0-9]|\\.[0-9]|[/–-] ?[^\\W\\d_](?![^\\W\\d_]{2})|[%٪])"
)
_BEFORE = re.compile("[0-9A-Za-z][/.:–_-]\\Z|[/:_@#=&?]\\Z|[A-Za-z0-9]\\Z|[0-9][.,٫٬]\\Z")
_CUE = re.compile("(?:تاریخ|مورخ|مورخه|تاریخه|مصوب|مورخۀ|تا|از|روز|انتشار|در)[ :\u200c(]*\\Z")
_OF_WHAT = "(?:[ \u200c](?:نامه|پرونده|ثبت|دادنامه|ابلاغیه|مصوبه|سند))?"
_LETTER_NUMBER = re.compile(f"{LEFT}(?:شماره(?:[ \u200c]?ی|ٔ)?{_OF_WHAT}|ش|کد|کلاسه(?:[ \u200c]?پرونده)?)[ \u200c:.(]*\\Z")
_ERA = re.compile(ERA)


def numeric_date(folded: str, start: int, published: date | None) -> Found | None:
    """The date whose first digit is at `start`."""
    found = _TRIPLE.match(folded, start)
    if found is None or _is_something_else(folded, found):
        return None
    first, sign, second, third = found[1], found[3], int(found[5]), found[8]
    if len(first) == 4 and len(third) <= 2:
        return _four_digits(folded, found, int(first), second, int(third), leads=True)
    if len(third) == 4 and len(first) <= 2:
        return _four_digits(folded, found, int(third), second, int(first), leads=False)
    if len(first) <= 2 and len(third) <= 2:
        day = _two_digits(folded, found, (first, second, third), sign, published)
        return day_found(folded, found.start(), found.end(), day, "jalali") if day else None
    return None


def _is_something_else(folded: str, found: re.Match[str]) -> bool:
    """Part of a longer number, an address, a letter's number, a version, a clause."""
    before = folded[max(0, found.start() - 20) : found.start()]
    if _BEFORE.search(before):
        return True
    if found[3] == "/":
        return _LETTER_NUMBER.search(before) is not None
    word = re.search("([^\\W\\d_]+)[ \u200c:.(«]*\\Z", before)
    cue = vocabulary().cues["numbered"].fullmatch(word[1]) if word else None
    return cue is not None


def _four_digits(folded: str, found: re.Match[str], year: int, month: int, day: int, *, leads: bool) -> Found | None:
    """A year in full: the date is what is printed, possible or not."""
    era = _ERA.match(folded, found.end())
    hijri = era is not None and "ق" in era[0]
    end = era.end() if era else found.end()
    if hijri and 1000 <= year < 1600:
        return day_found(folded, found.start(), end, hijri_to_gregorian(year, month, day), "hijri")
    if 1200 <= year < 1500:
        return day_found(folded, found.start(), end, jalali_to_gregorian(year, month, day), "jalali")
    if 1800 <= year < 2200:
        if month > 12 >= day and not leads:
            month, day = day, month
        return day_found(folded, found.start(), end, gregorian_date(year, month, day), "gregorian")
    return None


def _two_digits(folded: str, found: re.Match[str], parts: tuple[str, int, str], sign: str, published: date | None) -> date | None:
    """Year first unless that is impossible or later than the publication; 30-99 are 13xx, 00-29 are 14xx.

    What can only be read as a day after the publication needs a word such as «مورخ» or «تا» before it.
    """
    first, month, third = parts
    if len(first) == len(third) == 1:
        return None
    cued = _CUE.search(folded[max(0, found.start() - 12) : found.start()]) is not None
    read: list[date] = []
    for year, day in ((first, third), (third, first)):
        if len(year) != 2:
            continue
        if int(year) < 30 and not (cued or (sign == "/" and year[0] == "0")):
            continue
        number = int(year) + (1400 if int(year) < 30 else 1300)
        possible = jalali_to_gregorian(number, month, int(day))
        if possible is not None and (published is None or cued or possible <= published or year is third):
            read.append(possible)
    past = [day for day in read if published is None or day <= published]
    return next(iter([*past, *reversed(read)]), None)
