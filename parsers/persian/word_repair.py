"""Where a ZWNJ is missing inside a word: every word is judged by itself, and the judgement is cached, for text repeats itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.persian.copula import COPULA, ends_in_copula
from parsers.persian.features import word_features
from parsers.persian.letters import ZWNJ
from parsers.persian.word_lexicon import breaks_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from parsers.persian.model import Model

# Harakat, superscript alef, tatweel: they sit on a letter and are no part of the spelling.
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]+")
# Longer runs of letters are no words; judging them would be slow and pointless.
LONGEST_WORD = 40
_LONGEST_KEY = 100
WORDS_CACHED = 1 << 14


class Memory[Key: str | tuple[str, ...], Value](dict[Key, Value]):
    """A dictionary that computes what it misses; when full it starts over, and takes from before what is asked for again."""

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


class Words:
    """The judgement of words with one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        # The places in a word, as printed, before which a ZWNJ is missing.
        self.missing = Memory(self._missing, WORDS_CACHED)

    def _missing(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return ()
        spelled = bare(word)
        letters = spelled.replace(ZWNJ, "")
        places = self.breaks(letters)
        kept = breaks_of(spelled)
        if kept and not set(kept) <= set(places):
            places = tuple(self._breaks_within(spelled, kept))
        added = [place for place in places if place not in kept]
        if kept and added:
            added = self._outside_settled(spelled, kept, added)
        if not added or len(word) == len(letters):
            return tuple(added)
        return _places_as_printed(word, added)

    def _outside_settled(self, spelled: str, kept: tuple[int, ...], added: list[int]) -> list[int]:
        """The places but those in a piece, between ZWNJ that are there, of which it is settled that it has none."""
        pieces = zip((0, *kept), spelled.split(ZWNJ), strict=True)
        whole = [(start, start + len(piece)) for start, piece in pieces if self._model.settled.get(piece) == ()]
        return [place for place in added if not any(start < place < end for start, end in whole)]

    def _breaks_within(self, spelled: str, kept: tuple[int, ...]) -> list[int]:
        """The places in the pieces of a word whose own ZWNJ say otherwise than the whole would, and in the pieces of those."""
        found = []
        for start, piece in zip((0, *kept), spelled.split(ZWNJ), strict=True):
            if places := self.breaks(piece):
                within = self._breaks_within(with_breaks(piece, places), places)
                found += [start + place for place in sorted({*places, *within})]
        return found

    def breaks(self, letters: str) -> tuple[int, ...]:
        """The places of ZWNJ in a word of bare letters."""
        settled = self._model.settled.get(letters)
        if settled is not None:
            return settled
        places = self.weigh(letters)
        if not places and letters.endswith(COPULA) and ends_in_copula(letters, self._model.lexicon):
            return (len(letters) - len(COPULA),)
        return places

    def weigh(self, letters: str) -> tuple[int, ...]:
        """The places of ZWNJ by evidence alone: the likeliest sequence over all places (Viterbi over two states)."""
        places, rows = word_features(letters, self._model.lexicon)
        weights = self._model.word_weights
        no_no, no_yes, yes_no, yes_yes = self._model.transitions
        none, some = 0, -(1 << 30)
        none_path: tuple[int, ...] = ()
        some_path: tuple[int, ...] = ()
        for k, (place, row) in enumerate(zip(places, rows, strict=True)):
            score = sum([weights[name] for name in row if name in weights])
            if k == 0:
                none, some, some_path = 0, score, (place,)
                continue
            from_none, from_some = none + no_yes, some + yes_yes
            next_some, next_path = (from_none, none_path) if from_none >= from_some else (from_some, some_path)
            if some + yes_no > none + no_no:
                none, none_path = some + yes_no, some_path
            else:
                none += no_no
            some, some_path = next_some + score, (*next_path, place)
        return some_path if some > none else none_path


def bare(word: str) -> str:
    """`word` without harakat and tatweel."""
    return _MARKS.sub("", word)


def with_breaks(word: str, places: tuple[int, ...]) -> str:
    """`word` with a ZWNJ before each of `places`."""
    return "".join([ZWNJ * (i in places) + letter for i, letter in enumerate(word)])


def _places_as_printed(word: str, added: list[int]) -> tuple[int, ...]:
    """Places counted in bare letters, as places in the word as printed: behind the marks of the letter before."""
    places, letters = [], 0
    for i, letter in enumerate(word):
        if letter == ZWNJ or _MARKS.match(letter):
            continue
        if letters in added:
            places.append(i)
        letters += 1
    return tuple(places)
