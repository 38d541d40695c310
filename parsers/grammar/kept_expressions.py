"""Large expressions, compiled once a machine instead of once a process.

`re` takes a fifth of a second for an expression of some hundred names, and pickles only its text. What it made of one is kept
as Python keeps modules: in `__pycache__`, by Python's version, and only if Python may write there. A kept expression that is of
another text, or damaged, is compiled again.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
import tempfile
import zlib
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_HEAD = 20  # bytes: the digest of the text, and a checksum of what follows
# What `re.compile` itself does, in two steps. Without these parts of Python, expressions are compiled as ever.
_ENGINE: Any = sys.modules.get("_sre")
_COMPILER: Any = getattr(re, "_compiler", None)
_PARSER: Any = getattr(re, "_parser", None)
_CAN_KEEP = all(hasattr(_ENGINE, name) for name in ("compile", "MAGIC")) and hasattr(_COMPILER, "_code") and _PARSER is not None


def kept(name: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return `re.compile(pattern, flags)`, from the file of this name if it holds this very expression. Names are unique."""
    if not _CAN_KEEP:
        return re.compile(pattern, flags)
    digest = blake2b(f"{_ENGINE.MAGIC} {sys.version_info} {flags} {pattern}".encode(), digest_size=16).digest()
    path = _path(name)
    with suppress(OSError, ValueError, EOFError, TypeError, RuntimeError, OverflowError):
        return _made(pattern, *_read(path, digest))
    parts = _compiled(pattern, flags)
    if not sys.dont_write_bytecode:
        _write(path, digest, marshal.dumps(parts))
    return _made(pattern, *parts)


def _path(name: str) -> Path:
    """Return the file next to this module's compiled form; the name of the whole tag comes from Python."""
    compiled = Path(cache_from_source(__file__))
    return compiled.with_name(f"{name}.{sys.implementation.cache_tag}.expression")


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


def _read(path: Path, digest: bytes) -> tuple[int, list[int], int, dict[str, int]]:
    """Return what a file holds. Raises OSError, ValueError."""
    data = path.read_bytes()
    if data[:_HEAD] != digest + zlib.crc32(data[_HEAD:]).to_bytes(4):
        raise ValueError("another expression, or a damaged file")
    parts: tuple[int, list[int], int, dict[str, int]] = marshal.loads(data[_HEAD:])  # noqa: S302 - as Python reads its own
    return parts


def _write(path: Path, digest: bytes, data: bytes) -> None:
    """Write a file in one step, so that processes that start together see it whole; where it cannot be written, there is none."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(digest + zlib.crc32(data).to_bytes(4) + data)
            Path(part).replace(path)
        except OSError:
            Path(part).unlink(missing_ok=True)
