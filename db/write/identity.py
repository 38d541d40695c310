"""Which document a page is: its publisher, its addresses, and the document that was met under them before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.write.revision_rows import text_hash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from db.write.batch import Batch
    from parsers.models import Article, Capture, Record

_BY_URL = "SELECT document_id FROM document_urls WHERE publisher_id = ? AND url = ?"
_BY_MAIN_URL = "SELECT id FROM documents WHERE publisher_id = ? AND url = ?"


def makes_document(record: Record) -> bool:
    """Return whether the page becomes a document: articles and laws do, a media page only with a title."""
    return record.verdict in {"article", "law"} or (record.verdict == "media" and bool(record.article.title))


def publisher_slug(capture: Capture, article: Article) -> str:
    """Return the publisher's slug, `unknown` for a text that nobody signs."""
    return article.publisher or capture.publisher or "unknown"


def identity_url(capture: Capture, article: Article) -> str:
    """Return a document's address: the canonical one, else the one asked for, else a URN of its news code or of its text."""
    address = article.canonical_url or article.url or capture.url
    if address:
        return address
    if article.news_code:
        return f"urn:bayegan:{publisher_slug(capture, article)}:{article.news_code}"
    return f"urn:sha256:{text_hash(article).hex()}"


def urls_of(capture: Capture, article: Article) -> tuple[str, ...]:
    """Return the addresses of a page: its document's first, then the one asked for if that is another."""
    identity = identity_url(capture, article)
    return (identity, article.url) if article.url and article.url != identity else (identity,)


def find_document(db: Database, publisher_id: int, capture: Capture, article: Article) -> int | None:
    """Return the document that a page shows again: by its canonical address, else by the address asked for."""
    identity = identity_url(capture, article)
    found = document_at(db, publisher_id, identity)
    if found is None and article.canonical_url and article.url and article.url != identity:
        row = db.execute(_BY_MAIN_URL, [publisher_id, article.url]).fetchone()
        found = row[0] if row else None
    return found


def document_at(db: Database, publisher_id: int, url: str) -> int | None:
    """Return the document of this publisher that was met under this address, if any."""
    row = db.execute(_BY_URL, [publisher_id, url]).fetchone()
    return row[0] if row else None


def add_urls(db: Database, batch: Batch, publisher_id: int, urls: Iterable[str], document_id: int) -> None:
    """Add the addresses under which a document was met to the batch, unless they are another document's."""
    for url in urls:
        if document_at(db, publisher_id, url) is None:
            batch.add_url(publisher_id, url, document_id)
