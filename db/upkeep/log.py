"""What the last check of an archive found, and the archive on one screen."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from db.meta import get_meta, set_meta
from db.moments import now
from db.statements import statement
from db.write_ahead_log import log_state
from parsers.models import Issue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from db.upkeep.check import Finding


def note_check(db: Database, findings: Sequence[Finding]) -> None:
    """Keep the outcome of a check in the archive, for `health` and `status`."""
    value = {"checked_at": now(), "findings": [f"{one.code}: {one.message}" for one in findings]}
    set_meta(db, "last_check", json.dumps(value, ensure_ascii=False))


def check_issues(db: Database) -> tuple[Issue, ...]:
    """Return an error for each finding of the last check."""
    noted = _last_check(db)
    return tuple(Issue("error", "unsound", f"{finding} (checked {noted['checked_at']})") for finding in noted.get("findings", ()))


def status(db: Database, path: Path) -> dict[str, Any]:
    """Return what an archive holds and when what was done with it last; sizes in bytes."""
    counts = dict(next(iter(db.query(statement("upkeep/status")))))
    noted = _last_check(db)
    sizes = {"archive": str(path), "bytes": path.stat().st_size, **log_state(path)}
    checks = {"checked_at": noted.get("checked_at"), "findings": len(noted.get("findings", ()))}
    return sizes | counts | checks


def _last_check(db: Database) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(get_meta(db, "last_check") or "{}")
    return found
