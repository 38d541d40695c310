"""Whether a publisher's documents are what its file expects: enough new ones, their fields filled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from parsers.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

FIELDS = ("kicker", "title", "lead", "body", "news_code", "agency", "category", "published_at", "modified_at")
_LATEST = 100


def judge(db: Database, publisher: str, *, min_new: int, days: int, filled: float, fields: Iterable[str]) -> tuple[Issue, ...]:
    """What is not so: `min_new` documents first seen in the last `days`, `fields` filled in a share `filled` of the latest."""
    since = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    sql = "SELECT count(*) FROM articles WHERE publisher = ? AND datetime(first_seen_at) >= datetime(?)"
    new = int(db.execute(sql, [publisher, since]).fetchone()[0])
    issues = []
    if new < min_new:
        issues.append(Issue("error", "too_few_new", f"{new} new documents in {days} days, {min_new} are expected"))
    missing = [text for name in fields if name in FIELDS and (text := _unfilled(db, publisher, name, filled))]
    if missing:
        issues.append(Issue("error", "fields_missing", "; ".join(missing)))
    return tuple(issues)


def _unfilled(db: Database, publisher: str, name: str, share: float) -> str | None:
    sql = (
        f"SELECT count(*), count(nullif({name}, '')) FROM "  # noqa: S608 - a name of FIELDS
        f"(SELECT {name} FROM articles WHERE publisher = ? ORDER BY document_id DESC LIMIT {_LATEST})"
    )
    total, full = db.execute(sql, [publisher]).fetchone()
    return f"{name} is filled in {full} of the latest {total}" if full < total * share else None
