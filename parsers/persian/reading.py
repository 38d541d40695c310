"""A text as the repair reads it: its words, and for each a sign that says what there is to look at.

Most words and blanks need no look at all. So the signs of a text are one string, and the few places that need a look are found
in it by regular expressions: what is plain costs nothing.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from parsers.persian.blank_repair import AFFIX_READY, READY_ENOUGH
from parsers.persian.letter_repair import LETTERS
from parsers.persian.letters import ZWNJ, translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from parsers.persian.decisions import Decision
    from parsers.persian.word_lexicon import Lexicon

# What a sign says of a word, in bits: a ZWNJ is missing; the neighbours decide; it has pieces or marks; it stands readily, or
# as an affix, before a ZWNJ; the same after one; a known compound may begin with it, or end with it.
_MISSING, _AMBIGUOUS, _IN_PIECES = 1, 2, 4
_OPENS, _OPENS_AFFIX, _CLOSES, _CLOSES_AFFIX, _BEGINS, _ENDS = 8, 16, 32, 64, 128, 256
_FIRST_SIGN, _SIGNS = 0x100, 512
_HAMZA = "\u0654"
_REMEMBERED, _LONGEST_REMEMBERED = 1 << 16, 100


def _signs(bits: int) -> str:
    """Return a class for regular expressions: the signs that have one of `bits`."""
    return "[" + "".join(chr(_FIRST_SIGN + sign) for sign in range(_SIGNS) if sign & bits) + "]"


# Words that are not read as they stand: they have ZWNJ or marks, or miss a ZWNJ.
_MISSING_SIGN, _AMBIGUOUS_SIGN = re.compile(_signs(_MISSING)), re.compile(_signs(_AMBIGUOUS))
IN_PIECES = frozenset(chr(_FIRST_SIGN + sign) for sign in range(_SIGNS) if sign & (_MISSING | _IN_PIECES))
_COMPOUND = _signs(_BEGINS) + _signs(_ENDS)
# Blanks that are worth a look, each found at the word before it.
NEXT_TO_AFFIX = re.compile(f"(?={_signs(_OPENS_AFFIX)}.|.{_signs(_CLOSES_AFFIX)})", re.DOTALL)
_IN_COMPOUND = re.compile(f"(?={_COMPOUND})")
READY = re.compile(f"(?={_signs(_OPENS)}.|.{_signs(_CLOSES)})", re.DOTALL)


class _OnlyWords(dict[int, str]):
    """A table for `str.translate`: letters of words and ZWNJ as they are, a blank for everything else."""

    def __missing__(self, code: int) -> str:
        self[code] = chr(code) if chr(code) == ZWNJ or re.match(f"[{LETTERS}]", chr(code)) else " "
        return self[code]


_only_words = translator(_OnlyWords())


def sign_of(word: str, decision: Decision, lexicon: Lexicon) -> str:
    """Return the sign of a word about which `decision` was made."""
    bits = _MISSING * bool(decision.missing) | _AMBIGUOUS * decision.ambiguous | _IN_PIECES * (not word.isalpha())
    least = READY_ENOUGH if word.isalpha() and not decision.missing else 1
    bits |= _OPENS * (decision.opening >= least) | _OPENS_AFFIX * (decision.opening > AFFIX_READY)
    bits |= _CLOSES * (decision.closing >= least) | _CLOSES_AFFIX * (decision.closing > AFFIX_READY)
    bits |= _BEGINS * (word in lexicon.starts) | _ENDS * (word in lexicon.ends or word.removesuffix(_HAMZA) in lexicon.ends)
    return chr(_FIRST_SIGN + bits)


def words_of(text: str) -> list[str]:
    """Return the strings between the blanks and other signs of `text`; empty ones between two of them."""
    return _only_words(text).split(" ")


class WordSigns(dict[str, str]):
    """The sign of every word: shipped, or computed by `compute` and remembered. A full one starts over with the shipped."""

    def __init__(self, shipped: Mapping[str, str], compute: Callable[[str], str]) -> None:
        super().__init__(shipped)
        self._shipped, self._compute = shipped, compute
        self._most = len(shipped) + _REMEMBERED

    def __missing__(self, word: str) -> str:
        if len(self) >= self._most:
            self.clear()
            self.update(self._shipped)
        sign = self._compute(word)
        if len(word) <= _LONGEST_REMEMBERED:
            self[word] = sign
        return sign


class Reading:
    """A text, its words (`words_of`), and their signs. `in_context` holds decisions that the neighbours of a word made."""

    def __init__(self, text: str, words: list[str], signs: str) -> None:
        self.text = text
        self.words = words
        self.signs = signs
        self.in_context: dict[int, Decision] = {}
        self._compounds: list[int] | None = None

    @cached_property
    def ends(self) -> list[int]:
        """Return the places in the text where the words end: that of word i is `ends[i] + i`."""
        return [*accumulate(map(len, self.words))]

    def ambiguous(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the words whose neighbours decide: their number, and the word before, the word, and the two after it."""
        words = self.words
        for match in _AMBIGUOUS_SIGN.finditer(self.signs):
            i = match.start()
            before, after, following = words[i - 1] if i else "", *[*words[i + 1 : i + 3], "", ""][:2]
            yield i, (before.replace(ZWNJ, ""), words[i], after.replace(ZWNJ, ""), following.replace(ZWNJ, ""))

    def set_in_context(self, i: int, decision: Decision, lexicon: Lexicon) -> None:
        """Take over what the neighbours of word i decide."""
        self.in_context[i] = decision
        self.signs = self.signs[:i] + sign_of(self.words[i], decision, lexicon) + self.signs[i + 1 :]

    def missing(self) -> Iterator[int]:
        """Yield the numbers of the words that miss a ZWNJ."""
        return (match.start() for match in _MISSING_SIGN.finditer(self.signs))

    def blanks(self, kind: re.Pattern[str]) -> list[int]:
        """Return the numbers of the words that a blank of this kind may follow: `NEXT_TO_AFFIX` or `READY`."""
        return [match.start() for match in kind.finditer(self.signs)]

    def compounds(self, joined: set[str]) -> list[int]:
        """Return the numbers of the words that are one of `joined` together with the next word."""
        if self._compounds is None:
            words, first = self.words, [match.start() for match in _IN_COMPOUND.finditer(self.signs)]
            self._compounds = [i for i in first if words[i] + words[i + 1] in joined]
        return self._compounds
