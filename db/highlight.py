"""Where a query's words stand in a text as it was written: harakat, tatweel, Arabic letters and ZWNJ notwithstanding."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.persian.letters import ZWNJ, fold_search

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.query import Words

Spans = tuple[tuple[int, int], ...]
_ROOM = 160  # code points of a snippet
_MAX_MATCHES = 200
# Between two letters of a word: what the index drops, and the ZWNJ that it takes for a blank.
_INSIDE = rf"[\u0640\u064b-\u065f\u0670\u200d-\u200f\u202a-\u202e\ufeff{ZWNJ}]*"


class _SameLength(dict[int, str]):
    """A table for `str.translate`: each letter as the index folds it, whatever it drops left in its place."""

    def __missing__(self, code: int) -> str:
        folded = fold_search(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_TABLE = _SameLength()


class Highlighter:
    """Finds the words of one query."""

    def __init__(self, needles: Sequence[Words]) -> None:
        patterns = dict.fromkeys(map(_pattern, needles))
        self._regex = re.compile("|".join(patterns)) if patterns else None

    def spans(self, text: str) -> Spans:
        """Where the words stand, as (start, end) in code points; at most 200 of them."""
        if self._regex is None:
            return ()
        found = self._regex.finditer(text.translate(_TABLE))
        return tuple(match.span() for match, _ in zip(found, range(_MAX_MATCHES), strict=False))

    def snippet(self, texts: Sequence[str]) -> tuple[str, Spans]:
        """About 160 code points where most words stand closest, line feeds as blanks, and the places of the words in it."""
        best, at, hits = "", 0, 0
        spans: Spans = ()
        for text in texts:
            found = self.spans(text)
            first, count = _densest(found)
            if count > hits or not best:
                best, spans, at, hits = text, found, first, count
        start, end = _window(best, at)
        before, after = "…" if start else "", "…" if end < len(best) else ""
        inside = tuple((a - start + len(before), b - start + len(before)) for a, b in spans if a >= start and b <= end)
        return f"{before}{best[start:end]}{after}".replace("\n", " "), inside


def _densest(spans: Spans) -> tuple[int, int]:
    """The start of the span that most others follow within a snippet's length, and how many they are."""
    counts = [(sum(start <= a < start + _ROOM - 40 for a, _ in spans[i:]), -start) for i, (start, _) in enumerate(spans)]
    count, start = max(counts, default=(0, 0))
    return -start, count


def _window(text: str, at: int) -> tuple[int, int]:
    """The snippet around a place, from blank to blank."""
    start = max(0, at - 40)
    if start:
        blank = text.find(" ", start, at)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + _ROOM)
    if end < len(text):
        blank = text.rfind(" ", at, end)
        end = blank if blank > start + _ROOM // 2 else end
    return start, end


def _pattern(words: Words) -> str:
    """A regular expression for the words, however they are joined."""
    between = r"[\W_]+" if words.kind == "phrase" else rf"[\s{ZWNJ}]*"
    parts = [_INSIDE.join(map(re.escape, part)) for part in words.parts]
    tail = rf"(?:{_INSIDE}\w)*" if words.prefix else ""
    return rf"(?<![^\W_]){between.join(parts)}{tail}(?![^\W_])"
