"""Copies of an archive while it is in use: whole, verified, and as many as are to be kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from db.connection import APPLICATION_ID
from db.errors import ArchiveError
from db.moments import present
from db.outputs import new_file

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

_PAGES = 2_000  # copied at once


def back_up(db: Database, archive: Path, target: Path, keep: int | None = None, *, force: bool = False) -> Path:
    """Copy an archive into a file, or into a folder under a name of this moment; return the copy.

    With `keep`, all but so many of the folder's latest copies of this archive are removed. Raises ArchiveError if the copy is
    not sound, and OutputRefused if the target is the archive itself, or a file that no backup made; `force` replaces the latter,
    unless it is a database.
    """
    folder = target if target.is_dir() else None
    moment = present().strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"{archive.stem}-{moment}.db" if folder else target
    with new_file(path, archive, force=force) as part:
        _copy(db, part)
    if folder and keep is not None:
        for old in copies(archive, folder)[:-keep]:
            old.unlink()
    return path


def copies(archive: Path, folder: Path) -> list[Path]:
    """Return the copies of an archive in a folder, the oldest first."""
    digits = "[0-9]" * 8 + "T" + "[0-9]" * 6
    return sorted(path for path in folder.glob(f"{archive.stem}-{digits}Z.db") if _is_archive(path))


def _copy(db: Database, part: Path) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        # In one transaction: SQLite begins a copy anew whenever another process has written, and next to a crawl never ends it.
        db.execute("BEGIN")
        try:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            db.conn.backup(copy, pages=_PAGES, sleep=0.01)
        finally:
            db.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode = DELETE")  # one file, without any next to it
        found = [row[0] for row in copy.execute("PRAGMA integrity_check(5)").fetchall()]
        if found != ["ok"]:
            raise ArchiveError(f"the archive is damaged, no copy was made ({found[0]}); run `bayegan check --deep`")
        if copy.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise ArchiveError("the copy is no archive")


def _is_archive(path: Path) -> bool:
    """Return whether a file is an archive of ours, by the number in its header."""
    try:
        with path.open("rb") as file:
            return file.read(72)[68:72] == APPLICATION_ID.to_bytes(4, "big")
    except OSError:
        return False
