"""What of a damaged archive can be made again from the rest: indexes, dictionaries, the search index, counts, histories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.statements import statement
from db.write import document_counts

if TYPE_CHECKING:
    from db.archive import Archive


def repair(archive: Archive) -> None:
    """Make indexes, dictionaries, the search index, counts, histories again. What a capture or a text lost stays lost."""
    db = archive.db
    db.execute("REINDEX")
    with archive.transaction():
        archive.captures.dictionaries.mend()
        archive.rebuild_search()
        for kept in ("messenger_sets", *document_counts.TABLES):  # sets are counted up from nothing
            db.execute(f"DELETE FROM {kept}")  # noqa: S608
        for (document_id,) in db.execute(statement("upkeep/all_documents")).fetchall():
            archive.settle(document_id)
            document_counts.refresh(db, document_id)
