"""Restoring the ZWNJ that a page lost: inside words (deleted) and in the place of blanks (spaced).

A text is read as the words between its blanks. What is decided about a word comes from the model or is computed once and
remembered; so is what is decided about two pieces with a blank between. Nothing is ever taken away, and no letter changes:
without ZWNJ and blanks, input and output are equal.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.persian.blank_repair import AFFIX_READY, READY_ENOUGH, BlankRepair, Pieces, pieces_of
from parsers.persian.context import NeighbourReading, may_be_read_twice
from parsers.persian.decisions import Decision, DecisionCache
from parsers.persian.letter_repair import protected_spans
from parsers.persian.letters import NON_JOINING, ZWNJ
from parsers.persian.loaded_model import load
from parsers.persian.pair_filter import PairFilter
from parsers.persian.proofs import Evidence, Lack, lack_of, proofs_of
from parsers.persian.reading import IN_PIECES, NEXT_TO_AFFIX, READY, Join, Reading, WordSigns, sign_of
from parsers.persian.word_codes import code_of, codes_in, codes_of, word_of
from parsers.persian.word_lexicon import breaks_of
from parsers.persian.word_repair import WORDS_REMEMBERED, WordRepair, bare, with_breaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.models import Damage
    from parsers.persian.model import Model
    from parsers.persian.offsets import Edit
    from parsers.persian.reading import Blanks

_HE = "ه"
_HE_CODE = code_of(_HE)
# Endings that are written joined after letters that do not join forward.
_JOINED_ENDINGS = ("ها", "تر")
# Texts up to this length, in characters, are remembered between the assessment of their damage and its repair.
_LONGEST_REMEMBERED = 1 << 16
# Words whose decisions and signs are remembered.
_REMEMBERED = 1 << 16


class Restorer:
    """Restoration with one model; holds what is remembered. Threads may share it: at worst a word is judged twice."""

    def __init__(self, model: Model) -> None:
        self._lexicon = model.lexicon
        self._shipped = model.decisions
        self.words = WordRepair(model, model.settled)
        self.blanks = BlankRepair(model)
        self._pairs = PairFilter(model, self.blanks.scores)
        self._neighbours = NeighbourReading(model, self.words.score)
        self.decisions = DecisionCache(self._decision_about, _REMEMBERED)
        self._signs = WordSigns(model.signs, self._sign)
        # Every two pieces of a compound, written together.
        self._joined = {*codes_of(model.lexicon.joined)}
        # The decisions about encoded words, and what those lack that miss a ZWNJ.
        self._by_code = DecisionCache(self._decision_of_code, _REMEMBERED)
        self._lacks = DecisionCache(self._lack_of, WORDS_REMEMBERED)
        # What belongs between two words that are read as they stand, and between two pieces before a third; None for a blank.
        self._joins = DecisionCache(self._join_of_words, _REMEMBERED)
        self._joins_of_pieces = DecisionCache(self._join, WORDS_REMEMBERED)
        # The decision about a word in two readings, by the reading.
        self._readings = DecisionCache(self._decide_reading, WORDS_REMEMBERED)
        self._in_context = DecisionCache(self._decide_in_context, WORDS_REMEMBERED)
        self._pieces = DecisionCache(pieces_of, WORDS_REMEMBERED)
        # The text read last: it is assessed first, repaired right after.
        self._last = Reading("", [], b"")

    def edits(self, text: str, *, words: bool, blanks: bool) -> list[Edit]:
        """Return the edits that bring back the ZWNJ missing inside words, and those that became blanks; in order."""
        reading = self._read(text)
        found: list[Edit] = []
        if words:
            found += [(place, place, ZWNJ) for place in self._missing_places(reading)]
        if blanks:
            found += [(place, place + 1, between) for place, between in self._false_blanks(reading)]
        return sorted(found)

    def evidence(self, text: str) -> Evidence:
        """Count what `text` shows of damage; of blanks only those next to affixes and in known compounds.

        Compounds are not looked for where they would change nothing: in a text that keeps ZWNJ or lost them in another way.
        """
        reading = self._read(text)
        kept = text.count(ZWNJ)
        lacks = [lack for _, lack in self._lacking(reading)]
        certain, likely = sum([lack.certain for lack in lacks]), sum([lack.likely for lack in lacks])
        affixes = sum([join.is_affix for join in self._next_to_affixes(reading).values()])
        compounds = 0
        if affixes or not (kept or certain):
            compounds = len(self._in_compounds(reading))
        return Evidence(kept, certain, likely, affixes, compounds, sum([lack.plural for lack in lacks]))

    def decide(self, word: str) -> Decision:
        """Judge a word as it is printed."""
        ambiguous = ZWNJ not in word and may_be_read_twice(word, self._lexicon)
        return self._decision(word, self.words.missing(word), ambiguous=ambiguous)

    def decide_whole(self, word: str) -> Decision:
        """Judge a word that misses no ZWNJ."""
        return self._decision(word, (), ambiguous=False)

    def _decision_about(self, word: str) -> Decision:
        return self._shipped.get(word) or self._decide_new(word)

    def _decide_new(self, word: str) -> Decision:
        if ZWNJ not in word and not word.isalpha():
            without_marks = bare(word)
            if without_marks != word and not self.decisions[without_marks].missing:
                return self.decisions[without_marks]
        return self.decide(word)

    def _sign(self, code: bytes) -> int:
        shipped = self._shipped.sign(code)
        if shipped is not None:
            return shipped
        word = word_of(code)
        decision = self._by_code[code] = self._decide_new(word)
        return sign_of(word, decision, self._lexicon)

    def _decision_of_code(self, code: bytes) -> Decision:
        return self._shipped.decision(code) or self._decide_new(word_of(code))

    def _lack_of(self, code: bytes) -> Lack:
        return lack_of(word_of(code), self._by_code[code])

    def _decision(self, word: str, missing: tuple[int, ...], *, ambiguous: bool) -> Decision:
        certain, likely = proofs_of(word, missing, self._lexicon) if missing else (0, 0)
        repaired = with_breaks(word, missing) if missing else word
        opening, closing = self.blanks.readiness(pieces_of(repaired))
        return Decision(missing, certain, likely, opening, closing, ambiguous)

    def _decide_in_context(self, words: tuple[str, ...]) -> Decision:
        before, word, after, following = words
        missing = self._neighbours.breaks(before, word, after, following)
        reading = with_breaks(word, self.words.missing(word) if missing is None else missing)
        return self._readings[reading]

    def _decide_reading(self, repaired: str) -> Decision:
        return self._decision(repaired.replace(ZWNJ, ""), breaks_of(repaired), ambiguous=True)

    def _read(self, text: str) -> Reading:
        if self._last.text is text:
            return self._last
        words = codes_in(text)
        reading = Reading(text, words, bytes(map(self._signs.__getitem__, words)))
        for i, neighbours in reading.ambiguous():
            if self._neighbours.may_decide(*neighbours[:2]):
                reading.set_in_context(i, self._in_context[neighbours], self._lexicon)
        if len(text) <= _LONGEST_REMEMBERED:
            self._last = reading
        return reading

    def _decision_at(self, reading: Reading, i: int) -> Decision:
        return reading.in_context.get(i) or self._by_code[reading.words[i]]

    def _missing_places(self, reading: Reading) -> Iterator[int]:
        """Yield the places in the text where a ZWNJ is missing inside words."""
        ends, words = reading.ends, reading.words
        for i, lack in self._lacking(reading):
            start = ends[i] + i - len(words[i])
            for place in lack.places:
                yield start + place

    def _lacking(self, reading: Reading) -> list[tuple[int, Lack]]:
        """Return the numbers of the words that miss a ZWNJ, and what they lack; those that their neighbours decide at the end."""
        numbers, words, in_context = reading.missing(), reading.words, reading.in_context
        alone = [(i, self._lacks[words[i]]) for i in numbers if i not in in_context]
        return alone + [(i, lack_of(reading.word(i), in_context[i])) for i in numbers if i in in_context]

    def _false_blanks(self, reading: Reading) -> Iterator[tuple[int, str]]:
        """Yield the places of the blanks that were ZWNJ, and what belongs there."""
        judged = self._next_to_affixes(reading) | self._in_compounds(reading)
        others = [i for i in self._ready(reading, READY, READY_ENOUGH) if i not in reading.judged and self._may_join(reading, i)]
        for i, join in (judged | self._judge(reading, others)).items():
            yield reading.ends[i] + i, join.between

    def _next_to_affixes(self, reading: Reading) -> dict[int, Join]:
        """Return the blanks next to affixes that were ZWNJ, by the word before them; judged once."""
        if reading.next_to_affixes is None:
            reading.next_to_affixes = self._judge(reading, self._ready(reading, NEXT_TO_AFFIX, AFFIX_READY))
        return reading.next_to_affixes

    def _in_compounds(self, reading: Reading) -> dict[int, Join]:
        """Return the blanks in known compounds that were ZWNJ, by the word before them; judged once."""
        if reading.in_compounds is None:
            reading.in_compounds = self._judge(reading, reading.compounds(self._joined))
        return reading.in_compounds

    def _ready(self, reading: Reading, kind: Blanks, enough: int) -> list[int]:
        """Return the numbers of the words before the blanks of one kind whose sides together are as ready as that."""
        words, signs, decisions = reading.words, reading.signs, self._by_code
        found = []
        for i in reading.blanks(kind):
            if reading.in_context and (i in reading.in_context or i + 1 in reading.in_context):
                ready = self._decision_at(reading, i).opening + self._decision_at(reading, i + 1).closing
            else:
                ready = decisions[words[i]].opening + decisions[words[i + 1]].closing
            # The pieces of a word in pieces may be a known compound with the other.
            in_pieces = ready > 0 and enough < AFFIX_READY and (signs[i] in IN_PIECES or signs[i + 1] in IN_PIECES)
            if ready >= enough or in_pieces:
                found.append(i)
        return found

    def _may_join(self, reading: Reading, i: int) -> bool:
        words, signs = reading.words, reading.signs
        return signs[i] in IN_PIECES or signs[i + 1] in IN_PIECES or self._pairs.may_join(words[i], words[i + 1])

    def _judge(self, reading: Reading, numbers: Iterable[int]) -> dict[int, Join]:
        """Return what belongs after the words with these numbers, for those before a blank that was a ZWNJ."""
        words, signs, joins, close = reading.words, reading.signs, self._joins, self._judge_pieces
        reading.judged.update(numbers)
        found = {}
        for i in numbers:
            right = words[i + 1]
            is_plain = signs[i] not in IN_PIECES and signs[i + 1] not in IN_PIECES and right[-1:] != _HE_CODE
            join = joins[words[i], right] if is_plain else close(reading, i)
            if join is not None:
                found[i] = join
        ends, text = reading.ends if found else [], reading.text
        return {i: join for i, join in found.items() if text[ends[i] + i] == " "}

    def _judge_pieces(self, reading: Reading, i: int) -> Join | None:
        """Return what belongs between the last piece of word i and the first of the next one."""
        pieces = self._pieces_at(reading, i + 1)
        following = self._following(reading, i, pieces)
        return None if following is None else self._joins_of_pieces[self._pieces_at(reading, i).last, pieces.first, following]

    def _join_of_words(self, codes: tuple[bytes, bytes]) -> Join | None:
        left, right = map(word_of, codes)
        return self._join((left, right, ""))

    def _join(self, pieces: tuple[str, str, str]) -> Join | None:
        left, right, following = pieces
        if not self.blanks.joins(left, right, following):
            return None
        return Join(_between(left, right), self.blanks.is_affix(left, right))

    def _following(self, reading: Reading, i: int, pieces: Pieces) -> str | None:
        """Return the auxiliary verb after word i + 1, "" if none; None where that word begins like a suffix and is none.

        `pieces` are those of word i + 1.
        """
        first, second, _ = pieces
        if second:
            is_name = first in self._lexicon.suffixes and second not in self._lexicon.suffixes  # «ام‌کی»
            return None if is_name else self._lexicon.context(first, second)
        if first[-1:] != _HE or i + 2 >= len(reading.words):
            return ""
        return self._lexicon.context(first, self._pieces_at(reading, i + 2).first)

    def _pieces_at(self, reading: Reading, i: int) -> Pieces:
        word = reading.word(i)
        if reading.signs[i] not in IN_PIECES:
            return Pieces(word, "", word)
        missing = self._decision_at(reading, i).missing
        return self._pieces[with_breaks(word, missing) if missing else word]


def restoration_edits(text: str, damage: Damage) -> list[Edit]:
    """Return the edits that repair `damage` in `text`, in order; none within addresses, handles and hashtags."""
    if damage == "none":
        return []
    edits = restorer().edits(text, words=damage != "spaced", blanks=damage != "deleted")
    if edits and (spans := [*protected_spans(text)]):
        return [edit for edit in edits if not any(start <= edit[1] and edit[0] <= end for start, end in spans)]
    return edits


@cache
def restorer() -> Restorer:
    """Return the restorer with the shipped model; the first call loads it."""
    return Restorer(load())


def _between(left: str, right: str) -> str:
    """Return what stands between a word and an ending: «کارها» needs no ZWNJ, for its first part does not join."""
    return "" if left[-1] in NON_JOINING and right.startswith(_JOINED_ENDINGS) else ZWNJ
