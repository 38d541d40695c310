"""The watches of the archive, and what each of them found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.search.documents import search
from db.watch import matches
from db.watch.atom import AlertFeed, atom
from db.watch.queries import read_watch
from db.watch.record import found_items, watch_rows
from db.web.marks import Mark, marked
from db.web.pages import NotFound, rows
from db.web.render import WebPage

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.web.pages import Asked

_FEED = 50
_SEEN = "SELECT id, first_seen_at FROM documents WHERE id = :document"


def every(db: Database, asked: Asked) -> WebPage:
    """Return every watch: what it asks, how much it found, what went wrong."""
    found = watch_rows(db)
    table = [{**row, "to": " ".join(row["to"])} for row in found]
    return WebPage("watches.html", asked.edition.say("nav_watches"), {"watches": found}, table)


def one(db: Database, asked: Asked) -> WebPage:
    """Return what a watch found, the latest first."""
    watch = _watch(db, asked.parts["name"])
    found = list(found_items(db, watch["name"]))
    shown = [{**item, "passages": [_shown(passage) for passage in item.get("passages", ())]} for item in found]
    table = [{name: item.get(name) for name in ("found_at", "document_id", "title", "publisher", "url")} for item in found]
    return WebPage("watch.html", watch["name"], {"watch": watch, "items": shown}, table, {"watch": watch, "found": found})


def feed(db: Database, name: str, site: str) -> str:
    """Return the Atom feed of a watch. Raises NotFound."""
    watch = _watch(db, name)
    page = f"{site}/watch/{name}"
    about = AlertFeed(f"watch {name} {watch['added_at']}", f"{name}: {watch['query']}", f"{page}.atom", page, watch["added_at"])
    return atom(about, found_items(db, name, _FEED), site)


def search_feed(db: Database, text: str, site: str, address: str) -> str:
    """Return the Atom feed of a search: the documents that came last of those it finds. Raises SearchError."""
    search(db, text, 0)  # says what it cannot mean
    query = read_watch(text or "x") if text else None
    if query is None or query.kind != "search":
        return atom(AlertFeed(f"search {text}", text, address), ())
    items = []
    for document in sorted(matches.documents(db, query), reverse=True)[:_FEED]:
        content = matches.about(db, query, document)
        seen = rows(db, _SEEN, document=document)
        if content and seen:
            items.append(
                {**content, "document_id": document, "item": f"document {content['url']}", "found_at": seen[0]["first_seen_at"]}
            )
    return atom(AlertFeed(f"search {text}", text, address, address.replace("/search.atom", "/search")), items, site)


def _watch(db: Database, name: str) -> dict[str, Any]:
    found = next((row for row in watch_rows(db) if row["name"] == name), None)
    if found is None:
        raise NotFound("no_such_watch")
    return found


def _shown(passage: dict[str, Any]) -> dict[str, Any]:
    marks = [Mark(start, end, "hit") for start, end in passage["marks"]]
    return {"marked": marked(passage["text"], marks), "evidence": passage["evidence"]}
