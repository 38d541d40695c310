"""Seasons and years by themselves, and years in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.calendars import season_of, year_beside, years_of
from parsers.facts.dates.cues import stands_before
from parsers.facts.dates.models import FoundDate, span_found
from parsers.facts.dates.months import BESIDE
from parsers.facts.dates.shared_years import year_of_seasons
from parsers.facts.dates.years import Year, counts_something, ends_freely, is_short, relative_year, year_after, year_at
from parsers.grammar.blanks import BLANK, GAP, WORD_END, WORD_START
from parsers.grammar.calendar_words import key, tied_word, vocabulary, word
from parsers.grammar.joints import AND, AND_OR, DASH, TO, TO_WORD
from parsers.persian.calendar import gregorian_to_jalali

if TYPE_CHECKING:
    from datetime import date

_WORD_START, _WORD_END = expression(WORD_START), expression(WORD_END)
_YEAR = expression(f"(?P<named>{tied_word('year')})(?P<many>{word('plural')}{GAP})?|{word('approved')}{GAP}")
_YEAR_WORD = expression(GAP + word("year"))
# A comma may stand between digits of one number («1392,02,01»), unless a blank follows.
_AND_YEAR = expression(
    rf"""(?x)
    {GAP}(?:(?:،{GAP}|,{BLANK}{{1,3}})(?:{AND}{GAP})?
           |(?P<to>{TO_WORD}){GAP}
           |{AND_OR}{GAP}
           |{DASH}{GAP})
    (?=[0-9'’])
    """
)
_YEARS_GO_ON = expression(
    rf"""(?x)
    {tied_word("year")}{word("plural")}[^.]{{0,20}}(?:{TO}|{AND})\Z    # «سال‌های ۹۵ و |»
    |{word("year")}{GAP}[0-9]{{4}}{GAP}(?:{TO_WORD}|{AND})\Z           # «سال ۱۳۹۵ تا |»
    """
)
_NEAR = 5
_REACH = 24


def season(folded: str, start: int, end: int, published: date | None) -> FoundDate | None:
    """Return «تابستان ۱۳۹۸», «بهار امسال», «زمستان گذشته»; None for a season of no certain year."""
    if not _WORD_START.match(folded, start) or not _WORD_END.match(folded, end):
        return None
    first_month = vocabulary().seasons[key(folded[start:end])]
    if year := year_after(folded, end, "jalali", with_day=False):
        return _season("season_year", folded, (start, year.end), year.number, first_month)
    if year := relative_year(folded, end, "jalali", published):
        return _season("relative_year", folded, (start, year.end), year.number, first_month)
    if year := year_of_seasons(folded, end, first_month, published):
        return _season("shared_year", folded, (start, year.end), year.number, first_month)
    beside = BESIDE.match(folded, end) if published else None
    if beside is None or published is None:
        return None
    number = year_beside(published, "jalali", lambda year: season_of(year, first_month), is_next=beside["next"] is not None)
    return _season("last_or_next", folded, (start, beside.end()), number, first_month)


def _season(rule: str, folded: str, span: tuple[int, int], year: int, first_month: int) -> FoundDate:
    return span_found(rule, folded, span, season_of(year, first_month), "jalali", "season")


def year_alone(folded: str, start: int) -> FoundDate | None:
    """Return «سال ۱۳۹۷», «سال ۹۷», «سال ۲۰۱۹ میلادی»; after «مصوب» the year alone is the date."""
    before = _YEAR.match(folded, start)
    if before is None or not _WORD_START.match(folded, start):
        return None
    named = before["named"] is not None
    year = year_at(folded, before.end(), None, named=named)
    if year is None:
        return None
    counts = is_short(before.end(), year) and counts_something(folded, year.end)
    if counts and not (named and _YEAR_WORD.match(folded, year.end)):  # «سال ۸۳ سال پایان طرح است»
        return None
    return whole_year("year", folded, start if named and not before["many"] else before.end(), year)


def years_in_row(folded: str, first: FoundDate) -> list[FoundDate]:
    """Return the years that go on a list or a range: «سال‌های ۹۵ و ۹۷», «سال‌های ۱۳۶۹، ۱۳۷۱ و ۱۳۷۳»; without the first."""
    found: list[FoundDate] = []
    before, plural = first, _YEAR.match(folded, first.start) is None
    latest = gregorian_to_jalali(first.first)[0] if first.first else 0
    while joint := _AND_YEAR.match(folded, before.end):
        year = year_at(folded, joint.end(), None, named=True)
        if year is None or counts_something(folded, year.end):
            break
        short = is_short(joint.end(), year)
        if short and first.calendar != year.calendar:  # «سال‌های ۲۰۱۵ و ۱۶»
            break
        next_to_it = latest < year.number <= latest + _NEAR and ends_freely(folded, year.end)
        if short and not plural and not joint["to"] and not next_to_it:  # «سال ۹۵ و ۴۰ شرکت»
            break
        latest = year.number
        before = whole_year("year_in_row", folded, joint.end(), year)
        found.append(before)
    return found


def bare_year(folded: str, start: int, end: int) -> FoundDate | None:
    """Return four digits after a word such as «بودجه», with «میلادی» after them, or at the end of «از ۱۳۹۵ تا ۱۳۹۸»."""
    if start and (folded[start - 1].isalpha() or folded[start - 1] in "/.-–—:٫_@#"):
        return None
    year = year_at(folded, start, None, named=False)
    if year is None or counts_something(folded, year.end):
        return None
    if stands_before("year", folded, start) or year.end > end:
        return whole_year("bare_year", folded, start, year)
    window = folded[max(0, start - _REACH) : start].rstrip(" (\u200c")
    return whole_year("year_in_row", folded, start, year) if _YEARS_GO_ON.search(window) else None


def whole_year(rule: str, folded: str, start: int, year: Year) -> FoundDate:
    """Return a year as a span of days."""
    return span_found(rule, folded, (start, year.end), years_of(year.calendar, year.number, year.number), year.calendar, "year")
