"""Plots as SVG, for the web pages and the report: counts by Jalali month, with what happened on the time line.

Colours and fonts are the style sheet's: a plot carries classes, no styles. Time runs from right to left, as the page is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from db.read.jalali_dates import digits, month_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_MAX_MONTHS = 120  # more than these are counted by year
_MANY_MONTHS = 18  # more than these have their years named, not their months
_APART = 22  # between two events whose numbers can stand side by side
_STEPS = (4, 8, 12, 16, 20, 24, 32, 40, 48, 60, 80)  # tops of a scale, times a power of ten: their quarters are whole


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
class PlotEvent:
    """Something that happened in a month ("1398-02"), or in a year ("1398"); `number` is what it is called beside the plot."""

    month: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class _Scale:
    frame: Frame
    periods: Sequence[str]
    most: int
    head: int  # room above the bars

    @property
    def step(self) -> float:
        return (self.frame.width - 2 * self.frame.side) / max(len(self.periods), 1)

    @property
    def floor(self) -> int:
        return self.frame.height - self.frame.bottom

    def x(self, place: float) -> float:
        return self.frame.width - self.frame.side - place * self.step

    def y(self, count: float) -> float:
        return self.floor - count / self.most * (self.floor - self.head)


def by_month(
    counts: Mapping[str, int],
    *,
    title: str,
    unit: str,
    events: Sequence[PlotEvent] = (),
    link: Callable[[str], str] | None = None,
) -> str:
    """Bars for the counts of each month, "1398-02" → 7, months without any between the first and the last included.

    `link` gives the address behind a month's bar. Two drawings, for wide and for narrow places; the empty string where there is
    nothing to show.
    """  # fmt: skip
    counts = {month: count for month, count in counts.items() if _is_month(month) and count}
    if not counts:
        return ""
    drawings = [_drawing(frame, counts, title, unit, events, link) for frame in (WIDE, NARROW)]
    return f'<div class="plots">{"".join(drawings)}</div>'


def _drawing(
    frame: Frame, counts: Mapping[str, int], title: str, unit: str, events: Sequence[PlotEvent],
    link: Callable[[str], str] | None,
) -> str:  # fmt: skip
    months = months_between(min(counts), max(counts))
    if len(months) > (frame.max_linked if link else _MAX_MONTHS):
        counts, months = _by_year(counts), [f"{year:04d}" for year in range(int(months[0][:4]), int(months[-1][:4]) + 1)]
    levels = _levels(frame, months, events)
    head = frame.top + 20 * max((level for level, *_ in levels.values()), default=0)
    scale = _Scale(frame, months, _round_up(max(counts.values())), head)
    bars = [_bar(scale, place, counts[month], month, unit, link) for place, month in enumerate(months) if counts.get(month)]
    parts = [*_grid(scale), *_axis(scale), *bars, *_events(scale, levels)]
    role = "group" if link else "img"
    summary = f"{title}: {digits(sum(counts.values()))} {unit}، از {month_name(months[0])} تا {month_name(months[-1])}"
    return (
        f'<svg class="plot {frame.name}" viewBox="0 0 {frame.width} {frame.height}" role="{role}" aria-label="{escape(summary)}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(summary)}</title>{"".join(parts)}</svg>'
    )


def _is_month(text: str) -> bool:
    return len(text) == 7 and text[4] == "-" and text[:4].isdecimal() and text[5:].isdecimal()


def months_between(first: str, last: str) -> list[str]:
    """Return every month from the first to the last, "1397-11" to "1398-02", both included."""
    start, end = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (first, last))
    return [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in range(start, end + 1)]


def _by_year(counts: Mapping[str, int]) -> dict[str, int]:
    years: dict[str, int] = {}
    for month, count in counts.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return years


def _round_up(count: int) -> int:
    """Return the next number whose quarters are whole: 4, 8, 12, 16, 20, 24, 32, 40, 48, 60, 80, 120 …"""
    power = 1
    while True:
        for step in _STEPS:
            if count <= step * power:
                return step * power
        power *= 10


def _bar(scale: _Scale, place: int, count: int, month: str, unit: str, link: Callable[[str], str] | None) -> str:
    width = max(min(scale.step * 0.8, 40), 1)
    x, y = scale.x(place + 0.5) - width / 2, scale.y(count)
    name = escape(f"{month_name(month)}: {digits(count)} {unit}")
    box = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{scale.floor - y:.1f}"'
    bar = f'<rect class="bar" {box}><title>{name}</title></rect>'
    return f'<a href="{escape(link(month))}" aria-label="{name}">{bar}</a>' if link else bar


def _grid(scale: _Scale) -> Iterator[str]:
    side, end = scale.frame.side, scale.frame.width - scale.frame.side
    for quarter in range(5):
        count = scale.most * quarter // 4
        y = scale.y(count)
        yield f'<line class="grid" x1="{side}" x2="{end}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="tick" x="{end + 8}" y="{y + 4:.1f}">{digits(count)}</text>'


def _axis(scale: _Scale) -> Iterator[str]:
    """Names under the axis: of months where they are few, else of the years where they begin; none beyond the edges."""
    frame, periods = scale.frame, scale.periods
    if len(periods[0]) == 4 or len(periods) > _MANY_MONTHS:
        named = [(place, digits(period[:4])) for place, period in enumerate(periods) if period[4:] in ("", "-01")]
        room = frame.year_room
    else:
        named, room = [(place, month_name(period)) for place, period in enumerate(periods)], frame.month_room
    last = None
    for place, name in named:
        x = min(max(scale.x(place + 0.5), room / 2), frame.width - room / 2)
        if last is None or last - x >= room:
            yield f'<text class="tick middle" x="{x:.1f}" y="{scale.floor + 20}">{escape(name)}</text>'
            last = x


def _levels(frame: Frame, periods: Sequence[str], events: Sequence[PlotEvent]) -> dict[int, tuple[int, list[PlotEvent]]]:
    """Return the events of each place on the axis, several in one period together, and how high their number stands."""
    found: dict[int, list[PlotEvent]] = {}
    for event in events:
        place = next((i for i, period in enumerate(periods) if period.startswith(event.month[: len(period)])), None)
        if place is not None:
            found.setdefault(place, []).append(event)
    step = (frame.width - 2 * frame.side) / len(periods)
    levels: dict[int, tuple[int, list[PlotEvent]]] = {}
    before = None
    for place, here in sorted(found.items()):
        is_near = before is not None and (place - before) * step < _APART
        levels[place] = (1 - levels[before][0] if is_near and before is not None else 0, here)
        before = place
    return levels


def _events(scale: _Scale, levels: Mapping[int, tuple[int, list[PlotEvent]]]) -> Iterator[str]:
    """Lines where something happened; several in one period share a line."""
    for place, (level, here) in levels.items():
        x, label = scale.x(place + 0.5), escape("؛ ".join(event.label for event in here))
        first, last = here[0].number, here[-1].number
        number = digits(first) if first == last else f"{digits(first)}–{digits(last)}"
        half = 9 if first == last else 17
        y = scale.head - 17 - 20 * level
        yield (
            f'<g class="event"><line x1="{x:.1f}" x2="{x:.1f}" y1="{y + 9}" y2="{scale.floor}"/>'
            f'<rect x="{x - half:.1f}" y="{y - 9}" width="{2 * half}" height="18" rx="9"/>'
            f'<text class="middle" x="{x:.1f}" y="{y + 4}">{number}</text><title>{label}</title></g>'
        )
