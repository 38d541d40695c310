"""Restoring the ZWNJ that a page lost."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.persian.forms import LETTERS, free_slices
from parsers.persian.letters import NON_JOINING, ZWNJ

if TYPE_CHECKING:
    from parsers.models import Damage
    from parsers.persian.offsets import Edit

_WORD = re.compile(f"([{LETTERS}{ZWNJ}]+)")
_SUFFIXES = ("هایشان", "هایمان", "هایتان", "هایی", "هایش", "های", "ها", "ترین", "تری", "تر", "اند", "ای", "ام")


@cache
def _lexicon() -> dict[str, str]:
    spec = find_spec("hazm")
    home = Path(spec.origin or "").parent if spec else Path()
    lines = (home / "data" / "words.dat").read_text(encoding="utf-8").splitlines()
    words = (line.split("\t") for line in lines)
    return {w.replace(ZWNJ, ""): w for w, frequency, _ in words if int(frequency) > 20}


def restoration_edits(text: str, damage: Damage) -> list[Edit]:
    """The edits that bring back lost ZWNJ, in order."""
    edits: list[Edit] = []
    if damage == "none":
        return edits
    for start, end in free_slices(text):
        parts = _WORD.split(text[start:end])
        place = start
        for i, part in enumerate(parts):
            if i % 2 and damage != "spaced":
                edits += [(place + p, place + p, ZWNJ) for p in _breaks(part)]
            elif part == " " and damage != "deleted" and 0 < i < len(parts) - 1 and _joins(parts[i - 1], parts[i + 1]):
                edits.append((place, place + 1, ZWNJ))
            place += len(part)
    return edits


@cache
def _breaks(word: str) -> tuple[int, ...]:
    lexicon = _lexicon()
    if ZWNJ in word or lexicon.get(word) == word:
        return ()
    if word in lexicon:
        return tuple(i for i, c in enumerate(word) if lexicon[word].startswith(word[:i] + ZWNJ))
    for prefix in ("نمی", "می"):
        if word.startswith(prefix) and len(word) > len(prefix) + 2:
            return (len(prefix),)
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and stem in lexicon and stem[-1] not in NON_JOINING:
            return (len(stem),)
    return ()


def _joins(left: str, right: str) -> bool:
    return left in ("می", "نمی") or (right in _SUFFIXES and left[-1] not in NON_JOINING) or (left + right) in _lexicon()
