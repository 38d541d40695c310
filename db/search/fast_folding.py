"""Folding for searches at ten times the speed of `index_words`, for texts in the letters that Persian pages use."""

from __future__ import annotations

from parsers.persian.letters import LETTERS, ZWNJ, decode, fold_hamza, fold_index_letters

_BLANK = LETTERS.index(" ")
_JOINER = LETTERS.index(ZWNJ)


def _tables() -> tuple[bytes, bytes, bytes]:
    """Return what each letter's byte becomes in the index, the bytes that are dropped, and a table of blanks alone."""
    folds, blanks, dropped = bytearray(range(256)), bytearray(range(256)), bytearray()
    for place, letter in enumerate(LETTERS):
        inside = fold_index_letters(f"ب{letter}ب")[1:-1].lower()
        if not inside:
            dropped.append(place)
        else:
            folds[place] = LETTERS.index(inside) if inside.isalnum() else _BLANK
        if letter.isspace():
            blanks[place] = _BLANK
    return bytes(folds), bytes(dropped), bytes(blanks)


_FOLDS, _DROPPED, _BLANKS = _tables()


def fold(encoded: bytes) -> str:
    """Return the words of an encoded text as the index holds them, blanks between them."""
    return fold_hamza(decode(encoded.translate(_FOLDS, _DROPPED)))


def with_zwnj(encoded: bytes) -> list[str]:
    """Return the words of an encoded text, from blank to blank, that are written with ZWNJ, as printed."""
    text, blank = encoded.translate(_BLANKS), bytes([_BLANK])
    words = []
    at = text.find(_JOINER)
    while at >= 0:
        start = text.rfind(blank, 0, at) + 1
        end = text.find(blank, at)
        end = len(text) if end < 0 else end
        words.append(text[start:end])
        at = text.find(_JOINER, end)
    return decode(blank.join(words)).split(" ") if words else []
