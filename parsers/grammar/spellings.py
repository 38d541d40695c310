"""How a name may be written: its spellings, one expression for all of them, and text without decoration.

Names are stored once. A blank in a name stands for a blank, a ZWNJ or nothing, and since writers, programs and repairs put
ZWNJs where they please («تویی‌تر»), one is passed over between any two letters. Letters are folded on both
sides. Tatweel and harakat, which may stand anywhere («تلگـرام», «تِردز»), are taken out of the text first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.kept_patterns import kept_pattern
from parsers.persian.letters import ZWNJ, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_DECORATION = expression("[\u0640\u064b-\u0655\u0670\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
WORD = r"[^\W_]"


def spellings(name: str) -> frozenset[str]:
    """Return every way to join the parts of a name, folded, without ZWNJ; Latin names in lower and upper case too."""
    parts = re.split("( )", key_of(fold(name)))
    joined = {"".join(choice) for choice in product(*((" ", "") if part == " " else (part,) for part in parts))}
    if name.isascii():
        joined |= {spelling.lower() for spelling in joined} | {spelling.upper() for spelling in joined}
    return frozenset(joined)


def key_of(folded: str) -> str:
    """Return a spelling as `spellings` lists it, for what an expression of `trie` has matched in folded text."""
    return folded.replace(ZWNJ, "").replace("_", " ")


def trie(words: Iterable[str]) -> str:
    """Return a regular expression that matches exactly these words, with or without ZWNJs in them, the longest first.

    An underscore, as hashtags have it («#سروش_پلاس»), is as good as a blank.
    """
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    latin = {letter: below for letter, below in root.items() if letter.isascii()}
    other = {letter: below for letter, below in root.items() if not letter.isascii()}
    branches = [_render(other, joint="")] if other else []
    # Most words are not Latin; the guard spares them the Latin branches.
    branches += [f"(?=[!-~]){_render(latin, joint='')}"] if latin else []
    return f"(?:{'|'.join(branches)})" if branches else r"(?!)"


def _render(node: dict[str, Any], joint: str = f"{ZWNJ}?") -> str:
    written = {letter: "[ _]" if letter == " " else re.escape(letter) for letter in node}
    branches = [written[letter] + _render(below) for letter, below in sorted(node.items()) if letter]
    if not branches:
        return ""
    body = joint + (branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})")
    return f"(?:{body})?" if "" in node else body


@kept_pattern
def phrases(words: Iterable[str]) -> str:
    """Return a regular expression for any of these words or phrases in every spelling."""
    return trie(spelling for word in words for spelling in spellings(word))


class Plain:
    """Folded text without tatweel, harakat and invisible characters, with the place of each letter in the folded text.

    Most texts name nothing, so the places are only computed when they are asked for.
    """

    __slots__ = ("_folded", "_gaps", "_shifts", "text")

    def __init__(self, folded: str) -> None:
        self.text = _DECORATION.sub("", folded)
        self._folded = folded
        self._gaps: list[int] | None = None
        self._shifts: list[int] = []

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the folded text, without tatweel or harakat after its last letter."""
        return self._place(start), self._place(end - 1) + 1

    def _place(self, offset: int) -> int:
        if self._gaps is None:
            self._gaps = self._find_gaps()
        known = bisect_right(self._gaps, offset)
        return offset + self._shifts[known - 1] if known else offset

    def _find_gaps(self) -> list[int]:
        gaps, dropped = [], 0
        for match in _DECORATION.finditer(self._folded):
            gaps.append(match.start() - dropped)
            dropped += match.end() - match.start()
            self._shifts.append(dropped)
        return gaps


@lru_cache(maxsize=16)
def plain(folded: str) -> Plain:
    """Return the text without decoration; it is kept for the rooms that read the same section in turn."""
    return Plain(folded)
