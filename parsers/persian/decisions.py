"""Decisions about single words: which ZWNJ a word misses, and how its ends stand to the blanks next to them.

The decisions about frequent words are made at training and shipped in the model, as a table that is searched, not read, when
the model is loaded. Those about other words are computed when they are met, and remembered.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_LONGEST_KEY = 100
# Blocks of the table, and what stands in one: words in order, each on a line with the sign of its decision.
_BLOCK, _BLOCK_SIZE = "\x1c", 24
_FIRST_SIGN, _LAST = 33, "\U0010ffff"


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


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """The shipped decisions: `blocks` of lines in the order of their words, a word, a tab and a sign on each.

    `by_sign` maps the signs to the decisions they stand for.
    """

    blocks: list[str] = field(default_factory=list)
    by_sign: dict[str, Decision] = field(default_factory=dict)

    @classmethod
    def of(cls, decisions: Mapping[str, Decision]) -> DecisionTable:
        """Return the table of `decisions`; the commonest ones have the shortest signs."""
        counts: dict[Decision, int] = {}
        for decision in decisions.values():
            counts[decision] = counts.get(decision, 0) + 1
        ranked = sorted(counts, key=lambda decision: (-counts[decision], decision))
        signs = {decision: chr(_FIRST_SIGN + i) for i, decision in enumerate(ranked)}
        lines = [f"\n{word}\t{signs[decisions[word]]}" for word in sorted(decisions)]
        blocks = ["".join(lines[i : i + _BLOCK_SIZE]) for i in range(0, len(lines), _BLOCK_SIZE)]
        return cls(blocks, {sign: decision for decision, sign in signs.items()})

    @classmethod
    def read(cls, blocks: str, decisions: list[str]) -> DecisionTable:
        """Return the table of which `written` gave the two parts."""
        by_sign = {chr(_FIRST_SIGN + i): _parsed(line) for i, line in enumerate(filter(None, decisions))}
        return cls(blocks.split(_BLOCK) if blocks else [], by_sign)

    def written(self) -> tuple[str, list[str]]:
        """Return the blocks, and the decisions in the order of their signs, as text."""
        return _BLOCK.join(self.blocks), [_printed(self.by_sign[sign]) for sign in sorted(self.by_sign)]

    def get(self, word: str) -> Decision | None:
        """Return the decision about `word`; None where none is shipped."""
        key = f"\n{word}\t"
        i = bisect_right(self.blocks, key + _LAST)
        if not i:
            return None
        block = self.blocks[i - 1]
        place = block.find(key)
        return None if place < 0 else self.by_sign[block[place + len(key)]]

    def words(self) -> Iterator[str]:
        """Yield the words, in order."""
        for block in self.blocks:
            yield from (line.partition("\t")[0] for line in block.split("\n")[1:])


def _printed(decision: Decision) -> str:
    missing, *others = decision
    return " ".join([",".join(map(str, missing)), *(str(int(each)) for each in others)])


def _parsed(line: str) -> Decision:
    missing, certain, likely, opening, closing, ambiguous = line.split(" ")
    places = tuple(map(int, missing.split(","))) if missing else ()
    return Decision(places, int(certain), int(likely), int(opening), int(closing), ambiguous == "1")
