"""What the crawl knows: every address with its state and validators, every host with its manners, and a cache of sources.

States of an address: `new` (never answered), `done` (a document), `failed` (asked, gave nothing), `gap` (an id nobody has).
Moments are ISO 8601 in UTC with a Z, so that they compare as text.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING, Literal

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlite_utils import Database

State = Literal["new", "done", "failed", "gap"]
# An address that keeps failing is asked for in every run at first, then ever more rarely, but never forgotten.
_PATIENT_AFTER = 5
_DAYS_AT_MOST = 30
_ROWS = 200
_SCHEMA = (
    """CREATE TABLE frontier_urls (
      id INTEGER PRIMARY KEY,
      publisher TEXT NOT NULL,
      url TEXT NOT NULL,
      state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'done', 'failed', 'gap')),
      discovered_at TEXT NOT NULL,
      printed_at TEXT,
      asked_at TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      etag TEXT,
      last_modified TEXT,
      repeats INTEGER NOT NULL DEFAULT 0,
      is_main INTEGER NOT NULL DEFAULT 0 CHECK (is_main IN (0, 1)),
      document_id INTEGER REFERENCES documents(id) ON DELETE SET NULL,
      UNIQUE (publisher, url)
    ) STRICT""",
    "CREATE INDEX idx_frontier_urls_state ON frontier_urls(publisher, state, asked_at)",
    "CREATE INDEX idx_frontier_urls_document ON frontier_urls(document_id)",
    """CREATE TABLE frontier_hosts (
      host TEXT PRIMARY KEY,
      next_start REAL NOT NULL
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE frontier_sources (
      publisher TEXT NOT NULL,
      url TEXT NOT NULL,
      etag TEXT,
      last_modified TEXT,
      body BLOB NOT NULL,
      PRIMARY KEY (publisher, url)
    ) STRICT, WITHOUT ROWID""",
)


def create(db: Database) -> None:
    """The frontier's tables: one step of the archive's migrations."""
    for statement in _SCHEMA:
        db.execute(statement)


@dataclass(frozen=True, slots=True)
class FrontierUrl:
    """One address and what is known of it. `repeats` counts the 304s since its last body."""

    id: int
    url: str
    state: State
    asked_at: str | None
    printed_at: str | None
    etag: str | None
    last_modified: str | None
    repeats: int
    document_id: int | None


@dataclass(frozen=True, slots=True)
class CachedSource:
    """A feed, sitemap or robots.txt as it was last time, for the answer «not modified»."""

    etag: str | None
    last_modified: str | None
    body: bytes


_COLUMNS = "id, url, state, asked_at, printed_at, etag, last_modified, repeats, document_id"


class Frontier:
    """The frontier of one archive. Writing methods belong inside `Archive.transaction`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, publisher: str, urls: Iterable[tuple[str, str | None]], now: str) -> None:
        """Notes addresses and the moments printed beside them; known ones stay as they are."""
        self._db.conn.executemany(
            "INSERT INTO frontier_urls (publisher, url, printed_at, discovered_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (publisher, url) DO NOTHING",
            [(publisher, url, printed_at, now) for url, printed_at in urls],
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
        """One address, if it is known."""
        row = self._db.execute(
            f"SELECT {_COLUMNS} FROM frontier_urls WHERE publisher = ? AND url = ?",  # noqa: S608
            [publisher, url],
        ).fetchone()
        return FrontierUrl(*row) if row else None

    def waiting(self, publisher: str, now: str) -> Iterator[FrontierUrl]:
        """Addresses that have given nothing yet and deserve another try, newest first.

        Here and in `known` it is settled by the call which ones, but the rows are read when they are come to.
        """
        return self._rows(self._ids(
            "publisher = ? AND state IN ('new', 'failed', 'gap') AND (attempts < ? OR julianday(?) - julianday(asked_at) >= "
            "min(?, (1 << min(attempts - ?, 20)) / 24.0)) ORDER BY printed_at DESC, id",
            [publisher, _PATIENT_AFTER, now, _DAYS_AT_MOST, _PATIENT_AFTER],
        ))  # fmt: skip

    def known(self, publisher: str) -> Iterator[FrontierUrl]:
        """The addresses under which documents are looked at again, one a document, longest unseen first."""
        return self._rows(self._ids("publisher = ? AND state = 'done' AND is_main ORDER BY asked_at, id", [publisher]))

    def _ids(self, where: str, values: Sequence[object]) -> array[int]:
        sql = f"SELECT id FROM frontier_urls WHERE {where}"  # noqa: S608
        return array("q", (row[0] for row in self._db.execute(sql, values)))

    def _rows(self, ids: array[int]) -> Iterator[FrontierUrl]:
        for some in batched(ids, _ROWS):
            marks = ", ".join("?" * len(some))
            sql = f"SELECT {_COLUMNS} FROM frontier_urls WHERE id IN ({marks})"  # noqa: S608
            rows = {row[0]: FrontierUrl(*row) for row in self._db.execute(sql, list(some)).fetchall()}
            yield from (rows[id_] for id_ in some if id_ in rows)

    def found(self, url_id: int, document_id: int, now: str, etag: str | None, last_modified: str | None) -> None:
        """The address gave a document's page, with these validators. The first address of a document is its main one."""
        self._db.execute(
            "UPDATE frontier_urls SET state = 'done', asked_at = ?, attempts = 0, etag = ?, last_modified = ?, repeats = 0, "
            "document_id = ?, is_main = is_main OR NOT EXISTS (SELECT 1 FROM frontier_urls o WHERE o.document_id = ? "
            "AND o.is_main AND o.id <> frontier_urls.id) WHERE id = ?",
            [now, etag, last_modified, document_id, document_id, url_id],
        )

    def repeated(self, url_id: int, now: str) -> None:
        """The address answered that nothing has changed."""
        self._db.execute("UPDATE frontier_urls SET asked_at = ?, attempts = 0, repeats = repeats + 1 WHERE id = ?", [now, url_id])

    def failed(self, url_id: int, now: str, state: State = "failed") -> None:
        """The address gave nothing; that of a document stays one."""
        self._db.execute(
            "UPDATE frontier_urls SET state = CASE state WHEN 'done' THEN 'done' ELSE ? END, asked_at = ?, "
            "attempts = attempts + (? <> 'gap') WHERE id = ?",
            [state, now, state, url_id],
        )

    def hosts(self) -> dict[str, float]:
        """host:port → the moment (seconds of the epoch) before which nothing may be asked of it."""
        return dict(self._db.execute("SELECT host, next_start FROM frontier_hosts").fetchall())

    def remember_hosts(self, moments: dict[str, float]) -> None:
        """Keeps the hosts' next moments for the next run."""
        self._db.conn.executemany(
            "INSERT INTO frontier_hosts VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET next_start = excluded.next_start",
            sorted(moments.items()),
        )

    def source(self, publisher: str, url: str) -> CachedSource | None:
        """A source as it was last time."""
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
