"""Decisions about single words: which ZWNJ a word misses, and how its ends stand to the blanks next to them.

The decisions about frequent words are made at training and shipped in the model. Those about other words are computed when
they are met, and remembered.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LONGEST_KEY = 100
_REMEMBERED = 1 << 15


class Decision(NamedTuple):
    """What was decided about a word as it is printed.

    `missing` are the places before which a ZWNJ is missing. `certain` counts those of them that no careful hand leaves out
    («میشود»), `likely` those that some do («پیشبینی»). `opening` and `closing` say how readily the word stands before a ZWNJ and
    after one (`BlankRepair.readiness`). `ambiguous`: the neighbours decide between two readings.
    """

    missing: tuple[int, ...] = ()
    certain: int = 0
    likely: int = 0
    opening: int = 0
    closing: int = 0
    ambiguous: bool = False


MISSING, CERTAIN, LIKELY = attrgetter("missing"), attrgetter("certain"), attrgetter("likely")
OPENING, CLOSING, AMBIGUOUS = attrgetter("opening"), attrgetter("closing"), attrgetter("ambiguous")


class DecisionCache[Key: str | tuple[str, ...], Value](dict[Key, Value]):
    """A dictionary that computes what it misses. A full one starts over and keeps what is asked for again."""

    def __init__(self, compute: Callable[[Key], Value], size: int) -> None:
        super().__init__()
        self._compute, self._size = compute, size
        self._before: dict[Key, Value] = {}

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._size:
            self._before = dict(self)
            self.clear()
        value = self._before.get(key)
        if value is None:
            value = self._compute(key)
        if len(key) <= _LONGEST_KEY:
            self[key] = value
        return value


class Decisions(dict[str, Decision]):
    """The decision about every word: shipped, or computed by `decide` and remembered."""

    def __init__(self, shipped: Mapping[str, Decision], decide: Callable[[str], Decision]) -> None:
        super().__init__(shipped)
        self._met = DecisionCache(decide, _REMEMBERED)

    def __missing__(self, word: str) -> Decision:
        return self._met[word]
