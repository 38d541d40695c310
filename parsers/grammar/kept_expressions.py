"""Large expressions, compiled once a machine instead of once a process.

`re` takes a fifth of a second for an expression of some hundred names, and pickles only its text.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from parsers import kept_files
from parsers.kept_files import NotKept

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# What `re.compile` itself does, in two steps. Without these parts of Python, expressions are compiled as ever.
_ENGINE: Any = sys.modules.get("_sre")
_COMPILER: Any = getattr(re, "_compiler", None)
_PARSER: Any = getattr(re, "_parser", None)
_CAN_KEEP = all(hasattr(_ENGINE, name) for name in ("compile", "MAGIC")) and hasattr(_COMPILER, "_code") and _PARSER is not None


def kept(name: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return `re.compile(pattern, flags)`, from the file of this name if it holds this very expression. Names are unique."""
    if not _CAN_KEEP:
        return re.compile(pattern, flags)
    digest = kept_files.digest_of(_ENGINE.MAGIC, flags, pattern)
    with suppress(NotKept, TypeError, ValueError, RuntimeError, OverflowError):
        return _made(pattern, *kept_files.read(f"expression-{name}", digest))
    parts = _compiled(pattern, flags)
    kept_files.write(f"expression-{name}", digest, parts)
    return _made(pattern, *parts)


def _compiled(pattern: str, flags: int) -> tuple[int, list[int], int, dict[str, int]]:
    """Return the flags, the engine's code, the number of groups and the numbers of those with names. Raises re.error."""
    parsed = _PARSER.parse(pattern, flags)
    state, code = parsed.state, _COMPILER._code(parsed, flags)  # noqa: SLF001
    # The code is of numbers that have names, which nothing but `re` can read back.
    return int(flags | state.flags), [int(number) for number in code], state.groups - 1, dict(state.groupdict)


def _made(pattern: str, flags: int, code: list[int], groups: int, names: dict[str, int]) -> re.Pattern[str]:
    by_number: list[str | None] = [None, *[None] * groups]
    for name, number in names.items():
        by_number[number] = name
    made: Callable[[str, int, Sequence[int], int, dict[str, int], tuple[str | None, ...]], re.Pattern[str]] = _ENGINE.compile
    return made(pattern, flags, code, groups, names, tuple(by_number))
