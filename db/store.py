"""From a capture and its record to rows: the one place where documents and revisions come into being."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from db import facts, laws, search_index
from db.changes import count_changes
from db.clean import storable
from db.runs import now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from db.authority import Names
    from db.captures import Captures
    from db.search_index import Texts
    from parsers.models import Article, Capture, Record

Column = str | int | bytes | None
Outcome = Literal["inserted", "updated", "unchanged", "rejected"]
_TEHRAN = ZoneInfo("Asia/Tehran")
_TEHRAN_OFFSETS = ("+03:30", "+04:30")


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


class Store:
    """Writes pages into one archive."""

    def __init__(self, db: Database, names: Names, captures: Captures) -> None:
        self._db = db
        self._names = names
        self._captures = captures
        # The number that the next new document takes, where it had one before.
        self.next_document: int | None = None

    def store(self, capture: Capture, record: Record) -> Stored:
        """Raw bytes first, then everything derived; to be called inside a transaction."""
        if not makes_document(record):
            return Stored(None, None, "rejected")
        capture, record = storable(capture, record)
        article = record.article
        publisher_id = self._names.publisher(publisher_slug(capture, article))
        seen_at = capture.fetched_at or now()
        document_id = self._find(publisher_id, capture, article)
        latest = self._latest(document_id) if document_id is not None else None
        if latest and latest.text_hash == text_hash(article):
            self._seen(latest, publisher_id, capture, article, seen_at)
            return Stored(latest.document_id, None, "unchanged")
        row = revision_row(record, latest.texts if latest else None)
        row |= {"id": self._next_id("revisions"), "captured_at": seen_at}
        if latest:
            document_id = latest.document_id
            capture_id = self._captures.keep(capture, publisher_id, document_id, now())
            self._revise(latest, row | {"capture_id": capture_id}, record, seen_at)
        else:
            document_id, self.next_document = self.next_document or self._next_id("documents"), None
            capture_id = self._captures.keep(capture, publisher_id, document_id, now())
            self._create(document_id, publisher_id, row | {"capture_id": capture_id}, capture, record)
        add_urls(self._db, document_id, publisher_id, capture, article)
        return Stored(document_id, capture_id, "updated" if latest else "inserted")

    def _next_id(self, table: str) -> int:
        return int(self._db.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0])  # noqa: S608

    def _find(self, publisher_id: int, capture: Capture, article: Article) -> int | None:
        """The document this page is another look at: by its canonical address, else by the address asked for."""
        identity = identity_url(capture, article)
        found = _by_url(self._db, publisher_id, identity)
        if found is None and article.canonical_url and article.url:
            row = self._db.execute(
                "SELECT id FROM documents WHERE publisher_id = ? AND url = ?", [publisher_id, article.url]
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

    def _seen(self, latest: _Latest, publisher_id: int, capture: Capture, article: Article, seen_at: str) -> None:
        add_urls(self._db, latest.document_id, publisher_id, capture, article)
        if _later(seen_at, latest.last_seen_at) or latest.gone_at:
            last = seen_at if _later(seen_at, latest.last_seen_at) else latest.last_seen_at
            self._db.execute("UPDATE documents SET last_seen_at = ?, gone_at = NULL WHERE id = ?", [last, latest.document_id])

    def _create(self, document_id: int, publisher_id: int, row: dict[str, Column], capture: Capture, record: Record) -> None:
        """A new document with its first revision. Inserts only: after an UPDATE the search index writes everything out."""
        document = {
            "id": document_id,
            "publisher_id": publisher_id,
            "url": identity_url(capture, record.article),
            "kind": record.verdict,
            "revision_id": row["id"],
            "revisions": 1,
            "published_on": row["published_on"],
            "jalali_month": month_of(row["published_jalali"]),
            "first_seen_at": row["captured_at"],
            "last_seen_at": row["captured_at"],
        }
        insert(self._db, "documents", document)
        self._write(document_id, row | {"number": 1}, record)
        if record.law:
            laws.write(self._db, self._names, document_id, int(row["id"] or 0), record.law)

    def _revise(self, latest: _Latest, row: dict[str, Column], record: Record, seen_at: str) -> None:
        """A further revision of a document."""
        search_index.remove(self._db, latest.document_id, latest.texts)
        self._write(latest.document_id, row | {"number": latest.revisions + 1}, record)
        last_seen_at = latest.last_seen_at if _later(latest.last_seen_at, seen_at) else seen_at
        self._db.execute(
            "UPDATE documents SET revision_id = ?, revisions = revisions + 1, kind = ?, published_on = ?, jalali_month = ?, "
            "last_seen_at = ?, gone_at = NULL WHERE id = ?",
            [row["id"], record.verdict, row["published_on"], month_of(row["published_jalali"]), last_seen_at, latest.document_id],
        )
        laws.write(self._db, self._names, latest.document_id, int(row["id"] or 0), record.law)

    def _write(self, document_id: int, row: dict[str, Column], record: Record) -> None:
        revision_id = insert(self._db, "revisions", row | {"document_id": document_id})
        facts.write(self._db, revision_id, record.article, record.facts, self._names)
        search_index.add(self._db, document_id, texts_of(record.article))


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


def add_urls(db: Database, document_id: int, publisher_id: int, capture: Capture, article: Article) -> None:
    """Notes the addresses under which the document was met, unless they already are another's."""
    for url in dict.fromkeys((identity_url(capture, article), article.url)):
        if url and _by_url(db, publisher_id, url) is None:
            db.execute("INSERT INTO document_urls VALUES (?, ?, ?)", [publisher_id, url, document_id])


def _by_url(db: Database, publisher_id: int, url: str) -> int | None:
    row = db.execute("SELECT document_id FROM document_urls WHERE publisher_id = ? AND url = ?", [publisher_id, url]).fetchone()
    return row[0] if row else None


def texts_of(article: Article) -> Texts:
    """What a document says: what is hashed, compared and searched."""
    return (article.kicker, article.title, article.lead, article.body)


def text_hash(article: Article) -> bytes:
    """SHA-256 of the four parts, set apart by a character that no text has."""
    return hashlib.sha256("\x1f".join(text or "" for text in texts_of(article)).encode()).digest()


def insert(db: Database, table: str, row: Mapping[str, object]) -> int:
    """One row, by column; returns its id. (sqlite-utils reads the schema anew for each single row.)"""
    sql = f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608
    return int(db.execute(sql, list(row.values())).lastrowid or 0)


def revision_row(record: Record, before: Texts | None) -> dict[str, Column]:
    """The columns of a revision that follow from its record and from the text before it."""
    article = record.article
    texts = texts_of(article)
    added, removed = count_changes(_joined(before), _joined(texts)) if before else (len(_joined(texts)), 0)
    return {
        "text_hash": text_hash(article),
        "kicker": article.kicker,
        "title": article.title,
        "lead": article.lead,
        "body": article.body,
        "news_code": article.news_code,
        "agency": article.agency,
        "authors": _json(article.authors),
        "category": " / ".join(article.category) or None,
        "tags": _json(article.tags),
        "images": _json(article.images),
        "published_at": article.published_at,
        "published_on": tehran_day(article.published_at),
        "published_jalali": article.published_jalali,
        "modified_at": article.modified_at,
        "cms": article.cms,
        "damage": record.damage,
        "chars_added": added,
        "chars_removed": removed,
    }


def tehran_day(moment: str | None) -> str | None:
    """The day in Tehran of an ISO 8601 moment; a day without a time is itself."""
    if not moment or len(moment) == 10 or moment.endswith(_TEHRAN_OFFSETS):
        return moment[:10] if moment else None
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (parsed.astimezone(_TEHRAN) if parsed.tzinfo else parsed).date().isoformat()


def month_of(jalali: object) -> str | None:
    """1398-02 of 1398-02-15."""
    return jalali[:7] if isinstance(jalali, str) else None


def _joined(texts: Texts) -> str:
    return "\n".join(text for text in texts if text)


def _json(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else "[]"


def _later(one: str, other: str) -> bool:
    """Whether one moment is after another; offsets may differ."""
    if one[19:] == other[19:]:
        return one > other
    try:
        return datetime.fromisoformat(one) > datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return one > other
