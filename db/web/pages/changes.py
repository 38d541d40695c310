"""Two revisions of a document against each other, word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.read import documents, word_diff
from db.web.pages import NotFound
from db.web.pages.shown import document
from db.web.render import WebPage

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.web.pages import Asked


def changes(db: Database, asked: Asked) -> WebPage:
    """Return what changed between revisions `a` and `b`; by default between the last two."""
    view = document(db, asked)
    last = len(view.revisions)
    if last == 1:
        raise NotFound("never_changed")
    b = min(asked.number("b") or last, last)
    a = asked.number("a") or max(b - 1, 1)
    try:
        old, new = documents.revision_texts(db, view.document_id, a, b)
    except ArchiveError as error:
        raise NotFound("no_such_revision") from error
    lines = list(word_diff.lines(old, new))
    value = [_named(line) for line in lines]
    data: dict[str, Any] = {"view": view, "a": a, "b": b, "lines": [_named(line) for line in word_diff.folded(lines)]}
    table = [part for line in value for part in line if part["kind"] != "same"]
    title = str(asked.edition.say("changes_title", title=view.article.title or str(view.document_id)))
    return WebPage("changes.html", title, data, table, {"document_id": view.document_id, "a": a, "b": b, "lines": value})


def _named(line: word_diff.Line) -> list[dict[str, str]]:
    return [{"kind": kind, "text": text} for kind, text in line]
