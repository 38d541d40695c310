"""Restoring the ZWNJ that a page lost: inside words (deleted) and in the place of blanks (spaced).

A text is read as the words between its blanks. What is decided about a word comes from the model or is computed once and
remembered; so is what is decided about two pieces with a blank between. Nothing is ever taken away, and no letter changes:
without ZWNJ and blanks, input and output are equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, compress, count, islice
from operator import add, or_
from typing import TYPE_CHECKING, NamedTuple

from parsers.persian.affix_rules import is_verb_form
from parsers.persian.blank_repair import AFFIX_READY, BlankRepair, Pieces, pieces_of
from parsers.persian.context import NeighbourReading, may_be_read_twice
from parsers.persian.decisions import AMBIGUOUS, CERTAIN, CLOSING, LIKELY, MISSING, OPENING, Decision, DecisionCache, Decisions
from parsers.persian.letter_repair import LETTERS, protected_spans
from parsers.persian.letters import NON_JOINING, ZWNJ, translator
from parsers.persian.model import load
from parsers.persian.word_lexicon import breaks_of
from parsers.persian.word_repair import WORDS_REMEMBERED, WordRepair, bare, with_breaks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.models import Damage
    from parsers.persian.model import Model
    from parsers.persian.offsets import Edit
    from parsers.persian.word_lexicon import Lexicon

_HE, _ADDED = "ه", "+"
# Classes of words that the lexicon does not know as they stand, without a ZWNJ.
_NOT_WHOLE = "-tZ"
# Endings that are written joined after letters that do not join forward.
_JOINED_ENDINGS = ("ها", "تر")
_BREAKS = re.compile(f"([{ZWNJ}{_ADDED}])")
# Texts up to this length, in characters, are remembered between the assessment of their damage and its repair.
_LONGEST_REMEMBERED = 1 << 16


class _OnlyWords(dict[int, str]):
    """A table for `str.translate`: letters of words and ZWNJ as they are, a blank for everything else."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if chr(code) == ZWNJ or re.match(f"[{LETTERS}]", chr(code)) else " "
        return self[code]


_only_words = translator(_OnlyWords())


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, the strings between its blanks and other signs (empty between two of them), and what is decided about each."""

    text: str
    words: list[str]
    decisions: list[Decision]

    def starts(self) -> Iterator[int]:
        """Return the places in the text where the words begin."""
        return map(add, accumulate(map(len, self.words), initial=0), range(len(self.words)))


class Blank(NamedTuple):
    """A blank that was a ZWNJ: its place in the text, and the pieces around it."""

    place: int
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of what a text shows: ZWNJ kept, deleted beyond doubt or perhaps, blanks next to affixes and in compounds."""

    kept: int = 0
    deleted: int = 0
    perhaps_deleted: int = 0
    spaced_affixes: int = 0
    spaced_compounds: int = 0

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.kept + other.kept,
            self.deleted + other.deleted,
            self.perhaps_deleted + other.perhaps_deleted,
            self.spaced_affixes + other.spaced_affixes,
            self.spaced_compounds + other.spaced_compounds,
        )


class Restorer:
    """Restoration with one model; holds what is remembered. Threads may share it: at worst a word is judged twice."""

    def __init__(self, model: Model) -> None:
        self._lexicon = model.lexicon
        self.words = WordRepair(model, model.settled)
        self.blanks = BlankRepair(model)
        self._neighbours = NeighbourReading(model, self.words.score)
        self.decisions = Decisions(model.decisions, self.decide)
        # The decision about a word in two readings, by the reading.
        self._readings = DecisionCache(self._decide_reading, WORDS_REMEMBERED)
        self._in_context = DecisionCache(self._decide_in_context, WORDS_REMEMBERED)
        self._pieces = DecisionCache(self._pieces_of_printed, WORDS_REMEMBERED)
        # The text read last: it is assessed first, repaired right after.
        self._last = Reading("", [], [])

    def edits(self, text: str, *, words: bool, blanks: bool) -> list[Edit]:
        """Return the edits that bring back the ZWNJ missing inside words, and those that became blanks; in order."""
        reading = self._read(text)
        found: list[Edit] = []
        if words:
            found += [(place, place, ZWNJ) for place in _missing_places(reading)]
        if blanks:
            candidates = map(or_, map((0).__lt__, _readiness(reading)), self._is_compound(reading))
            joined = self._false_blanks(reading, candidates)
            found += [(blank.place, blank.place + 1, _between(blank.left, blank.right)) for blank in joined]
            found.sort()
        return found

    def evidence(self, text: str) -> Evidence:
        """Count what `text` shows of damage; of blanks only those next to affixes and in known compounds.

        Compounds are not looked for where they would change nothing: in a text that keeps ZWNJ or lost them in another way.
        """
        reading = self._read(text)
        kept, certain, likely = text.count(ZWNJ), sum(map(CERTAIN, reading.decisions)), sum(map(LIKELY, reading.decisions))
        ready = _readiness(reading)
        blanks = self._false_blanks(reading, map(AFFIX_READY.__lt__, ready))
        affixes = sum(self.blanks.is_affix(blank.left, blank.right) for blank in blanks)
        compounds = 0
        if affixes or not (kept or certain):
            compounds = len(self._false_blanks(reading, self._is_compound(reading)))
        return Evidence(kept, certain, likely, affixes, compounds)

    def decide(self, word: str) -> Decision:
        """Judge a word as it is printed."""
        ambiguous = ZWNJ not in word and may_be_read_twice(word, self._lexicon)
        return self._decision(word, self.words.missing[word], ambiguous=ambiguous)

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

    def _decide_in_context(self, words: tuple[str, str, str]) -> Decision:
        before, word, after = words
        missing = self._neighbours.breaks(before, word, after)
        reading = with_breaks(word, self.words.missing[word] if missing is None else missing)
        return self._readings[reading]

    def _decide_reading(self, repaired: str) -> Decision:
        return self._decision(repaired.replace(ZWNJ, ""), breaks_of(repaired), ambiguous=True)

    def _read(self, text: str) -> Reading:
        if self._last.text is text:
            return self._last
        words = _only_words(text).split(" ")
        decisions = [*map(self.decisions.__getitem__, words)]
        for i in compress(count(), map(AMBIGUOUS, decisions)):
            before, after = words[i - 1] if i else "", words[i + 1] if i + 1 < len(words) else ""
            decisions[i] = self._in_context[before.replace(ZWNJ, ""), words[i], after.replace(ZWNJ, "")]
        reading = Reading(text, words, decisions)
        if len(text) <= _LONGEST_REMEMBERED:
            self._last = reading
        return reading

    def _false_blanks(self, reading: Reading, candidates: Iterator[bool]) -> list[Blank]:
        """Return the blanks that were ZWNJ, in order; `candidates` says for each whether it is worth a look."""
        joins, text = self.blanks.joins, reading.text
        found = []
        ends = accumulate(map(len, reading.words))
        for i, end in compress(enumerate(ends), candidates):
            if text[end + i] != " ":
                continue
            left, right = self._pieces_at(reading, i).last, self._pieces_at(reading, i + 1).first
            following = self._following(reading, i)
            if following is not None and joins[left, right, following]:
                found.append(Blank(end + i, left, right))
        return found

    def _is_compound(self, reading: Reading) -> Iterator[bool]:
        """Yield for every blank whether the words around it are a known compound."""
        return map(self._lexicon.joined.__contains__, map(add, reading.words, islice(reading.words, 1, None)))

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
        word, missing = reading.words[i], reading.decisions[i].missing
        if not missing and word.isalpha():  # no ZWNJ, no harakat
            return Pieces(word, "", word)
        return self._pieces[with_breaks(word, missing) if missing else word]

    @staticmethod
    def _pieces_of_printed(word: str) -> Pieces:
        return pieces_of(word)


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


def _readiness(reading: Reading) -> Iterator[int]:
    """Yield for every blank how readily its two sides stand next to a ZWNJ: most are not looked at, and this is all they cost."""
    return map(add, map(OPENING, reading.decisions), islice(map(CLOSING, reading.decisions), 1, None))


def _missing_places(reading: Reading) -> Iterator[int]:
    """Yield the places in the text where a ZWNJ is missing inside words."""
    missing = [*map(MISSING, reading.decisions)]
    for start, places in compress(zip(reading.starts(), missing, strict=True), missing):
        yield from [start + place for place in places]


def _proof(left: str, right: str, word: str, lexicon: Lexicon) -> tuple[int, int]:
    """Return (1, 0) where no careful hand leaves out the ZWNJ between two pieces of a word, (0, 1) where some do."""
    is_known = lexicon.classify(left)[0] not in "-t" or left in lexicon.participles
    if left in lexicon.verb_prefixes:
        certain = is_verb_form(right, lexicon) and lexicon.classify(word)[0] in _NOT_WHOLE
        return int(certain), int(not certain)
    if right in lexicon.suffixes:
        certain = is_known and (right.startswith("ها") or left.endswith(_HE))
        return int(certain), int(not certain and lexicon.classify(left) != "-")
    return 0, int(left + right in lexicon.joined)
