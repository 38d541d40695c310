"""The authority tables (messengers, bodies, agencies, instruments, aliases), filled from `parsers/lexicon`."""

from __future__ import annotations

import hashlib
import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from db.law.listed_instruments import iso_day
from db.meta import get_meta, set_meta
from parsers.lexicon import load
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlite_utils import Database

_LEXICONS = ("messengers", "bodies", "agencies", "instruments")
_VERSION = "3"  # raised when the code below reads the lexicon differently


def fill(db: Database) -> bool:
    """Make the authority tables what the lexicon says today. Return whether the lexicon had changed."""
    digest = _digest()
    if get_meta(db, "lexicon") == digest:
        return False
    with db.atomic():
        db.execute("DELETE FROM aliases")
        _fill_messengers(db, _lexicon("messengers"))
        _fill_bodies(db, _lexicon("bodies"))
        _fill_agencies(db, _lexicon("agencies"))
        _fill_instruments(db, _lexicon("instruments").get("instrument", []))
        set_meta(db, "lexicon", digest)
    return True


def _digest() -> str:
    files = [resources.files("parsers.lexicon") / f"{name}.toml" for name in _LEXICONS]
    texts = [file.read_bytes() for file in files if file.is_file()]
    return hashlib.sha256(b"\0".join([_VERSION.encode(), *texts])).hexdigest()


def _lexicon(name: str) -> dict[str, Any]:
    return load(name) if (resources.files("parsers.lexicon") / f"{name}.toml").is_file() else {}


def _named(lexicon: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the entries by slug: a table for each, a table of such tables, or a list of entries with slugs."""
    found: dict[str, dict[str, Any]] = {}
    for key, value in lexicon.items():
        if isinstance(value, list):
            found |= {entry["slug"]: entry for entry in value if isinstance(entry, dict) and "slug" in entry}
        elif isinstance(value, dict):
            found |= {key: value} if "name" in value else {k: v for k, v in value.items() if isinstance(v, dict)}
    return {slug: entry for slug, entry in found.items() if "name" in entry}


def _fill_messengers(db: Database, lexicon: Mapping[str, Any]) -> None:
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


def _fill_bodies(db: Database, lexicon: Mapping[str, Any]) -> None:
    entries = _named(lexicon)
    for slug, entry in entries.items():  # one that only a text had named becomes the lexicon's
        db.execute(
            "UPDATE bodies SET slug = ? WHERE name = ? AND slug IS NULL AND NOT EXISTS (SELECT 1 FROM bodies WHERE slug = ?)",
            [slug, entry["name"], slug],
        )
        _alias(db, "body", slug, [entry["name"], *entry.get("aliases", [])])
    _upsert(db, "bodies", [{"slug": s, "name": e["name"], "name_en": e.get("name_en")} for s, e in entries.items()])


def _fill_agencies(db: Database, lexicon: Mapping[str, Any]) -> None:
    entries = _named(lexicon)
    _upsert(db, "agencies", [{"slug": slug, "name": entry["name"]} for slug, entry in entries.items()])
    for slug, entry in entries.items():
        _alias(db, "agency", slug, [entry["name"], *entry.get("aliases", [])])


def _fill_instruments(db: Database, entries: Iterable[Mapping[str, Any]]) -> None:
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
        _fill_sessions(db, row["uri"], row["body_id"], entry.get("sessions", []))


def _fill_sessions(db: Database, uri: str, body_id: int | None, numbers: Iterable[int]) -> None:
    """Store in which meetings the instrument of this URI was approved."""
    found = db.execute("SELECT id FROM instruments WHERE uri = ?", [uri]).fetchone()[0]
    db.execute("DELETE FROM instrument_sessions WHERE instrument_id = ?", [found])
    if body_id is not None:
        rows = [{"instrument_id": found, "body_id": body_id, "number": number} for number in numbers]
        db["instrument_sessions"].insert_all(rows)  # type: ignore[union-attr]


def _instrument(entry: Mapping[str, Any], bodies: Mapping[str, int]) -> dict[str, Any]:
    return {
        "uri": entry["uri"],
        "title": entry["title"],
        "title_folded": fold_search(entry["title"]),
        "kind": entry.get("kind"),
        "body_id": bodies.get(entry.get("body", "")),
        "known": 1,
        "approved_on": iso_day(entry.get("approved")),
        "communicated_on": iso_day(entry.get("communicated")),
        "gazetted_on": iso_day(entry.get("gazette")),
        "year": entry.get("year") or _year(entry.get("approved")),
    }


def _year(jalali: str | None) -> int | None:
    found = re.match(r"1[2-5]\d\d", jalali or "")
    return int(found[0]) if found else None


def _upsert(db: Database, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows, or change those that have the same slug."""
    for row in rows:
        columns = ", ".join(row)
        values = ", ".join(f":{column}" for column in row)
        changes = ", ".join(f"{column} = excluded.{column}" for column in row if column != "slug")
        sql = f"INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT (slug) DO UPDATE SET {changes}"  # noqa: S608
        db.execute(sql, row)


def _alias(db: Database, kind: str, slug: str, spellings: Iterable[str]) -> None:
    rows = [(alias, fold_search(alias), kind, slug) for alias in dict.fromkeys(spellings)]
    db.conn.executemany("INSERT OR IGNORE INTO aliases VALUES (?, ?, ?, ?)", rows)
