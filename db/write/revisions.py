"""The one writer of revisions: adds, copies, changes and removes them with their facts, and keeps each history in order.

`store` and `reparse` call it. Whatever they did to a document's revisions, `settle` then brings its history to what the pages in
the order of time make of it: numbers, changes, the current revision, the search index, the counts, the laws.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.law import derived_rows, text_rows
from db.moments import earlier, later
from db.search import index
from db.statements import statement
from db.write import document_counts, fact_rows, stories
from db.write.change_counts import count_changes
from db.write.revision_rows import joined, month_of, revision_row, text_hash
from db.write.timeline import observations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlite_utils import Database

    from db.authority import Authority
    from db.search.index import Texts
    from db.write.batch import Batch
    from db.write.captures import Captures
    from db.write.revision_rows import Column
    from db.write.timeline import Observation
    from parsers.models import Record

_CURRENT_TEXTS = statement("write/current_texts")
_POINT = statement("write/point_to_revision")
_SAME_TEXT = statement("write/revision_with_text")
_COPIED = {table: f"n, {columns}" for table, columns in fact_rows.TABLES.items()} | dict(text_rows.TABLES)


class Revisions:
    """Writes the revisions of one archive."""

    def __init__(self, db: Database, authority: Authority, captures: Captures, batch: Batch) -> None:
        self._db = db
        self._authority = authority
        self._captures = captures
        self._batch = batch

    def add(
        self, document_id: int, capture_id: int, seen_at: str, record: Record, before: Texts | None = None, number: int = 0
    ) -> tuple[Mapping[str, Column], Mapping[str, list[fact_rows.Row]]]:
        """Add a revision and its facts to the batch; return its row and the rows of its facts by table.

        Its law (`add_law`) and what the search index holds of it (`settle`) are not among them.
        """
        revision_id = self._batch.next_id("revisions")
        row = {
            "id": revision_id, "document_id": document_id, "number": number, "capture_id": capture_id, "captured_at": seen_at,
            **revision_row(record, text_hash(record.article), before),
        }  # fmt: skip
        self._batch.add("revisions", row)
        facts = fact_rows.rows(revision_id, record.article, record.facts, self._authority)
        for table, rows in facts.items():
            self._batch.add_dependent(fact_rows.INSERTS[table], rows)
        return row, facts

    def add_law(self, document_id: int, revision_id: int, record: Record) -> None:
        """Write the law of a revision that is in its table already, and what follows from it."""
        if record.law is not None:
            text_rows.rewrite(self._db, revision_id, record.law, self._authority)
        derived_rows.settle(self._db, self._authority, document_id)

    def change(self, revision_id: int, record: Record, before: Texts | None) -> bool:
        """Make a revision, its facts and its law those of a record; return whether anything was written."""
        row = revision_row(record, text_hash(record.article), before)
        columns = ", ".join(row)
        old = self._db.execute(f"SELECT {columns} FROM revisions WHERE id = ?", [revision_id]).fetchone()  # noqa: S608
        changed = old != tuple(row.values())
        if changed:
            sets = ", ".join(f"{column} = ?" for column in row)
            self._db.execute(f"UPDATE revisions SET {sets} WHERE id = ?", [*row.values(), revision_id])  # noqa: S608
        changed = text_rows.rewrite(self._db, revision_id, record.law, self._authority) or changed
        return fact_rows.rewrite(self._db, revision_id, record.article, record.facts, self._authority) or changed

    def remove(self, revision_id: int) -> None:
        """Remove a revision with its facts and its law; `settle` the document after it."""
        self._db.execute("UPDATE documents SET revision_id = NULL WHERE revision_id = ?", [revision_id])
        fact_rows.erase(self._db, revision_id)
        text_rows.erase(self._db, revision_id)
        (document_id,) = self._db.execute("SELECT document_id FROM revisions WHERE id = ?", [revision_id]).fetchone()
        derived_rows.settle(self._db, self._authority, document_id)
        self._db.execute("DELETE FROM revisions WHERE id = ?", [revision_id])

    def texts(self, document_id: int) -> Texts | None:
        """Return the current text of a document, which is what the search index holds of it."""
        texts: Texts | None = self._db.execute(_CURRENT_TEXTS, [document_id]).fetchone()
        return texts

    def settle(self, document_id: int, indexed: Texts | None, changed: set[int]) -> None:
        """Bring a document's history in order after revisions came, changed or went; without any left, remove the document.

        `indexed` are the texts that the search index holds of it, `changed` the revisions whose text is new.
        """
        history = self._without_repeats(document_id, changed)
        self._number(history, changed)
        if history:
            self.point(document_id, history[-1].revision_id or 0, len(history))
        self._reindex(document_id, indexed)
        document_counts.refresh(self._db, document_id)
        stories.mark(self._db, document_id)
        derived_rows.settle(self._db, self._authority, document_id)
        if not history:
            self._db.execute("UPDATE captures SET document_id = NULL WHERE document_id = ?", [document_id])
            self._db.execute("DELETE FROM documents WHERE id = ?", [document_id])

    def _without_repeats(self, document_id: int, changed: set[int]) -> list[Observation]:
        """Return the revisions in the order of time, after one that repeats the text before it has been removed, and a look that
        repeated a text and now stands after another has become a revision."""
        history: list[Observation] = []
        for one in observations(self._db, document_id):
            if history and history[-1].text_hash == one.text_hash:
                if one.revision_id is not None:
                    self.remove(one.revision_id)
                    self._db.execute("UPDATE captures SET text_hash = ? WHERE id = ?", [one.text_hash, one.capture_id])
            elif one.revision_id is not None:
                history.append(one)
            elif copy := self._make_revision(document_id, one):
                history.append(copy)
                changed.add(copy.revision_id or 0)
        return history

    def note_sighting(self, document_id: int, seen_at: str, capture_id: int) -> None:
        """Note that a document had the text of this capture at a moment."""
        self._db.execute("INSERT OR IGNORE INTO sightings VALUES (?, ?, ?)", [document_id, seen_at, capture_id])

    def _make_revision(self, document_id: int, one: Observation) -> Observation | None:
        """Copy the revision with the text of a look that has none; None if there is none to copy before it is parsed again."""
        found = self._db.execute(_SAME_TEXT, {"document": document_id, "digest": one.text_hash}).fetchone()
        if found is None:
            return None
        # A sighting repeats the bytes of its own capture: a parser that reads these anew must find them, not another page's.
        capture_id = one.capture_id if one.has_bytes else self._captures.repeat(self._batch, one.capture_id, one.seen_at)
        revision_id = self._batch.next_id("revisions")
        self._copy(found[0], {"id": revision_id, "capture_id": capture_id, "captured_at": one.seen_at, "number": 0})
        self._db.execute("UPDATE captures SET text_hash = NULL WHERE id = ? AND text_hash IS NOT NULL", [capture_id])
        sql = "DELETE FROM sightings WHERE document_id = ? AND seen_at = ? AND capture_id = ?"
        self._db.execute(sql, [document_id, one.seen_at, one.capture_id])
        return replace(one, capture_id=capture_id, revision_id=revision_id)

    def _copy(self, source: int, own: Mapping[str, Column]) -> None:
        """Copy a revision with its facts and its law, but for these columns of its row."""
        columns = [row[1] for row in self._db.execute("PRAGMA table_info(revisions)").fetchall()]
        picked = ", ".join(f":{column}" if column in own else column for column in columns)
        sql = f"INSERT INTO revisions ({', '.join(columns)}) SELECT {picked} FROM revisions WHERE id = :source"  # noqa: S608
        self._db.execute(sql, {**own, "source": source})
        for table, kept in _COPIED.items():
            sql = f"INSERT INTO {table} (revision_id, {kept}) SELECT ?, {kept} FROM {table} WHERE revision_id = ?"  # noqa: S608
            self._db.execute(sql, [own["id"], source])

    def _number(self, history: Sequence[Observation], changed: set[int]) -> None:
        """Number the revisions, and compare each with the one before it where that is another text than it was."""
        for number, one in enumerate(history, start=1):
            before = history[number - 2] if number > 1 else None
            is_first_now = before is None and one.number != 1
            has_other_before = before is not None and (before.revision_id in changed or one.number != before.number + 1)
            if one.revision_id in changed or is_first_now or has_other_before:
                self._compare(one.revision_id, before.revision_id if before else None)
            if number != one.number:
                self._db.execute("UPDATE revisions SET number = ? WHERE id = ?", [number, one.revision_id])

    def _compare(self, revision_id: int | None, before_id: int | None) -> None:
        sql = "SELECT kicker, title, lead, body FROM revisions WHERE id = ?"
        texts = self._db.execute(sql, [revision_id]).fetchone()
        before = self._db.execute(sql, [before_id]).fetchone()
        added, removed = count_changes(joined(before), joined(texts)) if before else (len(joined(texts)), 0)
        sql = (
            "UPDATE revisions SET chars_added = :added, chars_removed = :removed WHERE id = :id "
            "AND (chars_added <> :added OR chars_removed <> :removed)"
        )
        self._db.execute(sql, {"added": added, "removed": removed, "id": revision_id})

    def point(self, document_id: int, revision_id: int, revisions: int, kind: str | None = None) -> None:
        """Point the document to its current revision, of `revisions`; `kind` is what its page is, None: as it was."""
        published_on, jalali = self._db.execute(
            "SELECT published_on, published_jalali FROM revisions WHERE id = ?", [revision_id]
        ).fetchone()
        values = {
            "id": document_id, "revision": revision_id, "revisions": revisions, "published_on": published_on,
            "month": month_of(jalali), "kind": kind,
        }  # fmt: skip
        self._db.execute(_POINT, values)

    def set_kind(self, document_id: int, revision_id: int, kind: str) -> bool:
        """Make a document what its current revision is; other revisions change nothing. Return whether it was another kind."""
        sql = "UPDATE documents SET kind = :kind WHERE id = :id AND revision_id = :revision AND kind <> :kind"
        return self._db.execute(sql, {"kind": kind, "id": document_id, "revision": revision_id}).rowcount > 0

    def seen(self, document_id: int, seen_at: str) -> None:
        """Widen the time in which a document was seen; a page of later than its end says that it is there again."""
        first, last, gone_at = self._db.execute(
            "SELECT first_seen_at, last_seen_at, gone_at FROM documents WHERE id = ?", [document_id]
        ).fetchone()
        gone = None if gone_at and later(gone_at, seen_at) == seen_at else gone_at
        wider = (earlier(first, seen_at), later(last, seen_at), gone)
        if wider != (first, last, gone_at):
            sql = "UPDATE documents SET first_seen_at = ?, last_seen_at = ?, gone_at = ? WHERE id = ?"
            self._db.execute(sql, [*wider, document_id])

    def mark_gone(self, document_id: int, at: str) -> None:
        """Note that the page is gone since this moment, and not before it was last seen; known to be gone, it stays so."""
        sql = "SELECT last_seen_at FROM documents WHERE id = ? AND gone_at IS NULL"
        if row := self._db.execute(sql, [document_id]).fetchone():
            at = later(at, row[0])
            self._db.execute("UPDATE documents SET gone_at = ? WHERE id = ?", [at, document_id])

    def mark_there(self, document_id: int) -> None:
        """Note that the page answers now, whenever a clock says that it was gone."""
        self._db.execute("UPDATE documents SET gone_at = NULL WHERE id = ? AND gone_at IS NOT NULL", [document_id])

    def _reindex(self, document_id: int, before: Texts | None) -> None:
        after = self.texts(document_id)
        if after == before:
            return
        if before:
            index.remove(self._db, document_id, before)
        if after:
            index.add(self._db, document_id, after)
