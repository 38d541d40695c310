"""The one place where a transaction begins and ends. If it fails, COMMIT included, all that was remembered of it is forgotten."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from db.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sized

    from sqlite_utils import Database

    Progress = Callable[[int, int], None]  # how many are done, and of how many


class Cache(Protocol):
    """Something that remembers rows, and may have to forget them because they are gone."""

    def clear(self) -> None:
        """Forget everything."""


class Transactions:
    """The transactions of one connection."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._caches: list[Cache] = []
        self._depth = 0
        self._is_broken = False
        self.after_commit: Callable[[], None] = lambda: None  # called when a transaction is on the disk; must not raise

    def clear_on_failure(self, *caches: Cache) -> None:
        """Have these caches cleared whenever a transaction fails."""
        self._caches += caches

    @contextmanager
    def begin(self) -> Iterator[None]:
        """Run the block as one transaction: all or nothing.

        Nests: an inner one is part of the outer one, and if it fails, so does the outer one, though its error may be caught. (No
        savepoints: the search index writes everything out at each of them, which halves the rate of storing.)
        """
        is_outermost = self._depth == 0
        if is_outermost:
            self._is_broken = False
            self._db.execute("BEGIN IMMEDIATE")
        elif self._is_broken or not self._db.conn.in_transaction:
            # SQLite has rolled back already: what came now would be kept on its own.
            raise ArchiveError("the transaction has failed; nothing more can be written in it")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._is_broken = True
            raise
        finally:
            self._depth -= 1
            if is_outermost:
                self._end()

    def in_parts[Part: Sized](
        self, parts: Iterable[Part], work: Callable[[Part], None], total: int = 0, progress: Progress | None = None
    ) -> int:
        """Do a part of a long job in each transaction; return how many things were in all of them.

        What is done stays done, and others write meanwhile. `progress` is called with the number so far and `total`.
        """
        count = 0
        for part in parts:
            with self.begin():
                work(part)
            count += len(part)
            if progress:
                progress(count, total)
        return count

    def _end(self) -> None:
        if self._is_broken:
            self._roll_back()
            return
        try:
            self._db.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        self.after_commit()

    def _roll_back(self) -> None:
        for cache in self._caches:
            cache.clear()
        if self._db.conn.in_transaction:  # SQLite itself rolls back if the disk is full, or reading or writing fails
            self._db.rollback()
