"""Days and periods seen from the day of publication: دیروز, هفته گذشته, امسال, روز پنجم ماه جاری."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.calendars import day_of, month_away, period, years_of
from parsers.facts.dates.counted import counted_date, is_counted, is_ordinal
from parsers.facts.dates.cues import stands_before, stands_within
from parsers.facts.dates.models import FoundDate, day_found, span_found
from parsers.facts.dates.nowadays import Reading, reading_of
from parsers.facts.dates.sense import sense_of, sentence_start
from parsers.grammar.blanks import GAP, WORD_END, WORD_START
from parsers.grammar.calendar_words import any_of, key, vocabulary, word
from parsers.grammar.joints import COMMA, FROM
from parsers.grammar.month_days import MONTH_DAY, month_day_value
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

_WORD_START, _WORD_END = expression(WORD_START), expression(WORD_END)
_GREGORIAN = expression(GAP + any_of(load("dates")["eras"]["gregorian"]))
_FROM = expression(GAP + FROM)
_FROM_BEFORE = expression(rf"{WORD_START}{FROM}{GAP}\Z")
_OF_MANY = 8
_PREPOSITION_LAST = expression(rf"{word('from_noun')}\Z")
# «پنجم | ماه جاری», «روز ۵ | ماه جاری»: digits count months («۵ ماه گذشته») unless «روز» stands before them.
_DAY_OF_MONTH = expression(rf"(?P<marked>{WORD_START}{word('day')}{GAP})?({MONTH_DAY}){GAP}\Z")
_REACH = 40
_LAST_DAY = 31
_WEEK = 7
# A sentence begins at most so many characters before its first word.
_OPENING = 3


@cache
def _weekday_after() -> re.Pattern[str]:
    """Return a weekday in apposition: «شب گذشته (دوشنبه)», «امروز دوشنبه», but not «امروز دوشنبه ۱۲ آبان»."""
    weekday = vocabulary().weekday
    bare = f"(?P<bare>{weekday}){WORD_END}(?!{GAP}(?:{COMMA}|\\()?{GAP}{MONTH_DAY})"
    return expression(rf"{GAP}\({GAP}(?P<bracketed>{weekday}){GAP}\)|{GAP}{COMMA}?{GAP}{bare}")


@cache
def _date_after() -> re.Pattern[str]:
    """Return a date in apposition, which shows that a day is meant: «امروز شنبه دوم شهریور», «امروز (۱۲ آبان)»."""
    words = vocabulary()
    return expression(
        rf"{GAP}(?:{COMMA}|[(:-])?{GAP}(?:{word('day')}{GAP})?(?:{words.weekday}|{MONTH_DAY}{GAP}(?:{words.month}))"
    )


def relative_date(folded: str, start: int, end: int, published: date) -> FoundDate | None:
    """Return «دیروز», «شب گذشته (دوشنبه)», «هفته گذشته», «امسال»; None if the words count something or mean nowadays."""
    if not _WORD_START.match(folded, start) or not _WORD_END.match(folded, end):
        return None
    if _FROM.match(folded, end) and _PREPOSITION_LAST.search(folded, start, end):
        return None
    word_key = key(folded[start:end])
    words = vocabulary()
    unit, shift = words.periods.get(word_key, ("", 0))
    if unit == "month" and (found := _day_of_period(folded, (start, end), shift, published)):
        return found
    if is_counted(folded, start, end):
        return counted_date(folded, start, published)
    if word_key in words.days:
        return _day(folded, (start, end), words.days[word_key], published)
    if not unit:  # «روز بعد»
        return None
    if unit == "year" and (era := _GREGORIAN.match(folded, end)):
        days = years_of("gregorian", published.year + shift, published.year + shift)
        return span_found("relative_period", folded, (start, era.end()), days, "gregorian", "range")
    return span_found("relative_period", folded, (start, end), period(unit, shift, published), "jalali", "range")


def _day(folded: str, span: tuple[int, int], shift: int, published: date) -> FoundDate | None:
    if shift < 0 and _is_of_every_day(folded, span[0]):
        return None
    if shift > 0 and (stands_before("site_before_tomorrow", folded, span[0]) or _is_of_a_story(folded, *span)):
        return None
    weekday = _weekday_after().match(folded, span[1])
    reading: Reading = "day" if _date_after().match(folded, span[1]) else reading_of(folded, *span)
    if reading == "nowadays":
        return None
    rule = "relative_day" if reading == "day" else "relative_day_unsure"
    day = published + timedelta(days=shift)
    if weekday is None:
        return day_found(rule, folded, span, day, "jalali")
    of_weekday = _nearest(day, vocabulary().weekdays[key(weekday["bracketed"] or weekday["bare"])])
    return day_found(
        rule if of_weekday == day else "relative_day_by_weekday", folded, (span[0], weekday.end()), of_weekday, "jalali"
    )


def _nearest(day: date, weekday: int) -> date:
    """Return the day with this weekday (0: Saturday) that is nearest to a day: a text is often published after it was written."""
    away = (weekday - day.weekday() - 2) % _WEEK
    return day + timedelta(days=away if away <= _WEEK // 2 else away - _WEEK)


def _is_of_a_story(folded: str, start: int, end: int) -> bool:
    """Return whether «فردا» begins a sentence about the past: «فردا صبح همه چیز را تعریف کرد»."""
    begins = sentence_start(folded, start, _REACH)
    return start - begins <= _OPENING and sense_of(folded, start, end) == "back"


def _is_of_every_day(folded: str, start: int) -> bool:
    """«هر روز بدتر از | روز قبل»: no certain day."""
    compared = stands_before("compared", folded, start) or _FROM_BEFORE.search(folded, max(0, start - _OF_MANY), start)
    return bool(compared) and stands_within("every_day", folded, max(0, start - _REACH), start) is not None


def _day_of_period(folded: str, span: tuple[int, int], shift: int, published: date) -> FoundDate | None:
    """«روز پنجم ماه جاری», «بیستم ماه گذشته»."""
    before = _DAY_OF_MONTH.search(folded, max(0, span[0] - _REACH), span[0])
    number = month_day_value(before[2]) if before else None
    if before is None or number is None or not 1 <= number <= _LAST_DAY:
        return None
    if not before["marked"] and not is_ordinal(before[2]):
        return None
    era = _GREGORIAN.match(folded, span[1])
    calendar = "gregorian" if era else "jalali"
    year, month = month_away(calendar, shift, published)
    day = day_of(calendar, year, month, number)
    return day_found("day_of_relative_month", folded, (before.start(), era.end() if era else span[1]), day, calendar)
