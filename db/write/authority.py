"""The authority tables: messengers, bodies, agencies, instruments, filled from `parsers/lexicon`.

Whatever a text names and the lexicon does not know gets a row too, so that every mention has something to point at.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from db.migrations import get_meta, set_meta
from db.statements import statement
from parsers.lexicon import load
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlite_utils import Database

_LEXICONS = ("messengers", "bodies", "agencies", "instruments")
_SEEDING = "3"  # raised when the code below reads the lexicon differently


def seed(db: Database) -> bool:
    """Brings the authority tables to the lexicon of today; does nothing where it has not changed. Returns whether it had."""
    digest = _digest()
    if get_meta(db, "lexicon") == digest:
        return False
    with db.atomic():
        db.execute("DELETE FROM aliases")
        _seed_messengers(db, _lexicon("messengers"))
        _seed_bodies(db, _lexicon("bodies"))
        _seed_agencies(db, _lexicon("agencies"))
        _seed_instruments(db, _lexicon("instruments").get("instrument", []))
        set_meta(db, "lexicon", digest)
    return True


def _digest() -> str:
    files = [resources.files("parsers.lexicon") / f"{name}.toml" for name in _LEXICONS]
    texts = [file.read_bytes() for file in files if file.is_file()]
    return hashlib.sha256(b"\0".join([_SEEDING.encode(), *texts])).hexdigest()


def _lexicon(name: str) -> dict[str, Any]:
    return load(name) if (resources.files("parsers.lexicon") / f"{name}.toml").is_file() else {}


def _named(lexicon: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Entries by slug: a table for each, a table of such tables, or a list of entries that tell their slugs."""
    found: dict[str, dict[str, Any]] = {}
    for key, value in lexicon.items():
        if isinstance(value, list):
            found |= {entry["slug"]: entry for entry in value if isinstance(entry, dict) and "slug" in entry}
        elif isinstance(value, dict):
            found |= {key: value} if "name" in value else {k: v for k, v in value.items() if isinstance(v, dict)}
    return {slug: entry for slug, entry in found.items() if "name" in entry}


def _seed_messengers(db: Database, lexicon: Mapping[str, Any]) -> None:
    entries = _named(lexicon)
    columns = ("name", "name_latin", "kind", "operator")
    rows = [
        {"slug": slug, "domestic": int(entry.get("domestic", False)), **{c: entry.get(c) for c in columns}}
        for slug, entry in entries.items()
    ]
    _upsert(db, "messengers", rows)
    ids = dict(db.execute("SELECT slug, id FROM messengers").fetchall())
    events = [_event(ids[slug], n, event) for slug, entry in entries.items() for n, event in enumerate(entry.get("events", []))]
    db.execute("DELETE FROM messenger_events")
    db["messenger_events"].insert_all(events)  # type: ignore[union-attr]
    for slug, entry in entries.items():
        _alias(db, "messenger", slug, [entry["name"], *entry.get("aliases", []), *entry.get("ambiguous", [])])


def _event(messenger_id: int, n: int, event: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "messenger_id": messenger_id,
        "n": n,
        "event": event["kind"],
        "happened_on": event.get("on"),
        "happened_when": event.get("when") or event.get("on") or "",
        "note": event.get("note"),
        "source": event.get("source"),
    }


def _seed_bodies(db: Database, lexicon: Mapping[str, Any]) -> None:
    entries = _named(lexicon)
    for slug, entry in entries.items():  # one that only a text had named becomes the lexicon's
        db.execute(
            "UPDATE bodies SET slug = ? WHERE name = ? AND slug IS NULL AND NOT EXISTS (SELECT 1 FROM bodies WHERE slug = ?)",
            [slug, entry["name"], slug],
        )
        _alias(db, "body", slug, [entry["name"], *entry.get("aliases", [])])
    _upsert(db, "bodies", [{"slug": s, "name": e["name"], "name_en": e.get("name_en")} for s, e in entries.items()])


def _seed_agencies(db: Database, lexicon: Mapping[str, Any]) -> None:
    entries = _named(lexicon)
    _upsert(db, "agencies", [{"slug": slug, "name": entry["name"]} for slug, entry in entries.items()])
    for slug, entry in entries.items():
        _alias(db, "agency", slug, [entry["name"], *entry.get("aliases", [])])


def _seed_instruments(db: Database, entries: Iterable[Mapping[str, Any]]) -> None:
    bodies = dict(db.execute("SELECT slug, id FROM bodies").fetchall())
    for entry in entries:
        row = _instrument(entry, bodies)
        known = db.execute(
            "SELECT id FROM instruments WHERE uri = ? OR (title = ? AND known = 0) ORDER BY known DESC LIMIT 1",
            [row["uri"], row["title"]],
        ).fetchone()
        if known:
            db["instruments"].update(known[0], row)  # type: ignore[union-attr]
        else:
            db["instruments"].insert(row)  # type: ignore[union-attr]
        _alias(db, "instrument", row["uri"], [entry["title"], *entry.get("aliases", [])])
        _seed_sessions(db, row["uri"], row["body_id"], entry.get("sessions", []))


def _seed_sessions(db: Database, uri: str, body_id: int | None, numbers: Iterable[int]) -> None:
    """In which meetings the instrument of this uri was approved."""
    found = db.execute("SELECT id FROM instruments WHERE uri = ?", [uri]).fetchone()[0]
    db.execute("DELETE FROM instrument_sessions WHERE instrument_id = ?", [found])
    if body_id is not None:
        rows = [{"instrument_id": found, "body_id": body_id, "number": number} for number in numbers]
        db["instrument_sessions"].insert_all(rows)  # type: ignore[union-attr]


def listed_instrument(uri: str) -> dict[str, Any]:
    """What the lexicon tells of the instrument of this URI: its ISO days as columns, `sessions` as numbers."""
    entry = _listed_instruments().get(uri)
    if entry is None:
        return {}
    days = {"approved_on": "approved", "communicated_on": "communicated", "gazetted_on": "gazette"}
    return {column: _gregorian(entry.get(key)) for column, key in days.items()} | {"sessions": tuple(entry.get("sessions", ()))}


@cache
def _listed_instruments() -> dict[str, Mapping[str, Any]]:
    return {entry["uri"]: entry for entry in _lexicon("instruments").get("instrument", [])}


def _instrument(entry: Mapping[str, Any], bodies: Mapping[str, int]) -> dict[str, Any]:
    return {
        "uri": entry["uri"],
        "title": entry["title"],
        "title_folded": fold_search(entry["title"]),
        "kind": entry.get("kind"),
        "body_id": bodies.get(entry.get("body", "")),
        "known": 1,
        "approved_on": _gregorian(entry.get("approved")),
        "communicated_on": _gregorian(entry.get("communicated")),
        "gazetted_on": _gregorian(entry.get("gazette")),
        "year": entry.get("year") or _year(entry.get("approved")),
    }


def _year(jalali: str | None) -> int | None:
    found = re.match(r"1[2-5]\d\d", jalali or "")
    return int(found[0]) if found else None


def _gregorian(jalali: str | None) -> str | None:
    """The ISO day of a Jalali one (1396-05-21); None for anything less exact than a day."""
    from persiantools.jdatetime import JalaliDate

    found = re.fullmatch(r"(1[2-5]\d\d)-(\d\d)-(\d\d)", jalali or "")
    return str(JalaliDate(*map(int, found.groups())).to_gregorian()) if found else None  # type: ignore[no-untyped-call]


def _upsert(db: Database, table: str, rows: list[dict[str, Any]]) -> None:
    """Rows by slug; what is there already is changed only where it differs."""
    for row in rows:
        columns = ", ".join(row)
        values = ", ".join(f":{column}" for column in row)
        changes = ", ".join(f"{column} = excluded.{column}" for column in row if column != "slug")
        sql = f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT (slug) DO UPDATE SET {changes}"  # noqa: S608
        db.execute(sql, row)


def _alias(db: Database, kind: str, slug: str, spellings: Iterable[str]) -> None:
    rows = [(alias, fold_search(alias), kind, slug) for alias in dict.fromkeys(spellings)]
    db.conn.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?, ?)", rows)


class Names:
    """From slugs, names and titles to the ids of the authority tables; what is not there yet is added."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._ids: dict[tuple[str, str], int] = {}
        self._instruments: dict[tuple[str, str | None, int | None], int] = {}

    def forget(self) -> None:
        """To be called after a rollback: rows added meanwhile are gone."""
        self._ids.clear()
        self._instruments.clear()

    def publisher(self, slug: str) -> int:
        """The publisher of this slug."""
        return self._ids.get(("publishers", slug)) or self._find("publishers", "slug", slug, {})

    def messenger(self, slug: str) -> int:
        """The messenger of this slug."""
        return self._ids.get(("messengers", slug)) or self._find("messengers", "slug", slug, {"name": slug})

    def agency(self, slug: str) -> int:
        """The agency of this slug."""
        return self._ids.get(("agencies", slug)) or self._find("agencies", "slug", slug, {"name": slug})

    def body(self, name: str | None) -> int | None:
        """The body of this canonical name."""
        if not name:
            return None
        return self._ids.get(("bodies", name)) or self._find("bodies", "name", name, {})

    def instrument(self, title: str, body: str | None, kind: str | None = None, year: int | None = None) -> int:
        """Return the instrument of this title, of this body and Jalali year of approval where both sides name one."""
        key = (title, body, year)
        if key not in self._instruments:
            self._instruments[key] = self._find_instrument(title, self.body(body), kind, year)
        return self._instruments[key]

    def _find(self, table: str, column: str, value: str, rest: dict[str, Any]) -> int:
        found = self._db.execute(f"SELECT id FROM {table} WHERE {column} = ? ORDER BY slug IS NULL, id", [value]).fetchone()  # noqa: S608
        if found is None:
            found = (self._db[table].insert({column: value, **rest}).last_pk,)  # type: ignore[union-attr]
        self._ids[table, value] = found[0]
        return int(found[0])

    def _find_instrument(self, title: str, body_id: int | None, kind: str | None, year: int | None) -> int:
        folded = fold_search(title)
        rows = self._db.execute(statement("write/authority_instruments"), {"title": folded, "year": year}).fetchall()
        rows = [row for row in rows if _agree(row[3], year, listed=bool(row[2]))]
        for agrees in (lambda found: found == body_id, lambda found: found is None or body_id is None):
            chosen = next((row for row in rows if agrees(row[1])), None)
            if chosen is not None:
                return self._completed(chosen, body_id, kind, year)
        return self._add_instrument(title, folded, body_id, kind, year)

    def _completed(
        self, row: tuple[int, int | None, int, int | None], body_id: int | None, kind: str | None, year: int | None
    ) -> int:
        """An instrument known from texts only learns its body, kind and year from the first text that names them."""
        learns = not row[2] and (body_id or kind)
        if learns or (year and row[3] is None):
            self._db.execute(
                "UPDATE instruments SET body_id = coalesce(body_id, :body), kind = coalesce(kind, :kind), "
                "year = coalesce(year, :year) WHERE id = :id AND ((body_id IS NULL AND :body IS NOT NULL) "
                "OR (kind IS NULL AND :kind IS NOT NULL) OR (year IS NULL AND :year IS NOT NULL))",
                {"id": row[0], "body": body_id if learns else None, "kind": kind if learns else None, "year": year},
            )
        return row[0]

    def _add_instrument(self, title: str, folded: str, body_id: int | None, kind: str | None, year: int | None) -> int:
        slug = self._db.execute("SELECT coalesce(slug, name) FROM bodies WHERE id = ?", [body_id]).fetchone() if body_id else None
        row = {
            "uri": f"/ir/{slug[0] if slug else '-'}/-/{f'{year}/' if year else ''}{'-'.join(re.findall(r'\w+', folded)) or '-'}",
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
