"""Laws and their clauses: the text as a tree, who cites it, what other laws did to it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.law import tree
from db.law.facsimiles import facsimile
from db.read.jalali_dates import jalali_month
from db.read.plots import PlotEvent, by_month
from db.statements import statement
from db.web.pages import SNIPPET, Asked, NotFound, law_days, rows, with_marks
from db.web.render import WebPage
from db.web.sorting import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

_EVERY = statement("web/laws_every")
_ONE = statement("web/laws_one")
_MEETINGS = (
    "SELECT s.body_id, b.name AS body, s.number FROM instrument_sessions s JOIN bodies b ON b.id = s.body_id "
    "WHERE s.instrument_id = :id ORDER BY s.number"
)
_NAMING = statement("web/laws_naming")
_CITED = (
    "SELECT eid, unit, number, documents FROM clauses_list WHERE instrument_id = :id AND documents > 0 "
    "ORDER BY documents DESC, eid"
)
_NAMES = "SELECT eid, unit, number FROM clauses WHERE instrument_id = :id AND eid IN (SELECT value FROM json_each(:eids))"
_CITING = (
    "SELECT d.id AS document_id, p.slug AS publisher, coalesce(p.name, p.slug) AS publisher_name, r.title, d.published_on, "  # noqa: S608
    "d.jalali_month, m.section, m.surface, " + SNIPPET + ", m.unit, m.number, d.url FROM cited_clauses m "
    "JOIN documents d ON d.revision_id = m.revision_id JOIN revisions r ON r.id = m.revision_id "
    "JOIN publishers p ON p.id = d.publisher_id "
    "LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid "
    "WHERE m.instrument_id = :id AND coalesce(n.clause_eid, m.eid) = :eid "
    "AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id) "
    "ORDER BY d.published_on DESC, d.id DESC, m.n LIMIT 1000"
)


def every(db: Database, asked: Asked) -> WebPage:
    """Return every instrument that is named or whose text is kept."""
    found = ordered(rows(db, _EVERY), asked.query)
    return WebPage("laws.html", "قانون\u200cها و مصوبه\u200cها", {"instruments": found}, found)


def instrument(db: Database, asked: Asked) -> WebPage:
    """Return one instrument: its text where the archive has it, its meetings, its changes, who names it."""
    about = _about(db, asked.number("instrument"))
    tree = _tree(db, about["instrument_id"])
    naming = rows(db, _NAMING, id=about["instrument_id"])
    cited = rows(db, _CITED, id=about["instrument_id"])
    changes = [*tree.changed_by] if tree else _changes(db, about["instrument_id"])
    day = law_days.asked_day(asked) if tree else None
    data: dict[str, Any] = {
        "about": about, "tree": tree, "naming": [{**row, "snippets": ()} for row in naming], "cited": cited,
        "meetings": rows(db, _MEETINGS, id=about["instrument_id"]),
        "changed_by": _with_names(db, changes), "changes": _with_names(db, tree.changes if tree else ()),
        "plot": by_month(_months(naming), title="سندها در هر ماه", unit="سند", events=_events(about)),
        "on": law_days.shown_on(db, about["instrument_id"], day) if day else None,
        "today": law_days.today(),
        "has_versions": bool(tree) and law_days.has_versions(db, about["instrument_id"]),
    }  # fmt: skip
    value = {"about": about, "tree": asdict(tree) if tree else None, "cited": cited, "naming": naming}
    value |= {"on": asdict(data["on"])} if day else {}
    return WebPage("instrument.html", about["title"], data, naming, value)


def clause(db: Database, asked: Asked) -> WebPage:
    """Return one clause: its text where the archive has it, and everyone who cites it, by month."""
    about, eid = _about(db, asked.number("instrument")), asked.parts["eid"]
    try:
        view = tree.clause(db, about["instrument_id"], eid)
    except ArchiveError:
        view = None
    own = view.nodes[0].eid if view else eid
    day = law_days.asked_day(asked)
    citing, shown = with_marks(rows(db, _CITING, id=about["instrument_id"], eid=own), "citations")
    versions = law_days.versions_of(db, about["instrument_id"], own)
    if view is None and not citing and not versions:
        raise NotFound("این مصوبه چنین بندی ندارد و سندی هم به آن استناد نکرده است.")
    name = _clause_name(db, about["instrument_id"], own) or _name((citing or versions)[0])
    data: dict[str, Any] = {
        "about": about, "view": view, "eid": own, "name": name, "citing": shown,
        "plot": by_month(_months(citing), title=f"استناد به {name}", unit="سند", events=_events(about)),
        "on": law_days.shown_on(db, about["instrument_id"], day, own) if day else None, "versions": versions,
        "facsimile": facsimile(db, about["instrument_id"], _printed(view)) if view else None,
        "today": law_days.today(), "ended": versions[-1]["valid_to"] if versions else None,
        "changed_by": _with_names(db, [row for row in view.changed_by if row["changed_eid"]] if view else ()),
        "unapplied": law_days.unapplied_of(db, about["instrument_id"], own),
    }  # fmt: skip
    value = {"about": about, "eid": own, "clause": asdict(view) if view else None, "cited_by": citing, "versions": versions}
    value |= {"on": asdict(data["on"])} if day else {}
    return WebPage("clause.html", f"{name}، {about['title']}", data, citing, value)


def _printed(view: tree.ClauseView) -> str:
    """Return the words with which a clause begins on the page that it was read from, its label aside."""
    return " ".join(filter(None, (part for node in view.nodes for part in (node.heading, node.text))))


def _about(db: Database, instrument_id: int) -> dict[str, Any]:
    found = rows(db, _ONE, id=instrument_id)
    if not found:
        raise NotFound("چنین مصوبه\u200cای در بایگانی نیست.")
    return found[0]


def _tree(db: Database, instrument_id: int) -> tree.LawTree | None:
    if not rows(db, "SELECT 1 FROM current_laws WHERE instrument_id = :id", id=instrument_id):
        return None
    return tree.tree(db, instrument_id)


def _changes(db: Database, instrument_id: int) -> list[dict[str, Any]]:
    return rows(db, "SELECT * FROM law_changes WHERE changed_id = :id ORDER BY happened_on", id=instrument_id)


def _with_names(db: Database, changes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Changes of laws, with the changed clause as people call it."""
    rows_ = list(changes)
    told = {(row["instrument_id"], row["changed_id"]) for row in rows_ if row["changed_eid"]}
    # A law that says in its title whom it changes says so again clause by clause.
    kept = [row for row in rows_ if row["changed_eid"] or (row["instrument_id"], row["changed_id"]) not in told]
    names = ((row, row["changed_eid"] and _clause_name(db, row["changed_id"], row["changed_eid"])) for row in kept)
    return [{**row, "clause": name or row["changed_eid"]} for row, name in names]


def _clause_name(db: Database, instrument_id: int, eid: str) -> str:
    """«بند ب ماده ۱۵» for `art_15__cl_b`; "" where the archive has no such clause."""
    steps = eid.split("__")
    above = ["__".join(steps[:end]) for end in range(len(steps), 0, -1)]
    found = {row["eid"]: _name(row) for row in rows(db, _NAMES, id=instrument_id, eids=json.dumps(above))}
    return " ".join(found[one] for one in above if one in found) if eid in found else ""


def _name(row: dict[str, Any]) -> str:
    return f"{row['unit']} {row['number'] if row['number'] is not None else ''}".strip()


def _months(found: list[dict[str, Any]]) -> dict[str, int]:
    """Documents by month; a document that stands in several rows counts once."""
    months: dict[str, set[int]] = {}
    for row in found:
        months.setdefault(row["jalali_month"] or "", set()).add(row["document_id"])
    return {month: len(documents) for month, documents in months.items()}


def _events(about: dict[str, Any]) -> list[PlotEvent]:
    days = {"approved_on": "تصویب", "communicated_on": "ابلاغ", "gazetted_on": "انتشار در روزنامهٔ رسمی"}
    found = [(month, label) for name, label in days.items() if (month := jalali_month(about[name]))]
    return [PlotEvent(month, label, n) for n, (month, label) in enumerate(found, 1)]
