"""Where a query's words stand in a text as it was written: harakat, tatweel, Arabic letters, hamzas and ZWNJ notwithstanding."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from db.search.index import folded_word, indexed
from db.search.word_lemmas import lemma_of
from parsers.persian.letters import ZWNJ, fold_index, fold_index_letters, translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.search.query import QueryWords

Spans = tuple[tuple[int, int], ...]
_ROOM = 160  # code points of a snippet
_BEFORE = 40  # of them before the first word
_MAX_MATCHES = 200
_WORD = re.compile(rf"[^\W_]+(?:{ZWNJ}[^\W_]+)*")
_COMPOUND = re.compile(rf"[^\W_]+(?:{ZWNJ}[^\W_]+)+")
_MAX_GLANCES = 3  # places of each word that are looked at before the whole text is
_DROPPED = "\u0640"  # tatweel stands for everything that the index drops
_INSIDE = f"[{_DROPPED}{ZWNJ}]*"  # what may be between two letters of a word
# How a letter of the index may be printed; what matches is folded and compared.
_PRINTED = {"ا": "[ائ]", "ی": f"[یئ{_DROPPED}]", "و": "(?:ئ?وو?|ئ)"}


class _SameLength(dict[int, str]):
    """A table for `str.translate`: each letter as the index folds it, a tatweel for each that it drops."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        is_presentation = "\ufb50" <= letter <= "\ufefc"
        folded = fold_index(letter) if is_presentation else fold_index_letters(letter).strip().lower()
        is_dropped = letter == "ء" or fold_index_letters(f"ب{letter}ب") == "بب"
        self[code] = _DROPPED if is_dropped else folded if len(folded) == 1 else letter
        return self[code]


_TABLE = _SameLength()
_same_length = translator(_TABLE)  # the text as the index folds it, letter for letter, so that places hold


class Highlighter:
    """Finds the words of one query."""

    def __init__(self, needles: Sequence[QueryWords]) -> None:
        patterns = dict.fromkeys(map(_pattern, needles))
        self._regex = re.compile("|".join(patterns)) if patterns else None
        self._whole = frozenset("".join(words.parts) for words in needles if not words.prefix)
        self._prefixes = tuple("".join(words.parts) for words in needles if words.prefix)
        self._lemmas = frozenset(lemma_of["".join(words.parts)] for words in needles if words.is_inflected)
        self._beginnings = tuple(dict.fromkeys(words.parts[0] for words in needles))

    def spans(self, text: str) -> Spans:
        """Return where the words stand, as (start, end) in code points; at most 200 of them."""
        if self._regex is None:
            return ()
        found = (match.span() for match in self._regex.finditer(_same_length(text)))
        return tuple(islice((span for span in found if self._is_meant(text[slice(*span)])), _MAX_MATCHES))

    def other_forms(self, text: str) -> Spans:
        """Return where other forms of the words stand, as (start, end) in code points; at most 200 of them."""
        is_there = not self._lemmas.isdisjoint(map(lemma_of.__getitem__, indexed(text).split()))
        words = _WORD.finditer(text) if is_there else _COMPOUND.finditer(text) if self._lemmas else ()
        found = (match.span() for match in words if lemma_of[folded_word(match[0])] in self._lemmas)
        return tuple(islice(found, _MAX_MATCHES))

    def _is_meant(self, printed: str) -> bool:
        folded = folded_word(printed)
        return folded in self._whole or folded.startswith(self._prefixes)

    def snippet(self, texts: Sequence[str], *, other_forms: bool = True) -> tuple[str, Spans]:
        """About 160 code points around the words, line feeds as blanks, and the places of the words in them.

        Not `other_forms`: the words are shown as they were asked for or not at all.
        """
        for glance in (self._glance, self.spans, self.other_forms)[: 3 if other_forms else 2]:
            text, spans = max(((text, glance(text)) for text in texts), key=lambda found: _densest(found[1])[1])
            if spans:
                return _cut(text, spans, _densest(spans)[0])
        return _cut(next(filter(None, texts), ""), (), 0)

    def _glance(self, text: str) -> Spans:
        """Return the words around places where one of them seems to begin, spelled as the index spells: nearly always enough."""
        return max((self._around(text, place) for place in self._places(text)), key=len, default=())

    def _around(self, text: str, place: int) -> Spans:
        begin = text.rfind(" ", 0, max(0, place - _BEFORE)) + 1
        end = text.find(" ", place + _ROOM)
        return tuple((a + begin, b + begin) for a, b in self.spans(text[begin : end if end >= 0 else len(text)]))

    def _places(self, text: str) -> Iterator[int]:
        """Yield the first few places of each word's beginning."""
        for beginning in self._beginnings:
            place = -1
            for _ in range(_MAX_GLANCES):
                place = text.find(beginning, place + 1)
                if place < 0:
                    break
                yield place


def _densest(spans: Spans) -> tuple[int, int]:
    """Return the start of the span that most others follow within a snippet's length, and how many they are."""
    reach = _ROOM - _BEFORE
    counts = [(sum(start <= a < start + reach for a, _ in spans[i:]), -start) for i, (start, _) in enumerate(spans)]
    count, start = max(counts, default=(0, 0))
    return -start, count


def _cut(text: str, spans: Spans, at: int) -> tuple[str, Spans]:
    start, end = _window(text, at)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    inside = tuple((a - start + len(before), b - start + len(before)) for a, b in spans if a >= start and b <= end)
    return f"{before}{text[start:end]}{after}".replace("\n", " "), inside


def _window(text: str, at: int) -> tuple[int, int]:
    """Return the snippet around a place, from blank to blank."""
    start = max(0, at - _BEFORE)
    if start:
        blank = text.find(" ", start, at)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + _ROOM)
    if end < len(text):
        blank = text.rfind(" ", at, end)
        end = blank if blank > start + _ROOM // 2 else end
    return start, end


def _pattern(words: QueryWords) -> str:
    """Return a regular expression for the words, however they are joined."""
    between = r"[\W_]+" if words.kind == "phrase" else rf"[\s{ZWNJ}]*"
    parts = [_INSIDE.join(_PRINTED.get(letter) or re.escape(letter) for letter in part) + f"{_DROPPED}?" for part in words.parts]
    tail = rf"(?:{_INSIDE}\w)*" if words.prefix else ""
    return rf"(?<![^\W_]){between.join(parts)}{tail}(?![^\W_])"
