"""Bounds on what one query of the web may make: texts of gigabytes, and answers of as many."""

from __future__ import annotations

import re
import sqlite3
import weakref
from typing import Any

_MAX_LENGTH = 64_000_000  # bytes of one value; no page and no packed capture is larger
_MAX_ANSWER = 64_000_000  # characters and bytes of all values of an answer
_MAX_COLUMNS = 500
_MAX_SQL = 100_000  # characters
_MAX_NESTING = 200
_WIDE = re.compile(r"%[^a-zA-Z%]*(?:\*|\d{4})")


def limit(connection: sqlite3.Connection) -> None:
    """Bound the values, the statements and the answers of a connection. Beyond them a query fails with sqlite3.Error."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_LENGTH)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, _MAX_COLUMNS)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _MAX_SQL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, _MAX_NESTING)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.row_factory = _BoundedRows()
    for name in ("printf", "format"):
        connection.create_function(name, -1, _printf, deterministic=True)


def _printf(template: str, *values: object) -> str:
    """Format values as SQLite does, but for widths of thousands: it writes a padding letter by letter, for half a minute."""
    if _WIDE.search(template):
        raise ValueError("the width is too large")
    return template % values


class _BoundedRows:
    """Makes the rows of a connection, and counts what they hold, answer by answer."""

    def __init__(self) -> None:
        self._answer: weakref.ref[Any] | None = None
        self._size = 0

    def __call__(self, cursor: sqlite3.Cursor, row: tuple[Any, ...]) -> sqlite3.Row:
        if self._answer is None or self._answer() is not cursor:
            self._answer, self._size = weakref.ref(cursor), 0
        self._size += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        if self._size > _MAX_ANSWER:
            raise sqlite3.OperationalError("the answer is too large; ask for fewer rows or columns")
        return sqlite3.Row(cursor, row)
