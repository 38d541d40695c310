"""Which document, and which revision of it, an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import ArchiveError
from db.read import documents
from db.web.pages import Asked, NotFound

if TYPE_CHECKING:
    from sqlite_utils import Database


def document(db: Database, asked: Asked) -> documents.DocumentView:
    """Return the document that the address names. Raises NotFound."""
    try:
        return documents.document(db, asked.number("document"))
    except ArchiveError as error:
        raise NotFound("no_such_document") from error


def shown_revision(view: documents.DocumentView, asked: Asked) -> documents.RevisionInfo:
    """Return the revision that the address names, by default the current one. Raises NotFound."""
    number = asked.number("revision") if asked.parts.get("revision") else view.revisions[-1].number
    found = next((one for one in view.revisions if one.number == number), None)
    if found is None:
        raise NotFound("no_such_revision")
    return found
