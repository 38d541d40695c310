"""How far back a publisher has been listed: spans of days, by source. What is noted here is not asked for again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db.moments import SLACK, present, utc

if TYPE_CHECKING:
    from sqlite_utils import Database

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Visited:
    """Addresses of a span of days: documents there are, addresses that have not been asked for, and such that gave nothing."""

    documents: int
    waiting: int
    failed: int


class ListedSpans:
    """The spans of one publisher. Writing methods belong inside `Archive.transaction`."""

    def __init__(self, db: Database, publisher: str) -> None:
        self._db = db
        self._publisher = publisher

    def covers(self, source: str, first: date, last: date) -> bool:
        """Return whether the source has been listed to its end for all of these days."""
        return self._has(source, first, last)

    def touches(self, source: str, first: date, last: date) -> bool:
        """Return whether it has for some of them."""
        return self._has(source, last, first)

    def _has(self, source: str, begins: date, ends: date) -> bool:
        """Return whether there is a span that begins on the one day or before it, and ends on the other or after it."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM backfill_listed WHERE publisher = ? AND source = ? AND first_on <= ? AND last_on >= ? "
            "AND finished_at <= ?)"
        )
        values = [self._publisher, source, begins.isoformat(), ends.isoformat(), self._latest()]
        return bool(self._db.execute(sql, values).fetchone()[0])

    def _latest(self) -> str:
        """Return the latest moment that is believed: a clock that was ahead listed days that had not been."""
        return utc(present() + SLACK)

    def finish(self, source: str, first: date, last: date) -> None:
        """Notes that it has; spans that touch become one."""
        sql = "DELETE FROM backfill_listed WHERE publisher = ? AND source = ? AND finished_at > ?"
        self._db.execute(sql, [self._publisher, source, self._latest()])
        touching = (
            "publisher = ? AND source = ? AND first_on <= ? AND last_on >= ?",
            [self._publisher, source, (last + _DAY).isoformat(), (first - _DAY).isoformat()],
        )
        sql = f"SELECT min(first_on), max(last_on) FROM backfill_listed WHERE {touching[0]}"  # noqa: S608
        begin, end = self._db.execute(sql, touching[1]).fetchone()
        self._db.execute(f"DELETE FROM backfill_listed WHERE {touching[0]}", touching[1])  # noqa: S608
        self._db.execute(
            "INSERT INTO backfill_listed VALUES (?, ?, ?, ?, ?)",
            [self._publisher, source, min(begin or first.isoformat(), first.isoformat()),
             max(end or last.isoformat(), last.isoformat()), utc(present())],
        )  # fmt: skip

    def ask(self, first: date, last: date) -> None:
        """Notes that a backfill was asked for these days."""
        self._db.execute(
            "INSERT INTO frontier_publishers (publisher, backfill_from, backfill_to) VALUES (?, ?, ?) "
            "ON CONFLICT (publisher) DO UPDATE SET backfill_from = min(coalesce(backfill_from, excluded.backfill_from), "
            "excluded.backfill_from), backfill_to = max(coalesce(backfill_to, excluded.backfill_to), excluded.backfill_to)",
            [self._publisher, first.isoformat(), last.isoformat()],
        )

    def asked(self) -> tuple[date, date] | None:
        """Return the first and the last day that a backfill was asked for; None: there was none."""
        sql = "SELECT backfill_from, backfill_to FROM frontier_publishers WHERE publisher = ? AND backfill_from IS NOT NULL"
        row = self._db.execute(sql, [self._publisher]).fetchone()
        return (date.fromisoformat(row[0]), date.fromisoformat(row[1])) if row else None

    def visited(self, first: date, last: date) -> Visited:
        """Return what has come of the addresses whose latest day of publication is one of these."""
        sql = (
            "SELECT count(*) FILTER (WHERE state = 'done' AND is_main), count(*) FILTER (WHERE state = 'new'), "
            "count(*) FILTER (WHERE state = 'failed') FROM frontier_urls WHERE publisher = ? AND latest_on BETWEEN ? AND ?"
        )
        return Visited(*self._db.execute(sql, [self._publisher, first.isoformat(), last.isoformat()]).fetchone())
