"""A damaged file made readable: its rows, read page by page, in a file that is whole. What is sound is left as it is."""

from __future__ import annotations

import mmap
import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from db.archive import Archive
from db.upkeep.leaves import Column, LeafReader

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# What captures are read from, and what has no other source. The rest is made again.
_WANTED = (
    "publishers", "dictionaries", "dictionary_copies", "blobs", "captures", "sightings", "law_decisions", "frontier_publishers",
    "frontier_urls", "backfill_listed",
)  # fmt: skip


def is_sound(path: Path) -> bool:
    """Return whether SQLite finds every tree of a file whole."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            lines = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
            return lines == ["ok"]
    except sqlite3.Error:
        return False


def salvage(old: Path, folder: Path) -> Path:
    """Return a file in a folder that holds the rows of a damaged one which can be read, in today's tables."""
    copy, made = folder / "copy.db", folder / "rows.db"
    _copy_with_log(old, copy)
    Archive(made).close()
    with closing(sqlite3.connect(made, isolation_level=None)) as rows:
        rows.execute("PRAGMA foreign_keys = OFF")
        rows.execute("BEGIN")
        tables = _tables(rows)
        with copy.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            reader = LeafReader(content, tables)
            for name, number, values in reader.rows():
                if name in _WANTED:
                    _insert(rows, name, tables[name], number, values)
        _take_by_query(rows, copy)
        rows.execute("COMMIT")
    return made


def _copy_with_log(old: Path, copy: Path) -> None:
    """Copy a file and its WAL, and bring into the copy what the WAL holds, if SQLite still can."""
    shutil.copyfile(old, copy)
    log = old.with_name(f"{old.name}-wal")
    if log.exists():
        shutil.copyfile(log, copy.with_name(f"{copy.name}-wal"))
        with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _tables(db: sqlite3.Connection) -> dict[str, list[Column]]:
    """Return the tables whose rows have numbers, with their columns."""
    names = [
        row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'")
    ]
    return {
        name: [
            Column(row[1], row[2], bool(row[5]) and row[2] == "INTEGER", not row[3])
            for row in db.execute(f"PRAGMA table_info({name})")
        ]
        for name in names
        if not name.startswith(("search", "sqlite_", "_"))
    }


def _insert(rows: sqlite3.Connection, table: str, columns: list[Column], number: int, values: Iterable[object]) -> None:
    given = {column.name: number if column.is_key else value for column, value in zip(columns, values, strict=False)}
    sql = f"INSERT OR IGNORE INTO {table} ({', '.join(given)}) VALUES ({', '.join('?' * len(given))})"  # noqa: S608 - our own names
    with suppress(sqlite3.Error):  # a row that today's table refuses
        rows.execute(sql, list(given.values()))


def _take_by_query(rows: sqlite3.Connection, copy: Path) -> None:
    """Take what no leaf gave (tables without numbers of rows) as far as a query reads it."""
    for table in _WANTED:
        if rows.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone():  # noqa: S608
            continue
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as old:
            cursor = old.execute(f"SELECT * FROM {table}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            sql = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608
            while (row := cursor.fetchone()) is not None:
                rows.execute(sql, row)
