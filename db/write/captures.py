"""Raw bytes in and out: each content once, packed with zstd, a later version of a page against the one before.

Level 3 packs HTML 5 to 1 at 400 MB/s; a revision against the version before it takes
about 0.6 kB (`benchmarks/sql.py` prints both).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import zstandard

from db.errors import ArchiveError
from db.moments import now
from db.statements import statement
from parsers.models import Capture

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from sqlite_utils import Database

    from db.write.batch import Batch

_LEVEL = 3
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_MAX_DEPTH = 24  # how many versions have to be unpacked, at most, to read one
_GOOD_RATIO = 10  # a version packed this well against the one before need not be packed on its own to compare
_MAX_BYTES = 512_000_000  # of one blob, unpacked
_MAX_BASE = 4_000_000  # bytes; above it a dictionary costs more than it saves


_REPEAT = statement("write/repeat_capture")
_SOME = "SELECT id, document_id FROM captures WHERE id > ? AND repeats_id IS NULL ORDER BY id LIMIT ?"
_CHUNK = 200
_ONE = statement("write/capture")
_CHAIN = statement("write/blob_chain")


class Captures:
    """The captures and blobs of one archive."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._packer = zstandard.ZstdCompressor(level=_LEVEL)

    def keep(self, batch: Batch, capture: Capture, publisher_id: int, document_id: int, *, is_first: bool = False) -> int:
        """Add the bytes and what was known of them to the batch; return the capture's id.

        `is_first`: the document has no capture yet.
        """
        capture_id = batch.next_id("captures")
        row = {
            "id": capture_id,
            "document_id": document_id,
            "publisher_id": publisher_id,
            "blob_id": self._blob(batch, capture.body, None if is_first else document_id),
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
        blob_id = self._blob(batch, body, None)
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
        chain = self._db.execute(
            _CHAIN,
            [blob_id],
        ).fetchall()
        body = b""
        for index, (data, size, _) in enumerate(chain):
            body = _unpack(data, size, body if index else None, blob_id)
        if not chain or hashlib.sha256(body).digest() != chain[-1][2]:
            raise ArchiveError(f"the bytes of blob {blob_id} are damaged; restore the archive from a backup")
        return body

    def _blob(self, batch: Batch, body: bytes, document_id: int | None) -> int:
        digest = hashlib.sha256(body).digest()
        known = batch.blob(digest)
        if known:
            return known
        row = self._db.execute("SELECT id FROM blobs WHERE sha256 = ?", [digest]).fetchone()
        if row:
            return int(row[0])
        base = self._base(document_id) if document_id is not None and len(body) <= _MAX_BASE else None
        packed: list[tuple[bytes, int | None, int]] = []
        if base:
            packed.append((_pack_against(body, self.body(base[0])), base[0], base[1] + 1))
        if not packed or len(packed[0][0]) > len(body) // _GOOD_RATIO:
            packed.append((self._packer.compress(body), None, 0))
        data, base_id, depth = min(packed, key=lambda one: len(one[0]))
        return batch.add_blob(digest, {"bytes": len(body), "base_id": base_id, "depth": depth, "data": data})

    def _base(self, document_id: int) -> tuple[int, int] | None:
        """Return blob and depth of the document's latest capture, if a further version may be packed against it."""
        row: tuple[int, int] | None = self._db.execute(
            "SELECT b.id, b.depth FROM captures c JOIN blobs b ON b.id = c.blob_id WHERE c.document_id = ? AND b.bytes <= ? "
            "AND b.bytes > 0 ORDER BY c.id DESC LIMIT 1",
            [document_id, _MAX_BASE],
        ).fetchone()
        return row if row and row[1] < _MAX_DEPTH else None


def _pack_against(body: bytes, base: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=_dictionary(base)).compress(body)


def _unpack(data: bytes, size: int, base: bytes | None, blob_id: int) -> bytes:
    unpacker = zstandard.ZstdDecompressor(dict_data=_dictionary(base)) if base is not None else zstandard.ZstdDecompressor()
    try:
        # What a frame claims is taken as memory before a byte of it is read.
        if size > _MAX_BYTES or zstandard.frame_content_size(data) > size:
            raise ArchiveError(f"blob {blob_id} claims more bytes than any page has; restore the archive from a backup")
        return unpacker.decompress(data, max_output_size=size)
    except zstandard.ZstdError as error:
        raise ArchiveError(f"the bytes of blob {blob_id} are damaged ({error}); restore the archive from a backup") from error


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _json(headers: Mapping[str, str]) -> str:
    return _ENCODER.encode(dict(headers)) if headers else "{}"
