"""Seasons, years and decades by themselves, and years in a row."""

from __future__ import annotations

import re
from datetime import date, timedelta

from parsers.facts.dates.models import Found, span_found
from parsers.facts.dates.named_months import BESIDE, year_beside
from parsers.facts.dates.shared_years import year_of_seasons
from parsers.facts.dates.years import Year, counts_something, ends_freely, relative_year, year_after, year_at
from parsers.grammar.calendar_words import EZAFE, GAP, LEFT, RIGHT, key, vocabulary
from parsers.persian.calendar import (
    gregorian_date,
    gregorian_to_jalali,
    hijri_to_gregorian,
    jalali_month_length,
    jalali_to_gregorian,
)
from parsers.persian.numbers import match_number

_LEFT, _RIGHT = re.compile(LEFT), re.compile(RIGHT)
_YEARS_GO_ON = re.compile("سال(?:\u200c| )?های?[^.]{0,20}(?:تا|الی|و|لغایت|[-–])\\Z|سال [0-9]{4} (?:تا|الی|و)\\Z")
_NEAR = 5
_AND_YEAR = re.compile(f"{GAP}(?:(?:،{GAP}|,[ \u200c]{{1,3}})(?:و{GAP})?|(?:و|یا|تا|الی|لغایت){RIGHT}{GAP}|[-–]{GAP})(?=[0-9'’])")


def season(folded: str, start: int, end: int, published: date | None) -> Found | None:
    """«تابستان ۱۳۹۸», «بهار امسال»."""
    if not _LEFT.match(folded, start) or not _RIGHT.match(folded, end):
        return None
    first_month = vocabulary().seasons[key(folded[start:end])]
    year = (
        year_after(folded, end, "jalali", with_day=False)
        or relative_year(folded, end, "jalali", published)
        or year_of_seasons(folded, end, first_month, published)
    )
    if year is not None:
        number, stop = year.number, year.end
    elif published and (beside := BESIDE.match(folded, end)):
        number, stop = year_beside(published, first_month, first_month + 2, is_next=beside["next"] is not None), beside.end()
    else:
        return None
    first = jalali_to_gregorian(number, first_month, 1)
    last = jalali_to_gregorian(number, first_month + 2, jalali_month_length(number, first_month + 2))
    return span_found(folded, start, stop, (first, last), "jalali", "season")


_SAL = re.compile(f"(?:سال|مصوب)(?:{GAP}های)?{GAP}")


def year_alone(folded: str, start: int) -> Found | None:
    """«سال ۱۳۹۷», «سال ۹۷», «سال ۲۰۱۹ میلادی»; after «مصوب» the year alone is the date."""
    before = _SAL.match(folded, start)
    if before is None or not _LEFT.match(folded, start):
        return None
    named = folded.startswith("سال", start)
    year = year_at(folded, before.end(), None, named=named)
    if year is None or (year.end - before.end() < 4 and counts_something(folded, year.end)):
        return None
    return whole_year(folded, start if named and "های" not in before[0] else before.end(), year)


def years_in_row(folded: str, first: Found) -> list[Found]:
    """The years that go on a list or a range: «سال‌های ۹۵ و ۹۷», «سال‌های ۱۳۶۹، ۱۳۷۱ و ۱۳۷۳»; without the first."""
    found: list[Found] = []
    before, plural = first, not folded.startswith("سال", first.start)
    latest = gregorian_to_jalali(first.first)[0] if first.first else 0
    while joint := _AND_YEAR.match(folded, before.end):
        year = year_at(folded, joint.end(), None, named=True)
        if year is None or counts_something(folded, year.end):
            break
        short = year.end - joint.end() < 4
        if short and first.calendar != year.calendar:  # «سال‌های ۲۰۱۵ و ۱۶»
            break
        next_to_it = latest < year.number <= latest + _NEAR and ends_freely(folded, year.end)
        if short and not plural and "تا" not in joint[0] and not next_to_it:  # «سال ۹۵ و ۴۰ شرکت»
            break
        latest = year.number
        before = whole_year(folded, joint.end(), year)
        found.append(before)
    return found


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


_DECADE = re.compile(f"دهه(?P<many>{GAP}های)?{EZAFE}")
_DECADE_DIGITS = re.compile("[0-9]{4}(?![0-9])|[0-9]{2}(?![0-9])")
_CENTURY = f"{GAP}(?:قرن{GAP}(?:بیستم|20)(?:{GAP}میلادی)?|میلادی){RIGHT}"
_ERA_GREGORIAN = re.compile(_CENTURY)
# «دههٔ ۷۰ تا ۹۰ میلادی»: the era at the end of a row is that of all.
_ROW_GREGORIAN = re.compile(f"(?:{GAP}(?:،|(?:و|یا|تا){RIGHT}){GAP}(?:[0-9]{{2}}|[^\\W\\d_]+)){{0,4}}{_CENTURY}")
_AND_DECADE = re.compile(f"{GAP}(?:،{GAP}|(?:و|یا|تا){RIGHT}{GAP})")


def decade(folded: str, start: int) -> Found | None:
    """«دهه ۸۰», «دهه نود», «دهه ۱۹۸۰ میلادی»: ten years."""
    before = _DECADE.match(folded, start)
    if before is None or not _LEFT.match(folded, start):
        return None
    return _ten_years(folded, before.end() if before["many"] else start, before.end())


def decades_in_row(folded: str, first: Found) -> list[Found]:
    """The decades that go on: «دهه‌های هفتاد و هشتاد»; without the first."""
    found: list[Found] = []
    before: Found | None = first
    while before and (joint := _AND_DECADE.match(folded, before.end)):
        before = _ten_years(folded, joint.end(), joint.end())
        if before and before.calendar == first.calendar and not counts_something(folded, before.end):
            found.append(before)
    return found


def _ten_years(folded: str, start: int, at: int) -> Found | None:
    """The decade whose number stands at `at`."""
    digits = _DECADE_DIGITS.match(folded, at)
    worded = match_number(folded, at) if digits is None else None
    number, end = (int(digits[0]), digits.end()) if digits else (worded.value, worded.end) if worded else (1, 0)
    if number % 10 or not (10 <= number < 100 or 1200 <= number < 2100):
        return None
    era = _ERA_GREGORIAN.match(folded, end)
    if number < 100:
        number += 1900 if _ROW_GREGORIAN.match(folded, end) else 1400 if number < 20 else 1300
    if number >= 1700:
        days = (gregorian_date(number, 1, 1), gregorian_date(number + 9, 12, 31))
        return span_found(folded, start, era.end() if era else end, days, "gregorian", "decade")
    days = (jalali_to_gregorian(number, 1, 1), jalali_to_gregorian(number + 9, 12, jalali_month_length(number + 9, 12)))
    return span_found(folded, start, end, days, "jalali", "decade")
