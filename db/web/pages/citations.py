"""How a document or a clause is cited: a line to copy, a permalink with its revision, files for reference managers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.law import tree
from db.read.jalali_dates import digits, tehran_day
from db.read.references import BibliographyEntry, bibtex, csl_json, ris
from db.statements import statement
from db.web.pages import Asked, NotFound, rows
from db.web.pages.shown import document, shown_revision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from db.read.documents import DocumentView, RevisionInfo

CONTENT_TYPES = {
    "csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}
_WRITERS = {"csl.json": csl_json, "bib": bibtex, "ris": ris}
_NAMES = {"CSL-JSON": "csl.json", "BibTeX": "bib", "RIS": "ris"}
_LAW = statement("web/citation_law")
_ABOUT = statement("web/laws_one")


@dataclass(frozen=True, slots=True)
class Citation:
    """What a page shows of it: the line to copy, the permalink, the address of each file by the name of its format."""

    text: str
    permalink: str
    files: Mapping[str, str]


def of_document(view: DocumentView, revision: RevisionInfo, asked: Asked) -> Citation:
    """Return how one revision of a document is cited."""
    return _citation(_document(view, revision, asked), asked, f"/document/{view.document_id}/revision/{revision.number}")


def of_clause(db: Database, asked: Asked, about: Mapping[str, Any], eid: str, name: str) -> Citation:
    """Return how a clause is cited: `about` is its law, `name` what people call it."""
    return _citation(_clause(db, asked, about, eid, name), asked, f"/clause/{about['instrument_id']}/{eid}")


def file(db: Database, asked: Asked, format_name: str) -> str:
    """Return what the address names in one of the formats of CONTENT_TYPES. Raises NotFound."""
    if "document" in asked.parts:
        view = document(db, asked)
        return _WRITERS[format_name](_document(view, shown_revision(view, asked), asked))
    about = next(iter(rows(db, _ABOUT, id=asked.number("instrument"))), None)
    if about is None:
        raise NotFound("no_such_law")
    eid = tree.own_eid(db, about["instrument_id"], asked.parts["eid"])
    name = tree.clause_name(db, about["instrument_id"], eid)
    if not name:
        raise NotFound("no_such_clause")
    return _WRITERS[format_name](_clause(db, asked, about, eid, name))


def file_name(asked: Asked, format_name: str) -> str:
    """Return the name under which a browser keeps the file: ASCII without anything that a header could misread."""
    parts = (asked.parts.get(name) for name in ("document", "revision", "instrument", "eid"))
    stem = "-".join(part for part in parts if part and part.replace("_", "").isalnum() and part.isascii())
    return f"bayegan-{stem}.{format_name}"


def _citation(reference: BibliographyEntry, asked: Asked, path: str) -> Citation:
    say, edition = asked.edition.say, asked.edition
    days = [edition.jalali(reference.issued)] if reference.issued else []
    captured = say("cited_on", day=edition.jalali(reference.accessed)) if reference.accessed else ""
    title = f"«{reference.title}»" if reference.title else str(say("untitled"))
    parts = (*reference.authors, digits(reference.section), title, reference.publisher, *days, reference.issued, str(captured))
    files = {name: edition.to(f"{path}/cite.{ending}") for name, ending in _NAMES.items()}
    return Citation(f"{'، '.join(filter(None, parts))}.", reference.permalink, files)


def _document(view: DocumentView, revision: RevisionInfo, asked: Asked) -> BibliographyEntry:
    article = view.article
    path = f"/document/{view.document_id}/revision/{revision.number}"
    return BibliographyEntry(
        key=f"bayegan-{view.document_id}-{revision.number}", kind="news", title=article.title or "", authors=article.authors,
        publisher=view.publisher_name or view.publisher, issued=tehran_day(article.published_at),
        accessed=tehran_day(revision.captured_at), url=view.url, permalink=asked.site + asked.edition.to(path),
        number=article.news_code or "",
    )  # fmt: skip


def _clause(db: Database, asked: Asked, about: Mapping[str, Any], eid: str, name: str) -> BibliographyEntry:
    """Return the reference of a clause; its permalink leads to the revision of the law that the archive has, if any."""
    law = next(iter(rows(db, _LAW, id=about["instrument_id"])), None)
    path = f"/document/{law['document_id']}/revision/{law['revision']}" if law else f"/clause/{about['instrument_id']}/{eid}"
    return BibliographyEntry(
        key=f"bayegan-law-{about['instrument_id']}-{eid}", kind="law", title=about["title"], authors=(),
        publisher=about["body"] or "", issued=about["approved_on"] or "",
        accessed=tehran_day(law["captured_at"]) if law else "", url=law["url"] if law else "",
        permalink=asked.site + asked.edition.to(path), section=name,
    )  # fmt: skip
