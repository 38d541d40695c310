"""The words before and after a place, the sentence around it, and lists of words of the lexicon as sets."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, HARAKAT, LETTER
from parsers.grammar.names import any_of, key_of, starts_word
from parsers.lexicon import LexiconError, load
from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

_MARKS = f"{HARAKAT}\u0653\u0654"
_NEXT = expression(f"{GAP}({LETTER}+(?:[{_MARKS}{ZWNJ}]+{LETTER}+)*)[{_MARKS}]*")
_PREVIOUS = expression(rf"({LETTER}+(?:{ZWNJ}{LETTER}+)*)[{_MARKS}]*{GAP}\Z")
_SENTENCE_END = expression("[.!?؟…\n](?=\\s|\\Z)|\n")


@cache
def cue(table: str, name: str) -> frozenset[str]:
    """Return a list of the lexicon as keys of `names.key_of`: `cue("units.cues", "stop")` is `[cues] stop` of units.toml.

    Raises LexiconError where the list is missing.
    """
    lexicon, _, section = table.partition(".")
    try:
        return keys(load(lexicon)[section][name])
    except KeyError as error:
        raise LexiconError(f"{lexicon}.toml: {section}.{name} is missing") from error


def keys(words: Iterable[str]) -> frozenset[str]:
    """Return the words as keys of `names.key_of`."""
    return frozenset(key_of(word) for word in words)


def next_word(folded: str, at: int) -> tuple[str, int, int] | None:
    """Return (word, start, end) of the next word after `at`; None at punctuation, digits or the end of the text."""
    found = _NEXT.match(folded, at)
    return (found[1], found.start(1), found.end()) if found else None


def previous_word(folded: str, at: int) -> str | None:
    """Return the word before `at`; None after punctuation, digits or at the beginning of the text."""
    found = _PREVIOUS.search(folded, max(0, at - 40), at)
    return found[1] if found else None


def is_one_of(word: str, wanted: frozenset[str]) -> bool:
    """Return whether the word, or its part before a ZWNJ, is among the keys."""
    return key_of(word) in wanted or key_of(word.partition("\u200c")[0]) in wanted


def mentioned(folded: str, low: int, high: int, table: str, name: str) -> bool:
    """Return whether a word of a list of the lexicon stands between `low` and `high`."""
    return any(starts_word(folded, found.start()) for found in _cue_pattern(table, name).finditer(folded, low, high))


@cache
def _cue_pattern(table: str, name: str) -> re.Pattern[str]:
    lexicon, _, section = table.partition(".")
    return expression(any_of(load(lexicon)[section][name]))


def sentence_around(folded: str, start: int, end: int, *, reach: int = 240) -> tuple[int, int]:
    """Return (start, end) of the sentence around a span, at most `reach` letters to either side."""
    low, high = max(0, start - reach), min(len(folded), end + reach)
    for found in _SENTENCE_END.finditer(folded, low, start):
        low = found.end()
    after = _SENTENCE_END.search(folded, end, high)
    return low, after.start() if after else high
