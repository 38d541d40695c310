"""A query of somebody's own over the archive while a run writes it: it reads, within bounds, and touches nothing."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from db.watch.queries import WatchError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

MAX_ROWS = 1_000
_SECONDS = 10.0
_STEPS = 20_000  # SQLite's instructions between two looks at the clock
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})


def select(db: Database, sql: str) -> list[dict[str, Any]]:
    """Return the first thousand rows of a query. Raises sqlite3.Error where it writes, takes ten seconds, or makes no sense."""
    with reading_only(db):
        cursor = db.execute(limited(sql, MAX_ROWS))
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def limited(sql: str, rows: int) -> str:
    """Return a query for so many rows of another."""
    return f"SELECT * FROM (\n{sql.rstrip().rstrip(';')}\n) LIMIT {rows}"  # noqa: S608 - it is run where nothing can write


def _answer(action: int, _first: str | None, second: str | None, *_rest: str | None) -> int:
    is_harmless = action in _ALLOWED and not (action == sqlite3.SQLITE_FUNCTION and second == "load_extension")
    return sqlite3.SQLITE_OK if is_harmless else sqlite3.SQLITE_DENY


@contextmanager
def reading_only(db: Database) -> Iterator[None]:
    """Refuse what writes, begins or ends a transaction, or takes too long, while the block runs."""
    end = time.monotonic() + _SECONDS
    db.conn.set_authorizer(_answer)
    db.conn.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if time.monotonic() > end:
            raise WatchError(
                f"sql: the query takes longer than {_SECONDS:.0f} seconds; bound it, as by a day or LIMIT"
            ) from error
        raise
    finally:
        db.conn.set_progress_handler(None, 0)
        db.conn.set_authorizer(None)
