"""Words that differ in their joiners alone: written joined, apart, or with a zero-width non-joiner.

What a text lost of its zero-width non-joiners is put back by what the rest of it looks like, so that a paragraph that was added
may change how the others are written. That is nothing that a publisher changed.
"""

from __future__ import annotations

import difflib
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Code = tuple[str, int, int, int, int]  # an operation of difflib


def without_joiners(text: str) -> str:
    """Return the text without its joiners; blanks stay."""
    return text.replace(ZWNJ, "")


def differ_in_joiners(old: str, new: str) -> bool:
    """Return whether two texts have the same letters, joiners for blanks or for nothing in one of them."""
    return (ZWNJ in old or ZWNJ in new) and letters(old) == letters(new)


def operations(old: Sequence[str], new: Sequence[str], is_junk: Callable[[str], bool] | None = None) -> Iterator[Code]:
    """Yield what makes the new words of the old ones, as difflib does; words that differ in their joiners alone are equal."""
    a, b = ([without_joiners(word).strip() or word for word in words] for words in (old, new))
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(is_junk, a, b, autojunk=False).get_opcodes():
        if tag != "replace":
            yield tag, a0, a1, b0, b1
            continue
        head, start = _shared(old[a0:a1], new[b0:b1])
        tail, end = _shared(old[a0 + head : a1][::-1], new[b0 + start : b1][::-1])
        yield "equal", a0, a0 + head, b0, b0 + start
        yield "replace", a0 + head, a1 - tail, b0 + start, b1 - end
        yield "equal", a1 - tail, a1, b1 - end, b1


def _shared(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """Return how many words at the beginning of both are the same letters, written with a joiner in one of them."""
    spelled = [[letters(word) for word in words] for words in (old, new)]
    pairs = zip(*("".join(words) for words in spelled), strict=False)
    together = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    ends = [[0, *accumulate(map(len, words))] for words in spelled]
    common = max(end for end in {*ends[0]} & {*ends[1]} if end <= together)
    i, j = (one.index(common) for one in ends)
    if not differ_in_joiners("".join(old[:i]), "".join(new[:j])):
        return 0, 0
    blanks = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old[i:], new[j:], strict=False)))
    return i + blanks, j + blanks


def letters(text: str) -> str:
    """Return the text without joiners and blanks."""
    return "".join(without_joiners(text).split())
