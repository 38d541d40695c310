"""Folding of Persian letters and digits: one table, two functions.

`fold` keeps the length, so that offsets found in the folded text hold in the text itself: rules match on it.
`fold_search` drops what a reader does not type: the search index and its queries are both folded with it.
"""

from __future__ import annotations

from parsers.persian.alphabet import translator

ZWNJ = "\u200c"
# Letters that do not join to the next one; the Academy's spelling puts no ZWNJ after them (Farhangestan, dastur-e khat).
NON_JOINING = frozenset("اآأإءدذرزژوؤة")

_LETTERS = {
    "ي": "ی", "ى": "ی", "ې": "ی", "ۍ": "ی", "ك": "ک", "ڪ": "ک", "ګ": "گ", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه",
}  # fmt: skip
_DIGITS = {chr(zero + i): str(i) for zero in (0x06F0, 0x0660) for i in range(10)}
_FOLD = {ord(char): plain for char, plain in {**_LETTERS, **_DIGITS, "\u00a0": " ", "\u202f": " "}.items()}

_SEARCH_LETTERS = {"أ": "ا", "إ": "ا", "ٱ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه", ZWNJ: " "}
_DROPPED = [*range(0x064B, 0x0660), 0x0670, 0x0640, 0x200D, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F)]
_FOLD_SEARCH = {**_FOLD, **{ord(char): plain for char, plain in _SEARCH_LETTERS.items()}, **dict.fromkeys(_DROPPED, "")}


_fold = translator(_FOLD)
_fold_search = translator(_FOLD_SEARCH)


def fold(text: str) -> str:
    """The text with Persian ye and kaf, ASCII digits and plain blanks; exactly as long as it was."""
    return _fold(text)


def fold_search(text: str) -> str:
    """The text as the search index holds it: folded, harakat and tatweel dropped, every ZWNJ a space, lower case."""
    return " ".join(_fold_search(text).split()).lower()
