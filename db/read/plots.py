"""Plots as SVG, for the web pages and the report: counts by Jalali month, with what happened on the time line.

On a page colours and fonts are the style sheet's: a plot carries classes, no styles. Time runs as the page is read: from right
to left in Persian, from left to right in English.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.read.jalali_dates import digits, month_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_MAX_MONTHS = 120  # more than these are counted by year


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of a drawing, in the units of its text: of 12 whatever its size."""

    name: str
    width: int
    height: int
    side: int
    max_linked: int  # months whose bars can be hit; more than these are counted by year where they lead anywhere
    month_room: int = 96  # between two labels that name a month
    year_room: int = 48
    top: int = 34
    bottom: int = 32


# A picture that shrinks has letters that nobody can read: a page has both, and its style sheet shows one.
WIDE = Frame("wide", 760, 240, 46, max_linked=120)
NARROW = Frame("narrow", 360, 200, 34, max_linked=72)


@dataclass(frozen=True, slots=True)
class PlotWords:
    """How a plot writes numbers and months; `summary` has {title}, {counted}, {first}, {last}.

    `leftward`: time runs to the left.
    """

    digits: Callable[[object], str] = digits
    month: Callable[[str], str] = month_name
    summary: str = "{title}: {counted}، از {first} تا {last}"
    leftward: bool = True
    separator: str = "؛ "  # between events of one month


PERSIAN = PlotWords()


@dataclass(frozen=True, slots=True)
class PlotSeries:
    """Counts of each month, "1398-02" → 7; `name` tells it from another series of the same plot."""

    counts: Mapping[str, int]
    name: str = ""


@dataclass(frozen=True, slots=True)
class PlotEvent:
    """Something that happened in a month ("1398-02"), or in a year ("1398"); `number` is what it is called beside the plot."""

    month: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing for a page (`html`), one for a file (`file`: SVG that needs no style sheet), and its table: months and counts."""

    title: str
    html: str
    file: str
    names: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    has_events: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a drawing is of: series with the same periods, their title, and how their sums are told."""

    title: str
    series: Sequence[PlotSeries]
    counted: Callable[[int], str]
    events: Sequence[PlotEvent] = ()
    link: Callable[[str], str] | None = None
    words: PlotWords = field(default_factory=PlotWords)


def by_month(
    *series: Mapping[str, int] | PlotSeries,
    title: str,
    counted: Callable[[int], str],
    events: Sequence[PlotEvent] = (),
    link: Callable[[str], str] | None = None,
    words: PlotWords = PERSIAN,
) -> Plot | None:
    """Return bars for the counts of each month, months without any between the first and the last included; None without any.

    `counted` says a number with its unit («۷ سند»); `link` gives the address behind a month's bar; `events` stand on the
    time line.
    """
    from db.read.plot_drawing import drawing, file_drawing

    named = [one if isinstance(one, PlotSeries) else PlotSeries(one) for one in series]
    kept = [PlotSeries(_counts(one.counts), one.name) for one in named]
    found = sorted({month for one in kept for month in one.counts})
    if not found:
        return None
    months = months_between(found[0], found[-1])
    drawn = Drawn(title, kept, counted, events, link, words)
    html = "".join(
        drawing(frame, *_periods(months, kept, frame.max_linked if link else _MAX_MONTHS), drawn) for frame in (WIDE, NARROW)
    )
    return Plot(
        title, f'<div class="plots">{html}</div>', file_drawing(*_periods(months, kept, _MAX_MONTHS), drawn),
        tuple(one.name for one in kept), tuple((month, tuple(one.counts.get(month, 0) for one in kept)) for month in months),
        any(event.month[:4] in {month[:4] for month in months} for event in events),
    )  # fmt: skip


def months_between(first: str, last: str) -> list[str]:
    """Return every month from the first to the last, "1397-11" to "1398-02", both included."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in range(start, end + 1)]


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    return {month: count for month, count in counts.items() if _is_month(month) and count}


def _periods(months: list[str], series: list[PlotSeries], most: int) -> tuple[list[str], list[PlotSeries]]:
    """Return the months, or the years where there are more than `most` months, and the series counted by them."""
    if len(months) <= most:
        return months, series
    years = [f"{year:04d}" for year in range(int(months[0][:4]), int(months[-1][:4]) + 1)]
    return years, [PlotSeries(_by_year(one.counts), one.name) for one in series]


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and text[:4].isdecimal() and text[5:].isdecimal()


def _by_year(counts: Mapping[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, count in counts.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years
