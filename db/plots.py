"""Plots as SVG, for the web pages and the report: counts by Jalali month, with what happened on the time line.

Colours and fonts are the style sheet's: a plot carries classes, no styles. Time runs from right to left, as the page is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from db.jalali import digits, month_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

WIDTH, HEIGHT = 760, 240
_TOP, _BOTTOM, _SIDE = 34, 40, 46
_MAX_MONTHS = 120  # more than these are counted by year
_LABEL_ROOM = 130  # between two labels of the axis; a phone needs it


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a month ("1398-02"), or in a year ("1398"); `number` is what it is called beside the plot."""

    month: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class _Scale:
    periods: Sequence[str]
    top: int

    @property
    def step(self) -> float:
        return (WIDTH - 2 * _SIDE) / max(len(self.periods), 1)

    def x(self, place: float) -> float:
        return WIDTH - _SIDE - place * self.step

    def y(self, count: float) -> float:
        return HEIGHT - _BOTTOM - count / self.top * (HEIGHT - _TOP - _BOTTOM)


def by_month(
    counts: Mapping[str, int], *, title: str, unit: str, events: Sequence[Event] = (),
    link: Callable[[str], str] | None = None,
) -> str:
    """Bars for the counts of each month, "1398-02" → 7, months without any between the first and the last included.

    `link` gives the address behind a month's bar. The empty string where there is nothing to show.
    """  # fmt: skip
    counts = {month: count for month, count in counts.items() if _is_month(month) and count}
    if not counts:
        return ""
    months = _months(min(counts), max(counts))
    if len(months) > _MAX_MONTHS:
        counts, months = _by_year(counts), [f"{year:04d}" for year in range(int(months[0][:4]), int(months[-1][:4]) + 1)]
    scale = _Scale(months, _round_up(max(counts.values())))
    bars = [_bar(scale, place, counts[month], month, unit, link) for place, month in enumerate(months) if counts.get(month)]
    parts = [*_grid(scale), *_axis(scale), *bars, *_events(scale, events)]
    role = "group" if link else "img"
    summary = f"{title}: {digits(sum(counts.values()))} {unit}، از {month_name(months[0])} تا {month_name(months[-1])}"
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="{role}" aria-label="{escape(summary)}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(summary)}</title>{"".join(parts)}</svg>'
    )


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and text[:4].isdecimal() and text[5:].isdecimal()


def _months(first: str, last: str) -> list[str]:
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in range(start, end + 1)]


def _by_year(counts: Mapping[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, count in counts.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years


def _round_up(count: int) -> int:
    """The next number that divides well into grid lines: 4, 8, 10, 20, 40, 80, 100 …"""
    power = 1
    while True:
        for step in (4, 8, 10):
            if count <= step * power:
                return step * power
        power *= 10


def _bar(scale: _Scale, place: int, count: int, month: str, unit: str, link: Callable[[str], str] | None) -> str:
    width = max(min(scale.step * 0.8, 40), 1)
    x, y = scale.x(place + 0.5) - width / 2, scale.y(count)
    name = escape(f"{month_name(month)}: {digits(count)} {unit}")
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{HEIGHT - _BOTTOM - y:.1f}"'
    bar = f'<rect class="bar" {box}><title>{name}</title></rect>'
    return f'<a href="{escape(link(month))}" aria-label="{name}">{bar}</a>' if link else bar


def _grid(scale: _Scale) -> Iterator[str]:
    for quarter in range(5):
        count = scale.top * quarter / 4
        y = scale.y(count)
        yield f'<line class="grid" x1="{_SIDE}" x2="{WIDTH - _SIDE}" y1="{y:.1f}" y2="{y:.1f}"/>'
        if count == int(count):
            yield f'<text class="tick" x="{WIDTH - _SIDE + 8}" y="{y + 4:.1f}">{digits(int(count))}</text>'


def _axis(scale: _Scale) -> Iterator[str]:
    every = max(1, round(_LABEL_ROOM / scale.step + 0.5))
    for place in range(0, len(scale.periods), every):
        x, y = scale.x(place + 0.5), HEIGHT - _BOTTOM + 18
        yield f'<text class="tick middle" x="{x:.1f}" y="{y}">{escape(month_name(scale.periods[place]))}</text>'


def _events(scale: _Scale, events: Sequence[Event]) -> Iterator[str]:
    """Lines where something happened; several in one period share a line."""
    found: dict[int, list[Event]] = {}
    for event in events:
        place = next((i for i, period in enumerate(scale.periods) if period.startswith(event.month[: len(period)])), None)
        if place is not None:
            found.setdefault(place, []).append(event)
    for place, here in found.items():
        x, label = f"{scale.x(place + 0.5):.1f}", escape("؛ ".join(event.label for event in here))
        yield (
            f'<g class="event"><line x1="{x}" x2="{x}" y1="{_TOP - 8}" y2="{HEIGHT - _BOTTOM}"/>'
            f'<circle cx="{x}" cy="{_TOP - 17}" r="9"/>'
            f'<text class="middle" x="{x}" y="{_TOP - 13}">{digits(here[0].number)}</text><title>{label}</title></g>'
        )
