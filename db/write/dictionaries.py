"""Dictionaries for zstd: what the pages of one publisher have in common is kept once, not in every capture.

A page of a site is mostly its menus and lists. Trained on 16 pages, a dictionary packs the next ones to a third of what they
take on their own, in less time. A publisher gets its first one at 32 captures, a larger one at 320, at 3,200 …, so that a
new design of the site is learned too. Captures that are packed already keep the dictionary they were packed with.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import zstandard

from db.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlite_utils import Database

LEVEL = 3  # packs HTML at 200 to 1,000 MB/s
_FIRST = 32  # captures of a publisher
_GROWTH = 10
_SAMPLES = 64  # pages at most: the newer half of those there are
_FEWEST = 8  # of them of some length, or there is no dictionary
_MAX_SAMPLE = 200_000  # bytes of a page
_SIZE, _LATER_SIZE = 112_640, 262_144  # bytes of a publisher's first dictionary, and from ten times as many captures on
_SEGMENT, _STEP = 2_000, 8  # bytes: how long the pieces are that it is made of, and how finely they are compared
_MAX_LOADED = 32  # of each kind; a packer takes up to a megabyte

_LATEST = "SELECT id, pages FROM dictionaries WHERE publisher_id = ? ORDER BY id DESC LIMIT 1"
_COUNT = "SELECT count(*) FROM captures WHERE publisher_id = ?"
_BLOBS = "SELECT blob_id FROM captures WHERE publisher_id = ? ORDER BY id DESC LIMIT ?"
_ADD = "INSERT INTO dictionaries (publisher_id, pages, sha256, data) VALUES (?, ?, ?, ?)"
_COPY = "INSERT INTO dictionary_copies (id, data) SELECT id, data FROM dictionaries WHERE id = ?"
_STORED = (
    "SELECT sha256, data FROM dictionaries WHERE id = :id",
    "SELECT d.sha256, c.data FROM dictionaries d JOIN dictionary_copies c ON c.id = d.id WHERE d.id = :id",
)


@dataclass(slots=True)
class _Publisher:
    """How many captures a publisher has, when it gets its next dictionary, and its newest one."""

    pages: int
    train_at: int
    dictionary_id: int | None


class Dictionaries:
    """The dictionaries of one archive."""

    def __init__(self, db: Database, body: Callable[[int], bytes]) -> None:
        """`body` returns the bytes of a blob."""
        self._db = db
        self._body = body
        self._publishers: dict[int, _Publisher] = {}
        self._packers: dict[int, zstandard.ZstdCompressor] = {}
        self._unpackers: dict[int, zstandard.ZstdDecompressor] = {}

    def clear(self) -> None:
        """Forget everything, since a rollback may have taken a dictionary away."""
        for remembered in (self._publishers, self._packers, self._unpackers):
            remembered.clear()

    def packer(self, publisher_id: int, *, new: int = 1) -> tuple[int, zstandard.ZstdCompressor] | None:
        """Return the publisher's newest dictionary and what packs with it; None without any.

        Trains a dictionary if it is time, and writes it. `new`: how many captures more the publisher has than the last time.
        """
        publisher = self._publishers.get(publisher_id) or self._find(publisher_id)
        publisher.pages += new
        if publisher.pages >= publisher.train_at:
            self._train(publisher_id, publisher)
        number = publisher.dictionary_id
        if number is None:
            return None
        packer = self._packers.pop(number, None) or zstandard.ZstdCompressor(level=LEVEL, dict_data=self._precomputed(number))
        _keep(self._packers, number, packer)
        return number, packer

    def unpacker(self, number: int) -> zstandard.ZstdDecompressor:
        """Return what unpacks captures packed with a dictionary. Raises ArchiveError if it and its copy are damaged."""
        unpacker = self._unpackers.pop(number, None)
        unpacker = unpacker or zstandard.ZstdDecompressor(dict_data=zstandard.ZstdCompressionDict(self.read(number)))
        _keep(self._unpackers, number, unpacker)
        return unpacker

    def read(self, number: int) -> bytes:
        """Return a dictionary, or its copy where it is damaged. Raises ArchiveError if both are."""
        for stored in _STORED:
            if (found := self._whole(stored, number)) is not None:
                return found
        raise ArchiveError(f"dictionary {number} and its copy are damaged; restore the archive from a backup")

    def damaged(self) -> list[int]:
        """Return the dictionaries that are damaged themselves, or whose copies are."""
        numbers = [row[0] for row in self._db.execute("SELECT id FROM dictionaries ORDER BY id").fetchall()]
        return [number for number in numbers if any(self._whole(stored, number) is None for stored in _STORED)]

    def mend(self) -> None:
        """Write damaged dictionaries anew from their copies, and the other way round."""
        for number in self.damaged():
            with suppress(ArchiveError):
                data = _packed(self.read(number))
                self._db.execute("UPDATE dictionaries SET data = ? WHERE id = ?", [data, number])
                self._db.execute("INSERT OR REPLACE INTO dictionary_copies (id, data) VALUES (?, ?)", [number, data])

    def _whole(self, stored: str, number: int) -> bytes | None:
        """Return the dictionary that a statement of `_STORED` finds, if its hash is right."""
        with suppress(sqlite3.Error, zstandard.ZstdError):
            digest, data = self._db.execute(stored, {"id": number}).fetchone() or (b"", b"")
            found = zstandard.ZstdDecompressor().decompress(data, max_output_size=_LATER_SIZE)
            return found if hashlib.sha256(found).digest() == digest else None
        return None

    def _find(self, publisher_id: int) -> _Publisher:
        row = self._db.execute(_LATEST, [publisher_id]).fetchone()
        pages = int(self._db.execute(_COUNT, [publisher_id]).fetchone()[0])
        found = _Publisher(pages, row[1] * _GROWTH if row else _FIRST, row[0] if row else None)
        self._publishers[publisher_id] = found
        return found

    def _train(self, publisher_id: int, publisher: _Publisher) -> None:
        """Train a dictionary and write it; where none can be made of the pages, try again at ten times as many."""
        wanted = min(_SAMPLES, publisher.pages // 2)
        blobs = self._db.execute(_BLOBS, [publisher_id, wanted]).fetchall()
        if len(blobs) < wanted:  # the others are in the batch that is being gathered
            publisher.train_at = publisher.pages + wanted // 8 + 1
            return
        publisher.train_at = publisher.pages * _GROWTH
        with suppress(zstandard.ZstdError, ArchiveError):
            samples = self._samples(blobs)
            size = _SIZE if publisher.pages < _FIRST * _GROWTH else _LATER_SIZE
            made = zstandard.train_dictionary(size, samples, k=_SEGMENT, d=_STEP).as_bytes()
            row = [publisher_id, publisher.pages, hashlib.sha256(made).digest(), _packed(made)]
            publisher.dictionary_id = self._db.execute(_ADD, row).lastrowid
            self._db.execute(_COPY, [publisher.dictionary_id])

    def _samples(self, blobs: list[tuple[int]]) -> list[bytes | bytearray | memoryview[int]]:
        """Return the pages to train on. Raises ZstdError where too few are long enough: of empty ones zstd's trainer crashes."""
        bodies = (self._body(blob_id)[:_MAX_SAMPLE] for (blob_id,) in blobs)
        samples: list[bytes | bytearray | memoryview[int]] = [body for body in bodies if len(body) >= _SEGMENT]
        if len(samples) < _FEWEST:
            raise zstandard.ZstdError("too few pages to train on")
        return samples

    def _precomputed(self, number: int) -> zstandard.ZstdCompressionDict:
        found = zstandard.ZstdCompressionDict(self.read(number))
        found.precompute_compress(level=LEVEL)
        return found


def _keep[Tool](loaded: dict[int, Tool], number: int, tool: Tool) -> None:
    """Put a tool last, and forget the one that was not asked for the longest."""
    loaded[number] = tool
    if len(loaded) > _MAX_LOADED:
        del loaded[next(iter(loaded))]


def _packed(dictionary: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=9).compress(dictionary)
