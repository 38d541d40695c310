"""A disk on which the n-th write, sync or truncation fails: SQLite's own files over a VFS that is compiled here."""

from __future__ import annotations

import ctypes
import shutil
import sqlite3
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).with_suffix(".c")
IOERR_WRITE, FULL = 10 | (3 << 8), 13


class NoFaults(Exception):
    """Faults cannot be made here; the message says why."""


class FaultyDisk:
    """Counts what is asked of the disk since `arm`, and fails at one of it: once, or from then on."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("cc") or shutil.which("gcc")
        if not compiler:
            raise NoFaults("no C compiler")
        made = folder / "faulty.so"
        done = subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-o", made, SOURCE, "-lsqlite3"], capture_output=True, check=False
        )
        if done.returncode:
            raise NoFaults("SQLite's header or library for C is missing (libsqlite3-dev)")
        self._library: Any = ctypes.CDLL(str(made))
        self._library.faulty_arm.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int]
        self._library.faulty_count.restype = ctypes.c_long

    @contextmanager
    def mounted(self) -> Iterator[FaultyDisk]:
        """Put every file that SQLite opens in the block on this disk."""
        self._library.faulty_register()
        try:
            try:
                sqlite3.connect("file::memory:?vfs=faulty", uri=True).close()
            except sqlite3.OperationalError as error:
                raise NoFaults("this Python has an SQLite of its own") from error
            yield self
        finally:
            self.arm(0)
            self._library.faulty_unregister()

    def arm(self, at: int, code: int = FULL, *, lasting: bool = False) -> None:
        """Fail at the n-th operation from now; 0: at none."""
        self._library.faulty_arm(at, code, int(lasting))

    @property
    def count(self) -> int:
        """How much was asked of the disk since it was armed."""
        return int(self._library.faulty_count())
