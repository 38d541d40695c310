"""A check of an archive in a process, which ends when whoever started it does.

python -m db.upkeep.check_process ARCHIVE HOURS

It prints one JSON object: `checked_at` and `findings`, of a new check, or of the one that the archive keeps if that is not so
many hours old; `busy` instead if another process checks the archive now.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import threading
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.archive import Archive
from db.errors import ArchiveError, ArchiveLocked
from db.lock import CheckLock, release_all
from db.moments import instant, now, present
from db.upkeep.check import check
from db.upkeep.log import LastCheck, last_check, outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 6 * 3600  # seconds


def main() -> None:
    """Check the archive that is named on the command line."""
    path, hours = Path(sys.argv[1]), float(sys.argv[2])
    signal.alarm(_LONGEST)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole terminal; whoever started it decides
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sys.stdout.write(json.dumps(found(path, timedelta(hours=hours)), ensure_ascii=False))


def found(path: Path, fresh: timedelta) -> dict[str, Any]:
    """Return the outcome of a check as the process prints it; whatever keeps it from being done is a finding."""
    try:
        with check_lock(path), Archive(path, readonly=True) as archive:
            last = last_check(archive.db)
            if last.checked_at and abs(present() - instant(last.checked_at)) < fresh:  # not one of a clock that was years ahead
                return asdict(last)
            return asdict(outcome(check(archive.db)))
    except ArchiveLocked as error:
        return {"busy": str(error)}
    except (ArchiveError, sqlite3.Error, OSError) as error:
        return asdict(LastCheck(now(), (f"unreadable: {error}",)))


@contextmanager
def check_lock(path: Path, *, waits: bool = False) -> Iterator[None]:
    """Hold the lock of checks; where nothing can be written next to the archive there is none. Raises ArchiveLocked."""
    lock: CheckLock | None = None
    try:
        lock = CheckLock(path, waits=waits)
    except ArchiveLocked:
        raise
    except ArchiveError:
        pass
    with lock or nullcontext():
        yield


def _end_with_parent() -> None:
    """Wait for the end of standard input, which whoever started the process holds open as long as it lives."""
    while os.read(0, 1):  # not by Python's own reader, whose lock would be held when the check ends first
        pass
    release_all()
    os._exit(1)


if __name__ == "__main__":
    main()
