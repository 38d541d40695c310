"""The archive: one SQLite file, one writer, any number of readers."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from db.answers import Answers
from db.authority import Authority
from db.connection import MEMORY, open_reader, open_writer
from db.crawl.frontier import Frontier
from db.crawl.runs import Runs
from db.errors import (
    ArchiveError,
    ArchiveLocked,
    ArchiveMissing,
    ForeignDatabase,
    NewerArchive,
    NotADatabase,
    OlderArchive,
    ReadOnlyArchive,
)
from db.law import derived_rows
from db.lock import WriterLock
from db.migrations import migrate, refuse_newer, refuse_older
from db.search import index
from db.transactions import Transactions
from db.watch.record import Watches
from db.write import furniture, history_order, lexicon_tables, packing, stories
from db.write.batch import Batch
from db.write.captures import Captures
from db.write.identity import publisher_slug
from db.write.reparse import Reparse
from db.write.revisions import Revisions
from db.write.store import Fetched, Store, Stored
from db.write_ahead_log import WriteAheadLog

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from types import TracebackType
    from typing import Any

    from db.transactions import Progress
    from parsers.models import Capture, Record

__all__ = [
    "Archive", "ArchiveError", "ArchiveLocked", "ArchiveMissing", "Fetched", "ForeignDatabase", "NewerArchive", "NotADatabase",
    "OlderArchive", "ReadOnlyArchive", "Stored",
]  # fmt: skip


class Archive(Answers):
    """An archive opened for writing (the lock is held until `close`) or, `readonly`, for reading.

    `:memory:` is an archive in memory, gone when it is closed. `db` is the sqlite-utils database underneath.
    Raises ArchiveLocked, ArchiveMissing, NotADatabase, ForeignDatabase, NewerArchive; ArchiveError for any other reason.
    """

    def __init__(self, path: str | Path, *, readonly: bool = False) -> None:
        if str(path).startswith("file:"):
            raise ArchiveError(f"{path}: an archive is opened by its path, not by a URI")
        in_memory = str(path) == MEMORY
        self.path = Path(path) if in_memory else Path(path).resolve()
        self.readonly = readonly
        self._lock = None if readonly or in_memory else WriterLock(self.path)
        try:
            self.db = open_reader(self.path) if readonly else open_writer(self.path)
            try:
                self._prepare()
            except BaseException:
                self.db.close()
                raise
        except BaseException:
            self._unlock()
            raise

    def _prepare(self) -> None:
        if self.readonly:
            refuse_newer(self.db)
            refuse_older(self.db, self.path)
        else:
            migrate(self.db)
            if lexicon_tables.fill(self.db):
                with self.db.atomic():
                    derived_rows.refresh_all(self.db)
            index.refresh(self.db)
        self._transactions = Transactions(self.db)
        self.log = WriteAheadLog(self.db, self.path)
        self._transactions.after_commit = self.log.bound
        self._authority = Authority(self.db)
        self._batch = Batch(self.db)
        self.captures = Captures(self.db)
        self._batch.before_write = self.captures.pack
        self.runs = Runs(self.db, self._authority, self._transactions)
        self.frontier = Frontier(self.db)
        self.watches = Watches(self.db, self._transactions)
        self.runs.at_end = self._end_run
        self.runs.at_clock_set = self.frontier.move_hosts
        self._revisions = Revisions(self.db, self._authority, self.captures, self._batch)
        self._store = Store(self.db, self._authority, self.captures, self._revisions, self._batch)
        self._reparse = Reparse(self.db, self.captures, self._revisions, self._batch)
        self._transactions.clear_on_failure(self._authority, self._batch, self.runs, self._store, self.captures)
        if not self.readonly:
            history_order.refresh(self.db, self._revisions)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file and gives the lock up; a second call does nothing."""
        try:
            if self._lock:
                # What is left for the last connection is then so little that no reader waits for it; nothing is lost without it.
                with suppress(sqlite3.Error):
                    self.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
            self.db.close()
        finally:
            self._unlock()

    def _unlock(self) -> None:
        if self._lock:
            self._lock.release()
            self._lock = None

    @contextmanager
    def transaction(self) -> Iterator[Self]:
        """Run the block as one transaction: all or nothing. An inner one is part of the outer one; see `Transactions.begin`."""
        self._must_write()
        with self._transactions.begin():
            yield self

    def store(self, capture: Capture, record: Record, run_id: int | None = None, fetched: Fetched = "then") -> Stored:
        """Keep a page and everything derived from it, in one transaction; see `Stored` for what comes of it.

        With a `run_id`, the run is taken to go for the page's publisher. A page fetched `now` is later than all that the archive
        holds of its document, whatever the clock shows.
        """
        return self.store_all([(capture, record)], run_id, fetched)[0]

    def store_all(
        self, pages: Sequence[tuple[Capture, Record]], run_id: int | None = None, fetched: Fetched = "then"
    ) -> list[Stored]:
        """Store several pages in one transaction, as if one after the other, but twice as fast; return what came of each."""
        with self.transaction():
            stored = self._store.store_all(pages, fetched)
            for (capture, record), one in zip(pages, stored, strict=True):
                if run_id is not None and one.document_id is not None:
                    self.runs.cover(run_id, publisher_slug(capture, record.article))
        return stored

    def note_sighting(self, document_id: int, seen_at: str, text_hash: bytes) -> bool:
        """Note that a document had, at a moment, a text that one of its revisions has; return whether its history changed."""
        with self.transaction():
            return self._store.note_sighting(document_id, seen_at, text_hash)

    def sync_every_commit(self) -> None:
        """Have every commit on the disk before the next one begins: a power cut then costs nothing that was committed."""
        self._must_write()
        self.db.execute("PRAGMA synchronous = FULL")

    def mark_gone(self, document_id: int, at: str) -> None:
        """Note that the page answers 404 or 410 now, at this moment or just after it was last seen; what was stored stays."""
        self._must_write()
        self._revisions.mark_gone(document_id, at)

    def mark_there(self, document_id: int) -> None:
        """Note that the page answers as before, though it may have been gone."""
        self._must_write()
        self._revisions.mark_there(document_id)

    def captures_to_reparse(self, skipped: Callable[[int, ArchiveError], None] | None = None) -> Iterator[tuple[int, Capture]]:
        """Return every capture with its id, document by document in the order of time; replacing meanwhile is allowed.

        A capture whose bytes are damaged raises ArchiveError, or goes to `skipped` if that is given.
        """
        return self._reparse.captures(skipped)

    def stored_captures(
        self, documents: Collection[int] | None = None, skipped: Callable[[int, ArchiveError], None] | None = None
    ) -> Iterator[Capture]:
        """Return the captures (of these documents) whose own bytes are kept, in the order in which they came."""
        return self.captures.stored(documents, skipped)

    def source_of(self, capture_id: int) -> tuple[str, str | None]:
        """Return the publisher's slug and the address of a capture."""
        sql = "SELECT p.slug, c.url FROM captures c JOIN publishers p ON p.id = c.publisher_id WHERE c.id = ?"
        slug, url = self.db.execute(sql, [capture_id]).fetchone()
        return slug, url

    def add_unparsed(self, row: Sequence[Any], body: bytes) -> None:
        """Add a capture of another archive, under its number, that belongs to no document until it is parsed.

        `row`: id, publisher's slug, name and homepage, blob id, then the columns of `captures` from `named_publisher` on.
        """
        with self.transaction():
            publisher_id = self._authority.publisher(row[1] or "unknown")
            self.captures.keep_unparsed(self._batch, row, publisher_id, body)
            self._batch.write()

    def replace(self, capture_id: int, record: Record) -> Stored:
        """Makes everything derived from a capture what it is by this record; ids stay, equal rows are not written.

        Give captures in the order of `captures_to_reparse`, and call `finish_reparse` after the last.
        """
        with self.transaction():
            return self._reparse.replace(capture_id, record)

    def finish_reparse(self) -> None:
        """Removes what only earlier readings of the captures had named."""
        with self.transaction():
            self._reparse.finish()
            self._authority.clear()
            self._store.clear()

    def settle(self, document_id: int) -> None:
        """Bring the history of a document in order, with all that follows from it."""
        with self.transaction():
            self._revisions.settle(document_id, self._revisions.texts(document_id), set())

    def rebuild_search(self) -> None:
        """Make the search index again from the current texts."""
        with self.transaction():
            index.rebuild(self.db)

    def group_stories(self, progress: Progress | None = None) -> int:
        """Groups articles that several publishers print, as far as they are new or have changed; returns how many were read.

        Some hundreds are one transaction: what is done stays done, and others write meanwhile.
        """
        self._must_write()
        total = stories.count_waiting(self.db) if progress else 0
        count = self._transactions.in_parts(stories.waiting(self.db), partial(stories.read, self.db), total, progress)
        with self.transaction():
            stories.regroup_orphans(self.db)
        return count

    def pack_captures(self, progress: Progress | None = None) -> int:
        """Pack captures that an earlier version packed on their own with dictionaries; return how many were looked at.

        Some hundreds are one transaction. The file keeps its size until `VACUUM`; new rows take the room meanwhile.
        """
        self._must_write()
        total = packing.count_waiting(self.db) if progress else 0
        return self._transactions.in_parts(packing.waiting(self.db), self.captures.pack_again, total, progress)

    def furniture(self) -> dict[str, frozenset[str]]:
        """Return the keys of lines that publishers print on most of their pages, by slug."""
        return furniture.furniture(self.db)

    def learn_furniture(self) -> None:
        """Learn anew, of all publishers, which lines stand on most of their pages."""
        with self.transaction():
            furniture.learn(self.db, again=True)

    def _end_run(self, run: int) -> None:
        """Do what belongs to the end of every run, in the transaction that ends it."""
        furniture.learn(self.db)
        self.watches.evaluate(run)

    def name_publisher(self, slug: str, name: str | None, homepage: str | None) -> None:
        """What the sources tell of a publisher, for the people who read the archive."""
        self._must_write()
        self.db.execute(
            "UPDATE publishers SET name = :name, homepage = :homepage WHERE id = :id "
            "AND (name IS NOT :name OR homepage IS NOT :homepage)",
            {"id": self._authority.publisher(slug), "name": name, "homepage": homepage},
        )

    def _must_write(self) -> None:
        if self.readonly:
            raise ReadOnlyArchive(f"{self.path}: opened for reading")
