"""Letters of Persian pages: folded, and translated at the speed of C.

`fold` keeps the length, so that offsets found in the folded text hold in the text itself: rules match on it.
`fold_search` drops what a reader does not type: the search index and its queries are both folded with it.

Both are `str.translate` at twenty times its speed (`translator`): a text is written with one byte a letter, the bytes are
translated by a table and read back, three passes in C. Whatever else a text has (an emoji, Cyrillic) goes the ordinary way,
the rest of it still goes this one.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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

_RANGES = (
    (0x0020, 0x007E), (0x0621, 0x063A), (0x0640, 0x0655), (0x0660, 0x066D), (0x06F0, 0x06F9), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2013, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E), (0x2066, 0x2069),
)  # fmt: skip
_SINGLE = "\n\t\r\u00a0\u00ab\u00ad\u00b0\u00b7\u00bb\u00d7\u00f7،؛؟ٰپچژکگیۀہھەيكڪګېۍ•…●\u202f\ufeff"
# NUL first: only then is the codec's map the fast one, with no dictionary in it.
LETTERS = "".join(dict.fromkeys(["\0", *(chr(n) for first, last in _RANGES for n in range(first, last + 1)), *_SINGLE]))
_UNUSED = "\ufffe"  # what the codec takes for «no character»
_TO_LETTERS = LETTERS.ljust(256, _UNUSED)
_TO_BYTES = codecs.charmap_build(_TO_LETTERS)
_FOREIGN = re.compile(f"([^{re.escape(LETTERS)}]+)")


def encode(text: str) -> bytes | None:
    """The text with one byte for each letter; None where it has letters that this alphabet has not."""
    try:
        return codecs.charmap_encode(text, "strict", _TO_BYTES)[0]
    except UnicodeEncodeError:
        return None


def decode(encoded: bytes) -> str:
    """The letters of an encoded text."""
    return codecs.charmap_decode(encoded, "strict", _TO_LETTERS)[0]


def translator(table: Mapping[int, str | int | None]) -> Callable[[str], str]:
    """What `str.translate` does with this table. A letter becomes one of this alphabet or goes; else it raises ValueError."""
    become = [letter.translate(table) for letter in LETTERS]
    if odd := [letter for letter in become if len(letter) > 1 or letter not in LETTERS]:
        raise ValueError(f"no letters of this alphabet: {odd}")
    letters = bytes(LETTERS.index(other) if other else place for place, other in enumerate(become)).ljust(256, b"\0")
    dropped = bytes(place for place, other in enumerate(become) if not other)

    def translate(text: str) -> str:
        encoded = encode(text)
        if encoded is not None:
            return decode(encoded.translate(letters, dropped))
        pieces = _FOREIGN.split(text)
        return "".join(piece.translate(table) if n % 2 else translate(piece) for n, piece in enumerate(pieces))

    return translate


_fold = translator(_FOLD)
_fold_search = translator(_FOLD_SEARCH)


def fold(text: str) -> str:
    """The text with Persian ye and kaf, ASCII digits and plain blanks; exactly as long as it was."""
    return _fold(text)


def fold_search(text: str) -> str:
    """The text as the search index holds it: folded, harakat and tatweel dropped, every ZWNJ a space, lower case."""
    return " ".join(_fold_search(text).split()).lower()
