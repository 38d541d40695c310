"""What the search index holds: folded text, and every word written with ZWNJ once more without it.

«پیام‌رسان‌های» is indexed as «پیام رسان های» and, in the column `joined`, as «پیامرسان», «رسانهای» and «پیامرسانهای», so that
whichever way a reader joins it, one of them is there.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from db.migrations import get_meta, set_meta
from parsers.persian.letters import ZWNJ, fold_search

if TYPE_CHECKING:
    from sqlite_utils import Database

VERSION = "1"  # raised whenever the same text would be indexed differently
Texts = tuple[str | None, str | None, str | None, str]  # kicker, title, lead, body
_COMPOUND = re.compile(rf"\w+(?:{ZWNJ}\w+)+")
_MAX_PARTS = 6  # of one compound; a longer one is no word
_ADD = "INSERT INTO search (rowid, title, lead, body, joined) VALUES (?, ?, ?, ?, ?)"
_REMOVE = "INSERT INTO search (search, rowid, title, lead, body, joined) VALUES ('delete', ?, ?, ?, ?, ?)"


def add(db: Database, document_id: int, texts: Texts) -> None:
    """Indexes a document's text."""
    db.execute(_ADD, [document_id, *_columns(texts)])


def remove(db: Database, document_id: int, texts: Texts) -> None:
    """Takes a document out; `texts` must be exactly what it was indexed with."""
    db.execute(_REMOVE, [document_id, *_columns(texts)])


def refresh(db: Database) -> None:
    """Makes the whole index anew where it was made by another version of this module."""
    if get_meta(db, "search") == VERSION:
        return
    with db.atomic():
        db.execute("INSERT INTO search (search) VALUES ('delete-all')")
        rows = db.execute(
            "SELECT d.id, r.kicker, r.title, r.lead, r.body FROM documents d JOIN revisions r ON r.id = d.revision_id ORDER BY d.id"
        )
        for document_id, *texts in rows:
            add(db, document_id, tuple(texts))
        set_meta(db, "search", VERSION)


def _columns(texts: Texts) -> tuple[str, str, str, str]:
    kicker, title, lead, body = texts
    head = f"{kicker}\n{title or ''}" if kicker else title or ""
    joined = " ".join(dict.fromkeys(_COMPOUND.findall(f"{head}\n{lead or ''}\n{body}")))
    return fold_search(head), fold_search(lead or ""), fold_search(body), " ".join(map(_joined, joined.split()))


@lru_cache(maxsize=100_000)
def _joined(compound: str) -> str:
    """Every run of two or more neighbouring parts, folded and glued."""
    parts = compound.split(ZWNJ)[:_MAX_PARTS]
    runs = ("".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 2, len(parts) + 1))
    return " ".join(fold_search(run) for run in runs)
