"""What speaks for a blank having been a ZWNJ, summed: the weights of `features.blank_features`, without listing them.

Sums of what comes up again (a piece, its class, an ending after two letters) are remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.decisions import DecisionCache
from parsers.persian.features import (
    compound_of,
    kind_of_blank,
    known_together,
    left_and_letters,
    left_features,
    right_and_end,
    right_features,
    verbal_features,
)
from parsers.persian.letters import NON_JOINING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.persian.model import Model

_REMEMBERED = 1 << 14


class BlankScores:
    """Sums of weights with one model."""

    def __init__(self, model: Model) -> None:
        self._lexicon, self._weights = model.lexicon, model.blank_weights
        # What a piece weighs by itself before and after a blank; the key is the kind of blank and the piece.
        self.before = DecisionCache(self._of_left, _REMEMBERED)
        self.after = DecisionCache(self._of_right, _REMEMBERED)
        self._analysed = DecisionCache(self._lexicon.analyse, _REMEMBERED)
        self._ends = DecisionCache(self._of_right_and_end, _REMEMBERED)
        self._together = DecisionCache(self._of_both, _REMEMBERED)

    def alone(self, left: str, right: str) -> int:
        """Return what the two pieces weigh by themselves."""
        kind = kind_of_blank(left, right, self._lexicon)
        return self.before[kind + left] + self.after[kind + right]

    def of(self, left: str, right: str, following: str) -> int:
        """Return the log-odds, times the model's scale, that the blank between two pieces was a ZWNJ."""
        lexicon, get = self._lexicon, self._weights.get
        kind = kind_of_blank(left, right, lexicon)
        head, tail = self._analysed[left], self._analysed[right]
        known, compound = lexicon.classes.get(left + right, "-"), compound_of(left, right, lexicon)
        loose = "1" if left[-1] in NON_JOINING else ""
        total = self.before[kind + left] + self.after[kind + right]
        total += self._ends[kind, right, left[-2:]] + self._together[kind, compound, known, loose, head, tail]
        total += get(f"{kind}e{head}|{tail}", 0) + get(f"{kind}f{right}|{head}", 0)
        for name in left_and_letters(left, right):
            total += get(kind + name, 0)
        for name in verbal_features(left, right, following, lexicon):
            total += get(kind + name, 0)
        return total

    def _of_left(self, kind_and_piece: str) -> int:
        kind, piece = kind_and_piece[0], kind_and_piece[1:]
        return self._sum(kind, left_features(piece, self._lexicon)) if piece else 0

    def _of_right(self, kind_and_piece: str) -> int:
        kind, piece = kind_and_piece[0], kind_and_piece[1:]
        return self._sum(kind, right_features(piece, self._lexicon)) if piece else 0

    def _of_right_and_end(self, key: tuple[str, ...]) -> int:
        kind, right, end = key
        return self._sum(kind, right_and_end(right, end, self._lexicon.suffix_kind(right)))

    def _of_both(self, key: tuple[str, ...]) -> int:
        kind, compound, known, loose, head, tail = key
        return self._sum(kind, known_together(compound, known, bool(loose), (head, tail)))

    def _sum(self, kind: str, names: Iterable[str]) -> int:
        get = self._weights.get
        return sum([get(kind + name, 0) for name in names])
