"""Files that commands write: never the archive itself, never through a link, and never half of one.

Every output of a command goes through `new_file`, or through `check_output` where it is appended to.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MAGIC = b"SQLite format 3\0"
# What SQLite and the writer's lock keep next to an archive.
_SUFFIXES = ("", "-wal", "-shm", "-journal", ".lock")


class OutputRefused(ArchiveError):
    """The output would destroy something that it must not."""


def check_output(path: Path, archive: Path, may_replace: Callable[[Path], bool] | None = None) -> None:
    """Raise OutputRefused if this path is the archive or a file of it, a link, no file at all, or a database.

    `may_replace` says of a database whether it may be replaced.
    """
    if _is_file_of(path, archive):
        raise OutputRefused(f"{path}: is the archive, or a file that belongs to it; choose another output")
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputRefused(f"{path}: cannot be written ({error.strerror})") from error
    if stat.S_ISLNK(mode):
        raise OutputRefused(f"{path}: is a link; name the file itself")
    if not stat.S_ISREG(mode):
        raise OutputRefused(f"{path}: is no file; without an output the result goes to standard output")
    if _is_database(path) and not (may_replace and may_replace(path)):
        raise OutputRefused(f"{path}: is a SQLite database; remove it first if it is to be replaced")


@contextmanager
def new_file(path: Path, archive: Path, may_replace: Callable[[Path], bool] | None = None) -> Iterator[Path]:
    """Return a path next to the output to write to; it takes the output's place if the block ends well, else the old file stays.

    Raises OutputRefused as `check_output` does, before and after the block.
    """
    check_output(path, archive, may_replace)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OutputRefused(f"{path}: cannot be written ({error.strerror})") from error
    part = Path(name)
    try:
        os.fchmod(handle, _mode(path))
        os.close(handle)
        yield part
        _sync(part)
        check_output(path, archive, may_replace)  # it may have become something else meanwhile
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _is_file_of(path: Path, archive: Path) -> bool:
    """Return whether two paths are one file: by the names they resolve to, else by their inodes (hard links)."""
    resolved = path.resolve()
    for suffix in _SUFFIXES:
        kept = archive.resolve()
        kept = kept.with_name(kept.name + suffix)
        if resolved == kept:
            return True
        with suppress(OSError):
            if path.samefile(kept):
                return True
    return False


def _is_database(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def _mode(path: Path) -> int:
    """Return the permissions of the file that is replaced, else those that a new file has."""
    with suppress(OSError):
        return stat.S_IMODE(path.stat().st_mode)
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _sync(path: Path) -> None:
    """Have a file on disk before it gets its name: after a power cut an empty one would stand in the place of the old."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
