"""What the lexicon makes of a word, and of what stands before and after each place in it where a ZWNJ may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.letters import NON_JOINING
from parsers.persian.word_lexicon import NONE

if TYPE_CHECKING:
    from parsers.persian.word_lexicon import Lexicon

_HE = "ه"
# What may begin an unknown piece after another: the Arabic article, after words the conjunction too.
_ARTICLE = ("ال",)
_SON = "بن"  # of Arabic names: «سعیدبن‌عاص»
_AND = ("و", *_ARTICLE)
# Classes of pieces that are no words.
_PIECE = "t"
_MET_ONLY = (NONE, _PIECE)
# A break that leaves a piece that nobody knows, and no affix speaks for it: «ماست‌ودون». Its weight is not learned: the
# training program sets it.
DOUBT = "u"
# Letters that may follow the longest compound in a word.
_LONGEST_REST = 8


class WordEvidence:
    """The evidence about a word of bare letters, each part of it looked up when it is asked for."""

    __slots__ = ("_compound", "_extent", "_lexicon", "_splits", "_whole", "word")

    def __init__(self, word: str, lexicon: Lexicon) -> None:
        self.word, self._lexicon = word, lexicon
        self._splits: list[tuple[int, str]] | None = None
        self._compound, self._extent = _compound(word, lexicon)
        self._whole = ""

    @property
    def is_in_compound(self) -> bool:
        """Return whether the word begins with a compound of the lexicon, or is one."""
        return self._extent > 0

    def places(self) -> list[int]:
        """Return the places where a ZWNJ may be missing: none where nothing is known that could be cut (a name)."""
        places = self.joining_places()
        return places if self._extent or self._knows_any(places) else []

    def joining_places(self) -> list[int]:
        """Return the places after letters that join to the next."""
        word = self.word
        return [i for i in range(1, len(word)) if word[i - 1] not in NON_JOINING]

    def _knows_any(self, places: list[int]) -> bool:
        return any(self.head(i) != NONE or self.tail(i) != NONE for i in places)

    def head(self, i: int) -> str:
        """Return the class of what stands before place i."""
        return self._lexicon.analyse(self.word[:i])

    def tail(self, i: int) -> str:
        """Return the class of what stands after place i."""
        return self._lexicon.tail(self.word, i, self._endings())

    def _endings(self) -> list[tuple[int, str]]:
        """Return the suffixes and joined endings that the word may end in (`Lexicon.splits`)."""
        if self._splits is None:
            self._splits = self._lexicon.splits(self.word)
        return self._splits

    def classes(self, i: int) -> tuple[str, str, str]:
        """Return the classes of the whole word, of what stands before place i, and of what stands after it."""
        self._whole = self._whole or self._lexicon.analyse(self.word)
        return self._whole, self.head(i), self.tail(i)

    def hopeful_places(self) -> list[int]:
        """Return the places where a ZWNJ is not out of the question: some suffix, compound or word speaks for one there."""
        word, compound, suffixes = self.word, self._compound, self._lexicon.suffixes
        near_last, is_hopeful = len(word) - 1, self._is_hopeful
        found = []
        for i in range(1, len(word)):
            if word[i - 1] in NON_JOINING:
                continue
            right = word[i:]
            if right in suffixes or i in compound or (1 < i < near_last and is_hopeful(i, word[:i], right)):
                found.append(i)
        if _SON in word and self.places():
            found = sorted({*found, *(i for i in self.joining_places() if self._is_next_to_son(i))})
        return found

    def _is_next_to_son(self, i: int) -> bool:
        return self.word.startswith(_SON, i) or self.word.endswith(_SON, 1, i)

    def _is_hopeful(self, i: int, left: str, right: str) -> bool:
        """Return whether a word or the prefix of a verb speaks for a ZWNJ at place i, which leaves two letters on both sides."""
        lexicon = self._lexicon
        known = lexicon.classes.get(left, NONE)
        is_word = known not in _MET_ONLY or left in lexicon.verbs
        if not is_word and len(right) == 2 and left not in lexicon.starts:
            return False
        if left in lexicon.verb_prefixes:
            return True
        if right in lexicon.classes or right in lexicon.verbs:
            return is_word or known == _PIECE or lexicon.may_end(right)
        if self._ends_after_word(i):
            return is_word or left in lexicon.starts
        # «آب‌وهوایی», «سلطان‌العلماء»
        return right.startswith(_AND if is_word else _ARTICLE) and self.head(i) != NONE

    def _ends_after_word(self, i: int) -> bool:
        """Return whether what stands after place i is a word with a suffix or a joined ending."""
        word, classes, verbs = self.word, self._lexicon.classes, self._lexicon.verbs
        pieces = [word[i:end] for end, _ in self._endings() if end - i > 1]
        return any(piece in classes or piece in verbs for piece in pieces)

    def special(self, i: int, head: str, tail: str) -> list[str]:
        """Return the evidence that few places have: compounds, he, prefixes of verbs, pieces that nobody knows.

        `head` and `tail` are the classes of what stands before place i and after it.
        """
        word, lexicon = self.word, self._lexicon
        left, right = word[:i], word[i:]
        row = [_compound_feature(word, i, self._compound, self._extent)] if self._extent else []
        if right[0] == _HE:
            row += _he_features("h", left, left + _HE, head, right, lexicon)
        elif left[-1] == _HE and right[0] == "ا" and i > 1:
            row += _he_features("k", left[:-1], left, head, right, lexicon)
        if left in lexicon.verb_prefixes:
            row.append(f"m{left}|{lexicon.verbs.get(right, '-')}")
        elif i not in self._compound and (tail == NONE or (head == NONE and tail[0] != "=")):
            row.append(DOUBT)
        return row


def _he_features(name: str, bare: str, with_he: str, head: str, right: str, lexicon: Lexicon) -> list[str]:
    """«سال‌های» or «ساله‌ای»: which of the two words there is, and which is the commoner."""
    one, other = lexicon.classify(bare), lexicon.classify(with_he)
    lead = _frequency(one) - _frequency(other)
    past = f"{with_he in lexicon.participles:d}{bare in lexicon.verbs:d}"
    return [f"{name}{head}|{one}|{other}", f"{name}{lead}", f"{name}{right[:5]}{lead}", f"{name}{past}{right[:4]}"]


def _frequency(found: str) -> int:
    return int(found[1]) if found[1:2].isdigit() else -1


def _compound(word: str, lexicon: Lexicon) -> tuple[tuple[int, ...], int]:
    """Return the longest compound of the lexicon that `word` begins with: its places and its length; length 0 for none."""
    compounds = lexicon.compounds
    for length in range(len(word), max(len(word) - _LONGEST_REST, 4) - 1, -1):
        found = compounds.get(word[:length])
        if found is not None:
            return found, length
    return (), 0


def _compound_feature(word: str, i: int, compound: tuple[int, ...], extent: int) -> str:
    rest = word[extent:]
    if i in compound:
        return "z1" + rest
    return "z0" + word[i : i + 4] if i < extent else "z2" + word[i:]
