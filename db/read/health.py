"""Whether a publisher's documents are what its file expects: enough new ones, their fields filled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from parsers.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

FIELDS = ("kicker", "title", "lead", "body", "news_code", "agency", "category", "published_at", "modified_at")
CODES = frozenset({"too_few_new", "stale_source", "fields_missing"})
_LATEST = 100


def judge(
    db: Database,
    publisher: str,
    *,
    min_new: int,
    days: int,
    filled: float,
    fields: Iterable[str],
    stale_days: float | None = None,
) -> tuple[Issue, ...]:
    """What is not so: `min_new` documents first seen in the last `days`, the newest published no longer than `stale_days` ago,
    `fields` filled in a share `filled` of the latest hundred."""  # fmt: skip
    since = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    sql = "SELECT count(*) FROM articles WHERE publisher = ? AND datetime(first_seen_at) >= datetime(?)"
    new = int(db.execute(sql, [publisher, since]).fetchone()[0])
    issues = []
    if new < min_new:
        issues.append(Issue("error", "too_few_new", f"{new} new documents in {days} days, {min_new} are expected"))
    newest = _newest(db, publisher)
    if stale_days and newest and newest < datetime.now(UTC) - timedelta(days=stale_days):
        age = (datetime.now(UTC) - newest).days
        issues.append(Issue("error", "stale_source", f"the newest document is {age} days old, {stale_days:g} are usual at most"))
    missing = [text for name in fields if name in FIELDS and (text := _unfilled(db, publisher, name, filled))]
    if missing:
        issues.append(Issue("error", "fields_missing", "; ".join(missing)))
    return tuple(issues)


def _newest(db: Database, publisher: str) -> datetime | None:
    sql = "SELECT max(coalesce(published_on, substr(first_seen_at, 1, 10))) FROM articles WHERE publisher = ?"
    day = db.execute(sql, [publisher]).fetchone()[0]
    return datetime.fromisoformat(f"{day}T23:59:59+00:00") if day else None


def _unfilled(db: Database, publisher: str, name: str, share: float) -> str | None:
    sql = (
        f"SELECT count(*), count(nullif({name}, '')) FROM "  # noqa: S608 - a name of FIELDS
        f"(SELECT {name} FROM articles WHERE publisher = ? ORDER BY document_id DESC LIMIT {_LATEST})"
    )
    total, full = db.execute(sql, [publisher]).fetchone()
    return f"{name} is filled in {full} of the latest {total}" if full < total * share else None
