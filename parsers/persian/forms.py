"""Letters and digits as Persian writes them, where nobody can object.

Arabic ye and kaf, presentation forms, digits standing alone in Persian text, stray invisible characters. hazm's Normalizer does
these too, and with them much that is harm here (separators of numbers, quotes, tanvin, blanks), after an import of 0.5 to 2 s;
docs/persian.md says switch by switch what is taken from it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.persian.offsets import Edit

# What a Persian word is made of: letters of Arabic script, harakat, tatweel; no digits, no ZWNJ. A class for regular expressions.
LETTERS = "\u0620-\u065f\u0670-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdef\ufe80-\ufefc"

_SINGLE = {"ي": "ی", "ى": "ی", "ك": "ک", "ڪ": "ک", "ہ": "ه", "ھ": "ه"}
_ODD_FORM = re.compile(f"[{''.join(_SINGLE)}\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdef\ufe80-\ufefc]")

# Bidi controls, soft hyphen, byte order mark, zero-width space; and the joiner between two letters that join anyway.
_INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_STRAY = re.compile(
    f"(?:[{_INVISIBLE}]|(?<![{LETTERS}]){ZWNJ}|{ZWNJ}(?![{LETTERS}])|(?<=[{LETTERS}])\u200d(?=[{LETTERS}]))[{_INVISIBLE}{ZWNJ}]*"
)
_WORD_PART = frozenset("LMN")

# Digits alone: between blanks, brackets, quotes and stops, or against Persian letters; no separator, Latin letter or sign.
_EDGE = r"\s()\[\]«»“”\"'‹›؟!؛،…"
_NUMBER = (
    rf"(?<![^{_EDGE}{LETTERS}{ZWNJ}])[0-9\u0660-\u0669]+"
    rf"(?=[٪%]?(?:[{_EDGE}{LETTERS}{ZWNJ}]|[.:](?:[{_EDGE}]|$)|$))"
)
_EVENTS = re.compile(rf"(?P<number>{_NUMBER})|(?P<persian>[{LETTERS}]+)|(?P<line>[\n\r])|(?P<other>[^\W\d_{LETTERS}]+)", re.MULTILINE)
_FOREIGN_DIGIT = re.compile("[0-9\u0660-\u0669]")
_TO_PERSIAN = {ord(zero) + i: chr(0x06F0 + i) for zero in "0\u0660" for i in range(10)}

# What is copied as it stands. Every alternative starts where no other can and is bounded: the search stays linear.
_PROTECTED = re.compile(
    r"(?<![a-z])(?:[a-z][a-z0-9+.-]{1,15}://|www\.)[^\s«»<>\"]+"
    r"|(?a:(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8})"
    r"|[#@][\w\u200c]+"
    r"|(?<![a-z0-9.-])[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}\.[a-z]{2,24}/[^\s«»<>\"]*",
    re.IGNORECASE,
)
_MAY_PROTECT = re.compile(r"[@#/]|[wW]{3}\.")


def free_slices(text: str) -> Iterator[tuple[int, int]]:
    """The slices of `text` that may be repaired: all but URLs, e-mail addresses, handles and hashtags."""
    place = 0
    if _MAY_PROTECT.search(text):
        for match in _PROTECTED.finditer(text):
            if place < match.start():
                yield place, match.start()
            place = match.end()
    if place < len(text):
        yield place, len(text)


def form_edits(text: str) -> list[Edit]:
    """The edits that give `text` Persian letters and digits and take stray invisible characters away; in order."""
    edits: list[Edit] = []
    for start, end in free_slices(text):
        edits += [(a + start, b + start, after) for a, b, after in _slice_edits(text[start:end])]
    return edits


def _slice_edits(text: str) -> list[Edit]:
    edits = [(*m.span(), _plain(m[0])) for m in _ODD_FORM.finditer(text)]
    edits = [edit for edit in edits if edit[2] != text[edit[0] : edit[1]]]
    edits += _stray_edits(text)
    if _FOREIGN_DIGIT.search(text):
        edits += _digit_edits(text)
    edits.sort()
    return edits


@cache
def _plain(letter: str) -> str:
    """A letter of another shape as Persian types it; itself, where it is a symbol (rial, the word ligatures)."""
    plain = unicodedata.normalize("NFKC", letter)
    if any(unicodedata.category(c) != "Lo" for c in plain):
        return letter
    return "".join(_SINGLE.get(c, c) for c in plain)


def _stray_edits(text: str) -> Iterator[Edit]:
    for match in _STRAY.finditer(text):
        start, end = match.span()
        before, behind = text[start - 1 : start] or " ", text[end : end + 1] or " "
        after = _instead(match[0], before, behind)
        if after != match[0]:
            yield start, end, after


def _instead(stray: str, before: str, behind: str) -> str:
    """What belongs in the place of a run of invisible characters."""
    latin = before.isascii() and before.isalnum() and behind.isascii() and behind.isalnum()
    inside = unicodedata.category(before)[0] in _WORD_PART and unicodedata.category(behind)[0] in _WORD_PART
    if latin or (inside and stray == ZWNJ):
        return stray
    return ZWNJ if inside and (ZWNJ in stray or "\u200b" in stray) else ""


def _digit_edits(text: str) -> Iterator[Edit]:
    """Numbers whose nearest letters on the line, before and behind, are Persian."""
    waiting: list[re.Match[str]] = []
    before: str | None = None
    for match in _EVENTS.finditer(text):
        kind = match.lastgroup
        if kind == "number":
            waiting.append(match)
            continue
        if waiting:
            yield from _converted(waiting, before, kind)
            waiting = []
        before = None if kind == "line" else kind
    yield from _converted(waiting, before, "line")


def _converted(numbers: list[re.Match[str]], before: str | None, behind: str | None) -> Iterator[Edit]:
    sides = {before, behind} - {None, "line"}
    if sides == {"persian"}:
        for match in numbers:
            if _FOREIGN_DIGIT.match(match[0]):
                yield *match.span(), match[0].translate(_TO_PERSIAN)
