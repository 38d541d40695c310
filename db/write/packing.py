"""Captures of archives that had no dictionaries: which of them can still be packed with one."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from db.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_CHUNK = 500
_WAITING = statement("write/blobs_on_their_own")
_PUBLISHER = "SELECT min(publisher_id) FROM captures WHERE blob_id = ?"


def waiting(db: Database) -> Iterator[list[tuple[int, int]]]:
    """Return blobs that are packed on their own, each with a publisher, some hundreds at a time; writing meanwhile is allowed."""
    numbers = array("q", (row[0] for row in db.execute(_WAITING)))
    for begin in range(0, len(numbers), _CHUNK):
        chunk = numbers[begin : begin + _CHUNK]
        yield [(number, db.execute(_PUBLISHER, [number]).fetchone()[0]) for number in chunk]


def count_waiting(db: Database) -> int:
    """Return how many there are."""
    return int(db.execute(f"SELECT count(*) FROM ({_WAITING})").fetchone()[0])  # noqa: S608
