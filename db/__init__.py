"""The archive: one SQLite file, one writer, any number of readers.

>>> from db import Archive
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.archive import Archive, Stored
    from db.errors import ArchiveError, ArchiveLocked

__all__ = ["Archive", "ArchiveError", "ArchiveLocked", "Stored"]


def __getattr__(name: str) -> object:
    """Loads the archive with its libraries only where it is used."""
    if name in __all__:
        from db import archive

        return getattr(archive, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
