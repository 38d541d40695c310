"""Ranges of clauses filled in: numbers, dotted numbers, letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.alphabets import letters_between

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.grammar.clause_numbers import Item

_LAST_PART = expression("([0-9][0-9./-]*[./-])([0-9]{1,3})")
MAX_RANGE = 400


def expand(items: Iterable[Item]) -> tuple[int | str, ...]:
    """Return all numbers of a list in order, each once, with its ranges filled in."""
    values: list[int | str] = []
    for item in items:
        values.extend([item.value] if item.until is None else _range(item.value, item.until))
    return tuple(dict.fromkeys(values))


def increasing(low: int | str, high: int | str) -> bool:
    """Return whether two numbers can be the ends of a range; letters always can."""
    if isinstance(low, int) and isinstance(high, int):
        return low < high <= low + MAX_RANGE
    return low != high


def _range(low: int | str, high: int | str) -> list[int | str]:
    if isinstance(low, int) and isinstance(high, int):
        return list(range(low, high + 1))
    if between := dotted_range(low, high):
        return between
    if isinstance(low, str) and isinstance(high, str):
        return [*letters_between(low, high)]
    return [low, high]


def dotted_range(low: int | str, high: int | str) -> list[int | str]:
    """Return «1-2», «1-3» … for «۱-۲ تا ۱-۵»; an empty list where more than the last part differs."""
    first, last = (_LAST_PART.fullmatch(str(value)) for value in (low, high))
    if first is None or last is None or first[1] != last[1] or not int(first[2]) < int(last[2]) <= int(first[2]) + MAX_RANGE:
        return []
    return [f"{first[1]}{number}" for number in range(int(first[2]), int(last[2]) + 1)]
