"""What a run shows while it goes: a live table on a terminal, JSON lines in a file, nothing in a pipe."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from scraper.redaction import redact
from scraper.run_journal import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.live import Live
    from rich.table import Table

    from parsers.models import Issue
    from scraper.cli.log_file import LogFile
    from scraper.cli.options import Settings

_SHOWN = ("discovered", "fetched", "not_modified", "inserted", "updated", "failed")


@contextmanager
def watching(settings: Settings, log: LogFile | None) -> Iterator[Progress]:
    """Give the watcher that fits: for a terminal, a log file, both or neither."""
    from contextlib import ExitStack

    watchers: list[Progress] = []
    with ExitStack() as stack:
        if log:
            watchers.append(stack.enter_context(log.opened(settings.db)))
        if sys.stderr.isatty() and settings.verbosity >= 0 and not settings.as_json:
            watchers.append(stack.enter_context(_LiveTable()))
        elif settings.verbosity > 0:
            watchers.append(_IssueLines())
        yield _ProgressGroup(watchers)


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
