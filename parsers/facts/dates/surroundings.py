"""The weekday and the time of day that are printed beside a date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.calendar_words import TIME, key, vocabulary, word
from parsers.grammar.joints import COMMA, DASH
from parsers.grammar.month_days import MONTH_DAY

if TYPE_CHECKING:
    from parsers.facts.dates.models import FoundDate

_REACH = 32
_SIGN = f"(?:{COMMA}|{DASH}|[|/])"
_WEEKDAY_BEFORE = expression(
    rf"{WORD_START}({vocabulary().weekday}){GAP}(?:(?:{_SIGN}|(?P<bracket>\()){GAP})?(?:{word('dated')}{GAP})?\Z"
)
_TIME_AFTER = expression(f"{GAP}(?:{_SIGN}{GAP})?(?:(?:{word('at')}{GAP})?{word('hour')}{GAP}:?{GAP})?({TIME})")
_TIME_BEFORE = expression(
    rf"(?:{WORD_START}{word('hour')}{GAP})?({TIME}){GAP}(?:{word('minute')}{GAP})?(?:{_SIGN}{GAP})?(?:{word('day')}{GAP})?\Z"
)
_DIGIT_OR_ORDINAL = expression(MONTH_DAY)
_CLOSED = expression(rf"{GAP}\)")
_ISO_TIME = expression("T[0-9]")


def weekday_before(folded: str, start: int) -> tuple[int, int] | None:
    """Return where the weekday begins that stands right before a date, and its number (Saturday 0); None if there is none."""
    found = _WEEKDAY_BEFORE.search(folded, max(0, start - _REACH), start)
    return (found.start(), vocabulary().weekdays[key(found[1])]) if found else None


def with_surroundings(folded: str, found: FoundDate) -> FoundDate:
    """Return a date with the weekday and the time of day printed beside it; months as they are, ranges with the weekday."""
    if found.precision == "range" and _DIGIT_OR_ORDINAL.match(folded, found.start):
        weekday = _WEEKDAY_BEFORE.search(folded, max(0, found.start - _REACH), found.start)
        return replace(found, start=weekday.start()) if weekday and not weekday["bracket"] else found
    if found.precision != "day":
        return found
    is_weekday = found.rule.startswith("weekday")  # «شنبه، یکشنبه» are two
    weekday = None if is_weekday else _WEEKDAY_BEFORE.search(folded, max(0, found.start - _REACH), found.start)
    start = weekday.start() if weekday else found.start
    if weekday and weekday["bracket"]:
        closed = _CLOSED.match(folded, found.end)
        return replace(found, start=start, end=closed.end()) if closed else found
    after = _TIME_AFTER.match(folded, found.end) if not _ISO_TIME.match(folded, found.end) else None
    if after:
        return replace(found, start=start, end=after.end(), time=_clock(after[1]))
    before = _TIME_BEFORE.search(folded, max(0, start - _REACH), start)
    if before:
        return replace(found, start=before.start(), time=_clock(before[1]))
    return replace(found, start=start)


def _clock(text: str) -> str:
    hour, minute = text.split(":")[:2]
    return f"{int(hour):02}:{minute}"
