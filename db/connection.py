"""Opening the file: whose it is, how SQLite is to treat it, and the functions every connection has."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from db.errors import ArchiveError, ArchiveMissing, ForeignDatabase, NotADatabase
from db.sqlite import Database
from db.write_ahead_log import BUSY_MS, SIZE, log_path
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID = 0x42594741  # "BYGA", in the file's header (SQLite's pragma application_id)
SETTINGS = ("foreign_keys = ON", "cache_size = -32768")  # KiB: what a job takes of memory does not depend on the archive
# WAL with NORMAL: a killed process loses nothing committed; only a power cut can cost the last commits.
WRITER_SETTINGS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "wal_autocheckpoint = 4000",
    "secure_delete = OFF",
    f"journal_size_limit = {SIZE}",  # bytes that the log keeps when it begins anew
)
MEMORY = ":memory:"  # the name of an archive in memory
_MAGIC = b"SQLite format 3\0"


def open_reader(path: Path) -> Database:
    """Return a connection that cannot write. Raises ArchiveMissing, NotADatabase, ForeignDatabase."""
    if str(path) == MEMORY:
        raise ArchiveMissing("an archive in memory is empty when it is opened; open it for writing")
    if not path.exists():
        raise ArchiveMissing(f"{path}: no archive here; `bayegan crawl` or `bayegan add` makes one")
    _check_header(path)
    _refuse_foreign(path, empty_too=True)
    return _connect(path, "mode=ro" if _has_room_beside(path) else "mode=ro&immutable=1")


def _has_room_beside(path: Path) -> bool:
    """Return whether SQLite can keep its shared memory beside the file; on a read-only disk nothing changes, and it need not."""
    return os.access(path.parent, os.W_OK) or log_path(path).exists()


def open_writer(path: Path) -> Database:
    """Return a connection for the one writer, the file made where there is none. Raises NotADatabase, ForeignDatabase."""
    in_memory = str(path) == MEMORY
    fresh = in_memory or not path.exists() or path.stat().st_size == 0
    if not fresh:
        _check_header(path)
        _refuse_foreign(path)
    database = _connect(path, "mode=rwc")
    if fresh or _is_empty(database):
        database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for setting in WRITER_SETTINGS:
        database.execute(f"PRAGMA {setting}")
    return database


def register_functions(connection: sqlite3.Connection) -> None:
    """Adds `fa_fold(text)`, the folding of the search index, to a connection; Datasette's too."""
    connection.create_function("fa_fold", 1, _fa_fold, deterministic=True)


def _fa_fold(text: object) -> str | None:
    return None if text is None else fold_search(str(text))


def _connect(path: Path, how: str) -> Database:
    uri = MEMORY if str(path) == MEMORY else f"{path.absolute().as_uri()}?{how}"
    try:
        connection = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_MS / 1000, cached_statements=512)
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"{path}: cannot be opened ({error})") from error
    except sqlite3.DatabaseError as error:
        advice = f"restore a backup or run `bayegan recover {path} NEW`"
        raise NotADatabase(f"{path}: a damaged SQLite database ({error}); {advice}") from error
    register_functions(connection)
    return Database(connection)


def _check_header(path: Path) -> None:
    if not path.is_file():
        raise NotADatabase(f"{path}: not a file; give --db the path of an archive")
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except OSError as error:
        raise ArchiveError(f"{path}: cannot be read ({error.strerror})") from error
    if head and head != _MAGIC:
        raise NotADatabase(f"{path}: not a SQLite database; choose another --db")


def _refuse_foreign(path: Path, *, empty_too: bool = False) -> None:
    """Looks at the file without writing to it, or even beside it."""
    has_wal = log_path(path).exists()
    database = _connect(path, "mode=ro" if has_wal else "mode=ro&immutable=1")
    try:
        if not (_is_ours(path, database) or (_is_empty(database) and not empty_too)):
            raise ForeignDatabase(f"{path}: a SQLite database, but not an archive of bayegan; choose another --db")
    finally:
        database.close()


def _is_ours(path: Path, database: Database) -> bool:
    try:
        return bool(database.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.DatabaseError as error:
        raise NotADatabase(f"{path}: a damaged SQLite database ({error})") from error


def _is_empty(database: Database) -> bool:
    return bool(database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0)
