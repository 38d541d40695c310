"""Years: two digits, four digits, words; which calendar they are of; and the era named after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parsers.expressions import expression
from parsers.facts.dates.cues import stands_at
from parsers.grammar.blanks import GAP, LETTER
from parsers.grammar.calendar_words import any_of, era_after, word
from parsers.grammar.joints import AND, COMMA, FROM, TO_WORD
from parsers.lexicon import load
from parsers.persian.calendar import gregorian_to_jalali
from parsers.persian.numbers import Number, match_number

if TYPE_CHECKING:
    from datetime import date

_BEFORE = expression(f"{GAP}(?P<comma>{COMMA})?{GAP}(?P<named>(?:{word('before_year')}|{FROM})?{GAP}{word('year')}{GAP})?")
_DIGITS = expression(
    rf"""(?x)
    (?:[0-9]{{4}}|['’]?[0-9]{{2}})
    (?![0-9]
      |[/:.٫][0-9]
      |(?!(?<=[0-9]{{4}})-(?:1[2-4]|20)[0-9]{{2}}(?![0-9/.-]))-[0-9]    # a hyphen may lead to the last year of a row
      |{GAP}[٪%]
      |{GAP}/(?!{GAP}(?:[0-9]{{1,2}}:|{LETTER}{{2}})))       # years: «۹۷ / ۰۹:۱۲», «۳ اسفند ۹۸/ سکه گران شد»
    """
)
_EARLY = expression(f"(?P<number>[0-9]{{2,3}})(?![0-9/:.٫-])(?P<hijri>{GAP}{word('hijri')})?")
_NUMBER = expression(f"{GAP}[0-9]")
# «سال نود»: what follows cannot be what ninety are counted of.
_FREE = expression(rf"{GAP}(?:\Z|[^\w\s\u200c]|{word('after_free_number')}|{FROM}|{TO_WORD}|{AND})|\n")
_RELATIVE = expression(f"{GAP}(?:(?P<last>{word('last_year')})|(?P<this>{word('this_year')})|(?P<next>{word('next_year')}))")
_GREGORIAN = expression(GAP + any_of(load("dates")["eras"]["gregorian"]))
_ORDINAL_ENDING: str = load("clause_numbers")["ordinal_endings"][0]
# «تا سال ۱۴۹۲»: from here on a number alone is a year of the Gregorian calendar.
_AFTER_JALALI = 1450
_SHORT = 4  # fewer characters than this: a year of two digits


class Year(NamedTuple):
    """A year as printed: its number, its calendar, where it ends."""

    number: int
    calendar: str
    end: int


def year_after(folded: str, at: int, calendar: str | None, *, with_day: bool) -> Year | None:
    """Return the year after a month (of `calendar`) or a season; `with_day` makes two digits more likely a year."""
    before = _BEFORE.match(folded, at)
    start = before.end() if before else at
    named = bool(before and before["named"])
    year = year_at(folded, start, calendar, named=named, loose=with_day or calendar == "jalali", with_day=with_day)
    if year is None or named or before is None or not before["comma"] or not is_short(start, year):
        return year
    return year if ends_freely(folded, year.end) else None  # «تا ۱۵ اسفند، ۳۴ پرواز» are thirty-four


def year_at(
    folded: str, at: int, calendar: str | None, *, named: bool, loose: bool = False, with_day: bool = False
) -> Year | None:
    """Return the year at a place. `named`: «سال» stands before it, so that any two digits are one; `loose`: likely ones are.

    «نود و هشت» in words is one after «سال» or a day.
    """
    if calendar in (None, "hijri") and (early := _early_lunar_year(folded, at, named=named and calendar == "hijri")):
        return early
    found = _DIGITS.match(folded, at)
    if found is None:
        return _in_words(folded, at, calendar, short=named or with_day)
    text, end = found[0].lstrip("'’"), found.end()
    era = era_after(folded, end)
    if len(text) == 2:
        if not (named or (loose and _is_likely(text, folded, end))) or calendar in ("gregorian", "hijri"):
            return None
        if era is not None and era.calendar == "gregorian":
            return None
        year = int(text)
        return Year(1400 + year if year < 30 else 1300 + year, "jalali", era.end if era else end)
    return _of_calendar(int(text), era.calendar if era else None, calendar, era.end if era else end)


def _early_lunar_year(folded: str, at: int, *, named: bool) -> Year | None:
    """«دهم محرم سال ۶۱ هجری», «ششم ربیع‌الاول ۶۰۴ قمری»: a lunar year before 1000, after «سال» or before an era."""
    found = _EARLY.match(folded, at)
    if found is None:
        return None
    era = era_after(folded, found.end("number"))
    if era is not None and era.calendar != "hijri":
        return None
    if not named and era is None and not found["hijri"]:
        return None
    return Year(int(found["number"]), "hijri", era.end if era else found.end())


def relative_year(folded: str, at: int, calendar: str, published: date | None) -> Year | None:
    """Return «امسال», «سال گذشته» after a month or a season of `calendar` as a year of it. Lunar years have no such words."""
    found = _RELATIVE.match(folded, at) if published and calendar != "hijri" else None
    if found is None or published is None:
        return None
    era = _GREGORIAN.match(folded, found.end())
    if era and calendar == "jalali":
        return None
    shift = -1 if found["last"] else 1 if found["next"] else 0
    this_year = published.year if calendar == "gregorian" else gregorian_to_jalali(published)[0]
    return Year(this_year + shift, calendar, era.end() if era else found.end())


def _of_calendar(year: int, era: str | None, month: str | None, end: int) -> Year | None:
    if month and era and era != month:
        return None
    calendar = era or month or ("gregorian" if year >= _AFTER_JALALI else "jalali")
    return Year(year, calendar, end) if is_year(year, calendar) else None


def is_year(year: int, calendar: str) -> bool:
    """Return whether a number can be a year of our texts."""
    return {"jalali": 1200 <= year < 1500, "gregorian": _AFTER_JALALI <= year < 2200, "hijri": 1 <= year < 1600}[calendar]


def _in_words(folded: str, at: int, calendar: str | None, *, short: bool) -> Year | None:
    found = match_number(folded, at)
    if found is None:
        return None
    if found.value < 1000:
        is_one = short and calendar in (None, "jalali") and _is_short(folded, at, found)
        return Year(1300 + found.value, "jalali", found.end) if is_one else None
    era = era_after(folded, found.end)
    return _of_calendar(found.value, era.calendar if era else None, calendar, era.end if era else found.end)


def _is_short(folded: str, at: int, found: Number) -> bool:
    """«سال هشتاد و هشت»: two digits in words, not an ordinal, not an amount."""
    if stands_at("issue", folded, found.end):  # «سال شصت و هشت شماره ۱۹۶۹۰»: a volume
        return False
    if not 30 <= found.value <= 99 or folded.endswith(_ORDINAL_ENDING, at, found.end) or counts_something(folded, found.end):
        return False
    return found.value % 10 != 0 or ends_freely(folded, found.end)


def ends_freely(folded: str, end: int) -> bool:
    """Return whether nothing follows that the number before could count: the end, punctuation, a function word."""
    return _FREE.match(folded, end) is not None


def _is_likely(text: str, folded: str, end: int) -> bool:
    """Two digits after a month: a year of the last seventy, or one with its zero, unless they count something."""
    if not (text[0] == "0" or int(text) >= 30):
        return False
    return not counts_something(folded, end)


def counts_something(folded: str, end: int) -> bool:
    """Return whether a word follows that makes the number before it an amount: «۵۷ شهید».

    Neither «سال ۵۷ شهید شد» nor «۹۸ ساعت ۱۸:۳۰» count anything.
    """
    after = stands_at("amount", folded, end)
    return after is not None and stands_at("becoming", folded, after) is None and _NUMBER.match(folded, after) is None


def is_short(start: int, year: Year) -> bool:
    """Return whether a year that begins at `start` is printed with two digits."""
    return year.end - start < _SHORT
