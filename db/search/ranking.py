"""Which documents a search finds, and in which order they are shown.

FTS5 takes 2 µs for each document that it ranks, and has to count the documents of each word for it (of each phrase: a
microsecond a document). Where that would take long, documents that say all of it in their title come first, then the others,
and of both the newest first: that is read off the index.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from db.search.query import Filter

_RANK = "bm25(search, 10.0, 4.0, 1.0, 0.5, 0.2), search.rowid DESC"  # title, lead, body, joined, lemmas; newest of equals first
# Documents that have the words as they were asked for come before those that have other forms of them.
_EXACT_FIRST = "search.rowid IN (SELECT rowid FROM search WHERE search MATCH ?) DESC"
_MANY = 1_000  # documents that are ranked, at most
_LARGE = 200_000  # documents of an archive in which phrases are not ranked
_COMMON = 20_000  # documents with the words; from there on filters are looked up first, not for each of them
_OF_DOCUMENT = {
    "publisher": "d.publisher_id IN (SELECT id FROM publishers WHERE slug = lower(?) OR fa_fold(name) = fa_fold(?))",
    "from": "d.published_on >= ?",
    "to": "d.published_on <= ?",
    "days": "d.published_on >= substr(?, 1, 10) AND d.published_on <= substr(?, 12)",
}
_MESSENGER = (
    "EXISTS (SELECT 1 FROM document_messengers m JOIN messengers g ON g.id = m.messenger_id WHERE m.document_id = {id} "
    "AND g.slug IN (SELECT lower(?) UNION SELECT slug FROM aliases WHERE kind = 'messenger' "
    "AND replace(alias_folded, ' ', '') = replace(fa_fold(?), ' ', '')))"
)


@dataclass(frozen=True, slots=True)
class Match:
    """FTS5 expressions: what must match, and, where nothing must, what must not. `exact` is `wanted` without other forms."""

    wanted: str | None
    unwanted: str | None
    exact: str | None = None
    has_phrases: bool = False

    @property
    def nothing(self) -> bool:
        """Return whether there are no words at all."""
        return self.wanted is None and self.unwanted is None


def conditions(match: Match, filters: Sequence[Filter]) -> tuple[list[str], list[str]]:
    """Return what must hold of a row of `documents d` and, where words are wanted, of `search`; and the values for its marks."""
    where, values = ["search MATCH ?"] if match.wanted else [], [match.wanted] if match.wanted else []
    if match.unwanted:
        where.append("d.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(match.unwanted)
    for one in filters:
        condition, marked = _condition(one, "d.id")
        where.append(condition)
        values += marked
    return where, values


def _condition(one: Filter, key: str) -> tuple[str, list[str]]:
    condition = _OF_DOCUMENT.get(one.kind) or _MESSENGER.format(id=key)
    # A document without a day is in none of those that are excluded.
    return f"NOT coalesce(({condition}), 0)" if one.negated else condition, [one.value] * condition.count("?")


def ranked(db: Database, match: Match, filters: Sequence[Filter], limit: int, offset: int) -> tuple[int, list[int]]:
    """Return how many documents match, and the ids of those asked for, best first; without words the newest first."""
    if not match.wanted:
        found = _Found(db, "documents d", *conditions(match, filters))
        return found.count(), found.ids("d.id", "d.published_on DESC, d.id DESC", limit, offset)
    found = _with_words(db, match.wanted, filters)
    total = found.count()
    if total <= _MANY and not (match.has_phrases and _is_large(db)):
        if match.exact in {None, match.wanted}:
            return total, found.ids("search.rowid", _RANK, limit, offset)
        return total, found.ids("search.rowid", f"{_EXACT_FIRST}, {_RANK}", limit, offset, [match.exact or ""])
    return total, _titles_first(found, match, limit, offset)


def newest(db: Database, match: Match, filters: Sequence[Filter], limit: int) -> list[int]:
    """Return the ids of the documents that match and came last into the archive, `limit` of them at most."""
    if match.wanted:
        return _with_words(db, match.wanted, filters).ids("search.rowid", "search.rowid DESC", limit)
    return _Found(db, "documents d", *conditions(match, filters)).ids("d.id", "d.id DESC", limit)


def _with_words(db: Database, wanted: str, filters: Sequence[Filter]) -> _Found:
    """The rows of `search` with these words whose documents pass; a document's row is read only where a filter asks for it."""
    words = _Found(db, "search", ["search MATCH ?"], [wanted])
    of_words = [_condition(one, "search.rowid") for one in filters if one.kind not in _OF_DOCUMENT]
    of_documents = [_condition(one, "d.id") for one in filters if one.kind in _OF_DOCUMENT]
    if not of_documents:
        return words.also(of_words)
    if words.count() < _COMMON:
        return replace(words, source="search JOIN documents d ON d.id = search.rowid").also([*of_words, *of_documents])
    passing = _Found(db, "documents d", (), ()).also(of_documents)
    looked_up = f"+search.rowid IN (SELECT d.id FROM {passing.source} {passing.clause})"  # noqa: S608
    return words.also([*of_words, (looked_up, list(passing.values))])


def _is_large(db: Database) -> bool:
    return int(db.execute("SELECT coalesce(max(id), 0) FROM documents").fetchone()[0]) >= _LARGE


def _titles_first(found: _Found, match: Match, limit: int, offset: int) -> list[int]:
    """Those with all of it in the title, then the others, then those with other forms of the words; of each the newest first."""
    exact = match.exact or match.wanted
    expressions = [f"({{title}} : ({exact})) AND ({exact})", f"({exact}) NOT ({{title}} : ({exact}))"]
    if exact != match.wanted:
        expressions.append(f"({match.wanted}) NOT ({exact})")
    page: list[int] = []
    for expression in expressions:
        part = found.matching(expression)
        page += part.ids("search.rowid", "search.rowid DESC", limit - len(page), offset)
        if len(page) >= limit:
            break
        offset = max(0, offset - part.count()) if offset else 0
    return page


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows that hold some conditions, the first of which is that of the words where there are words."""

    db: Database
    source: str
    where: Sequence[str]
    values: Sequence[str]

    def matching(self, expression: str) -> _Found:
        """Return the same with other words."""
        return replace(self, values=[expression, *self.values[1:]])

    def also(self, conditions: Sequence[tuple[str, Sequence[str]]]) -> _Found:
        """Those of them that hold further conditions, each with the values for its marks."""
        where, values = [*self.where], [*self.values]
        for condition, marked in conditions:
            where.append(condition)
            values += marked
        return replace(self, where=where, values=values)

    def count(self) -> int:
        """Return how many."""
        return int(self.db.execute(f"SELECT count(*) FROM {self.source} {self.clause}", self.values).fetchone()[0])  # noqa: S608

    def ids(self, key: str, order: str, limit: int, offset: int = 0, marked: Sequence[str] = ()) -> list[int]:
        """Return the ids of some of them; `marked` are the values for the marks in `order`."""
        sql = f"SELECT {key} FROM {self.source} {self.clause} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        return [row[0] for row in self.db.execute(sql, [*self.values, *marked, limit, offset]).fetchall()]

    @property
    def clause(self) -> str:
        """Return the conditions in SQL."""
        return f"WHERE {' AND '.join(self.where)}" if self.where else ""
