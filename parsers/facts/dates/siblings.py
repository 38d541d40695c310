"""What one date of a text tells of another: «جمعه» is the Friday that the text prints as «جمعه ۱۱ تیر»."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.grammar.calendar_words import vocabulary

if TYPE_CHECKING:
    from datetime import date

    from parsers.facts.dates.models import Found

_BY_ITSELF = frozenset({"weekday", "weekday_ahead"})
# So many days from the publication at most.
_NEAR = 8


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(vocabulary().weekday)


def with_siblings(folded: str, found: list[Found], published: date) -> list[Found]:
    """Return the dates, a weekday by itself as the day that is printed with the same weekday near the publication, if one is."""
    if not any(one.rule in _BY_ITSELF for one in found):
        return found
    printed: dict[int, set[date]] = {}
    for one in found:
        if one.first is not None and _prints_weekday(folded, one) and abs((one.first - published).days) <= _NEAR:
            printed.setdefault(one.first.weekday(), set()).add(one.first)
    return [_told(one, printed) for one in found]


def _prints_weekday(folded: str, one: Found) -> bool:
    return one.precision == "day" and one.rule not in _BY_ITSELF and _weekday().match(folded, one.start) is not None


def _told(one: Found, printed: dict[int, set[date]]) -> Found:
    if one.rule not in _BY_ITSELF or one.first is None:
        return one
    days = printed.get(one.first.weekday(), set())
    if len(days) != 1:
        return one
    day = next(iter(days))
    return replace(one, first=day, last=day, rule="weekday_of_sibling")
