"""What can be read of a damaged archive, into a new one: captures first, from which everything else is made again.

Captures keep their numbers. Documents come back when the captures are parsed; `finish` then adds what no capture has: when pages
were seen again, and which addresses a crawl knows.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.errors import ArchiveError
from db.sqlite import Database
from db.statements import statement
from db.write.captures import Captures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.archive import Archive

_MISSES = 20_000  # rows in a row that cannot be read, after which there are none
_CAPTURE = (
    "SELECT c.id, p.slug, p.name, p.homepage, c.blob_id, c.named_publisher, c.url, c.final_url, c.status, c.fetched_at, "
    "c.stored_at, c.headers, c.request_headers FROM captures c LEFT JOIN publishers p ON p.id = c.publisher_id WHERE c.id = ?"
)
# Tables that are copied row by row as they are: what people decided, what was crawled.
_PLAIN = ("law_decisions", "frontier_publishers", "frontier_urls", "backfill_listed")


@dataclass(slots=True)
class Recovered:
    """How many rows of what were read, and how many were lost."""

    read: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


class Recovery:
    """One damaged file, and the new archive that takes from it."""

    def __init__(self, old: Path, archive: Archive) -> None:
        """Open the damaged file for reading. Raises ArchiveError if SQLite cannot read it at all."""
        self._archive = archive
        self.result = Recovered()
        connection = sqlite3.connect(f"{old.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        self._old = Database(connection)
        try:
            connection.execute("PRAGMA writable_schema = ON")  # a schema that is damaged in part is read as far as it goes
            connection.execute("SELECT count(*) FROM captures WHERE id = 1").fetchone()
        except sqlite3.DatabaseError as error:
            raise ArchiveError(f"{old}: nothing can be read ({error}); restore a backup") from error

    def copy_captures(self) -> None:
        """Copy every capture whose bytes are whole."""
        captures = Captures(self._old)
        for capture_id in self._ids("captures"):
            try:
                row = self._old.execute(_CAPTURE, [capture_id]).fetchone()
                if row is None:
                    continue
                body = captures.body(row[4])
            except (sqlite3.Error, ArchiveError, TypeError, ValueError):
                self.result.lost["captures"] += 1
                continue
            self._archive.add_unparsed(row, body)
            self.result.read["captures"] += 1
        self.result.lost["captures"] += self._missing()

    def _missing(self) -> int:
        """Return how many numbers up to the last capture have no row: captures are numbered without gaps."""
        with suppress(sqlite3.Error):
            last, many = self._old.execute("SELECT ifnull(max(id), 0), count(*) FROM captures").fetchone()
            return int(last) - int(many)
        return 0

    def copy_the_rest(self) -> None:
        """Copy decisions, what crawls know, the moments of sightings and watches, after the captures were parsed again."""
        for table in _PLAIN:
            self._copy_table(table)
        self._archive.db.execute(statement("upkeep/link_addresses"))
        for document_id, seen_at, digest in self._sightings():
            with suppress(ArchiveError, ValueError):
                self._archive.note_sighting(document_id, seen_at, digest)
                self.result.read["sightings"] += 1
        self._copy_watches()

    def _copy_watches(self) -> None:
        """Add the watches again: what they find now counts as told."""
        try:
            rows = self._old.execute("SELECT name, query, targets, digest, is_declared FROM watches").fetchall()
        except sqlite3.Error:  # of a version without watches, or damaged
            return
        for name, query, targets, digest, is_declared in rows:
            try:
                self._archive.watches.add(name, query, json.loads(targets), digest, is_declared=bool(is_declared))
                self.result.read["watches"] += 1
            except (ArchiveError, ValueError, TypeError):
                self.result.lost["watches"] += 1

    def close(self) -> None:
        """Close the damaged file."""
        self._old.close()

    def _ids(self, table: str) -> Iterator[int]:
        """Return the ids of a table; where its tree is broken, every id there can be, until many in a row are not there."""
        try:
            yield from [row[0] for row in self._old.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()]  # noqa: S608
        except sqlite3.Error:
            yield from self._probed_ids(table)

    def _probed_ids(self, table: str) -> Iterator[int]:
        misses = number = 0
        while misses < _MISSES:
            number += 1
            try:
                found = self._old.execute(f"SELECT 1 FROM {table} WHERE id = ?", [number]).fetchone()  # noqa: S608
            except sqlite3.Error:
                found = None
                self.result.lost[table] += 1
                misses += 1
                continue
            misses = 0 if found else misses + 1
            if found:
                yield number
        self.result.lost[table] -= min(misses, self.result.lost[table])

    def _copy_table(self, table: str) -> None:
        known = [row[1] for row in self._archive.db.execute(f"PRAGMA table_info({table})").fetchall()]
        try:
            cursor = self._old.execute(f"SELECT * FROM {table}")  # noqa: S608
        except sqlite3.Error:
            self.result.lost[table] += 1
            return
        columns = [column[0] for column in cursor.description]
        kept = [column for column in columns if column in known and column != "document_id"]
        sql = f"INSERT OR IGNORE INTO {table} ({', '.join(kept)}) VALUES ({', '.join('?' * len(kept))})"  # noqa: S608
        while True:
            try:
                row = cursor.fetchone()
            except sqlite3.Error:
                self.result.lost[table] += 1
                return
            if row is None:
                return
            values = dict(zip(columns, row, strict=True))
            with suppress(sqlite3.IntegrityError):
                self._archive.db.execute(sql, [values[column] for column in kept])
                self.result.read[table] += 1

    def _sightings(self) -> list[tuple[int, str, bytes]]:
        """Return document, moment and text of each sighting whose capture came back."""
        found = []
        with suppress(sqlite3.Error):
            for seen_at, capture_id in self._old.execute("SELECT seen_at, capture_id FROM sightings"):
                sql = "SELECT document_id, text_hash FROM revisions WHERE capture_id = ?"
                row = self._archive.db.execute(sql, [capture_id]).fetchone()
                if row:
                    found.append((row[0], seen_at, row[1]))
        return found
