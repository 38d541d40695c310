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
# A break that leaves a piece that nobody knows, and no affix speaks for it: «ماست‌ودون». Its weight is not learned: the
# training program sets it.
DOUBT = "u"


def word_features(word: str, lexicon: Lexicon) -> tuple[list[int], list[list[str]]]:
    """Return the places in `word` (bare letters, no ZWNJ) where one may be missing, and the evidence at each."""
    places = [i for i in range(1, len(word)) if word[i - 1] not in NON_JOINING]
    if not places:
        return [], []
    whole = lexicon.analyse(word)
    compound, extent = _compound(word, lexicon)
    sides = [(lexicon.analyse(word[:i]), lexicon.analyse_tail(word[i:])) for i in places]
    if not extent and all(head == NONE == tail for head, tail in sides):  # a name: nothing is known that could be cut
        return [], []
    rows = []
    for i, (head, tail) in zip(places, sides, strict=True):
        row = _place_features(word, i, (whole, head, tail), lexicon, listed=i in compound)
        if extent:
            row.append(_compound_feature(word, i, compound, extent))
        rows.append(row)
    return places, rows


def _place_features(word: str, i: int, classes: tuple[str, str, str], lexicon: Lexicon, *, listed: bool) -> list[str]:
    left, right = word[:i], word[i:]
    whole, head, tail = classes
    a, b = ("^^^^" + left)[-4:], (right + "$$$$")[:4]
    a2, a3, b2, b3 = a[2:], a[1:], b[:2], b[:3]
    row = [
        "b", "L" + left, "R" + right, "c" + head, "d" + tail, f"e{head}|{tail}", "w" + whole,
        f"x{whole}|{head}", f"y{whole}|{tail}", f"q{whole[0]}|{head}|{tail}", f"f{head}|{right[:6]}", f"g{tail}|{left[-6:]}",
        f"i{min(i, 5)}", f"j{min(len(right), 5)}",
        "1" + a[3], "2" + a2, "3" + a3, "4" + a, "5" + b[0], "6" + b2, "7" + b3, "8" + b,
        f"A{a[3]}{b[0]}", f"B{a2}{b[0]}", f"C{a[3]}{b2}", f"D{a2}{b2}", f"E{a3}{b2}", f"F{a2}{b3}", f"G{a3}{b3}",
    ]  # fmt: skip
    if right[0] == _HE:
        row += _he_features("h", left, left + _HE, head, right, lexicon)
    elif left[-1] == _HE and right[0] == "ا" and i > 1:
        row += _he_features("k", left[:-1], left, head, right, lexicon)
    if left in lexicon.verb_prefixes:
        row.append(f"m{left}|{lexicon.verbs.get(right, '-')}")
    elif not listed and (tail == NONE or (head == NONE and tail[0] != "=")):
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
    known = lexicon.classes.get(left + right, "-")
    compound = _pair(left, right, lexicon)
    loose, kind, suffix, last = "01"[left[-1] in NON_JOINING], compound[:1], lexicon.suffix_kind(right), left[-1]
    row = [
        f"e{head}|{tail}", f"f{right}|{head}", f"A{right}|{last}", f"B{right}|{left[-2:]}", f"C{right}{loose}",
        f"D{left}|{right[-2:]}", f"E{left}|{right[:3]}", f"F{left}|{right[:2]}", "G" + suffix, f"H{suffix}{loose}",
        f"I{suffix}{last}",
        "z" + compound, f"z{kind}{loose}", f"z{kind}{head}", f"y{kind}{tail}", "w" + known, f"x{known}{tail}", f"u{known}{kind}",
        f"v{left}|{lexicon.verbs.get(right, '-')}", f"p{right}|{left in lexicon.participles:d}",
    ]  # fmt: skip
    if right[-1] == _HE:
        row += [f"N{right in lexicon.participles:d}{following}", f"M{right}|{following}", f"O{right}|{following != '':d}"]
    return row


def _pair(left: str, right: str, lexicon: Lexicon) -> str:
    """Return whether the lexicon writes the two pieces as a compound (Z), as one word (z), or not at all."""
    found = lexicon.compounds.get(left + right)
    if found is not None:
        return "Z" if len(left) in found else "z"
    stem, ending = lexicon.split_ending(right)
    if stem and len(left) in lexicon.compounds.get(left + stem, ()):
        return "Z+" + ending
    return ""
