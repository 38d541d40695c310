"""Where every character of a rewritten text came from: a piecewise linear map, kept as its pieces.

A page of ten thousand letters changes in some hundred places; between two of them output and input run in step. So the map is
two short lists, made when somebody asks for a place, and it reads like the list of integers it stands for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# (start, end, after): the slice of the input that is replaced and what stands there afterwards.
Edit = tuple[int, int, str]
_Lists = tuple[list[int], list[int]]


class Offsets(Sequence[int]):
    """`offsets[i]` is the place in the input of output character i; `len` is the length of the output.

    An inserted character has the place of the input character it was put before; every letter of a split ligature has the
    place of the ligature.
    """

    __slots__ = ("_build", "_length", "_lists")

    def __init__(self, length: int, starts: list[int] | None = None, shifts: list[int] | None = None) -> None:
        self._length = length
        self._lists = (starts or [0], shifts or [0])
        self._build: Callable[[], _Lists] | None = None

    @classmethod
    def of_edits(cls, source_length: int, edits: Sequence[Edit]) -> Offsets:
        """Return the map of a text of `source_length` characters after `edits`, which are in order and do not overlap.

        It is made when it is asked for.
        """
        return cls._made_later(
            source_length + sum([len(after) - end + start for start, end, after in edits]), lambda: _lists_of(edits)
        )

    @classmethod
    def _made_later(cls, length: int, build: Callable[[], _Lists]) -> Offsets:
        offsets = cls(length)
        offsets._build = build
        return offsets

    def _made(self) -> _Lists:
        """Return the starts of the runs that stand in step with the input, and their shifts."""
        if self._build is not None:
            self._lists = self._build()
            self._build = None
        return self._lists

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        if isinstance(index, slice):
            return [self._at(i) for i in range(*index.indices(self._length))]
        place = index + self._length if index < 0 else index
        if not 0 <= place < self._length:
            raise IndexError(f"offset {index} of a text of {self._length} characters")
        return self._at(place)

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(range(start + shift, end + shift) for start, end, shift in self.pieces())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[type[Offsets], tuple[int, list[int], list[int]]]:
        return Offsets, (self._length, *self._made())

    def __repr__(self) -> str:
        return f"Offsets({self._length}, {len(self._made()[0])} pieces)"

    def pieces(self) -> Iterator[tuple[int, int, int]]:
        """Return (start, end, shift) for every run of output characters that stands in step with the input."""
        starts, shifts = self._made()
        return zip(starts, [*starts[1:], self._length], shifts, strict=True)

    def after(self, first: Offsets) -> Offsets:
        """Return the map of two rewritings, `first` and then this one."""
        if first._build is None and first._lists == ([0], [0]):
            return self
        return self._made_later(self._length, lambda: self._composed(first))

    def _composed(self, first: Offsets) -> _Lists:
        starts: list[int] = []
        shifts: list[int] = []
        first_starts, first_shifts = first._made()
        for start, end, shift in self.pieces():
            place = start
            while place < end:
                k = bisect_right(first_starts, place + shift) - 1
                _add(starts, shifts, place, shift + first_shifts[k])
                following = first_starts[k + 1] - shift if k + 1 < len(first_starts) else end
                place = min(end, following)
        return starts or [0], shifts or [0]

    def _at(self, place: int) -> int:
        starts, shifts = self._made()
        return place + shifts[bisect_right(starts, place) - 1]


def _lists_of(edits: Sequence[Edit]) -> _Lists:
    starts, shifts, shift = [0], [0], 0
    for start, end, after in edits:
        out, old, new = start - shift, end - start, len(after)
        if old == new:
            continue
        if new < old:
            shift += old - new
            _add(starts, shifts, out + new, shift)
            continue
        first = max(old, 1)
        for place in range(out + first, out + new + (old == 0)):
            shift -= 1
            _add(starts, shifts, place, shift)
    return starts, shifts


def _add(starts: list[int], shifts: list[int], start: int, shift: int) -> None:
    if starts and starts[-1] == start:
        shifts[-1] = shift
    elif not shifts or shifts[-1] != shift:
        starts.append(start)
        shifts.append(shift)
