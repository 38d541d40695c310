"""Rows of the archive in other programs' formats: JSON lines, CSV, Parquet; a view, or whatever a query gives."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched
from typing import IO, TYPE_CHECKING, Any

from db.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sqlite_utils import Database

# Spaces before the sign do not save from it; full-width signs count too.
_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
_CHUNK = 5_000  # rows of a row group
_DAYS = ("_on", "date_from", "date_to")
_MOMENTS = ("_at",)
_DECLARED = {"INTEGER": "int", "REAL": "float", "BLOB": "bytes", "ANY": "text"}


class MissingLibrary(ArchiveError):
    """Parquet without pyarrow."""


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


def write_parquet(db: Database, table: Table, path: Path) -> int:
    """A Parquet file, zstd: days are dates, moments are in UTC, a column of integers and texts is text. Returns how many rows.

    Raises MissingLibrary where pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingLibrary("Parquet needs pyarrow: pip install 'bayegan[bulk]'") from error
    kinds = _kinds(table, table.rows(db))
    types = {"int": pa.int64(), "float": pa.float64(), "text": pa.string(), "bytes": pa.binary(), "day": pa.date32(),
             "moment": pa.timestamp("us", tz="UTC")}  # fmt: skip
    schema = pa.schema([(name, types[kind]) for (name, _), kind in zip(table.columns, kinds, strict=True)])
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for chunk in batched(table.rows(db), _CHUNK):
            columns = zip(*chunk, strict=True)
            arrays = [pa.array(map(_READ[kind], column), types[kind]) for kind, column in zip(kinds, columns, strict=True)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            count += len(chunk)
    return count


def _kinds(table: Table, rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Return what each column holds: by its declaration, else by all its values."""
    found: list[set[str]] = [set() for _ in table.columns]
    for row in rows:
        for kinds, value in zip(found, row, strict=True):
            if value is not None:
                kinds.add(_kind(value))
    return [_settled(name, declared, kinds) for (name, declared), kinds in zip(table.columns, found, strict=True)]


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return "day" if _is(date.fromisoformat, value) and len(value) == 10 else "moment" if _is_moment(value) else "text"
    return "bytes" if isinstance(value, bytes) else "float" if isinstance(value, float) else "int"


def _settled(name: str, declared: str, kinds: set[str]) -> str:
    if declared in _DECLARED:
        return _DECLARED[declared]
    by_name = "day" if name.endswith(_DAYS) else "moment" if name.endswith(_MOMENTS) else "text"
    if kinds <= {by_name}:
        return by_name
    if kinds == {"int", "float"}:
        return "float"
    return next(iter(kinds)) if kinds in ({"int"}, {"float"}, {"bytes"}) else "text"


def _is(read: Any, value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _is_moment(value: str) -> bool:
    return value[10:11] == "T" and _is(datetime.fromisoformat, value) and datetime.fromisoformat(value).tzinfo is not None


_READ: dict[str, Any] = {
    "int": lambda value: value,
    "float": lambda value: value,
    "bytes": lambda value: value,
    "text": lambda value: None if value is None else str(value),
    "day": lambda value: None if value is None else date.fromisoformat(value),
    "moment": lambda value: None if value is None else datetime.fromisoformat(value),
}
