"""From a capture and its record to rows: the one place where documents and revisions come into being."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from db.crawl.runs import now
from db.law import derived_rows
from db.search import index
from db.write import document_counts, fact_rows
from db.write.batch import Sheet
from db.write.revision_rows import month_of, revision_row, text_hash, texts_of
from db.write.surrogates import storable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlite_utils import Database

    from db.search.index import Texts
    from db.write.authority import Names
    from db.write.captures import Captures
    from db.write.revision_rows import Column
    from parsers.models import Article, Capture, Record

Outcome = Literal["inserted", "updated", "unchanged", "rejected"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What came of a page. Rejected pages have neither document nor capture; unchanged ones no capture of their own."""

    document_id: int | None
    capture_id: int | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class _Latest:
    """The current revision of a document, as far as storing needs it."""

    document_id: int
    text_hash: bytes
    texts: Texts
    revisions: int
    last_seen_at: str
    gone_at: str | None


@dataclass(frozen=True, slots=True)
class _Page:
    """A page on its way into the archive."""

    capture: Capture
    record: Record
    publisher_id: int
    urls: tuple[str, ...]  # under which it was met, its document's address first
    seen_at: str

    @property
    def identity(self) -> str:
        """The document's address."""
        return self.urls[0]


class Store:
    """Writes pages into one archive."""

    def __init__(self, db: Database, names: Names, captures: Captures) -> None:
        self._db = db
        self._names = names
        self._captures = captures
        self._sheet = Sheet(db)
        self._joined_words: set[str] = set()
        # The number that the next new document takes, where it had one before.
        self.next_document: int | None = None

    def forget(self) -> None:
        """To be called after a rollback, and when rows that were there have been removed."""
        self._sheet.clear()
        self._joined_words.clear()
        self.next_document = None

    def store_all(self, pages: Iterable[tuple[Capture, Record]]) -> list[Stored]:
        """What comes of each page, in order; to be called inside a transaction. Each page sees what those before it wrote."""
        stored = [self._store(capture, record) for capture, record in pages]
        self._sheet.write()
        return stored

    def _store(self, capture: Capture, record: Record) -> Stored:
        """Raw bytes first, then everything derived."""
        if not makes_document(record):
            return Stored(None, None, "rejected")
        capture, record = storable(capture, record)
        article = record.article
        publisher_id = self._names.publisher(publisher_slug(capture, article))
        page = _Page(capture, record, publisher_id, urls_of(capture, article), capture.fetched_at or now())
        if any(self._sheet.has_url(page.publisher_id, url) for url in page.urls):
            self._sheet.write()
        document_id = self._find(page)
        latest = self._latest(document_id) if document_id is not None else None
        if latest is None:
            return self._create(page)
        digest = text_hash(article)
        if latest.text_hash == digest:
            self._see(latest, page)
            return Stored(latest.document_id, None, "unchanged")
        return self._revise(latest, page, digest)

    def _find(self, page: _Page) -> int | None:
        """The document this page is another look at: by its canonical address, else by the address asked for."""
        found = _by_url(self._db, page.publisher_id, page.identity)
        article = page.record.article
        if found is None and article.canonical_url and article.url:
            row = self._db.execute(
                "SELECT id FROM documents WHERE publisher_id = ? AND url = ?", [page.publisher_id, article.url]
            ).fetchone()
            found = row[0] if row else None
        return found

    def _latest(self, document_id: int) -> _Latest | None:
        row = self._db.execute(
            "SELECT r.text_hash, r.kicker, r.title, r.lead, r.body, d.revisions, d.last_seen_at, d.gone_at "
            "FROM documents d JOIN revisions r ON r.id = d.revision_id WHERE d.id = ?",
            [document_id],
        ).fetchone()
        return _Latest(document_id, row[0], row[1:5], *row[5:]) if row else None

    def _see(self, latest: _Latest, page: _Page) -> None:
        """A page whose text is held already."""
        add_urls(self._db, self._sheet, page.publisher_id, page.urls, latest.document_id)
        self._sheet.write()
        last_seen_at = _later(latest.last_seen_at, page.seen_at)
        if last_seen_at != latest.last_seen_at or latest.gone_at:
            sql = "UPDATE documents SET last_seen_at = ?, gone_at = NULL WHERE id = ?"
            self._db.execute(sql, [last_seen_at, latest.document_id])

    def _create(self, page: _Page) -> Stored:
        """A new document with its first revision. Inserts only: after an UPDATE the search index writes everything out."""
        document_id, self.next_document = self.next_document or self._sheet.next_id("documents"), None
        capture_id = self._captures.keep(self._sheet, page.capture, page.publisher_id, document_id, is_first=True)
        made = revision_row(page.record, text_hash(page.record.article), None)
        row, named = self._write(document_id, page, made, capture_id, 1)
        document: dict[str, Column] = {
            "id": document_id,
            "publisher_id": page.publisher_id,
            "url": page.identity,
            "kind": page.record.verdict,
            "revision_id": row["id"],
            "revisions": 1,
            "published_on": row["published_on"],
            "jalali_month": month_of(row["published_jalali"]),
            "first_seen_at": page.seen_at,
            "last_seen_at": page.seen_at,
        }
        self._sheet.add("documents", document)
        for insert, counted in document_counts.inserts(document_id, month_of(row["published_jalali"]), named):
            self._sheet.hang(insert, counted)
        self._sheet.add_url(page.publisher_id, page.identity, document_id)
        add_urls(self._db, self._sheet, page.publisher_id, page.urls[1:], document_id)
        if page.record.law:
            self._sheet.write()
            derived_rows.write(self._db, self._names, document_id, int(row["id"] or 0), page.record.law)
        return Stored(document_id, capture_id, "inserted")

    def _revise(self, latest: _Latest, page: _Page, digest: bytes) -> Stored:
        """A further revision of a document."""
        document_id = latest.document_id
        index.remove(self._db, document_id, latest.texts)
        capture_id = self._captures.keep(self._sheet, page.capture, page.publisher_id, document_id)
        made = revision_row(page.record, digest, latest.texts)
        row, _ = self._write(document_id, page, made, capture_id, latest.revisions + 1)
        add_urls(self._db, self._sheet, page.publisher_id, page.urls, document_id)
        self._sheet.write()
        self._db.execute(
            "UPDATE documents SET revision_id = ?, revisions = revisions + 1, kind = ?, published_on = ?, jalali_month = ?, "
            "last_seen_at = ?, gone_at = NULL WHERE id = ?",
            [
                row["id"], page.record.verdict, row["published_on"], month_of(row["published_jalali"]),
                _later(latest.last_seen_at, page.seen_at), document_id,
            ],
        )  # fmt: skip
        document_counts.refresh(self._db, document_id)
        derived_rows.write(self._db, self._names, document_id, int(row["id"] or 0), page.record.law)
        return Stored(document_id, capture_id, "updated")

    def _write(
        self, document_id: int, page: _Page, made: dict[str, Column], capture_id: int, number: int
    ) -> tuple[Mapping[str, Column], Mapping[str, list[fact_rows.Row]]]:
        """A revision with everything that hangs on it, on the sheet; returns its row and those of its facts."""
        revision_id = self._sheet.next_id("revisions")
        row = {
            "id": revision_id, "document_id": document_id, "number": number, "capture_id": capture_id,
            "captured_at": page.seen_at, **made,
        }  # fmt: skip
        article = page.record.article
        self._sheet.add("revisions", row)
        named = fact_rows.rows(revision_id, article, page.record.facts, self._names)
        for table, rows in named.items():
            self._sheet.hang(fact_rows.INSERTS[table], rows)
        for insert, words in index.inserts(document_id, texts_of(article), self._joined_words):
            self._sheet.hang(insert, words)
        return row, named


def makes_document(record: Record) -> bool:
    """Articles and laws do; a media page only where it has a title."""
    return record.verdict in {"article", "law"} or (record.verdict == "media" and bool(record.article.title))


def publisher_slug(capture: Capture, article: Article) -> str:
    """The publisher's slug; `unknown` for a text that nobody signs."""
    return article.publisher or capture.publisher or "unknown"


def identity_url(capture: Capture, article: Article) -> str:
    """A document's address: the canonical, else the one asked for, else a urn of its news code or of its text."""
    address = article.canonical_url or article.url or capture.url
    if address:
        return address
    if article.news_code:
        return f"urn:bayegan:{publisher_slug(capture, article)}:{article.news_code}"
    return f"urn:sha256:{text_hash(article).hex()}"


def urls_of(capture: Capture, article: Article) -> tuple[str, ...]:
    """The addresses under which a page was met: its document's, and the one asked for where that is another."""
    identity = identity_url(capture, article)
    return (identity, article.url) if article.url and article.url != identity else (identity,)


def add_urls(db: Database, sheet: Sheet, publisher_id: int, urls: Iterable[str], document_id: int) -> None:
    """Notes the addresses under which a document was met, unless they already are another's."""
    for url in urls:
        if _by_url(db, publisher_id, url) is None:
            sheet.add_url(publisher_id, url, document_id)


def _by_url(db: Database, publisher_id: int, url: str) -> int | None:
    row = db.execute("SELECT document_id FROM document_urls WHERE publisher_id = ? AND url = ?", [publisher_id, url]).fetchone()
    return row[0] if row else None


def _later(one: str, other: str) -> str:
    """The later of two moments; offsets may differ."""
    if one[19:] == other[19:]:
        return max(one, other)
    try:
        return one if datetime.fromisoformat(one) > datetime.fromisoformat(other) else other
    except (ValueError, TypeError):
        return max(one, other)
