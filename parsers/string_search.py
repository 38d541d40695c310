"""Many strings looked for in one pass over a text (Aho and Corasick), however many they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ahocorasick_rs import BytesAhoCorasick, Implementation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Bytes that are searched at a time: a text that is nothing but these strings makes no list of all its places.
_PIECE = 1 << 15


class StringSearch:
    """Finds strings of bytes, none of them empty, in others. Raises ValueError for an empty one."""

    def __init__(self, strings: Iterable[bytes]) -> None:
        self._strings = [*dict.fromkeys(strings)]
        self._search = BytesAhoCorasick(self._strings, implementation=Implementation.DFA)
        self._over = max(map(len, self._strings), default=1) - 1

    def places(self, text: bytes) -> Iterator[int]:
        """Yield where one of the strings begins, in order, each place once."""
        for at, piece in self._pieces(text):
            found = {start for _, start, _ in self._search.find_matches_as_indexes(piece, overlapping=True)}
            yield from (at + start for start in sorted(found) if start < _PIECE)

    def found(self, text: bytes) -> set[bytes]:
        """Return those of the strings that stand in a text."""
        numbers: set[int] = set()
        for _, piece in self._pieces(text):
            numbers.update([number for number, _, _ in self._search.find_matches_as_indexes(piece, overlapping=True)])
        return {self._strings[number] for number in numbers}

    def _pieces(self, text: bytes) -> Iterator[tuple[int, bytes]]:
        """Yield pieces that overlap as far as no string is cut, and where each begins."""
        if len(text) <= _PIECE:
            yield 0, text
            return
        for at in range(0, len(text), _PIECE):
            yield at, text[at : at + _PIECE + self._over]
