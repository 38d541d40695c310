"""Tables of PDFs: rows below one another that have the same wide gaps, read cell by cell."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDE = 1.8  # letters; no blank between two words is so wide
_ROWS_ENOUGH = 3
Strip = tuple[float, float]


class Placed(Protocol):
    """What has a box."""

    @property
    def text(self) -> str:
        """Return what it stands for."""

    @property
    def x0(self) -> float:
        """Return its left edge."""

    @property
    def x1(self) -> float:
        """Return its right edge."""

    @property
    def size(self) -> float:
        """Return the height of its letters."""


def borders(rows: Sequence[Sequence[Placed]]) -> list[tuple[Strip, ...]]:
    """Return for each row the strips between its cells, from left to right; none for a row of no table."""
    gaps = [tuple(_gaps(row)) for row in rows]
    found: list[tuple[Strip, ...]] = [()] * len(rows)
    start = 0
    while start < len(rows):
        shared, end = gaps[start], start + 1
        while end < len(rows) and (common := _common(shared, gaps[end])):
            shared, end = common, end + 1
        if shared and end - start >= _ROWS_ENOUGH:
            found[start:end] = [shared] * (end - start)
            start = end
        else:
            start += 1
    return found


def cells[P: Placed](row: Sequence[P], strips: Sequence[Strip]) -> list[list[P]]:
    """Return what stands between the strips, from right to left."""
    edges = [float("-inf"), *((low + high) / 2 for low, high in strips), float("inf")]
    return [[one for one in row if low <= (one.x0 + one.x1) / 2 < high] for low, high in pairwise(edges)][::-1]


def _gaps(row: Sequence[Placed]) -> Iterator[Strip]:
    solid = sorted((one for one in row if one.text.strip()), key=lambda one: one.x0)
    edge = solid[0].x1 if solid else 0.0
    for one in solid[1:]:
        if one.x0 - edge > _WIDE * one.size:
            yield edge, one.x0
        edge = max(edge, one.x1)


def _common(some: Sequence[Strip], others: Sequence[Strip]) -> tuple[Strip, ...]:
    """Return the strips that are blank in both; none unless every one of the fewer is."""
    shared = tuple((max(a, c), min(b, d)) for a, b in some for c, d in others if max(a, c) < min(b, d))
    return shared if len(shared) >= max(1, min(len(some), len(others))) else ()
