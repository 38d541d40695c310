"""What speaks for a ZWNJ at each place of a word, summed: the weights of `features.word_features`, without listing them.

Much of the evidence comes up again from word to word (endings, classes, letters around a place): its sums are remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.decisions import DecisionCache
from parsers.persian.features import (
    WordEvidence,
    class_features,
    last_letters,
    letter_pairs,
    letters_around,
    mixed_features,
    right_string,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.persian.model import Model

_REMEMBERED = 1 << 14
# The sum at a place where no weight can make a ZWNJ likely.
HOPELESS = -(1 << 20)


class WordScores:
    """Sums of weights with one model."""

    def __init__(self, model: Model) -> None:
        self._lexicon, self._weights = model.lexicon, model.word_weights
        self._classes = DecisionCache(self._of_classes, _REMEMBERED)
        self._after = DecisionCache(self._of_right, _REMEMBERED)
        self._around = DecisionCache(self._of_letters, _REMEMBERED)

    def of(self, word: str) -> tuple[list[int], list[int]]:
        """Return the places in `word` (bare letters) where a ZWNJ may be missing, and the sum of weights at each."""
        evidence = WordEvidence(word, self._lexicon, is_for_weights=True)
        return evidence.places, [HOPELESS if evidence.is_hopeless(i) else self._at(evidence, word, i) for i in evidence.places]

    def _at(self, evidence: WordEvidence, word: str, i: int) -> int:
        left, right, classes, get = word[:i], word[i:], evidence.classes(i), self._weights.get
        one, other = mixed_features(left, right, classes)
        total = self._classes[classes] + self._after[right] + self._around[letters_around(word, i)]
        total += get(one, 0) + get(other, 0) + get("L" + left, 0) + get(f"i{min(i, 5)}", 0)
        for name in evidence.special(i):
            total += get(name, 0)
        return total

    def _of_classes(self, classes: tuple[str, str, str]) -> int:
        return self._sum(class_features(*classes))

    def _of_right(self, right: str) -> int:
        return self._sum(right_string(right))

    def _of_letters(self, around: tuple[str, str]) -> int:
        return self._sum((*last_letters(around[0]), *letter_pairs(*around)))

    def _sum(self, names: Iterable[str]) -> int:
        weights = self._weights
        return sum([weights[name] for name in names if name in weights])
