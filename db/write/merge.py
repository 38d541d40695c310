"""What joining two archives needs of each: documents, what they said when, under which addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import ArchiveError
from db.moments import earlier, instant
from db.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

_DOCUMENTS = statement("write/merge_documents")
_BY_URL = statement("write/merge_document_by_url")
_URLS = statement("write/merge_urls")
_LOOKS = statement("write/merge_looks")
_TABLES = ("publishers", "documents", "document_urls", "revisions", "captures", "sightings", "blobs")


@dataclass(frozen=True, slots=True)
class Look:
    """A moment at which a document had a text. `has_bytes`: the capture holds the page of that moment, not only one like it."""

    seen_at: str
    text_hash: bytes
    capture_id: int
    has_bytes: bool


@dataclass(frozen=True, slots=True)
class MergedDocument:
    """A document as another archive knows it."""

    document_id: int
    publisher: str
    url: str
    first_seen_at: str
    last_seen_at: str
    gone_at: str | None


def refuse_strange(db: Database, path: Path) -> None:
    """Raise ArchiveError if what is read of another archive are not plain tables: a view by their name may never end."""
    kinds = dict(db.execute("SELECT name, type || CASE WHEN upper(sql) LIKE 'CREATE VIRTUAL%' THEN ' virtual' ELSE '' END "
                            "FROM sqlite_master").fetchall())  # fmt: skip
    strange = sorted(name for name in _TABLES if kinds.get(name) != "table")
    if strange:
        raise ArchiveError(f"{path}: `{strange[0]}` is not the table it should be; this is no archive that bayegan made")


def documents(db: Database) -> Iterator[MergedDocument]:
    """Return every document, in the order of their ids; reading the archive meanwhile is allowed."""
    for row in db.execute(_DOCUMENTS).fetchall():
        yield MergedDocument(*row)


def find(db: Database, publisher: str, urls: list[str]) -> int | None:
    """Return the document of this publisher that has one of these addresses, the first that fits."""
    for url in urls:
        row = db.execute(_BY_URL, [publisher, url]).fetchone()
        if row:
            return int(row[0])
    return None


def urls(db: Database, document_id: int) -> list[str]:
    """Return the addresses of a document, its own first."""
    return [row[0] for row in db.execute(_URLS, [document_id]).fetchall()]


def looks(db: Database, document_id: int) -> list[Look]:
    """Return when a document said what, in the order of time; of one moment pages before repeats."""
    found = [Look(row[0], row[1], row[2], bool(row[3])) for row in db.execute(_LOOKS, {"id": document_id}).fetchall()]
    return sorted(found, key=lambda look: (instant(look.seen_at), not look.has_bytes, look.text_hash))


def absorb(db: Database, document_id: int, other: MergedDocument, addresses: list[str]) -> None:
    """Widen the time in which a document was seen to what the other archive saw, and add its addresses."""
    first, last, gone = db.execute(
        "SELECT first_seen_at, last_seen_at, gone_at FROM documents WHERE id = ?", [document_id]
    ).fetchone()
    is_later = instant(other.last_seen_at) > instant(last)
    wider = (
        earlier(first, other.first_seen_at),
        other.last_seen_at if is_later else last,
        other.gone_at if is_later or (gone is None and instant(other.last_seen_at) == instant(last)) else gone,
    )
    if wider != (first, last, gone):
        db.execute("UPDATE documents SET first_seen_at = ?, last_seen_at = ?, gone_at = ? WHERE id = ?", [*wider, document_id])
    sql = "INSERT OR IGNORE INTO document_urls SELECT publisher_id, ?, id FROM documents WHERE id = ?"
    for url in addresses:
        db.execute(sql, [url, document_id])
