"""The program's regular expressions, compiled once a machine instead of once a process.

`re` takes a quarter of a second for the four hundred that an article asks for, and pickles only their text. So what it makes of
them is kept in one file (`kept_table`), which grows by what a process had to compile itself.

For expressions of the program and of its lexicon; one that is made of what a page says belongs to `re.compile`.
"""

from __future__ import annotations

import re
import sys
import time
from array import array
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from parsers import kept_files
from parsers.kept_table import KeptTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    # The flags, the engine's code, the number of groups and the numbers of those with names.
    Parts = tuple[int, bytes, int, dict[str, int]]
    Key = tuple[str | bytes, int]

# What `re.compile` itself does, in two steps. Without these parts of Python, expressions are compiled as ever.
_ENGINE: Any = sys.modules.get("_sre")
_COMPILER: Any = getattr(re, "_compiler", None)
_PARSER: Any = getattr(re, "_parser", None)
_CAN_KEEP = all(hasattr(_ENGINE, name) for name in ("compile", "MAGIC")) and hasattr(_COMPILER, "_code") and _PARSER is not None
_CODE = "I"  # numbers of 32 bits, as the engine counts
_FILE, _MADE_BY = "expressions", kept_files.digest_of_files(__file__)


def expression[Text: (str, bytes)](pattern: Text, flags: int = 0) -> re.Pattern[Text]:
    """Return `re.compile(pattern, flags)`, from the kept file if it holds this very expression. Raises re.error."""
    return _program.compiled(pattern, flags) if _CAN_KEEP else re.compile(pattern, flags)


def longest_first(words: Iterable[str]) -> list[str]:
    """Return words, each once, in the order for alternatives: the longest first, else by their letters.

    Sets come in another order in each process; so must no expression, or it is never found again.
    """
    return sorted({*words}, key=lambda word: (-len(word), word))


class Expressions:
    """Compiled expressions: those of the kept file, and those that this process compiled."""

    def __init__(self) -> None:
        self._made: dict[Key, re.Pattern[Any]] = {}
        self._parts: KeptTable[Key, Parts] = KeptTable(_FILE, getattr(_ENGINE, "MAGIC", 0), sys.byteorder, _MADE_BY)
        self.keep = self._parts.keep

    def compiled[Text: (str, bytes)](self, pattern: Text, flags: int = 0) -> re.Pattern[Text]:
        """Return what `expression` returns; the same object for the same pattern and flags."""
        key = pattern, int(flags)
        found = self._made.get(key)
        if found is None:
            found = self._made.setdefault(key, self._read_back(pattern, key) or self._compile(pattern, key))
        return found

    def _read_back[Text: (str, bytes)](self, pattern: Text, key: Key) -> re.Pattern[Text] | None:
        parts = self._parts.take(key)
        with suppress(TypeError, ValueError, RuntimeError, OverflowError):
            return None if parts is None else _pattern_of(pattern, parts)
        return None

    def _compile[Text: (str, bytes)](self, pattern: Text, key: Key) -> re.Pattern[Text]:
        began = time.perf_counter()
        parts = _compiled(pattern, key[1])
        self._parts.add(key, parts, time.perf_counter() - began)
        return _pattern_of(pattern, parts)


_program = Expressions()


def _compiled(pattern: str | bytes, flags: int) -> Parts:
    parsed = _PARSER.parse(pattern, flags)
    state, code = parsed.state, _COMPILER._code(parsed, flags)  # noqa: SLF001
    return int(flags | state.flags), array(_CODE, code).tobytes(), state.groups - 1, dict(state.groupdict)


def _pattern_of[Text: (str, bytes)](pattern: Text, parts: Parts) -> re.Pattern[Text]:
    flags, code, count, names = parts
    by_number: list[str | None] = [None] * (count + 1)
    for name, number in names.items():
        by_number[number] = name
    make: Callable[[Text, int, Sequence[int], int, dict[str, int], tuple[str | None, ...]], re.Pattern[Text]] = _ENGINE.compile
    return make(pattern, flags, array(_CODE, code).tolist(), count, names, tuple(by_number))
