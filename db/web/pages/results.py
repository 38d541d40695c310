"""Search with its facets."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

from db.search.documents import MOST_COUNTED, Facet, facets, search
from db.search.wrong_values import SearchError
from db.web.marks import Mark, marked
from db.web.pages import BadRequest, rows
from db.web.render import WebPage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup
    from sqlite_utils import Database

    from db.web.edition import Edition
    from db.web.pages import Asked

_PAGE = 20
_ABOUT = (
    "SELECT d.id, d.published_on, coalesce(p.name, p.slug) AS name FROM documents d JOIN publishers p ON p.id = d.publisher_id "
    "WHERE d.id IN (SELECT value FROM json_each(:ids))"
)


def results(db: Database, asked: Asked) -> WebPage:
    """Return the documents with the words of `q`, twenty a page, best first."""
    text, number = asked.query.get("q", "").strip(), max(asked.number("page", 1), 1)
    try:
        found = search(db, text, _PAGE, (number - 1) * _PAGE)
    except SearchError as error:
        raise BadRequest("as_it_is", text=_explained(error, asked.edition)) from error
    about = {row["id"]: row for row in rows(db, _ABOUT, ids=json.dumps([hit.document_id for hit in found.hits]))}
    hits = [
        {
            "document_id": hit.document_id, "publisher": hit.publisher, "publisher_name": about[hit.document_id]["name"],
            "published_on": about[hit.document_id]["published_on"], "published_jalali": hit.published_jalali,
            "title": hit.title, "snippet": hit.snippet, "url": hit.url,
        }
        for hit in found.hits
    ]  # fmt: skip
    shown = [
        {
            **row,
            "title_marked": _lit(hit.title or "", hit.title_highlights),
            "marked": _lit(hit.snippet, hit.highlights),
        }
        for row, hit in zip(hits, found.hits, strict=True)
    ]
    narrower = facets(db, text) if text else ()
    data: dict[str, Any] = {
        "q": text, "watch": f"bayegan watch add NAME {shlex.quote(text)}",
        "hits": shown, "total": found.total, "number": number, "counted": min(found.total, MOST_COUNTED),
        "pages": max(1, -(-found.total // _PAGE)), "facets": [facet for facet in narrower if not _is_chosen(facet, text)],
        "chosen": [{"name": facet.name, "without": _without(facet, text)} for facet in narrower if _is_chosen(facet, text)],
    }  # fmt: skip
    say = asked.edition.say
    title = str(say("search_for", q=text) if text else say("search"))
    return WebPage("results.html", title, data, hits, {"query": text, "total": found.total, "hits": hits})


def _explained(error: SearchError, edition: Edition) -> str:
    """Return what is wrong with a query, for its reader: the field and its value, why, the nearest names."""
    first = error.wrong[0]
    close = f" {edition.word('close', 'search_errors')} {'، '.join(error.close)}؟" if error.close else ""
    return f"{first.field}:{first.value} — {edition.word(first.why, 'search_errors')}{close}"


def _is_chosen(facet: Facet, text: str) -> bool:
    return _condition(facet) in text.split()


def _without(facet: Facet, text: str) -> str:
    return " ".join(word for word in text.split() if word != _condition(facet))


def _condition(facet: Facet) -> str:
    return f"{facet.field}:{facet.value}"


def _lit(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    return marked(text, [Mark(start, end, "hit") for start, end in spans])
