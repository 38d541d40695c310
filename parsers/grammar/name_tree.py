"""Thousands of names as one tree of letters, read at a place of a text.

Does what `names.any_of` does for some hundred names, without a regular expression, which takes seconds to compile for thousands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.blanks import BLANK, HARAKAT, WORD_END
from parsers.grammar.names import key_of, letter_class, representative, twins_of
from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TABLE = load("spellings")
_JOINTS = expression(f"(?:{BLANK}|[{HARAKAT}\u0653\u0654،,()])*+")
_COMMAS = expression("[،,()]")
_EZAFE = expression(f"{BLANK}?{_TABLE['ezafe']}(?={BLANK}|\\Z|[^\\w\u200c])")
_END = expression(WORD_END)
_VALUE = ""
_HAMZA, _ALEF = "ء", "ا"
_REACH = 240
_SHORT = 3


@dataclass(frozen=True, slots=True)
class FoundName[T]:
    """A name in a text, and what it stands for; `end` is exclusive."""

    start: int
    end: int
    value: T


def beginnings(names: Iterable[str], length: int = 5) -> str:
    """Return a pattern for where any of the names may begin: the first letters of their first words, without repetition."""
    stems = sorted({_stem(name)[:length] for name in names})
    shortest = [stem for stem in stems if not any(stem.startswith(other) for other in stems if other != stem)]
    root: dict[str, Any] = {}
    for stem in shortest:
        node = root
        for letter in stem:
            node = node.setdefault(letter, {})
    return "|".join(twin + _branches(below) for letter, below in root.items() for twin in twins_of(letter))


def _stem(name: str) -> str:
    """Return the key of a name's first word; of a short one the second too, with a blank between."""
    first, *others = re.split(f"{BLANK}+", _COMMAS.sub("", name).strip())
    return f"{key_of(first)} {key_of(others[0])}" if len(first) < _SHORT and others else key_of(first)


def _branches(node: Mapping[str, Any]) -> str:
    written = [(f"{BLANK}*" if letter == " " else letter_class(letter)) + _branches(below) for letter, below in node.items()]
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})" if written else ""


class NameTree[T]:
    """Names with what they stand for. Blanks, harakat, exchangeable letters, commas and brackets may be written in any way."""

    def __init__(self, names: Mapping[str, T]) -> None:
        self._root: dict[str, Any] = {}
        for name, value in names.items():
            for key in _written(name):
                self._add(key, value)

    def _add(self, key: str, value: T) -> None:
        node = self._root
        for letter in key:
            node = node.setdefault(letter, {})
        node.setdefault(_VALUE, value)

    def longest_at(self, folded: str, at: int) -> FoundName[T] | None:
        """Return the longest name that begins at `at` and ends at the end of a word, if any."""
        best: FoundName[T] | None = None
        node, place, limit = self._root, at, min(len(folded), at + _REACH)
        inside = skipped = False  # inside the second word: no comma stands after the head, «طبق قانون، مجازات …»
        while place < limit:
            letter = folded[place]
            below = node.get(representative(letter))
            if below is None and letter == " " and not _is_ezafe_after(folded, place):
                place, skipped = place + 1, True
                continue
            below = below or _spelt_otherwise(node, folded, place)
            if below is None:
                following = _next_letter(folded, place, node) if place > at else place
                if following == place or (not inside and _COMMAS.search(folded, place, following)):
                    return best
                place, skipped = following, True
                continue
            node, place, inside = below, place + 1, skipped
            end = _end_of_name(folded, at, place) if _VALUE in node else None
            best = best if end is None else FoundName(at, end, node[_VALUE])
        return best


def _is_ezafe_after(folded: str, place: int) -> bool:
    """Return whether the ye of «برنامه ی ششم» follows a blank."""
    return folded.startswith(_TABLE["ezafe"], place + 1)


def _spelt_otherwise(node: Mapping[str, Any], folded: str, place: int) -> dict[str, Any] | None:
    """Return a hamza after an alef is as good as the ye of «اجرای»: «اجراء سیاست‌ها»."""
    hamza = folded[place] == _HAMZA and folded[place - 1] == _ALEF
    below: dict[str, Any] | None = node.get(_TABLE["ezafe"]) if hamza else None
    return below


def _next_letter(folded: str, place: int, node: Mapping[str, Any]) -> int:
    """Return the next letter of a name: blanks are passed over, and the ezafe of «برنامه‌ی ششم» unless the name has it."""
    if folded[place - 1] == _TABLE["ezafe_after"] and _TABLE["ezafe"] not in node:
        ezafe = _EZAFE.match(folded, place)
        place = ezafe.end() if ezafe else place
    joints = _JOINTS.match(folded, place)
    return joints.end() if joints else place


def _end_of_name(folded: str, start: int, end: int) -> int | None:
    """The end with the ezafe of «مصوبه‌ی» or the bracket that closes one in the name, «… (تعزیرات)»; None inside a word."""
    ezafe = _EZAFE.match(folded, end) if folded[end - 1] == _TABLE["ezafe_after"] else None
    if ezafe is not None:
        return ezafe.end()
    if not _END.match(folded, end):
        return None
    return end + 1 if folded.startswith(")", end) and folded.count("(", start, end) > folded.count(")", start, end) else end


def _written(name: str) -> Iterable[str]:
    """Return the keys of a name: a hamza that may have another seat gives a second one."""
    key = _COMMAS.sub("", key_of(name))
    hamza = _TABLE["hamza"]
    other = key.replace(hamza["written"], hamza["before"] + representative("ا") + hamza["after"])
    return (key,) if other == key else (key, other)
