"""The `bayegan` command in processes whose clock shows what a file says (libfaketime), forked from one that has loaded it.

python clocked_command.py      with libfaketime preloaded: a line of JSON arguments in, its process id out, and when it has
                               ended its exit code and megabytes
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

_LIBRARY = "faketime/libfaketime.so.1"


class NoFakeClock(Exception):
    """There is no libfaketime here."""


@dataclass(frozen=True)
class Ended:
    """How a process ended: its exit code, negative for a signal, and the most memory that it had."""

    code: int
    megabytes: float


class ClockedCommands:
    """Processes of the command, one at a time, by a clock of their own. Raises NoFakeClock."""

    def __init__(self, folder: Path) -> None:
        found = [
            path
            for top in ("/usr/lib", "/usr/local/lib")
            for path in (*Path(top).glob(_LIBRARY), *Path(top).glob(f"*/{_LIBRARY}"))
        ]
        if not found:
            raise NoFakeClock("needs libfaketime (apt install libfaketime)")
        self._set = folder / "clock"
        self.set_clock(time.time())
        clock = {"LD_PRELOAD": str(found[0]), "FAKETIME_TIMESTAMP_FILE": str(self._set), "FAKETIME_CACHE_DURATION": "1"}
        root = Path(__file__).parents[2]
        path = os.pathsep.join((str(root), str(root / "tests" / "scraper")))
        self._server = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, cwd=folder,
            env={**os.environ, **clock, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "PYTHONPATH": path},
        )  # fmt: skip
        self._process = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        assert self._server.stdin
        self._server.stdin.close()
        self._server.wait(10)

    def set_clock(self, shown: float) -> None:
        """Set the clock of all processes to seconds of the epoch."""
        part = self._set.with_suffix(".part")
        part.write_text(f"{shown - time.time():+.0f}")
        part.replace(self._set)

    def start(self, *arguments: object) -> None:
        """Start the command."""
        assert self._server.stdin
        self._server.stdin.write(json.dumps([str(one) for one in arguments]) + "\n")
        self._process = int(self._line())

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the command."""
        with suppress(ProcessLookupError):
            os.kill(self._process, number)

    def is_running(self) -> bool:
        """Return whether the command has not ended."""
        with suppress(OSError):
            return Path(f"/proc/{self._process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        return False

    def wait(self) -> Ended:
        """Return how the command ended, when it has."""
        return Ended(*json.loads(self._line()))

    def _line(self) -> str:
        assert self._server.stdout
        return self._server.stdout.readline()


def _serve() -> None:
    import forked_preload  # noqa: F401 - loads the program once

    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            _run(json.loads(line))
        _say(process)
        _, status, used = os.wait4(process, 0)
        _say([os.waitstatus_to_exitcode(status), used.ru_maxrss / 1024])


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _run(arguments: list[str]) -> None:
    from forked_command import _forked_parser

    from scraper import parser_process
    from scraper.cli.main import main

    for number, flags in ((0, os.O_RDONLY), (1, os.O_WRONLY), (2, os.O_WRONLY)):
        os.dup2(os.open(os.devnull, flags), number)
    parser_process.ParserProcess._start = _forked_parser  # type: ignore[method-assign]
    code = 70
    try:
        main(arguments)
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
