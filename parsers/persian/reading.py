"""A text as the repair reads it: its words, and for each a sign that says what there is to look at.

Most words and blanks need no look at all. So the signs of a text are one string of bytes, and the few places that need a look
are found in it by regular expressions: what is plain costs nothing.
"""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate, product
from typing import TYPE_CHECKING, NamedTuple

from parsers.expressions import expression
from parsers.persian.blank_repair import AFFIX_READY, READY_ENOUGH
from parsers.persian.letters import ZWNJ
from parsers.persian.word_codes import word_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from parsers.persian.decisions import Decision
    from parsers.persian.word_lexicon import Lexicon

_HAMZA = "\u0654"
_REMEMBERED, _LONGEST_REMEMBERED = 1 << 16, 100
# Whether a word is as it stands, has pieces or marks, or misses a ZWNJ; whether it stands before a ZWNJ (after one) not, readily,
# or as an affix.
_WHOLE, _IN_PIECES, _MISSING = range(3)
_NOT, _READILY, _AS_AFFIX = range(3)


class _Sign(NamedTuple):
    """What a sign says of a word; `begins` and `ends`: a known compound may begin with it, or end with it."""

    form: int
    is_ambiguous: bool
    opens: int
    closes: int
    begins: bool
    ends: bool


_FLAG = (False, True)
_SIGNS = [_Sign(*each) for each in product(range(3), _FLAG, range(3), range(3), _FLAG, _FLAG)]


def _class(holds: Callable[[_Sign], object]) -> bytes:
    """Return a class for regular expressions: the signs of which something holds."""
    return b"[" + b"".join(b"\\x%02x" % number for number, sign in enumerate(_SIGNS) if holds(sign)) + b"]"


# Words that are not read as they stand: they have ZWNJ or marks, or miss a ZWNJ.
IN_PIECES = frozenset(number for number, sign in enumerate(_SIGNS) if sign.form != _WHOLE)
_MISSING_SIGN = expression(_class(lambda sign: sign.form == _MISSING))
_AMBIGUOUS_SIGN = expression(_class(lambda sign: sign.is_ambiguous))
_IN_COMPOUND = expression(_class(lambda sign: sign.begins) + b"(?=" + _class(lambda sign: sign.ends) + b")")
# Blanks that are worth a look, by the words before them and the words after them.
Blanks = tuple[re.Pattern[bytes], re.Pattern[bytes]]
NEXT_TO_AFFIX: Blanks = (
    expression(_class(lambda sign: sign.opens == _AS_AFFIX)), expression(_class(lambda sign: sign.closes == _AS_AFFIX)),
)  # fmt: skip
READY: Blanks = (expression(_class(lambda sign: sign.opens)), expression(_class(lambda sign: sign.closes)))


def sign_of(word: str, decision: Decision, lexicon: Lexicon) -> int:
    """Return the sign of a word about which `decision` was made."""
    is_whole = word.isalpha() and not decision.missing
    least = READY_ENOUGH if is_whole else 1
    form = _MISSING if decision.missing else _WHOLE if is_whole else _IN_PIECES
    degrees = _degree(decision.opening, least) * 3 + _degree(decision.closing, least)
    ends = word in lexicon.ends or word.removesuffix(_HAMZA) in lexicon.ends
    # The number of the sign among all: as `product` counts.
    return ((form * 2 + decision.ambiguous) * 9 + degrees) * 4 + (word in lexicon.starts) * 2 + ends


def _degree(readiness: int, least: int) -> int:
    return _AS_AFFIX if readiness > AFFIX_READY else _READILY if readiness >= least else _NOT


class WordSigns(dict[bytes, int]):
    """The sign of every word, by its code: shipped, or computed and remembered. A full one starts over with the shipped."""

    def __init__(self, shipped: Mapping[bytes, int], compute: Callable[[bytes], int]) -> None:
        super().__init__(shipped)
        self._shipped, self._compute = shipped, compute
        self._most = len(shipped) + _REMEMBERED

    def __missing__(self, code: bytes) -> int:
        if len(self) >= self._most:
            self.clear()
            self.update(self._shipped)
        sign = self._compute(code)
        if len(code) <= _LONGEST_REMEMBERED:
            self[code] = sign
        return sign


class Join(NamedTuple):
    """What belongs between two words instead of a blank, a ZWNJ or nothing, and whether one of them is an affix."""

    between: str
    is_affix: bool


class Reading:
    """A text, its words (`word_codes.codes_in`), and their signs. `in_context` holds what the neighbours of a word decided."""

    def __init__(self, text: str, words: list[bytes], signs: bytes) -> None:
        self.text = text
        self.words = words
        self.signs = bytearray(signs)
        self.in_context: dict[int, Decision] = {}
        # Blanks that were judged, and those of two kinds that were ZWNJ, by the number of the word before them.
        self.judged: set[int] = set()
        self.next_to_affixes: dict[int, Join] | None = None
        self.in_compounds: dict[int, Join] | None = None

    @cached_property
    def ends(self) -> list[int]:
        """Return the places in the text where the words end: that of word i is `ends[i] + i`."""
        return [*accumulate(map(len, self.words))]

    def word(self, i: int) -> str:
        """Return word i."""
        return word_of(self.words[i])

    def ambiguous(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield the words whose neighbours decide: their number, and the word before, the word, and the two after it."""
        for match in _AMBIGUOUS_SIGN.finditer(bytes(self.signs)):
            i = match.start()
            before = self.word(i - 1) if i else ""
            after, following = [*map(word_of, self.words[i + 1 : i + 3]), "", ""][:2]
            yield i, (before.replace(ZWNJ, ""), self.word(i), after.replace(ZWNJ, ""), following.replace(ZWNJ, ""))

    def set_in_context(self, i: int, decision: Decision, lexicon: Lexicon) -> None:
        """Take over what the neighbours of word i decide."""
        self.in_context[i] = decision
        self.signs[i] = sign_of(self.word(i), decision, lexicon)

    def missing(self) -> list[int]:
        """Return the numbers of the words that miss a ZWNJ."""
        return [match.start() for match in _MISSING_SIGN.finditer(self.signs)]

    def blanks(self, kind: Blanks) -> list[int]:
        """Return the numbers of the words that a blank of this kind may follow, in order: `NEXT_TO_AFFIX` or `READY`."""
        opening, closing = kind
        before = {match.start() for match in opening.finditer(self.signs, 0, len(self.signs) - 1)}
        after = {match.start() - 1 for match in closing.finditer(self.signs, 1)}
        return sorted(before | after)

    def compounds(self, joined: set[bytes]) -> list[int]:
        """Return the numbers of the words that are one of `joined` together with the next word."""
        words, first = self.words, [match.start() for match in _IN_COMPOUND.finditer(self.signs)]
        return [i for i in first if words[i] + words[i + 1] in joined]
