"""Dates in Persian text, in order, each with its exact place.

>>> find_dates("مصوب ۲۳ مرداد ۱۳۹۶")[0].iso
'2017-08-14'

Impossible dates are kept and marked; lunar ones are right within a day; what is relative needs the day of publication.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.counted import after_event, counted_date
from parsers.facts.dates.day_lists import days_apart
from parsers.facts.dates.decades import decade, decades_in_row
from parsers.facts.dates.english_months import english_date
from parsers.facts.dates.months import named_date
from parsers.facts.dates.numeric import DATE_SIGN, numeric_date
from parsers.facts.dates.periods import bare_year, season, year_alone, years_in_row
from parsers.facts.dates.relative import relative_date
from parsers.facts.dates.siblings import with_siblings
from parsers.facts.dates.surroundings import with_surroundings
from parsers.facts.dates.triggers import triggers
from parsers.facts.dates.weekdays import weekday_alone
from parsers.facts.rules import rules
from parsers.grammar.calendar_words import key, vocabulary
from parsers.models import DateMention
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator
    from datetime import date

    from parsers.facts.dates.models import FoundDate

# The first digit of three numbers with signs between, or of four digits that can be a year of this calendar or that.
_DIGITS = expression(
    rf"""(?x)
    [0-9](?:
      (?P<triple>[0-9]{{0,3}}(?=[ ]?{DATE_SIGN}[ ]?[0-9]{{1,2}}[ ]?{DATE_SIGN}[ ]?[0-9]))
      |(?<![0-9].)(?:(?<=1)[2-9]|(?<=2)0)[0-9]{{2}}(?![0-9]))
    """
)
# What goes on after a date of a precision: «سال‌های ۹۵ و ۹۷».
_MORE: dict[str, Callable[[str, FoundDate], list[FoundDate]]] = {
    "year": years_in_row,
    "decade": decades_in_row,
    "day": days_apart,
}


def find_dates(text: str, published: date | None = None) -> list[DateMention]:
    """Return every date of the text, in order, none inside another; offsets are code points of `text`."""
    folded = fold(text)
    after_others: list[tuple[int, int]] = []
    found = _apart([with_surroundings(folded, one) for one in _candidates(folded, published, after_others)])
    if published is not None and after_others:
        found = _apart([*found, *_after_events(folded, after_others, found, published)])
    if published is not None:
        found = with_siblings(folded, found, published)
    return [_mention(text, one) for one in found]


def _candidates(folded: str, published: date | None, after_others: list[tuple[int, int]]) -> Iterator[FoundDate]:
    """Yield what may be a date; spans that can only be read when the others are known are added to `after_others`."""
    known = triggers(relative=published is not None)
    for hit in known.scanner.finditer(folded):
        kind = known.kinds[key(hit[1])]
        if kind == "then":
            after_others.append(hit.span(1))
            continue
        found = _in_letters(folded, hit.start(1), hit.end(1), kind, published)
        if found is not None:
            yield found
            if found.precision in _MORE:
                yield from _MORE[found.precision](folded, found)
    for hit in _DIGITS.finditer(folded):
        found = _in_digits(folded, hit, published)
        if found is not None:
            yield found


def _in_digits(folded: str, hit: re.Match[str], published: date | None) -> FoundDate | None:
    if hit.lastgroup:
        return numeric_date(folded, hit.start(), published)
    return bare_year(folded, hit.start(), hit.end())


def _in_letters(folded: str, start: int, end: int, kind: str, published: date | None) -> FoundDate | None:
    match kind:
        case "rare month":
            found = named_date(folded, start, end, None)
            return found if found and found.precision in ("day", "range") else None
        case "month" if folded[start].isascii():
            return english_date(folded, start, end, vocabulary().months[key(folded[start:end])])
        case "month":
            return named_date(folded, start, end, published)
        case "year":
            return year_alone(folded, start)
        case "season":
            return season(folded, start, end, published)
        case "decade":
            return decade(folded, start)
    if published is None:
        return None
    if kind == "counted":
        return counted_date(folded, start, published)
    return (relative_date if kind == "relative" else weekday_alone)(folded, start, end, published)


def _after_events(folded: str, spans: list[tuple[int, int]], others: list[FoundDate], published: date) -> Iterator[FoundDate]:
    """Yield what is counted from a date before it, «چهار روز بعد», or else from the publication: «سال بعد»."""
    for start, end in spans:
        found = after_event(folded, start, others) or relative_date(folded, start, end, published)
        if found is not None:
            yield found


def _apart(found: list[FoundDate]) -> list[FoundDate]:
    """Return the dates in order; where two overlap, the longer one stays."""
    kept: list[FoundDate] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _mention(text: str, found: FoundDate) -> DateMention:
    one_day = found.precision == "day"
    return DateMention(
        start=found.start,
        end=found.end,
        surface=text[found.start : found.end],
        iso=found.first.isoformat() if one_day and found.first else None,
        precision=found.precision,
        calendar=found.calendar,
        valid=found.valid,
        iso_range=(found.first.isoformat(), found.last.isoformat()) if not one_day and found.first and found.last else None,
        time=found.time,
        rule=found.rule,
        certain=rules("dates")[found.rule].certain,
    )
