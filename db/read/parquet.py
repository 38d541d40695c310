"""Parquet: rows of the archive as DuckDB, polars and pandas read them, in one file or in a folder for each month."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from functools import lru_cache
from itertools import batched, islice
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.read.export import Table
from db.read.jalali_dates import jalali_month

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sqlite_utils import Database

_CHUNK = 5_000  # rows of a row group
_MOST_HELD = 100_000  # rows of all months that wait to be written
_DAYS = ("_on", "date_from", "date_to")
_MOMENTS = ("_at",)
_DECLARED = {"INTEGER": "int", "REAL": "float", "BLOB": "bytes", "ANY": "text"}
_MONTHS = ("published_jalali", "published_on", "jalali_month", "captured_at")  # columns that say a row's month, the best first
_NO_MONTH = "unknown"


class MissingLibrary(ArchiveError):
    """Parquet without pyarrow."""


def write_parquet(db: Database, table: Table, path: Path) -> int:
    """Write a Parquet file, zstd, and return how many rows: days are dates, moments in UTC, integers and texts mixed are text.

    Raises MissingLibrary where pyarrow is not installed.
    """
    columns = _Columns(table, _kinds(db, table))
    count = 0
    with columns.writer(path) as writer:
        for chunk in batched(table.rows(db), _CHUNK):
            writer.write_table(columns.rows(chunk))
            count += len(chunk)
    return count


def write_months(db: Database, table: Table, folder: Path) -> int:
    """Write a Parquet file for each Jalali month, `month=1398-02/rows.parquet`, into a new folder; return how many rows.

    The month is that of the first of the columns published_jalali, published_on, jalali_month and captured_at that there is.
    Raises MissingLibrary, and ArchiveError where there is none of these columns.
    """
    names = [name for name, _ in table.columns]
    place = next((names.index(name) for name in _MONTHS if name in names), None)
    if place is None:
        raise ArchiveError(f"--partition month: needs a column of {', '.join(_MONTHS)}")
    columns = _Columns(table, _kinds(db, table))
    held: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    writers: dict[str, Any] = {}
    count = waiting = 0
    try:
        for row in table.rows(db):
            month = _month(row[place])
            held[month].append(row)
            count, waiting = count + 1, waiting + 1
            if waiting >= _MOST_HELD:
                waiting = _write_fullest(columns, held, writers, folder)
        while held:
            _write_fullest(columns, held, writers, folder)
    finally:
        for writer in writers.values():
            writer.close()
    return count


@lru_cache(maxsize=20_000)
def _month(day: str | None) -> str:
    """Return the Jalali month of a day of either calendar, or of a moment."""
    return jalali_month(day[:10]) or _NO_MONTH if day else _NO_MONTH


def _write_fullest(columns: _Columns, held: dict[str, list[tuple[Any, ...]]], writers: dict[str, Any], folder: Path) -> int:
    """Write the rows of the month that has most of them; return how many of other months still wait."""
    month = max(held, key=lambda one: len(held[one]))
    if month not in writers:
        place = folder / f"month={month}"
        place.mkdir(parents=True)
        writers[month] = columns.writer(place / "rows.parquet")
    writers[month].write_table(columns.rows(held.pop(month)))
    return sum(map(len, held.values()))


class _Columns:
    """The columns of a table as Arrow has them. Raises MissingLibrary where pyarrow is not installed."""

    def __init__(self, table: Table, kinds: list[str]) -> None:
        try:
            import pyarrow as pa
            import pyarrow.parquet as pq
        except ImportError as error:
            raise MissingLibrary("Parquet needs pyarrow: pip install 'bayegan[bulk]'") from error
        self._arrow, self._parquet = pa, pq
        types: Mapping[str, Any] = {"int": pa.int64(), "float": pa.float64(), "text": pa.string(), "bytes": pa.binary(),
                 "day": pa.date32(), "moment": pa.timestamp("us", tz="UTC")}  # fmt: skip
        self._kinds = [(kind, types[kind]) for kind in kinds]
        self._schema = pa.schema([(name, types[kind]) for (name, _), kind in zip(table.columns, kinds, strict=True)])

    def writer(self, path: Path) -> Any:
        """Return what writes tables of these columns to a file."""
        return self._parquet.ParquetWriter(path, self._schema, compression="zstd")

    def rows(self, rows: Iterable[tuple[Any, ...]]) -> Any:
        """Return rows as an Arrow table."""
        columns = zip(*rows, strict=True)
        arrays = [
            self._arrow.array(map(_READ[kind], column), arrow) for (kind, arrow), column in zip(self._kinds, columns, strict=True)
        ]
        return self._arrow.Table.from_arrays(arrays, schema=self._schema)


def _kinds(db: Database, table: Table) -> list[str]:
    """Return what each column holds: by its declaration, else by all its values.

    After some rows, only columns that may still be days or numbers are read on.
    """
    found: list[set[str]] = [set() for _ in table.columns]
    for row in islice(table.rows(db), _CHUNK):
        for kinds, value in zip(found, row, strict=True):
            if value is not None:
                kinds.add(_kind(value))
    columns = list(zip(table.columns, found, strict=True))
    names = [_quoted(name) for (name, declared), kinds in columns if declared not in _DECLARED and "text" not in kinds]
    open_sets = [kinds for (_, declared), kinds in columns if declared not in _DECLARED and "text" not in kinds]
    if names and len({name for name, _ in table.columns}) == len(table.columns):
        left = Table(f"SELECT {', '.join(names)} FROM (\n{table.sql.rstrip().rstrip(';')}\n)", ())  # noqa: S608 - names of the table's own columns
    else:
        left, open_sets = table, found
    for row in left.rows(db) if open_sets else ():
        for kinds, value in zip(open_sets, row, strict=True):
            if value is not None and "text" not in kinds:
                kinds.add(_kind(value))
    return [_settled(name, declared, kinds) for (name, declared), kinds in columns]


def _quoted(name: str) -> str:
    escaped = name.replace('"', '""')
    return f'"{escaped}"'


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
