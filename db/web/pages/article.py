"""One document: its text with everything found in it marked, its revisions, its evidence."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.read import documents
from db.read.jalali_dates import digits, jalali
from db.web.marks import Mark, marked, paragraphs
from db.web.pages import Asked, NotFound, rows
from db.web.render import Page
from db.web.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

# What the views leave out and a link needs: the clause's eId, the number of the body.
_CITATIONS = (
    'SELECT m.section, m.start, m."end", m.surface, m.unit, m.number, coalesce(n.clause_eid, m.eid) AS eid, m.instrument_id, '
    "i.title AS instrument, b.name AS body, c.text AS clause_text FROM documents d JOIN cited_clauses m "
    "ON m.revision_id = d.revision_id LEFT JOIN instruments i ON i.id = m.instrument_id "
    "LEFT JOIN bodies b ON b.id = coalesce(m.body_id, i.body_id) "
    "LEFT JOIN clause_names n ON n.instrument_id = m.instrument_id AND n.eid = m.eid "
    "LEFT JOIN clauses c ON c.instrument_id = m.instrument_id AND c.eid = coalesce(n.clause_eid, m.eid) "
    "WHERE d.id = :id ORDER BY m.n"
)
_SESSIONS = (
    'SELECT m.section, m.start, m."end", m.surface, m.number, m.held_on, m.body_id, b.name AS body FROM documents d '
    "JOIN mentioned_sessions m ON m.revision_id = d.revision_id LEFT JOIN bodies b ON b.id = m.body_id "
    "WHERE d.id = :id ORDER BY m.n"
)
_ABOUT = (
    "SELECT r.damage, r.cms, l.instrument_id, coalesce(a.name, r.agency) AS agency FROM documents d "
    "JOIN revisions r ON r.id = d.revision_id LEFT JOIN agencies a ON a.slug = r.agency "
    "LEFT JOIN laws l ON l.revision_id = r.id WHERE d.id = :id"
)
_STORY = (
    "SELECT d.id AS document_id, coalesce(p.name, p.slug) AS publisher, r.title, d.published_on, o.similarity, "
    "o.document_id = o.first_document_id AS first FROM story_documents s JOIN story_documents o ON o.story_id = s.story_id "
    "JOIN documents d ON d.id = o.document_id JOIN revisions r ON r.id = d.revision_id "
    "JOIN publishers p ON p.id = d.publisher_id "
    "WHERE s.document_id = :id AND o.document_id <> :id ORDER BY r.published_at, d.id LIMIT 50"
)
_TIP = 240  # letters of a clause that a tip shows
_SECTIONS = ("kicker", "title", "lead", "body")
Facts = dict[str, list[dict[str, Any]]]


def article(db: Database, asked: Asked) -> Page:
    """A document with its facts in place."""
    view = document(db, asked)
    facts: Facts = {kind: [*found] for kind, found in view.facts.items()}
    facts["citations"] = rows(db, _CITATIONS, id=view.document_id)
    facts["sessions"] = rows(db, _SESSIONS, id=view.document_id)
    texts = {section: getattr(view.article, section) or "" for section in _SECTIONS}
    marks = _marks(facts)
    data = {
        "view": view,
        "about": rows(db, _ABOUT, id=view.document_id)[0],
        "facts": [(kind, found) for kind in ("messengers", "citations", "sessions", "instruments", "agencies", "dates")
                  if (found := [_listed(kind, row) for row in facts[kind]])],
        "story": rows(db, _STORY, id=view.document_id),
        "kicker": marked(texts["kicker"], marks["kicker"]),
        "title": marked(texts["title"] or "بی عنوان", marks["title"]),
        "lead": marked(texts["lead"], marks["lead"]),
        "paragraphs": paragraphs(texts["body"], marks["body"]),
    }  # fmt: skip
    table = [{"kind": kind, **row} for kind, found in facts.items() for row in found]
    return Page("article.html", view.article.title or f"سند {view.document_id}", data, table, asdict(view))


def document(db: Database, asked: Asked) -> documents.DocumentView:
    """The document that the address names. Raises NotFound."""
    try:
        return documents.document(db, asked.number("document"))
    except ArchiveError as error:
        raise NotFound("سندی با این شماره در بایگانی نیست.") from error


def _marks(facts: Facts) -> Mapping[str, list[Mark]]:
    """The marks of each section; several facts with one span («بندهای ۷ و ۱۱») are one mark."""
    spans: dict[tuple[str, int, int, str], list[dict[str, Any]]] = {}
    for kind, found in facts.items():
        for row in found:
            spans.setdefault((row["section"], row["start"], row["end"], kind), []).append(_listed(kind, row))
    marks: dict[str, list[Mark]] = {section: [] for section in _SECTIONS}
    for (section, start, end, kind), found in spans.items():
        href = next((row["href"] for row in found if row["href"]), "")
        tip = " · ".join(dict.fromkeys(f"{row['name']} — {row['told']}" if row["told"] else row["name"] for row in found))
        marks[section].append(Mark(start, end, kind, href, tip, found[0]["anchor"]))
    return marks


def _listed(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A fact as it is listed: its name, what is told of it, where it leads."""
    name, told, href = _TOLD[kind](row)
    anchor = f"{kind}-{row['section']}-{row['start']}-{row['end']}"
    section = word(row["section"], "sections")
    return {"name": name, "told": told, "href": href, "surface": row["surface"], "section": section, "anchor": anchor}


def _messenger(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["name"], word(row["rule"], "rules"), f"/messenger/{row['messenger']}"


def _citation(row: Mapping[str, Any]) -> tuple[str, str, str]:
    name = f"{row['unit']} {digits(str(row['number'] if row['number'] is not None else ''))}".strip()
    text = row["clause_text"] or ""
    quoted = f"«{text[:_TIP]}{'…' if len(text) > _TIP else ''}»" if text else ""
    told = "، ".join(filter(None, (row["instrument"] or "مصوبه\u200cاش شناخته نشد", row["body"])))
    href = f"/clause/{row['instrument_id']}/{row['eid']}" if row["instrument_id"] else ""
    return name, " ".join(filter(None, (told, quoted))), href


def _session(row: Mapping[str, Any]) -> tuple[str, str, str]:
    name = f"جلسهٔ {digits(str(row['number']))}" if row["number"] is not None else "جلسه"
    told = "، ".join(filter(None, (row["body"], jalali(row["held_on"]))))
    return name, told, f"/session/{row['body_id']}/{row['number']}" if row["body_id"] and row["number"] is not None else ""


def _instrument(row: Mapping[str, Any]) -> tuple[str, str, str]:
    told = "، ".join(filter(None, (word(row["kind"], "instruments"), row["body"])))
    return row["title"], told, f"/instrument/{row['instrument_id']}"


def _date(row: Mapping[str, Any]) -> tuple[str, str, str]:
    if not row["valid"]:
        return row["surface"], "چنین روزی در تقویم نیست", ""
    until = f" تا {jalali(row['date_to'])}" if row["date_to"] and row["date_to"] != row["date_from"] else ""
    return jalali(row["date_from"]) + until, " ".join(filter(None, (row["date_from"], row["time"]))), ""


def _agency(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["name"], "", ""


_TOLD = {
    "messengers": _messenger,
    "citations": _citation,
    "sessions": _session,
    "instruments": _instrument,
    "dates": _date,
    "agencies": _agency,
}
