"""Months and seasons that take their year from the last of a row, «۲۸ مهر تا ۳ آبان ۱۳۹۷», or the first of a range."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.years import Year, relative_year, year_after
from parsers.grammar.blanks import BLANK, EZAFE, GAP, WORD_END, WORD_START
from parsers.grammar.calendar_words import MONTH_AFTER_NAME, Named, key, vocabulary, word
from parsers.grammar.joints import AND, AND_OR, COMMA, DASH, TO, TO_WORD
from parsers.grammar.month_days import MONTH_DAY

if TYPE_CHECKING:
    import re
    from datetime import date

_JOINT = f"{GAP}(?:(?P<comma>{COMMA})|(?P<to>{TO})|{AND_OR}){GAP}"
_MONTH = f"(?:{MONTH_AFTER_NAME})?"
_BLANKS = expression(f"{BLANK}*")
_LONGEST = 12
_REACH = 40


@cache
def _next_month(*, with_day: bool) -> re.Pattern[str]:
    words = vocabulary()
    weekday = f"(?:(?:{words.weekday}){GAP}{COMMA}?{GAP})?"
    days = f"{MONTH_DAY}{GAP}(?:(?:{AND}|{TO_WORD}|{COMMA}|{DASH}){GAP}{MONTH_DAY}{GAP}){{0,3}}(?:{word('day')}{GAP})?"
    before = f"(?:{word('day', 'dated')}{GAP})?{weekday}{days}(?:{word('month')}{GAP})?" if with_day else ""
    return expression(f"{_JOINT}{before}(?P<name>{words.month})(?:{WORD_END}|(?={GAP}{word('month')})|(?=[0-9])){_MONTH}")


@cache
def _next_season() -> re.Pattern[str]:
    return expression(f"{_JOINT}(?P<name>{vocabulary().season}){WORD_END}{EZAFE}")


def year_of_row(folded: str, at: int, month: Named, published: date | None, *, with_day: bool) -> Year | None:
    """Return the year of a month that ends at `at` and has no year beside it; the result ends at `at`.

    Days are followed by days, months alone by months alone. Only a range may pass the end of a year.
    """
    return _year(folded, at, month, published, _next_month(with_day=with_day), may_end_with_comma=with_day)


def year_of_range(folded: str, start: int, end: int, month: Named) -> Year | None:
    """Return the year of a day or month at `start:end` that ends a range: «۱۲ مهر ۱۳۹۵ تا ۱۵ آبان»; it ends at `end`."""
    to = _to_before().search(folded, max(0, start - _REACH), start)
    opening = _opening().search(folded, max(0, to.start() - _REACH), to.start()) if to else None
    named = vocabulary().months[key(opening["name"])] if opening else None
    if to is None or opening is None or named is None or named.calendar != month.calendar:
        return None
    year = year_after(folded, opening.end("name"), named.calendar, with_day=True)
    if year is None or _BLANKS.fullmatch(folded, year.end, to.start()) is None:
        return None
    return Year(year.number + (month.number < named.number), year.calendar, end)


@cache
def _to_before() -> re.Pattern[str]:
    between = f"(?:{word('day', 'dated', 'end')}{GAP})?(?:(?:{vocabulary().weekday}){GAP}{COMMA}?{GAP})?"
    return expression(rf"{GAP}{TO_WORD}{GAP}{between}\Z")


@cache
def _opening() -> re.Pattern[str]:
    month = f"{WORD_START}(?P<name>{vocabulary().month}){WORD_END}{_MONTH}"
    return expression(rf"{month}{GAP}(?:{word('year')}{GAP})?[0-9]{{2,4}}[^\n]{{0,12}}\Z")


def year_of_seasons(folded: str, at: int, first_month: int, published: date | None) -> Year | None:
    """Return the year of the season that ends at `at`, from the last season of its row."""
    return _year(folded, at, Named("jalali", first_month), published, _next_season(), may_end_with_comma=False)


def _year(
    folded: str, at: int, month: Named, published: date | None, following: re.Pattern[str], *, may_end_with_comma: bool
) -> Year | None:
    """Return the year at the end of a row; «۱۲ مهر، ۳ آبان ۱۳۹۷» is one row, but «گزارش مهر، آبان ۱۳۹۷» may be two things."""
    words = vocabulary()
    last, end, earlier = month.number, at, 0
    for _ in range(_LONGEST):
        found = following.match(folded, end)
        if found is None:
            return None
        name = key(found["name"])
        named = words.months[name] if name in words.months else Named("jalali", words.seasons[name])
        if named.calendar != month.calendar or (named.number < last and not found["to"]):
            return None
        earlier += named.number < last
        last, end = named.number, found.end()
        year = year_after(folded, end, named.calendar, with_day=True) or relative_year(folded, end, named.calendar, published)
        if year is not None:
            return None if found["comma"] and not may_end_with_comma else Year(year.number - earlier, year.calendar, at)
    return None
