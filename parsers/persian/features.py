"""What the model looks at: the evidence on both sides of a possible ZWNJ, as strings that carry a weight each.

Letters around the place, the strings on both sides, and above all what the lexicon and the affixes make of them: most words with
a ZWNJ have never been seen in that form, but their parts have.
"""

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
_MET_ONLY = (NONE, "t")
# A break that leaves a piece that nobody knows, and no affix speaks for it: «ماست‌ودون». Its weight is not learned: the
# training program sets it.
DOUBT = "u"


def word_features(word: str, lexicon: Lexicon) -> tuple[list[int], list[list[str]]]:
    """Return the places in `word` (bare letters, no ZWNJ) where one may be missing, and the evidence at each."""
    evidence = WordEvidence(word, lexicon)
    return evidence.places, [_place_features(evidence, i) for i in evidence.places]


class WordEvidence:
    """What the lexicon makes of a word of bare letters, and of what stands before and after each place in it.

    `places` are those where a ZWNJ may be missing: none where nothing is known that could be cut (a name). For weights
    alone (`is_for_weights`) it stops sooner, where no place can come to anything.
    """

    __slots__ = ("_compound", "_extent", "_lexicon", "heads", "places", "tails", "whole", "word")

    def __init__(self, word: str, lexicon: Lexicon, *, is_for_weights: bool = False) -> None:
        self.word, self._lexicon = word, lexicon
        self.places = [i for i in range(1, len(word)) if word[i - 1] not in NON_JOINING]
        self.tails = lexicon.tails(word, self.places)
        self._compound, self._extent = _compound(word, lexicon)
        if is_for_weights and not self._extent and self._says_nothing():
            self.places = []
            return
        self.heads = lexicon.heads(word)
        self.whole = self.heads[-1]
        if not self._extent and all(self.heads[i] == NONE == self.tails[i] for i in self.places):
            self.places = []

    def _says_nothing(self) -> bool:
        """Return whether every place is hopeless, whatever stands before it: so it is in most names."""
        word, tails = self.word, self.tails
        if word.startswith(tuple(self._lexicon.verb_prefixes)) or _SON in word:
            return False
        return all(tails[i] == NONE and not word.startswith(_AND, i) for i in self.places)

    def classes(self, i: int) -> tuple[str, str, str]:
        """Return the classes of the whole word, of what stands before place i, and of what stands after it."""
        return self.whole, self.heads[i], self.tails[i]

    def is_hopeless(self, i: int) -> bool:
        """Return whether a ZWNJ at place i is out of the question: no suffix, compound or word speaks for one there."""
        head, tail = self.heads[i], self.tails[i]
        if tail[0] == "=" or i in self._compound or self.word.startswith(_SON, i) or self.word.endswith(_SON, 1, i):
            return False
        left = self.word[:i]
        is_word, after = head not in _MET_ONLY and "+" not in head, len(self.word) - i
        if i == 1 or after == 1 or (after == 2 and not is_word and left not in self._lexicon.starts):
            return True
        if left in self._lexicon.verb_prefixes:
            return False
        if tail == NONE:  # «آب‌وهوایی», «سلطان‌العلماء»
            return not self.word.startswith(_AND if is_word else _ARTICLE, i) or head == NONE
        if is_word:
            return False
        if "+" in tail or "~" in tail:
            return left not in self._lexicon.starts
        return head != "t" and not self._lexicon.may_end(self.word[i:])

    def special(self, i: int) -> list[str]:
        """Return the evidence that few places have: compounds, he, prefixes of verbs, pieces that nobody knows."""
        word, lexicon, tail = self.word, self._lexicon, self.tails[i]
        left, right, head = word[:i], word[i:], self.heads[i]
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


def _place_features(evidence: WordEvidence, i: int) -> list[str]:
    word, classes = evidence.word, evidence.classes(i)
    left, right, around = word[:i], word[i:], letters_around(word, i)
    return [
        *class_features(*classes), "L" + left, *mixed_features(left, right, classes), *last_letters(around[0]),
        *right_string(right), *letter_pairs(*around), f"i{min(i, 5)}", *evidence.special(i),
    ]  # fmt: skip


def letters_around(word: str, i: int) -> tuple[str, str]:
    """Return the four letters before place i and the four after it, filled up at the ends of the word."""
    return ("^^^^" + word[max(i - 4, 0) : i])[-4:], (word[i : i + 4] + "$$$$")[:4]


def class_features(whole: str, head: str, tail: str) -> list[str]:
    """Return the evidence of the classes of a word and of its parts before and after a place."""
    return [
        "b",
        "c" + head,
        "d" + tail,
        f"e{head}|{tail}",
        "w" + whole,
        f"x{whole}|{head}",
        f"y{whole}|{tail}",
        f"q{whole[0]}|{head}|{tail}",
    ]


def mixed_features(left: str, right: str, classes: tuple[str, str, str]) -> tuple[str, str]:
    """Return the evidence of the class on one side together with the letters on the other."""
    return f"f{classes[1]}|{right[:6]}", f"g{classes[2]}|{left[-6:]}"


def last_letters(a: str) -> list[str]:
    """Return the evidence of the four letters before a place."""
    return ["1" + a[3], "2" + a[2:], "3" + a[1:], "4" + a]


def right_string(right: str) -> list[str]:
    """Return the evidence of all that follows a place."""
    b = (right + "$$$$")[:4]
    return ["R" + right, f"j{min(len(right), 5)}", "5" + b[0], "6" + b[:2], "7" + b[:3], "8" + b]


def letter_pairs(a: str, b: str) -> list[str]:
    """Return the evidence of the letters on both sides of a place together."""
    a1, a2, a3, b1, b2, b3 = a[3], a[2:], a[1:], b[0], b[:2], b[:3]
    return [f"A{a1}{b1}", f"B{a2}{b1}", f"C{a1}{b2}", f"D{a2}{b2}", f"E{a3}{b2}", f"F{a2}{b3}", f"G{a3}{b3}"]


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
    for length in range(len(word), 3, -1):
        found = compounds.get(word[:length])
        if found is not None and len(word) - length <= 8:
            return found, length
    return (), 0


def _compound_feature(word: str, i: int, compound: tuple[int, ...], extent: int) -> str:
    rest = word[extent:]
    if i in compound:
        return "z1" + rest
    return "z0" + word[i : i + 4] if i < extent else "z2" + word[i:]


def blank_features(left: str, right: str, following: str, lexicon: Lexicon) -> list[str]:
    """Return the evidence that a blank between two bare pieces was a ZWNJ; `following` is an auxiliary after them, if any."""
    tag = kind_of_blank(left, right, lexicon)
    pair = pair_features(left, right, following, lexicon)
    return [tag + name for name in (*left_features(left, lexicon), *right_features(right, lexicon), *pair)]


def kind_of_blank(left: str, right: str, lexicon: Lexicon) -> str:
    """Return the kind of a blank, which has weights for itself: before a suffix (s), after a verb's prefix (v), inside (c)."""
    return "s" if right in lexicon.suffixes else "v" if left in lexicon.verb_prefixes else "c"


def left_features(left: str, lexicon: Lexicon) -> list[str]:
    """Return the evidence of the piece before a blank alone."""
    loose = left[-1] in NON_JOINING
    length = min(len(left), 6)
    return ["b", "L" + left, "c" + lexicon.analyse(left), f"n{loose:d}", "2" + left[-2:], "3" + left[-3:], f"i{length}"]


def right_features(right: str, lexicon: Lexicon) -> list[str]:
    """Return the evidence of the piece after a blank alone."""
    stem, _ = lexicon.split_ending(right)
    length = min(len(right), 6)
    row = ["R" + right, "d" + lexicon.analyse(right), "6" + right[-2:], "7" + right[-3:], "8" + right[:3], f"j{length}"]
    return [*row, "S" + stem] if stem else row


def pair_features(left: str, right: str, following: str, lexicon: Lexicon) -> list[str]:
    """Return the evidence of the two pieces together."""
    head, tail = lexicon.analyse(left), lexicon.analyse(right)
    known, compound, loose = lexicon.classes.get(left + right, "-"), compound_of(left, right, lexicon), left[-1] in NON_JOINING
    return [
        f"e{head}|{tail}", *right_and_end(right, left[-2:], lexicon.suffix_kind(right)), f"f{right}|{head}",
        *left_and_letters(left, right), *known_together(compound, known, loose, (head, tail)),
        *verbal_features(left, right, following, lexicon),
    ]  # fmt: skip


def right_and_end(right: str, end: str, suffix: str) -> list[str]:
    """Return the evidence of the right piece, its kind of suffix, and the last two letters of the left one."""
    last, loose = end[-1], "01"[end[-1] in NON_JOINING]
    return [f"A{right}|{last}", f"B{right}|{end}", f"C{right}{loose}", "G" + suffix, f"H{suffix}{loose}", f"I{suffix}{last}"]


def left_and_letters(left: str, right: str) -> tuple[str, str, str]:
    """Return the evidence of the left piece and the letters at both ends of the right one."""
    return f"D{left}|{right[-2:]}", f"E{left}|{right[:3]}", f"F{left}|{right[:2]}"


def known_together(compound: str, known: str, loose: bool, classes: tuple[str, str]) -> list[str]:
    """Return the evidence of what the lexicon has of the two pieces together (`compound_of`, and its class as one word)."""
    kind, (head, tail) = compound[:1], classes
    return [
        "z" + compound, f"z{kind}{loose:d}", f"z{kind}{head}", f"y{kind}{tail}",
        "w" + known, f"x{known}{tail}", f"u{known}{kind}",
    ]  # fmt: skip


def verbal_features(left: str, right: str, following: str, lexicon: Lexicon) -> list[str]:
    """Return the evidence of verb forms and participles."""
    row = [f"v{left}|{lexicon.verbs.get(right, '-')}", f"p{right}|{left in lexicon.participles:d}"]
    if right[-1] == _HE:
        row += [f"N{right in lexicon.participles:d}{following}", f"M{right}|{following}", f"O{right}|{following != '':d}"]
    return row


def compound_of(left: str, right: str, lexicon: Lexicon) -> str:
    """Return whether the lexicon writes the two pieces as a compound (Z), as one word (z), or not at all."""
    found = lexicon.compounds.get(left + right)
    if found is not None:
        return "Z" if len(left) in found else "z"
    stem, ending = lexicon.split_ending(right)
    if stem and len(left) in lexicon.compounds.get(left + stem, ()):
        return "Z+" + ending
    return ""
