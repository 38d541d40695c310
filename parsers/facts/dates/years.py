"""Years: two digits, four digits, words; which calendar they are of; and the era named behind them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from parsers.grammar.calendar_words import ERA, GAP, RIGHT, vocabulary
from parsers.persian.calendar import gregorian_to_jalali
from parsers.persian.numbers import Number, match_number

if TYPE_CHECKING:
    from datetime import date

_ERA = re.compile(ERA)
_BEFORE = re.compile(f"{GAP}[،,]?{GAP}(?P<named>(?:از|در|به)?{GAP}سال{GAP})?")
# A hyphen may lead to the last year of a row: «سال‌های ۱۳۹۵-۱۳۹۸».
_ROW = "(?<=[0-9]{4})-(?:1[2-4]|20)[0-9]{2}(?![0-9/.-])"
_DIGITS = re.compile(
    f"(?:[0-9]{{4}}|['’]?[0-9]{{2}})(?![0-9]|[/:.٫][0-9]|(?!{_ROW})-[0-9]|{GAP}[٪%]|{GAP}/(?!{GAP}[0-9]{{1,2}}:))"
)
# «سال نود»: what follows cannot be what ninety are counted of.
_FREE = re.compile(f"{GAP}(?:\\Z|[^\\w\\s\u200c]|(?:در|به|از|که|تا|و|با|بر|برای|را|هم|نیز|بود|است|شد){RIGHT})|\n")
_RELATIVE = re.compile(
    f"{GAP}(?:(?P<last>سال{GAP}(?:گذشته|قبل|پیش)|پارسال)|(?P<this>امسال|سال{GAP}جاری)|(?P<next>سال{GAP}(?:آینده|بعد))){RIGHT}"
)
_GREGORIAN = re.compile(f"{GAP}میلادی{RIGHT}")
_AFTER = re.compile(GAP)
_AMOUNT_END = re.compile(RIGHT)


class Year(NamedTuple):
    """A year as printed: its number, its calendar, where it ends."""

    number: int
    calendar: str
    end: int


def year_after(folded: str, at: int, calendar: str | None, *, with_day: bool) -> Year | None:
    """The year that follows a month (of `calendar`) or a season; `with_day` makes two digits after it more likely a year."""
    before = _BEFORE.match(folded, at)
    start = before.end() if before else at
    named = bool(before and before["named"])
    return year_at(folded, start, calendar, named=named, loose=with_day or calendar == "jalali", with_day=with_day)


def year_at(
    folded: str, at: int, calendar: str | None, *, named: bool, loose: bool = False, with_day: bool = False
) -> Year | None:
    """The year at a place. `named`: «سال» stands before it, so that any two digits are one; `loose`: likely ones are.

    «نود و هشت» in words is one after «سال» or a day.
    """
    found = _DIGITS.match(folded, at)
    if found is None:
        return _in_words(folded, at, calendar, short=named or with_day)
    text, end = found[0].lstrip("'’"), found.end()
    era = _ERA.match(folded, end)
    kind = _era_calendar(era[0]) if era else None
    if len(text) == 2:
        if not (named or (loose and _is_likely(text, folded, end))) or calendar in ("gregorian", "hijri") or kind == "gregorian":
            return None
        year = int(text)
        return Year(1400 + year if year < 30 else 1300 + year, "jalali", era.end() if era else end)
    return _of_calendar(int(text), kind, calendar, era.end() if era else end, end)


def relative_year(folded: str, at: int, calendar: str, published: date | None) -> Year | None:
    """«امسال», «سال گذشته» behind a month or a season of `calendar`, as a year of it. Lunar years are not told so."""
    found = _RELATIVE.match(folded, at) if published and calendar != "hijri" else None
    if found is None or published is None:
        return None
    era = _GREGORIAN.match(folded, found.end())
    if era and calendar == "jalali":
        return None
    shift = -1 if found["last"] else 1 if found["next"] else 0
    this_year = published.year if calendar == "gregorian" else gregorian_to_jalali(published)[0]
    return Year(this_year + shift, calendar, era.end() if era else found.end())


def _of_calendar(year: int, era: str | None, month: str | None, era_end: int, end: int) -> Year | None:
    calendar = era or month or ("gregorian" if year >= 1700 else "jalali")
    if month and era and era != month:
        return None
    if not is_year(year, calendar):
        return None
    return Year(year, calendar, era_end if era else end)


def is_year(year: int, calendar: str) -> bool:
    """Whether a number can be a year of our texts."""
    return {"jalali": 1200 <= year < 1500, "gregorian": 1500 <= year < 2200, "hijri": 1 <= year < 1600}[calendar]


def _in_words(folded: str, at: int, calendar: str | None, *, short: bool) -> Year | None:
    found = match_number(folded, at)
    if found is None:
        return None
    if found.value < 1000:
        is_year = short and calendar in (None, "jalali") and _is_short(folded, at, found)
        return Year(1300 + found.value, "jalali", found.end) if is_year else None
    era = _ERA.match(folded, found.end)
    kind = _era_calendar(era[0]) if era else None
    return _of_calendar(found.value, kind, calendar, era.end() if era else found.end, found.end)


def _is_short(folded: str, at: int, found: Number) -> bool:
    """«سال هشتاد و هشت»: two digits in words, not an ordinal, not an amount."""
    if not 30 <= found.value <= 99 or folded.endswith("م", at, found.end) or counts_something(folded, found.end):
        return False
    return found.value % 10 != 0 or ends_freely(folded, found.end)


def ends_freely(folded: str, end: int) -> bool:
    """Whether nothing follows that the number before could count: the end, punctuation, a function word."""
    return _FREE.match(folded, end) is not None


def _is_likely(text: str, folded: str, end: int) -> bool:
    """Two digits after a month: a year of the last seventy, or one with its zero, unless they count something."""
    if not (text[0] == "0" or int(text) >= 30):
        return False
    return not counts_something(folded, end)


def counts_something(folded: str, end: int) -> bool:
    """Whether a word follows that makes the number before it an amount."""
    gap = _AFTER.match(folded, end)
    at = gap.end() if gap else end
    word = vocabulary().cues["amount"].match(folded, at)
    return word is not None and _AMOUNT_END.match(folded, word.end()) is not None


def _era_calendar(text: str) -> str:
    if "میلادی" in text:
        return "gregorian"
    return "hijri" if "ق" in text else "jalali"
