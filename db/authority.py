"""The ids of publishers, messengers, bodies, agencies and instruments by slug, name or title; what is missing is added."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from db.law.clause_names import names_container, without_containers
from db.statements import statement
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from sqlite_utils import Database

_INSTRUMENTS = statement("authority/instruments_by_title")
_COMPLETE = statement("authority/complete_instrument")


class Authority:
    """Looks ids up in the authority tables, and adds a row for whatever they do not have. Remembers what it found."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._ids: dict[tuple[str, str], int] = {}
        self._instruments: dict[tuple[str, str | None, int | None], int] = {}
        self._cited: set[tuple[int, str]] = set()

    def clear(self) -> None:
        """Forget every id, since a rollback or a removal may have taken the rows away."""
        self._ids.clear()
        self._instruments.clear()
        self._cited.clear()

    def publisher(self, slug: str) -> int:
        """Return the id of the publisher of this slug."""
        return self._ids.get(("publishers", slug)) or self._find("publishers", "slug", slug, {})

    def messenger(self, slug: str) -> int:
        """Return the id of the messenger of this slug."""
        return self._ids.get(("messengers", slug)) or self._find("messengers", "slug", slug, {"name": slug})

    def agency(self, slug: str) -> int:
        """Return the id of the agency of this slug."""
        return self._ids.get(("agencies", slug)) or self._find("agencies", "slug", slug, {"name": slug})

    def cite(self, instrument_id: int, eid: str) -> None:
        """Let a clause that is cited with its chapter («ماده ۶۳۹ کتاب پنجم») be found under that name too."""
        if not names_container(eid) or (instrument_id, eid) in self._cited:
            return
        self._cited.add((instrument_id, eid))
        own = {e for (e,) in self._db.execute("SELECT eid FROM clauses WHERE instrument_id = ?", [instrument_id])}
        rows = self._db.execute("SELECT eid, clause_eid FROM clause_names WHERE instrument_id = ?", [instrument_id])
        for name, clause_eid in without_containers([eid], own, dict(rows.fetchall())).items():
            self._db.execute("INSERT OR IGNORE INTO clause_names VALUES (?, ?, ?)", [instrument_id, name, clause_eid])

    def body(self, name: str | None) -> int | None:
        """Return the id of the body of this canonical name, None without a name."""
        if not name:
            return None
        return self._ids.get(("bodies", name)) or self._find("bodies", "name", name, {})

    def instrument(
        self, title: str, body: str | None, kind: str | None = None, year: int | None = None, *, of_text: bool = False
    ) -> int:
        """Return the id of the instrument of this title, of this body and Jalali year of approval where both sides name one.

        Only the instrument's own text (`of_text`) says its year for good: a citation may have it wrong.
        """
        key = (title, body, year)
        if key not in self._instruments:
            self._instruments[key] = self._find_instrument(title, self.body(body), kind, year)
        if of_text and year is not None:
            self._db.execute("UPDATE instruments SET year = ? WHERE id = ? AND year IS NULL", [year, self._instruments[key]])
        return self._instruments[key]

    def another(self, title: str, body: str | None, kind: str | None, year: int | None) -> int:
        """Add one more instrument of a title that another law has, and return its id."""
        folded = fold_search(title)
        count = self._db.execute("SELECT count(*) FROM instruments WHERE title_folded = ?", [folded]).fetchone()[0]
        return self._add_instrument(title, folded, self.body(body), kind, year, f"-{count + 1}")

    def _find(self, table: str, column: str, value: str, rest: dict[str, Any]) -> int:
        found = self._db.execute(f"SELECT id FROM {table} WHERE {column} = ? ORDER BY slug IS NULL, id", [value]).fetchone()  # noqa: S608
        if found is None:
            found = (self._db[table].insert({column: value, **rest}).last_pk,)  # type: ignore[union-attr]
        self._ids[table, value] = found[0]
        return int(found[0])

    def _find_instrument(self, title: str, body_id: int | None, kind: str | None, year: int | None) -> int:
        folded = fold_search(title)
        rows = self._db.execute(_INSTRUMENTS, {"title": folded, "year": year}).fetchall()
        rows = [row for row in rows if _agree(row[3], year, listed=bool(row[2]))]
        for agrees in (lambda found: found == body_id, lambda found: found is None or body_id is None):
            chosen = next((row for row in rows if agrees(row[1])), None)
            if chosen is not None:
                return self._completed(chosen, body_id, kind)
        return self._add_instrument(title, folded, body_id, kind, year)

    def _completed(self, row: tuple[int, int | None, int, int | None], body_id: int | None, kind: str | None) -> int:
        """Fill in body and kind of an instrument that only texts have named so far."""
        if not row[2] and (body_id or kind):
            self._db.execute(_COMPLETE, {"id": row[0], "body": body_id, "kind": kind})
        return row[0]

    def _add_instrument(
        self, title: str, folded: str, body_id: int | None, kind: str | None, year: int | None, ending: str = ""
    ) -> int:  # fmt: skip
        slug = self._db.execute("SELECT coalesce(slug, name) FROM bodies WHERE id = ?", [body_id]).fetchone() if body_id else None
        words = "-".join(re.findall(r"\w+", folded)) or "-"
        row = {
            "uri": f"/ir/{slug[0] if slug else '-'}/-/{f'{year}/' if year else ''}{words}{ending}",
            "title": title,
            "title_folded": folded,
            "kind": kind,
            "body_id": body_id,
            "year": year,
        }
        same = self._db.execute("SELECT id FROM instruments WHERE uri = ?", [row["uri"]]).fetchone()
        return int(same[0]) if same else int(self._db["instruments"].insert(row).last_pk)  # type: ignore[union-attr, arg-type]


def _agree(known: int | None, year: int | None, *, listed: bool) -> bool:
    """Return whether two years of approval may be one law's. A listed law is also cited by the year of its printing."""
    return known is None or year is None or abs(known - year) <= (1 if listed else 0)
