"""A weekday by itself: «روز یکشنبه», «شنبه آینده», «سه‌شنبه دو هفته پیش», «دوشنبه و سه‌شنبهٔ هفتهٔ آینده»."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.calendars import saturday
from parsers.facts.dates.cues import stands_at, stands_before
from parsers.facts.dates.models import FoundDate, day_found
from parsers.facts.dates.sense import sense_of
from parsers.grammar.blanks import EZAFE, GAP, WORD_END, WORD_START
from parsers.grammar.calendar_words import any_of, key, tied_word, vocabulary, word
from parsers.grammar.joints import AND, COMMA, FROM, TO
from parsers.lexicon import load
from parsers.persian.letters import fold
from parsers.persian.numbers import Number, match_number

if TYPE_CHECKING:
    import re

_COUNTED = load("dates")["counted"]
_WORD_START, _WORD_END = expression(WORD_START), expression(WORD_END)
_PART_OF_DAY = expression(f"{GAP}{word('part_of_day')}")
_PLURAL = expression(f"{GAP}{word('plural_ending')}")
_MAYBE_PART = f"(?:{_PART_OF_DAY.pattern})?"
# «هفته پیش از جنگ» is before the war, «هفته گذشته از» is last week.
_NOT_FROM = f"(?!(?:{'|'.join(f'(?<={fold(noun)})' for noun in load('dates')['words']['from_noun'])}){GAP}{FROM})"
_NEXT = expression(f"{_MAYBE_PART}{EZAFE}{word('next')}{_NOT_FROM}")
_LAST = expression(f"{_MAYBE_PART}{EZAFE}{word('last')}{_NOT_FROM}")
_OF_WEEK = expression(
    rf"""(?x)
    {_MAYBE_PART}{EZAFE}
    (?:(?P<this>{word("this_before")}){GAP}{word("week")}
      |{tied_word("week")}(?:(?P<next>{word("next", "next_week")})|(?P<last>{word("last")})|(?P<now>{word("this")})))
    {_NOT_FROM}
    """
)
_BEFORE_NUMBER = expression(_MAYBE_PART + EZAFE)
_DIGITS = expression("[0-9]{1,2}(?![0-9])")
_WEEKS = expression(f"{GAP}{tied_word('week')}(?:(?P<ago>{any_of(_COUNTED['ago'])})|{any_of(_COUNTED['hence'])}){_NOT_FROM}")
# «۵ شنبه», «3شنبه»
_NUMBER_BEFORE = expression(rf"(?<![0-9/:.٫])[1-5]{GAP}\Z")
_HOUR_BEFORE = expression(rf"{WORD_START}{word('hour')}{GAP}\Z")
_DAY_BEFORE = expression(rf"{WORD_START}{word('day')}{GAP}\Z")
_AND_WEEKDAY = expression(f"{GAP}(?:{COMMA}|{AND}|{TO}){GAP}(?:{vocabulary().weekday})")


@cache
def _relative_before() -> re.Pattern[str]:
    days = any_of(form for forms in load("dates")["days"].values() for form in forms)
    return expression(rf"{WORD_START}({days}){GAP}[،,(]?{GAP}\Z")


def weekday_alone(folded: str, start: int, end: int, published: date) -> FoundDate | None:
    """Return the day of a weekday that stands at `start:end`; None if it is a prayer or no certain day.

    By itself it is the latest by the publication, or the next where the sentence looks ahead.
    """
    start = _with_number(folded, start, end)
    before = _DAY_BEFORE.search(folded, max(0, start - 8), start)
    first = before.start() if before else start
    if not _WORD_START.match(folded, start) or not _ends(folded, end, with_day=before is not None):
        return None
    if stands_before("not_weekday", folded, first) or _is_of_many(folded, start, end):
        return None
    number = vocabulary().weekdays[key(folded[start:end])]
    at = end
    while row := _AND_WEEKDAY.match(folded, at):  # «دوشنبه و سه‌شنبهٔ هفتهٔ آینده»
        at = row.end()
    rule, day, stop = _meant(folded, (first, start, at), number, published)
    return day_found(rule, folded, (first, stop if at == end else end), day, "jalali")


def _with_number(folded: str, start: int, end: int) -> int:
    """Return where a weekday begins with the digit that makes another one of it; in «ساعت ۵ شنبه» the digit is the hour."""
    found = _NUMBER_BEFORE.search(folded, max(0, start - 4), start)
    if found is None or _HOUR_BEFORE.search(folded, max(0, found.start() - 8), found.start()):
        return start
    return found.start() if key(folded[found.start() : end]) in vocabulary().weekdays else start


def _meant(folded: str, span: tuple[int, int, int], number: int, published: date) -> tuple[str, date, int]:
    """Return the rule, the day, and where the words end that tell which week is meant.

    `span`: where «روز» before the weekday begins, the weekday, and what follows its row.
    """
    first, start, at = span
    latest = published - timedelta(days=((published.weekday() + 2) % 7 - number) % 7)
    beside = _relative_before().search(folded, max(0, start - 16), start)
    if beside is not None:  # «فردا سه‌شنبه (۵ شهریور)»
        return "relative_day", published + timedelta(days=vocabulary().days[key(beside[1])]), at
    weeks = _weeks_away(folded, at)
    if weeks is not None:
        return "weekday_of_week", saturday(published, weeks[0]) + timedelta(days=number), weeks[1]
    if said := _NEXT.match(folded, at):
        return "weekday_last_or_next", latest + timedelta(days=7), said.end()
    if said := _LAST.match(folded, at):
        return "weekday_last_or_next", latest - timedelta(days=7 * (latest == published)), said.end()
    if latest == published or stands_before("compared", folded, first):
        return "weekday", latest, at
    if sense_of(folded, start, at) in ("ahead", "present"):
        return "weekday_ahead", latest + timedelta(days=7), at
    return "weekday", latest, at


def _weeks_away(folded: str, at: int) -> tuple[int, int] | None:
    """Return how many weeks away, and where that ends: «هفتهٔ گذشته», «همین هفته», «دو هفته پیش»; None if nothing tells."""
    said = _OF_WEEK.match(folded, at)
    if said:
        return (1 if said["next"] else -1 if said["last"] else 0), said.end()
    begins = _BEFORE_NUMBER.match(folded, at)
    start = begins.end() if begins else at
    digits = _DIGITS.match(folded, start)
    number = Number(int(digits[0]), digits.end()) if digits else match_number(folded, start)
    weeks = _WEEKS.match(folded, number.end) if number else None
    if number is None or weeks is None:
        return None
    return (-number.value if weeks["ago"] else number.value), weeks.end()


def _ends(folded: str, end: int, *, with_day: bool) -> bool:
    """Return whether the weekday is a whole word and no part of a name; «جمعه بازار» is a place, «روز جمعه بازار» a day."""
    if _PLURAL.match(folded, end) or stands_at("no_certain_weekday", folded, end):
        return False
    if not with_day and stands_at("after_named_weekday", folded, end):
        return False
    return _WORD_END.match(folded, end) is not None or _PART_OF_DAY.match(folded, end) is not None


def _is_of_many(folded: str, start: int, end: int) -> bool:
    """«روزهای جمعه», but not «روزهای پنج‌شنبه و جمعه»."""
    return _AND_WEEKDAY.match(folded, end) is None and stands_before("many_days", folded, start)
