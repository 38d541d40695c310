"""Whether a blank between two pieces was a ZWNJ: before suffixes, after the prefixes of verbs, inside compounds.

A logistic model weighs the two pieces, with separate weights for the three kinds of blank. Most blanks are never weighed: one
of the pieces must be an affix, the two must be a known compound, or what each weighs by itself must speak for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from parsers.persian.affix_rules import forbids_join
from parsers.persian.blank_scores import BlankScores
from parsers.persian.enclitics import COPULA, EZAFE, takes_copula
from parsers.persian.features import compound_of, kind_of_blank
from parsers.persian.letters import ZWNJ
from parsers.persian.model import SCALE
from parsers.persian.word_repair import LONGEST_WORD, bare

if TYPE_CHECKING:
    from parsers.persian.model import Model

# Readiness of an affix, and of the place next to a sign that is no word: more than what any piece weighs.
_AFFIX, NEVER = 10_000, -1_000_000
AFFIX_READY = _AFFIX // 2  # the sum of both sides is above this next to an affix
# What two pieces must weigh by themselves before a blank is looked at, and of a piece that was never seen next to a ZWNJ.
_DOUBT, _UNSEEN = 0, 0
# Readiness is rounded to multiples of this, so that many words have the same.
_STEP, _MOST = 16, 256
# What two pieces must weigh by themselves for more evidence to make a ZWNJ of the blank in a compound that is not known; next to
# an affix it is enough.
ALONE_ENOUGH = 2 * SCALE
# Readiness from which a blank is looked at.
READY_ENOUGH = SCALE
_HE, COMPOUND = "ه", "c"


class Pieces(NamedTuple):
    """The first two pieces of a word between ZWNJ, and its last one; empty where it has none."""

    first: str
    second: str
    last: str


class BlankRepair:
    """Judges blanks with one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._lexicon = model.lexicon
        self.scores = BlankScores(model)

    def readiness(self, pieces: Pieces) -> tuple[int, int]:
        """Return how readily a word stands before a ZWNJ, and how readily after one.

        A blank is looked at where the sum of both sides is positive. It is what the piece next to the blank weighs by itself in
        a compound, times the model's scale.
        """
        first, _, last = pieces
        if not last:
            return NEVER, NEVER
        lexicon = self._lexicon
        opening, closing = _UNSEEN, _UNSEEN
        if last in lexicon.verb_prefixes:
            opening = _AFFIX
        elif last in lexicon.starts:
            opening = _rounded(self.scores.before[COMPOUND + last])
        if first in lexicon.suffixes or first == EZAFE:
            closing = _AFFIX
        else:
            seen = [piece for piece in (first, lexicon.split_ending(first)[0]) if piece in lexicon.ends]
            if seen:
                closing = max([_rounded(self.scores.after[COMPOUND + piece]) for piece in seen])
        return opening, closing

    def is_affix(self, left: str, right: str) -> bool:
        """Return whether the blank stands before a suffix or after the prefix of a verb."""
        return right in self._lexicon.suffixes or right == EZAFE or left in self._lexicon.verb_prefixes

    def weigh(self, left: str, right: str, following: str = "") -> int:
        """Return the log-odds, times the model's scale, that the blank between two pieces was a ZWNJ."""
        return self.scores.of(left, right, following)

    def reason(self, left: str, right: str, following: str = "") -> tuple[str, float | None]:
        """Return the rule by which the blank between two pieces was a ZWNJ, or what it weighs in log-odds."""
        if " ".join((left, right, following)) in self._model.pairs:
            return "known pair of the training text", None
        if right == COPULA and takes_copula(left, self._lexicon):
            return "copula after a noun or adjective", None
        kind = {"s": "before a suffix", "v": "after the prefix of a verb", "c": "inside a compound"}
        name = kind[kind_of_blank(left, right, self._lexicon)]
        return f"weights {name}", self.weigh(left, right, following) / SCALE

    def joins(self, left: str, right: str, following: str) -> bool:
        """Return whether the blank between two pieces was a ZWNJ; `following` is an auxiliary after them, or ""."""
        if not left or not right or len(left) + len(right) > LONGEST_WORD:
            return False
        if right == EZAFE:
            return left[-1] == _HE and left[-2:-1] not in {"", "ا"} and not left.endswith(self._lexicon.pronounced_he)
        known = self._model.pairs.get(f"{left} {right} {following}")
        if known is not None:
            return known
        if right == COPULA and takes_copula(left, self._lexicon):
            return True
        if not self._lexicon.may_join(left, right) or forbids_join(left, right, self._lexicon):
            return False
        alone = self.scores.alone(left, right)
        if alone >= ALONE_ENOUGH and (right in self._lexicon.suffixes or left in self._lexicon.verb_prefixes):
            return True
        is_known = left + right in self._lexicon.joined or compound_of(left, right, self._lexicon)
        return (alone >= ALONE_ENOUGH or bool(is_known) or self.is_affix(left, right)) and self.weigh(left, right, following) > 0


def pieces_of(repaired: str) -> Pieces:
    """Return the pieces of a word with all of its ZWNJ."""
    if ZWNJ not in repaired:
        word = bare(repaired)
        return Pieces(word, "", word)
    pieces = bare(repaired).split(ZWNJ)
    return Pieces(pieces[0], pieces[1] if len(pieces) > 1 else "", pieces[-1])


def _rounded(weight: int) -> int:
    return max(-_MOST, min(_MOST, round((weight - _DOUBT / 2) / _STEP) * _STEP))
