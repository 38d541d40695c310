"""Which pairs of words are worth a closer look: a few sums and look-ups spare most of them the weighing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.blank_repair import ALONE_ENOUGH, COMPOUND
from parsers.persian.decisions import DecisionCache
from parsers.persian.word_codes import code_of, codes_of, word_of

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
        # What a word weighs by itself before a ZWNJ in a compound and after one, and its stem before a joined ending.
        self._before = DecisionCache(self._before_of, _REMEMBERED)
        self._after = DecisionCache(self._after_of, _REMEMBERED)
        self._stems = DecisionCache(self._stem_of, _REMEMBERED)

    def may_join(self, left: bytes, right: bytes) -> bool:
        """Return whether the blank between two words can have been a ZWNJ: where this says no, `BlankRepair.joins` does."""
        if self._before[left] + self._after[right] >= ALONE_ENOUGH:
            return True
        stem = self._stems[right]
        compounds = self._compounds
        return left + right in compounds or left + _BETWEEN + right in self._known or (stem != b"" and left + stem in compounds)

    def _before_of(self, code: bytes) -> int:
        return self._scores.before[COMPOUND + word_of(code)]

    def _after_of(self, code: bytes) -> int:
        return self._scores.after[COMPOUND + word_of(code)]

    def _stem_of(self, code: bytes) -> bytes:
        return code_of(self._lexicon.split_ending(word_of(code))[0])
