"""The number of a label: in digits, dotted, in words, as a letter, repeated, in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from parsers.grammar.alphabets import FIRST, FIRST_NAME
from parsers.law import label_patterns as patterns
from parsers.law.numbering import Number, repeated
from parsers.persian.numbers import Number as NumberWords
from parsers.persian.numbers import match_number

Style = Literal["digit", "letter", "word", "dotted", "none"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """The number of a label and where it ends; `head` is the first part of a dotted one."""

    value: Number
    end: int
    style: Style
    head: Numeral | None = None


def number_at(folded: str, at: int, end: int) -> Numeral | None:
    """Return the number that stands at `at`, in digits, words or as a letter."""
    digits = patterns.DIGITS.match(folded, at, end) or patterns.DIGITS_ALONE.match(folded, at, end)
    if digits and patterns.FRACTION.match(folded, digits.end(), end):
        return None
    if digits:
        return _digits(folded, digits, end)
    word = match_number(folded, at)
    if word and word.end <= end:
        word = _joined(folded, word, end)
        value, after = repetition(folded, word.value, word.end, end)
        return Numeral(value, _echo(folded, value, after, end), "word")
    letter = patterns.LETTER_NUMBER.match(folded, at, end)
    if letter:
        name = FIRST_NAME if letter[1] == FIRST else letter[1]
        value, after = repetition(folded, name, letter.end(), end)
        return Numeral(value, after, "letter")
    return None


def _joined(folded: str, word: NumberWords, end: int) -> NumberWords:
    """«سی پنجم», «صد و بیست یکم»: a smaller number after a round one, where the «و» between them is lost."""
    gap = patterns.BLANK_RUN.match(folded, word.end, end)
    following = match_number(folded, gap.end()) if gap and gap.end() > word.end else None
    if following is None or following.end > end:
        return word
    room = 100 if word.value % 100 == 0 else 10 if word.value % 10 == 0 and word.value > 10 else 0
    return NumberWords(word.value + following.value, following.end) if 0 < following.value < room else word


def _digits(folded: str, digits: re.Match[str], end: int) -> Numeral | None:
    head = int(digits[1])
    if not digits[2]:
        value, after = repetition(folded, head, digits.end(), end)
        return Numeral(value, after, "digit")
    parts = re.split("[-–./]", digits[0])
    if len(digits[1]) == 4 or ("/" in digits[0] and len(parts) == 3 and all(len(part) >= 2 for part in parts[1:])):
        return None
    return Numeral("-".join(parts), digits.end(), "dotted", Numeral(head, digits.end(1), "digit"))


def repetition(folded: str, value: int | str, at: int, end: int) -> tuple[int | str, int]:
    """Return a number with the «مکرر» that may follow it, and where it ends."""
    found = patterns.REPEATED_NUMBER.match(folded, at, end)
    if found is None:
        return value, at
    return repeated(value, found[1]), len(folded[: found.end()].rstrip())


def _echo(folded: str, value: int | str, at: int, end: int) -> int:
    """«ماده اول (۱)»: the same number once more."""
    found = patterns.SAME_AGAIN.match(folded, at, end)
    return found.end() if found and found[1] == str(value) else at


def closed(folded: str, at: int, end: int) -> int:
    """Behind the bracket around a number, and the «مکرر» that may follow it."""
    closed = patterns.CLOSING_BRACKET.match(folded, at, end)
    return closed.end() if closed else at
