"""Letters and digits as Persian writes them, changed only where no writer would object.

Arabic ye and kaf, presentation forms, digits standing alone in Persian text, stray invisible characters. hazm's Normalizer does
these too, and with them much that is harm here (separators of numbers, quotes, tanvin, blanks), after an import of 0.5 to 2 s;
docs/persian.md says switch by switch what is taken from it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.persian.letters import LETTERS as ALPHABET
from parsers.persian.letters import NON_JOINING, ZWNJ, encode, translator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.persian.offsets import Edit

# What a Persian word is made of: letters of Arabic script, harakat, tatweel; no digits, no ZWNJ. A class for regular expressions.
LETTERS = "\u0620-\u065f\u0670-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdef\ufe80-\ufefc"

_SINGLE = {"ي": "ی", "ى": "ی", "ك": "ک", "ڪ": "ک", "ہ": "ه", "ھ": "ه"}
_SINGLE_LETTER = expression(f"[{''.join(_SINGLE)}]")
_ODD_FORM = expression("[\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdef\ufe80-\ufefc]")
_with_single_letters = translator({ord(letter): plain for letter, plain in _SINGLE.items()})

# Bidi controls, soft hyphen, byte order mark, zero-width space; and the joiner between two letters that join anyway.
_INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_SOFT_HYPHEN = "\u00ad"
# Every alternative looks back at the first letter: a pattern that begins with one class is searched fast.
_STRAY = expression(
    f"[{_INVISIBLE}{ZWNJ}\u200d](?:(?<=[{_INVISIBLE}])|(?<={ZWNJ})(?:(?<![{LETTERS}]{ZWNJ})|(?![{LETTERS}]))"
    f"|(?<=[{LETTERS}]\u200d)(?=[{LETTERS}]))[{_INVISIBLE}{ZWNJ}]*"
)
_INVISIBLE_LETTER = expression(f"[{_INVISIBLE}\u200d]")
# Fast ways to learn that there is nothing of the kind.
_HAS_LOOSE_ZWNJ = expression(f"{ZWNJ}(?:(?<![{LETTERS}]{ZWNJ})|(?![{LETTERS}]))")
_WORD_PART = frozenset("LMN")


# Digits alone: between blanks, brackets, quotes and stops, or against Persian letters; no separator, Latin letter or sign.
_FOREIGN_DIGITS = expression("[0-9\u0660-\u0669]+")
_EDGE = rf"\s()\[\]«»“”\"'‹›؟!؛،…{LETTERS}{ZWNJ}"
_DIGIT = "[0-9\u0660-\u0669]"
_ALONE = expression(rf"{_DIGIT}(?<![^{_EDGE}]{_DIGIT}){_DIGIT}*+(?=[٪%]?(?:[{_EDGE}]|[.:](?:[{_EDGE}]|$)|$))")
_PLAIN_BEFORE, _PLAIN_AFTER = expression(f"[{LETTERS}] "), expression(f" [{LETTERS}]")
_TO_PERSIAN = {ord(zero) + i: chr(0x06F0 + i) for zero in "0\u0660" for i in range(10)}
# The nearest letters on the line tell Persian context; they are looked for this far, in characters.
_NEAR = 80
_STRONG = expression(r"[^\W\d_]")
_PERSIAN = expression(f"[{LETTERS}]")

# What is copied as it stands. Every alternative starts where no other can and is bounded: the search stays linear.
_PROTECTED = expression(
    r"""
    (?<![a-z])(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s«»<>"]+             # a URL
    | (?a:(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})   # an e-mail address
    | [\#@][\w\u200c]+                                                   # a hashtag, a handle
    | (?<![a-z0-9.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}           # a URL without its scheme:
      \.[a-z]{2,24}/[^\s«»<>"]*                                          # a host and a path
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ANCHOR = expression(r"[@#/wW]")
_SPACE = expression(r"\s")


def _encoded(letters: re.Pattern[str]) -> bytes:
    """Return the letters that match, as bytes of `letters.encode`."""
    return bytes(place for place, letter in enumerate(ALPHABET) if letters.match(letter))


_SINGLE_BYTES, _ODD_BYTES, _INVISIBLE_BYTES = _encoded(_SINGLE_LETTER), _encoded(_ODD_FORM), _encoded(_INVISIBLE_LETTER)
_DIGIT_BYTES, _ANCHOR_BYTES = _encoded(_FOREIGN_DIGITS), _encoded(_ANCHOR)
_LOOKED_AT = {*_SINGLE_BYTES, *_ODD_BYTES, *_INVISIBLE_BYTES, *_DIGIT_BYTES, *_ANCHOR_BYTES}
_PLAIN_BYTES = bytes(place for place in range(len(ALPHABET)) if place not in _LOOKED_AT)


def free_slices(text: str) -> Iterator[tuple[int, int]]:
    """Yield the slices of `text` that may be repaired: all but URLs, e-mail addresses, handles and hashtags."""
    place = 0
    for start, end in protected_spans(text):
        if place < start:
            yield place, start
        place = end
    if place < len(text):
        yield place, len(text)


def protected_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the slices of `text` that are copied as they stand, in order."""
    # They are looked for only in the words (between blanks) that have one of their signs.
    done = 0 if _has(_looked_at(text), _ANCHOR_BYTES) else len(text)
    while done < len(text) and (anchor := _ANCHOR.search(text, done)):
        start = max(text.rfind(" ", done, anchor.start()), text.rfind("\n", done, anchor.start()), done - 1) + 1
        space = _SPACE.search(text, anchor.end())
        end = space.start() if space else len(text)
        for match in _PROTECTED.finditer(text, start, end):
            yield match.span()
        done = end


@lru_cache(maxsize=2)
def _looked_at(text: str) -> bytes | None:
    """Return the letters of a text that may need a look, encoded; None where it has letters of other alphabets."""
    encoded = encode(text)
    return None if encoded is None else encoded.translate(None, _PLAIN_BYTES)


def _has(looked_at: bytes | None, letters: bytes) -> bool:
    """Return whether a text may have some letter, by what `_looked_at` says of it."""
    return looked_at is None or len(looked_at.translate(None, letters)) < len(looked_at)


def with_persian_letters(text: str) -> str:
    """Return `text` with Persian ye, kaf and he for the Arabic ones, as long as it was; addresses as they stand."""
    looked_at = _looked_at(text)
    if not _has(looked_at, _SINGLE_BYTES):
        return text
    if not _has(looked_at, _ANCHOR_BYTES):
        return _with_single_letters(text)
    parts: list[str] = []
    place = 0
    for start, end in free_slices(text):
        parts += (text[place:start], _with_single_letters(text[start:end]))
        place = end
    return "".join([*parts, text[place:]])


def form_edits(text: str) -> list[Edit]:
    """Return the edits that undo presentation forms, give Persian digits and remove stray invisible characters; in order."""
    looked_at = _looked_at(text)
    if looked_at == b"" and ZWNJ not in text:
        return []
    if not _has(looked_at, _ANCHOR_BYTES):
        return _slice_edits(text, looked_at)
    edits: list[Edit] = []
    for start, end in free_slices(text):
        edits += [(a + start, b + start, after) for a, b, after in _slice_edits(text[start:end], looked_at)]
    return edits


def _slice_edits(text: str, looked_at: bytes | None) -> list[Edit]:
    edits: list[Edit] = []
    if _has(looked_at, _ODD_BYTES):
        edits += [(*m.span(), _plain(m[0])) for m in _ODD_FORM.finditer(text)]
        edits = [edit for edit in edits if edit[2] != text[edit[0] : edit[1]]]
    if _has(looked_at, _INVISIBLE_BYTES) or (ZWNJ in text and _HAS_LOOSE_ZWNJ.search(text)):
        edits += _stray_edits(text)
    if _has(looked_at, _DIGIT_BYTES):
        edits += _digit_edits(text)
    edits.sort()
    return edits


@cache
def _plain(letter: str) -> str:
    """Return a letter of another shape as Persian types it; a symbol (rial, the word ligatures) stays itself."""
    plain = unicodedata.normalize("NFKC", letter)
    if any(unicodedata.category(c) != "Lo" for c in plain):
        return letter
    return "".join(_SINGLE.get(c, c) for c in plain)


def _stray_edits(text: str) -> Iterator[Edit]:
    for match in _STRAY.finditer(text):
        start, end = match.span()
        before, following = text[start - 1 : start] or " ", text[end : end + 1] or " "
        after = _instead(match[0], before, following)
        if after != match[0]:
            yield start, end, after


def _instead(stray: str, before: str, following: str) -> str:
    """Return what belongs in the place of a run of invisible characters."""
    latin = before.isascii() and before.isalnum() and following.isascii() and following.isalnum()
    inside = unicodedata.category(before)[0] in _WORD_PART and unicodedata.category(following)[0] in _WORD_PART
    if latin or (inside and stray == ZWNJ):
        return stray
    if inside and _SOFT_HYPHEN in stray:  # how word processors write a ZWNJ
        return "" if before in NON_JOINING or not (_PERSIAN.match(before) and _PERSIAN.match(following)) else ZWNJ
    return ZWNJ if inside and (ZWNJ in stray or "\u200b" in stray) else ""


def _digit_edits(text: str) -> Iterator[Edit]:
    """Yield edits of numbers that stand alone and whose nearest letters on the line, before and after, are Persian."""
    for match in _ALONE.finditer(text):
        start, end = match.span()
        is_between_words = _PLAIN_AFTER.match(text, end) and _PLAIN_BEFORE.match(text, max(start - 2, 0), start)
        if is_between_words or _in_persian(text, start, end):
            yield start, end, _in_persian_digits(match[0])


@lru_cache(maxsize=4096)
def _in_persian_digits(number: str) -> str:
    return number.translate(_TO_PERSIAN)


def _in_persian(text: str, start: int, end: int) -> bool:
    before = _STRONG.search(text[max(0, start - _NEAR) : start].rpartition("\n")[2][::-1])
    following = _STRONG.search(text[end : end + _NEAR].partition("\n")[0])
    found = [letter[0] for letter in (before, following) if letter]
    return bool(found) and all(_PERSIAN.match(letter) for letter in found)
