"""What a run shows while it goes: a live table on a terminal, JSON lines in a file, nothing in a pipe."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

from scraper.run_journal import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.live import Live
    from rich.table import Table

    from parsers.models import Issue
    from scraper.cli.options import Settings

# Passwords in front of a host; parameters whose name says that they are nobody's business.
_SECRET = re.compile(
    r"(?i)(//)[^/?#\s]*(@)|"
    r"([?&;#](?:[\w.-]*(?:token|secret|passw|pwd|session|signature|credential|api[_-]?key|auth(?!or))[\w.-]*|key|pass|sid|sig)=)[^&;#\s]+"
)
_SHOWN = ("discovered", "fetched", "not_modified", "inserted", "updated", "failed")


@contextmanager
def watching(settings: Settings, log_path: str | None) -> Iterator[Progress]:
    """The watcher that fits: of a terminal, of a log file, of both, of neither."""
    from contextlib import ExitStack
    from pathlib import Path

    watchers: list[Progress] = []
    with ExitStack() as stack:
        if log_path:
            watchers.append(_Log(stack.enter_context(Path(log_path).open("a", encoding="utf-8"))))
        if sys.stderr.isatty() and settings.verbosity >= 0 and not settings.as_json:
            watchers.append(stack.enter_context(_Screen()))
        elif settings.verbosity > 0:
            watchers.append(_Lines())
        yield _Together(watchers)


def redact(text: str) -> str:
    """A text without the passwords and tokens that addresses in it carry."""
    return _SECRET.sub(lambda found: "//***@" if found[1] else f"{found[3]}***", text)


class _Together(Progress):
    """Several watchers as one."""

    def __init__(self, watchers: list[Progress]) -> None:
        self._watchers = watchers

    def start(self, run_id: int) -> None:
        for watcher in self._watchers:
            watcher.start(run_id)

    def begin(self, publisher: str) -> None:
        for watcher in self._watchers:
            watcher.begin(publisher)

    def turn(self, publisher: str, window: str) -> None:
        for watcher in self._watchers:
            watcher.turn(publisher, window)

    def advance(self, publisher: str, counts: Counter[str]) -> None:
        for watcher in self._watchers:
            watcher.advance(publisher, counts)

    def note(self, publisher: str, issue: Issue, url: str | None) -> None:
        for watcher in self._watchers:
            watcher.note(publisher, issue, url)

    def end(self, publisher: str) -> None:
        for watcher in self._watchers:
            watcher.end(publisher)

    def done(self, exit_code: int, counts: Counter[str]) -> None:
        for watcher in self._watchers:
            watcher.done(exit_code, counts)


class _Log(Progress):
    """One JSON object a line: start, begin, window of a backfill, issue, end with a publisher's counts, done with the run's."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._run_id: int | None = None
        self._counts: dict[str, Counter[str]] = {}

    def start(self, run_id: int) -> None:
        self._run_id = run_id
        self._write("start")

    def begin(self, publisher: str) -> None:
        self._write("begin", publisher=publisher)

    def turn(self, publisher: str, window: str) -> None:
        self._write("window", publisher=publisher, window=window)

    def advance(self, publisher: str, counts: Counter[str]) -> None:
        self._counts[publisher] = counts

    def note(self, publisher: str, issue: Issue, url: str | None) -> None:
        told = {"level": issue.level, "code": issue.code, "message": redact(issue.message), "url": redact(url or "")}
        self._write("issue", publisher=publisher, **told)

    def end(self, publisher: str) -> None:
        self._write("end", publisher=publisher, **self._counts.get(publisher, Counter()))

    def done(self, exit_code: int, counts: Counter[str]) -> None:
        self._write("done", exit_code=exit_code, **counts)

    def _write(self, event: str, **values: Any) -> None:
        row = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "run_id": self._run_id, "event": event, **values}
        self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._stream.flush()


class _Lines(Progress):
    """Issues and windows of a backfill as lines on stderr, for -v without a terminal."""

    def turn(self, publisher: str, window: str) -> None:
        sys.stderr.write(f"{publisher}: window {window}\n")

    def note(self, publisher: str, issue: Issue, url: str | None) -> None:
        sys.stderr.write(f"{publisher}: {issue.level}: {issue.code}: {redact(issue.message)} {redact(url or '')}\n")


class _Screen(Progress):
    """A live table on a terminal, a row for each publisher at work."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._counts: dict[str, Counter[str]] = {}
        self._state: dict[str, str] = {}
        self._live: Live = Live(console=Console(stderr=True), get_renderable=self._table, refresh_per_second=4, transient=True)

    def __enter__(self) -> _Screen:
        self._live.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._live.stop()

    def begin(self, publisher: str) -> None:
        self._state[publisher] = "…"

    def turn(self, publisher: str, window: str) -> None:
        self._state[publisher] = window

    def advance(self, publisher: str, counts: Counter[str]) -> None:
        self._counts[publisher] = counts

    def note(self, publisher: str, issue: Issue, url: str | None) -> None:
        self._state[publisher] = f"{issue.code} {redact(url or '')}"[:60]

    def end(self, publisher: str) -> None:
        self._state[publisher] = "done"

    def _table(self) -> Table:
        from rich.box import SIMPLE_HEAD
        from rich.table import Table
        from rich.text import Text

        table = Table("publisher", *(name.replace("_", " ") for name in _SHOWN), "last", box=SIMPLE_HEAD)
        for publisher, state in self._state.items():
            counts = self._counts.get(publisher, Counter())
            table.add_row(publisher, *(str(counts[name]) for name in _SHOWN), Text(state))
        return table
