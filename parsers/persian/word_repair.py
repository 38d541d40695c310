"""Where a ZWNJ is missing inside a word: every word is judged by itself."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.persian.affix_rules import forbids_break
from parsers.persian.enclitics import (
    COPULA,
    EZAFE,
    ends_in_copula,
    ends_in_ezafe,
    ends_in_silent_he,
    plural_before_copula,
)
from parsers.persian.letters import NON_JOINING, ZWNJ
from parsers.persian.word_lexicon import breaks_of
from parsers.persian.word_scores import WordScores

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.persian.model import Model
    from parsers.persian.word_lexicon import Lexicon

# Harakat, superscript alef, tatweel: they sit on a letter and are no part of the spelling.
_MARKS = expression("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]+")
# Longer runs of letters are no words; judging them would be slow and pointless.
LONGEST_WORD = 40
WORDS_REMEMBERED = 1 << 14


class WordRepair:
    """Judges words with one model. `settled` maps words of bare letters to places of ZWNJ that need no weighing."""

    def __init__(self, model: Model, settled: Mapping[str, tuple[int, ...]]) -> None:
        self._model = model
        self._settled = settled
        self._scores = WordScores(model)

    @property
    def lexicon(self) -> Lexicon:
        """Return what is known of words."""
        return self._model.lexicon

    def is_settled(self, letters: str) -> bool:
        """Return whether a word of bare letters needs no weighing."""
        return letters in self._settled

    def lead(self, letters: str, place: int) -> int:
        """Return by how much a ZWNJ at `place` is likelier than none there, the others as they are judged; times the scale."""
        places = self.breaks(letters)
        with_place = tuple(sorted({*places, place}))
        without = tuple(each for each in places if each != place)
        return self.score(letters, with_place) - self.score(letters, without)

    def missing(self, word: str) -> tuple[int, ...]:
        """Return the places in a word, as printed, before which a ZWNJ is missing."""
        if len(word) > LONGEST_WORD:
            return ()
        spelled = bare(word)
        if spelled == word and ZWNJ not in word:
            return self.breaks(word)
        if ZWNJ in spelled and self._is_whole(spelled.split(ZWNJ)):
            return ()
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

    def _is_whole(self, pieces: list[str]) -> bool:
        """Return whether the pieces of a word with ZWNJ are all words or affixes that have none inside."""
        lexicon, settled = self._model.lexicon, self._settled
        known = (settled.get(piece) == () or piece in lexicon.suffixes or piece in lexicon.verb_prefixes for piece in pieces)
        return all(known)

    def _outside_settled(self, spelled: str, kept: tuple[int, ...], added: list[int]) -> list[int]:
        """Return the places outside of pieces, between ZWNJ that are there, that are settled to have none."""
        pieces = zip((0, *kept), spelled.split(ZWNJ), strict=True)
        whole = [(start, start + len(piece)) for start, piece in pieces if self._settled.get(piece) == ()]
        return [place for place in added if not any(start < place < end for start, end in whole)]

    def _breaks_within(self, spelled: str, kept: tuple[int, ...]) -> list[int]:
        """Return the places in the pieces of a word that has other ZWNJ than the whole would get."""
        found = []
        for start, piece in zip((0, *kept), spelled.split(ZWNJ), strict=True):
            if places := self.breaks(piece):
                within = self._breaks_within(with_breaks(piece, places), places)
                found += [start + place for place in sorted({*places, *within})]
        return found

    def breaks(self, letters: str) -> tuple[int, ...]:
        """Return the places of ZWNJ in a word of bare letters."""
        settled = self._settled.get(letters)
        if settled is not None:
            return settled
        if letters in self._model.lexicon.verbs and letters.startswith("می"):  # forms of «میر»
            return ()
        by_rule = self._breaks_of_enclitic(letters)
        if by_rule:
            return by_rule
        places = self.weigh(letters)
        places = self._allowed(letters, places) if places else places
        if not places and letters.endswith(COPULA) and ends_in_copula(letters, self._model.lexicon):
            return (len(letters) - len(COPULA),)
        return places

    def _allowed(self, letters: str, places: tuple[int, ...]) -> tuple[int, ...]:
        """Return the places without those that grammar forbids."""
        allowed, start = [], 0
        for place, end in pairwise((*places, len(letters))):
            if not forbids_break(letters[start:place], letters[place:end], self._model.lexicon):
                allowed.append(place)
                start = place
        return tuple(allowed)

    def _breaks_of_enclitic(self, letters: str) -> tuple[int, ...]:
        """Return the places in «سالهاست» and «آییننامهی»; empty for other words."""
        lexicon = self._model.lexicon
        noun = plural_before_copula(letters, lexicon)
        if noun:
            within = self.breaks(noun)
            return within if noun[-1] in NON_JOINING else (*within, len(noun))
        if not ends_in_ezafe(letters, lexicon):
            return ()
        stem = letters.removesuffix(EZAFE)
        within = self.breaks(stem)
        last = stem[within[-1] :] if within else stem
        return (*within, len(stem)) if ends_in_silent_he(last, lexicon) else ()

    def weigh(self, letters: str) -> tuple[int, ...]:
        """Return the places of ZWNJ by evidence alone: the likeliest sequence over all places (Viterbi over two states)."""
        places, scores = self._scores.of(letters)
        no_no, no_yes, yes_no, yes_yes = self._model.transitions
        none, some = 0, -(1 << 30)
        none_path: tuple[int, ...] = ()
        some_path: tuple[int, ...] = ()
        for k, (place, score) in enumerate(zip(places, scores, strict=True)):
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

    def score(self, letters: str, breaks: tuple[int, ...]) -> int:
        """Return the log-odds, times the model's scale, of these places of ZWNJ against others."""
        places, scores = self._scores.of(letters)
        no_no, no_yes, yes_no, yes_yes = self._model.transitions
        total, was_break = 0, None
        for place, score in zip(places, scores, strict=True):
            is_break = place in breaks
            total += score if is_break else 0
            if was_break is not None:
                total += (yes_yes if is_break else yes_no) if was_break else (no_yes if is_break else no_no)
            was_break = is_break
        return total


def bare(word: str) -> str:
    """Return `word` without harakat and tatweel."""
    return _MARKS.sub("", word) if _MARKS.search(word) else word


def with_breaks(word: str, places: tuple[int, ...]) -> str:
    """Return `word` with a ZWNJ before each of `places`."""
    return "".join([ZWNJ * (i in places) + letter for i, letter in enumerate(word)])


def _places_as_printed(word: str, added: list[int]) -> tuple[int, ...]:
    """Return places counted in bare letters as places in the word as printed: after the marks of the letter before."""
    places, letters = [], 0
    for i, letter in enumerate(word):
        if letter == ZWNJ or _MARKS.match(letter):
            continue
        if letters in added:
            places.append(i)
        letters += 1
    return tuple(places)
