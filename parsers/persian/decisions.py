"""Decisions about single words: which ZWNJ a word misses, and how its ends stand to the blanks next to them.

The decisions about frequent words are made at training and shipped in the model, as a table that is searched, not read, when
the model is loaded. Those about other words are computed when they are met, and remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from parsers.persian.word_codes import codes_of, word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_LONGEST_KEY = 100
# Blocks of the table have the words with the same first letters, each on a line with its decision (two digits) and its sign. No
# byte of these is one of the marks between them, nor is any letter of a word.
_BLOCK, _LINE, _AFTER_WORD, _SAME = b"\x1c", b"\n", b"\t", 4
_FIRST_DIGIT, _BASE, _FIRST_SIGN = 0x30, 208, 0x28


class Decision(NamedTuple):
    """What was decided about a word as it is printed.

    `missing` are the places before which a ZWNJ is missing. `certain` counts those of them that no careful hand leaves out
    («میشود»), `likely` those that some do («پیشبینی»). `opening` and `closing` say how readily the word stands before a ZWNJ and
    after one (`BlankRepair.readiness`). `ambiguous`: the neighbours decide between two readings.
    """

    missing: tuple[int, ...] = ()
    certain: int = 0
    likely: int = 0
    opening: int = 0
    closing: int = 0
    ambiguous: bool = False


class DecisionCache[Key: str | bytes | tuple[str, ...] | tuple[bytes, ...], Value](dict[Key, Value]):
    """A dictionary that computes what it misses. A full one starts over and keeps what is asked for again."""

    def __init__(self, compute: Callable[[Key], Value], size: int) -> None:
        super().__init__()
        self._compute, self._size = compute, size
        self._before: dict[Key, Value] = {}

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._size:
            self._before = dict(self)
            self.clear()
        value = self._before.get(key)
        if value is None:
            value = self._compute(key)
        if len(key) <= _LONGEST_KEY:
            self[key] = value
        return value


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """The shipped decisions, as bytes (`word_codes`): `blocks` of lines by the first letters of their words.

    On a line stand a word, a tab, the number of its decision in `decisions`, and its sign in a text (`reading.sign_of`).
    """

    blocks: dict[bytes, bytes] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)

    @classmethod
    def of(cls, decisions: Mapping[str, Decision], signs: Mapping[str, int]) -> DecisionTable:
        """Return the table of `decisions` and the signs of their words; the commonest decisions have the lowest numbers."""
        counts: dict[Decision, int] = {}
        for decision in decisions.values():
            counts[decision] = counts.get(decision, 0) + 1
        ranked = sorted(counts, key=lambda decision: (-counts[decision], decision))
        numbers = {decision: divmod(i, _BASE) for i, decision in enumerate(ranked)}
        codes = zip(codes_of(decisions), decisions.items(), strict=True)
        lines = sorted((code, *numbers[decision], signs.get(word, 0)) for code, (word, decision) in codes)
        blocks = {first: b"".join(map(_line, group)) for first, group in groupby(lines, key=lambda line: line[0][:_SAME])}
        return cls(blocks, ranked)

    @classmethod
    def read(cls, blocks: bytes, decisions: list[str]) -> DecisionTable:
        """Return the table of which `written` gave the two parts."""
        found = {block[1 : 1 + _SAME].partition(_AFTER_WORD)[0]: block for block in blocks.split(_BLOCK) if block}
        return cls(found, [*map(_parsed, filter(None, decisions))])

    def written(self) -> tuple[bytes, list[str]]:
        """Return the blocks, and the decisions in order, as text."""
        return _BLOCK.join(self.blocks.values()), [*map(_printed, self.decisions)]

    def get(self, word: str) -> Decision | None:
        """Return the decision about `word`; None where none is shipped."""
        return self.decision(codes_of([word])[0])

    def decision(self, code: bytes) -> Decision | None:
        """Return the decision about an encoded word; None where none is shipped."""
        found = self._find(code)
        return self.decisions[(found[0] - _FIRST_DIGIT) * _BASE + found[1] - _FIRST_DIGIT] if found else None

    def sign(self, code: bytes) -> int | None:
        """Return the sign of an encoded word in a text; None where none is shipped."""
        found = self._find(code)
        return found[2] - _FIRST_SIGN if found else None

    def _find(self, code: bytes) -> bytes:
        """Return what stands on the line of an encoded word after the tab; nothing for an unknown word."""
        block = self.blocks.get(code[:_SAME], b"")
        key = _LINE + code + _AFTER_WORD
        place = block.find(key)
        return b"" if place < 0 else block[place + len(key) : place + len(key) + 3]

    def words(self) -> Iterator[str]:
        """Yield the words."""
        for block in self.blocks.values():
            yield from (word_of(line.partition(_AFTER_WORD)[0]) for line in block.split(_LINE)[1:])


def _line(entry: tuple[bytes, int, int, int]) -> bytes:
    code, first, second, sign = entry
    return _LINE + code + _AFTER_WORD + bytes([first + _FIRST_DIGIT, second + _FIRST_DIGIT, sign + _FIRST_SIGN])


def _printed(decision: Decision) -> str:
    missing, *others = decision
    return " ".join([",".join(map(str, missing)), *(str(int(each)) for each in others)])


def _parsed(line: str) -> Decision:
    missing, certain, likely, opening, closing, ambiguous = line.split(" ")
    places = tuple(map(int, missing.split(","))) if missing else ()
    return Decision(places, int(certain), int(likely), int(opening), int(closing), ambiguous == "1")
