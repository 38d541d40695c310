"""The year of a day or a month that is printed without one.

Where a weekday is printed it decides. Otherwise the nearest to the publication is taken (right in 97 of 100 places where a
weekday proves it), unless that is weeks away and the sentence looks the other way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.dates.calendars import day_of, month_of, year_on
from parsers.facts.dates.sense import sense_of, sentence_start
from parsers.facts.dates.years import year_at
from parsers.grammar.blanks import WORD_START
from parsers.grammar.calendar_words import tied_word

if TYPE_CHECKING:
    from datetime import date

    from parsers.facts.dates.sense import Sense
    from parsers.grammar.calendar_words import Named

_YEAR = expression(f"{WORD_START}{tied_word('year')}(?=[0-9])")
_SENTENCE_REACH = 120
# A day within so many days is meant, whatever the sentence says.
_NEXT_TO_IT = 20
# Up to so many days the inference is as good as certain.
_NEAR = 60
# A weekday proves a year that lies so many days away only where no other year's day is near: it is misprinted more often.
_PROVES = 200
_MISPRINTED = 100
# How many days nearer a day must lie to be taken although the sentence looks the other way.
_AGAINST_SENSE = 180


@dataclass(frozen=True, slots=True)
class Inferred:
    """The day or month meant, its year, and the rule that says how far the inference can be trusted."""

    first: date
    last: date
    year: int
    rule: str


@dataclass(frozen=True, slots=True)
class Context:
    """What a year is inferred from: the text around the date, the day of publication, a weekday (Saturday 0) if printed."""

    folded: str
    start: int
    end: int
    published: date
    weekday: int | None = None


def infer_day(context: Context, month: Named, day: int) -> Inferred | None:
    """Return the day of a month that is meant; None if no year near has that day."""
    this_year = year_on(month.calendar, context.published)
    years = ((year, day_of(month.calendar, year, month.number, day)) for year in range(this_year - 1, this_year + 2))
    possible = [Inferred(on, on, year, "") for year, on in years if on is not None]
    if not possible:  # a leap day
        years = ((year, day_of(month.calendar, year, month.number, day)) for year in range(this_year - 5, this_year + 6))
        possible = [Inferred(on, on, year, "") for year, on in years if on is not None]
    if not possible:
        return None
    if context.weekday is not None:
        fitting = [one for one in possible if (one.first.weekday() + 2) % 7 == context.weekday]
        if fitting:
            return _by_weekday(fitting, possible, context.published)
    return _likeliest(possible, context)


def infer_month(context: Context, month: Named) -> Inferred | None:
    """Return the month that is meant."""
    this_year = year_on(month.calendar, context.published)
    possible = []
    for year in range(this_year - 1, this_year + 2):
        first, last = month_of(month.calendar, year, month.number)
        if first is not None and last is not None:
            possible.append(Inferred(first, last, year, ""))
    return _likeliest(possible, context) if possible else None


def _by_weekday(fitting: list[Inferred], possible: list[Inferred], published: date) -> Inferred:
    """Return the nearest with the weekday; one near without it where that is far, «سه‌شنبه ۲۲ ژانویه» soon after a Wednesday."""
    proved, near = (min(days, key=lambda one: _distance(one, published)) for days in (fitting, possible))
    if _distance(proved, published) > _PROVES and _distance(near, published) <= _MISPRINTED:
        return _with_rule(near, "year_against_weekday")
    return _with_rule(proved, "year_by_weekday")


def _likeliest(possible: list[Inferred], context: Context) -> Inferred:
    """Return the nearest, or the next nearest where the sentence contradicts and the nearest is far."""
    nearest = min(possible, key=lambda one: _distance(one, context.published))
    if _distance(nearest, context.published) <= _NEXT_TO_IT:
        return _with_rule(nearest, "year_inferred_near")
    sense = sense_of(context.folded, context.start, context.end)
    chosen = min(possible, key=lambda one: _cost(one, context.published, sense))
    if _distance(chosen, context.published) <= _NEAR:
        unsure = sense == "ahead" and chosen.first != chosen.last and _is_against(chosen, context.published, sense)
        return _with_rule(chosen, "year_inferred_far" if unsure else "year_inferred_near")
    printed = _year_of_sentence(context)
    told = [one for one in possible if one.year == printed]
    if told:
        return _with_rule(told[0], "year_of_sentence")
    return _with_rule(chosen, "year_inferred_far" if sense in ("present", "unknown") else "year_inferred_by_sense")


def _year_of_sentence(context: Context) -> int | None:
    """Return the last year that the sentence prints before the date: «در سال ۹۳ شاهد سفر او در اواخر مرداد ماه بودند»."""
    low = sentence_start(context.folded, context.start, _SENTENCE_REACH)
    years = list(_YEAR.finditer(context.folded, low, context.start))
    year = year_at(context.folded, years[-1].end(), None, named=True) if years else None
    return year.number if year is not None and year.calendar == "jalali" else None


def _cost(one: Inferred, published: date, sense: Sense) -> int:
    """Return the days to the publication, and a penalty for what lies on the other side of it than the sentence says."""
    return _distance(one, published) + (_AGAINST_SENSE if _is_against(one, published, sense) else 0)


def _is_against(one: Inferred, published: date, sense: Sense) -> bool:
    return (sense == "ahead" and one.last < published) or (sense == "back" and one.first > published)


def _distance(one: Inferred, published: date) -> int:
    """Return how many days lie between the publication and the nearest day of it."""
    if one.first <= published <= one.last:
        return 0
    return min(abs((one.first - published).days), abs((one.last - published).days))


def _with_rule(one: Inferred, rule: str) -> Inferred:
    return Inferred(one.first, one.last, one.year, rule)
