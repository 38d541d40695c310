"""Words after and before a place, and sets of words that no spelling of their joints escapes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.grammar.names import any_of, key_of, starts_word
from parsers.lexicon import LexiconError, load

if TYPE_CHECKING:
    from collections.abc import Iterable

_NEXT = re.compile("[ \u200c\u200f\u200e]{0,4}([^\\W\\d_]+(?:[\u064b-\u0654\u200c]+[^\\W\\d_]+)*)[\u064b-\u0654]*")
_PREVIOUS = re.compile("([^\\W\\d_]+(?:\u200c[^\\W\\d_]+)*)[\u064b-\u0654]*[ \u200c]{0,3}\\Z")
_SENTENCE_END = re.compile("[.!?؟…\n](?=\\s|\\Z)|\n")


@cache
def cue(table: str, name: str) -> frozenset[str]:
    """The words of a list `[cues].name` (or `[table].name`) as keys: without joints, letters unified."""
    lexicon, _, section = table.partition(".")
    try:
        return keys(load(lexicon)[section][name])
    except KeyError as error:
        raise LexiconError(f"{lexicon}.toml: {section}.{name} is missing") from error


def keys(words: Iterable[str]) -> frozenset[str]:
    """The words as keys."""
    return frozenset(key_of(word) for word in words)


def next_word(folded: str, at: int) -> tuple[str, int, int] | None:
    """(word, start, end) right after `at`, blanks and ZWNJ skipped; None at punctuation, digits or the end."""
    found = _NEXT.match(folded, at)
    return (found[1], found.start(1), found.end()) if found else None


def previous_word(folded: str, at: int) -> str | None:
    """The word right before `at`; None after punctuation, digits or at the beginning."""
    found = _PREVIOUS.search(folded, max(0, at - 40), at)
    return found[1] if found else None


def is_one_of(word: str, wanted: frozenset[str]) -> bool:
    """Whether the word, or its part before a ZWNJ, is among the keys."""
    return key_of(word) in wanted or key_of(word.partition("\u200c")[0]) in wanted


def mentioned(folded: str, low: int, high: int, table: str, name: str) -> bool:
    """Whether a word of a cue list stands between `low` and `high`."""
    return any(starts_word(folded, found.start()) for found in _cue_pattern(table, name).finditer(folded, low, high))


@cache
def _cue_pattern(table: str, name: str) -> re.Pattern[str]:
    lexicon, _, section = table.partition(".")
    return re.compile(any_of(load(lexicon)[section][name]))


def sentence_around(folded: str, start: int, end: int, *, reach: int = 240) -> tuple[int, int]:
    """Bounds of the sentence that holds start..end, at most `reach` to either side."""
    low, high = max(0, start - reach), min(len(folded), end + reach)
    for found in _SENTENCE_END.finditer(folded, low, start):
        low = found.end()
    after = _SENTENCE_END.search(folded, end, high)
    return low, after.start() if after else high
