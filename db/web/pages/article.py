"""One document: its text with everything found in it marked, its revisions, its evidence."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from db.law.clause_labels import cited
from db.read import documents
from db.read.jalali_dates import digits
from db.statements import statement
from db.web.marks import Mark, marked, paragraphs
from db.web.pages import Asked, citations, rows
from db.web.pages.shown import document, shown_revision
from db.web.render import WebPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from db.web.edition import Edition

# What the views leave out and a link needs: the clause's eId, the number of the body.
_CITATIONS = statement("web/article_citations")
_SESSIONS = statement("web/article_sessions")
_ABOUT = statement("web/article_about")
_STORY = statement("web/article_story")
_TIP = 240  # letters of a clause that a tip shows
_SECTIONS = ("kicker", "title", "lead", "body")
Facts = dict[str, list[dict[str, Any]]]


def article(db: Database, asked: Asked) -> WebPage:
    """Return a document with its facts in place; of an earlier revision, if the address names one, the text alone."""
    view, edition = document(db, asked), asked.edition
    revision = shown_revision(view, asked)
    is_old = revision.number != view.revisions[-1].number
    if is_old:
        view = replace(view, article=documents.revision_article(db, view, revision.number), facts={})
    facts = {} if is_old else _facts(db, view)
    texts = {section: getattr(view.article, section) or "" for section in _SECTIONS}
    marks = _marks(facts, edition)
    data = {
        "view": view, "revision": revision, "is_old": is_old,
        "about": rows(db, _ABOUT, id=view.document_id)[0],
        "inferred": any(not row["certain"] for found in facts.values() for row in found),
        "facts": [(kind, found) for kind in ("messengers", "citations", "sessions", "instruments", "agencies", "dates")
                  if (found := [_listed(kind, row, edition) for row in facts.get(kind, ())])],
        "story": rows(db, _STORY, id=view.document_id),
        "citation": citations.of_document(view, revision, asked),
        **{section: marked(texts[section], marks[section]) for section in ("kicker", "title", "lead")},
        "paragraphs": paragraphs(texts["body"], marks["body"]),
    }  # fmt: skip
    table = [{"kind": kind, **row} for kind, found in facts.items() for row in found]
    title = view.article.title or str(edition.say("document_title", number=view.document_id))
    return WebPage("article.html", title, data, table, asdict(view))


def _facts(db: Database, view: documents.DocumentView) -> Facts:
    facts: Facts = {kind: [*found] for kind, found in view.facts.items()}
    facts["citations"] = rows(db, _CITATIONS, id=view.document_id)
    facts["sessions"] = rows(db, _SESSIONS, id=view.document_id)
    return facts


def _marks(facts: Facts, edition: Edition) -> Mapping[str, list[Mark]]:
    """Return the marks of each section; several facts with one span («بندهای ۷ و ۱۱») are one mark."""
    spans: dict[tuple[str, int, int, str], list[dict[str, Any]]] = {}
    for kind, found in facts.items():
        for row in found:
            spans.setdefault((row["section"], row["start"], row["end"], kind), []).append(_listed(kind, row, edition))
    marks: dict[str, list[Mark]] = {section: [] for section in _SECTIONS}
    for (section, start, end, kind), found in spans.items():
        href = next((row["href"] for row in found if row["href"]), "")
        names = dict.fromkeys(f"{row['name']} — {row['about']}" if row["about"] else row["name"] for row in found)
        tip = " · ".join([*names, *dict.fromkeys(row["evidence"] for row in found if row["evidence"])])
        style = kind if all(row["certain"] for row in found) else f"{kind} inferred"
        marks[section].append(Mark(start, end, style, href, tip, found[0]["anchor"]))
    return marks


def _listed(kind: str, row: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    """Return a fact as it is listed: its name, what is known of it, on which evidence it was found, where it leads."""
    name, about, href = _DESCRIBED[kind](row, edition)
    href = edition.to(href) if href else ""
    anchor = f"{kind}-{row['section']}-{row['start']}-{row['end']}"
    section = edition.word(row["section"], "sections")
    return {
        "name": name, "about": about, "href": href, "surface": row["surface"], "section": section, "anchor": anchor,
        "evidence": _evidence(row, edition), "certain": bool(row["certain"]),
    }  # fmt: skip


def _evidence(row: Mapping[str, Any], edition: Edition) -> str:
    """Return the rule that found a fact, and that it is an inference where it is one."""
    rule = edition.say("by_rule", rule=edition.word(row["rule"], "rules")) if row["rule"] else None
    return str(edition.say("comma").join(filter(None, (None if row["certain"] else edition.say("inferred"), rule))))


def _messenger(row: Mapping[str, Any], _edition: Edition) -> tuple[str, str, str]:
    return row["name"], "", f"/messenger/{row['messenger']}"


def _citation(row: Mapping[str, Any], edition: Edition) -> tuple[str, str, str]:
    name = digits(cited(row))
    text = row["clause_text"] or ""
    quoted = f"«{text[:_TIP]}{'…' if len(text) > _TIP else ''}»" if text else ""
    about = "، ".join(filter(None, (row["instrument"] or edition.say("unknown_instrument"), row["body"])))
    href = f"/clause/{row['instrument_id']}/{row['eid']}" if row["instrument_id"] else ""
    return name, " ".join(filter(None, (about, quoted))), href


def _session(row: Mapping[str, Any], edition: Edition) -> tuple[str, str, str]:
    say = edition.say
    name = str(say("session_number", number=edition.digits(str(row["number"]))) if row["number"] is not None else say("session"))
    about = str(say("comma")).join(filter(None, (row["body"], edition.jalali(row["held_on"]))))
    return name, about, f"/session/{row['body_id']}/{row['number']}" if row["body_id"] and row["number"] is not None else ""


def _instrument(row: Mapping[str, Any], edition: Edition) -> tuple[str, str, str]:
    about = str(edition.say("comma")).join(filter(None, (edition.word(row["kind"], "instruments"), row["body"])))
    return row["title"], about, f"/instrument/{row['instrument_id']}"


def _date(row: Mapping[str, Any], edition: Edition) -> tuple[str, str, str]:
    if not row["valid"]:
        return row["surface"], str(edition.say("impossible_day")), ""
    name = edition.jalali(row["date_from"])
    if row["date_to"] and row["date_to"] != row["date_from"]:
        name = str(edition.say("until", first=name, last=edition.jalali(row["date_to"])))
    return name, " ".join(filter(None, (row["date_from"], row["time"]))), ""


def _agency(row: Mapping[str, Any], _edition: Edition) -> tuple[str, str, str]:
    return row["name"], "", ""


_DESCRIBED = {
    "messengers": _messenger,
    "citations": _citation,
    "sessions": _session,
    "instruments": _instrument,
    "dates": _date,
    "agencies": _agency,
}
