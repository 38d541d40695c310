"""Identifiers of clauses, after Akoma Ntoso's `eId` (OASIS akn-nc 1.0, 2019): `art_14__note_2__cl_b`.

One step for each level, outermost first, joined by two underscores; a step is the unit's prefix and its number, ASCII
throughout. Prefixes are in `lexicon/units.toml`. Letters have one Latin name each (no two share one), مکرر is `bis`, dotted
numbers keep their dots as hyphens: «بند ۴-۴» is `cl_4-4`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.alphabets import FIRST_NAME
from parsers.lexicon import load
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS: dict[str, str] = load("units")["letters"]
_REPEATED: str = load("clause_numbers")["repeated"][0]
_LATIN = {_REPEATED: "bis", ".": "-", "/": "-"}
_PIECE = expression(rf"{_REPEATED}|{FIRST_NAME}|[0-9]+|[^\W\d_]|[-./]")


def eid(path: Iterable[tuple[str, int | str | None]], unit: str, number: int | str | None) -> str:
    """Return the identifier of a clause within its instrument, e.g. `art_5__cl_a`.

    `path` is (unit, number) of its ancestors, outermost first. A unit without a number («ماده واحده», the only تبصره of a بند)
    has None and gives the bare prefix. Raises KeyError for a unit that the lexicon does not know.
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


@cache
def _prefixes() -> dict[str, str]:
    return {unit["name"]: unit["eid"] for unit in load("units")["unit"].values()}
