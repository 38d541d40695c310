"""The write-ahead log next to the archive: emptied when it has grown, and who keeps it from being emptied.

SQLite appends every change to `<archive>-wal` and brings it into the archive in checkpoints. It begins the log anew only when no
reader stands in it; a reader that holds its snapshot for hours, or readers that take turns without a gap, let it grow.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.models import Issue

if TYPE_CHECKING:
    from sqlite_utils import Database

SIZE = 32 * 1024 * 1024  # bytes; beyond them the writer waits for readers, then empties the log
BUSY_MS = 10_000  # that any statement waits for others
_LARGE = 256 * 1024 * 1024
# Several short waits: SQLite waits for the place in the log that it saw taken first, though by then newer readers may stand
# there, who are in nobody's way; asked again, it sees that.
_WAITS, _WAIT_MS = 5, 200
_SHARE = 50  # of the time, at most a fiftieth is spent waiting
# SQLite's read locks in the shared memory, https://sqlite.org/walformat.html: held as long as a reader's snapshot.
_READ_LOCKS = range(123, 128)
_LOCKS = Path("/proc/locks")
_KEEPER = "(litestream)"  # it reads all the while, and makes checkpoints itself
_KEEPER_PAUSE = 60.0  # seconds until it is asked again whether that one is there


class WriteAheadLog:
    """The log of an archive that is open for writing.

    kept: how large it was, and who read, when it could not be emptied for the first time; None as long as it could
    """

    def __init__(self, db: Database, archive: Path) -> None:
        self.kept: Issue | None = None
        self._db = db
        self._archive = archive
        self._path = log_path(archive)
        self._not_before = 0.0

    def bound(self) -> None:
        """Empty the log if it has grown, waiting a second for readers to leave it; to be called after a commit.

        If they do not, they are waited for again when fifty times as long has gone by. Nothing is lost where the log stays.
        Litestream is left alone: it keeps the log as long as it needs it.
        """
        size = _size(self._path)
        if size <= SIZE or time.monotonic() < self._not_before:
            return
        if any(one.endswith(_KEEPER) for one in readers(self._archive)):
            self._not_before = time.monotonic() + _KEEPER_PAUSE
            return
        began = time.monotonic()
        if not self._is_kept():
            return
        self._not_before = time.monotonic() + _SHARE * (time.monotonic() - began)
        if self.kept is None:
            who = ", ".join(readers(self._archive)) or "a process"
            message = f"{who} reads an older state all the while: the write-ahead log cannot be emptied ({_megabytes(size)} now)"
            self.kept = Issue("info", "log_kept", message)

    def _is_kept(self) -> bool:
        """Try to empty the log; return whether readers keep it."""
        try:
            self._db.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
            return all(self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] for _ in range(_WAITS))
        except sqlite3.Error:  # the commit before it stands; the next one tries again
            return False
        finally:
            self._db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def log_path(archive: Path) -> Path:
    """Return where SQLite keeps the log of an archive."""
    return archive.with_name(f"{archive.name}-wal")


def readers(archive: Path) -> list[str]:
    """Return the processes that hold a snapshot of the archive now, as «process 42 (sqlite3)»; empty where Linux does not say."""
    with suppress(OSError, ValueError):
        inode = str(archive.with_name(f"{archive.name}-shm").stat().st_ino)
        locks = [line.split() for line in _LOCKS.read_text().splitlines()]
        found = {
            int(words[4])
            for words in locks
            if len(words) == 8 and words[3] == "READ" and words[5].endswith(f":{inode}") and int(words[6]) in _READ_LOCKS
        }
        return [f"process {process}{_name(process)}" for process in sorted(found)]
    return []


def log_state(archive: Path) -> dict[str, int | str | None]:
    """Return `wal_bytes`, and `wal_kept_since`: the moment since which nothing of the log was brought into the archive.

    That is None where all of it has been; also `wal_readers`, who holds a snapshot now.
    """
    log = log_path(archive)
    with suppress(FileNotFoundError):
        written, brought = log.stat().st_mtime, archive.stat().st_mtime
        if log.stat().st_size and written > brought:
            since = datetime.fromtimestamp(brought, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            return {"wal_bytes": _size(log), "wal_kept_since": since, "wal_readers": ", ".join(readers(archive)) or None}
    return {"wal_bytes": _size(log), "wal_kept_since": None, "wal_readers": None}


def log_issues(archive: Path) -> tuple[Issue, ...]:
    """Return a warning if the log is large now."""
    state = log_state(archive)
    size = int(state["wal_bytes"] or 0)
    if size < _LARGE:
        return ()
    kept = f", kept since {state['wal_kept_since']}" if state["wal_kept_since"] else ""
    who = f" by {state['wal_readers']}" if state["wal_readers"] else ""
    return (Issue("warning", "log_kept", f"the write-ahead log has {_megabytes(size)}{kept}{who}"),)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


def _name(process: int) -> str:
    with suppress(OSError):
        return f" ({Path(f'/proc/{process}/comm').read_text().strip()})"
    return ""
