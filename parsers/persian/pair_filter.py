"""Which pairs of words are worth a closer look: a few sums and look-ups spare most of them the weighing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.blank_repair import ALONE_ENOUGH, COMPOUND
from parsers.persian.decisions import DecisionCache
from parsers.persian.word_codes import code_of, codes_of, word_of
from parsers.persian.word_lexicon import Lexicon

if TYPE_CHECKING:
    from parsers.persian.blank_scores import BlankScores
    from parsers.persian.model import Model

_REMEMBERED = 1 << 16
_BETWEEN = b" "


class PairFilter:
    """Sorts out pairs of encoded words, neither of them an affix, with one model and its sums of weights."""

    def __init__(self, model: Model, scores: BlankScores) -> None:
        self._lexicon, self._scores = model.lexicon, scores
        self._compounds = {*codes_of(model.lexicon.compounds)}
        joined = [pair.split(" ") for pair, is_joined in model.pairs.items() if is_joined]
        self._known = {code_of(left) + _BETWEEN + code_of(right) for left, right, _ in joined}
        # What a word weighs by itself before a ZWNJ in a compound, and after one.
        self._before = DecisionCache(self._before_of, _REMEMBERED)
        self._after = DecisionCache(self._after_of, _REMEMBERED)
        self._places = DecisionCache(self._places_of, _REMEMBERED)

    def may_join(self, left: bytes, right: bytes) -> bool:
        """Return whether the blank between two words can have been a ZWNJ: where this says no, `BlankRepair.joins` does."""
        if left + _BETWEEN + right in self._known:
            return True
        starts, (_, ends, stem) = self._places[left][0], self._places[right]
        if not Lexicon.may_be_compound(starts, ends):
            return False
        if self._before[left] + self._after[right] >= ALONE_ENOUGH or left + right in self._compounds:
            return True
        return stem != b"" and left + stem in self._compounds

    def _before_of(self, code: bytes) -> int:
        return self._scores.before[COMPOUND + word_of(code)]

    def _after_of(self, code: bytes) -> int:
        return self._scores.after[COMPOUND + word_of(code)]

    def _places_of(self, code: bytes) -> tuple[int, int, bytes]:
        """Return how many words begin with a word before a ZWNJ, how many end with it or its stem, and the stem, encoded."""
        word = word_of(code)
        return self._lexicon.starts.get(word, 0), self._lexicon.endings_met(word), code_of(self._lexicon.split_ending(word)[0])
