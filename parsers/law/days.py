"""Days in the text of a law, in the calendars that laws were dated by: Jalali, lunar and, from 1355 to 1357, imperial years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from parsers.expressions import expression
from parsers.facts import dates
from parsers.facts.memory import Memory
from parsers.facts.view import view
from parsers.grammar.blanks import WORD_START
from parsers.grammar.joints import any_word
from parsers.lexicon import load
from parsers.persian.calendar import gregorian_to_jalali
from parsers.persian.letters import ZWNJ, fold
from parsers.persian.numbers import match_number

_IMPERIAL_ERA = 1180  # years from the imperial count to the Jalali one: 2535 was 1355
_IMPERIAL_YEARS = range(2500, 2541)
_IN_DIGITS = expression("(?<![0-9])25[0-4][0-9](?![0-9])")
_WORD = expression(f"{WORD_START}(?=\\w)")
# «۱۳۹۳,۱۱,۲۷»: sites of laws print days with other marks than strokes.
_MARK = "[,\u02cf]"
_YEAR, _NUMBER = "1[34][0-9]{2}", "[0-9]{1,2}"
_PARTED = expression(f"(?<![0-9,])(?:{_YEAR}{_MARK}{_NUMBER}{_MARK}{_NUMBER}|{_NUMBER}{_MARK}{_NUMBER}{_MARK}{_YEAR})(?![0-9,])")
_MONTHS = [name for names in load("dates")["jalali"].values() for name in names if "~" not in name]
_TIED_MONTH = expression(f"{ZWNJ}(?={any_word(_MONTHS)})")
_STROKES = str.maketrans(",\u02cf", "//")


@dataclass(frozen=True, slots=True)
class Day:
    """A whole day and where it stands in the text that was searched."""

    start: int
    end: int
    iso: str


def days_in(text: str) -> list[Day]:
    """Return the whole days that a text names, in order; days that do not exist are left out."""
    seen = view(_as_days_are_written(text))
    found = dates.find(seen, Memory((seen,)))
    return [Day(day.start, day.end, day.iso[:10]) for day in found if day.valid and day.iso and day.precision == "day"]


def _as_days_are_written(text: str) -> str:
    """Return the folded text with strokes in its days and a blank before each month, «دهم\u200cاسفند», at the same places."""
    parted = _PARTED.sub(lambda day: day[0].translate(_STROKES), fold(text))
    return _TIED_MONTH.sub(" ", parted)


def first_day(text: str | None) -> str | None:
    """Return the first whole day in a text, ISO, if any."""
    return next((day.iso for day in days_in(text)), None) if text else None


def last_day(text: str) -> str | None:
    """Return the last whole day in a text, ISO, if any: the law that repeals is named with its own day first."""
    return next((day.iso for day in reversed(days_in(text))), None)


def in_jalali_years(text: str) -> str:
    """Return the text with its imperial years, in digits or words, as Jalali ones, so that they are found as days."""
    folded = fold(text)
    parts, at = [], 0
    for start, end, year in sorted(_imperial_years(folded)):
        if start >= at:
            parts += [text[at:start], str(year - _IMPERIAL_ERA)]
            at = end
    return "".join([*parts, text[at:]])


def _imperial_years(folded: str) -> list[tuple[int, int, int]]:
    """Return (start, end, year) of each imperial year."""
    found = [(year.start(), year.end(), int(year[0])) for year in _IN_DIGITS.finditer(folded) if int(year[0]) in _IMPERIAL_YEARS]
    for word in _WORD.finditer(folded):
        number = match_number(folded, word.start())
        if number and number.value in _IMPERIAL_YEARS:
            found.append((word.start(), number.end, number.value))
    return found


def jalali_year(day: str | None) -> int | None:
    """Return the Jalali year of an ISO day."""
    return gregorian_to_jalali(date.fromisoformat(day))[0] if day else None
