"""Laws as people read them: a list, one law with its tree of clauses, one clause with whoever cites it and whatever changed it.

`key` is an instrument's id, its URI, or a title; a clause is named by its eId or as news does («بند ۲ ماده ۵»'s `art_5__cl_2`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.statements import statement
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from sqlite_utils import Database

_NODES = statement("law/tree_nodes")
_CITING = statement("law/tree_citing")
_NAMES = "SELECT eid, unit, number FROM clauses WHERE instrument_id = :id AND eid IN (SELECT value FROM json_each(:eids))"

_TITLED = (
    "SELECT v.* FROM laws_list v JOIN instruments i ON i.id = v.instrument_id WHERE i.title_folded = :title "
    "ORDER BY v.instrument_id"
)
_ALSO_CALLED = (
    "SELECT v.* FROM laws_list v JOIN instruments i ON i.id = v.instrument_id "
    "WHERE i.id IN (SELECT l.instrument_id FROM law_titles t JOIN laws l ON l.revision_id = t.revision_id "
    "WHERE t.title_folded = :title) OR i.uri IN (SELECT slug FROM aliases WHERE alias_folded = :title "
    "AND kind = 'instrument') ORDER BY v.instrument_id"
)


@dataclass(frozen=True, slots=True)
class ClauseNode:
    """One clause: `text` is its own words, without label, heading and the clauses in it; offsets index the law's body.

    `depth` is 0 for what stands in no other clause; `documents` is how many cite it, the law itself aside.
    """

    eid: str
    unit: str
    number: int | str | None
    parent: str | None
    depth: int
    label: str
    heading: str | None
    text: str
    status: str
    changed_on: str | None
    documents: int
    start: int
    text_start: int
    text_end: int
    end: int


@dataclass(frozen=True, slots=True)
class LawTree:
    """A law: `about` is its row of `laws_list`, with sessions; `preamble` and `closing` are what stands around the clauses."""

    about: dict[str, Any]
    preamble: str
    nodes: tuple[ClauseNode, ...]
    closing: str
    changes: tuple[dict[str, Any], ...]
    changed_by: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause with the clauses in it, every citation of it, and what other laws say that they did to it."""

    about: dict[str, Any]
    nodes: tuple[ClauseNode, ...]
    cited_by: tuple[dict[str, Any], ...]
    by_month: tuple[tuple[str, int], ...]
    changed_by: tuple[dict[str, Any], ...]


def laws(db: Database) -> list[dict[str, Any]]:
    """Return rows of `laws_list`, by title."""
    return list(db.query("SELECT * FROM laws_list ORDER BY title, instrument_id"))


def tree(db: Database, key: int | str) -> LawTree:
    """Return the law with all its clauses. Raises ArchiveError where the archive has no text of such a law."""
    about = about_law(db, key)
    row = db.execute(
        "SELECT r.id, r.body, l.preamble_end, l.closing_start FROM current_laws t JOIN laws l ON l.revision_id = t.revision_id "
        "JOIN revisions r ON r.id = t.revision_id WHERE t.instrument_id = ?",
        [about["instrument_id"]],
    ).fetchone()
    revision_id, body, preamble_end, closing_start = row
    nodes = _nodes(db, about["instrument_id"], revision_id, body)
    after = min((node.start for node in nodes if node.start >= closing_start), default=len(body))
    return LawTree(
        about, body[:preamble_end].strip(), nodes, body[closing_start:after].strip(),
        _changes(db, "instrument_id", about["instrument_id"]), _changes(db, "changed_id", about["instrument_id"]),
    )  # fmt: skip


def clause(db: Database, key: int | str, eid: str) -> ClauseView:
    """Return one clause of a law. Raises ArchiveError where the law, or the clause in it, is not there."""
    law = tree(db, key)
    instrument_id = law.about["instrument_id"]
    own = own_eid(db, instrument_id, eid)
    place = next((place for place, node in enumerate(law.nodes) if node.eid == own), None)
    if place is None:
        raise ArchiveError(f"{law.about['uri']}: no clause `{eid}`; `bayegan law show {law.about['uri']}` lists them")
    first = law.nodes[place]
    inside = tuple(node for node in law.nodes[place:] if first.start <= node.start < first.end)
    cited_by = tuple(db.query(_CITING, {"instrument": instrument_id, "eid": own}))
    months: dict[str, set[int]] = {}
    for row in cited_by:
        months.setdefault((row["published_on"] or "")[:7], set()).add(row["document_id"])
    by_month = tuple((month, len(documents)) for month, documents in sorted(months.items()))
    changed_by = tuple(row for row in law.changed_by if row["changed_eid"] in (None, own, eid))
    return ClauseView(law.about, inside, cited_by, by_month, changed_by)


def clause_name(db: Database, instrument_id: int, eid: str) -> str:
    """Return «بند ب ماده ۱۵» for `art_15__cl_b`; "" where the archive has no such clause."""
    steps = eid.split("__")
    above = ["__".join(steps[:end]) for end in range(len(steps), 0, -1)]
    found = {row["eid"]: label(row) for row in db.query(_NAMES, {"id": instrument_id, "eids": json.dumps(above)})}
    return " ".join(found[one] for one in above if one in found) if eid in found else ""


def label(row: dict[str, Any]) -> str:
    """Return the unit of a clause with its number."""
    return f"{row['unit']} {row['number'] if row['number'] is not None else ''}".strip()


def own_eid(db: Database, instrument_id: int, eid: str) -> str:
    """Return the identifier that a clause has, for one by which it may be cited."""
    named = db.execute("SELECT clause_eid FROM clause_names WHERE instrument_id = ? AND eid = ?", [instrument_id, eid]).fetchone()
    return str(named[0]) if named else eid


def about_law(db: Database, key: int | str) -> dict[str, Any]:
    """Return the row of `laws_list` of a law, with its sessions and who edited it last.

    Raises ArchiveError where the archive has no text of it, or several of that title.
    """
    found = next(iter(db.query("SELECT * FROM laws_list WHERE instrument_id = :key OR uri = :key", {"key": key})), None)
    if found is None:
        found = _by_title(db, str(key))
    meetings = db.execute(
        "SELECT number FROM instrument_sessions WHERE instrument_id = ? ORDER BY number", [found["instrument_id"]]
    ).fetchall()
    edited = db.execute(
        "SELECT decided_at, decided_by FROM law_decisions WHERE kind = 'edit' AND uri = ? ORDER BY id DESC", [found["uri"]]
    ).fetchone()
    edited_at, edited_by = edited or (None, None)
    return found | {"sessions": [number for (number,) in meetings], "edited_at": edited_at, "edited_by": edited_by}


def _by_title(db: Database, title: str) -> dict[str, Any]:
    """Return the row of `laws_list` of the one law that has this title, or else is also called so. Raises ArchiveError."""
    folded = {"title": fold_search(title)}
    for sql in (_TITLED, _ALSO_CALLED):
        rows = list(db.query(sql, folded))
        if len(rows) > 1:
            which = ", ".join(row["uri"] for row in rows)
            raise ArchiveError(f"{len(rows)} laws are called `{title}`: name one by its URI, {which}")
        if rows:
            return rows[0]
    raise ArchiveError(f"no text of the law `{title}`; `bayegan law list` tells which there are")


def _nodes(db: Database, instrument_id: int, revision_id: int, body: str) -> tuple[ClauseNode, ...]:
    # Sliced here: SQLite counts code points from the beginning of a text each time.
    depths: dict[str, int] = {}
    nodes = []
    for row in db.query(_NODES, {"instrument": instrument_id, "revision": revision_id}):
        depths[row["eid"]] = depths.get(row["parent"], -1) + 1
        row.pop("n")
        text = body[row["text_start"] : row["text_end"]].strip()
        nodes.append(ClauseNode(**row, text=text, depth=depths[row["eid"]]))
    return tuple(nodes)


def _changes(db: Database, column: str, instrument_id: int) -> tuple[dict[str, Any], ...]:
    sql = f"SELECT * FROM law_changes WHERE {column} = ? ORDER BY happened_on, document_id, section, start"  # noqa: S608
    return tuple(db.query(sql, [instrument_id]))
