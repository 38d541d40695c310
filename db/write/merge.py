"""What joining two archives needs of each: a document's history, and a history written anew in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.search import index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Entry:
    """One text of a document: when it was first seen, its hash, the capture it was read from."""

    captured_at: str
    text_hash: bytes
    capture_id: int


@dataclass(frozen=True, slots=True)
class Known:
    """A document as another archive knows it."""

    document_id: int
    publisher: str
    url: str
    first_seen_at: str
    last_seen_at: str
    gone_at: str | None


def documents(db: Database, document_id: int | None = None) -> Iterator[Known]:
    """Every document (or this one), in the order of their numbers; reading the archive meanwhile is allowed."""
    sql = (
        "SELECT d.id, p.slug, d.url, d.first_seen_at, d.last_seen_at, d.gone_at FROM documents d "
        "JOIN publishers p ON p.id = d.publisher_id WHERE :id IS NULL OR d.id = :id ORDER BY d.id"
    )
    for row in db.execute(sql, {"id": document_id}).fetchall():
        yield Known(*row)


def find(db: Database, publisher: str, urls: list[str]) -> int | None:
    """The document of this publisher that has one of these addresses, the first that fits."""
    for url in urls:
        row = db.execute(
            "SELECT u.document_id FROM document_urls u JOIN publishers p ON p.id = u.publisher_id WHERE p.slug = ? AND u.url = ?",
            [publisher, url],
        ).fetchone()
        if row:
            return int(row[0])
    return None


def urls(db: Database, document_id: int) -> list[str]:
    """The addresses of a document, its own first."""
    sql = (
        "SELECT u.url FROM document_urls u JOIN documents d ON d.id = u.document_id WHERE u.document_id = ? "
        "ORDER BY u.url <> d.url, u.url"
    )
    return [row[0] for row in db.execute(sql, [document_id]).fetchall()]


def history(db: Database, document_id: int) -> list[Entry]:
    """The texts of a document, the first one first."""
    sql = "SELECT captured_at, text_hash, capture_id FROM revisions WHERE document_id = ? ORDER BY number"
    return [Entry(*row) for row in db.execute(sql, [document_id]).fetchall()]


def forget(db: Database, document_id: int) -> Callable[[], None]:
    """Removes a document with everything derived and its captures, to be written anew in the same transaction.

    What is given back is to be called after that: it restores what is not in captures (when the page was seen, under which
    addresses, which addresses of a crawl led to it).
    """
    texts = db.execute(
        "SELECT r.kicker, r.title, r.lead, r.body FROM documents d JOIN revisions r ON r.id = d.revision_id WHERE d.id = ?",
        [document_id],
    ).fetchone()
    known = next(one for one in documents(db, document_id))
    addresses = urls(db, document_id)
    asked = [row[0] for row in db.execute("SELECT id FROM frontier_urls WHERE document_id = ?", [document_id]).fetchall()]
    index.remove(db, document_id, tuple(texts))
    db.execute("DELETE FROM documents WHERE id = ?", [document_id])
    db.execute("DELETE FROM captures WHERE document_id = ?", [document_id])

    def restore() -> None:
        absorb(db, document_id, known, addresses)
        for address in asked:
            db.execute("UPDATE frontier_urls SET document_id = ? WHERE id = ?", [document_id, address])

    return restore


def absorb(db: Database, document_id: int, other: Known, addresses: list[str]) -> None:
    """Widens the time in which a document was seen to what the other archive saw, and adds its addresses."""
    first, last, gone = db.execute(
        "SELECT first_seen_at, last_seen_at, gone_at FROM documents WHERE id = ?", [document_id]
    ).fetchone()
    later = moment(other.last_seen_at) > moment(last)
    wider = (
        min(first, other.first_seen_at, key=moment),
        other.last_seen_at if later else last,
        other.gone_at if later else gone,
    )
    if wider != (first, last, gone):
        db.execute("UPDATE documents SET first_seen_at = ?, last_seen_at = ?, gone_at = ? WHERE id = ?", [*wider, document_id])
    sql = (
        "INSERT INTO document_urls SELECT publisher_id, ?, id FROM documents WHERE id = ? "
        "ON CONFLICT (publisher_id, url) DO NOTHING"
    )
    for url in addresses:
        db.execute(sql, [url, document_id])


def moment(text: str) -> datetime:
    """A time of the archive, to be compared: offsets differ, and a day alone is its beginning."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
