"""Parsing in a separate process: a page that hangs, crashes or swells costs that process, never the run.

The worker ends with its parent: the pipe between them has no other holder, and at its end there is nothing left to do.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from parsers.models import Capture, Issue, PageRules, Record

_PATIENCE = 60.0  # seconds for one page, and as many for the parsers to be loaded
_MAX_CALLS = 2_000  # then a fresh process, so that no leak of a library adds up over a long run


class ParsingFailed(Exception):
    """The parsers raised, crashed or did not come to an end; the message says which."""


def prepare() -> None:
    """Start the worker, so that its parsers are loaded by the time the first page has come."""
    _worker.start()


def forget() -> None:
    """End the worker; the next page starts another."""
    _worker.forget()


async def parse_page(capture: Capture, rules: PageRules) -> Record:
    """`parsers.parse` in the worker. Raises ParsingFailed."""
    record: Record = await asyncio.to_thread(_worker.call, "parse", capture, rules)
    return record


async def second_opinion(capture: Capture, record: Record) -> Issue | None:
    """`parsers.page.second_extractor` in the worker. Raises ParsingFailed."""
    issue: Issue | None = await asyncio.to_thread(_worker.call, "crosscheck", capture, record)
    return issue


async def other_readings(capture: Capture, record: Record) -> tuple[str, ...]:
    """Return where other extractors read another title or day, in the worker. Raises ParsingFailed."""
    found: tuple[str, ...] = await asyncio.to_thread(_worker.call, "field_disagreements", capture, record)
    return found


class _Worker:
    """One process that parses, started when it is first needed, and again whenever it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._calls = 0

    def call(self, name: str, *args: Any) -> Any:
        """Call a function in the process; return its result. Raises ParsingFailed."""
        with self._lock:
            if self._calls >= _MAX_CALLS:
                self._stop()
            pipe = self._pipe or self._start()
            self._calls += 1
            try:
                pipe.send_bytes(pickle.dumps((name, args)))
                if not pipe.poll(_PATIENCE):
                    raise TimeoutError(f"the parsers did not come to an end within {_PATIENCE:g} s")
                good, value = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own process answers
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self._stop()
                raise ParsingFailed(str(error) or "the parsers crashed") from error
        if not good:
            raise ParsingFailed(value)
        return value

    def start(self) -> None:
        """Start the process if there is none; do not wait for it."""
        with self._lock:
            if self._pipe is None:
                self._start()

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)  # noqa: PTH109
        # Our own module, by our own interpreter.
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "scraper.parser_process", str(theirs.fileno())],
            pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path},
            process_group=0,  # a Ctrl-C is for us: this process ends with ours
        )  # fmt: skip
        theirs.close()
        self._pipe, self._calls = ours, 0
        return ours

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def forget(self) -> None:
        """End the process; the next call starts another."""
        with self._lock:
            self._stop()


_worker = _Worker()
atexit.register(_worker.forget)


def _functions() -> dict[str, Callable[..., Any]]:
    from parsers.page import crosscheck, field_disagreements
    from parsers.record import parse

    return {"parse": parse, "crosscheck": crosscheck, "field_disagreements": field_disagreements}


def serve(pipe: Connection) -> None:
    """Answer calls until the other end is closed. What stops the run goes to the parent alone: it finishes its page."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    functions = _functions()
    with suppress(EOFError, OSError):
        while True:
            name, args = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own process asks
            try:
                answer = (True, functions[name](*args))
            except Exception as error:  # noqa: BLE001 - sent to the parent, which makes an issue of it
                answer = (False, f"{type(error).__name__}: {error}")
            pipe.send_bytes(pickle.dumps(answer))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
