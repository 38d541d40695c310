"""Which documents a search finds, and in which order they are shown.

Words that a great part of the archive has are not weighed against each other in all of it: FTS5 takes 2 µs for each document
that it ranks. Documents that say all of it in their title come first then, after them the newest, and both by their rank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from db.query import Filter

_RANK = "bm25(search, 10.0, 4.0, 1.0, 0.5), search.rowid DESC"  # title, lead, body, joined; the newest of equals first
_MANY = 1_000  # documents that are ranked together
_FILTERS = {
    "publisher": "d.publisher_id IN (SELECT id FROM publishers WHERE slug = lower(?) OR fa_fold(name) = fa_fold(?))",
    "messenger": (
        "EXISTS (SELECT 1 FROM mentioned_messengers m JOIN messengers g ON g.id = m.messenger_id "
        "WHERE m.revision_id = d.revision_id AND g.slug IN (SELECT lower(?) UNION "
        "SELECT slug FROM aliases WHERE kind = 'messenger' AND replace(alias_folded, ' ', '') = replace(fa_fold(?), ' ', '')))"
    ),
    "from": "d.published_on >= ?",
    "to": "d.published_on <= ?",
}


@dataclass(frozen=True, slots=True)
class Match:
    """FTS5 expressions: what must match, and, where nothing must, what must not."""

    wanted: str | None
    unwanted: str | None

    @property
    def nothing(self) -> bool:
        """Whether there are no words at all."""
        return self.wanted is None and self.unwanted is None


def conditions(match: Match, filters: Sequence[Filter]) -> tuple[list[str], list[str]]:
    """What must hold of a row of `documents d` and, where words are wanted, of `search`; and the values for its marks."""
    where, values = [], []
    if match.wanted:
        where.append("search MATCH ?")
        values.append(match.wanted)
    if match.unwanted:
        where.append("d.id NOT IN (SELECT rowid FROM search WHERE search MATCH ?)")
        values.append(match.unwanted)
    for one in filters:
        condition = _FILTERS[one.kind]
        where.append(f"NOT ({condition})" if one.negated else condition)
        values.extend([one.value] * condition.count("?"))
    return where, values


def ranked(db: Database, match: Match, filters: Sequence[Filter], limit: int, offset: int) -> tuple[int, list[int]]:
    """How many documents match, and the ids of those asked for, best first; without words the newest first."""
    where, values = conditions(match, filters)
    if not match.wanted:
        found = _Found(db, "documents d", where, values)
        return found.count(), found.ids("d.id", "d.published_on DESC, d.id DESC", limit, offset)
    source = "search JOIN documents d ON d.id = search.rowid" if filters else "search"
    found = _Found(db, source, where, values)
    total = found.count()
    if total <= _MANY:
        return total, found.ids("search.rowid", _RANK, limit, offset)
    in_title = _Found(db, source, where, [f"({{title}} : ({match.wanted})) AND ({match.wanted})", *values[1:]])
    return total, _titles_then_newest(found, in_title, limit, offset)


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows that hold some conditions."""

    db: Database
    source: str
    where: Sequence[str]
    values: Sequence[str]

    def count(self) -> int:
        """How many."""
        return int(self.db.execute(f"SELECT count(*) FROM {self.source} {self._clause()}", self.values).fetchone()[0])  # noqa: S608

    def ids(self, key: str, order: str, limit: int, offset: int = 0, also: str | None = None) -> list[int]:
        """The ids of some of them."""
        sql = f"SELECT {key} FROM {self.source} {self._clause(also)} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        return [row[0] for row in self.db.execute(sql, [*self.values, limit, offset]).fetchall()]

    def newest(self) -> tuple[int, list[int]]:
        """The newest thousand by their rank, and the smallest id among them (0 where there are no others)."""
        last = self.ids("search.rowid", "search.rowid DESC", 1, _MANY - 1)
        first = last[0] if last else 0
        return first, self.ids("search.rowid", _RANK, _MANY, also=f"search.rowid >= {first}")

    def _clause(self, also: str | None = None) -> str:
        where = [*self.where, *([also] if also else [])]
        return f"WHERE {' AND '.join(where)}" if where else ""


def _titles_then_newest(found: _Found, in_title: _Found, limit: int, offset: int) -> list[int]:
    _, titled = in_title.newest()
    first, newest = found.newest()
    known = set(titled)
    head = [*titled, *(number for number in newest if number not in known)]
    page = head[offset : offset + limit]
    if len(page) < limit:
        older = f"search.rowid < {first} AND search.rowid NOT IN ({', '.join(map(str, titled))})"
        page += found.ids("search.rowid", "search.rowid DESC", limit - len(page), max(0, offset - len(head)), older)
    return page
