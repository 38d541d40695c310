"""How much of a text changed from one revision to the next."""

from __future__ import annotations

import re
from collections import Counter

from db.joiners import operations

_WORD = re.compile(r"\S+|\s")
_LINE = re.compile(r"[^\n]+|\n")
_MAX_BY_WORDS = 2_000_000  # characters; beyond it whole lines are compared
_MAX_PAIRS = 4_000_000  # words × words; beyond it the middle counts as replaced
_MAX_EQUAL_PAIRS = 100_000  # of them equal: text that repeats itself


def count_changes(old: str, new: str) -> tuple[int, int]:
    """Return the characters added and removed, whole words at a time (whole lines in a text of millions of letters).

    What differs in its joiners alone has not changed.
    """
    unit = _WORD if len(old) + len(new) <= _MAX_BY_WORDS else _LINE
    head = _common(old, new, unit)
    old, new = old[head:], new[head:]
    tail = _common(old[::-1], new[::-1], unit)
    a, b = unit.findall(old[: len(old) - tail]), unit.findall(new[: len(new) - tail])
    if len(a) * len(b) > _MAX_PAIRS or _equal_pairs(a, b) > _MAX_EQUAL_PAIRS:
        return _length(b), _length(a)
    added = removed = 0
    for tag, a0, a1, b0, b1 in operations(a, b, str.isspace):
        if tag != "equal":
            removed += _length(a[a0:a1])
            added += _length(b[b0:b1])
    return added, removed


def _equal_pairs(a: list[str], b: list[str]) -> int:
    """Return how many pairs of words are equal, blanks aside: what a comparison has to look at again and again."""
    counts = Counter(b)
    return sum(count * counts[word] for word, count in Counter(a).items() if not word.isspace())


def _common(old: str, new: str, unit: re.Pattern[str]) -> int:
    """Return how many characters of whole words the two texts share at their beginning."""
    low, high = 0, min(len(old), len(new))
    while low < high:
        middle = (low + high + 1) // 2
        if old[low:middle] == new[low:middle]:
            low = middle
        else:
            high = middle - 1
    ends = "\n" if unit is _LINE else None
    while low and not (_parts(old, low, ends) and _parts(new, low, ends)):
        low -= 1
    return low


def _parts(text: str, place: int, ends: str | None) -> bool:
    """Return whether one word (line) ends at this place and another begins."""
    around = text[place - 1 : place + 1]
    return len(around) < 2 or any(char == ends if ends else char.isspace() for char in around)


def _length(words: list[str]) -> int:
    return sum(map(len, words))
