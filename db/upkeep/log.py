"""What the last check of an archive found, and the archive on one screen."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from db.meta import get_meta, set_meta
from db.moments import now
from db.read.run_outcomes import last_run
from db.statements import statement
from db.write_ahead_log import log_state
from parsers.models import Issue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from db.upkeep.check import Finding


@dataclass(frozen=True, slots=True)
class LastCheck:
    """When an archive was checked, ISO 8601 with an offset, None for never; and a sentence for each thing that was wrong."""

    checked_at: str | None = None
    findings: tuple[str, ...] = ()


def outcome(findings: Sequence[Finding]) -> LastCheck:
    """Return what a check that ends now has found."""
    return LastCheck(now(), tuple(f"{one.code}: {one.message}" for one in findings))


def note_check(db: Database, findings: Sequence[Finding]) -> None:
    """Keep the outcome of a check in the archive, for `health` and `status`."""
    set_meta(db, "last_check", json.dumps(asdict(outcome(findings)), ensure_ascii=False))


def last_check(db: Database) -> LastCheck:
    """Return what was kept of the last check."""
    found = json.loads(get_meta(db, "last_check") or "{}")
    return LastCheck(found.get("checked_at"), tuple(found.get("findings", ())))


def check_issues(db: Database) -> tuple[Issue, ...]:
    """Return an error for each finding of the last check."""
    last = last_check(db)
    return tuple(Issue("error", "unsound", f"{finding} (checked {last.checked_at})") for finding in last.findings)


def status(db: Database, path: Path) -> dict[str, Any]:
    """Return what an archive holds and when what was done with it last; sizes in bytes."""
    counts = dict(next(iter(db.query(statement("upkeep/status")))))
    run, last = last_run(db), last_check(db)
    sizes = {"archive": str(path), "bytes": path.stat().st_size, **log_state(path)}
    ran = {"last_run": f"{run['command']} {run['status']} {run['started_at']}" if run else None}
    checks = {"checked_at": last.checked_at, "findings": len(last.findings)}
    return sizes | counts | ran | checks
