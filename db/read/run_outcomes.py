"""How runs ended: those whose process died are `interrupted`, whatever their row still says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.lock import is_written_to
from parsers.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_LOG = "SELECT * FROM run_log ORDER BY run_id DESC LIMIT ?"
_LATEST = "SELECT * FROM run_log WHERE run_id IN (SELECT max(id) FROM runs GROUP BY command) ORDER BY run_id DESC LIMIT ?"


def run_log(db: Database, limit: int | None = None) -> list[dict[str, Any]]:
    """Return rows of the view `run_log`, the latest run first.

    A run that says `running` while nobody writes to the archive was killed: its status is `interrupted` here.
    """
    return _runs(db, _LOG, -1 if limit is None else limit)


def last_run(db: Database) -> dict[str, Any] | None:
    """Return the latest run as `run_log` does, None before the first."""
    return next(iter(run_log(db, 1)), None)


def run_issues(db: Database) -> tuple[Issue, ...]:
    """Return a warning for each command whose latest run was interrupted or could not store all that it was given."""
    return tuple(_issues(_runs(db, _LATEST, -1)))


def _issues(runs: list[dict[str, Any]]) -> Iterator[Issue]:
    for run in runs:
        name = f"run {run['run_id']} ({run['command']}, begun at {run['started_at']})"
        if run["status"] == "interrupted":
            yield Issue("warning", "run_interrupted", f"{name} was cut off; what it stored is there, run it again for the rest")
        elif run["command"] != "crawl" and run["failed"]:  # what a crawl could not fetch has issues of its own
            yield Issue("warning", "run_failed", f"{name} could not store {run['failed']} of what it was given; add those again")


def _runs(db: Database, sql: str, limit: int) -> list[dict[str, Any]]:
    """Return runs, with what became of those that nobody works on.

    A run may end, and another begin, between the reading and the look at the lock: only what is so twice is believed.
    """
    rows: list[dict[str, Any]] = []
    for _ in range(2):
        rows = list(db.query(sql, [limit]))
        if not any(row["status"] == "running" for row in rows) or is_written_to(_file_of(db)):
            return rows
    return [row | {"status": "interrupted"} if row["status"] == "running" else row for row in rows]


def _file_of(db: Database) -> Path:
    return Path(str(db.execute("PRAGMA database_list").fetchone()[2]))
