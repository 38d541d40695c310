"""The SVG of a plot: scale, grid, axis, bars, events. Coordinates are in units of its text, of 12 whatever its size."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from db.read.plots import WIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.read.plots import Drawn, Frame, PlotEvent, PlotSeries

_MANY_MONTHS = 18  # more than these have their years named, not their months
_APART = 22  # between two events whose numbers can stand side by side
_STEPS = (4, 8, 12, 16, 20, 24, 32, 40, 48, 60, 80)  # tops of a scale, times a power of ten: their quarters are whole
_HEAD = 58  # of a file, for its title and its legend
_FONT = "Vazirmatn, 'Noto Naskh Arabic', Tahoma, sans-serif"
# A file has no style sheet: it brings the light colours of the pages with it.
_STYLE = (
    f"text {{ font: 12px {_FONT}; fill: #1d2025; }} .heading {{ font-size: 15px; font-weight: bold; }} "
    ".middle { text-anchor: middle; } .end { text-anchor: end; } .grid { stroke: #ddd8cc; } "
    ".bar { fill: #3a7f9b; } .bar.second { fill: #c2703a; } .event rect { fill: #9c2f1d; } "
    ".event line { stroke: #9c2f1d; stroke-width: 1.5; stroke-dasharray: 4 3; } .event text { fill: #ffffff; font-size: 11px; }"
)


@dataclass(frozen=True, slots=True)
class _Scale:
    frame: Frame
    periods: Sequence[str]
    most: int
    head: int  # room above the bars
    leftward: bool

    @property
    def step(self) -> float:
        return (self.frame.width - 2 * self.frame.side) / max(len(self.periods), 1)

    @property
    def floor(self) -> int:
        return self.frame.height - self.frame.bottom

    def x(self, place: float) -> float:
        way = self.frame.side + place * self.step
        return self.frame.width - way if self.leftward else way

    def y(self, count: float) -> float:
        return self.floor - count / self.most * (self.floor - self.head)


def drawing(frame: Frame, periods: Sequence[str], series: Sequence[PlotSeries], drawn: Drawn) -> str:
    """Return the SVG of counts by period, for a page with the style sheet."""
    role = "group" if drawn.link else "img"
    summary = escape(_summary(periods, series, drawn))
    parts = "".join(_parts(frame, periods, series, drawn, linked=True))
    return (
        f'<svg class="plot {frame.name}" viewBox="0 0 {frame.width} {frame.height}" role="{role}" aria-label="{summary}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{summary}</title>{parts}</svg>'
    )


def file_drawing(periods: Sequence[str], series: Sequence[PlotSeries], drawn: Drawn) -> str:
    """Return the same as a file that needs nothing else: with its title, its legend and its colours."""
    edge, anchor = (WIDE.width - WIDE.side, "end") if drawn.words.leftward else (WIDE.side, "start")
    heading = f'<text class="heading {anchor}" x="{edge}" y="-30">{escape(drawn.title)}</text>'
    legend = f'<text class="{anchor}" x="{edge}" y="-10">{escape(_summary(periods, series, drawn, with_title=False))}</text>'
    colours = "".join(_colour(place, one.name, drawn) for place, one in enumerate(series)) if len(series) > 1 else ""
    parts = "".join(_parts(WIDE, periods, series, drawn, linked=False))
    return (
        f'<svg viewBox="0 {-_HEAD} {WIDE.width} {WIDE.height + _HEAD}" width="{WIDE.width}" height="{WIDE.height + _HEAD}" '
        f'xmlns="http://www.w3.org/2000/svg"><style>{_STYLE}</style>'
        f'<rect y="{-_HEAD}" width="100%" height="100%" fill="#ffffff"/>{heading}{legend}{colours}{parts}</svg>'
    )


def _colour(place: int, name: str, drawn: Drawn) -> str:
    """Return the key to one series: its colour and its name, at the other end of the head."""
    edge, anchor, step = (WIDE.side, "start", 16) if drawn.words.leftward else (WIDE.width - WIDE.side, "end", -16)
    y, style = -30 + 20 * place, "bar second" if place else "bar"
    x = edge if step > 0 else edge - 12
    label = f'<text class="{anchor}" x="{edge + step}" y="{y}">{escape(name)}</text>'
    return f'<rect class="{style}" x="{x}" y="{y - 10}" width="12" height="12"/>{label}'


def _summary(periods: Sequence[str], series: Sequence[PlotSeries], drawn: Drawn, *, with_title: bool = True) -> str:
    sums = [(one.name, drawn.counted(sum(one.counts.values()))) for one in series]
    counted = " · ".join(f"{name}: {total}" if name else total for name, total in sums)
    first, last = (drawn.words.month(period) for period in (periods[0], periods[-1]))
    told = str(drawn.words.summary).format(title=drawn.title, counted=counted, first=first, last=last)
    return told if with_title else told.removeprefix(f"{drawn.title}: ")


def _parts(
    frame: Frame, periods: Sequence[str], series: Sequence[PlotSeries], drawn: Drawn, *, linked: bool
) -> Iterator[str]:  # fmt: skip
    levels = _levels(frame, periods, drawn.events)
    head = frame.top + 20 * max((level for level, *_ in levels.values()), default=0)
    most = _round_up(max(count for one in series for count in one.counts.values()))
    scale = _Scale(frame, periods, most, head, drawn.words.leftward)
    yield from _grid(scale, drawn)
    yield from _axis(scale, drawn)
    for place, period in enumerate(periods):
        for number, one in enumerate(series):
            if one.counts.get(period):
                yield _bar(scale, place, (number, len(series)), one, drawn, linked=linked)
    yield from _events(scale, levels, drawn)


def _round_up(count: int) -> int:
    """Return the next number whose quarters are whole: 4, 8, 12, 16, 20, 24, 32, 40, 48, 60, 80, 120 …"""
    power = 1
    while True:
        for step in _STEPS:
            if count <= step * power:
                return step * power
        power *= 10


def _bar(scale: _Scale, place: int, which: tuple[int, int], series: PlotSeries, drawn: Drawn, *, linked: bool) -> str:
    number, many = which
    period = scale.periods[place]
    count = series.counts[period]
    width = max(min(scale.step * 0.8, 40) / many, 1)
    middle = scale.x(place + 0.5) + (number - (many - 1) / 2) * (-width if scale.leftward else width)
    y = scale.y(count)
    name = escape(f"{series.name + ', ' if series.name else ''}{drawn.words.month(period)}: {drawn.counted(count)}")
    box = f'x="{middle - width / 2:.1f}" y="{y:.1f}" width="{width:.1f}" height="{scale.floor - y:.1f}"'
    bar = f'<rect class="bar{" second" if number else ""}" {box}><title>{name}</title></rect>'
    link = drawn.link if linked else None
    return f'<a href="{escape(link(period))}" aria-label="{name}">{bar}</a>' if link else bar


def _grid(scale: _Scale, drawn: Drawn) -> Iterator[str]:
    side, end = scale.frame.side, scale.frame.width - scale.frame.side
    label = f'<text class="tick" x="{end + 8}"' if scale.leftward else f'<text class="tick end" x="{side - 8}"'
    for quarter in range(5):
        count = scale.most * quarter // 4
        y = scale.y(count)
        yield f'<line class="grid" x1="{side}" x2="{end}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'{label} y="{y + 4:.1f}">{drawn.words.digits(count)}</text>'


def _axis(scale: _Scale, drawn: Drawn) -> Iterator[str]:
    """Names under the axis: of months where they are few, else of the years where they begin; none beyond the edges."""
    frame, periods = scale.frame, scale.periods
    if len(periods[0]) == 4 or len(periods) > _MANY_MONTHS:
        starts = [(place, period[:4]) for place, period in enumerate(periods) if period[4:] in ("", "-01")]
        named = [(place, drawn.words.digits(year)) for place, year in starts]
        room = frame.year_room
    else:
        named, room = [(place, drawn.words.month(period)) for place, period in enumerate(periods)], frame.month_room
    last = None
    for place, name in named:
        x = min(max(scale.x(place + 0.5), room / 2), frame.width - room / 2)
        if last is None or abs(last - x) >= room:
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


def _events(scale: _Scale, levels: Mapping[int, tuple[int, list[PlotEvent]]], drawn: Drawn) -> Iterator[str]:
    """Lines where something happened; several in one period share a line."""
    for place, (level, here) in levels.items():
        x, label = scale.x(place + 0.5), escape(drawn.words.separator.join(event.label for event in here))
        first, last = (drawn.words.digits(event.number) for event in (here[0], here[-1]))
        number = first if first == last else f"{first}–{last}"
        half = 9 if first == last else 17
        y = scale.head - 17 - 20 * level
        yield (
            f'<g class="event"><line x1="{x:.1f}" x2="{x:.1f}" y1="{y + 9}" y2="{scale.floor}"/>'
            f'<rect x="{x - half:.1f}" y="{y - 9}" width="{2 * half}" height="18" rx="9"/>'
            f'<text class="middle" x="{x:.1f}" y="{y + 4}">{number}</text><title>{label}</title></g>'
        )
