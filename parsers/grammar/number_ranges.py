"""Ranges of clauses filled in: numbers, dotted numbers, letters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.grammar.clause_numbers import Item

_LAST_PART = re.compile("([0-9][0-9./-]*[./-])([0-9]{1,3})")
ABJAD = "ابجدهوزحطیکلمنسعفصقرشتثخذضظغ"
ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
MAX_RANGE = 400


def expand(items: Iterable[Item]) -> tuple[int | str, ...]:
    """All numbers of a list, ranges filled in."""
    values: list[int | str] = []
    for item in items:
        values.extend([item.value] if item.until is None else _range(item.value, item.until))
    return tuple(dict.fromkeys(values))


def increasing(low: int | str, high: int | str) -> bool:
    """Whether two numbers can be the ends of a range; letters always can."""
    if isinstance(low, int) and isinstance(high, int):
        return low < high <= low + MAX_RANGE
    return low != high


def _range(low: int | str, high: int | str) -> list[int | str]:
    if isinstance(low, int) and isinstance(high, int):
        return list(range(low, high + 1))
    if between := dotted_range(low, high):
        return between
    if isinstance(low, str) and isinstance(high, str):
        return _letters_between(low, high)
    return [low, high]


def dotted_range(low: int | str, high: int | str) -> list[int | str]:
    """«۱-۲ تا ۱-۵»: what lies between numbers that differ in their last part alone; empty where they differ in more."""
    first, last = (_LAST_PART.fullmatch(str(value)) for value in (low, high))
    if first is None or last is None or first[1] != last[1] or not int(first[2]) < int(last[2]) <= int(first[2]) + MAX_RANGE:
        return []
    return [f"{first[1]}{number}" for number in range(int(first[2]), int(last[2]) + 1)]


def _letters_between(low: str, high: str) -> list[int | str]:
    """Letters of a range, in the abjad order when its end is early in it (الف ب ج د ه و ز …), else in the alphabet's.

    «الف تا د» counts four clauses in older laws (abjad), «الف تا ت» four in the newer (alphabet).
    """
    first, last = (letter.replace("الف", "ا") for letter in (low, high))
    for order in (ABJAD[:14], ALPHABET):
        if len(first) == len(last) == 1 and first in order and last in order and order.index(first) < order.index(last):
            between = order[order.index(first) : order.index(last) + 1]
            return [("الف" if letter == "ا" else letter) for letter in between]
    return [low, high]
