"""One document: its text with everything found in it marked, its revisions, its evidence."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.read import documents
from db.read.jalali_dates import digits, jalali
from db.statements import statement
from db.web.marks import Mark, marked, paragraphs
from db.web.pages import Asked, NotFound, rows
from db.web.render import WebPage
from db.web.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

# What the views leave out and a link needs: the clause's eId, the number of the body.
_CITATIONS = statement("web/article_citations")
_SESSIONS = statement("web/article_sessions")
_ABOUT = statement("web/article_about")
_STORY = statement("web/article_story")
_TIP = 240  # letters of a clause that a tip shows
_SECTIONS = ("kicker", "title", "lead", "body")
Facts = dict[str, list[dict[str, Any]]]


def article(db: Database, asked: Asked) -> WebPage:
    """Return a document with its facts in place."""
    view = document(db, asked)
    facts: Facts = {kind: [*found] for kind, found in view.facts.items()}
    facts["citations"] = rows(db, _CITATIONS, id=view.document_id)
    facts["sessions"] = rows(db, _SESSIONS, id=view.document_id)
    texts = {section: getattr(view.article, section) or "" for section in _SECTIONS}
    marks = _marks(facts)
    data = {
        "view": view,
        "about": rows(db, _ABOUT, id=view.document_id)[0],
        "inferred": any(not row["certain"] for found in facts.values() for row in found),
        "facts": [(kind, found) for kind in ("messengers", "citations", "sessions", "instruments", "agencies", "dates")
                  if (found := [_listed(kind, row) for row in facts[kind]])],
        "story": rows(db, _STORY, id=view.document_id),
        "kicker": marked(texts["kicker"], marks["kicker"]),
        "title": marked(texts["title"] or "بی عنوان", marks["title"]),
        "lead": marked(texts["lead"], marks["lead"]),
        "paragraphs": paragraphs(texts["body"], marks["body"]),
    }  # fmt: skip
    table = [{"kind": kind, **row} for kind, found in facts.items() for row in found]
    return WebPage("article.html", view.article.title or f"سند {view.document_id}", data, table, asdict(view))


def document(db: Database, asked: Asked) -> documents.DocumentView:
    """Return the document that the address names. Raises NotFound."""
    try:
        return documents.document(db, asked.number("document"))
    except ArchiveError as error:
        raise NotFound("سندی با این شماره در بایگانی نیست.") from error


def _marks(facts: Facts) -> Mapping[str, list[Mark]]:
    """Return the marks of each section; several facts with one span («بندهای ۷ و ۱۱») are one mark."""
    spans: dict[tuple[str, int, int, str], list[dict[str, Any]]] = {}
    for kind, found in facts.items():
        for row in found:
            spans.setdefault((row["section"], row["start"], row["end"], kind), []).append(_listed(kind, row))
    marks: dict[str, list[Mark]] = {section: [] for section in _SECTIONS}
    for (section, start, end, kind), found in spans.items():
        href = next((row["href"] for row in found if row["href"]), "")
        names = dict.fromkeys(f"{row['name']} — {row['about']}" if row["about"] else row["name"] for row in found)
        tip = " · ".join([*names, *dict.fromkeys(row["evidence"] for row in found if row["evidence"])])
        style = kind if all(row["certain"] for row in found) else f"{kind} inferred"
        marks[section].append(Mark(start, end, style, href, tip, found[0]["anchor"]))
    return marks


def _listed(kind: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a fact as it is listed: its name, what is known of it, on which evidence it was found, where it leads."""
    name, about, href = _DESCRIBED[kind](row)
    anchor = f"{kind}-{row['section']}-{row['start']}-{row['end']}"
    section = word(row["section"], "sections")
    return {
        "name": name, "about": about, "href": href, "surface": row["surface"], "section": section, "anchor": anchor,
        "evidence": _evidence(row), "certain": bool(row["certain"]),
    }  # fmt: skip


def _evidence(row: Mapping[str, Any]) -> str:
    """Return the rule that found a fact, and that it is an inference where it is one."""
    parts = (None if row["certain"] else "برداشت", f"قاعده: {word(row['rule'], 'rules')}" if row["rule"] else None)
    return "، ".join(filter(None, parts))


def _messenger(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["name"], "", f"/messenger/{row['messenger']}"


def _citation(row: Mapping[str, Any]) -> tuple[str, str, str]:
    name = f"{row['unit']} {digits(str(row['number'] if row['number'] is not None else ''))}".strip()
    text = row["clause_text"] or ""
    quoted = f"«{text[:_TIP]}{'…' if len(text) > _TIP else ''}»" if text else ""
    about = "، ".join(filter(None, (row["instrument"] or "مصوبه\u200cاش شناخته نشد", row["body"])))
    href = f"/clause/{row['instrument_id']}/{row['eid']}" if row["instrument_id"] else ""
    return name, " ".join(filter(None, (about, quoted))), href


def _session(row: Mapping[str, Any]) -> tuple[str, str, str]:
    name = f"جلسهٔ {digits(str(row['number']))}" if row["number"] is not None else "جلسه"
    about = "، ".join(filter(None, (row["body"], jalali(row["held_on"]))))
    return name, about, f"/session/{row['body_id']}/{row['number']}" if row["body_id"] and row["number"] is not None else ""


def _instrument(row: Mapping[str, Any]) -> tuple[str, str, str]:
    about = "، ".join(filter(None, (word(row["kind"], "instruments"), row["body"])))
    return row["title"], about, f"/instrument/{row['instrument_id']}"


def _date(row: Mapping[str, Any]) -> tuple[str, str, str]:
    if not row["valid"]:
        return row["surface"], "چنین روزی در تقویم نیست", ""
    until = f" تا {jalali(row['date_to'])}" if row["date_to"] and row["date_to"] != row["date_from"] else ""
    return jalali(row["date_from"]) + until, " ".join(filter(None, (row["date_from"], row["time"]))), ""


def _agency(row: Mapping[str, Any]) -> tuple[str, str, str]:
    return row["name"], "", ""


_DESCRIBED = {
    "messengers": _messenger,
    "citations": _citation,
    "sessions": _session,
    "instruments": _instrument,
    "dates": _date,
    "agencies": _agency,
}
