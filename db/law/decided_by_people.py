"""What only a person knows of laws: that two are one, that one is called otherwise. Kept over every reparse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import ArchiveError
from db.statements import statement
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from sqlite_utils import Database

_NAMING = (
    "cited_clauses", "mentioned_instruments", "law_relations", "instrument_neighbours", "document_clauses",
    "document_instruments",
)  # fmt: skip


def merge(db: Database, other: str, kept: str, *, at: str, by: str | None) -> None:
    """Make the law `other` the law `kept`, under all its names, in one transaction. Both are URIs or titles.

    Raises ArchiveError.
    """
    from db.law.derived_rows import refresh

    with db.atomic():
        (gone, _), (stays, kept_uri) = _instrument(db, other), _instrument(db, kept)
        if gone == stays:
            raise ArchiveError(f"{other}: the same law")
        names = {name for (name,) in db.execute(statement("law/decided_by_people_names"), {"instrument": gone})}
        for name in sorted(names):
            _note(db, "merge", kept_uri, name, at, by)
        join(db, gone, stays)
        refresh(db, stays)


def rename(db: Database, uri: str, title: str, *, at: str, by: str | None) -> None:
    """Give a law another title, in one transaction; the old one still means it. Raises ArchiveError."""
    from db.law.derived_rows import refresh

    with db.atomic():
        instrument_id, own_uri = _instrument(db, uri)
        old = db.execute("SELECT title_folded FROM instruments WHERE id = ?", [instrument_id]).fetchone()[0]
        _note(db, "merge", own_uri, old, at, by)
        _note(db, "rename", own_uri, title, at, by)
        db.execute("UPDATE instruments SET title = ?, title_folded = ? WHERE id = ?", [title, fold_search(title), instrument_id])
        refresh(db, instrument_id)


def note_edit(db: Database, uri: str, text: str, *, at: str, by: str | None) -> None:
    """Keep who has edited a law and when, with the text as it was taken back."""
    _note(db, "edit", uri, text, at, by)


def title_given(db: Database, uri: str) -> str | None:
    """Return the title that a person has given a law, the last one, if any."""
    row = db.execute("SELECT value FROM law_decisions WHERE kind = 'rename' AND uri = ? ORDER BY id DESC", [uri]).fetchone()
    return str(row[0]) if row else None


def follow(db: Database, old: str, new: str) -> None:
    """Let what was decided of a law follow it to another address."""
    db.execute("UPDATE law_decisions SET uri = ? WHERE uri = ?", [new, old])


def join(db: Database, gone: int, stays: int) -> None:
    """Let everything that points to one instrument point to another, and remove it."""
    for table in (*_NAMING, "laws"):
        db.execute(f"UPDATE OR REPLACE {table} SET instrument_id = ? WHERE instrument_id = ?", [stays, gone])  # noqa: S608
    for table in ("instrument_sessions", "clauses", "clause_names", "clause_versions", "unapplied_changes", "current_laws"):
        db.execute(f"DELETE FROM {table} WHERE instrument_id = ?", [gone])  # noqa: S608
    db.execute("DELETE FROM instruments WHERE id = ?", [gone])


def _instrument(db: Database, uri: str) -> tuple[int, str]:
    """Return the id and the URI of the law of this URI, or else of this title. Raises ArchiveError for none, or several."""
    rows = db.execute("SELECT id, uri FROM instruments WHERE uri = ?", [uri]).fetchall()
    rows = rows or db.execute("SELECT id, uri FROM instruments WHERE title_folded = ? ORDER BY id", [fold_search(uri)]).fetchall()
    if not rows:
        raise ArchiveError(f"no law `{uri}`; `bayegan law list` tells which there are")
    if len(rows) > 1:
        raise ArchiveError(f"{len(rows)} laws are called `{uri}`: name one by its URI, {', '.join(row[1] for row in rows)}")
    return int(rows[0][0]), str(rows[0][1])


def _note(db: Database, kind: str, uri: str, value: str, at: str, by: str | None) -> None:
    row = [kind, uri, value, at, by]
    db.execute("INSERT INTO law_decisions (kind, uri, value, decided_at, decided_by) VALUES (?, ?, ?, ?, ?)", row)
