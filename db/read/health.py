"""Whether a publisher's documents are what its file expects, or, where it says nothing, what is usual."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from db.moments import present, utc
from db.statements import statement
from parsers.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

FIELDS = ("kicker", "title", "lead", "body", "news_code", "agency", "category", "published_at", "modified_at")
CODES = frozenset({"too_few_new", "stale_source", "fields_missing", "undated", "untitled", "short_bodies"})
_LATEST = 100
# What is usual of a publisher whose file says nothing: at least so many articles judged, so many of them dated and titled, and
# the latest bodies no shorter than this part of those before them, nor than so many letters.
_FEWEST = 5
_USUAL = 0.8
_SHORTER = 0.25
_SHORTEST = 80
_ARTICLES = statement("read/latest_articles")


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
    since = utc(present() - timedelta(days=days))
    sql = "SELECT count(*) FROM articles WHERE publisher = ? AND datetime(first_seen_at) >= datetime(?)"
    new = int(db.execute(sql, [publisher, since]).fetchone()[0])
    issues = []
    if new < min_new:
        issues.append(Issue("error", "too_few_new", f"{new} new documents in {days} days, {min_new} are expected"))
    newest = _newest(db, publisher)
    if stale_days and newest and newest < present() - timedelta(days=stale_days):
        age = (present() - newest).days
        issues.append(Issue("error", "stale_source", f"the newest document is {age} days old, {stale_days:g} are usual at most"))
    missing = [text for name in fields if name in FIELDS and (text := _unfilled(db, publisher, name, filled))]
    if missing:
        issues.append(Issue("error", "fields_missing", "; ".join(missing)))
    return tuple(issues)


def judge_usual(db: Database, publisher: str) -> tuple[Issue, ...]:
    """Return a warning for each thing that is not usual of news: articles without a day or a title, bodies that became short."""
    latest = db.execute(_ARTICLES, {"publisher": publisher, "limit": _LATEST}).fetchall()
    if len(latest) < _FEWEST:
        return ()
    issues = []
    for column, code, what in ((0, "undated", "a day of publication"), (1, "untitled", "a title")):
        empty = sum(1 for row in latest if not row[column])
        if empty > len(latest) * (1 - _USUAL):
            message = f"{empty} of the latest {len(latest)} articles are without {what}"
            issues.append(Issue("warning", code, message))
    if short := _shortened([row[2] for row in latest]):
        issues.append(Issue("warning", "short_bodies", short))
    return tuple(issues)


def _shortened(lengths: list[int]) -> str | None:
    """Return what is wrong with the lengths of bodies, the latest first; None where they are usual."""
    new, before = lengths[: max(_FEWEST, len(lengths) // 5)], lengths[max(_FEWEST, len(lengths) // 5) :]
    now = int(median(new))
    if now < _SHORTEST:
        return f"the latest {len(new)} bodies have {now} letters (median)"
    if len(before) >= _FEWEST and now < median(before) * _SHORTER:
        return f"the latest {len(new)} bodies have {now} letters (median), those before them {int(median(before))}"
    return None


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
