"""Files that commands write: never the archive itself, never through a link, never half of one, and never over a stranger's file.

Every output of a command goes through `new_file`, or through `check_log`. What was made here is known by a mark that the file
system keeps with the file, with its size and time: a file that somebody changed since is theirs.
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
    from collections.abc import Iterator

_MAGIC = b"SQLite format 3\0"
# What SQLite and the locks keep next to an archive.
_SIDECARS = ("", "-wal", "-shm", "-journal")  # a database that is copied, and what SQLite keeps next to it
_SUFFIXES = ("", "-wal", "-shm", "-journal", ".lock", ".check.lock")
_MARK = "user.bayegan.made"


class OutputRefused(ArchiveError):
    """The output would destroy something that it must not."""


def check_output(path: Path, archive: Path | None = None, *, force: bool = False) -> None:
    """Raise OutputRefused if this path is the archive or a file of it, a link, no plain file, or a file that was not made here.

    `force`: any plain file may be replaced but those of the archive, and no other database.
    """
    if archive is not None and _is_file_of(path, archive):
        raise OutputRefused(f"{path}: is the archive, or a file that belongs to it; choose another output")
    mode = _kind(path)
    if mode is None:
        return
    if stat.S_ISLNK(mode):
        raise OutputRefused(f"{path}: is a link; name the file itself")
    if not stat.S_ISREG(mode):
        raise OutputRefused(f"{path}: is no file; without an output the result goes to standard output")
    if _is_ours(path):
        return
    if _is_database(path):
        raise OutputRefused(f"{path}: is a SQLite database; remove it first if it is to be replaced")
    if not force and path.stat().st_size:
        raise OutputRefused(f"{path}: is there, and not as bayegan wrote it; choose another output, or give --force")


@contextmanager
def new_file(path: Path, archive: Path | None = None, *, force: bool = False) -> Iterator[Path]:
    """Return a path next to the output to write to; it takes the output's place if the block ends well, else the old file stays.

    Raises OutputRefused as `check_output` does, before and after the block.
    """
    check_output(path, archive, force=force)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OutputRefused(f"{path}: cannot be written ({error.strerror})") from error
    part = Path(name)
    try:
        os.fchmod(handle, _mode(path))
        os.close(handle)
        yield part
        _sync(part)
        _mark(part)
        check_output(path, archive, force=force)  # it may have become something else meanwhile
        part.replace(path)
    finally:
        for suffix in _SIDECARS:
            part.with_name(f"{part.name}{suffix}").unlink(missing_ok=True)


def check_log(path: Path, archive: Path) -> None:
    """Raise OutputRefused if this path is no place for JSON lines: the archive, a link, a file of anything else."""
    check_output(path, archive, force=True)
    with suppress(FileNotFoundError), path.open("rb") as file:
        if file.read(1) not in (b"", b"{"):
            raise OutputRefused(f"{path}: holds something else than JSON lines; choose another file")


def _kind(path: Path) -> int | None:
    """Return the mode of what stands at a path, None if there is nothing."""
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OutputRefused(f"{path}: cannot be written ({error.strerror})") from error


def _mark(path: Path) -> None:
    """Mark a file as made here, as it is now. (Where the file system keeps no such marks, --force is needed.)"""
    with suppress(OSError, AttributeError):
        os.setxattr(path, _MARK, _state(path))


def _is_ours(path: Path) -> bool:
    try:
        return os.getxattr(path, _MARK) == _state(path)
    except (OSError, AttributeError):
        return False


def _state(path: Path) -> bytes:
    found = path.stat()
    return f"{found.st_size} {found.st_mtime_ns}".encode()


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
