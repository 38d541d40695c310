"""The archive: one SQLite file, one writer, any number of readers.

>>> from db import Archive
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import (
    ArchiveError,
    ArchiveLocked,
    ArchiveMissing,
    ForeignDatabase,
    NewerArchive,
    NotADatabase,
    OlderArchive,
    ReadOnlyArchive,
)

if TYPE_CHECKING:
    from db.archive import Archive, Stored

__all__ = [
    "Archive", "ArchiveError", "ArchiveLocked", "ArchiveMissing", "ForeignDatabase", "NewerArchive", "NotADatabase",
    "OlderArchive", "ReadOnlyArchive", "Stored",
]  # fmt: skip


def __getattr__(name: str) -> object:
    """Loads the archive with its libraries only where it is used."""
    if name in {"Archive", "Stored"}:
        from db import archive

        return getattr(archive, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
