"""Identifiers of clauses, after Akoma Ntoso's `eId` (OASIS akn-nc 1.0, 2019): `art_14__note_2__cl_b`.

One step for each level, outermost first, joined by two underscores; a step is the unit's prefix and its number, ASCII
throughout. Prefixes are in `lexicon/units.toml`. Letters have one Latin name each (no two share one), مکرر is `bis`, dotted
numbers keep their dots as hyphens: «بند ۴-۴» is `cl_4-4`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.lexicon import load
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = {
    "الف": "a", "ا": "a", "آ": "aa", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "hh", "خ": "kh", "د": "d",
    "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "ss", "ض": "dd", "ط": "tt", "ظ": "zz",
    "ع": "e", "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "v", "ه": "h", "ی": "y",
}  # fmt: skip
_PIECE = re.compile(r"مکرر|الف|[0-9]+|[^\W\d_]|[-./]")


def eid(path: Iterable[tuple[str, int | str | None]], unit: str, number: int | str | None) -> str:
    """The identifier of a clause within its instrument.

    `path` is (unit, number) of its ancestors, outermost first; a number of None is a unit that has none («ماده واحده»,
    the only تبصره of a بند) and gives the bare prefix. Unknown units raise KeyError.
    """
    return "__".join(_step(name, value) for name, value in (*path, (unit, number)))


def _step(unit: str, number: int | str | None) -> str:
    prefix = _prefixes()[unit]
    return prefix if number is None else f"{prefix}_{_number(number)}"


def _number(number: int | str) -> str:
    if isinstance(number, int):
        return str(number)
    pieces = [_LATIN.get(piece, _LETTERS.get(piece, piece)) for piece in _PIECE.findall(fold(number))]
    return re.sub("-+", "-", "-".join(pieces)).strip("-")


_LATIN = {"مکرر": "bis", ".": "-", "/": "-", "-": "-"}


@cache
def _prefixes() -> dict[str, str]:
    return {unit["name"]: unit["eid"] for unit in load("units")["unit"].values()}
