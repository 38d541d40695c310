"""Facts as rows: the facts of a record with the numbers of what they name, ready for the tables of mentions.

Rows are made in the order of the facts, keyed by revision and place, so that the same facts give the same rows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

    from db.authority import Authority
    from parsers.models import AnyFact, Article, DateMention, Facts, InstrumentMention, Reference

Row = tuple[int | str | None, ...]
_SNIPPET = 70  # code points shown on either side of a mention

TABLES: Mapping[str, str] = {
    "mentioned_messengers": "messenger_id, section, start, \"end\", surface, snippet_start, snippet_end, rule, certain",
    "mentioned_instruments": "instrument_id, section, start, \"end\", surface, rule, certain",
    "cited_clauses": (
        "instrument_id, body_id, eid, unit, number, path, section, start, \"end\", surface, snippet_start, snippet_end, rule, "
        "certain"
    ),
    "mentioned_sessions": (
        "body_id, number, held_on, section, start, \"end\", surface, snippet_start, snippet_end, rule, certain"
    ),
    "mentioned_dates": "date_from, date_to, precision, calendar, valid, time, section, start, \"end\", surface, rule, certain",
    "mentioned_agencies": "agency_id, section, start, \"end\", surface, rule, certain",
}  # fmt: skip
INSERTS = {
    table: f"INSERT INTO {table} (revision_id, n, {columns}) VALUES (?, ?{', ?' * (columns.count(',') + 1)})"  # noqa: S608
    for table, columns in TABLES.items()
}
_SELECT = {
    table: f"SELECT revision_id, n, {columns} FROM {table} WHERE revision_id = ? ORDER BY n"  # noqa: S608
    for table, columns in TABLES.items()
}
_DELETE = {table: f"DELETE FROM {table} WHERE revision_id = ?" for table in TABLES}  # noqa: S608


def places(table: str, *columns: str) -> tuple[int, ...]:
    """Return where these columns stand in the rows of a table."""
    names = ("revision_id", "n", *TABLES[table].split(", "))
    return tuple(names.index(column) for column in columns)


def rows(revision_id: int, article: Article, facts: Facts, authority: Authority) -> dict[str, list[Row]]:
    """Return the facts of a revision as rows of their tables."""
    return {
        table: [(revision_id, n, *row) for n, row in enumerate(found)]
        for table, found in _rows(article, facts, authority).items()
    }


def write(db: Database, revision_id: int, article: Article, facts: Facts, authority: Authority) -> None:
    """Adds the facts of a new revision."""
    for table, found in rows(revision_id, article, facts, authority).items():
        db.conn.executemany(INSERTS[table], found)


def rewrite(db: Database, revision_id: int, article: Article, facts: Facts, authority: Authority) -> bool:
    """Makes the rows of a revision those of these facts; equal rows are not written. Returns whether something changed."""
    changed = False
    for table, wanted in rows(revision_id, article, facts, authority).items():
        if wanted != db.execute(_SELECT[table], [revision_id]).fetchall():
            db.execute(_DELETE[table], [revision_id])
            db.conn.executemany(INSERTS[table], wanted)
            changed = True
    return changed


def erase(db: Database, revision_id: int) -> None:
    """Removes the facts of a revision."""
    for delete in _DELETE.values():
        db.execute(delete, [revision_id])


def snippet_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the words around a span begin and end: whole words of the same paragraph, about 70 code points on either side."""
    first = start - _SNIPPET if start > _SNIPPET else 0
    line_start = text.rfind("\n", first, start)
    if line_start >= 0:
        first = line_start + 1
    elif first and not text[first - 1].isspace():
        blank = text.find(" ", first, start)
        first = blank + 1 if blank >= 0 else first
    last = min(len(text), end + _SNIPPET)
    line_end = text.find("\n", end, last)
    if line_end >= 0:
        last = line_end
    elif last < len(text) and not text[last].isspace():
        blank = text.rfind(" ", end, last)
        last = blank if blank >= 0 else last
    return first, last


def _rows(article: Article, facts: Facts, authority: Authority) -> dict[str, list[Row]]:
    texts = {"kicker": article.kicker or "", "title": article.title or "", "lead": article.lead or "", "body": article.body}
    # Instruments before citations: a mention tells the kind, a citation only the title.
    instruments: list[Row] = [
        (authority.instrument(i.title, i.body, i.kind, i.year), i.section or "body", i.start, i.end, i.surface, *_found_by(i))
        for i in facts.instruments
    ]
    kinds = {instrument.title: instrument for instrument in facts.instruments}
    return {
        "mentioned_messengers": [(authority.messenger(m.slug), *_shown(m, texts)) for m in facts.mentions],
        "mentioned_instruments": instruments,
        "cited_clauses": [(*row, *_shown(r, texts)) for r in facts.references for row in _citation(r, kinds, authority)],
        "mentioned_sessions": [
            (authority.body(s.body), number, s.date, *_shown(s, texts)) for s in facts.sessions for number in s.numbers or (None,)
        ],
        "mentioned_dates": [_date(d) for d in facts.dates],
        "mentioned_agencies": [
            (authority.agency(a.slug), a.section or "body", a.start, a.end, a.surface, *_found_by(a)) for a in facts.agencies
        ],
    }


def _found_by(fact: AnyFact) -> tuple[str, int]:
    """Return the rule that found it, and 0 where it rests on an inference."""
    return fact.rule, int(fact.certain)


def _date(date: DateMention) -> Row:
    first, last = date.iso_range or (date.iso, date.iso)
    return (
        first, last, date.precision, date.calendar, int(date.valid), date.time, date.section or "body", date.start, date.end,
        date.surface, date.rule, int(date.certain),
    )  # fmt: skip


def _shown(fact: AnyFact, texts: Mapping[str, str]) -> Row:
    """Return its place, that of the words around it, and what found it."""
    section, start, end = fact.section or "body", fact.start, fact.end
    return (section, start, end, fact.surface, *snippet_span(texts[section], start, end), fact.rule, int(fact.certain))


def _citation(reference: Reference, kinds: Mapping[str, InstrumentMention], authority: Authority) -> Iterator[Row]:
    """Yield one row for each number cited; one without a number where the unit has none."""
    known = kinds.get(reference.instrument or "")
    body = reference.body or (known.body if known else None)
    kind = known.kind if known else None
    instrument = authority.instrument(reference.instrument, body, kind, reference.year) if reference.instrument else None
    steps = [{"unit": step.unit, "number": step.number} for step in reference.path]
    path = json.dumps(steps, ensure_ascii=False) if steps else "[]"
    for place, number in enumerate(reference.numbers or (None,)):
        eid = reference.eids[place] if place < len(reference.eids) else _plain_eid(reference, number)
        if instrument is not None:
            authority.cite(instrument, eid)
        yield (instrument, authority.body(body), eid, reference.unit, number, path)


def _plain_eid(reference: Reference, number: int | str | None) -> str:
    """Return a stand-in where the parser gave no eId: units as printed."""
    steps = [*((step.unit, step.number) for step in reference.path), (reference.unit, number)]
    return "__".join(unit if value is None else f"{unit}_{value}" for unit, value in steps)
