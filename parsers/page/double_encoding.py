"""Text that was UTF-8, was read as a one-byte charset and was written as UTF-8 again: «Ø¢Ø¨», «ط¢ط¨» for «آب».

Often it is only what comes from a database, and the page around it is sound. So it is undone run by run, and a run of
characters that are no UTF-8 in the other charset stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parsers.expressions import expression

_SOME = 3  # of each mark, in the sample
_SAMPLE = 400_000
_GOOD = 3


@dataclass(frozen=True, slots=True)
class _MistakenCharset:
    """A charset in which UTF-8 is mistaken: `marks` are what the commonest letters of Persian become in it."""

    name: str
    marks: tuple[str, ...]
    bytes_of: dict[str, int]
    run: re.Pattern[str]

    def undo(self, text: str) -> str:
        """Return a text with its runs of such characters as they were meant."""
        return self.run.sub(lambda run: _meant(run[0], self.bytes_of), text)


def undone(text: str) -> str:
    """Return the text with what was encoded twice as it was meant; other text comes back as it is."""
    sample = text[:_SAMPLE]
    for charset in _charsets():
        if all(sample.count(mark) >= _SOME for mark in charset.marks):
            return charset.undo(text)
    return text


def _meant(run: str, bytes_of: dict[str, int]) -> str:
    """Return what a run of characters was; the run itself where hardly any of it is UTF-8. Lost bytes are left out."""
    meant = bytes(map(bytes_of.__getitem__, run)).decode("utf-8", "replace")
    letters = sum("\u0600" <= char <= "\u06ff" for char in meant)
    lost = meant.count("\ufffd")
    return meant.replace("\ufffd", "") if not lost or letters > _GOOD * lost else run


@cache
def _charsets() -> tuple[_MistakenCharset, ...]:
    return tuple(_charset(name, marks) for name, marks in (("cp1252", ("Ø§", "Ø±", "Ù")), ("cp1256", ("ط§", "ط±", "ظ†"))))


def _charset(name: str, marks: tuple[str, ...]) -> _MistakenCharset:
    bytes_of: dict[str, int] = {}
    for byte in range(0x80, 0x100):
        char = bytes((byte,)).decode(name, "ignore") or chr(byte)
        bytes_of[char] = byte
        bytes_of.setdefault(chr(byte), byte)  # as browsers read what has no place in windows-1252, and as latin-1 is
    letters = "".join(map(re.escape, bytes_of))
    # A run that touches a letter outside the charset is sound text: of «محیط،» the ye is none of windows-1256, the rest is.
    around = "[\u0600-\u06ff]"
    run = expression(f"(?<!{around})(?<![{letters}])[{letters}]++(?!{around})")
    return _MistakenCharset(name, marks, bytes_of, run)
