"""The first letters of all that an expression can match, read off the expression itself."""

from __future__ import annotations

import re
from typing import Any

# What `re` makes of an expression before it compiles it; its names for the parts of one.
_PARSER: Any = getattr(re, "_parser", None)
_LONGEST = 4  # letters
# A class of more letters, or more beginnings than this, are not written out: they end where they are.
_MOST_LETTERS, _MOST = 32, 6000
_ZERO_WIDTH = frozenset(["AT", "ASSERT", "ASSERT_NOT"])
_REPEATS = frozenset(["MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"])
# Letters that are one for `re` where case is ignored, besides a letter and its other case.
_ALIKE = ("iIİı", "sSſ", "kK\u212a")


def beginnings_of(pattern: re.Pattern[str], lead: int = 0) -> frozenset[str]:
    """Return strings with one of which every match begins, up to four letters long, none the beginning of another.

    `lead` is the number of parts that stand before them in the expression, each one letter or the text's beginning. The result
    is empty where nothing can be said: a match may begin with any letter.
    """
    if _PARSER is None:
        return frozenset()
    found = _Beginnings()
    parts = list(_PARSER.parse(pattern.pattern, pattern.flags))
    found.ended |= found.after(parts[lead:], {""}, pattern.flags)
    if "" in found.ended:
        return frozenset()
    return frozenset(each for each in found.ended if not any(each[:n] in found.ended for n in range(1, len(each))))


class _Beginnings:
    """Beginnings of which no more is known have `ended`; the others grow along the parts of the expression."""

    def __init__(self) -> None:
        self.ended: set[str] = set()

    def after(self, parts: Any, growing: set[str], flags: int) -> set[str]:
        """Return what has not ended of `growing` after these parts."""
        for name, argument in ((str(part), argument) for part, argument in parts):
            if name in _ZERO_WIDTH:
                continue
            growing = self._after_part(name, argument, growing, flags)
        return growing

    def _after_part(self, name: str, argument: Any, growing: set[str], flags: int) -> set[str]:
        if not growing:
            return growing
        if name == "BRANCH":
            return set().union(*(self.after(branch, growing, flags) for branch in argument[1]))
        if name == "SUBPATTERN":
            _, added, removed, parts = argument
            return self.after(parts, growing, (flags | added) & ~removed)
        if name == "ATOMIC_GROUP":
            return self.after(argument, growing, flags)
        if name in _REPEATS:
            return self._after_repeated(argument, growing, flags)
        return self._grown(growing, _choices(name, argument, flags))

    def _after_repeated(self, argument: tuple[int, int, Any], growing: set[str], flags: int) -> set[str]:
        least, most, parts = argument
        found: set[str] = set()
        for count in range(_LONGEST + 1):
            found |= growing if count >= least else set()
            if count == most:
                return found
            growing = self.after(parts, growing, flags)
        self.ended |= growing  # of parts that take no letter
        return found

    def _grown(self, growing: set[str], letters: set[str] | None) -> set[str]:
        """Return the beginnings with a letter more; those that are long enough end, and all where it may be any of too many."""
        if letters is None or len(self.ended) + len(growing) * len(letters) > _MOST:
            self.ended |= growing
            return set()
        grown = {each + letter for each in growing for letter in letters}
        full = {each for each in grown if len(each) >= _LONGEST}
        self.ended |= full
        return grown - full


def _choices(name: str, argument: Any, flags: int) -> set[str] | None:
    """Return the letters that a part of one letter stands for; None where these are many."""
    if name == "LITERAL":
        found = {chr(argument)}
    elif name == "IN":
        found = set()
        for kind, value in argument:
            if str(kind) == "LITERAL":
                found.add(chr(value))
            elif str(kind) == "RANGE" and value[1] - value[0] < _MOST_LETTERS:
                found.update(map(chr, range(value[0], value[1] + 1)))
            else:
                return None
    else:
        return None
    if flags & re.IGNORECASE:
        found |= {each for letter in found for each in (letter.lower(), letter.upper())}
        found |= {each for alike in _ALIKE if not found.isdisjoint(alike) for each in alike}
    return {each for each in found if len(each) == 1} if len(found) <= _MOST_LETTERS else None
