"""Whether an archive is sound: SQLite's own checks, keys, counts against rows; deep: bytes, texts and offsets too."""

from __future__ import annotations

import hashlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.read.clocks import clock_issues
from db.search.index import columns_of
from db.statements import statement
from db.write.captures import Captures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlite_utils import Database

_MAX_LINES = 20  # of SQLite's own check
_SLICE = 200  # texts that are read from one snapshot
_TEXTS = "SELECT id, text_hash, kicker, title, lead, body FROM revisions WHERE id > ? ORDER BY id LIMIT ?"
_COUNTS = {
    "revision_count": (statement("upkeep/revision_count"), "documents whose number of revisions is not that of their rows"),
    "current_revision": (statement("upkeep/current_revision"), "documents whose current revision is not their last one"),
    "revision_order": (statement("upkeep/revision_order"), "documents whose revisions are not in the order of time"),
    "unindexed": (statement("upkeep/unindexed"), "documents that the search index does not have"),
    "indexed_for_nothing": (statement("upkeep/indexed_for_nothing"), "entries of the search index without a document"),
    "lost_laws": (statement("upkeep/lost_laws"), "laws whose current text is no revision of the archive"),
}
_DEEP_COUNTS = {
    "offsets": (statement("upkeep/offsets"), "facts whose words do not stand at their offsets"),
    "messenger_sets": (statement("upkeep/messenger_sets"), "sets of messengers whose documents are counted wrong"),
    "document_clauses": (statement("upkeep/document_clauses"), "clauses of documents that are not those of their facts"),
    "document_sessions": (statement("upkeep/document_sessions"), "meetings of documents that are not those of their facts"),
    "document_instruments": (
        statement("upkeep/document_instruments"),
        "instruments of documents that are not those of their facts",
    ),
    "messenger_counts": (
        statement("upkeep/messenger_counts"),
        "documents whose counts of messengers are not those of their facts",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong: a code, how many rows it is true of, and a sentence."""

    code: str
    count: int
    message: str


def check(db: Database, *, deep: bool = False) -> list[Finding]:
    """Return what is wrong with an archive, the gravest first; an empty list if it is sound.

    A check that the damage itself breaks is a finding, too.
    """
    checks: list[tuple[str, Callable[[Database], Iterator[Finding]]]] = [
        ("structure", _structure), ("foreign_keys", _foreign_keys), ("search", _search_index),
        *((code, _counter(code, *counted)) for code, counted in _COUNTS.items()), ("clock", _clocks),
    ]  # fmt: skip
    if deep:
        checks += [("dictionaries", _dictionaries), ("captures", _captures), ("texts", _texts), ("index_texts", _index_texts)]
        checks += [(code, _counter(code, *counted)) for code, counted in _DEEP_COUNTS.items()]
    return [finding for code, run in checks for finding in _guarded(code, run, db)]


def _guarded(code: str, run: Callable[[Database], Iterator[Finding]], db: Database) -> list[Finding]:
    try:
        return list(run(db))
    except (sqlite3.Error, UnicodeError, ValueError) as error:
        return [Finding(code, 1, f"cannot be checked: {error}")]


def _structure(db: Database) -> Iterator[Finding]:
    """Run SQLite's own check. (Not the quick one: that of SQLite 3.40 finds NULLs in keys where there are none.)"""
    lines = [row[0] for row in db.execute(f"PRAGMA integrity_check({_MAX_LINES})").fetchall()]
    if lines != ["ok"]:
        yield Finding("structure", len(lines), "; ".join(" ".join(line.split()) for line in lines[:3]))


def _foreign_keys(db: Database) -> Iterator[Finding]:
    broken = db.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        yield Finding("foreign_keys", len(broken), f"rows that point to what is not there: {tables}")


def _search_index(db: Database) -> Iterator[Finding]:
    """Read the whole search index, which finds broken pages of it."""
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.checked_words USING fts5vocab('main', 'search', 'row')")
    db.execute("SELECT sum(doc) FROM temp.checked_words").fetchone()
    db.execute("DROP TABLE temp.checked_words")
    yield from ()


def _counter(code: str, sql: str, text: str) -> Callable[[Database], Iterator[Finding]]:
    def count(db: Database) -> Iterator[Finding]:
        number = int(db.execute(sql).fetchone()[0])
        if number:
            yield Finding(code, number, f"{number} {text}")

    return count


def _clocks(db: Database) -> Iterator[Finding]:
    return (Finding(issue.code, 1, issue.message) for issue in clock_issues(db))


def _dictionaries(db: Database) -> Iterator[Finding]:
    """Compare the hashes of the dictionaries that captures are packed with, and of their copies."""
    if damaged := Captures(db).dictionaries.damaged():
        yield Finding("dictionaries", len(damaged), f"{len(damaged)} dictionaries are damaged, or their copies: {damaged[:10]}")


def _captures(db: Database) -> Iterator[Finding]:
    """Unpack every blob and compare its hash."""
    captures, damaged = Captures(db), []
    for (blob_id,) in db.execute("SELECT id FROM blobs ORDER BY id").fetchall():
        try:
            captures.body(blob_id)
        except (ArchiveError, sqlite3.Error):
            damaged.append(blob_id)
    if damaged:
        marks = ", ".join(map(str, damaged[:10]))
        yield Finding("captures", len(damaged), f"{len(damaged)} blobs whose bytes are damaged: {marks}")


def _sliced(db: Database, sql: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a query in the order of their first column, some from each snapshot, so that none is held for long."""
    last = 0
    while rows := db.execute(sql, [last, _SLICE]).fetchall():
        yield from rows
        last = rows[-1][0]


def _texts(db: Database) -> Iterator[Finding]:
    """Hash the text of every revision again."""
    wrong = [
        revision_id
        for revision_id, digest, *texts in _sliced(db, _TEXTS)
        if hashlib.sha256("\x1f".join(text or "" for text in texts).encode()).digest() != digest
    ]
    if wrong:
        yield Finding("texts", len(wrong), f"{len(wrong)} revisions whose text is not the one that was stored: {wrong[:10]}")


def _index_texts(db: Database) -> Iterator[Finding]:
    """Compare the number of words that the search index has of each document with its text."""
    wrong = [
        document_id
        for document_id, sizes, *texts in _sliced(db, statement("upkeep/indexed_texts"))
        if _sizes(sizes) != [len(column.split()) for column in columns_of((texts[0], texts[1], texts[2], texts[3]))]
    ]
    if wrong:
        yield Finding("index_texts", len(wrong), f"{len(wrong)} documents that are indexed with another text: {wrong[:10]}")


def _sizes(packed: bytes) -> list[int]:
    """Return the numbers that FTS5 keeps as varints: words of each column."""
    sizes, value = [], 0
    for byte in packed:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            sizes.append(value)
            value = 0
    return sizes
