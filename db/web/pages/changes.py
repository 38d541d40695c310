"""Two revisions of a document against each other, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.read import documents, word_diff
from db.web.pages import NotFound
from db.web.pages.article import document
from db.web.render import WebPage

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.web.pages import Asked


def changes(db: Database, asked: Asked) -> WebPage:
    """Return what changed between revisions `a` and `b`; by default between the last two."""
    view = document(db, asked)
    last = len(view.revisions)
    if last == 1:
        raise NotFound("این سند تنها یک بازنگری دارد: متن آن تغییر نکرده است.")
    b = min(asked.number("b") or last, last)
    a = asked.number("a") or max(b - 1, 1)
    try:
        old, new = documents.revision_texts(db, view.document_id, a, b)
    except ArchiveError as error:
        raise NotFound("این سند چنین بازنگری\u200cای ندارد.") from error
    lines = list(word_diff.lines(old, new))
    value = [_named(line) for line in lines]
    data: dict[str, Any] = {"view": view, "a": a, "b": b, "lines": [_named(line) for line in word_diff.folded(lines)]}
    table = [part for line in value for part in line if part["kind"] != "same"]
    return WebPage("changes.html", f"تغییرها: {view.article.title or view.document_id}", data, table,
                {"document_id": view.document_id, "a": a, "b": b, "lines": value})  # fmt: skip


def _named(line: word_diff.Line) -> list[dict[str, str]]:
    return [{"kind": kind, "text": text} for kind, text in line]
