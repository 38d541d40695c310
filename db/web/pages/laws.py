"""Laws and their clauses: the text as a tree, who cites it, what other laws did to it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.law import tree
from db.law.clause_labels import in_words
from db.law.facsimiles import facsimile
from db.read.jalali_dates import digits, jalali_month
from db.read.plots import PlotEvent, by_month
from db.statements import statement
from db.web.pages import SNIPPET, Asked, NotFound, citations, law_days, rows, with_marks
from db.web.render import WebPage
from db.web.sorting import ordered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlite_utils import Database

    from db.web.edition import Edition

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
_CITING = (
    "SELECT d.id AS document_id, p.slug AS publisher, coalesce(p.name, p.slug) AS publisher_name, r.title, d.published_on, "  # noqa: S608
    "d.jalali_month, m.section, m.surface, " + SNIPPET + ", m.unit, m.number, d.url FROM cited_clauses m "
    "JOIN documents d ON d.revision_id = m.revision_id JOIN revisions r ON r.id = m.revision_id "
    "JOIN publishers p ON p.id = d.publisher_id "
    "LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid "
    "WHERE m.instrument_id = :id AND {clause} "
    "AND NOT EXISTS (SELECT 1 FROM laws s WHERE s.revision_id = m.revision_id AND s.instrument_id = m.instrument_id) "
    "ORDER BY coalesce(d.published_on, substr(d.first_seen_at, 1, 10)) DESC, d.id DESC, m.n LIMIT 1000"
)


_CITING_WITHIN = _CITING.replace("{clause}", "substr(coalesce(n.clause_eid, m.eid), 1, length(:eid) + 2) = :eid || '__'")
_CITING = _CITING.replace("{clause}", "coalesce(n.clause_eid, m.eid) = :eid")


def every(db: Database, asked: Asked) -> WebPage:
    """Return every instrument that is named or whose text is kept."""
    found = ordered(rows(db, _EVERY), asked.query)
    return WebPage("laws.html", asked.edition.say("laws_title"), {"instruments": found}, found)


def instrument(db: Database, asked: Asked) -> WebPage:
    """Return one instrument: its text where the archive has it, its meetings, its changes, who names it."""
    about = _about(db, asked.number("instrument"))
    law = _tree(db, about["instrument_id"])
    naming = rows(db, _NAMING, id=about["instrument_id"])
    cited = rows(db, _CITED, id=about["instrument_id"])
    changes = [*law.changed_by] if law else _changes(db, about["instrument_id"])
    day = law_days.asked_day(asked) if law else None
    data: dict[str, Any] = {
        "about": about, "tree": law, "naming": [{**row, "snippets": ()} for row in naming], "cited": cited,
        "meetings": rows(db, _MEETINGS, id=about["instrument_id"]),
        "changed_by": _with_names(db, changes), "changes": _with_names(db, law.changes if law else ()),
        "on": law_days.shown_on(db, about["instrument_id"], day) if day else None,
        "today": law_days.today(),
        "has_versions": bool(law) and law_days.has_versions(db, about["instrument_id"]),
    }  # fmt: skip
    value = {"about": about, "tree": asdict(law) if law else None, "cited": cited, "naming": naming}
    value |= {"on": asdict(data["on"])} if day else {}
    edition = asked.edition
    plot = by_month(
        _months(naming),
        title=str(edition.say("law_plot_title", name=about["title"])),
        counted=edition.documents,
        events=_events(about, edition),
        words=edition.plot_words(),
    )
    return WebPage("instrument.html", about["title"], data, naming, value, plot)


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
        raise NotFound("no_such_clause")
    name = tree.clause_name(db, about["instrument_id"], own) or tree.label((citing or versions)[0])
    data: dict[str, Any] = {
        "about": about, "view": view, "eid": own, "name": name, "citing": shown,
        "within": _within(db, about["instrument_id"], own, citing),
        "citation": citations.of_clause(db, asked, about, own, name),
        "on": law_days.shown_on(db, about["instrument_id"], day, own) if day else None, "versions": versions,
        "facsimile": facsimile(db, about["instrument_id"], _printed(view)) if view else None,
        "today": law_days.today(), "ended": versions[-1]["valid_to"] if versions else None,
        "changed_by": _with_names(db, [row for row in view.changed_by if row["changed_eid"]] if view else ()),
        "unapplied": law_days.unapplied_of(db, about["instrument_id"], own),
    }  # fmt: skip
    value = {"about": about, "eid": own, "clause": asdict(view) if view else None, "cited_by": citing, "versions": versions}
    value |= {"on": asdict(data["on"])} if day else {}
    value |= {"cited_within": data["within"]["rows"]}
    plot = by_month(
        _months([*citing, *data["within"]["rows"]]), title=asked.edition.say("clause_plot_title", name=digits(name)),
        counted=asked.edition.documents, events=_events(about, asked.edition), words=asked.edition.plot_words(),
    )  # fmt: skip
    return WebPage("clause.html", f"{digits(name)}، {about['title']}", data, citing, value, plot)


def _within(db: Database, instrument_id: int, eid: str, citing: list[dict[str, Any]]) -> dict[str, Any]:
    """Return who cites the clauses in a clause: how many `documents`, `rows` as data, `reports` of those that cite it not."""
    found, shown = with_marks(rows(db, _CITING_WITHIN, id=instrument_id, eid=eid), "citations")
    own = {row["document_id"] for row in citing}
    reports = [row for row in shown if row["document_id"] not in own]
    return {"documents": len(shown), "rows": found, "reports": reports}


def _printed(view: tree.ClauseView) -> str:
    """Return the words with which a clause begins on the page that it was read from, its label aside."""
    return " ".join(filter(None, (part for node in view.nodes for part in (node.heading, node.text))))


def _about(db: Database, instrument_id: int) -> dict[str, Any]:
    found = rows(db, _ONE, id=instrument_id)
    if not found:
        raise NotFound("no_such_law")
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
    return [{**row, "clause": row["changed_eid"] and _name(db, row["changed_id"], row["changed_eid"])} for row in kept]


def _name(db: Database, law: int, eid: str) -> str:
    """Return what people call a clause, whether the archive has the law's text or not."""
    return tree.clause_name(db, law, eid) or in_words(eid) or eid


def _months(found: list[dict[str, Any]]) -> dict[str, int]:
    """Documents by month; a document that stands in several rows counts once."""
    months: dict[str, set[int]] = {}
    for row in found:
        months.setdefault(row["jalali_month"] or "", set()).add(row["document_id"])
    return {month: len(documents) for month, documents in months.items()}


def _events(about: dict[str, Any], edition: Edition) -> list[PlotEvent]:
    days = {f"{name}_on": str(edition.say(name)) for name in ("approved", "communicated", "gazetted")}
    found = [(month, label) for name, label in days.items() if (month := jalali_month(about[name]))]
    return [PlotEvent(month, label, n) for n, (month, label) in enumerate(found, 1)]
