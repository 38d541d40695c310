"""What laws said on each day: made from their texts and from what other laws of the archive say that they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.law.consolidation import Consolidated, consolidate
from db.law.dated_text import ChangeOfText, Text
from db.statements import statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

_VERSION = (
    "instrument_id, n, eid, unit, number, parent_eid, label, heading, own_text, text, valid_from, valid_to, by_revision_id, by_n"
)


def rewrite(
    db: Database, instrument_id: int, revision_id: int | None, wholes: Mapping[str, str], named: Mapping[str, str]
) -> None:
    """Make the versions of an instrument's clauses, and the list of changes that its text could not follow.

    `wholes` are the texts of `clauses` by eId, `named` other ways to cite a clause; rows that are equal are not written.
    """
    made = _consolidated(db, instrument_id, revision_id, wholes, named)
    versions = [
        (
            instrument_id, n, v.clause.eid, v.clause.unit, v.clause.number, v.clause.parent, v.clause.label, v.clause.heading,
            v.clause.own, v.whole, v.valid_from, v.valid_to, *(v.by or (None, None)),
        )
        for n, v in enumerate(made.versions)
    ]  # fmt: skip
    _replace(db, "clause_versions", _VERSION, instrument_id, versions, "n")
    unapplied = sorted((*change.key, instrument_id, reason) for change, reason in made.unapplied)
    _replace(db, "unapplied_changes", "revision_id, n, instrument_id, reason", instrument_id, unapplied, "revision_id, n")


def _consolidated(
    db: Database, instrument_id: int, revision_id: int | None, wholes: Mapping[str, str], named: Mapping[str, str]
) -> Consolidated:  # fmt: skip
    if revision_id is None:
        return Consolidated(())
    body = db.execute("SELECT body FROM revisions WHERE id = ?", [revision_id]).fetchone()[0]
    approved_on = db.execute("SELECT approved_on FROM instruments WHERE id = ?", [instrument_id]).fetchone()[0]
    rows = db.query(statement("law/versions_clauses"), [revision_id])
    base = [_text(row, body) for row in rows]
    return consolidate(
        base, _changes(db, instrument_id), approved_on=approved_on, wholes=lambda eid: wholes.get(eid, ""),
        named=lambda eid: named.get(eid, eid),
    )  # fmt: skip


def _changes(db: Database, instrument_id: int) -> list[ChangeOfText]:
    """Return what the current texts of other laws do to an instrument."""
    found = []
    for row in db.query(statement("law/versions_changes"), {"instrument": instrument_id}):
        clauses = db.query(statement("law/versions_new_clauses"), [row["revision_id"], row["n"]])
        body = row["body"]
        found.append(
            ChangeOfText(
                (row["revision_id"], row["n"]), row["change"], row["eid"], row["happened_on"], row["old_words"], row["new_words"],
                row["beside"], bool(row["is_before"]), tuple(_text(clause, body) for clause in clauses),
            )
        )  # fmt: skip
    return found


def _text(row: dict[str, Any], body: str) -> Text:
    return Text(
        row["eid"], row["unit"], row["number"], row["parent_eid"], row["label"], row["heading"],
        body[row["text_start"] : row["text_end"]].strip(), row.get("status", "in_force"), row.get("changed_on"),
    )  # fmt: skip


def _replace(db: Database, table: str, columns: str, instrument_id: int, rows: list[tuple[Any, ...]], order: str) -> None:
    old = db.execute(f"SELECT {columns} FROM {table} WHERE instrument_id = ? ORDER BY {order}", [instrument_id])  # noqa: S608
    if old.fetchall() == rows:
        return
    db.execute(f"DELETE FROM {table} WHERE instrument_id = ?", [instrument_id])  # noqa: S608
    places = ", ".join("?" * (columns.count(",") + 1))
    db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608
