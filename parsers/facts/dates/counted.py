"""Counts of days, weeks, months, years: from the publication («۱۰ روز پیش»), or from an event before («دو روز بعد»)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.calendars import period
from parsers.facts.dates.cues import is_end_of_range
from parsers.facts.dates.models import FoundDate, day_found, span_found
from parsers.grammar.blanks import BLANK, GAP, LETTER, WORD_START
from parsers.grammar.calendar_words import any_of, tied, word
from parsers.grammar.joints import AND, FROM
from parsers.lexicon import load
from parsers.persian.letters import ZWNJ
from parsers.persian.numbers import irregular_ordinals, match_number

if TYPE_CHECKING:
    import re

_TABLE = load("dates")["counted"]
_UNIT = expression("|".join(f"(?P<{unit}>{tied(forms)})" for unit, forms in _TABLE["unit"].items()))
_WHEN = "|".join(f"(?P<{name}>{any_of(_TABLE[name])})" for name in ("ago", "then", "hence"))
_COUNTED = expression(f"(?:{_UNIT.pattern})(?:{_WHEN})")
_DIGITS = expression(rf"(?<![0-9/.:,٬٫-])([0-9]{{1,9}}){GAP}\Z")
# The number belongs to a longer one: «هزار و | ۷۰۰ سال پیش».
_THOUSANDS = expression(rf"(?:{any_of(_TABLE['thousands'])}|[0-9]){GAP}(?:{AND}{GAP}|[,٬.٫])?\Z")
_SOME = expression(rf"{WORD_START}{any_of(_TABLE['some'])}{GAP}\Z")
_DURING = expression(rf"{WORD_START}{any_of(_TABLE['during'])}{GAP}\Z")
_LENGTH = expression(any_of(_TABLE["length"]))
# «سه روز پس از» counts from something else than the day of publication.
_FROM = expression(GAP + FROM)
_HOUR = expression(rf"{WORD_START}{word('hour')}{GAP}\Z")
_WORD_START = expression(f"(?<!{LETTER})(?<!{LETTER}{ZWNJ}){LETTER}")
_BLANKS_LAST = expression(rf"{BLANK}*\Z")
_ORDINAL_ENDING: str = load("clause_numbers")["ordinal_endings"][0]
_REACH = 40
_MOST = 1000
# An event stands in the same paragraph, at most so many characters before.
_EVENT_REACH = 240
# «سال بعد» by itself is more often the one after the publication's.
_NEAR_EVENT = 100


def is_ordinal(text: str) -> bool:
    """Return whether a number in words is an ordinal: «پنجم», «نخست»."""
    return text.endswith(_ORDINAL_ENDING) or text in irregular_ordinals()


def is_counted(folded: str, start: int, end: int) -> bool:
    """Return whether a number stands before a unit: «سه روز گذشته» is no yesterday; but «ساعت ۱۹ شب گذشته» is."""
    if not _UNIT.match(folded, start, end):
        return False
    low = max(0, start - 16)
    if _SOME.search(folded, low, start):
        return True
    number = _number_before(folded, start)
    return number is not None and not _HOUR.search(folded, max(0, number[1] - 16), number[1])


def counted_date(folded: str, start: int, published: date) -> FoundDate | None:
    """Return «۱۰ روز پیش», «دو هفته قبل» whose unit stands at `start`; months and years mean that month, that year."""
    found = _COUNTED.match(folded, start)
    number = _number_before(folded, start)
    if found is None or number is None or found["then"] or not _is_certain(folded, found, *number):
        return None
    value, begin = number
    return _away("counted", folded, (begin, found.end()), _unit(found), -value if found["ago"] else value, published)


def _is_certain(folded: str, found: re.Match[str], value: int, begin: int) -> bool:
    """Return whether the count is from the day of publication, and its number whole."""
    if not 0 < value < _MOST or (not found["hence"] and _FROM.match(folded, found.end())):
        return False
    low = max(0, begin - 12)
    if _THOUSANDS.search(folded, low, begin) or _SOME.search(folded, low, begin):
        return False
    if not found["hence"]:
        return True
    if _unit(found) == "year" and _LENGTH.match(folded, found.start("hence")) and not is_end_of_range(folded, begin):
        return False
    return not _DURING.search(folded, low, begin)


def _unit(found: re.Match[str]) -> str:
    """Return which unit is counted: "day", "week", "month" or "year"."""
    return next(unit for unit in ("day", "week", "month", "year") if found[unit])


def _away(rule: str, folded: str, span: tuple[int, int], unit: str, count: int, day: date) -> FoundDate | None:
    """Return the day, month or year that lies so many units from a day."""
    if unit in ("day", "week"):
        try:
            on = day + timedelta(days=count * (7 if unit == "week" else 1))
        except OverflowError:
            return None
        return day_found(rule, folded, span, on, "jalali")
    return span_found(rule, folded, span, period(unit, count, day), "jalali", "range")


def after_event(folded: str, start: int, before: list[FoundDate]) -> FoundDate | None:
    """Return «چهار روز بعد», «سال بعد» counted from the last date before it in its paragraph; None if there is none.

    Days and weeks are counted from a day, months and years from any date.
    """
    found = _COUNTED.match(folded, start)
    if found is None or not found["then"] or _FROM.match(folded, found.end()):
        return None
    counted = _number_before(folded, start)
    number = counted or (1, start)
    if not _is_certain(folded, found, *number):
        return None
    event = next((one for one in reversed(before) if one.end <= number[1]), None)
    if (
        event is None
        or event.first is None
        or number[1] - event.end > (_EVENT_REACH if counted else _NEAR_EVENT)
        or "\n" in folded[event.end : start]
    ):
        return None
    if _unit(found) in ("day", "week") and event.precision != "day":
        return None
    return _away("after_event", folded, (number[1], found.end()), _unit(found), number[0], event.first)


def _number_before(folded: str, end: int) -> tuple[int, int] | None:
    """Return (value, start) of the number that ends right before `end`, in digits or in words; an ordinal counts nothing."""
    digits = _DIGITS.search(folded, max(0, end - 12), end)
    if digits:
        return int(digits[1]), digits.start()
    low = max(0, end - _REACH)
    blanks = _BLANKS_LAST.search(folded, low, end)
    stop = blanks.start() if blanks else end
    for begins in _WORD_START.finditer(folded, low, stop):
        found = match_number(folded, begins.start())
        if found is not None and found.end == stop:
            return None if is_ordinal(folded[begins.start() : stop]) else (found.value, begins.start())
    return None
