"""Parsing in a separate process: a page that hangs, crashes or swells costs that process, never the run.

The process has a clock and a bound on its memory (RLIMIT_AS). It ends with its parent: the pipe between them has no other holder,
and at its end there is nothing left to do; while it is at work, an alarm of the kernel bounds it even if the parent is gone.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import pickle
import resource
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from importlib import resources
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from parsers.models import Capture, Issue, PageRules, Record

PATIENCE = 60.0  # seconds for one page
_LOADING = 60.0  # seconds for the parsers to be loaded
_MEMORY = 300_000_000  # bytes that a page may take beyond the parsers; one of 50 MB takes half of it
_PICTURE_MEMORY = 1_500_000_000  # the same for pictures of pages and the program that reads them
_MAX_CALLS = 2_000  # then a fresh process, so that no leak of a library adds up over a long run
_NO_MEMORY = "MemoryError"
_READY = b"ready"
_LARGE = "read_pictures"


class ParsingFailed(Exception):
    """The parsers raised, crashed, did not come to an end, or wanted too much memory; the message says which."""


def prepare() -> None:
    """Start the process, so that its parsers are loaded by the time the first page has come."""
    shared_process.start()


def forget() -> None:
    """End the process; the next page starts another."""
    shared_process.forget()


async def parse_page(capture: Capture, rules: PageRules) -> Record:
    """`parsers.parse` in the process. Raises ParsingFailed."""
    record: Record = await asyncio.to_thread(shared_process.call, "parse", capture, rules)
    return record


async def second_opinion(capture: Capture, record: Record) -> Issue | None:
    """`parsers.page.second_extractor` in the process. Raises ParsingFailed."""
    issue: Issue | None = await asyncio.to_thread(shared_process.call, "crosscheck", capture, record)
    return issue


async def other_readings(capture: Capture, record: Record) -> tuple[str, ...]:
    """Return where other extractors read another title or day, in the process. Raises ParsingFailed."""
    found: tuple[str, ...] = await asyncio.to_thread(shared_process.call, "field_disagreements", capture, record)
    return found


class ParserProcess:
    """One process that parses, started when it is first needed, and again whenever it has died."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._calls = 0

    def parse(self, capture: Capture, rules: PageRules, seconds: float = PATIENCE) -> Record:
        """Parse a page within so many seconds. Raises ParsingFailed."""
        record: Record = self.call("parse", capture, rules, seconds=seconds)
        return record

    def call(self, name: str, *args: Any, seconds: float = PATIENCE) -> Any:
        """Call a function in the process; return its result. Raises ParsingFailed."""
        with self._lock:
            if self._calls >= _MAX_CALLS or self._has_died():
                self._stop()
            pipe = self._pipe or self._start()
            try:
                if not self._calls and not (pipe.poll(_LOADING) and pipe.recv_bytes() == _READY):
                    raise TimeoutError("the parsers could not be loaded")
                self._calls += 1
                pipe.send_bytes(pickle.dumps((name, args, seconds)))
                if not pipe.poll(seconds):
                    raise TimeoutError(f"the parsers did not come to an end within {seconds:g} s")
                good, value = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own process answers
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                self._stop()
                raise ParsingFailed(str(error) or "the parsers crashed") from error
            if name == _LARGE:
                self._stop()  # what read a picture, or failed to, keeps memory that pages have no room for
            if not good:
                if value.startswith(_NO_MEMORY):
                    self._stop()  # what is left of its memory is in pieces
                    value = f"the parsers wanted more than {_bound(name) // 1_000_000} MB of memory"
                raise ParsingFailed(value)
            return value

    def _has_died(self) -> bool:
        """Return whether the process ended between two calls, which is no fault of the page that comes next."""
        return self._process is not None and self._process.poll() is not None

    def start(self) -> None:
        """Start the process if there is none; do not wait for it."""
        with self._lock:
            if self._pipe is None:
                self._start()

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        path = os.pathsep.join(entry or os.getcwd() for entry in sys.path)  # noqa: PTH109
        # Our own module, by our own interpreter; in a session of its own, so that what it starts ends with it.
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "scraper.parser_process", str(theirs.fileno())],
            pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": path}, start_new_session=True,
        )  # fmt: skip
        theirs.close()
        self._pipe, self._calls = ours, 0
        return ours

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def interrupt(self) -> None:
        """End what the process is at now; the call under way raises ParsingFailed."""
        process = self._process
        if process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)

    def forget(self) -> None:
        """End the process; the next call starts another."""
        with self._lock:
            self._stop()


shared_process = ParserProcess()
atexit.register(shared_process.forget)


def _functions() -> dict[str, Callable[..., Any]]:
    from parsers.page import crosscheck, field_disagreements
    from parsers.record import parse
    from scraper.ocr import needs_ocr, read_pictures

    functions = (parse, crosscheck, field_disagreements, needs_ocr, read_pictures)
    return {function.__name__: function for function in functions}


def serve(pipe: Connection) -> None:
    """Answer calls until the other end is closed. What stops the run goes to the parent alone: it finishes its page."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    functions = _functions()
    for page in _first_pages():
        functions["parse"](page)
    loaded = _address_space()
    with suppress(EOFError, OSError):
        pipe.send_bytes(_READY)
        while True:
            name, args, seconds = pickle.loads(pipe.recv_bytes())  # noqa: S301 - our own process asks
            _bound_memory(loaded, _bound(name))
            signal.alarm(int(seconds) + 5)  # nobody handles it: the kernel ends the process, whatever it is doing
            try:
                answer = (True, functions[name](*args))
            except Exception as error:  # noqa: BLE001 - sent to the parent, which makes an issue of it
                answer = (False, f"{type(error).__name__}: {error}")
            pipe.send_bytes(pickle.dumps(answer))
            signal.alarm(0)


def _first_pages() -> tuple[Capture, ...]:
    """Return pages on which the parsers load what they load when they first need it: no page's time is spent on that."""
    from parsers.models import Capture

    text = resources.files("scraper.newsroom").joinpath("articles.toml").read_bytes()
    return Capture(text), Capture(b"<html><body><h1>%s</h1><p>%s" % (text[:100], text[:2000].replace(b"\n", b"<p>")))


def _address_space() -> int:
    """Return the bytes of this process's address space; 0 where no /proc says."""
    with suppress(OSError, ValueError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    return 0


def _bound(name: str) -> int:
    return _PICTURE_MEMORY if name == _LARGE else _MEMORY


def _bound_memory(loaded: int, more: int) -> None:
    """Bound the address space to what the parsers took when they were loaded, and so much more."""
    if loaded:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (loaded + more, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
