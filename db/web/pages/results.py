"""Search with its facets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.search import facets, search
from db.web.marks import Mark, marked
from db.web.render import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup
    from sqlite_utils import Database

    from db.web.pages import Asked

_PAGE = 20


def results(db: Database, asked: Asked) -> Page:
    """The documents with the words of `q`, twenty a page, best first."""
    text, number = asked.query.get("q", "").strip(), max(asked.number("page", 1), 1)
    found = search(db, text, _PAGE, (number - 1) * _PAGE)
    hits = [
        {
            "document_id": hit.document_id, "publisher": hit.publisher, "published_jalali": hit.published_jalali,
            "title": hit.title, "snippet": hit.snippet, "url": hit.url,
        }
        for hit in found.hits
    ]  # fmt: skip
    shown = [
        {**row, "title_marked": _lit(hit.title or "بی عنوان", hit.title_highlights), "marked": _lit(hit.snippet, hit.highlights)}
        for row, hit in zip(hits, found.hits, strict=True)
    ]
    data: dict[str, Any] = {
        "q": text, "hits": shown, "total": found.total, "number": number,
        "pages": max(1, -(-found.total // _PAGE)), "facets": facets(db, text) if text else [],
    }  # fmt: skip
    title = f"جست\u200cوجو: {text}" if text else "جست\u200cوجو"
    return Page("results.html", title, data, hits, {"query": text, "total": found.total, "hits": hits})


def _lit(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    return marked(text, [Mark(start, end, "hit") for start, end in spans])
