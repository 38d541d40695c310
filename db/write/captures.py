"""Raw bytes in and out: each content once, packed with zstd, a later version of a page against the one before.

Where a publisher has a dictionary (`db.write.dictionaries`), the first version of a page is packed with it; a later one,
packed against the one before, takes about 0.6 kB.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import zstandard

from db.errors import ArchiveError
from db.moments import now
from db.statements import statement
from db.write.dictionaries import LEVEL, Dictionaries
from parsers.models import Capture

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sqlite_utils import Database

    from db.write.batch import Batch
    from db.write.revision_rows import Column

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_MAX_DEPTH = 24  # how many versions have to be unpacked, at most, to read one
_GOOD_RATIO = 10  # a version packed this well against the one before need not be packed on its own to compare
_MAX_BYTES = 512_000_000  # of one blob, unpacked
_MAX_BASE = 4_000_000  # bytes; above it a dictionary costs more than it saves


_REPEAT = statement("write/repeat_capture")
_SOME = "SELECT id, document_id FROM captures WHERE id > ? AND repeats_id IS NULL ORDER BY id LIMIT ?"
_CHUNK = 200
_ONE = statement("write/capture")
_PACK_AGAIN = "UPDATE blobs SET data = :data, dictionary_id = :dictionary WHERE id = :id AND length(data) > :size"
_CHAIN = statement("write/blob_chain")
_CHAIN_OF_OLDER = statement("write/blob_chain_without_dictionaries")


class Captures:
    """The captures and blobs of one archive."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._packer = zstandard.ZstdCompressor(level=LEVEL)
        self._chain = _CHAIN if _has_dictionaries(db) else _CHAIN_OF_OLDER
        self.dictionaries = Dictionaries(db, self.body)
        self._unpacked: list[tuple[int, bytes, dict[str, Column]]] = []  # publisher, bytes, the row that waits for them

    def clear(self) -> None:
        """Forget dictionaries that a rollback may have taken away, and bytes that will not be written."""
        self._unpacked.clear()
        self.dictionaries.clear()

    def keep(self, batch: Batch, capture: Capture, publisher_id: int, document_id: int, *, is_first: bool = False) -> int:
        """Add the bytes and what was known of them to the batch; return the capture's id.

        `is_first`: the document has no capture yet.
        """
        capture_id = batch.next_id("captures")
        row = {
            "id": capture_id,
            "document_id": document_id,
            "publisher_id": publisher_id,
            "blob_id": self._blob(batch, capture.body, publisher_id, None if is_first else document_id),
            "named_publisher": int(capture.publisher is not None),
            "url": capture.url,
            "final_url": capture.final_url,
            "status": capture.status,
            "fetched_at": capture.fetched_at,
            "stored_at": now(),
            "headers": _json(capture.headers),
            "request_headers": _json(capture.request_headers),
        }
        batch.add("captures", row)
        return capture_id

    def keep_unparsed(self, batch: Batch, row: Sequence[Any], publisher_id: int, body: bytes) -> None:
        """Add a capture under its number, of no document, to the batch; `row` as in `Archive.add_unparsed`."""
        names = ("named_publisher", "url", "final_url", "status", "fetched_at", "stored_at", "headers", "request_headers")
        blob_id = self._blob(batch, body, publisher_id, None)
        known = {"id": row[0], "document_id": None, "publisher_id": publisher_id, "blob_id": blob_id}
        batch.add("captures", known | dict(zip(names, row[5:], strict=True)))

    def repeat(self, batch: Batch, capture_id: int, seen_at: str) -> int:
        """Write a capture of the same page at another moment, of which only the text was kept, not the bytes; return its id."""
        repeated = batch.next_id("captures")
        self._db.execute(_REPEAT, {"id": repeated, "source": capture_id, "at": seen_at, "now": now()})
        return repeated

    def read(self, capture_id: int) -> Capture:
        """Return the capture as it came in. Raises ArchiveError if there is none, or its bytes are damaged."""
        blob_id, capture = self._read(capture_id)
        return replace(capture, body=self.body(blob_id))

    def stored(
        self, documents: Collection[int] | None = None, skipped: Callable[[int, ArchiveError], None] | None = None
    ) -> Iterator[Capture]:
        """Return the captures (of these documents) whose own bytes are kept, in the order in which they came.

        One whose bytes are damaged raises ArchiveError, or goes to `skipped` if that is given.
        """
        last = 0
        while rows := self._db.execute(_SOME, [last, _CHUNK]).fetchall():
            for capture_id, document_id in rows:
                try:
                    if documents is None or document_id in documents:
                        yield self.read(capture_id)
                except ArchiveError as error:
                    if skipped is None:
                        raise
                    skipped(capture_id, error)
            last = rows[-1][0]

    def head(self, capture_id: int) -> Capture:
        """Return the capture without its bytes, which cost most of reading it. Raises ArchiveError if there is none."""
        return self._read(capture_id)[1]

    def _read(self, capture_id: int) -> tuple[int, Capture]:
        row = self._db.execute(
            _ONE,
            [capture_id],
        ).fetchone()
        if row is None:
            raise ArchiveError(f"no capture {capture_id} in this archive")
        blob_id, url, headers, fetched_at, publisher, status, final_url, request_headers = row
        capture = Capture(
            body=b"", url=url, headers=json.loads(headers), fetched_at=fetched_at, publisher=publisher, status=status,
            final_url=final_url, request_headers=json.loads(request_headers),
        )  # fmt: skip
        return int(blob_id), capture

    def body(self, blob_id: int) -> bytes:
        """Return the bytes of a blob, unpacked. Raises ArchiveError if they are damaged."""
        chain = self._db.execute(self._chain, [blob_id]).fetchall()
        body = b""
        for index, (data, size, _, dictionary_id) in enumerate(chain):
            if dictionary_id is not None:
                unpacker = self.dictionaries.unpacker(dictionary_id)
            else:
                unpacker = zstandard.ZstdDecompressor(dict_data=_dictionary(body)) if index else zstandard.ZstdDecompressor()
            body = _unpack(unpacker, data, size, blob_id)
        if not chain or hashlib.sha256(body).digest() != chain[-1][2]:
            raise ArchiveError(f"the bytes of blob {blob_id} are damaged; restore the archive from a backup")
        return body

    def _blob(self, batch: Batch, body: bytes, publisher_id: int, document_id: int | None) -> int:
        digest = hashlib.sha256(body).digest()
        known = batch.blob(digest)
        if known:
            return known
        stored = self._db.execute("SELECT id FROM blobs WHERE sha256 = ?", [digest]).fetchone()
        if stored:
            return int(stored[0])
        base = self._base(document_id) if document_id is not None and len(body) <= _MAX_BASE else None
        packed = _pack_against(body, self.body(base[0]), base) if base else None
        if packed is None:
            # With those of the same publisher: a dictionary that the processor has not at hand takes three times as long.
            row: dict[str, Column] = {}
            self._unpacked.append((publisher_id, body, row))
        else:
            if len(packed.data) > len(body) // _GOOD_RATIO:
                packed = min(packed, self._pack(body, publisher_id), key=lambda one: len(one.data))
            row = packed.row(body)
        return batch.add_blob(digest, row)

    def pack(self) -> None:
        """Pack the bytes that wait for it, publisher by publisher; their rows in the batch become whole."""
        for publisher_id, body, row in sorted(self._unpacked, key=itemgetter(0)):
            row.update(self._pack(body, publisher_id).row(body))
        self._unpacked.clear()

    def pack_again(self, blobs: Iterable[tuple[int, int]]) -> None:
        """Pack blobs that are packed on their own with a dictionary, where it saves anything. `blobs`: each with a publisher."""
        for blob_id, publisher_id in blobs:
            with suppress(ArchiveError):  # damaged bytes stay as they are
                packed = self._pack(self.body(blob_id), publisher_id, new=0)
                row = {"id": blob_id, "data": packed.data, "dictionary": packed.dictionary_id, "size": len(packed.data)}
                if packed.dictionary_id is not None:
                    self._db.execute(_PACK_AGAIN, row)

    def _pack(self, body: bytes, publisher_id: int, *, new: int = 1) -> _Packed:
        """Pack bytes with the dictionary of their publisher, or on their own where it has none."""
        found = self.dictionaries.packer(publisher_id, new=new)
        if found is None:
            return _Packed(self._packer.compress(body))
        dictionary_id, packer = found
        return _Packed(packer.compress(body), dictionary_id=dictionary_id)

    def _base(self, document_id: int) -> tuple[int, int] | None:
        """Return blob and depth of the document's latest capture, if a further version may be packed against it."""
        row: tuple[int, int] | None = self._db.execute(
            "SELECT b.id, b.depth FROM captures c JOIN blobs b ON b.id = c.blob_id WHERE c.document_id = ? AND b.bytes <= ? "
            "AND b.bytes > 0 ORDER BY c.id DESC LIMIT 1",
            [document_id, _MAX_BASE],
        ).fetchone()
        return row if row and row[1] < _MAX_DEPTH else None


@dataclass(frozen=True, slots=True)
class _Packed:
    """A zstd frame and what it takes to unpack it: an earlier version, or a dictionary, or neither."""

    data: bytes
    base_id: int | None = None
    depth: int = 0
    dictionary_id: int | None = None

    def row(self, body: bytes) -> dict[str, Column]:
        """Return the columns of a blob, but its id and hash."""
        return {
            "bytes": len(body), "base_id": self.base_id, "depth": self.depth, "data": self.data,
            "dictionary_id": self.dictionary_id,
        }  # fmt: skip


def _pack_against(body: bytes, before: bytes, base: tuple[int, int]) -> _Packed:
    data = zstandard.ZstdCompressor(level=LEVEL, dict_data=_dictionary(before)).compress(body)
    return _Packed(data, base[0], base[1] + 1)


def _unpack(unpacker: zstandard.ZstdDecompressor, data: bytes, size: int, blob_id: int) -> bytes:
    try:
        # What a frame claims is taken as memory before a byte of it is read.
        if size > _MAX_BYTES or zstandard.frame_content_size(data) > size:
            raise ArchiveError(f"blob {blob_id} claims more bytes than any page has; restore the archive from a backup")
        return unpacker.decompress(data, max_output_size=size)
    except zstandard.ZstdError as error:
        raise ArchiveError(f"the bytes of blob {blob_id} are damaged ({error}); restore the archive from a backup") from error


def _has_dictionaries(db: Database) -> bool:
    """Return whether the archive can have dictionaries: `recover` reads archives of earlier versions as they are."""
    return any(row[1] == "dictionary_id" for row in db.execute("PRAGMA table_info(blobs)").fetchall())


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _json(headers: Mapping[str, str]) -> str:
    return _ENCODER.encode(dict(headers)) if headers else "{}"
