"""The archive's check while it is served: at the start and then every so many hours, in a process of low priority.

The pages show what it found; nothing is written to the archive.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

from db.moments import instant, later, now, present
from db.upkeep.log import LastCheck, last_check

if TYPE_CHECKING:
    from collections.abc import Hashable
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from sqlite_utils import Database

# The priority first, then what takes a second to load. -P: a folder `db` where `serve` was called is none of ours.
_PROCESS = (
    sys.executable, "-P", "-c", "import os; os.nice(19); from db.upkeep.check_process import main; main()",
)  # fmt: skip
_RETRY = timedelta(minutes=10)  # after another process' check
_PATIENCE = 5.0  # seconds for a process to end
_CHECKS: dict[str, BackgroundCheck] = {}


class BackgroundCheck:
    """Checks an archive every so many `hours` as long as the `with` block lasts.

    last: what was found; is_running: whether a check is at work
    """

    def __init__(self, archive: Path, hours: float) -> None:
        self.last = LastCheck()
        self.is_running = False
        self._archive = str(archive.resolve())
        self._hours = hours
        self._stop = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._work, name="check", daemon=True)

    def __enter__(self) -> Self:
        _CHECKS[self._archive] = self
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self._stop.set()
        if (process := self._process) and process.stdin:
            process.stdin.close()  # it ends by itself then
            self._thread.join(timeout=_PATIENCE)
            process.kill()
        self._thread.join(timeout=_PATIENCE)
        _CHECKS.pop(self._archive, None)

    def _work(self) -> None:
        pause = timedelta(0)
        while not self._stop.wait(max(pause.total_seconds(), 0)):
            pause = self._check()

    def _check(self) -> timedelta:
        """Let a process check; return how long to wait for the next."""
        command = [*_PROCESS, self._archive, str(self._hours)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:  # noqa: S603 - our own module
            self._process, self.is_running = process, True
            if self._stop.is_set():
                process.kill()
            said = process.stdout.read() if process.stdout else ""
            self.is_running, self._process = False, None
        if self._stop.is_set():
            return timedelta(0)
        return self._note(json.loads(said) if said else {"checked_at": now(), "findings": [f"no_end: {_ending(process)}"]})

    def _note(self, found: dict[str, object]) -> timedelta:
        if "busy" in found:
            return _RETRY
        findings = found["findings"]
        self.last = LastCheck(str(found["checked_at"]), tuple(findings) if isinstance(findings, list) else ())
        return max(instant(str(found["checked_at"])) + timedelta(hours=self._hours) - present(), _RETRY)


def _ending(process: subprocess.Popen[str]) -> str:
    return f"the check ended with status {process.returncode}; try `bayegan check`"


def latest_check(db: Database, archive: str) -> tuple[LastCheck, bool]:
    """Return the latest check, the archive's own or that of this server, and whether one is at work here."""
    kept, here = last_check(db), _CHECKS.get(archive)
    if here is None or here.last.checked_at is None:
        return kept, bool(here and here.is_running)
    is_newer = kept.checked_at is None or later(kept.checked_at, here.last.checked_at) == here.last.checked_at
    return here.last if is_newer else kept, here.is_running


def checks_state() -> Hashable:
    """Return what changes whenever a check begins or ends, for pages that are kept."""
    return tuple((check.last.checked_at, check.is_running) for check in _CHECKS.values())
