"""Restoring the ZWNJ that a page lost: inside words (deleted) and in the place of blanks (spaced).

A text is read as the words between its blanks. What is decided about a word comes from the model or is computed once and
remembered; so is what is decided about two pieces with a blank between. Nothing is ever taken away, and no letter changes:
without ZWNJ and blanks, input and output are equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from parsers.persian.affix_rules import is_verb_form
from parsers.persian.blank_repair import AFFIX_READY, READY_ENOUGH, BlankRepair, Pieces, pieces_of
from parsers.persian.context import NeighbourReading, may_be_read_twice
from parsers.persian.decisions import Decision, DecisionCache
from parsers.persian.letter_repair import protected_spans
from parsers.persian.letters import NON_JOINING, ZWNJ
from parsers.persian.model import load
from parsers.persian.reading import IN_PIECES, NEXT_TO_AFFIX, READY, Reading, WordSigns, sign_of, words_of
from parsers.persian.word_lexicon import breaks_of
from parsers.persian.word_repair import WORDS_REMEMBERED, WordRepair, bare, with_breaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.models import Damage
    from parsers.persian.model import Model
    from parsers.persian.offsets import Edit
    from parsers.persian.word_lexicon import Lexicon

_HE, _PLURAL, _ADDED = "ه", "ها", "+"
# Classes of words that the lexicon does not know as they stand, without a ZWNJ.
_NOT_WHOLE = "-tZ"
# Endings that are written joined after letters that do not join forward.
_JOINED_ENDINGS = ("ها", "تر")
_BREAKS = re.compile(f"([{ZWNJ}{_ADDED}])")
# Texts up to this length, in characters, are remembered between the assessment of their damage and its repair.
_LONGEST_REMEMBERED = 1 << 16
# Words whose decisions and signs are remembered.
_REMEMBERED = 1 << 16


class Blank(NamedTuple):
    """A blank that was a ZWNJ: its place in the text, and the pieces around it."""

    place: int
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of what a text shows: ZWNJ kept, deleted beyond doubt or perhaps, blanks next to affixes and in compounds.

    `joined_plurals` are those of the deleted that stood before «ها»: many hands join it («کتابها»), and nothing else.
    """

    kept: int = 0
    deleted: int = 0
    perhaps_deleted: int = 0
    spaced_affixes: int = 0
    spaced_compounds: int = 0
    joined_plurals: int = 0

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.kept + other.kept,
            self.deleted + other.deleted,
            self.perhaps_deleted + other.perhaps_deleted,
            self.spaced_affixes + other.spaced_affixes,
            self.spaced_compounds + other.spaced_compounds,
            self.joined_plurals + other.joined_plurals,
        )


class Restorer:
    """Restoration with one model; holds what is remembered. Threads may share it: at worst a word is judged twice."""

    def __init__(self, model: Model) -> None:
        self._lexicon = model.lexicon
        self._shipped = model.decisions
        self.words = WordRepair(model, model.settled)
        self.blanks = BlankRepair(model)
        self._neighbours = NeighbourReading(model, self.words.score)
        self.decisions = DecisionCache(self._decision_about, _REMEMBERED)
        self._signs = WordSigns(model.signs, self._sign)
        # How readily a word stands before a ZWNJ, and after one.
        self._opening = DecisionCache(self._opening_of, _REMEMBERED)
        self._closing = DecisionCache(self._closing_of, _REMEMBERED)
        # The decision about a word in two readings, by the reading.
        self._readings = DecisionCache(self._decide_reading, WORDS_REMEMBERED)
        self._in_context = DecisionCache(self._decide_in_context, WORDS_REMEMBERED)
        self._pieces = DecisionCache(pieces_of, WORDS_REMEMBERED)
        # The text read last: it is assessed first, repaired right after.
        self._last = Reading("", [], "")

    def edits(self, text: str, *, words: bool, blanks: bool) -> list[Edit]:
        """Return the edits that bring back the ZWNJ missing inside words, and those that became blanks; in order."""
        reading = self._read(text)
        found: list[Edit] = []
        if words:
            found += [(place, place, ZWNJ) for place in self._missing_places(reading)]
        if blanks:
            joined = self._false_blanks(
                reading, sorted({*self._ready(reading, READY, READY_ENOUGH), *self._in_compounds(reading)})
            )
            found += [(blank.place, blank.place + 1, _between(blank.left, blank.right)) for blank in joined]
            found.sort()
        return found

    def evidence(self, text: str) -> Evidence:
        """Count what `text` shows of damage; of blanks only those next to affixes and in known compounds.

        Compounds are not looked for where they would change nothing: in a text that keeps ZWNJ or lost them in another way.
        """
        reading = self._read(text)
        kept, missing = text.count(ZWNJ), [*reading.missing()]
        decided = [self._decision_at(reading, i) for i in missing]
        certain, likely = sum([each.certain for each in decided]), sum([each.likely for each in decided])
        plurals = sum([_has_plural(reading.words[i], each) for i, each in zip(missing, decided, strict=True)])
        blanks = self._false_blanks(reading, self._ready(reading, NEXT_TO_AFFIX, AFFIX_READY))
        affixes = sum([self.blanks.is_affix(blank.left, blank.right) for blank in blanks])
        compounds = 0
        if affixes or not (kept or certain):
            compounds = len(self._false_blanks(reading, self._in_compounds(reading)))
        return Evidence(kept, certain, likely, affixes, compounds, plurals)

    def decide(self, word: str) -> Decision:
        """Judge a word as it is printed."""
        ambiguous = ZWNJ not in word and may_be_read_twice(word, self._lexicon)
        return self._decision(word, self.words.missing[word], ambiguous=ambiguous)

    def decide_whole(self, word: str) -> Decision:
        """Judge a word that misses no ZWNJ."""
        return self._decision(word, (), ambiguous=False)

    def _decision_about(self, word: str) -> Decision:
        shipped = self._shipped.get(word)
        if shipped is not None:
            return shipped
        if ZWNJ not in word and not word.isalpha():
            without_marks = bare(word)
            if without_marks != word and not self.decisions[without_marks].missing:
                return self.decisions[without_marks]
        return self.decide(word)

    def _sign(self, word: str) -> str:
        return sign_of(word, self.decisions[word], self._lexicon)

    def _opening_of(self, word: str) -> int:
        return self.decisions[word].opening

    def _closing_of(self, word: str) -> int:
        return self.decisions[word].closing

    def _decision(self, word: str, missing: tuple[int, ...], *, ambiguous: bool) -> Decision:
        certain, likely = self._proofs(word, missing) if missing else (0, 0)
        opening, closing = self.blanks.readiness(pieces_of(with_breaks(word, missing)))
        return Decision(missing, certain, likely, opening, closing, ambiguous)

    def _proofs(self, word: str, missing: tuple[int, ...]) -> tuple[int, int]:
        """Count the missing ZWNJ that no careful hand leaves out, and those that some do; cuts in unknown words are neither."""
        letters = "".join([_ADDED * (i in missing) + letter for i, letter in enumerate(word)])
        pieces = _BREAKS.split(bare(letters))
        certain = likely = 0
        for left, between, right in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
            if between == _ADDED:
                sure, perhaps = _proof(left, right, word, self._lexicon)
                certain, likely = certain + sure, likely + perhaps
        return certain, likely

    def _decide_in_context(self, words: tuple[str, ...]) -> Decision:
        before, word, after, following = words
        missing = self._neighbours.breaks(before, word, after, following)
        reading = with_breaks(word, self.words.missing[word] if missing is None else missing)
        return self._readings[reading]

    def _decide_reading(self, repaired: str) -> Decision:
        return self._decision(repaired.replace(ZWNJ, ""), breaks_of(repaired), ambiguous=True)

    def _read(self, text: str) -> Reading:
        if self._last.text is text:
            return self._last
        words = words_of(text)
        reading = Reading(text, words, "".join(map(self._signs.__getitem__, words)))
        for i, neighbours in [*reading.ambiguous()]:
            if self._neighbours.may_decide(*neighbours[:2]):
                reading.set_in_context(i, self._in_context[neighbours], self._lexicon)
        if len(text) <= _LONGEST_REMEMBERED:
            self._last = reading
        return reading

    def _decision_at(self, reading: Reading, i: int) -> Decision:
        return reading.in_context.get(i) or self.decisions[reading.words[i]]

    def _missing_places(self, reading: Reading) -> Iterator[int]:
        """Yield the places in the text where a ZWNJ is missing inside words."""
        for i in reading.missing():
            start = reading.ends[i] + i - len(reading.words[i])
            yield from [start + place for place in self._decision_at(reading, i).missing]

    def _in_compounds(self, reading: Reading) -> list[int]:
        return reading.compounds(self._lexicon.joined)

    def _ready(self, reading: Reading, kind: re.Pattern[str], enough: int) -> list[int]:
        """Return the numbers of the words before the blanks of one kind whose sides together are as ready as that."""
        words, signs, opening, closing = reading.words, reading.signs, self._opening, self._closing
        found = []
        for i in reading.blanks(kind):
            if reading.in_context and (i in reading.in_context or i + 1 in reading.in_context):
                ready = self._decision_at(reading, i).opening + self._decision_at(reading, i + 1).closing
            else:
                ready = opening[words[i]] + closing[words[i + 1]]
            # The pieces of a word in pieces may be a known compound with the other.
            in_pieces = ready > 0 and enough < AFFIX_READY and (signs[i] in IN_PIECES or signs[i + 1] in IN_PIECES)
            if ready >= enough or in_pieces:
                found.append(i)
        return found

    def _false_blanks(self, reading: Reading, numbers: Iterable[int]) -> list[Blank]:
        """Return the blanks that were ZWNJ, in order, of those after the words with these numbers."""
        text, words, ends, signs, joins = reading.text, reading.words, reading.ends, reading.signs, self.blanks.joins
        found = []
        for i in numbers:
            place = ends[i] + i
            if text[place] != " ":
                continue
            left, right = words[i], words[i + 1]
            following: str | None = ""
            if signs[i] in IN_PIECES or signs[i + 1] in IN_PIECES or right[-1:] == _HE:
                left, right = self._pieces_at(reading, i).last, self._pieces_at(reading, i + 1).first
                following = self._following(reading, i)
            if following is not None and joins[left, right, following]:
                found.append(Blank(place, left, right))
        return found

    def _following(self, reading: Reading, i: int) -> str | None:
        """Return the auxiliary verb after word i + 1, "" if none; None where that word begins like a suffix and is none."""
        first, second, _ = self._pieces_at(reading, i + 1)
        if second:
            is_name = first in self._lexicon.suffixes and second not in self._lexicon.suffixes  # «ام‌کی»
            return None if is_name else self._lexicon.context(first, second)
        if first[-1:] != _HE or i + 2 >= len(reading.words):
            return ""
        return self._lexicon.context(first, self._pieces_at(reading, i + 2).first)

    def _pieces_at(self, reading: Reading, i: int) -> Pieces:
        word = reading.words[i]
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


def _has_plural(word: str, decision: Decision) -> bool:
    """Return whether a word that lacks a ZWNJ beyond doubt lacks it before «ها» alone."""
    return decision.certain == 1 and any(word.startswith(_PLURAL, place) for place in decision.missing)


def _proof(left: str, right: str, word: str, lexicon: Lexicon) -> tuple[int, int]:
    """Return (1, 0) where no careful hand leaves out the ZWNJ between two pieces of a word, (0, 1) where some do."""
    is_known = lexicon.classify(left)[0] not in "-t" or left in lexicon.participles
    if left in lexicon.verb_prefixes:
        certain = is_verb_form(right, lexicon) and lexicon.classify(word)[0] in _NOT_WHOLE
        return int(certain), int(not certain)
    if right in lexicon.suffixes:
        certain = is_known and (right.startswith("ها") or left.endswith(_HE))
        return int(certain), int(not certain and lexicon.classify(left) != "-")
    # A word that the lexicon writes joined as well («آفتابگردان») proves nothing.
    return 0, int(left + right in lexicon.joined and lexicon.classify(word)[0] in _NOT_WHOLE)
