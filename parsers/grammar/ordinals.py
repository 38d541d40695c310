"""Ordinals that stand before their noun: «سی و پنجمین جلسه», «۳۵امین جلسه», «نخستین بند»."""

from __future__ import annotations

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, LETTER
from parsers.lexicon import load
from parsers.persian.numbers import irregular_ordinals, match_number

_ENDINGS: tuple[str, ...] = tuple(load("clause_numbers")["ordinal_before_noun"])
_WORD_STARTS = expression(rf"(?<!{LETTER}){LETTER}")
_DIGITS = expression(rf"([0-9]{{1,4}}){GAP}(?:{'|'.join(sorted(_ENDINGS, key=len, reverse=True))})\Z")


def ordinal_before(folded: str, end: int, *, reach: int = 60) -> tuple[int, int] | None:
    """Return (value, start) of the longest ordinal that ends at `end`, at most `reach` letters long; None if there is none."""
    low = max(0, end - reach)
    window = folded[low:end]
    digits = _DIGITS.search(window)
    if digits is not None:
        return int(digits[1]), low + digits.start()
    if not window.endswith(_before_nouns()):
        return None
    for start in _WORD_STARTS.finditer(window):
        found = match_number(folded, low + start.start())
        if found is not None and found.end == end:
            return found.value, low + start.start()
    return None


def _before_nouns() -> tuple[str, ...]:
    """Return what an ordinal before its noun ends with: «…مین», «نخستین»."""
    return (*_ENDINGS, *(word for word in irregular_ordinals() if word.endswith(_LAST)))


_LAST = _ENDINGS[0][1:]
