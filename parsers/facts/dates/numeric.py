"""Dates in digits: 1395/09/20, ۳/۲/۱۳۹۸, 25-11-1391, ۹۸.۲.۱۵, 2019-05-05. And what only looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.cues import stands_before
from parsers.facts.dates.models import FoundDate, day_found
from parsers.grammar.blanks import GAP, LETTER, WORD_START
from parsers.grammar.calendar_words import era_after
from parsers.grammar.joints import FROM, TO_WORD
from parsers.lexicon import load
from parsers.persian.calendar import gregorian_date, hijri_to_gregorian, jalali_to_gregorian

if TYPE_CHECKING:
    import re
    from datetime import date

_SIGN: str = load("dates")["date_sign"]  # a letter that printers used for the slash: «۲۸ر۱۱ر۱۳۸۰»
DATE_SIGN = rf"[/.–—٫\\{_SIGN}-]"
_TRIPLE = expression(
    rf"""(?x)
    (?<![0-9])
    ([0-9]{{1,4}}) ([ ]?) ({DATE_SIGN}) ([ ]?) ([0-9]{{1,2}}) ([ ]?)\3([ ]?) ([0-9]{{1,4}})
    (?![0-9]
      |[/–-][ ]?[0-9] | \.[0-9]                       # a fourth number: no date
      |[/–-][ ]?{LETTER}(?!{LETTER}{{2}})             # a letter's number: 81274/03/12-ش
      |[%٪])
    """
)
_NUMBER_BEFORE = expression(r"[0-9A-Za-z][/.:–_-]\Z|[/:_@#=&?]\Z|[A-Za-z0-9]\Z|[0-9][.,٫٬]\Z")
_FROM_OR_TO = expression(rf"{WORD_START}(?:{FROM}|{TO_WORD})[ :(]*{GAP}\Z")
_OPENED, _CLOSED = expression(rf"\({GAP}\Z"), expression(rf"{GAP}\)")
_FIRST_YEAR = 1300
_TURN = 30  # 30-99 are 13xx, 00-29 are 14xx


def numeric_date(folded: str, start: int, published: date | None) -> FoundDate | None:
    """Return the date whose first digit is at `start`; None if it is a number of something else."""
    found = _TRIPLE.match(folded, start)
    if found is None or _is_something_else(folded, found):
        return None
    first, sign, second, third = found[1], found[3], int(found[5]), found[8]
    if len(first) == 4 and len(third) <= 2:
        return _with_whole_year(folded, found, int(first), second, int(third), leads=True)
    if len(third) == 4 and len(first) <= 2:
        return _with_whole_year(folded, found, int(third), second, int(first), leads=False)
    if len(first) <= 2 and len(third) <= 2:
        day = _with_short_year(folded, found, (first, second, third), sign, published)
        return day_found("numeric_short", folded, found.span(), day, "jalali") if day else None
    return None


def _is_something_else(folded: str, found: re.Match[str]) -> bool:
    """Part of a longer number, an address, a letter's number, a version, a clause."""
    start = found.start()
    if _NUMBER_BEFORE.search(folded, max(0, start - 2), start):
        return True
    return stands_before("letter_number" if found[3] == "/" else "numbered", folded, start)


def _with_whole_year(folded: str, found: re.Match[str], year: int, month: int, day: int, *, leads: bool) -> FoundDate | None:
    """Return a year in full: the date is what is printed, possible or not."""
    era = era_after(folded, found.end())
    span = (found.start(), era.end if era else found.end())
    if era is not None and era.calendar == "hijri" and 1000 <= year < 1600:
        return day_found("numeric", folded, span, hijri_to_gregorian(year, month, day), "hijri")
    if 1200 <= year < 1500:
        return day_found("numeric", folded, span, jalali_to_gregorian(year, month, day), "jalali")
    if 1800 <= year < 2200:
        if month > 12 >= day and not leads:
            month, day = day, month
        return day_found("numeric", folded, span, gregorian_date(year, month, day), "gregorian")
    return None


def _with_short_year(
    folded: str, found: re.Match[str], parts: tuple[str, int, str], sign: str, published: date | None
) -> date | None:
    """Year first unless that is impossible or later than the publication.

    What can only be read as a day after the publication needs a word such as «مورخ» or «تا» before it, or brackets around it.
    """
    first, month, third = parts
    cued = (
        stands_before("dated", folded, found.start())
        or _FROM_OR_TO.search(folded, max(0, found.start() - 12), found.start())
        or (_OPENED.search(folded, max(0, found.start() - 4), found.start()) and _CLOSED.match(folded, found.end()))
    )
    read: list[date] = []
    for year, day in ((first, third), (third, first)):
        if len(year) != 2:
            continue
        if int(year) < _TURN and not (cued or (sign == "/" and year[0] == "0")):
            continue
        number = int(year) + _FIRST_YEAR + (100 if int(year) < _TURN else 0)
        possible = jalali_to_gregorian(number, month, int(day))
        if possible is not None and (published is None or cued or possible <= published or year is third):
            read.append(possible)
    past = [day for day in read if published is None or day <= published]
    return next(iter([*past, *reversed(read)]), None)
