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
_HIDDEN_NAMES = r"token|secret|passw|pwd|session|signature|credential|api[_-]?key|auth(?!or)"
_SECRET = re.compile(rf"(?i)(//)[^/?#\s]*(@)|([?&;#](?:[\w.-]*(?:{_HIDDEN_NAMES})[\w.-]*|key|pass|sid|sig)=)[^&;#\s]+")
_SHOWN = ("discovered", "fetched", "not_modified", "inserted", "updated", "failed")


@contextmanager
def watching(settings: Settings, log_path: str | None) -> Iterator[Progress]:
    """Give the watcher that fits: for a terminal, a log file, both or neither."""
    from contextlib import ExitStack
    from pathlib import Path

    watchers: list[Progress] = []
    from db.outputs import appended_file

    with ExitStack() as stack:
        if log_path:
            watchers.append(_JsonLog(stack.enter_context(appended_file(Path(log_path), settings.db))))
        if sys.stderr.isatty() and settings.verbosity >= 0 and not settings.as_json:
            watchers.append(stack.enter_context(_LiveTable()))
        elif settings.verbosity > 0:
            watchers.append(_IssueLines())
        yield _ProgressGroup(watchers)


def redact(text: str) -> str:
    """Return a text without the passwords and tokens that addresses in it carry."""
    return _SECRET.sub(lambda found: "//***@" if found[1] else f"{found[3]}***", text)


class _ProgressGroup(Progress):
    """Several watchers as one."""

    def __init__(self, watchers: list[Progress]) -> None:
        self._watchers = watchers

    def run_started(self, run_id: int) -> None:
        for watcher in self._watchers:
            watcher.run_started(run_id)

    def publisher_started(self, publisher: str) -> None:
        for watcher in self._watchers:
            watcher.publisher_started(publisher)

    def window_started(self, publisher: str, window: str) -> None:
        for watcher in self._watchers:
            watcher.window_started(publisher, window)

    def counts_changed(self, publisher: str, counts: Counter[str]) -> None:
        for watcher in self._watchers:
            watcher.counts_changed(publisher, counts)

    def issue_found(self, publisher: str, issue: Issue, url: str | None) -> None:
        for watcher in self._watchers:
            watcher.issue_found(publisher, issue, url)

    def publisher_ended(self, publisher: str) -> None:
        for watcher in self._watchers:
            watcher.publisher_ended(publisher)

    def run_ended(self, exit_code: int, counts: Counter[str]) -> None:
        for watcher in self._watchers:
            watcher.run_ended(exit_code, counts)


class _JsonLog(Progress):
    """One JSON object a line: start, begin, window of a backfill, issue, end with a publisher's counts, done with the run's."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._run_id: int | None = None
        self._counts: dict[str, Counter[str]] = {}

    def run_started(self, run_id: int) -> None:
        self._run_id = run_id
        self._write("start")

    def publisher_started(self, publisher: str) -> None:
        self._write("begin", publisher=publisher)

    def window_started(self, publisher: str, window: str) -> None:
        self._write("window", publisher=publisher, window=window)

    def counts_changed(self, publisher: str, counts: Counter[str]) -> None:
        self._counts[publisher] = counts

    def issue_found(self, publisher: str, issue: Issue, url: str | None) -> None:
        told = {"level": issue.level, "code": issue.code, "message": redact(issue.message), "url": redact(url or "")}
        self._write("issue", publisher=publisher, **told)

    def publisher_ended(self, publisher: str) -> None:
        self._write("end", publisher=publisher, **self._counts.get(publisher, Counter()))

    def run_ended(self, exit_code: int, counts: Counter[str]) -> None:
        self._write("done", exit_code=exit_code, **counts)

    def _write(self, event: str, **values: Any) -> None:
        row = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "run_id": self._run_id, "event": event, **values}
        self._stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        self._stream.flush()


class _IssueLines(Progress):
    """Issues and windows of a backfill as lines on stderr, for -v without a terminal."""

    def window_started(self, publisher: str, window: str) -> None:
        sys.stderr.write(f"{publisher}: window {window}\n")

    def issue_found(self, publisher: str, issue: Issue, url: str | None) -> None:
        sys.stderr.write(f"{publisher}: {issue.level}: {issue.code}: {redact(issue.message)} {redact(url or '')}\n")


class _LiveTable(Progress):
    """A live table on a terminal, a row for each publisher at work."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.live import Live

        self._counts: dict[str, Counter[str]] = {}
        self._state: dict[str, str] = {}
        self._live: Live = Live(console=Console(stderr=True), get_renderable=self._table, refresh_per_second=4, transient=True)

    def __enter__(self) -> _LiveTable:
        self._live.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._live.stop()

    def publisher_started(self, publisher: str) -> None:
        self._state[publisher] = "…"

    def window_started(self, publisher: str, window: str) -> None:
        self._state[publisher] = window

    def counts_changed(self, publisher: str, counts: Counter[str]) -> None:
        self._counts[publisher] = counts

    def issue_found(self, publisher: str, issue: Issue, url: str | None) -> None:
        self._state[publisher] = f"{issue.code} {redact(url or '')}"[:60]

    def publisher_ended(self, publisher: str) -> None:
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
