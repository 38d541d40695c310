"""Prints of texts: MinHashes of their three-word runs, by which near-duplicates find each other.

Words are those of the search index, those written with ZWNJ being one, so that a copy that lost them, or has other quotation
marks, is a copy still.
"""

from __future__ import annotations

import sys
from array import array
from zlib import crc32

from rensa import RMinHash

from db.search.index import indexed
from parsers.persian.letters import ZWNJ

_NUMBERS, _ROWS = 80, 4  # of a print; of them in a band
_SEED = 1
_RUN = 3  # words
_MIN_WORDS = 25


def minhash(text: str) -> bytes | None:
    """Return the print of a text; None for one of fewer than 25 words."""
    words = indexed(text.replace(ZWNJ, "")).split()
    if len(words) < _MIN_WORDS:
        return None
    made = RMinHash(num_perm=_NUMBERS, seed=_SEED)
    made.update(map(" ".join, zip(*(words[place:] for place in range(_RUN)), strict=False)))
    return _little(array("I", made.digest())).tobytes()


def similarity(a: bytes, b: bytes) -> float:
    """Return the share of three-word runs that two texts have in common, as their prints estimate it."""
    return sum(map(int.__eq__, array("I", a), array("I", b))) / _NUMBERS


def bands(made: bytes) -> list[int]:
    """What prints of texts that have half in common most likely share one of: 20 numbers, each of its place in the print."""
    size = _ROWS * 4
    return sorted({crc32(made[at : at + size], at) for at in range(0, len(made), size)})


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
