"""Deriving again: a stored capture gets a new record, and every row that came of it becomes what it would be today.

Documents, revisions and captures keep their ids. With the same parsers nothing is written at all. Captures are replaced
in the order in which they came, so that each revision is compared with the text before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.law import derived_rows, text_rows
from db.search import index
from db.write import document_counts, fact_rows, stories
from db.write.batch import Sheet
from db.write.revision_rows import month_of, revision_row, text_hash
from db.write.store import Stored, add_urls, identity_url, makes_document, urls_of
from db.write.surrogates import storable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sqlite_utils import Database

    from db.search.index import Texts
    from db.write.authority import Names
    from db.write.captures import Captures
    from db.write.revision_rows import Column
    from parsers.models import Capture, Record

_BATCH = 200


class Rebuild:
    """Replaces what was derived from the captures of one archive."""

    def __init__(self, db: Database, names: Names, captures: Captures) -> None:
        self._db = db
        self._names = names
        self._captures = captures
        self._sheet = Sheet(db)

    def captures(self, documents: Collection[int] | None = None) -> Iterator[tuple[int, Capture]]:
        """Every capture (of these documents) with its id, in the order in which they came; writing meanwhile is allowed."""
        last = 0
        while rows := self._db.execute(
            "SELECT id, document_id FROM captures WHERE id > ? ORDER BY id LIMIT ?", [last, _BATCH]
        ).fetchall():
            for capture_id, document_id in rows:
                if documents is None or document_id in documents:
                    yield capture_id, self._captures.read(capture_id)
            last = rows[-1][0]

    def replace(self, capture_id: int, record: Record) -> Stored:
        """Makes the rows derived from a capture those of this record; to be called inside a transaction."""
        capture = self._captures.head(capture_id)
        document_id = self._one("SELECT document_id FROM captures WHERE id = ?", capture_id)
        if not makes_document(record):
            return self._withdraw(capture_id, document_id)
        capture, record = storable(capture, record)
        if document_id is None:
            document_id = self._adopt(capture_id, capture, record)
        before = self._indexed(document_id)
        self._add_urls(document_id, capture, record)
        changed = self._revise(document_id, capture_id, record)
        changed = self._set_kind(document_id, capture_id, record) or changed
        if changed:
            self._settle(document_id, before)
        return Stored(document_id, capture_id, "updated" if changed else "unchanged")

    def finish(self) -> None:
        """Removes what no text says any more: joined words, instruments and bodies that only texts had named."""
        index.forget_words(self._db)
        self._db.execute(
            "DELETE FROM instruments WHERE known = 0 "
            "AND id NOT IN (SELECT instrument_id FROM cited_clauses WHERE instrument_id IS NOT NULL) "
            "AND id NOT IN (SELECT instrument_id FROM mentioned_instruments) "
            "AND id NOT IN (SELECT instrument_id FROM laws) AND id NOT IN (SELECT instrument_id FROM law_relations)"
        )
        self._db.execute(
            "DELETE FROM bodies WHERE slug IS NULL "
            "AND id NOT IN (SELECT body_id FROM cited_clauses WHERE body_id IS NOT NULL) "
            "AND id NOT IN (SELECT body_id FROM mentioned_sessions WHERE body_id IS NOT NULL) "
            "AND id NOT IN (SELECT body_id FROM instruments WHERE body_id IS NOT NULL) "
            "AND id NOT IN (SELECT body_id FROM laws WHERE body_id IS NOT NULL) "
            "AND id NOT IN (SELECT body_id FROM law_sessions) AND id NOT IN (SELECT body_id FROM instrument_sessions)"
        )

    def _revise(self, document_id: int, capture_id: int, record: Record) -> bool:
        """The capture's revision: made, changed, or taken away where its text is that of the one before."""
        revision_id = self._one("SELECT id FROM revisions WHERE capture_id = ?", capture_id)
        before = self._db.execute(
            "SELECT kicker, title, lead, body, text_hash FROM revisions WHERE document_id = ? AND capture_id < ? "
            "ORDER BY capture_id DESC LIMIT 1",
            [document_id, capture_id],
        ).fetchone()
        digest = text_hash(record.article)
        if before and before[4] == digest:
            return revision_id is not None and self._drop_revision(revision_id)
        row = revision_row(record, digest, before[:4] if before else None)
        if revision_id is None:
            revision_id = self._insert_revision(document_id, capture_id, row)
            fact_rows.write(self._db, revision_id, record.article, record.facts, self._names)
            text_rows.rewrite(self._db, revision_id, record.law, self._names)
            return True
        changed = self._update_revision(revision_id, row)
        changed = text_rows.rewrite(self._db, revision_id, record.law, self._names) or changed
        return fact_rows.rewrite(self._db, revision_id, record.article, record.facts, self._names) or changed

    def _set_kind(self, document_id: int, capture_id: int, record: Record) -> bool:
        """A document is of the kind that its last revision is."""
        sql = (
            "UPDATE documents SET kind = :kind WHERE id = :id AND kind <> :kind "
            "AND :capture = (SELECT max(capture_id) FROM revisions WHERE document_id = :id)"
        )
        return self._db.execute(sql, {"kind": record.verdict, "id": document_id, "capture": capture_id}).rowcount > 0

    def _insert_revision(self, document_id: int, capture_id: int, row: dict[str, Column]) -> int:
        captured_at = self._one("SELECT coalesce(fetched_at, stored_at) FROM captures WHERE id = ?", capture_id)
        revision_id = self._sheet.next_id("revisions")
        place: dict[str, Column] = {
            "id": revision_id, "document_id": document_id, "capture_id": capture_id, "captured_at": captured_at, "number": 0
        }  # fmt: skip
        self._sheet.add("revisions", place | row)
        self._sheet.write()
        return revision_id

    def _update_revision(self, revision_id: int, row: dict[str, Column]) -> bool:
        columns = ", ".join(row)
        old = self._db.execute(f"SELECT {columns} FROM revisions WHERE id = ?", [revision_id]).fetchone()  # noqa: S608
        if old == tuple(row.values()):
            return False
        changes = ", ".join(f"{column} = ?" for column in row)
        self._db.execute(f"UPDATE revisions SET {changes} WHERE id = ?", [*row.values(), revision_id])  # noqa: S608
        return True

    def _drop_revision(self, revision_id: int) -> bool:
        fact_rows.erase(self._db, revision_id)
        text_rows.erase(self._db, revision_id)
        derived_rows.settle(self._db, self._names)
        self._db.execute("UPDATE documents SET revision_id = NULL WHERE revision_id = ?", [revision_id])
        self._db.execute("DELETE FROM revisions WHERE id = ?", [revision_id])
        return True

    def _withdraw(self, capture_id: int, document_id: int | None) -> Stored:
        """Today's parsers find no document in the capture: its revision goes, and with the last one the document."""
        if document_id is not None:
            before = self._indexed(document_id)
            revision_id = self._one("SELECT id FROM revisions WHERE capture_id = ?", capture_id)
            if revision_id is not None:
                self._drop_revision(revision_id)
            self._db.execute("UPDATE captures SET document_id = NULL WHERE id = ?", [capture_id])
            self._settle(document_id, before)
        return Stored(None, capture_id, "rejected")

    def _adopt(self, capture_id: int, capture: Capture, record: Record) -> int:
        """The document of a capture that had none: known by its address, or a new one."""
        publisher_id, at = self._db.execute(
            "SELECT publisher_id, coalesce(fetched_at, stored_at) FROM captures WHERE id = ?", [capture_id]
        ).fetchone()
        url = identity_url(capture, record.article)
        found = self._one("SELECT document_id FROM document_urls WHERE publisher_id = ? AND url = ?", publisher_id, url)
        if found is None:
            found = self._sheet.next_id("documents")
            row = {"id": found, "publisher_id": publisher_id, "url": url, "kind": record.verdict}
            self._sheet.add("documents", row | {"first_seen_at": at, "last_seen_at": at})
            self._sheet.write()
        self._db.execute("UPDATE captures SET document_id = ? WHERE id = ?", [found, capture_id])
        return int(found)

    def _add_urls(self, document_id: int, capture: Capture, record: Record) -> None:
        publisher_id = int(self._one("SELECT publisher_id FROM documents WHERE id = ?", document_id) or 0)
        add_urls(self._db, self._sheet, publisher_id, urls_of(capture, record.article), document_id)
        self._sheet.write()

    def _settle(self, document_id: int, before: Texts | None) -> None:
        """Numbers the revisions, points the document to its last one, and brings the search index to its text."""
        rows = self._db.execute(
            "SELECT id, number, published_on, published_jalali FROM revisions WHERE document_id = ? ORDER BY capture_id",
            [document_id],
        ).fetchall()
        for number, (revision_id, old, *_) in enumerate(rows, start=1):
            if number != old:
                self._db.execute("UPDATE revisions SET number = ? WHERE id = ?", [number, revision_id])
        if rows:
            revision_id, _, published_on, jalali = rows[-1]
            self._db.execute(
                "UPDATE documents SET revision_id = ?, revisions = ?, published_on = ?, jalali_month = ? WHERE id = ?",
                [revision_id, len(rows), published_on, month_of(jalali), document_id],
            )
        self._reindex(document_id, before)
        document_counts.refresh(self._db, document_id)
        stories.mark(self._db, document_id)
        derived_rows.settle(self._db, self._names, document_id)
        if not rows:
            self._db.execute("UPDATE captures SET document_id = NULL WHERE document_id = ?", [document_id])
            self._db.execute("DELETE FROM documents WHERE id = ?", [document_id])

    def _reindex(self, document_id: int, before: Texts | None) -> None:
        after = self._indexed(document_id)
        if after == before:
            return
        if before:
            index.remove(self._db, document_id, before)
        if after:
            index.add(self._db, document_id, after)

    def _indexed(self, document_id: int) -> Texts | None:
        """What the search index holds of a document: its current revision."""
        row: Texts | None = self._db.execute(
            "SELECT r.kicker, r.title, r.lead, r.body FROM documents d JOIN revisions r ON r.id = d.revision_id WHERE d.id = ?",
            [document_id],
        ).fetchone()
        return row

    def _one(self, sql: str, *values: object) -> int | None:
        row = self._db.execute(sql, list(values)).fetchone()
        return row[0] if row else None
