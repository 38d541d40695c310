"""The orders in which letters number clauses: the alphabet, and abjad in older laws (`lexicon/clause_numbers.toml`)."""

from __future__ import annotations

from parsers.lexicon import load

_TABLE = load("clause_numbers")
ALPHABET: str = _TABLE["alphabet"]
ABJAD: str = _TABLE["abjad"]
# The first letter is written by its name: «بند الف».
FIRST: str = _TABLE["first"]
FIRST_NAME: str = _TABLE["first_name"]
_ABJAD_IN_USE = ABJAD[: _TABLE["abjad_in_use"]]


def letters_between(low: str, high: str) -> list[str]:
    """Return the letters from `low` to `high`, both included; the two alone where no order has one before the other.

    Abjad counts where `high` is early in it («الف ب ج د ه و ز …»), else the alphabet: «الف تا د» is four clauses in older
    laws, «الف تا ت» four in newer ones.
    """
    first, last = (letter.replace(FIRST_NAME, FIRST) for letter in (low, high))
    for order in (_ABJAD_IN_USE, ALPHABET):
        if len(first) == len(last) == 1 and first in order and last in order and order.index(first) < order.index(last):
            between = order[order.index(first) : order.index(last) + 1]
            return [(FIRST_NAME if letter == FIRST else letter) for letter in between]
    return [low, high]
