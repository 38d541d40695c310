"""Lines that a publisher prints on every page: what two prints of such a line share, and texts without them.

A short line is known by all of its words, a long one by most of its shingles of five words, so that a number, a name or a title
in it makes no difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from collections.abc import Collection

_WORDS = expression(r"\w+")
_DIGITS = expression(r"\d+")
_SHINGLE = 5  # words
_LONG = 8  # words of a line that is known by its shingles
_SHARE = 0.8  # of its shingles that must be known


def line_keys(line: str) -> tuple[str, ...]:
    """Return what a line is known by: itself, folded, if it is short; else its shingles. Digits count as one sign."""
    words = _WORDS.findall(_DIGITS.sub("0", fold_search(line)))
    if not words:
        return ()
    if len(words) < _LONG:
        return ("^ " + " ".join(words) + " $",)
    return tuple(" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def is_furniture(line: str, known: Collection[str]) -> bool:
    """Return whether a line is one of those that are known by these keys."""
    keys = line_keys(line)
    return bool(keys) and sum(key in known for key in keys) >= len(keys) * _SHARE


def without_furniture(text: str, known: Collection[str]) -> str:
    """Return a text of the same length, blanks in place of furniture; the text itself if nothing else were left."""
    lines = text.split("\n")
    kept = [" " * len(line) if is_furniture(line, known) else line for line in lines]
    return "\n".join(kept) if any(line.strip() for line in kept) else text
