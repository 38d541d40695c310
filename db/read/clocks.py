"""Moments of an archive that lie in the future: the clock was ahead when they were written, or is behind now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.moments import SLACK, present, utc
from db.statements import statement
from parsers.models import Issue

if TYPE_CHECKING:
    from sqlite_utils import Database


def clock_issues(db: Database) -> tuple[Issue, ...]:
    """Return one error for each kind of stored moment that is more than a day after now."""
    limit = utc(present() + SLACK)
    rows = db.execute(statement("read/future_moments"), {"limit": limit}).fetchall()
    return tuple(
        Issue("error", "clock_jumped", f"{count} {what} lie in the future, the last at {last}: the clock was, or is, wrong")
        for what, count, last in rows
        if count
    )
