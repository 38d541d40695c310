"""The program's regular expressions, compiled once a machine instead of once a process.

`re` takes a quarter of a second for the four hundred that an article asks for, and pickles only their text. So what it makes of
them is kept in one file (`kept_files`), which grows by what a process had to compile itself.

For expressions of the program and of its lexicon; one that is made of what a page says belongs to `re.compile`.
"""

from __future__ import annotations

import atexit
import re
import sys
import time
from array import array
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from parsers import kept_files
from parsers.kept_files import NotKept

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
_FILE = "expressions"
# Seconds of compiling after which a process keeps what it has made; the rest is kept at its end.
_WORTH_KEEPING = 0.05
# A file with more expressions than any version has begins anew.
_MOST = 4000


def expression[Text: (str, bytes)](pattern: Text, flags: int = 0) -> re.Pattern[Text]:
    """Return `re.compile(pattern, flags)`, from the kept file if it holds this very expression. Raises re.error."""
    return _program.compiled(pattern, flags) if _CAN_KEEP else re.compile(pattern, flags)


def longest_first(words: Iterable[str]) -> list[str]:
    """Return words, each once, in the order for alternatives: the longest first, else by their letters.

    Sets come in another order in each process; so must no expression, or it is never found again.
    """
    return sorted({*words}, key=lambda word: (-len(word), word))


class Expressions:
    """Compiled expressions: those of the kept file, read when one is first asked for, and those that this process compiled."""

    def __init__(self) -> None:
        self._made: dict[Key, re.Pattern[Any]] = {}
        self._kept: dict[Key, Parts] | None = None
        self._new: dict[Key, Parts] = {}
        self._took = 0.0

    def compiled[Text: (str, bytes)](self, pattern: Text, flags: int = 0) -> re.Pattern[Text]:
        """Return what `expression` returns; the same object for the same pattern and flags."""
        key = pattern, int(flags)
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._read_back(pattern, key) or self._compile(pattern, key)
        return found

    def _read_back[Text: (str, bytes)](self, pattern: Text, key: Key) -> re.Pattern[Text] | None:
        if self._kept is None:
            self._kept = _read()
        parts = self._kept.pop(key, None)
        with suppress(TypeError, ValueError, RuntimeError, OverflowError):
            return None if parts is None else _pattern_of(pattern, parts)
        return None

    def _compile[Text: (str, bytes)](self, pattern: Text, key: Key) -> re.Pattern[Text]:
        began = time.perf_counter()
        parts = self._new[key] = _compiled(pattern, key[1])
        self._took += time.perf_counter() - began
        if self._took >= _WORTH_KEEPING:
            self.keep()
        elif len(self._new) == 1:
            atexit.register(self.keep)
        return _pattern_of(pattern, parts)

    def keep(self) -> None:
        """Write what is new to the kept file, next to what other processes have written there since."""
        atexit.unregister(self.keep)
        if self._new:
            known = _read()
            kept_files.write(_FILE, _digest(), {**(known if len(known) + len(self._new) <= _MOST else {}), **self._new})
        self._new, self._took = {}, 0.0


_program = Expressions()


def _digest() -> bytes:
    return kept_files.digest_of(_ENGINE.MAGIC, sys.byteorder)


def _read() -> dict[Key, Parts]:
    with suppress(NotKept):
        found: dict[Key, Parts] = kept_files.read(_FILE, _digest())
        return found
    return {}


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
