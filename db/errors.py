"""What can be wrong with an archive. Every message is one line that says what and what to do.

ArchiveError
├── ArchiveLocked     another run holds it
├── ArchiveMissing    a reader asked for a file that is not there
├── NotADatabase      a file, but no SQLite database
├── ForeignDatabase   somebody else's SQLite database
├── NewerArchive      made by a later version of bayegan
├── OlderArchive      made by an earlier version, and opened for reading only
└── ReadOnlyArchive   a writing method on an archive opened for reading
"""

from __future__ import annotations


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


class OlderArchive(ArchiveError):
    """The archive lacks migrations, and a reader cannot apply them."""


class ReadOnlyArchive(ArchiveError):
    """The archive was opened for reading."""
