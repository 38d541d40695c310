"""The rows of a law's text: written with its revision, compared when it is parsed again, removed with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.law.same_law import instrument_of_text
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from db.authority import Authority
    from parsers.law_models import Law

Row = tuple[int | str | None, ...]

TABLES: Mapping[str, str] = {
    "laws": (
        "instrument_id, title, kind, number, body_id, approved_on, communicated_on, communicated_number, gazetted_on, "
        "gazette_number, preamble_end, closing_start, year"
    ),
    "law_clauses": (
        "n, eid, unit, number, parent_eid, label, heading, start, text_start, text_end, \"end\", status, changed_on"
    ),
    "law_sessions": "body_id, number",
    "law_titles": "title_folded, title",
    "law_relations": (
        "n, relation, instrument_id, eid, source_eid, happened_on, section, start, \"end\", surface, year, change, old_words, "
        "new_words, beside, is_before"
    ),
    "law_new_clauses": "relation_n, n, eid, unit, number, parent_eid, label, heading, start, text_start, text_end",
}  # fmt: skip
_ORDER = {
    "law_clauses": "n",
    "law_relations": "n",
    "law_sessions": "body_id, number",
    "law_titles": "title_folded",
    "laws": "1",
    "law_new_clauses": "relation_n, n",
}


def rewrite(db: Database, revision_id: int, law: Law | None, authority: Authority) -> bool:
    """Makes the rows of a revision those of this law, or none; equal rows are not written. Returns whether something changed."""
    wanted = _rows(law, authority, instrument_of_text(db, authority, revision_id, law)) if law else {}
    changed = False
    for table, columns in TABLES.items():
        rows = wanted.get(table, [])
        select = f"SELECT {columns} FROM {table} WHERE revision_id = ? ORDER BY {_ORDER[table]}"  # noqa: S608
        if rows != db.execute(select, [revision_id]).fetchall():
            db.execute(f"DELETE FROM {table} WHERE revision_id = ?", [revision_id])  # noqa: S608
            places = ", ".join("?" * (columns.count(",") + 2))
            insert = f"INSERT INTO {table} (revision_id, {columns}) VALUES ({places})"  # noqa: S608
            db.conn.executemany(insert, [(revision_id, *row) for row in rows])
            changed = True
    return changed


def erase(db: Database, revision_id: int) -> None:
    """Removes the rows of a revision."""
    for table in TABLES:
        db.execute(f"DELETE FROM {table} WHERE revision_id = ?", [revision_id])  # noqa: S608


def _rows(law: Law, authority: Authority, instrument_id: int) -> dict[str, list[Row]]:
    body_id = authority.body(law.body)
    sessions = [(body_id, number) for number in law.sessions] if body_id is not None else []
    titles = {fold_search(title): title for title in reversed((law.title, *law.titles))}
    return {
        "laws": [
            (
                instrument_id, law.title, law.kind, law.number,
                body_id, law.approved_on,
                law.communicated_on, law.communicated_number, law.gazetted_on, law.gazette_number, law.preamble_end,
                law.closing_start, law.year,
            )
        ],
        "law_clauses": [
            (
                n, c.eid, c.unit, c.number, c.parent, c.label, c.heading, c.start, c.text_start, c.text_end, c.end, c.status,
                c.changed_on,
            )
            for n, c in enumerate(law.clauses)
        ],
        "law_sessions": sorted(sessions),
        "law_titles": sorted(titles.items()),
        "law_relations": [
            (
                n, r.kind, authority.instrument(r.title, r.body, None, r.year), r.eid, r.source, r.on, r.section, r.start, r.end,
                r.surface, r.year, r.change, r.old, r.new, r.beside, int(r.before),
            )
            for n, r in enumerate(law.relations)
        ],
        "law_new_clauses": [
            (relation, n, c.eid, c.unit, c.number, c.parent, c.label, c.heading, c.start, c.text_start, c.text_end)
            for relation, r in enumerate(law.relations)
            for n, c in enumerate(r.clauses)
        ],
    }  # fmt: skip
