"""Number words to int, in every spelling: «سی و ششم», «سی‌وششم», «بیستوپنجم», «یکهزار و سیصد و نود و هشت», «سی ام».

    number  := group (scale group?)*        group := [hundreds] [و tens] [و units], each part smaller than the one before
    ordinal := number (م | مین | ام | امین)  and the irregular اول، نخست، سوم

Parts are joined by «و» with blanks, ZWNJs or nothing around it. One pass, left to right; the longest number that ends at a
word's end wins.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from parsers.expressions import expression, longest_first
from parsers.grammar.blanks import GAP as _GAP
from parsers.lexicon import LexiconError, load
from parsers.persian.letters import ZWNJ, fold

_AND = expression(f"{_GAP}و{_GAP}")
_JOIN = expression(_GAP)
# Harakat and letters go on with a word; so does a ZWNJ before a letter.
_WORD_END = expression(f"(?![\\w\u064b-\u0652]|{ZWNJ}[\\w])")
_ORDINAL = expression(f"(?:{_GAP}(?:ا|اُ|أ)م(?:ین)?|{ZWNJ}?مین|{ZWNJ}?ُ?م){_WORD_END.pattern}")
_DIGITS = expression(f"([0-9]{{1,3}}(?:[,٬][0-9]{{3}})+|[0-9]{{1,18}})(?:{_GAP}(?:ا|اُ)?م(?:ین)?)?")
_MAX_PARTS = 24


class Number(NamedTuple):
    """A number in words: its value, and where it ends (exclusive) in the text it was read from."""

    value: int
    end: int


class _Words(NamedTuple):
    values: dict[str, int]
    scales: dict[str, int]
    ordinals: dict[str, int]
    pattern: re.Pattern[str]
    cardinal: re.Pattern[str]


@cache
def _words() -> _Words:
    table = load("numbers")
    kinds = ("values", "scales", "ordinals")
    for kind in kinds:
        if not isinstance(table.get(kind), dict):
            raise LexiconError(f"numbers.toml: {kind}: must be a table of words")
    values, scales, ordinals = ({word: int(n) for n, words in table[kind].items() for word in words} for kind in kinds)
    return _Words(values, scales, ordinals, _longest_first({*values, *scales, *ordinals}), _longest_first({*values, *scales}))


def _longest_first(words: set[str]) -> re.Pattern[str]:
    return expression("|".join(map(re.escape, longest_first(words))))


@cache
def irregular_ordinals() -> tuple[str, ...]:
    """Return the ordinals that are no number with an ending, in their folded spelling: «اول», «نخستین»."""
    return tuple(_words().ordinals)


def match_number(folded: str, pos: int = 0) -> Number | None:
    """Return the longest number in words that begins exactly at `pos` of a text folded by `letters.fold`, or None.

    It ends at the end of a word. Whether a word begins at `pos` is for the caller to know.
    """
    words = _words()
    best: Number | None = None
    total = group = 0
    floor = 1 << 62  # every scale, and every part of a group, is smaller than the one before
    part_floor = 1000
    at = pos
    for _ in range(_MAX_PARTS):
        found = _word(folded, at, words)
        if found is None:
            return best
        word, end = found[0], found.end()
        if word in words.ordinals:
            value = words.ordinals[word]
            stands_alone = at == pos or word[-1] == "م" or word.endswith("مین")  # «بیست و اول» is none
            return Number(total + group + value, end) if value < part_floor and stands_alone else best
        if word in words.scales:
            scale = words.scales[word]
            if scale >= floor:
                return best
            total, group, floor, part_floor = total + (group or 1) * scale, 0, scale, 1000
        else:
            value = words.values[word]
            hundreds = _hundreds(folded, end) if 0 < value < 10 and part_floor >= 1000 else None
            if hundreds is not None:
                value, end = value * 100, hundreds
            if value >= part_floor:
                return best
            group, part_floor = group + value, _next_floor(value)
        best = _ended(folded, end, total + group) or best
        at_next = _onward(folded, end, words)
        if at_next is None:
            return best
        at = at_next
    return best


def _word(folded: str, at: int, words: _Words) -> re.Match[str] | None:
    """Return the number word at a place; an ordinal only where a word ends: «یکمیلیون» begins like «یکم»."""
    found = words.pattern.match(folded, at)
    if found is not None and found[0] in words.ordinals and not _WORD_END.match(folded, found.end()):
        return words.cardinal.match(folded, at)
    return found


def _hundreds(folded: str, end: int) -> int | None:
    """«یک صد», «پنج صد»: a digit times hundred."""
    joined = _JOIN.match(folded, end)
    at = joined.end() if joined else end
    return at + 2 if folded.startswith("صد", at) else None


def _next_floor(value: int) -> int:
    """Return what the next part of a group must be smaller than: nothing follows units and teens."""
    if value >= 100:
        return 100
    return 10 if value >= 20 and value % 10 == 0 else 0


def _ended(folded: str, end: int, value: int) -> Number | None:
    """Return the number, with the ending of an ordinal, if a word ends there."""
    ordinal = _ORDINAL.match(folded, end)
    if ordinal is not None:
        return Number(value, ordinal.end())
    return Number(value, end) if _WORD_END.match(folded, end) else None


def _onward(folded: str, end: int, words: _Words) -> int | None:
    """Return where the next part begins: after «و», or at once before a scale word."""
    conjunction = _AND.match(folded, end)
    if conjunction is not None and words.pattern.match(folded, conjunction.end()):
        return conjunction.end()
    joined = _JOIN.match(folded, end)
    at = joined.end() if joined else end
    following = words.pattern.match(folded, at)
    return at if following is not None and following[0] in words.scales else None


def parse_number(text: str) -> int | None:
    """Return the value of a whole string: digits of any script (thousands set apart or not), or words; None for anything else."""
    folded = fold(text).strip()
    digits = _DIGITS.fullmatch(folded)
    if digits is not None:
        return int(re.sub("[,٬]", "", digits[1]))
    found = match_number(folded, 0)
    return found.value if found is not None and found.end == len(folded) else None
