"""What documents name, kept so that questions about the whole archive need not read every mention in it.

`document_messengers` counts by messenger and month, `messenger_sets` the documents of a month that name the same ones.
`document_clauses`, `document_sessions` and `document_instruments` have what each document cites and names, each once.
`body_neighbours` and `instrument_neighbours` have the messengers that stand near a meeting or a cited clause: in the same
part of the text, the starts 200 code points apart at most.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from db.statements import statement
from db.write import fact_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlite_utils import Database

    _FactRows = Mapping[str, Sequence[fact_rows.Row]]

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
_SESSION = (
    "INSERT INTO document_sessions (body_id, number, published_on, document_id, held_on, is_first) VALUES (?, ?, ?, ?, ?, ?)"
)
_INSTRUMENT = "INSERT INTO document_instruments (instrument_id, document_id) VALUES (?, ?)"
_NEAR_BODY = "INSERT INTO body_neighbours (body_id, messenger_id, document_id) VALUES (?, ?, ?)"
_NEAR_INSTRUMENT = "INSERT INTO instrument_neighbours (instrument_id, messenger_id, document_id) VALUES (?, ?, ?)"

_named = itemgetter(*fact_rows.places("mentioned_messengers", "section", "start", "messenger_id"))
_met = itemgetter(*fact_rows.places("mentioned_sessions", "section", "start", "body_id"))
_cited = itemgetter(*fact_rows.places("cited_clauses", "section", "start", "body_id", "instrument_id"))

_clause = itemgetter(*fact_rows.places("cited_clauses", "instrument_id", "eid"))
_session = itemgetter(*fact_rows.places("mentioned_sessions", "body_id", "number", "held_on"))
_instrument = itemgetter(*fact_rows.places("mentioned_instruments", "instrument_id"))

TABLES = (
    "document_messengers", "document_clauses", "document_sessions", "document_instruments", "body_neighbours",
    "instrument_neighbours",
)  # fmt: skip
_COUNTED = statement("write/document_counts_counted")
_BESIDE = (
    "INSERT OR IGNORE INTO {kept} SELECT f.{column}, m.messenger_id, d.id FROM documents d "  # noqa: S608
    "CROSS JOIN {facts} f ON f.revision_id = d.revision_id CROSS JOIN mentioned_messengers m ON m.revision_id = f.revision_id "
    f"AND m.section = f.section AND m.start BETWEEN f.start - {_NEAR} AND f.start + {_NEAR} WHERE d.id = :id AND {{which}}"
)
_DERIVED = (
    _COUNTED,
    statement("write/document_counts_cited"),
    statement("write/document_counts_met"),
    statement("write/document_counts_named"),
    _BESIDE.format(kept="body_neighbours", column="body_id", facts="mentioned_sessions", which="f.body_id IS NOT NULL"),
    _BESIDE.format(kept="body_neighbours", column="body_id", facts="cited_clauses", which="f.body_id IS NOT NULL"),
    _BESIDE.format(
        kept="instrument_neighbours", column="instrument_id", facts="cited_clauses",
        which="f.body_id IS NULL AND f.instrument_id IS NOT NULL",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountedDocument:
    """What is counted of a document besides its facts."""

    id: int
    publisher_id: int
    published_on: str  # ISO day, empty where the page does not tell, as its month
    jalali_month: str


def inserts(document: CountedDocument, rows: _FactRows) -> Iterator[tuple[str, list[fact_rows.Row]]]:
    """Yield what the facts of a new document add: statements and their rows. `rows` are those of `fact_rows.rows`."""
    mentions = [_named(row) for row in rows["mentioned_messengers"]]
    if mentions:
        yield from _messengers(document, [messenger for *_, messenger in mentions])
        yield from _neighbours(document.id, mentions, rows)
    yield _SESSION, _sessions(document, {_session(row) for row in rows["mentioned_sessions"]})
    cited = {_clause(row) for row in rows["cited_clauses"]}
    instruments = {instrument for instrument, _ in cited} | {_instrument(row) for row in rows["mentioned_instruments"]}
    yield _CLAUSE, [(*each, document.publisher_id, document.id) for each in cited if each[0] is not None]
    yield _INSTRUMENT, [(each, document.id) for each in instruments if each is not None]


def refresh(db: Database, document_id: int) -> None:
    """Derives anew what is kept of a document, after its current revision or the facts of it have changed."""
    _count_set(db, document_id, _TAKE_SET, _DROP_SET)
    for table in TABLES:
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


def _sessions(document: CountedDocument, told: Iterable[tuple[int | None, int | None, str | None]]) -> list[fact_rows.Row]:
    """Return the meetings of known bodies, each with every day that is told for it, the first of which stands for it."""
    days: dict[tuple[int, int], set[str]] = {}
    for body, number, day in told:
        if body is not None:
            days.setdefault((body, number or 0), set()).add(day or "")
    return [
        (*meeting, document.published_on, document.id, day, int(day == min(every)))
        for meeting, every in days.items()
        for day in every
    ]


def _messengers(document: CountedDocument, named: Iterable[int]) -> Iterator[tuple[str, list[fact_rows.Row]]]:
    """Yield what counts the messengers of a document, each as often as it is named."""
    counts = Counter(named)
    yield _COUNT, [(messenger, document.jalali_month, document.id, count) for messenger, count in counts.items()]
    yield _ADD_SET, [(document.jalali_month, _listed(counts))]


def _neighbours(
    document_id: int, mentions: Sequence[fact_rows.Row], rows: _FactRows
) -> Iterator[tuple[str, list[fact_rows.Row]]]:
    """Yield the pairs of what stands near a messenger and it."""
    meetings, clauses = map(_met, rows["mentioned_sessions"]), [_cited(row) for row in rows["cited_clauses"]]
    by_text = [*meetings, *((section, start, body) for section, start, body, _ in clauses)]
    yield _NEAR_BODY, _near(by_text, mentions, document_id)
    by_title = ((section, start, instrument) for section, start, body, instrument in clauses if body is None)
    yield _NEAR_INSTRUMENT, _near(by_title, mentions, document_id)


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
