"""What a watch finds: documents, rows of a query, or what goes wrong; each with what is told of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.read.clocks import clock_issues
from db.search.documents import Expression, hit
from db.search.query import read_query
from db.search.ranking import Match, conditions
from db.statements import statement
from db.upkeep.log import check_issues
from db.watch.queries import WatchQuery, clause_eid, instrument_of
from db.watch.sql_rows import select

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

_CLAUSE_DOCUMENTS = statement("watch/clause_documents")
_LAW_DOCUMENTS = statement("watch/law_documents")
_CLAUSE_PASSAGES = statement("watch/clause_passages")
_LAW_PASSAGES = statement("watch/law_passages")
_MESSENGER_PASSAGES = statement("watch/messenger_passages")
_DOCUMENT = statement("watch/document")
_ISSUES = statement("watch/issues")
_SLUG = (
    "SELECT slug FROM messengers WHERE slug = lower(:value) UNION SELECT slug FROM aliases WHERE kind = 'messenger' "
    "AND replace(alias_folded, ' ', '') = replace(fa_fold(:value), ' ', '')"
)
_MOST_PASSAGES = 3


@dataclass(frozen=True, slots=True)
class Find:
    """One thing that a watch found: `item` names it for good, `content` is what is told of it (see docs/alerts.md)."""

    item: str
    document_id: int | None
    content: dict[str, Any]


def documents(db: Database, query: WatchQuery, changed: Sequence[int] | None = None) -> list[int]:
    """Return the documents (of these, if given) that match a search, a law or a clause. Raises WatchError."""
    among = None if changed is None else json.dumps(list(changed))
    if query.kind == "search":
        return searched(db, query.text, among)
    values = _clause_values(db, query) | {"changed": among}
    sql = _CLAUSE_DOCUMENTS if query.kind == "clause" else _LAW_DOCUMENTS
    return [row[0] for row in db.execute(sql, values).fetchall()]


def rows(db: Database, query: WatchQuery) -> tuple[list[int], list[Find]]:
    """Return what an SQL query gives: the documents that it names, and finds for rows that name none."""
    found: dict[int, None] = {}
    others = []
    for row in select(db, query.text):
        if isinstance(row.get("document_id"), int):
            found[row["document_id"]] = None
            continue
        text = json.dumps(row, ensure_ascii=False, sort_keys=True, default=bytes.hex)
        item = f"row {hashlib.sha256(text.encode()).hexdigest()[:32]}"
        others.append(Find(item, None, {"title": " · ".join(f"{name}: {value}" for name, value in row.items())}))
    return list(found), others


def troubles(db: Database, query: WatchQuery) -> list[Find]:
    """Return what is wrong with the archive now, or with one publisher of it."""
    found = list(db.query(_ISSUES, {"publisher": query.text}))
    if not query.text:
        own = (*clock_issues(db), *check_issues(db))
        found += [{"publisher": "-", "code": one.code, "url": None, "message": one.message} for one in own]
    return [
        Find(
            f"issue {row['publisher']} {row['code']}",
            None,
            {"title": f"{row['publisher']}: {row['code']}", "url": row["url"], "passages": _plain(row["message"])},
        )
        for row in found
    ]


def about(db: Database, query: WatchQuery, document_id: int) -> dict[str, Any] | None:
    """Return what is told of a document: title, address, publisher, day, passages with evidence; None where it has gone."""
    row = next(iter(db.query(_DOCUMENT, {"document": document_id})), None)
    if row is None:
        return None
    return {
        "title": row["title"] or "",
        "url": row["url"],
        "publisher": row["publisher"],
        "publisher_name": row["publisher_name"],
        "published_on": row["published_on"],
        "published_at": row["published_at"],
        "passages": _passages(db, query, row)[:_MOST_PASSAGES],
    }


def searched(db: Database, text: str, among: str | None = None) -> list[int]:
    """Return every document that a search finds, of those in `among` (a JSON list) if it is given."""
    query = read_query(text)
    expression = Expression(db).of(query.expression) if query.expression else Match(None, None)
    if expression.nothing and not query.filters:
        return []
    where, values = conditions(expression, query.filters)
    if among is not None:
        where, values = [*where, "d.id IN (SELECT value FROM json_each(?))"], [*values, among]
    source = "search JOIN documents d ON d.id = search.rowid" if expression.wanted else "documents d"
    sql = f"SELECT d.id FROM {source} WHERE {' AND '.join(where)}"  # noqa: S608 - of names in the code
    return [row[0] for row in db.execute(sql, values).fetchall()]


def _clause_values(db: Database, query: WatchQuery) -> dict[str, Any]:
    instrument = instrument_of(db, query.text) if query.text else None
    eid = clause_eid(db, query, instrument) if instrument is not None else query.eid
    return {"instrument": instrument, "eid": eid, "number": query.number, "unit": query.unit}


def _passages(db: Database, query: WatchQuery, row: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the words around what was found, each with its marks and the evidence."""
    values: dict[str, Any] = {"document": row["id"]}
    if query.kind in ("clause", "law"):
        sql = _CLAUSE_PASSAGES if query.kind == "clause" else _LAW_PASSAGES
        return [_passage(row, found) for found in db.query(sql, values | _clause_values(db, query))]
    slugs = _slugs(db, query) if query.kind == "search" else []
    if slugs:
        found = [_passage(row, one) for one in db.query(_MESSENGER_PASSAGES, values | {"slugs": json.dumps(slugs)})]
        if found:
            return found
    text = query.text if query.kind == "search" else ""
    shown = hit(db, row["id"], text)
    return [{"text": shown.snippet, "marks": [list(span) for span in shown.highlights], "evidence": ""}]


def _slugs(db: Database, query: WatchQuery) -> list[str]:
    filters = [one for one in read_query(query.text).filters if one.kind == "messenger" and not one.negated]
    return [row[0] for one in filters for row in db.execute(_SLUG, {"value": one.value}).fetchall()]


def _passage(row: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    text = row[found["section"]] or ""
    start = max(0, found["snippet_start"])
    shown = text[start : found["snippet_end"]]
    evidence = " · ".join(part for part in (found["what"], found["of_what"], found["rule"]) if part)
    return {
        "text": shown,
        "marks": [[found["start"] - start, found["end"] - start]],
        "evidence": evidence + ("" if found["certain"] else " (?)"),
    }


def _plain(text: str | None) -> list[dict[str, Any]]:
    return [{"text": text, "marks": [], "evidence": ""}] if text else []


def unique(finds: Iterable[Find]) -> list[Find]:
    """Return the finds, the first of each item."""
    return list({find.item: find for find in reversed(list(finds))}.values())[::-1]
