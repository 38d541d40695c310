"""What the model looks at: the evidence on both sides of a possible ZWNJ, as strings that carry a weight each.

Letters around the place, the strings on both sides, and above all what the lexicon and the affixes make of them: most words with
a ZWNJ have never been seen in that form, but their parts have.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.letters import NON_JOINING
from parsers.persian.word_evidence import WordEvidence

if TYPE_CHECKING:
    from parsers.persian.word_lexicon import Lexicon

_HE = "ه"


def word_features(word: str, lexicon: Lexicon) -> tuple[list[int], list[list[str]]]:
    """Return the places in `word` (bare letters, no ZWNJ) where one may be missing, and the evidence at each."""
    evidence = WordEvidence(word, lexicon)
    places = evidence.places()
    return places, [_place_features(evidence, i) for i in places]


def _place_features(evidence: WordEvidence, i: int) -> list[str]:
    word, classes = evidence.word, evidence.classes(i)
    _, head, tail = classes
    left, right, around = word[:i], word[i:], letters_around(word, i)
    return [
        *class_features(*classes), "L" + left, *mixed_features(left, right, classes), *last_letters(around[0]),
        *right_string(right), *near_pairs(around[0][2:], around[1][:2]), *far_pairs(*around), f"i{min(i, 5)}",
        *evidence.special(i, head, tail),
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


def near_pairs(a: str, b: str) -> tuple[str, str, str, str]:
    """Return the evidence of the two letters before a place and the two after it together."""
    return f"A{a[1]}{b[0]}", f"B{a}{b[0]}", f"C{a[1]}{b}", f"D{a}{b}"


def far_pairs(a: str, b: str) -> tuple[str, str, str]:
    """Return the evidence of the four letters before a place and the four after it together, of which up to three count."""
    return f"E{a[1:]}{b[:2]}", f"F{a[2:]}{b[:3]}", f"G{a[1:]}{b[:3]}"


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
