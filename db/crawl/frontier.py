"""What the crawl knows: every address with its state and validators, every host with its manners, and a cache of sources.

States of an address: `new` (never answered), `done` (a document), `failed` (asked, gave nothing), `gap` (an id nobody has).
The view `frontier` shows them, which comes first and when each is asked for next. Moments are ISO 8601 in UTC with a Z, so
that they compare as text.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from typing import TYPE_CHECKING, Literal, NamedTuple

import zstandard

from db.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from sqlite_utils import Database

State = Literal["new", "done", "failed", "gap"]
# How long a page is left alone, in seconds, by its age in days when it was asked for: texts are mended mostly on their first day.
_PATIENCE = ((1, 3 * 3600), (7, 86400), (60, 14 * 86400))
_OLD = 90 * 86400
# An address that keeps failing is asked for in every run at first, then ever more rarely, but never forgotten.
_PATIENT_AFTER = 5
_DAYS_AT_MOST = 30
_AGE = "julianday(asked_at) - julianday(min(coalesce(printed_at, discovered_at), discovered_at))"
_BY_AGE = f"CASE {' '.join(f'WHEN {_AGE} <= {days} THEN {wait}' for days, wait in _PATIENCE)} ELSE {_OLD} END"
_RECHECK = f"coalesce((SELECT recheck FROM frontier_publishers p WHERE p.publisher = frontier_urls.publisher), {_BY_AGE})"  # noqa: S608
_RETRY = f"min({_DAYS_AT_MOST} * 86400, 3600 << min(attempts - {_PATIENT_AFTER}, 20))"
_NEXT = (
    "CASE WHEN state = 'new' THEN discovered_at WHEN state = 'done' AND NOT is_main THEN NULL "
    f"WHEN state = 'failed' AND attempts < {_PATIENT_AFTER} THEN asked_at ELSE strftime('%Y-%m-%dT%H:%M:%fZ', asked_at, "
    f"'+' || CASE state WHEN 'failed' THEN {_RETRY} ELSE {_RECHECK} END || ' seconds') END"
)
_ROWS = 200
_CORRECT_FUTURE = (statement("crawl/correct_future_asked"), statement("crawl/correct_future_next"))


class Discovered(NamedTuple):
    """An address that a source names.

    url:                    its key (`parsers.page.urls.canonicalize`), by which addresses are compared
    named:                  the address as the source names it, to be asked for; None: the same as the key
    printed_at:             the moment next to it, in UTC
    earliest_on, latest_on: the days (ISO) within which it was published, as far as the source says
    """

    url: str
    named: str | None = None
    printed_at: str | None = None
    earliest_on: str | None = None
    latest_on: str | None = None


@dataclass(frozen=True, slots=True)
class FrontierUrl:
    """One address and what is known of it.

    url:     its key; `asked` is the address to ask for
    repeats: the 304s since its last body
    """

    id: int
    url: str
    state: State
    asked_at: str | None
    etag: str | None
    last_modified: str | None
    repeats: int
    document_id: int | None
    asked: str


@dataclass(frozen=True, slots=True)
class CachedSource:
    """A feed, sitemap or robots.txt as it was last time, for the answer «not modified»."""

    etag: str | None
    last_modified: str | None
    body: bytes


_COLUMNS = "id, url, state, asked_at, etag, last_modified, repeats, document_id, coalesce(named, url)"


class Frontier:
    """The frontier of one archive. Writing methods belong inside `Archive.transaction`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def declare(self, publisher: str, recheck: float | None) -> None:
        """Notes what the publisher's file says: seconds until a known document is asked for again, None: by its age."""
        changed = self._db.execute(
            "INSERT INTO frontier_publishers (publisher, recheck) VALUES (?, ?) ON CONFLICT (publisher) DO UPDATE SET "
            "recheck = excluded.recheck WHERE recheck IS NOT excluded.recheck",
            [publisher, recheck],
        ).rowcount
        if changed:
            self._db.execute(f"UPDATE frontier_urls SET next_at = {_NEXT} WHERE publisher = ?", [publisher])  # noqa: S608

    def correct_future(self, publisher: str, now: str) -> int:
        """Make addresses due whose moments lie in the future, which a wrong clock has told; return how many there were.

        Moments within an hour after `now` are believed: clocks are set by that much. An address that was never asked for, or is
        to be asked for again without a pause, is due at any rate.
        """
        # Due for a clock as well that is set back by less than that before the next run.
        values = {"publisher": publisher, "now": now, "limit": _hours_after(now, 1), "due": _hours_after(now, -1)}
        return sum(self._db.execute(sql, values).rowcount for sql in _CORRECT_FUTURE)

    def add(self, publisher: str, addresses: Iterable[Discovered], now: str) -> None:
        """Notes addresses; known ones stay as they are, unless only now a source tells their days."""
        self._db.conn.executemany(
            "INSERT INTO frontier_urls (publisher, url, named, printed_at, earliest_on, latest_on, discovered_at, next_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (publisher, url) DO UPDATE SET earliest_on = excluded.earliest_on, "
            "latest_on = excluded.latest_on WHERE earliest_on IS NULL AND excluded.latest_on IS NOT NULL "
            "AND (excluded.earliest_on IS NOT NULL OR latest_on IS NULL)",
            [(publisher, *address, now, now) for address in addresses],
        )

    def begin_listing(self, publisher: str) -> None:
        """To be called before a publisher's discovery: nothing has been listed yet."""
        self._db.execute(
            "CREATE TEMP TABLE IF NOT EXISTS listed (publisher TEXT, url TEXT, PRIMARY KEY (publisher, url)) WITHOUT ROWID"
        )
        self._db.execute("DELETE FROM temp.listed WHERE publisher = ?", [publisher])

    def list(self, publisher: str, urls: Iterable[str]) -> int:
        """How many of these addresses this run's discovery had not listed before; kept on disk, a sitemap may name millions."""
        rows = [(publisher, url) for url in urls]
        return self._db.conn.executemany("INSERT OR IGNORE INTO temp.listed VALUES (?, ?)", rows).rowcount if rows else 0

    def get(self, publisher: str, url: str) -> FrontierUrl | None:
        """Return one address, if it is known."""
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM frontier_urls WHERE publisher = ? AND url = ?",  # noqa: S608
            [publisher, url],
        ).fetchone()
        return FrontierUrl(*row) if row else None

    def due(self, publisher: str, now: str) -> Iterator[FrontierUrl]:
        """Return what is to be asked for now: new addresses, newest first, then further tries, then documents, hot ones first.

        It is settled by the call which ones, but the rows are read when they are come to.
        """
        return self._due("publisher = ? AND next_at <= ?", [publisher, now])

    def due_within(
        self, publisher: str, now: str, begun: str, window: tuple[date, date], until: date | None = None
    ) -> Iterator[FrontierUrl]:
        """Those of them whose latest day is in the window, and with `until` those that may be of that day or before it.

        Nothing that was asked for since `begun` comes again, though its page may have told that it is of an earlier window.
        """
        first, last = window
        limit = (until or last).isoformat()
        return self._due(
            "publisher = ? AND next_at <= ? AND latest_on BETWEEN ? AND ? AND coalesce(earliest_on, '') <= ? "
            "AND (state <> 'done' OR latest_on <= ?) AND coalesce(asked_at, '') < ?",
            [publisher, now, first.isoformat(), "9" if until else last.isoformat(), limit, limit, begun],
        )

    def due_undated(self, publisher: str, now: str, begun: str) -> Iterator[FrontierUrl]:
        """Those of them of which no day is known, and no document yet."""
        return self._due(
            "publisher = ? AND next_at <= ? AND latest_on IS NULL AND state <> 'done' AND coalesce(asked_at, '') < ?",
            [publisher, now, begun],
        )

    def _due(self, where: str, values: Sequence[object]) -> Iterator[FrontierUrl]:
        sql = (
            f"SELECT url_id FROM frontier WHERE {where} ORDER BY priority, "  # noqa: S608 - our own conditions
            "CASE WHEN state <> 'done' THEN coalesce(printed_at, latest_on) END DESC, "
            "CASE WHEN state = 'done' THEN next_at END, url_id"
        )
        return self._rows(array("q", (row[0] for row in self._db.execute(sql, values))))

    def _rows(self, ids: array[int]) -> Iterator[FrontierUrl]:
        for some in batched(ids, _ROWS):
            marks = ", ".join("?" * len(some))
            sql = f"SELECT {_COLUMNS} FROM frontier_urls WHERE id IN ({marks})"  # noqa: S608
            rows = {row[0]: FrontierUrl(*row) for row in self._db.execute(sql, list(some)).fetchall()}
            yield from (rows[id_] for id_ in some if id_ in rows)

    def found(
        self, url_id: int, document_id: int, now: str, etag: str | None, last_modified: str | None,
        published: tuple[str, str] | None = None,
    ) -> None:  # fmt: skip
        """The address gave a document's page, with these validators, and `published` at this moment (UTC), on this day.

        The first address of a document is its main one.
        """
        moment, day = published or (None, None)
        self._db.execute(
            "UPDATE frontier_urls SET state = 'done', asked_at = ?, attempts = 0, etag = ?, last_modified = ?, repeats = 0, "
            "document_id = ?, is_main = is_main OR NOT EXISTS (SELECT 1 FROM frontier_urls o WHERE o.document_id = ? "
            "AND o.is_main AND o.id <> frontier_urls.id), printed_at = coalesce(printed_at, ?), "
            "earliest_on = coalesce(?, earliest_on), latest_on = coalesce(?, latest_on) WHERE id = ?",
            [now, etag, last_modified, document_id, document_id, moment, day, day, url_id],
        )
        self._plan(url_id)

    def stored(self, url_id: int, now: str) -> None:
        """Note that the address gave a page whose document is looked at under another address."""
        self._db.execute("UPDATE frontier_urls SET state = 'done', asked_at = ?, attempts = 0 WHERE id = ?", [now, url_id])
        self._plan(url_id)

    def repeated(self, url_id: int, now: str) -> None:
        """The address answered that nothing has changed."""
        self._db.execute("UPDATE frontier_urls SET asked_at = ?, attempts = 0, repeats = repeats + 1 WHERE id = ?", [now, url_id])
        self._plan(url_id)

    def failed(self, url_id: int, now: str, state: State = "failed") -> None:
        """The address gave nothing; that of a document stays one."""
        self._db.execute(
            "UPDATE frontier_urls SET state = CASE state WHEN 'done' THEN 'done' ELSE ? END, asked_at = ?, "
            "attempts = attempts + (? <> 'gap') WHERE id = ?",
            [state, now, state, url_id],
        )
        self._plan(url_id)

    def _plan(self, url_id: int) -> None:
        """Settles when the address is asked for next."""
        self._db.execute(f"UPDATE frontier_urls SET next_at = {_NEXT} WHERE id = ?", [url_id])  # noqa: S608

    def hosts(self) -> dict[str, float]:
        """host:port → the moment (seconds of the epoch) before which nothing may be asked of it."""
        return dict(self._db.execute("SELECT host, next_start FROM frontier_hosts").fetchall())

    def remember_hosts(self, moments: dict[str, float]) -> None:
        """Keeps the hosts' next moments for the next run."""
        self._db.conn.executemany(
            "INSERT INTO frontier_hosts VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET next_start = excluded.next_start",
            sorted(moments.items()),
        )

    def move_hosts(self, seconds: float) -> None:
        """Put the hosts' next moments off by so many seconds: the clock by which they go was set."""
        self._db.execute("UPDATE frontier_hosts SET next_start = next_start + ?", [seconds])

    def source(self, publisher: str, url: str) -> CachedSource | None:
        """Return a source as it was last time."""
        row = self._db.execute(
            "SELECT etag, last_modified, body FROM frontier_sources WHERE publisher = ? AND url = ?", [publisher, url]
        ).fetchone()
        return CachedSource(row[0], row[1], zstandard.decompress(row[2])) if row else None

    def remember_source(self, publisher: str, url: str, source: CachedSource) -> None:
        """Keeps a source that came with validators."""
        self._db.execute(
            "INSERT INTO frontier_sources VALUES (?, ?, ?, ?, ?) ON CONFLICT (publisher, url) DO UPDATE SET "
            "etag = excluded.etag, last_modified = excluded.last_modified, body = excluded.body",
            [publisher, url, source.etag, source.last_modified, zstandard.compress(source.body)],
        )


def _hours_after(moment: str, hours: int) -> str:
    return (datetime.fromisoformat(moment) + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%SZ")
