"""The same story: near-duplicates of articles across publishers, found by MinHash and grouped.

Two articles are a pair when their publishers differ, they were published within three days, and half of their three-word runs
are common, as their MinHashes estimate it. A story is what pairs connect. Words are those of the repaired text, a word with ZWNJ
being one, so that a copy that lost them is a copy still. Which articles stand together does not depend on the order they came in.
"""

from __future__ import annotations

import sys
from array import array
from hashlib import blake2b
from itertools import batched
from typing import TYPE_CHECKING

from rensa import RMinHash

from parsers.persian.letters import ZWNJ, fold_search

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

_NUMBERS, _ROWS = 80, 4  # of a print; of them in a band
_SEED = 1
_RUN = 3  # words
_MIN_WORDS = 25
_MIN_SIMILARITY = 0.5
_MAX_DAYS = 3
_CHUNK = 500
_MAX_SHARING = 200  # articles in one band; more is a template, not a story

_WAITING = (
    "SELECT d.id FROM documents d LEFT JOIN story_prints s ON s.document_id = d.id "
    "WHERE d.kind = 'article' AND d.revision_id IS NOT NULL AND s.revision_id IS NOT d.revision_id ORDER BY d.id"
)
_TEXT = (
    "SELECT r.id, coalesce(r.lead, '') || char(10) || r.body FROM documents d JOIN revisions r ON r.id = d.revision_id "
    "WHERE d.id = ?"
)
_NEIGHBOURS = (
    "SELECT DISTINCT o.document_id, s.minhash FROM story_bands m JOIN story_bands o ON o.band = m.band "
    "JOIN story_prints s ON s.document_id = o.document_id JOIN documents a ON a.id = :id "
    "JOIN documents b ON b.id = o.document_id "
    "WHERE m.document_id = :id AND b.publisher_id <> a.publisher_id "
    "AND abs(julianday(a.published_on) - julianday(b.published_on)) <= :days ORDER BY o.document_id"
)
# What the removal of a document leaves behind: articles with pairs and no story, or the other way round.
_ORPHANS = (
    "SELECT document_id FROM story_pairs WHERE document_id NOT IN (SELECT document_id FROM story_documents) UNION "
    "SELECT document_id FROM story_documents WHERE document_id NOT IN (SELECT document_id FROM story_pairs)"
)
_KNOWN = (
    "SELECT 1 FROM story_prints WHERE document_id = :id UNION ALL SELECT 1 FROM story_bands WHERE document_id = :id LIMIT 1"
)


def refresh(db: Database) -> int:
    """Reads every article that is new or has changed, and groups anew what it touches; returns how many. In a transaction."""
    # Numbers first, texts one by one: an archive's texts do not fit into memory.
    waiting = array("q", (row[0] for row in db.execute(_WAITING)))
    for chunk in batched(waiting, _CHUNK):
        touched = _forget(db, chunk)
        for document_id in chunk:
            _print(db, document_id, *db.execute(_TEXT, [document_id]).fetchone())
        for document_id in chunk:
            touched |= _pair(db, document_id)
        _group(db, touched)
    _group(db, [row[0] for row in db.execute(_ORPHANS).fetchall()])
    return len(waiting)


def minhash(text: str) -> bytes | None:
    """The print of a text; None for one of fewer than 25 words."""
    words = fold_search(text.replace(ZWNJ, "")).split()
    if len(words) < _MIN_WORDS:
        return None
    runs = [" ".join(words[place : place + _RUN]) for place in range(len(words) - _RUN + 1)]
    made = RMinHash(num_perm=_NUMBERS, seed=_SEED)
    made.update(runs)
    return _little(array("I", made.digest())).tobytes()


def similarity(a: bytes, b: bytes) -> float:
    """The share of three-word runs that two texts have in common, as their prints estimate it."""
    return sum(map(int.__eq__, array("I", a), array("I", b))) / _NUMBERS


def _little(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bands(made: bytes) -> list[int]:
    size = _ROWS * 4
    return [
        int.from_bytes(blake2b(made[at : at + size], digest_size=8, salt=at.to_bytes(4)).digest(), signed=True)
        for at in range(0, len(made), size)
    ]


def _forget(db: Database, documents: Sequence[int]) -> set[int]:
    """Removes what older texts of these articles gave; returns the articles that were paired with them."""
    touched: set[int] = set()
    for document_id in documents:
        if not db.execute(_KNOWN, {"id": document_id}).fetchone():
            continue
        pairs = db.execute("SELECT other_id FROM story_pairs WHERE document_id = ?", [document_id]).fetchall()
        touched |= {row[0] for row in pairs}
        db.execute("DELETE FROM story_bands WHERE document_id = ?", [document_id])
        db.execute("DELETE FROM story_pairs WHERE document_id = ? OR other_id = ?", [document_id, document_id])
        db.execute("DELETE FROM story_documents WHERE document_id = ?", [document_id])
    return touched


def _print(db: Database, document_id: int, revision_id: int, text: str) -> None:
    made = minhash(text)
    sql = (
        "INSERT INTO story_prints VALUES (?, ?, ?) ON CONFLICT (document_id) "
        "DO UPDATE SET revision_id = excluded.revision_id, minhash = excluded.minhash"
    )
    db.execute(sql, [document_id, revision_id, made])
    if made:
        rows = [(band, document_id) for band in sorted(set(_bands(made)))]
        db.conn.executemany("INSERT INTO story_bands VALUES (?, ?)", rows)


def _pair(db: Database, document_id: int) -> set[int]:
    """Notes the pairs of one article; returns it with its partners, the empty set where it has none."""
    row = db.execute("SELECT minhash FROM story_prints WHERE document_id = ?", [document_id]).fetchone()
    if row is None or row[0] is None:
        return set()
    found = db.execute(_NEIGHBOURS, {"id": document_id, "days": _MAX_DAYS}).fetchmany(_MAX_SHARING)
    pairs = [(other, similarity(row[0], made)) for other, made in found]
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
    marks = ", ".join("?" * len(story))
    sql = (
        "SELECT d.id, s.minhash, coalesce(r.published_at, d.published_on), p.slug, d.url FROM documents d "  # noqa: S608
        "JOIN revisions r ON r.id = d.revision_id JOIN publishers p ON p.id = d.publisher_id "
        f"JOIN story_prints s ON s.document_id = d.id WHERE d.id IN ({marks})"
    )
    rows = sorted(db.execute(sql, list(story)).fetchall(), key=lambda row: (_moment(row[2]), row[3], row[4]))
    first, print_of_first = rows[0][0], rows[0][1]
    db.conn.executemany(
        "INSERT INTO story_documents VALUES (?, ?, ?, ?) ON CONFLICT (document_id) DO UPDATE SET story_id = excluded.story_id, "
        "first_document_id = excluded.first_document_id, similarity = excluded.similarity WHERE story_id <> excluded.story_id "
        "OR first_document_id <> excluded.first_document_id OR similarity <> excluded.similarity",
        [(row[0], story[0], first, similarity(row[1], print_of_first)) for row in rows],
    )


def _moment(text: str) -> str:
    """A time to sort by: a day without a time comes at its end."""
    return text if "T" in text else f"{text}T99"
