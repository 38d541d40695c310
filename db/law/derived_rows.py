"""Laws: what follows for an instrument from the texts of it that the archive holds.

`settle` is called in the transaction in which a law's text comes, changes or goes: the instrument's clauses, authority, days and
meetings become those of its current text, so that citations stored long before open their clause from that moment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from db.law import versions
from db.law.clause_names import other_names, without_containers
from db.law.decided_by_people import follow, join, title_given
from db.law.listed_instruments import listed_instrument
from db.statements import statement
from parsers.lexicon import load
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.authority import Authority

# Of several current texts of one law (two portals) the fullest counts, then the one that was seen last.
_CURRENT = statement("law/derived_rows_current")
_WHOLE = 'CASE WHEN c.unit IN ({}) THEN c.text_end ELSE c."end" END'
_BLANK = "' ' || char(10) || char(9)"


def settle(db: Database, authority: Authority, document_id: int | None = None) -> None:
    """Brings every instrument that a revision of this document is a text of, or whose current text went, to its current text."""
    found = db.execute(
        "SELECT DISTINCT l.instrument_id FROM revisions r CROSS JOIN laws l ON l.revision_id = r.id WHERE r.document_id = ? "
        "UNION SELECT instrument_id FROM current_laws WHERE revision_id NOT IN (SELECT revision_id FROM laws) "
        "UNION SELECT c.instrument_id FROM revisions r CROSS JOIN current_laws c ON c.revision_id = r.id WHERE r.document_id = ?",
        [document_id, document_id],
    ).fetchall()
    changed = _changed_laws(db, document_id)
    for (instrument_id,) in found:
        if _merge(db, instrument_id):
            authority.clear()
        refresh(db, instrument_id)
    for instrument_id in sorted((changed | _changed_laws(db, document_id)) - {row[0] for row in found}):
        refresh(db, instrument_id)
    if found:
        authority.clear()


def _changed_laws(db: Database, document_id: int | None) -> set[int]:
    """Return the laws whose text is in the archive and which a revision of this document changes or has changed."""
    rows = db.execute(statement("law/derived_rows_changed"), {"document": document_id}).fetchall()
    return {instrument_id for (instrument_id,) in rows}


def refresh_all(db: Database) -> None:
    """Every instrument that has a text: after the lexicon has been read anew."""
    rows = db.execute("SELECT instrument_id FROM laws UNION SELECT instrument_id FROM current_laws").fetchall()
    for (instrument_id,) in rows:
        refresh(db, instrument_id)


def refresh(db: Database, instrument_id: int) -> None:
    """Makes clauses, names, days and meetings of an instrument those of its current text; equal rows are not written."""
    row = db.execute(_CURRENT, [instrument_id]).fetchone()
    _point(db, instrument_id, row[0] if row else None)
    _instrument(db, instrument_id, row[0] if row else None)
    _clauses(db, instrument_id, row[0] if row else None)
    _sessions(db, instrument_id, row[0] if row else None)


def _point(db: Database, instrument_id: int, revision_id: int | None) -> None:
    if revision_id is None:
        db.execute("DELETE FROM current_laws WHERE instrument_id = ?", [instrument_id])
        return
    db.execute(
        "INSERT INTO current_laws VALUES (?, ?) ON CONFLICT (instrument_id) DO UPDATE SET revision_id = excluded.revision_id "
        "WHERE revision_id != excluded.revision_id",
        [instrument_id, revision_id],
    )


def _clauses(db: Database, instrument_id: int, revision_id: int | None) -> None:
    """The rows of `clauses`, `clause_names`, `clause_versions`. A chapter's text is its own words, any other's all in it.

    A clause of which only «(حذف شد)» beside its number is left has its label for text. What other laws changed is in the text.
    """
    rows = db.execute(_texts(), [revision_id]).fetchall() if revision_id is not None else []
    printed = {row[0]: row for row in rows}
    wholes = {eid: row[4] for eid, row in printed.items()}
    versions.rewrite(db, instrument_id, revision_id, wholes, other_names(printed))
    latest = db.execute(statement("law/derived_rows_latest"), [instrument_id]).fetchall()
    today = sorted((instrument_id, *row) for row in (printed | {row[0]: row for row in latest}).values())
    _replace(db, "clauses", "instrument_id, eid, unit, number, parent_eid, text", instrument_id, today)
    _names(db, instrument_id)


def _names(db: Database, instrument_id: int) -> None:
    """The rows of `clause_names`: shorter ways to cite, and those in which citations name a chapter before an article."""
    own = [eid for (eid,) in db.execute("SELECT eid FROM clauses WHERE instrument_id = ? ORDER BY eid", [instrument_id])]
    names = other_names(own)
    cited = db.execute("SELECT DISTINCT eid FROM cited_clauses WHERE instrument_id = ? AND eid IS NOT NULL", [instrument_id])
    names |= without_containers((eid for (eid,) in cited), own, names)
    rows = sorted((instrument_id, name, eid) for name, eid in names.items())
    _replace(db, "clause_names", "instrument_id, eid, clause_eid", instrument_id, rows)


def _texts() -> str:
    containers = ", ".join(f"'{unit['name']}'" for unit in load("units")["unit"].values() if unit["rank"] > 3)
    whole = _WHOLE.format(containers)
    return (
        "SELECT c.eid, c.unit, c.number, c.parent_eid, "  # noqa: S608 - names of the lexicon
        "coalesce(nullif(trim(coalesce(c.heading || char(10), '') || "
        f"substr(r.body, c.text_start + 1, {whole} - c.text_start), {_BLANK}), ''), c.label) "
        "FROM law_clauses c JOIN revisions r ON r.id = c.revision_id WHERE c.revision_id = ?"
    )


def _replace(db: Database, table: str, columns: str, instrument_id: int, rows: list[tuple[Any, ...]]) -> None:
    order = "eid"
    old = db.execute(f"SELECT {columns} FROM {table} WHERE instrument_id = ? ORDER BY {order}", [instrument_id])  # noqa: S608
    if old.fetchall() == rows:
        return
    db.execute(f"DELETE FROM {table} WHERE instrument_id = ?", [instrument_id])  # noqa: S608
    places = ", ".join("?" * (columns.count(",") + 1))
    db.conn.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608


def _instrument(db: Database, instrument_id: int, revision_id: int | None) -> None:
    """Days and, for what the lexicon does not list, title, kind, issuer and URI. What the lexicon tells stays."""
    old = _dict(db, "SELECT uri, title, title_folded, kind, body_id, known, approved_on, communicated_on, gazetted_on, year "
                    "FROM instruments WHERE id = ?", instrument_id)  # fmt: skip
    law = _dict(db, "SELECT * FROM laws WHERE revision_id = ?", revision_id)
    days = ("approved_on", "communicated_on", "gazetted_on")
    listed = listed_instrument(old["uri"]) if old["known"] else {}
    new = {day: listed.get(day) or law.get(day) for day in days}
    if not old["known"] and law:
        new |= {"title": law["title"], "title_folded": fold_search(law["title"]), "kind": law["kind"]}
        new["body_id"] = law["body_id"] if law["body_id"] is not None else old["body_id"]
        new["year"] = law["year"] if law["year"] is not None else old["year"]
        # An address that a text has given stays, whatever is learnt later.
        new["uri"] = _uri(db, instrument_id, law, new["body_id"]) if _is_provisional(old["uri"]) else old["uri"]
    given = title_given(db, old["uri"])
    if given:
        new |= {"title": given, "title_folded": fold_search(given)}
    changed = {column: value for column, value in new.items() if old[column] != value}
    if "uri" in changed:
        follow(db, old["uri"], str(new["uri"]))
    if changed:
        sets = ", ".join(f"{column} = :{column}" for column in changed)
        db.execute(f"UPDATE instruments SET {sets} WHERE id = :id", {**changed, "id": instrument_id})  # noqa: S608


def _uri(db: Database, instrument_id: int, law: dict[str, Any], body_id: int | None) -> str:
    """After ELI: /ir/{body}/{kind}/{Jalali year}/{number, else the words of the title}."""
    body = db.execute("SELECT coalesce(slug, name) FROM bodies WHERE id = ?", [body_id]).fetchone() if body_id else None
    agent = "-".join(re.findall(r"\w+", body[0])) if body else "-"
    day = law["approved_on"] or law["communicated_on"] or law["gazetted_on"]
    words = _session_and_number(db, law) or re.findall(r"\w+", fold_search(law["title"]))
    uri = f"/ir/{agent}/{law['kind']}/{law['year'] or _jalali_year(day)}/{'-'.join(words) or '-'}"
    others = "SELECT 1 FROM instruments WHERE uri = ? AND id != ?"
    if db.execute(others, [uri, instrument_id]).fetchone():
        return f"{uri}-{'-'.join(re.findall(r'\w+', fold_search(law['title'])))}-{instrument_id}"
    return uri


def _is_provisional(uri: str) -> bool:
    """Return whether an address is that of an instrument which texts had only named: `/ir/majles/-/قانون-نمونه`."""
    return uri.split("/")[3:4] == ["-"]


def _session_and_number(db: Database, law: dict[str, Any]) -> list[str]:
    """Return the words of an address that are numbers: with the session, where resolutions are numbered anew in each."""
    number = re.findall(r"\w+", law["number"] or "")
    sessions = db.execute("SELECT number FROM law_sessions WHERE revision_id = ?", [law["revision_id"]]).fetchall()
    return [str(sessions[0][0]), *number] if number and len(sessions) == 1 else number


def _jalali_year(day: str | None) -> str:
    from datetime import date

    from persiantools.jdatetime import JalaliDate

    if not day or len(day) != 10:
        return "-"
    return str(JalaliDate.to_jalali(*date.fromisoformat(day).timetuple()[:3]).year)  # type: ignore[no-untyped-call]


def _sessions(db: Database, instrument_id: int, revision_id: int | None) -> None:
    """Which meetings passed the instrument: those of the lexicon and those that its current text names."""
    uri, known, body_id = db.execute("SELECT uri, known, body_id FROM instruments WHERE id = ?", [instrument_id]).fetchone()
    listed = listed_instrument(uri).get("sessions", ()) if known else ()
    said = db.execute("SELECT body_id, number FROM law_sessions WHERE revision_id = ?", [revision_id]).fetchall()
    rows = {(instrument_id, body_id, number) for number in listed if body_id is not None}
    rows |= {(instrument_id, body, number) for body, number in said}
    columns = "instrument_id, body_id, number"
    old = db.execute(f"SELECT {columns} FROM instrument_sessions WHERE instrument_id = ?", [instrument_id])  # noqa: S608
    if set(old.fetchall()) != rows:
        db.execute("DELETE FROM instrument_sessions WHERE instrument_id = ?", [instrument_id])
        db.conn.executemany("INSERT INTO instrument_sessions VALUES (?, ?, ?)", sorted(rows))


def _merge(db: Database, instrument_id: int) -> bool:
    """Join the rows of all names of a law: what texts had named under another name becomes this law."""
    others = db.execute(
        "SELECT DISTINCT o.id FROM laws l JOIN law_titles t ON t.revision_id = l.revision_id "
        "JOIN instruments o ON o.title_folded = t.title_folded JOIN instruments i ON i.id = l.instrument_id "
        "WHERE l.instrument_id = ? AND o.id != l.instrument_id AND o.known = 0 "
        "AND (o.body_id IS NULL OR i.body_id IS NULL OR o.body_id = i.body_id) "
        "AND (o.year IS NULL OR i.year IS NULL OR o.year = i.year) "
        "AND o.id NOT IN (SELECT instrument_id FROM laws) ORDER BY o.id",
        [instrument_id],
    ).fetchall()
    for (other,) in others:
        join(db, other, instrument_id)
    return bool(others)


def _dict(db: Database, sql: str, key: int | None) -> dict[str, Any]:
    cursor = db.execute(sql, [key])
    row = cursor.fetchone()
    return dict(zip([column[0] for column in cursor.description], row, strict=True)) if row else {}
