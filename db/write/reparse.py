"""Deriving again: a stored capture gets a new record, and every row that came of it becomes what it would be today.

Documents, revisions and captures keep their ids. With the same parsers nothing is written at all. The captures of a document are
replaced in the order of time, so that each revision is compared with the text before it.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from db.errors import ArchiveError
from db.moments import known_moment
from db.search import index
from db.statements import statement
from db.write import stories
from db.write.identity import add_urls, document_at, identity_url, makes_document, urls_of
from db.write.revision_rows import text_hash
from db.write.storable_text import storable
from db.write.store import Stored
from db.write.timeline import Observation, observations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

    from db.search.index import Texts
    from db.write.batch import Batch
    from db.write.captures import Captures
    from db.write.revision_rows import Column
    from db.write.revisions import Revisions
    from parsers.models import Capture, Record

_ORDER = statement("write/captures_in_order")
_UNNAMED = (statement("write/delete_unnamed_instruments"), statement("write/delete_unnamed_bodies"))


class Reparse:
    """Replaces what was derived from the captures of one archive."""

    def __init__(self, db: Database, captures: Captures, revisions: Revisions, batch: Batch) -> None:
        self._db = db
        self._captures = captures
        self._revisions = revisions
        self._batch = batch

    def captures(self, skipped: Callable[[int, ArchiveError], None] | None = None) -> Iterator[tuple[int, Capture]]:
        """Return every capture with its id, document by document in the order of time; writing meanwhile is allowed.

        A capture whose bytes are damaged raises ArchiveError, or goes to `skipped` if that is given.
        """
        for capture_id in array("q", (row[0] for row in self._db.execute(_ORDER))):
            try:
                yield capture_id, self._captures.read(capture_id)
            except ArchiveError as error:
                if skipped is None:
                    raise
                skipped(capture_id, error)

    def replace(self, capture_id: int, record: Record) -> Stored:
        """Make the rows derived from a capture those of this record, inside a transaction."""
        capture = self._captures.head(capture_id)
        document_id = self._one("SELECT document_id FROM captures WHERE id = ?", capture_id)
        if not makes_document(record):
            return self._withdraw(capture_id, document_id)
        capture, record = storable(capture, record)
        if document_id is None:
            document_id = self._adopt(capture_id, capture, record)
        indexed = self._revisions.texts(document_id)
        self._add_urls(document_id, capture, record)
        changed = self._revise(document_id, capture_id, capture, record, indexed)
        revision_id = self._revision_of(capture_id)
        if revision_id is not None and self._revisions.set_kind(document_id, revision_id, record.verdict):
            stories.mark(self._db, document_id)
            changed = True
        return Stored(document_id, capture_id, "updated" if changed else "unchanged")

    def finish(self) -> None:
        """Remove what no text says any more: joined words, instruments and bodies that only texts had named."""
        index.remove_unused_words(self._db)
        for delete in _UNNAMED:
            self._db.execute(delete)

    def _revise(self, document_id: int, capture_id: int, capture: Capture, record: Record, indexed: Texts | None) -> bool:
        """Add or change the capture's revision, or remove it if its text is that of the one before; return whether it did."""
        revision_id = self._revision_of(capture_id)
        seen_at = self._seen_at(capture_id, capture)
        digest = text_hash(record.article)
        before = self._before(document_id, Observation(seen_at, capture_id, digest, revision_id or 0))
        if revision_id is None:
            if before and before.text_hash == digest:
                self._note_text(capture_id, digest)
                return False
            self._note_text(capture_id, None)
            row, _ = self._revisions.add(document_id, capture_id, seen_at, record)
            self._batch.write()
            self._revisions.add_law(document_id, int(row["id"] or 0), record)
            changed = {int(row["id"] or 0)}
        else:
            old = self._db.execute("SELECT text_hash FROM revisions WHERE id = ?", [revision_id]).fetchone()[0]
            if not self._revisions.change(revision_id, record, self._texts(before)) and not (
                before and before.text_hash == digest
            ):
                return False
            changed = {revision_id} if old != digest else set()
        self._revisions.settle(document_id, indexed, changed)
        self._batch.clear()
        return True

    def _note_text(self, capture_id: int, digest: bytes | None) -> None:
        sql = "UPDATE captures SET text_hash = :digest WHERE id = :id AND text_hash IS NOT :digest"
        self._db.execute(sql, {"digest": digest, "id": capture_id})

    def _before(self, document_id: int, own: Observation) -> Observation | None:
        """Return the revision before what a capture is read as."""
        history = (one for one in observations(self._db, document_id) if one.revision_id is not None)
        earlier = [one for one in history if one.capture_id != own.capture_id and one.order < own.order]
        return earlier[-1] if earlier else None

    def _texts(self, before: Observation | None) -> Texts | None:
        if before is None:
            return None
        sql = "SELECT kicker, title, lead, body FROM revisions WHERE id = ?"
        texts: Texts | None = self._db.execute(sql, [before.revision_id]).fetchone()
        return texts

    def _seen_at(self, capture_id: int, capture: Capture) -> str:
        """Return when a capture was seen: as its revision says, else as it says, else when it was stored."""
        row = self._db.execute("SELECT captured_at FROM revisions WHERE capture_id = ?", [capture_id]).fetchone()
        if row:
            return str(row[0])
        stored_at = str(self._db.execute("SELECT stored_at FROM captures WHERE id = ?", [capture_id]).fetchone()[0])
        return known_moment(capture.fetched_at) or stored_at

    def _withdraw(self, capture_id: int, document_id: int | None) -> Stored:
        """Remove the revision of a capture in which today's parsers find no document, and with the last one the document."""
        if document_id is not None:
            indexed = self._revisions.texts(document_id)
            revision_id = self._revision_of(capture_id)
            if revision_id is not None:
                self._revisions.remove(revision_id)
            self._db.execute("UPDATE captures SET document_id = NULL, text_hash = NULL WHERE id = ?", [capture_id])
            self._revisions.settle(document_id, indexed, set())
            self._batch.clear()
        return Stored(None, capture_id, "rejected" if document_id is None else "withdrawn")

    def _adopt(self, capture_id: int, capture: Capture, record: Record) -> int:
        """Return the document for a capture that had none: known by its address, or a new one."""
        publisher_id = int(self._one("SELECT publisher_id FROM captures WHERE id = ?", capture_id) or 0)
        url = identity_url(capture, record.article)
        found, at = document_at(self._db, publisher_id, url), self._seen_at(capture_id, capture)
        if found is not None:
            self._revisions.seen(found, at)
        else:
            found = self._batch.next_id("documents")
            row: dict[str, Column] = {"id": found, "publisher_id": publisher_id, "url": url, "kind": record.verdict}
            self._batch.add("documents", row | {"first_seen_at": at, "last_seen_at": at})
            self._batch.write()
        self._db.execute("UPDATE captures SET document_id = ? WHERE id = ?", [found, capture_id])
        return int(found)

    def _add_urls(self, document_id: int, capture: Capture, record: Record) -> None:
        publisher_id = int(self._one("SELECT publisher_id FROM documents WHERE id = ?", document_id) or 0)
        add_urls(self._db, self._batch, publisher_id, urls_of(capture, record.article), document_id)
        self._batch.write()

    def _revision_of(self, capture_id: int) -> int | None:
        return self._one("SELECT id FROM revisions WHERE capture_id = ?", capture_id)

    def _one(self, sql: str, *values: object) -> int | None:
        row = self._db.execute(sql, list(values)).fetchone()
        return row[0] if row else None
