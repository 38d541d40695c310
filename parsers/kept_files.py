"""What takes long to make from a text, kept as Python keeps modules: in `__pycache__`, by its version, if it may write there.

A kept file that was made of another text, or is damaged, counts as missing.
"""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

_DIGEST = 16  # bytes
_HEAD = _DIGEST + 4  # and a checksum of what follows
# A file that is being written, and seconds after which its process must have been killed.
_PART, _ABANDONED = ".kept.part", 3600


class NotKept(Exception):
    """No file of this name holds what was made of this text."""


def digest_of(*parts: object) -> bytes:
    """Return what tells texts and Python's versions apart."""
    return blake2b("\0".join(map(str, (sys.version_info, *parts))).encode(), digest_size=_DIGEST).digest()


def digest_of_files(*names: str | Path | None) -> bytes:
    """Return what tells the contents of files, a module's `__file__` among them, and Python's versions apart.

    Where they cannot be read (a program packed into one file) nothing that is kept is of this digest.
    """
    with suppress(OSError):
        return digest_of(*(blake2b(Path(name or "").read_bytes()).hexdigest() for name in names))
    return digest_of(os.urandom(_DIGEST))


def path_of(name: str) -> Path:
    """Return the file of a name, next to this module's compiled form."""
    return Path(cache_from_source(__file__)).with_name(f"{name}.{sys.implementation.cache_tag}.kept")


def read(name: str, digest: bytes) -> Any:
    """Return what was kept under a name, made of the text of this digest. Raises NotKept."""
    try:
        data = memoryview(path_of(name).read_bytes())
        if data[:_HEAD] == digest + zlib.crc32(data[_HEAD:]).to_bytes(4):
            return marshal.loads(data[_HEAD:])  # noqa: S302 - as Python reads its own
    except (OSError, NotImplementedError, ValueError, EOFError, TypeError) as error:
        raise NotKept(name) from error
    raise NotKept(name)


def write(name: str, digest: bytes, made: Any) -> None:
    """Keep plain numbers, texts, lists and dictionaries; nothing happens where Python writes nothing, or with other values.

    The file appears in one step, so that processes that start together see it whole. Who may read the program may read it.
    """
    if sys.dont_write_bytecode:
        return
    import tempfile

    with suppress(OSError, NotImplementedError, ValueError, MemoryError):
        data, path = marshal.dumps(made), path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(_PART, dir=path.parent)
        _remove_parts_before(Path(part))
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(digest + zlib.crc32(data).to_bytes(4) + data)
            Path(part).chmod(Path(__file__).stat().st_mode & 0o666 | 0o600)
            Path(part).replace(path)
        except OSError:
            Path(part).unlink(missing_ok=True)


def size_of(name: str) -> int:
    """Return the bytes of the file of a name; 0 where there is none."""
    with suppress(OSError, NotImplementedError):
        return path_of(name).stat().st_size
    return 0


def _remove_parts_before(latest: Path) -> None:
    """Remove what killed processes left, by the file system's own clock: that of the file begun last."""
    now = latest.stat().st_mtime
    for part in latest.parent.glob(f"*{_PART}"):
        with suppress(OSError):
            if part.stat().st_mtime < now - _ABANDONED:
                part.unlink()
