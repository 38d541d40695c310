"""Rows of the archive in other programs' formats: JSON lines, CSV, Parquet; a view, or whatever a query gives."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from db.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

# Spaces before the sign do not save from it; full-width signs count too.
_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
_CHUNK = 5_000  # rows of a row group


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported: a SELECT, and its columns with the types that the archive declares ("" where it declares none)."""

    sql: str
    columns: tuple[tuple[str, str], ...]

    def rows(self, db: Database) -> Iterator[tuple[Any, ...]]:
        """Yield the rows, as they are read."""
        cursor = db.execute(self.sql)
        while chunk := cursor.fetchmany(_CHUNK):
            yield from chunk


def view(db: Database, name: str) -> Table:
    """Return a view of the archive. Raises ArchiveError where there is no such view."""
    if name not in db.view_names():
        raise ArchiveError(f"--view {name}: none of {', '.join(sorted(db.view_names()))}")
    declared = db.execute(f'PRAGMA table_info("{name}")').fetchall()
    return Table(f'SELECT * FROM "{name}"', tuple((row[1], row[2]) for row in declared))  # noqa: S608 - a name of the archive's own


def query(db: Database, sql: str) -> Table:
    """Return the rows of a query, which cannot write. Raises ArchiveError where SQLite does not understand it."""
    try:
        cursor = db.execute(sql)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise ArchiveError(f"--sql: {error}") from error
    if cursor.description is None:
        raise ArchiveError("--sql: give a SELECT")
    names = [column[0] for column in cursor.description]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ArchiveError(f"--sql: two columns are named `{twice}`; name one of them with AS")
    return Table(sql, tuple((name, "") for name in names))


def write_json(db: Database, table: Table, stream: IO[str]) -> int:
    """Write one object a line; return how many."""
    names, count = [name for name, _ in table.columns], 0
    for count, row in enumerate(table.rows(db), 1):  # noqa: B007 - the last count is the answer
        stream.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=bytes.hex) + "\n")
    return count


def write_csv(db: Database, table: Table, stream: IO[str], *, for_people: bool = False) -> int:
    """Write a line of names, then a line for each row; return how many. `for_people`: by CsvForPeople."""
    writer: Any = CsvForPeople(stream) if for_people else csv.writer(stream)
    count = 0
    writer.writerow([name for name, _ in table.columns])
    for count, row in enumerate(table.rows(db), 1):  # noqa: B007
        writer.writerow([value.hex() if isinstance(value, bytes) else value for value in row])
    return count


class CsvForPeople:
    """CSV that spreadsheets open as it is meant: with a byte order mark, without which they misread Persian, and no formulas.

    A title of the web may be `=HYPERLINK(…)` or `=cmd|…`. A text that a spreadsheet would compute begins with an apostrophe
    (https://owasp.org/www-community/attacks/CSV_Injection); numbers stay numbers. What programs read is exact instead.
    """

    def __init__(self, stream: IO[str]) -> None:
        stream.write("\ufeff")
        self._writer = csv.writer(stream)

    def writerow(self, row: Iterable[object]) -> None:
        """Writes one row."""
        self._writer.writerow([f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value for value in row])

    def writerows(self, rows: Iterable[Iterable[object]]) -> None:
        """Writes all of them."""
        for row in rows:
            self.writerow(row)
