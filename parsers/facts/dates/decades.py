"""Decades: «دهه ۸۰», «دهه نود», «دهه‌های هفتاد و هشتاد», «دهه ۱۹۸۰ میلادی»."""

from __future__ import annotations

from parsers.expressions import expression
from parsers.facts.dates.calendars import years_of
from parsers.facts.dates.models import FoundDate, span_found
from parsers.facts.dates.years import counts_something
from parsers.grammar.blanks import EZAFE, GAP, LETTER, WORD_START
from parsers.grammar.calendar_words import any_of, tied_word, word
from parsers.grammar.joints import AND_OR, COMMA, TO_WORD
from parsers.lexicon import load
from parsers.persian.numbers import match_number

_WORD_START = expression(WORD_START)
_DECADE = expression(f"{tied_word('decade')}(?P<many>{word('plural')}{EZAFE})?")
_DIGITS = expression("[0-9]{4}(?![0-9])|[0-9]{2}(?![0-9])")
_GREGORIAN_WORD = any_of(load("dates")["eras"]["gregorian"])
_CENTURY = f"{GAP}(?:{word('century_of_decades')}(?:{GAP}{_GREGORIAN_WORD})?|{_GREGORIAN_WORD})"
_ERA_GREGORIAN = expression(_CENTURY)
# «دههٔ ۷۰ تا ۹۰ میلادی»: the era at the end of a row is that of all.
_ROW_GREGORIAN = expression(f"(?:{GAP}(?:{COMMA}|{AND_OR}|{TO_WORD}){GAP}(?:[0-9]{{2}}|{LETTER}+)){{0,4}}{_CENTURY}")
_AND_DECADE = expression(f"{GAP}(?:{COMMA}|{AND_OR}|{TO_WORD}){GAP}")


def decade(folded: str, start: int) -> FoundDate | None:
    """Return the ten years of a decade whose word stands at `start`; None if no decade follows."""
    before = _DECADE.match(folded, start)
    if before is None or not _WORD_START.match(folded, start):
        return None
    return _ten_years("decade", folded, before.end() if before["many"] else start, before.end())


def decades_in_row(folded: str, first: FoundDate) -> list[FoundDate]:
    """Return the decades that go on a row: «دهه‌های هفتاد و هشتاد»; without the first."""
    found: list[FoundDate] = []
    before: FoundDate | None = first
    while before and (joint := _AND_DECADE.match(folded, before.end)):
        before = _ten_years("decade_in_row", folded, joint.end(), joint.end())
        if before and before.calendar == first.calendar and not counts_something(folded, before.end):
            found.append(before)
    return found


def _ten_years(rule: str, folded: str, start: int, at: int) -> FoundDate | None:
    """Return the decade whose number stands at `at`."""
    digits = _DIGITS.match(folded, at)
    worded = match_number(folded, at) if digits is None else None
    number, end = (int(digits[0]), digits.end()) if digits else (worded.value, worded.end) if worded else (1, 0)
    if number % 10 or not (10 <= number < 100 or 1200 <= number < 2100):
        return None
    era = _ERA_GREGORIAN.match(folded, end)
    if number < 100:
        number += 1900 if _ROW_GREGORIAN.match(folded, end) else 1400 if number < 20 else 1300
    calendar = "gregorian" if number >= 1700 else "jalali"
    if calendar == "gregorian" and era is not None:
        end = era.end()
    return span_found(rule, folded, (start, end), years_of(calendar, number, number + 9), calendar, "decade")
