"""What the terminal and the web ask of an archive: one document, its revisions, the runs, the issues."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.statements import statement
from parsers.models import Article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

# The views lack what a page links to: numbers of instruments, times of day.
_FACTS = {
    "messengers": statement("read/document_messengers"),
    "citations": statement("read/document_citations"),
    "sessions": statement("read/document_sessions"),
    "instruments": statement("read/document_instruments"),
    "dates": statement("read/document_dates"),
    "agencies": statement("read/document_agencies"),
}
OPEN_ISSUES = "SELECT * FROM open_issues ORDER BY instr('error warning info', level), publisher, code"


@dataclass(frozen=True, slots=True)
class RevisionInfo:
    """One text of a document: which, when, and how it differs from the one before."""

    number: int
    captured_at: str
    capture_id: int
    chars_added: int
    chars_removed: int


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as it reads today. `facts`: rows by kind (messengers, citations, sessions, instruments, dates, agencies)."""

    document_id: int
    publisher: str
    publisher_name: str | None
    url: str
    kind: str
    first_seen_at: str
    last_seen_at: str
    gone_at: str | None
    article: Article
    facts: Mapping[str, tuple[dict[str, Any], ...]]
    revisions: tuple[RevisionInfo, ...]
    other_urls: tuple[str, ...]


def document(db: Database, key: int | str) -> DocumentView:
    """Return the document of this id, address or news code. Raises ArchiveError where there is none."""
    document_id = _find(db, key)
    row = _one(
        db,
        "SELECT d.*, p.slug, p.name FROM documents d JOIN publishers p ON p.id = d.publisher_id WHERE d.id = ?",
        document_id,
    )
    revision = _one(db, "SELECT * FROM revisions WHERE id = ?", row["revision_id"])
    urls = db.execute("SELECT url FROM document_urls WHERE document_id = ? AND url <> ?", [document_id, row["url"]])
    facts = {kind: tuple(_rows(db, sql, document_id)) for kind, sql in _FACTS.items()}
    return DocumentView(
        document_id=document_id, publisher=row["slug"], publisher_name=row["name"], url=row["url"], kind=row["kind"],
        first_seen_at=row["first_seen_at"], last_seen_at=row["last_seen_at"], gone_at=row["gone_at"],
        article=_article(row, revision), facts=facts, revisions=revisions(db, document_id),
        other_urls=tuple(url for (url,) in urls.fetchall()),
    )  # fmt: skip


def revisions(db: Database, document_id: int) -> tuple[RevisionInfo, ...]:
    """Return every revision of a document, the first one first."""
    sql = (
        "SELECT number, captured_at, capture_id, chars_added, chars_removed FROM revisions WHERE document_id = ? ORDER BY number"
    )
    return tuple(RevisionInfo(*row) for row in db.execute(sql, [document_id]).fetchall())


def revision_article(db: Database, view: DocumentView, number: int) -> Article:
    """Return the article as one of its revisions had it. Raises ArchiveError where the document has no such revision."""
    sql = "SELECT * FROM revisions WHERE document_id = ? AND number = ?"
    found = _rows(db, sql, view.document_id, number)
    if not found:
        raise ArchiveError(f"document {view.document_id} has no revision {number}")
    return _article({"slug": view.publisher, "url": view.url}, found[0])


def revision_texts(db: Database, key: int | str, a: int | None = None, b: int | None = None) -> tuple[str, str]:
    """Return the texts of two revisions, kicker to body joined by line feeds; by default of the last two.

    Raises ArchiveError where the document has no such revision, or only one.
    """
    document_id = _find(db, key)
    last = revisions(db, document_id)[-1].number
    if last == 1 and a is None:
        raise ArchiveError(f"document {document_id} has never changed: it has one revision")
    return _text(db, document_id, a or (b or last) - 1), _text(db, document_id, b or last)


def open_issues(db: Database) -> list[dict[str, Any]]:
    """Return rows of the view `open_issues`, the gravest first."""
    return _rows(db, OPEN_ISSUES)


def _find(db: Database, key: int | str) -> int:
    text = str(key).strip()
    queries = [
        ("SELECT id FROM documents WHERE id = ?", int(text) if text.isdecimal() and len(text) < 19 else -1),
        ("SELECT document_id FROM document_urls WHERE url = ? ORDER BY document_id LIMIT 1", text),
        ("SELECT document_id FROM revisions WHERE news_code = ? ORDER BY document_id LIMIT 1", text),
    ]
    for sql, value in queries:
        row = db.execute(sql, [value]).fetchone()
        if row:
            return int(row[0])
    raise ArchiveError(f"no document {text} in this archive; give an id, an address or a news code")


def _article(row: Mapping[str, Any], revision: Mapping[str, Any]) -> Article:
    body = revision["body"]
    plain = (
        "news_code",
        "kicker",
        "title",
        "lead",
        "agency",
        "published_at",
        "published_jalali",
        "published_from",
        "modified_at",
        "cms",
    )
    return Article(
        publisher=row["slug"],
        url=row["url"],
        canonical_url=row["url"],
        body=body,
        paragraphs=tuple(body.split("\n")) if body else (),
        authors=tuple(json.loads(revision["authors"])),
        category=tuple((revision["category"] or "").split(" / ")) if revision["category"] else (),
        tags=tuple(json.loads(revision["tags"])),
        images=tuple(json.loads(revision["images"])),
        **{name: revision[name] for name in plain},
    )


def _text(db: Database, document_id: int, number: int) -> str:
    row = db.execute(
        "SELECT kicker, title, lead, body FROM revisions WHERE document_id = ? AND number = ?", [document_id, number]
    ).fetchone()
    if row is None:
        raise ArchiveError(f"document {document_id} has no revision {number}")
    return "\n".join(part for part in row if part)


def _one(db: Database, sql: str, *values: object) -> dict[str, Any]:
    return next(iter(_rows(db, sql, *values)))


def _rows(db: Database, sql: str, *values: object) -> list[dict[str, Any]]:
    return list(db.query(sql, list(values)))
