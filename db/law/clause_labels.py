"""What people call a clause, from its identifier or from how it is cited, for laws whose text may not be in the archive."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Mapping


def in_words(eid: str) -> str:
    """Return the clauses that an identifier names in Persian, the innermost first: note 1 of article 148 for `art_148__note_1`.

    "" where the lexicon does not know a step.
    """
    try:
        return " ".join(map(_step, reversed(eid.split("__"))))
    except KeyError:
        return ""


def cited(row: Mapping[str, Any]) -> str:
    """Return what a row of citations (`unit`, `number`, `path`) calls its clause, with the clauses around it."""
    steps = [(row["unit"], row["number"]), *((step["unit"], step["number"]) for step in reversed(json.loads(row["path"])))]
    return " ".join(unit if number is None else f"{unit} {number}" for unit, number in steps)


def _step(step: str) -> str:
    prefix, _, number = step.partition("_")
    names = _units()[prefix]
    if not number:
        return _single() if prefix == _units_by_slug()["vahede"]["eid"] else names[0]
    dotted = all(piece.isdecimal() for piece in number.split("-"))
    return " ".join([names[0], number] if dotted else [names[0], *map(_piece, number.split("-"))])


def _piece(piece: str) -> str:
    return piece if piece.isdecimal() else _letters()[piece]


def _single() -> str:
    name: str = _units_by_slug()["vahede"]["name"]  # the article that stands alone, without a number
    return name


@cache
def _units_by_slug() -> dict[str, Any]:
    units: dict[str, Any] = load("units")["unit"]
    return units


@cache
def _units() -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for unit in _units_by_slug().values():
        names.setdefault(unit["eid"], []).append(unit["name"])
    return names


@cache
def _letters() -> dict[str, str]:
    letters = {latin: letter for letter, latin in reversed(load("units")["letters"].items())}
    return letters | {"bis": load("clause_numbers")["repeated"][0]}
