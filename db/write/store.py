"""From a capture and its record to rows: new documents, further revisions, and pages that say what the archive knows already."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from db.moments import instant, is_long_after, known_moment, now, second_after
from db.search import index
from db.statements import statement
from db.write import document_counts
from db.write.identity import add_urls, find_document, makes_document, publisher_slug, urls_of
from db.write.revision_rows import month_of, text_hash, texts_of
from db.write.storable_text import storable
from db.write.timeline import correct_future, find_repeat, observations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from db.authority import Authority
    from db.search.index import Texts
    from db.write.batch import Batch
    from db.write.captures import Captures
    from db.write.revision_rows import Column
    from db.write.revisions import Revisions
    from parsers.models import Capture, Record

Outcome = Literal["inserted", "updated", "unchanged", "rejected", "withdrawn"]
# `then`: at the moment that the capture names. `now`: at this moment, hence after all that the archive holds, whatever the clock
# shows. `surely now`: the clock is right besides, for others show the same.
Fetched = Literal["then", "now", "surely now"]
_LATEST = statement("write/latest_revision")


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of a page. Rejected pages have neither document nor capture; unchanged ones no capture.

    Of a capture that is read again, `withdrawn` means that it had a document and has none today; without either it is rejected.
    """

    document_id: int | None
    capture_id: int | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Current:
    """The current revision of a document, as far as storing needs it."""

    document_id: int
    text_hash: bytes
    texts: Texts
    capture_id: int
    revisions: int
    last_seen_at: str


@dataclass(frozen=True, slots=True)
class _Incoming:
    """A page on its way into the archive. `urls` are those under which it was met, its document's address first."""

    capture: Capture
    record: Record
    publisher_id: int
    urls: tuple[str, ...]
    seen_at: str
    fetched: Fetched

    def at(self, moment: str) -> _Incoming:
        """Return the page as fetched at another moment; what the clock showed stays in `captures.stored_at`."""
        return replace(self, seen_at=moment, capture=replace(self.capture, fetched_at=moment))


class Store:
    """Writes pages into one archive."""

    def __init__(self, db: Database, authority: Authority, captures: Captures, revisions: Revisions, batch: Batch) -> None:
        self._db = db
        self._authority = authority
        self._captures = captures
        self._revisions = revisions
        self._batch = batch
        self._joined_words: set[str] = set()

    def clear(self) -> None:
        """Forget rows that a rollback or a removal may have taken away."""
        self._joined_words.clear()

    def store_all(self, pages: Iterable[tuple[Capture, Record]], fetched: Fetched = "then") -> list[Stored]:
        """Store pages inside a transaction; return what came of each, in order. Each page sees what those before it wrote."""
        stored = [self._store(capture, record, fetched) for capture, record in pages]
        self._batch.write()
        return stored

    def note_sighting(self, document_id: int, seen_at: str, digest: bytes) -> bool:
        """Note that a document had a text, which a revision of it has, at a moment; return whether its history changed."""
        seen = observations(self._db, document_id)
        source = next((one for one in seen if one.text_hash == digest), None)
        repeat = find_repeat(seen, seen_at, digest)
        if source is None or (repeat and repeat.is_known):
            return False
        indexed = self._revisions.texts(document_id)
        self._revisions.note_sighting(document_id, seen_at, source.capture_id)
        self._revisions.seen(document_id, seen_at)
        if repeat is None:
            self._revisions.settle(document_id, indexed, set())
        return repeat is None

    def _store(self, capture: Capture, record: Record, fetched: Fetched) -> Stored:
        if not makes_document(record):
            return Stored(None, None, "rejected")
        capture, record = storable(capture, record)
        page = self._incoming(capture, record, fetched)
        if any(self._batch.has_url(page.publisher_id, url) for url in page.urls):
            self._batch.write()
        document_id = find_document(self._db, page.publisher_id, capture, record.article)
        current = self._current(document_id, page) if document_id is not None else None
        if current is None:
            return self._create(page)
        digest, is_before = text_hash(record.article), instant(page.seen_at) <= instant(current.last_seen_at)
        if page.fetched == "then" and is_before:
            return self._insert(current, page, digest)
        if current.text_hash == digest:
            self._see_again(current, page, with_moment=not is_before)
            return Stored(current.document_id, None, "unchanged")
        # The clock went back, but time did not.
        return self._append(current, page.at(second_after(current.last_seen_at)) if is_before else page)

    def _incoming(self, capture: Capture, record: Record, fetched: Fetched) -> _Incoming:
        publisher_id = self._authority.publisher(publisher_slug(capture, record.article))
        # A moment that cannot have been stays with the capture as evidence; the page counts as seen now.
        seen_at = (capture.fetched_at if fetched != "then" else known_moment(capture.fetched_at)) or now()
        return _Incoming(capture, record, publisher_id, urls_of(capture, record.article), seen_at, fetched)

    def _current(self, document_id: int, page: _Incoming) -> _Current | None:
        row = self._db.execute(_LATEST, [document_id]).fetchone()
        if row and page.fetched == "surely now" and is_long_after(row[7], page.seen_at):
            correct_future(self._db, document_id, page.seen_at)
            row = self._db.execute(_LATEST, [document_id]).fetchone()
        return _Current(document_id, row[0], row[1:5], *row[5:]) if row else None

    def _see_again(self, current: _Current, page: _Incoming, *, with_moment: bool) -> None:
        """Note that the page still has its current text; the moment only where it is later than what is known."""
        add_urls(self._db, self._batch, page.publisher_id, page.urls, current.document_id)
        self._batch.write()
        if with_moment:
            self._revisions.note_sighting(current.document_id, page.seen_at, current.capture_id)
            self._revisions.seen(current.document_id, page.seen_at)
        if page.fetched != "then":
            self._revisions.mark_there(current.document_id)

    def _create(self, page: _Incoming) -> Stored:
        """Add a new document with its first revision. Inserts only: after an UPDATE the search index writes everything out."""
        document_id = self._batch.next_id("documents")
        capture_id = self._captures.keep(self._batch, page.capture, page.publisher_id, document_id, is_first=True)
        row, facts = self._revisions.add(document_id, capture_id, page.seen_at, page.record, number=1)
        self._index(document_id, page.record)
        month = month_of(row["published_jalali"])
        document: dict[str, Column] = {
            "id": document_id, "publisher_id": page.publisher_id, "url": page.urls[0], "kind": page.record.verdict,
            "revision_id": row["id"], "revisions": 1, "published_on": row["published_on"], "jalali_month": month,
            "first_seen_at": page.seen_at, "last_seen_at": page.seen_at,
        }  # fmt: skip
        self._batch.add("documents", document)
        told = document_counts.CountedDocument(document_id, page.publisher_id, str(row["published_on"] or ""), month or "")
        for insert, counted in document_counts.inserts(told, facts):
            self._batch.add_dependent(insert, counted)
        self._batch.add_url(page.publisher_id, page.urls[0], document_id)
        add_urls(self._db, self._batch, page.publisher_id, page.urls[1:], document_id)
        if page.record.law:
            self._batch.write()
            self._revisions.add_law(document_id, int(row["id"] or 0), page.record)
        return Stored(document_id, capture_id, "inserted")

    def _append(self, current: _Current, page: _Incoming) -> Stored:
        """Add a revision after all that is known of a document, the common case, without reading its history."""
        document_id = current.document_id
        index.remove(self._db, document_id, current.texts)
        capture_id = self._captures.keep(self._batch, page.capture, page.publisher_id, document_id)
        number = current.revisions + 1
        row, _ = self._revisions.add(document_id, capture_id, page.seen_at, page.record, current.texts, number)
        self._index(document_id, page.record)
        add_urls(self._db, self._batch, page.publisher_id, page.urls, document_id)
        self._batch.write()
        self._revisions.point(document_id, int(row["id"] or 0), number, page.record.verdict)
        self._revisions.seen(document_id, page.seen_at)
        if page.fetched != "then":
            self._revisions.mark_there(document_id)
        document_counts.refresh(self._db, document_id)
        self._revisions.add_law(document_id, int(row["id"] or 0), page.record)
        return Stored(document_id, capture_id, "updated")

    def _insert(self, current: _Current, page: _Incoming, digest: bytes) -> Stored:
        """Find the place of a page in a history that reaches past its moment; add a revision there unless it repeats one."""
        document_id = current.document_id
        add_urls(self._db, self._batch, page.publisher_id, page.urls, document_id)
        self._batch.write()
        repeat = find_repeat(observations(self._db, document_id), page.seen_at, digest)
        if repeat:
            if not repeat.is_known:
                self._revisions.note_sighting(document_id, page.seen_at, repeat.capture_id)
            self._revisions.seen(document_id, page.seen_at)
            return Stored(document_id, None, "unchanged")
        capture_id = self._captures.keep(self._batch, page.capture, page.publisher_id, document_id)
        row, _ = self._revisions.add(document_id, capture_id, page.seen_at, page.record)
        self._batch.write()
        revision_id = int(row["id"] or 0)
        self._revisions.add_law(document_id, revision_id, page.record)
        self._revisions.settle(document_id, current.texts, {revision_id})
        self._revisions.set_kind(document_id, revision_id, page.record.verdict)
        self._revisions.seen(document_id, page.seen_at)
        self._batch.clear()
        return Stored(document_id, capture_id, "updated")

    def _index(self, document_id: int, record: Record) -> None:
        for insert, rows in index.inserts(document_id, texts_of(record.article), self._joined_words):
            self._batch.add_dependent(insert, rows)
