"""Documents counted by what they name, so that questions about the whole archive need not read every mention in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.authority import Names
    from parsers.models import Facts

_INSERT = "INSERT INTO document_messengers (messenger_id, jalali_month, document_id, mentions) VALUES (?, ?, ?, ?)"
_REFRESH = (
    "INSERT INTO document_messengers SELECT m.messenger_id, coalesce(d.jalali_month, ''), d.id, count(*) "
    "FROM documents d JOIN mentioned_messengers m ON m.revision_id = d.revision_id WHERE d.id = ? GROUP BY m.messenger_id"
)


def insert(document_id: int, month: str | None, facts: Facts, names: Names) -> tuple[str, list[tuple[int | str, ...]]]:
    """The statement that counts a new document, and its rows."""
    named = Counter(names.messenger(mention.slug) for mention in facts.mentions)
    return _INSERT, [(messenger, month or "", document_id, mentions) for messenger, mentions in named.items()]


def refresh(db: Database, document_id: int) -> None:
    """Counts a document anew, after its current revision or the facts of it have changed."""
    db.execute("DELETE FROM document_messengers WHERE document_id = ?", [document_id])
    db.execute(_REFRESH, [document_id])
