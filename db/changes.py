"""How much of a text changed from one revision to the next."""

from __future__ import annotations

import difflib
import re

_WORD = re.compile(r"\S+|\s")
_LINE = re.compile(r"[^\n]+|\n")
_MAX_BY_WORDS = 2_000_000  # characters; beyond it whole lines are compared
_MAX_PAIRS = 4_000_000  # words × words; beyond it the middle counts as replaced


def count_changes(old: str, new: str) -> tuple[int, int]:
    """Characters added and removed, whole words at a time (whole lines in a text of millions of letters)."""
    unit = _WORD if len(old) + len(new) <= _MAX_BY_WORDS else _LINE
    a, b = unit.findall(old), unit.findall(new)
    head = _common(a, b)
    a, b = a[head:], b[head:]
    tail = _common(a[::-1], b[::-1])
    a, b = a[: len(a) - tail], b[: len(b) - tail]
    if len(a) * len(b) > _MAX_PAIRS:
        return _length(b), _length(a)
    added = removed = 0
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag != "equal":
            removed += _length(a[a0:a1])
            added += _length(b[b0:b1])
    return added, removed


def _common(a: list[str], b: list[str]) -> int:
    """How many items the two lists share at their beginning."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _length(words: list[str]) -> int:
    return sum(map(len, words))
