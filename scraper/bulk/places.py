"""Folders that a job reads from and writes to: of this machine, or in object storage that every machine sees.

`s3://`, `gs://`, `abfss://` and `hdfs://` are read by Arrow; any other that fsspec knows as `fsspec+SCHEME://`. A file in storage
is worked on as a copy on this machine's disk, and written as a whole: storage shows a file when it has all of it.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from db.outputs import new_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

_REMOTE = re.compile(r"(?:s3|gs|abfss|hdfs|fsspec\+[a-z][a-z0-9+.-]*)://")


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file: its path or address, its size in bytes, when it was changed (nanoseconds since 1970, 0 if storage keeps none)."""

    path: str
    size: int
    modified: int


class Folder(Protocol):
    """A folder; names are relative to it, with `/`."""

    def address(self, name: str = "") -> str:
        """Return the whole path or address of a file in it, or its own."""

    def read(self, name: str) -> str | None:
        """Return the text of a file, None if there is none that is text. Raises OSError where storage does not answer."""

    def has(self, name: str) -> bool:
        """Return whether there is such a file."""

    def files(self) -> list[FoundFile]:
        """Return every file in it and in the folders in it, sorted by path."""

    def new(self, name: str) -> AbstractContextManager[Path]:
        """Return a path to write to; its content gets the name if the block ends well. Raises OSError."""

    def working_copy(self, name: str) -> AbstractContextManager[Path]:
        """Return a path to a database of this name, new if there is none; what the block makes of it stays. Raises OSError."""


def is_remote(path: str) -> bool:
    """Return whether a path is an address in object storage."""
    return _REMOTE.match(path) is not None


def folder_at(path: str | Path) -> Folder:
    """Return a folder of this machine or in storage. Raises OSError for storage that cannot be used."""
    if is_remote(str(path)):
        _opened(str(path))
        return RemoteFolder(str(path))
    return LocalFolder(Path(path).resolve())


@contextmanager
def local_copy(path: str) -> Iterator[Path]:
    """Return a file's path on this machine; one in storage is copied here while the block runs. Raises OSError."""
    if not is_remote(path):
        yield Path(path)
        return
    system, inside = _opened(path)
    with tempfile.TemporaryDirectory(prefix="bayegan-") as scratch:
        here = Path(scratch) / inside.rpartition("/")[2]
        _copy_here(system, inside, here)
        yield here


@dataclass(frozen=True, slots=True)
class LocalFolder:
    """A folder of this machine."""

    path: Path

    def address(self, name: str = "") -> str:
        """Return the path of a file in it, or its own."""
        return str(self.path / name)

    def read(self, name: str) -> str | None:
        """Return the text of a file, None if there is none that is text."""
        with suppress(OSError, ValueError):
            return (self.path / name).read_text("utf-8")
        return None

    def has(self, name: str) -> bool:
        """Return whether there is such a file."""
        return (self.path / name).exists()

    def files(self) -> list[FoundFile]:
        """Return every file in it and in the folders in it, sorted by path."""
        return [found_file(path) for path in sorted(self.path.rglob("*")) if path.is_file()]

    @contextmanager
    def new(self, name: str) -> Iterator[Path]:
        """Return a path to write to; its content gets the name if the block ends well."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with new_file(path, force=True) as part:
            yield part

    @contextmanager
    def working_copy(self, name: str) -> Iterator[Path]:
        """Return the path of a database itself: SQLite keeps it whole."""
        self.path.mkdir(parents=True, exist_ok=True)
        yield self.path / name


@dataclass(frozen=True, slots=True)
class RemoteFolder:
    """A folder in object storage; `url` may end in `?` and options of Arrow, such as `endpoint_override`."""

    url: str

    def address(self, name: str = "") -> str:
        """Return the address of a file in it, or its own."""
        base, mark, options = self.url.partition("?")
        return f"{base.rstrip('/')}/{name}{mark}{options}" if name else self.url

    def read(self, name: str) -> str | None:
        """Return the text of a file, None if there is none that is text."""
        system, path = self._at(name)
        with suppress(FileNotFoundError, ValueError), system.open_input_file(path) as file:
            return bytes(file.read()).decode("utf-8")
        return None

    def has(self, name: str) -> bool:
        """Return whether there is such a file."""
        return self._state(name) is not None

    def files(self) -> list[FoundFile]:
        """Return every file in it and in the folders in it, sorted by path."""
        from pyarrow.fs import FileSelector

        system, base = _opened(self.url)
        base = base.rstrip("/")
        found = system.get_file_info(FileSelector(base, allow_not_found=True, recursive=True))
        every = [FoundFile(self.address(one.path[len(base) + 1 :]), one.size, one.mtime_ns or 0) for one in found if one.is_file]
        return sorted(every, key=lambda one: one.path)

    @contextmanager
    def new(self, name: str) -> Iterator[Path]:
        """Return a path to write to; its content is put into storage if the block ends well."""
        with tempfile.TemporaryDirectory(prefix="bayegan-") as scratch:
            part = Path(scratch) / "part"
            yield part
            self._put(part, name)

    @contextmanager
    def working_copy(self, name: str) -> Iterator[Path]:
        """Return a copy of a database, which replaces it in storage when the block ends well, unless somebody else changed it."""
        with tempfile.TemporaryDirectory(prefix="bayegan-") as scratch:
            path = Path(scratch) / name
            before = self._state(name)
            if before is not None:
                _copy_here(*self._at(name), path)
            yield path
            if not path.exists():
                return
            _fold_log_in(path)
            if self._state(name) != before:
                raise OSError(f"{self.address(name)}: was changed by another job meanwhile; what this one made is not kept")
            self._put(path, name)

    def _at(self, name: str) -> tuple[Any, str]:
        """Return the file system and the path of a file in it; all files share one connection."""
        system, base = _opened(self.url)
        return system, f"{base.rstrip('/')}/{name}"

    def _state(self, name: str) -> tuple[int, int | None] | None:
        system, path = self._at(name)
        found = system.get_file_info(path)
        return (found.size, found.mtime_ns) if found.is_file else None

    def _put(self, part: Path, name: str) -> None:
        system, path = self._at(name)
        if not self.url.startswith("s3://"):  # where folders are real
            system.create_dir(path.rpartition("/")[0], recursive=True)
        with part.open("rb") as source, system.open_output_stream(path, compression=None) as target:
            shutil.copyfileobj(source, target, 1 << 20)
        written = system.get_file_info(path).size
        if written != part.stat().st_size:
            raise OSError(f"{self.address(name)}: storage has {written} bytes of {part.stat().st_size}")


def found_file(path: Path) -> FoundFile:
    """Return what is known of a file of this machine. Raises OSError."""
    found = path.stat()
    return FoundFile(str(path.resolve()), found.st_size, found.st_mtime_ns)


def remote_files(url: str) -> list[FoundFile]:
    """Return the file at an address in storage, or those of the folder there; an empty list if there is none. Raises OSError."""
    system, path = _opened(url)
    found = system.get_file_info(path.rstrip("/"))
    return [FoundFile(url, found.size, found.mtime_ns or 0)] if found.is_file else RemoteFolder(url).files()


@lru_cache(maxsize=16)
def _opened(url: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path in it. Raises OSError."""
    if find_spec("pyarrow") is None:
        raise OSError(f"{url}: storage needs pyarrow: pip install 'bayegan[bulk]'")
    try:
        from pyarrow.fs import FileSystem

        system, path = FileSystem.from_uri(url)
    except (ValueError, ImportError, NotImplementedError) as error:
        raise OSError(f"{url}: storage cannot be used ({' '.join(str(error).split())})") from error
    return system, path


def _copy_here(system: Any, path: str, here: Path) -> None:
    with system.open_input_stream(path, compression=None) as source, here.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _fold_log_in(path: Path) -> None:
    """Bring what SQLite keeps next to a database into it. A process that was killed leaves such a log."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
