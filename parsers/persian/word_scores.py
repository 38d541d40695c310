"""What speaks for a ZWNJ at each place of a word, summed: the weights of `features.word_features`, without listing them.

Much of the evidence comes up again from word to word (endings, classes, letters around a place): its sums are remembered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.decisions import DecisionCache
from parsers.persian.features import (
    class_features,
    far_pairs,
    last_letters,
    letters_around,
    mixed_features,
    near_pairs,
    right_string,
)
from parsers.persian.word_evidence import WordEvidence

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
        self._before = DecisionCache(self._of_left, _REMEMBERED)
        self._near = DecisionCache(self._of_near_letters, _REMEMBERED)

    def of(self, word: str) -> tuple[list[int], list[int]]:
        """Return the places in `word` (bare letters) where a ZWNJ may be missing, and the sum of weights at each.

        Both are empty where every place is hopeless, as in most names.
        """
        evidence = WordEvidence(word, self._lexicon)
        hopeful = evidence.hopeful_places()
        if not hopeful:
            return [], []
        places = evidence.joining_places()
        return places, [self._at(evidence, word, i) if i in hopeful else HOPELESS for i in places]

    def _at(self, evidence: WordEvidence, word: str, i: int) -> int:
        left, right, classes, get = word[:i], word[i:], evidence.classes(i), self._weights.get
        before, after = letters_around(word, i)
        total = self._classes[classes] + self._after[right] + self._before[before] + self._near[before[2:], after[:2]]
        total += get("L" + left, 0) + get(f"i{min(i, 5)}", 0)
        for name in (*mixed_features(left, right, classes), *far_pairs(before, after), *evidence.special(i, *classes[1:])):
            total += get(name, 0)
        return total

    def _of_classes(self, classes: tuple[str, str, str]) -> int:
        return self._sum(class_features(*classes))

    def _of_right(self, right: str) -> int:
        return self._sum(right_string(right))

    def _of_left(self, before: str) -> int:
        return self._sum(last_letters(before))

    def _of_near_letters(self, letters: tuple[str, str]) -> int:
        return self._sum(near_pairs(*letters))

    def _sum(self, names: Iterable[str]) -> int:
        weights = self._weights
        return sum([weights[name] for name in names if name in weights])
