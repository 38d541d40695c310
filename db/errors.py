"""What can be wrong with an archive. Every message is one line that says what and what to do.

ArchiveError
├── ArchiveLocked     another run holds it
├── ArchiveMissing    a reader asked for a file that is not there
├── NotADatabase      a file, but no SQLite database
├── ForeignDatabase   somebody else's SQLite database
├── NewerArchive      made by a later version of bayegan
├── NotWritable       its file or folder can only be read, and it is to be written to
├── OlderArchive      made by an earlier version, and opened for reading only
└── ReadOnlyArchive   a writing method on an archive opened for reading
"""

from __future__ import annotations

import errno
import sqlite3

# What SQLite and Python's module say of a file whose pages are not what they should be.
_DAMAGE = ("malformed", "not a database", "could not decode to utf-8", "corrupt", "fts5: missing", "database schema")


class ArchiveError(Exception):
    """The archive cannot be used as asked."""


class ArchiveLocked(ArchiveError):
    """Another process writes to the archive now."""


class ArchiveMissing(ArchiveError):
    """There is no archive at this path."""


class NotADatabase(ArchiveError):
    """The file is no SQLite database, or a damaged one."""


class ForeignDatabase(ArchiveError):
    """The file is a SQLite database that bayegan did not make."""


class NewerArchive(ArchiveError):
    """The archive has migrations that this version does not know."""


class NotWritable(ArchiveError):
    """The archive, or its folder, can only be read."""


class OlderArchive(ArchiveError):
    """The archive lacks migrations, and a reader cannot apply them."""


def is_damage(error: BaseException) -> bool:
    """Return whether an error of SQLite, or of reading text, says that the file is damaged."""
    if isinstance(error, UnicodeDecodeError):
        return True
    text = str(error).lower()
    return isinstance(error, sqlite3.DatabaseError) and any(sign in text for sign in _DAMAGE)


def is_full(error: BaseException) -> bool:
    """Return whether an error of SQLite or of the system says that the disk, or its user's share of it, is full."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, sqlite3.OperationalError) and "disk is full" in str(error)


class ReadOnlyArchive(ArchiveError):
    """The archive was opened for reading."""
