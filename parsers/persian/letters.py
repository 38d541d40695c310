"""Letters of Persian pages: folded, and translated at the speed of C.

`fold` keeps the length, so that offsets found in the folded text hold in the text itself: rules match on it.
`fold_search` drops what a reader does not type: titles and names are compared in it, and kept so in archives.
`fold_index` is for the search index and its queries: it also brings the spellings of hamza together.

Both are `str.translate` at twenty times its speed (`translator`): a text is written with one byte a letter, the bytes are
translated by a table and read back, three passes in C. Whatever else a text has (an emoji, Cyrillic) goes the ordinary way,
the rest of it still goes this one.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.expressions import expression

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
_LONGEST_REMEMBERED = 1 << 16  # characters
_TO_LETTERS = LETTERS.ljust(256, _UNUSED)
_TO_BYTES = codecs.charmap_build(_TO_LETTERS)
_FOREIGN = expression(f"([^{re.escape(LETTERS)}]+)")


def encode(text: str) -> bytes | None:
    """Return the text with one byte for each letter; None where it has letters that this alphabet has not."""
    try:
        return codecs.charmap_encode(text, "strict", _TO_BYTES)[0]
    except UnicodeEncodeError:
        return None


def encode_loosely(text: str) -> bytes:
    """Return the text with one byte for each letter, "?" for those that this alphabet has not; remembered for the last texts."""
    return _encoded_before(text) if len(text) <= _LONGEST_REMEMBERED else _encoded_loosely(text)


def _encoded_loosely(text: str) -> bytes:
    return codecs.charmap_encode(text, "replace", _TO_BYTES)[0]


_encoded_before = lru_cache(maxsize=8)(_encoded_loosely)


def decode(encoded: bytes) -> str:
    """Return the letters of an encoded text."""
    return codecs.charmap_decode(encoded, "strict", _TO_LETTERS)[0]


def translator(table: Mapping[int, str | int | None]) -> Callable[[str], str]:
    """Return a fast `str.translate` with this table. Raises ValueError where a letter becomes one outside this alphabet."""
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


# Letters of other keyboards and of pages made of presentation forms, which readers paste into queries.
_INDEX_LETTERS = {"ے": "ی", "ۓ": "ی", "ێ": "ی", "ں": "ن", "ۆ": "و", "ۇ": "و", "ۋ": "و"}
# Letter by letter, hamza and its seat on ye excepted: what they become depends on the letters around them.
_FOLD_INDEX = {**_FOLD_SEARCH, **{ord(char): plain for char, plain in _INDEX_LETTERS.items()}}
del _FOLD_INDEX[ord("ئ")]
_PRESENTATION = expression("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdfb\ufe70-\ufefc]+")
# In this order: «ویدئو» is «ویدیو», «مسئول» «مسوول» (so is «مسؤول»), «سئوال» «سوال», «قرائت» «قرایت», «رئیس» «رییس», «سوئد»
# «سوید», «تئاتر» «تیاتر»; at the end of a word it is ye, and before other letters alef: «هیئت» is «هیات», «مسئله» «مساله».
SEATS_ON_YE = (
    ("دئو", "دیو"), ("ئوا", "وا"), ("ئو", "وو"), ("ائ", "ای"), ("وئ", "وی"), ("ئی", "یی"), ("ئا", "یا"),
)  # fmt: skip
_LAST_SEAT = expression(r"ئ(?![^\W_])")

_fold = translator(_FOLD)
_fold_search = translator(_FOLD_SEARCH)
fold_index_letters = translator(_FOLD_INDEX)


def fold(text: str) -> str:
    """Return the text with Persian ye and kaf, ASCII digits and plain blanks; exactly as long as it was."""
    return _fold(text)


def fold_search(text: str) -> str:
    """Return the text as the search index holds it: folded, harakat and tatweel dropped, every ZWNJ a space, lower case."""
    return " ".join(_fold_search(text).split()).lower()


def fold_index(text: str) -> str:
    """Return the text as the search index holds it: as `fold_search` does, and alike however its hamzas are written."""
    plain = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return fold_hamza(" ".join(fold_index_letters(plain).split()).lower())


def fold_hamza(folded: str) -> str:
    """Return a text whose letters are folded with every hamza and seat of hamza as readers may leave it out."""
    if "ئ" in folded:
        for seat, instead in SEATS_ON_YE:
            folded = folded.replace(seat, instead)
        folded = _LAST_SEAT.sub("ی", folded).replace("ئ", "ا")
    if "ء" in folded:  # «امضاء» is «امضا», «براءت» «برایت»
        folded = folded.replace("اءت", "ایت").replace("ء", "")
    return folded.replace("اوو", "او")  # «داوود» is «داود»
