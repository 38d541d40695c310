"""How a name may be written: its spellings, one expression for all of them, and text without decoration.

Names are stored once. A blank in a name stands for a blank, a ZWNJ or nothing, a ZWNJ for a ZWNJ or nothing; letters
are folded on both sides. Tatweel and harakat, which may stand anywhere («تلگـرام», «تِردز»), are taken out first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

from parsers.persian.letters import ZWNJ, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_JOINTS = {" ": (" ", ZWNJ, ""), ZWNJ: (ZWNJ, "")}
_DECORATION = re.compile("[\u0640\u064b-\u0655\u0670\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
WORD = r"[^\W_]"


def spellings(name: str) -> frozenset[str]:
    """Every way to join the parts of a name, folded; Latin names also in lower and upper case."""
    parts = re.split(f"([ {ZWNJ}])", fold(name))
    joined = {"".join(choice) for choice in product(*(_JOINTS.get(part, (part,)) for part in parts))}
    if name.isascii():
        joined |= {spelling.lower() for spelling in joined} | {spelling.upper() for spelling in joined}
    return frozenset(joined)


def trie(words: Iterable[str]) -> str:
    """A regular expression that matches exactly these words, the longest first, and reads each letter once."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _render(root) if root else r"(?!)"


def _render(node: dict[str, Any]) -> str:
    branches = [re.escape(letter) + _render(below) for letter, below in sorted(node.items()) if letter]
    if not branches:
        return ""
    body = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    if "" not in node:
        return body
    return f"(?:{body})?" if len(branches) == 1 else f"{body}?"


def phrases(words: Iterable[str]) -> str:
    """A regular expression for any of these words or phrases in every spelling."""
    return trie(spelling for word in words for spelling in spellings(word))


@dataclass(frozen=True, slots=True)
class Plain:
    """Folded text without decoration, and the way back to the places it had."""

    text: str
    gaps: Sequence[int] = ()
    shifts: Sequence[int] = ()

    def place(self, offset: int) -> int:
        """Where the character at `offset` stands in the text that was given."""
        known = bisect_right(self.gaps, offset)
        return offset + self.shifts[known - 1] if known else offset

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span in the text that was given; decoration behind its last letter stays outside."""
        return self.place(start), self.place(end - 1) + 1


@lru_cache(maxsize=16)
def plain(folded: str) -> Plain:
    """The text without tatweel, harakat and invisible characters."""
    if not _DECORATION.search(folded):
        return Plain(folded)
    gaps: list[int] = []
    shifts: list[int] = []
    dropped = 0
    for match in _DECORATION.finditer(folded):
        gaps.append(match.start() - dropped)
        dropped += match.end() - match.start()
        shifts.append(dropped)
    return Plain(_DECORATION.sub("", folded), gaps, shifts)
