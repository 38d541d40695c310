"""Restoring the ZWNJ that a page lost: inside words (deleted) and in the place of blanks (spaced).

Every word is judged by itself, every blank by the pieces on its two sides; both judgements are cached, for text repeats itself.
Nothing is ever taken away, and no letter changes: strip ZWNJ and blanks, and input and output are equal.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, compress, count
from typing import TYPE_CHECKING, NamedTuple

from parsers.persian.features import blank_features, left_features, right_features, word_features
from parsers.persian.forms import LETTERS, free_slices
from parsers.persian.letters import ZWNJ
from parsers.persian.lexicon import PRODUCTIVE_END, PRODUCTIVE_START, breaks_of
from parsers.persian.model import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parsers.models import Damage
    from parsers.persian.model import Model
    from parsers.persian.offsets import Edit

_WORD = re.compile(f"([{LETTERS}{ZWNJ}]+)")
_WORDS = re.compile(f"[{LETTERS}{ZWNJ}]+")
# Harakat, superscript alef, tatweel: they sit on a letter and are no part of the spelling.
_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]+")
# Stands for the count of words that affixes begin and end.
_AFFIX = 1 << 20
# Longer runs of letters are no words; judging them would be slow and pointless.
LONGEST_WORD = 40
_LONGEST_KEY = 100
_WORDS_CACHED, _PAIRS_CACHED = 1 << 15, 1 << 15


class _Memory[Key: str | tuple[str, str, str], Value](dict[Key, Value]):
    """A dictionary that computes what it misses and starts over when it is full."""

    def __init__(self, compute: Callable[[Key], Value], size: int) -> None:
        super().__init__()
        self._compute, self._size = compute, size

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._size:
            self.clear()
        value = self._compute(key)
        if len(key) <= _LONGEST_KEY:
            self[key] = value
        return value


class _Sides(NamedTuple):
    """What a word is to the blanks around it.

    Before a blank its last piece, and how many words with ZWNJ that begins; behind a blank its first piece, how many words with
    ZWNJ that ends, its stem, and the piece after it.
    """

    last: str
    opening: int
    first: str
    closing: int
    stem: str
    second: str


class Restorer:
    """Restoration with one model; holds the caches. Threads may share it: at worst a word is judged twice."""

    def __init__(self, model: Model) -> None:
        self._model = model
        # The places in a word, as printed, before which a ZWNJ is missing.
        self.missing = _Memory(self._missing, _WORDS_CACHED)
        # The same for what stands between two blanks, punctuation and all.
        self._missing_in = _Memory(self._missing_within, _WORDS_CACHED)
        # What a word is to the blanks around it, as printed and as repaired.
        self._sides = _Memory(self._both_sides, _WORDS_CACHED)
        self._sides_of_repaired = _Memory(self._both_sides_of_repaired, _WORDS_CACHED)
        # What a piece weighs by itself before and behind a blank; where both together are for a blank, no more is weighed.
        self._before_weights = _Memory(self._weight_before, _WORDS_CACHED)
        self._behind_weights = _Memory(self._weight_behind, _WORDS_CACHED)
        # Whether the blank between two pieces was a ZWNJ.
        self.joins = _Memory(self._joins, _PAIRS_CACHED)

    def edits(self, text: str, *, words: bool, blanks: bool) -> list[Edit]:
        """The edits that bring back the ZWNJ missing inside words, and those that became blanks; in order."""
        found: list[Edit] = []
        if words:
            found += [(place, place, ZWNJ) for place in self._missing_places(text)]
        if blanks:
            found += [(place, place + 1, ZWNJ) for place in self._false_blanks(text, repaired=words)]
            found.sort()
        return found

    def count_lost(self, text: str) -> tuple[int, int]:
        """How many ZWNJ look deleted in `text`, and how many look turned into blanks: only affixes and known compounds count."""
        deleted = sum(map(len, map(self._missing_in.__getitem__, text.split(" "))))
        return deleted, len(self._false_blanks(text, repaired=True, weigh_all=False))

    def _missing_places(self, text: str) -> Iterator[int]:
        """Where a ZWNJ is missing inside words. Splitting at blanks is several times faster than finding words."""
        chunks = text.split(" ")
        missing = [*map(self._missing_in.__getitem__, chunks)]
        starts = accumulate(map(len, chunks), initial=0)
        for blanks, start, places in compress(zip(count(), starts, missing, strict=False), missing):
            yield from [start + blanks + place for place in places]

    def _missing_within(self, chunk: str) -> tuple[int, ...]:
        return tuple(
            match.start() + place for match in _WORDS.finditer(chunk) for place in self.missing[match[0]]
        )

    def _false_blanks(self, text: str, *, repaired: bool, weigh_all: bool = True) -> list[int]:
        """Where the blanks are that were ZWNJ. Not `weigh_all`: only affixes and compounds that are known are looked at."""
        parts = _WORD.split(text)
        sides = [*map((self._sides_of_repaired if repaired else self._sides).__getitem__, parts[1::2])]
        joins, joined = self.joins, self._model.lexicon.joined
        before_weights, behind_weights = self._before_weights, self._behind_weights
        found = []
        for i in _candidates(parts, sides):
            left, opening = sides[i][:2]
            right, closing, stem, _ = sides[i + 1][2:]
            if (
                (weigh_all and before_weights[left] + behind_weights[right] > 0)
                or left + right in joined
                or (stem and left + stem in joined)
                or _AFFIX in (opening, closing)
            ):
                following = self._following(i, parts, sides) if right[-1:] == "ه" else ""
                if joins[left, right, following]:
                    found.append(i)
        if not found:
            return found
        ends = [*accumulate(map(len, parts))]
        return [ends[2 * i + 1] for i in found]

    def _following(self, i: int, parts: list[str], sides: list[_Sides]) -> str:
        """The auxiliary behind the word that the i-th blank stands before."""
        behind = sides[i + 1]
        if behind.second:
            return self._model.lexicon.context(behind.first, behind.second)
        if parts[2 * i + 4] != " " or i + 2 >= len(sides):
            return ""
        return self._model.lexicon.context(behind.first, sides[i + 2].first)

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
        if not added or len(word) == len(letters):
            return tuple(added)
        return _places_as_printed(word, added)

    def _breaks_within(self, spelled: str, kept: tuple[int, ...]) -> list[int]:
        """The places in the pieces of a word whose own ZWNJ say otherwise than the whole would, and in the pieces of those."""
        found = []
        for start, piece in zip((0, *kept), spelled.split(ZWNJ), strict=True):
            if places := self.breaks(piece):
                within = self._breaks_within(_with_breaks(piece, places), places)
                found += [start + place for place in sorted({*places, *within})]
        return found

    def breaks(self, letters: str) -> tuple[int, ...]:
        """The places of ZWNJ in a word of bare letters."""
        settled = self._model.settled.get(letters)
        if settled is not None:
            return settled
        return self.weigh(letters)

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

    def _both_sides(self, word: str) -> _Sides:
        lexicon = self._model.lexicon
        pieces = bare(word).split(ZWNJ)
        last, first, second = pieces[-1], pieces[0], pieces[1] if len(pieces) > 1 else ""
        stem = lexicon.split_ending(first)[0]
        opening = _AFFIX if last in lexicon.verb_prefixes else lexicon.starts[last]
        closing = _AFFIX if first in lexicon.suffixes else lexicon.ends[first] or lexicon.ends[stem]
        return _Sides(last, opening, first, closing, stem, second)

    def _both_sides_of_repaired(self, word: str) -> _Sides:
        places = self.missing[word]
        return self._sides[_with_breaks(word, places)] if places else self._sides[word]

    def _weight_before(self, piece: str) -> int:
        weights = self._model.blank_weights
        return sum([weights.get("c" + name, 0) for name in left_features(piece, self._model.lexicon)]) if piece else 0

    def _weight_behind(self, piece: str) -> int:
        weights = self._model.blank_weights
        return sum([weights.get("c" + name, 0) for name in right_features(piece, self._model.lexicon)]) if piece else 0

    def _joins(self, pair: tuple[str, str, str]) -> bool:
        left, right, following = pair
        if not left or not right or len(left) + len(right) > LONGEST_WORD:
            return False
        known = self._model.pairs.get(" ".join(pair))
        return self.weigh_blank(left, right, following) > 0 if known is None else known

    def weigh_blank(self, left: str, right: str, following: str = "") -> int:
        """The log-odds, times the model's scale, that the blank between two pieces was a ZWNJ."""
        weights = self._model.blank_weights
        row = blank_features(left, right, following, self._model.lexicon)
        return sum([weights[name] for name in row if name in weights])


def restoration_edits(text: str, damage: Damage) -> list[Edit]:
    """The edits that repair `damage` in `text`, in order; none within addresses, handles and hashtags."""
    edits: list[Edit] = []
    if damage == "none":
        return edits
    shipped = restorer()
    for start, end in free_slices(text):
        found = shipped.edits(text[start:end], words=damage != "spaced", blanks=damage != "deleted")
        edits += [(a + start, b + start, after) for a, b, after in found] if start else found
    return edits


@cache
def restorer() -> Restorer:
    """The restorer with the shipped model; the first call loads it."""
    return Restorer(load())


def _candidates(parts: list[str], sides: list[_Sides]) -> list[int]:
    """The single blanks between pieces of which one begins and the other ends words with ZWNJ, or one of them very many."""
    openings = [side[1] for side in sides]
    closings = [side[3] for side in sides[1:]]
    return [
        i
        for i, (blank, opening, closing) in enumerate(zip(parts[2::2], openings, closings, strict=False))
        if ((opening and closing) or opening >= PRODUCTIVE_START or closing >= PRODUCTIVE_END) and blank == " "
    ]


def bare(word: str) -> str:
    """`word` without harakat and tatweel."""
    return _MARKS.sub("", word)


def _with_breaks(word: str, places: tuple[int, ...]) -> str:
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
