"""The log of a run: JSON lines, appended to a file that is put aside when it has grown."""

from __future__ import annotations

import json
import logging
import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.moments import present
from scraper.redaction import redact
from scraper.run_journal import Progress

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from parsers.models import Issue


@dataclass(frozen=True, slots=True)
class LogFile:
    """Where the log goes, at how many megabytes it is put aside, and how many are kept: FILE.1 the latest."""

    path: str
    megabytes: int = 10
    keep: int = 5

    @contextmanager
    def opened(self, archive: Path) -> Iterator[Progress]:
        """Give a watcher that writes the log. Raises ArchiveError where the log, or one put aside, would be the archive."""
        from db.outputs import check_log

        for number in range(self.keep + 1):
            check_log(Path(f"{self.path}.{number}" if number else self.path), archive)
        handler = _RaisingHandler(self.path, maxBytes=self.megabytes * 1_000_000, backupCount=self.keep, encoding="utf-8")
        with closing(handler):
            yield _JsonLog(handler)


class _RaisingHandler(RotatingFileHandler):
    """A handler that says when nothing can be written; logging's own prints and goes on."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002 - its name and shape in logging
        error = sys.exc_info()[1]
        if error is not None:
            raise error


class _JsonLog(Progress):
    """One JSON object a line: start, begin, window of a backfill, issue, end with a publisher's counts, done with the run's."""

    def __init__(self, handler: RotatingFileHandler) -> None:
        self._handler = handler
        self._run_id: int | None = None
        self._counts: dict[str, Mapping[str, int]] = {}

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
        self._write("end", publisher=publisher, **self._counts.get(publisher, {}))

    def run_ended(self, exit_code: int, counts: Counter[str]) -> None:
        self._write("done", exit_code=exit_code, **counts)

    def _write(self, event: str, **values: Any) -> None:
        row = {"at": present().isoformat(timespec="milliseconds"), "run_id": self._run_id, "event": event, **values}
        self._handler.emit(logging.makeLogRecord({"msg": json.dumps(row, ensure_ascii=False)}))
