"""What a finder of dates returns: a span of the text and the days it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import BLANK

if TYPE_CHECKING:
    from datetime import date

_BLANK = expression(BLANK)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in folded text, and the rule that found it (`lexicon/rules_dates.toml`).

    `first` and `last` are equal for one day, both None where the date is impossible.
    """

    rule: str
    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    calendar: str
    time: str | None = None

    @property
    def valid(self) -> bool:
        """Whether there are such days."""
        return self.first is not None and self.last is not None


def day_found(rule: str, folded: str, span: tuple[int, int], day: date | None, calendar: str) -> FoundDate:
    """Return one day; `day` is None for one that is printed, but impossible."""
    return FoundDate(rule, *_trimmed(folded, *span), day, day, "day", calendar)


def span_found(
    rule: str, folded: str, span: tuple[int, int], days: tuple[date | None, date | None], calendar: str, precision: str
) -> FoundDate:
    """Return a month, a year, a range of days: its first and last day."""
    first, last = days if None not in days else (None, None)
    return FoundDate(rule, *_trimmed(folded, *span), first, last, precision, calendar)


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while end > start and _BLANK.match(folded, end - 1):
        end -= 1
    while start < end and _BLANK.match(folded, start):
        start += 1
    return start, end
