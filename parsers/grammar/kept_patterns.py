"""Patterns that are put together from many names, kept from one process to the next (`kept_table`).

What a pattern is made of besides the names, the spellings and blanks of the language, is part of what a kept one is told by.
"""

from __future__ import annotations

import time
from functools import cache, wraps
from typing import TYPE_CHECKING

from parsers import kept_files
from parsers.grammar import blanks
from parsers.kept_table import KeptTable
from parsers.lexicon import load
from parsers.persian import letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LANGUAGE = (load("spellings"), blanks.BLANK, blanks.HARAKAT, blanks.LETTER)


def kept_pattern(make: Callable[[Iterable[str]], str]) -> Callable[[Iterable[str]], str]:
    """Return a function that gives what `make` does, from the kept file if it has the pattern of these names in this order."""
    known: KeptTable[tuple[str, ...], str] = KeptTable(
        make.__name__, _LANGUAGE, kept_files.digest_of_files(letters.__file__, make.__code__.co_filename)
    )

    @cache
    def pattern_of(names: tuple[str, ...]) -> str:
        found = known.take(names)
        if found is None:
            began = time.perf_counter()
            found = make(names)
            known.add(names, found, time.perf_counter() - began)
        return found

    @wraps(make)
    def kept(names: Iterable[str]) -> str:
        return pattern_of(tuple(names))

    return kept
