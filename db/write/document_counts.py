"""What documents name, kept so that questions about the whole archive need not read every mention in it.

`document_messengers` counts by messenger and month, `messenger_sets` the documents of a month that name the same ones, and
`document_clauses` has the clauses that each cites. `body_neighbours` and `instrument_neighbours` tell which messengers stand
near a meeting or a cited clause: in the same part of the text, the starts 200 code points apart at most.
"""

from __future__ import annotations

from collections import Counter
from operator import itemgetter
from typing import TYPE_CHECKING

from db.statements import statement
from db.write import fact_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlite_utils import Database

_NEAR = 200  # code points

_COUNT = "INSERT INTO document_messengers (messenger_id, jalali_month, document_id, mentions) VALUES (?, ?, ?, ?)"
_ADD_SET = (
    "INSERT INTO messenger_sets (jalali_month, messengers, documents) VALUES (?, ?, 1) "
    "ON CONFLICT (jalali_month, messengers) DO UPDATE SET documents = documents + 1"
)
_TAKE_SET = "UPDATE messenger_sets SET documents = documents - 1 WHERE jalali_month = ? AND messengers = ?"
_DROP_SET = "DELETE FROM messenger_sets WHERE jalali_month = ? AND messengers = ? AND documents = 0"
_SET = "SELECT jalali_month, messenger_id FROM document_messengers WHERE document_id = ? ORDER BY messenger_id"
_CLAUSE = "INSERT INTO document_clauses (instrument_id, eid, publisher_id, document_id) VALUES (?, ?, ?, ?)"
_NEAR_BODY = "INSERT INTO body_neighbours (body_id, messenger_id, document_id) VALUES (?, ?, ?)"
_NEAR_INSTRUMENT = "INSERT INTO instrument_neighbours (instrument_id, messenger_id, document_id) VALUES (?, ?, ?)"

_named = itemgetter(*fact_rows.places("mentioned_messengers", "section", "start", "messenger_id"))
_met = itemgetter(*fact_rows.places("mentioned_sessions", "section", "start", "body_id"))
_cited = itemgetter(*fact_rows.places("cited_clauses", "section", "start", "body_id", "instrument_id"))

_clause = itemgetter(*fact_rows.places("cited_clauses", "instrument_id", "eid"))

_TABLES = ("document_messengers", "document_clauses", "body_neighbours", "instrument_neighbours")
_COUNTED = statement("write/document_counts_counted")
_CITED = statement("write/document_counts_cited")
_BESIDE = (
    "INSERT OR IGNORE INTO {kept} SELECT f.{column}, m.messenger_id, d.id FROM documents d "  # noqa: S608
    "CROSS JOIN {facts} f ON f.revision_id = d.revision_id CROSS JOIN mentioned_messengers m ON m.revision_id = f.revision_id "
    f"AND m.section = f.section AND m.start BETWEEN f.start - {_NEAR} AND f.start + {_NEAR} WHERE d.id = :id AND {{which}}"
)
_DERIVED = (
    _COUNTED,
    _CITED,
    _BESIDE.format(kept="body_neighbours", column="body_id", facts="mentioned_sessions", which="f.body_id IS NOT NULL"),
    _BESIDE.format(kept="body_neighbours", column="body_id", facts="cited_clauses", which="f.body_id IS NOT NULL"),
    _BESIDE.format(
        kept="instrument_neighbours", column="instrument_id", facts="cited_clauses",
        which="f.body_id IS NULL AND f.instrument_id IS NOT NULL",
    ),
)  # fmt: skip


def inserts(
    document_id: int, publisher_id: int, month: str | None, rows: Mapping[str, Sequence[fact_rows.Row]]
) -> Iterator[tuple[str, list[fact_rows.Row]]]:
    """Yield what the facts of a new document add: statements and their rows. `rows` are those of `facts.rows`."""
    mentions = [_named(row) for row in rows["mentioned_messengers"]]
    counts = Counter(messenger for _, _, messenger in mentions)
    yield _COUNT, [(messenger, month or "", document_id, count) for messenger, count in counts.items()]
    if counts:
        yield _ADD_SET, [(month or "", _listed(counts))]
    cited = {_clause(row) for row in rows["cited_clauses"]}
    yield _CLAUSE, sorted((*each, publisher_id, document_id) for each in cited if each[0] is not None)
    meetings, clauses = map(_met, rows["mentioned_sessions"]), [_cited(row) for row in rows["cited_clauses"]]
    by_text = [*meetings, *((section, start, body) for section, start, body, _ in clauses)]
    yield _NEAR_BODY, _near(by_text, mentions, document_id)
    by_title = ((section, start, instrument) for section, start, body, instrument in clauses if body is None)
    yield _NEAR_INSTRUMENT, _near(by_title, mentions, document_id)


def refresh(db: Database, document_id: int) -> None:
    """Derives anew what is kept of a document, after its current revision or the facts of it have changed."""
    _count_set(db, document_id, _TAKE_SET, _DROP_SET)
    for table in _TABLES:
        db.execute(f"DELETE FROM {table} WHERE document_id = ?", [document_id])  # noqa: S608
    for derived in _DERIVED:
        db.execute(derived, {"id": document_id})
    _count_set(db, document_id, _ADD_SET)


def _count_set(db: Database, document_id: int, *statements: str) -> None:
    """Count the messengers that a document names, as they are kept, among those of its month, or no more."""
    if found := db.execute(_SET, [document_id]).fetchall():
        for counted in statements:
            db.execute(counted, [found[0][0], _listed(messenger for _, messenger in found)])


def _listed(messengers: Iterable[int]) -> str:
    """Return numbers as a JSON list in order."""
    return f"[{','.join(map(str, sorted(messengers)))}]"


def _near(places: Iterable[fact_rows.Row], mentions: Sequence[fact_rows.Row], document_id: int) -> list[fact_rows.Row]:
    """Pairs of what stands near a mention and its messenger, each once; what nobody knows (None) is near nothing."""
    pairs = {
        (one, messenger, document_id)
        for section, start, one in places
        if one is not None
        for other, at, messenger in mentions
        if other == section and abs(at - start) <= _NEAR  # type: ignore[operator]
    }
    return sorted(pairs)
