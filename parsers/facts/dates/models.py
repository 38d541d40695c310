"""What a finder of dates gives: a span of the text and the days it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Found:
    """A date in folded text. `first` and `last` are equal for one day, both None where the date is impossible."""

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


def day_found(folded: str, start: int, end: int, day: date | None, calendar: str) -> Found:
    """One day; None: printed, but impossible."""
    start, end = _trimmed(folded, start, end)
    return Found(start, end, day, day, "day", calendar)


def span_found(folded: str, start: int, end: int, days: tuple[date | None, date | None], calendar: str, precision: str) -> Found:
    """A month, a year, a range of days."""
    start, end = _trimmed(folded, start, end)
    first, last = days if None not in days else (None, None)
    return Found(start, end, first, last, precision, calendar)


def _trimmed(folded: str, start: int, end: int) -> tuple[int, int]:
    while end > start and folded[end - 1] in " \u200c":
        end -= 1
    while start < end and folded[start] in " \u200c":
        start += 1
    return start, end
