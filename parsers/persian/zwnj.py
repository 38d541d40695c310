"""Restoring the ZWNJ that a page lost: inside words (deleted) and in the place of blanks (spaced).

A text is read as the chunks between its blanks. What a chunk is to the blanks on its two sides, and which ZWNJ its words miss,
is cached with it; so is what was decided for two pieces with a blank between. Nothing is ever taken away, and no letter changes:
strip ZWNJ and blanks, and input and output are equal.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate, compress, count, islice
from operator import add, itemgetter
from typing import TYPE_CHECKING, NamedTuple

from parsers.persian.copula import COPULA, takes_copula
from parsers.persian.features import kind_of_blank, left_features, pair_features, right_features
from parsers.persian.letter_repair import LETTERS, free_slices
from parsers.persian.letters import ZWNJ
from parsers.persian.model import load
from parsers.persian.word_lexicon import PRODUCTIVE_END, PRODUCTIVE_START
from parsers.persian.word_repair import LONGEST_WORD, WORDS_CACHED, Memory, Words, bare, with_breaks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parsers.models import Damage
    from parsers.persian.model import Model
    from parsers.persian.offsets import Edit

_WORDS = re.compile(f"[{LETTERS}{ZWNJ}]+")
# How readily a piece stands before or behind a ZWNJ. A blank is looked at where the two sides come to two or more: both have been
# seen so, or one is productive (begins or ends very many words), or an affix.
_SEEN, _PRODUCTIVE, _AFFIX = 1, 2, 3
_CHUNKS_CACHED, _PAIRS_CACHED = 1 << 16, 1 << 15
# Texts up to this length, in characters, are remembered between the gate and the repair.
_REMEMBERED = 1 << 16


class _Side(NamedTuple):
    """What a word is to the blank before it and to the blank behind it.

    Before a blank its last piece counts; behind one its first piece, the stem of that, and the piece after it.
    """

    opening: int
    last: str
    closing: int
    first: str
    stem: str
    second: str


_HE = "ه"
_NO_WORD = _Side(0, "", 0, "", "", "")


class _Chunk(NamedTuple):
    """What stands between two blanks: the places of its missing ZWNJ, and its first and last word as they are to the blanks.

    Where it begins (ends) with no letter, `head` (`tail`) is no word. `whole`: it is one word and nothing else. `twin`: the other
    reading of «رسانهای», which is «رسانه‌ای» but behind «پیام» «رسان‌های».
    """

    missing: tuple[int, ...]
    closing: int
    opening: int
    head: _Side
    tail: _Side
    whole: bool
    twin: _Chunk | None = None


_MISSING, _CLOSING, _OPENING, _TWIN = itemgetter(0), itemgetter(1), itemgetter(2), itemgetter(6)


class Restorer:
    """Restoration with one model; holds the caches. Threads may share it: at worst a word is judged twice."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.words = Words(model)
        # Where ZWNJ are missing in a chunk; chunks with their words as printed, and as repaired.
        self._missing_in = Memory(self._missing_within, _CHUNKS_CACHED)
        self._printed = Memory(self._chunk_as_printed, _CHUNKS_CACHED)
        self._repaired = Memory(self._chunk_as_repaired, _CHUNKS_CACHED)
        self._sides = Memory(self._side, WORDS_CACHED)
        # Whether two pieces are known to stand together, or one is an affix.
        self._known = Memory(self._is_known, _PAIRS_CACHED)
        # What a piece weighs by itself before and behind a blank of a kind, the letter before it; where both together are
        # for a blank, no more is weighed.
        self._before_weights = Memory(self._weight_before, WORDS_CACHED)
        self._behind_weights = Memory(self._weight_behind, WORDS_CACHED)
        # Whether the blank between two pieces was a ZWNJ.
        self.joins = Memory(self._joins, _PAIRS_CACHED)
        # The text read last: the gate reads it first, the repair right after.
        self._last: tuple[str, list[_Chunk]] = ("", [])

    def edits(self, text: str, *, words: bool, blanks: bool) -> list[Edit]:
        """The edits that bring back the ZWNJ missing inside words, and those that became blanks; in order."""
        found: list[Edit] = []
        if words:
            found += [(place, place, ZWNJ) for place in self._missing_places(text)]
        if blanks and (joined := self._false_blanks(self._read(text) if words else self._read_as_printed(text))):
            ends = [*accumulate(map(len, text.split(" ")))]
            found += [(ends[i] + i, ends[i] + i + 1, ZWNJ) for i in joined]
            found.sort()
        return found

    def count_lost(self, text: str) -> tuple[int, int]:
        """How many ZWNJ look deleted in `text`, and how many look turned into blanks: only affixes and known compounds count."""
        chunks = self._read(text)
        return sum(map(len, map(_MISSING, chunks))), len(self._false_blanks(chunks, weigh_all=False))

    def _read(self, text: str) -> list[_Chunk]:
        """The chunks of `text` with their words repaired."""
        last, chunks = self._last
        if last is text:
            return chunks
        chunks = [*map(self._repaired.__getitem__, text.split(" "))]
        for i in compress(count(), map(_TWIN, chunks)):
            twin = chunks[i].twin
            if twin and i and self._is_compound(chunks[i - 1].tail.last, twin.head.first):
                chunks[i] = twin
        if len(text) <= _REMEMBERED:
            self._last = text, chunks
        return chunks

    def _read_as_printed(self, text: str) -> list[_Chunk]:
        last, chunks = self._last
        if last is not text:
            return [*map(self._printed.__getitem__, text.split(" "))]
        if not any(map(_MISSING, chunks)):
            return chunks
        return [self._printed[piece] if chunk[0] else chunk for piece, chunk in zip(text.split(" "), chunks, strict=True)]

    def _missing_places(self, text: str) -> Iterator[int]:
        """Where a ZWNJ is missing inside words. Splitting at blanks is several times faster than finding words."""
        missing = [*map(_MISSING, self._read(text))]
        starts = accumulate(map(len, text.split(" ")), initial=0)
        for blanks, start, places in compress(zip(count(), starts, missing, strict=False), missing):
            yield from [start + blanks + place for place in places]

    def _missing_within(self, chunk: str) -> tuple[int, ...]:
        settled = self._model.settled.get(chunk)
        if settled is not None:
            return settled
        missing = self.words.missing
        return tuple([match.start() + place for match in _WORDS.finditer(chunk) for place in missing[match[0]]])

    def _false_blanks(self, chunks: list[_Chunk], *, weigh_all: bool = True) -> list[int]:
        """The chunks behind which a blank was a ZWNJ. Not `weigh_all`: only affixes and known compounds are looked at."""
        joins, known, before_weights, behind_weights = self.joins, self._known, self._before_weights, self._behind_weights
        found = []
        for i in _candidates(chunks):
            left, right = chunks[i][4][1], chunks[i + 1][3][3]
            if known[left, right] or (weigh_all and before_weights["c" + left] + behind_weights["c" + right] > 0):
                following = self._following(i, chunks) if right[-1:] == "ه" else ""
                if joins[left, right, following]:
                    found.append(i)
        return found

    def _following(self, i: int, chunks: list[_Chunk]) -> str:
        """The auxiliary behind the word that the blank behind the i-th chunk stands before."""
        behind = chunks[i + 1]
        if behind.head.second:
            return self._model.lexicon.context(behind.head.first, behind.head.second)
        if not behind.whole or i + 2 >= len(chunks):
            return ""
        return self._model.lexicon.context(behind.head.first, chunks[i + 2].head.first)

    def _chunk_as_printed(self, chunk: str) -> _Chunk:
        return self._chunk(chunk, (), self._sides.__getitem__)

    def _chunk_as_repaired(self, chunk: str) -> _Chunk:
        missing = self._missing_in[chunk]
        if not missing:
            return self._chunk(chunk, (), self._sides.__getitem__)
        made = self._chunk(chunk, missing, self._side_of_repaired)
        return made._replace(twin=self._twin(chunk, made)) if made.head.first.endswith(_HE) else made

    def _twin(self, chunk: str, made: _Chunk) -> _Chunk | None:
        """«رسان‌های» for «رسانه‌ای»: where the he may begin an ending, and what stands before it ends compounds."""
        stem, first = made.head.first[:-1], _WORDS.match(chunk)
        at = len(stem) + 1
        if first is None or not chunk.startswith(f"{stem}های") or made.missing[0] != at or not self._model.lexicon.ends.get(stem):
            return None
        missing = (at - 1, *made.missing[1:])
        head = self._sides[with_breaks(first[0], tuple([place for place in missing if place < first.end()]))]
        return made._replace(missing=missing, closing=head.closing, head=head, tail=head if made.whole else made.tail)

    def _chunk(self, chunk: str, missing: tuple[int, ...], side: Callable[[str], _Side]) -> _Chunk:
        first = _WORDS.match(chunk)
        if first and first.end() == len(chunk):
            whole = side(chunk)
            return _Chunk(missing, whole.closing, whole.opening, whole, whole, whole=True)
        head = side(first[0]) if first else _NO_WORD
        last = _WORDS.match(chunk[::-1])
        tail = side(last[0][::-1]) if last else _NO_WORD
        return _Chunk(missing, head.closing, tail.opening, head, tail, whole=False)

    def _side_of_repaired(self, word: str) -> _Side:
        places = self._missing_in[word]
        return self._sides[with_breaks(word, places)] if places else self._sides[word]

    def _side(self, word: str) -> _Side:
        lexicon = self._model.lexicon
        pieces = bare(word).split(ZWNJ)
        last, first, second = pieces[-1], pieces[0], pieces[1] if len(pieces) > 1 else ""
        stem = lexicon.split_ending(first)[0]
        opening = _AFFIX if last in lexicon.verb_prefixes else _readiness(lexicon.starts.get(last, 0), PRODUCTIVE_START)
        ends = lexicon.ends.get(first) or lexicon.ends.get(stem, 0)
        closing = _AFFIX if first in lexicon.suffixes else _readiness(ends, PRODUCTIVE_END)
        return _Side(opening, last, closing, first, stem, second)

    def _weight_before(self, tagged: str) -> int:
        tag, piece = tagged[0], tagged[1:]
        weights = self._model.blank_weights
        return sum([weights.get(tag + name, 0) for name in left_features(piece, self._model.lexicon)]) if piece else 0

    def _weight_behind(self, tagged: str) -> int:
        tag, piece = tagged[0], tagged[1:]
        weights = self._model.blank_weights
        return sum([weights.get(tag + name, 0) for name in right_features(piece, self._model.lexicon)]) if piece else 0

    def _is_known(self, pair: tuple[str, str]) -> bool:
        left, right = pair
        lexicon = self._model.lexicon
        if right in lexicon.suffixes or left in lexicon.verb_prefixes or left + right in lexicon.joined:
            return True
        stem = self._sides[right].stem
        return stem != "" and left + stem in lexicon.joined

    def _is_compound(self, left: str, right: str) -> bool:
        """Whether two pieces are a compound, and one with he behind them is none."""
        joined = self._model.lexicon.joined
        return left != "" and left + right in joined and left + right + _HE not in joined

    def _joins(self, pair: tuple[str, str, str]) -> bool:
        left, right, following = pair
        if not left or not right or len(left) + len(right) > LONGEST_WORD:
            return False
        known = self._model.pairs.get(" ".join(pair))
        if known is None and right == COPULA and takes_copula(left, self._model.lexicon):
            return True
        return self.weigh_blank(left, right, following) > 0 if known is None else known

    def weigh_blank(self, left: str, right: str, following: str = "") -> int:
        """The log-odds, times the model's scale, that the blank between two pieces was a ZWNJ."""
        lexicon, weights = self._model.lexicon, self._model.blank_weights
        tag = kind_of_blank(left, right, lexicon)
        alone = self._before_weights[tag + left] + self._behind_weights[tag + right]
        return alone + sum([weights.get(tag + name, 0) for name in pair_features(left, right, following, lexicon)])


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


def _candidates(chunks: list[_Chunk]) -> Iterator[int]:
    """The chunks behind which a blank is worth a look."""
    levels = map(add, map(_OPENING, chunks), islice(map(_CLOSING, chunks), 1, None))
    return compress(count(), map(_SEEN.__lt__, levels))


def _readiness(words: int, productive: int) -> int:
    return _PRODUCTIVE if words >= productive else _SEEN if words else 0
