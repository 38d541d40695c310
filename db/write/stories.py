"""The same story: near-duplicates of articles across publishers, found by their prints and grouped.

Two articles are a pair when their publishers differ, they were published within three days, and half of their three-word runs
are common, as their prints estimate it. A story is what pairs connect. What a publisher prints more than ten times a day is a
template (a form filled in, a list of prices), and finds nothing. Which articles stand together does not depend on the order
they came in.
"""

from __future__ import annotations

import json
from array import array
from itertools import batched
from typing import TYPE_CHECKING

from db.statements import statement
from db.write.minhash import bands, minhash, similarity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sqlite_utils import Database

_MIN_SIMILARITY = 0.5
_CHUNK = 500
_MAX_A_DAY = 10  # articles of one publisher in one band

_WAITING = (
    "SELECT id FROM documents WHERE revision_id IS NOT NULL "
    "AND revision_id NOT IN (SELECT revision_id FROM story_prints WHERE revision_id IS NOT NULL)"
)
_TEXT = statement("write/stories_text")
_PRINT = (
    "INSERT INTO story_prints VALUES (?, ?, ?) ON CONFLICT (document_id) "
    "DO UPDATE SET revision_id = excluded.revision_id, minhash = excluded.minhash"
)
_PLACE = statement("write/stories_place")
_CROWDED = statement("write/stories_crowded")
_NEIGHBOURS = statement("write/stories_neighbours")
# What the removal of a document leaves behind: articles with pairs and no story, or the other way round.
_ORPHANS = statement("write/stories_orphans")


def waiting(db: Database) -> Iterator[tuple[int, ...]]:
    """Return the documents that are new or have changed, some hundreds at a time, for `read`; writing meanwhile is allowed."""
    # Numbers first, texts one by one: an archive's texts do not fit into memory.
    return batched(array("q", (row[0] for row in db.execute(_WAITING))), _CHUNK)


def count_waiting(db: Database) -> int:
    """Return how many documents are new or have changed."""
    return int(db.execute(f"SELECT count(*) FROM ({_WAITING})").fetchone()[0])  # noqa: S608


def read(db: Database, documents: Collection[int]) -> None:
    """Reads these documents, and groups anew what they touch; in a transaction."""
    touched, again = _unpair(db, documents), set(documents)
    for document_id in documents:
        db.execute("DELETE FROM story_bands WHERE document_id = ?", [document_id])
        again |= _print(db, document_id)
    touched |= _unpair(db, again - set(documents))
    for document_id in sorted(again):
        touched |= _pair(db, document_id)
    _group(db, touched)


def regroup_orphans(db: Database) -> None:
    """Group again what the removal of documents has left over, inside a transaction."""
    _group(db, [row[0] for row in db.execute(_ORPHANS).fetchall()])


def mark(db: Database, document_id: int) -> None:
    """Has a document read again, after the text or the day of its current revision has changed."""
    db.execute("UPDATE story_prints SET revision_id = NULL WHERE document_id = ?", [document_id])


def _unpair(db: Database, documents: Iterable[int]) -> set[int]:
    """Removes the pairs of these articles; returns those that had any, with their partners."""
    touched: set[int] = set()
    for document_id in documents:
        pairs = db.execute("DELETE FROM story_pairs WHERE document_id = ? RETURNING other_id", [document_id]).fetchall()
        if pairs:
            touched |= {document_id, *(row[0] for row in pairs)}
            db.execute("DELETE FROM story_pairs WHERE other_id = ?", [document_id])
    return touched


def _print(db: Database, document_id: int) -> set[int]:
    """Notes the print of a text; returns the articles that stand in fewer bands from now on."""
    row = db.execute(_TEXT, [document_id]).fetchone()
    if row is None:  # removed since it was found waiting
        return set()
    revision_id, publisher_id, day, text = row
    made = minhash(text or "")
    db.execute(_PRINT, [document_id, revision_id, made])
    if made is None or day is None:
        return set()
    db.execute(_PLACE, {"day": day, "publisher": publisher_id, "id": document_id, "bands": json.dumps(bands(made))})
    left: set[int] = set()
    for place in db.execute(_CROWDED, [document_id, _MAX_A_DAY]).fetchall():
        db.execute("INSERT INTO story_templates VALUES (?, ?, ?)", place)
        sql = "DELETE FROM story_bands WHERE day = ? AND band = ? AND publisher_id = ? RETURNING document_id"
        left |= {row[0] for row in db.execute(sql, place).fetchall()}
    return left


def _pair(db: Database, document_id: int) -> set[int]:
    """Notes the pairs of one article; returns it with its partners, the empty set where it has none."""
    found = db.execute(_NEIGHBOURS, [document_id]).fetchall()
    if not found:
        return set()
    made = db.execute("SELECT minhash FROM story_prints WHERE document_id = ?", [document_id]).fetchone()[0]
    pairs = [(other, similarity(made, print_of_other)) for other, print_of_other in found]
    pairs = [pair for pair in pairs if pair[1] >= _MIN_SIMILARITY]
    rows = [each for other, share in pairs for each in ((document_id, other, share), (other, document_id, share))]
    db.conn.executemany("INSERT OR IGNORE INTO story_pairs VALUES (?, ?, ?)", rows)
    return {document_id, *(other for other, _ in pairs)} if pairs else set()


def _group(db: Database, touched: Iterable[int]) -> None:
    """Writes the stories of these articles as their pairs are now."""
    left = set(touched)
    while left:
        story = _connected(db, min(left))
        left -= story
        if len(story) == 1:
            db.execute("DELETE FROM story_documents WHERE document_id = ?", [next(iter(story))])
            continue
        _write(db, sorted(story))


def _connected(db: Database, document_id: int) -> set[int]:
    found, ahead = {document_id}, [document_id]
    while ahead:
        rows = db.execute("SELECT other_id FROM story_pairs WHERE document_id = ?", [ahead.pop()]).fetchall()
        new = {row[0] for row in rows} - found
        found |= new
        ahead += new
    return found


def _write(db: Database, story: Sequence[int]) -> None:
    sql = (
        "SELECT d.id, s.minhash, coalesce(r.published_at, d.published_on), p.slug, d.url FROM json_each(?) j "
        "CROSS JOIN documents d ON d.id = j.value JOIN revisions r ON r.id = d.revision_id "
        "JOIN publishers p ON p.id = d.publisher_id JOIN story_prints s ON s.document_id = d.id"
    )
    found = db.execute(sql, [json.dumps(story)]).fetchall()
    rows = sorted(found, key=lambda row: (_moment(row[2]), row[3], row[4]))
    first, print_of_first = rows[0][0], rows[0][1]
    db.conn.executemany(
        "INSERT INTO story_documents VALUES (?, ?, ?, ?) ON CONFLICT (document_id) DO UPDATE SET story_id = excluded.story_id, "
        "first_document_id = excluded.first_document_id, similarity = excluded.similarity WHERE story_id <> excluded.story_id "
        "OR first_document_id <> excluded.first_document_id OR similarity <> excluded.similarity",
        [(row[0], story[0], first, similarity(row[1], print_of_first)) for row in rows],
    )


def _moment(text: str | None) -> str:
    """Return a time to sort by: a day without a time comes at its end, and last what has lost its day and is still to be read."""
    if text is None:
        return "~"
    return text if "T" in text else f"{text}T99"
