"""Words as bytes, one for each letter: so a text is cut into its words, and they are looked up, in half the time.

The alphabet has every letter of words, the ZWNJ, and the commonest other signs. What it has not is a blank here, as the other
signs are: all that matters of them is that no word goes on across.
"""

from __future__ import annotations

import codecs
import unicodedata
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.persian.letter_repair import LETTERS
from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLANK, _UNUSED = " ", "\ufffe"  # the second is what the codec takes for «no character»
_SIGNS = "\0\n\t\r\u00a0?0123456789۰۱۲۳۴۵۶۷۸۹.,:;!()[]-_/\"'%«»،؛؟٪…–"


def _stays(form: str) -> bool:
    """Return whether a presentation form is still there after the repair of letters: it stands for a letter and a mark."""
    return unicodedata.category(form) == "Lo" and any(
        unicodedata.category(c) != "Lo" for c in unicodedata.normalize("NFKC", form)
    )


_FORMS = filter(_stays, map(chr, range(0xFB50, 0xFEFD)))
_WORD_LETTERS = [*filter(expression(f"[{LETTERS}]").match, (*map(chr, range(0x0620, 0x0700)), *_FORMS)), ZWNJ]
# NUL first: only then is the codec's map the fast one; the blank in its place of ASCII.
_ALPHABET = [*_SIGNS, *_WORD_LETTERS]
_ALPHABET.insert(ord(_BLANK), _BLANK)
_TO_LETTERS = "".join(_ALPHABET).ljust(256, _UNUSED)
_TO_BYTES = codecs.charmap_build(_TO_LETTERS)
_ONLY_WORDS = bytes(place if letter in {*_WORD_LETTERS} else ord(_BLANK) for place, letter in enumerate(_TO_LETTERS))


def codes_in(text: str) -> list[bytes]:
    """Return the words between the blanks and other signs of `text`, encoded; empty ones between two of them."""
    encoded: bytes = codecs.charmap_encode(text, "replace", _TO_BYTES)[0]
    return encoded.translate(_ONLY_WORDS).split(b" ")


def code_of(word: str) -> bytes:
    """Return a word, encoded. Raises UnicodeEncodeError where it has letters that no word has."""
    return codecs.charmap_encode(word, "strict", _TO_BYTES)[0]


def word_of(code: bytes) -> str:
    """Return an encoded word."""
    return codecs.charmap_decode(code, "strict", _TO_LETTERS)[0]


def codes_of(words: Iterable[str]) -> list[bytes]:
    """Return many words, encoded; a word with letters that no word has is found in no text."""
    listed = [*words]
    encoded: bytes = codecs.charmap_encode("\n".join(listed), "replace", _TO_BYTES)[0]
    return encoded.split(code_of("\n")) if listed else []
