"""Histories that earlier versions made: revisions in the order in which they came, not in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.meta import get_meta, set_meta
from db.statements import statement

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.write.revisions import Revisions

_VERSION = "1"  # raised when the same looks would make another history
_OUT_OF_ORDER = statement("write/documents_out_of_order")


def refresh(db: Database, revisions: Revisions) -> None:
    """Settle the history of every document whose revisions are not in the order of time, once for an archive."""
    if get_meta(db, "revision_order") == _VERSION:
        return
    with db.atomic():
        for (document_id,) in db.execute(_OUT_OF_ORDER).fetchall():
            revisions.settle(document_id, revisions.texts(document_id), set())
        set_meta(db, "revision_order", _VERSION)
