"""Raw bytes in and out: each content once, packed with zstd, a later version of a page against the one before.

Source of the figures behind it: level 3 packs HTML 5 to 1 at 400 MB/s; a revision against the version before it takes
about 0.6 kB (`benchmarks/sql.py` prints both).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import zstandard

from db.crawl.runs import now
from db.errors import ArchiveError
from parsers.models import Capture

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

    from db.write.batch import Sheet

_LEVEL = 3
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)
_MAX_DEPTH = 24  # how many versions have to be unpacked, at most, to read one
_GOOD_RATIO = 10  # a version packed this well against the one before need not be packed on its own to compare
_MAX_BASE = 4_000_000  # bytes; above it a dictionary costs more than it saves


class Captures:
    """The captures and blobs of one archive."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._packer = zstandard.ZstdCompressor(level=_LEVEL)

    def keep(self, sheet: Sheet, capture: Capture, publisher_id: int, document_id: int, *, is_first: bool = False) -> int:
        """Puts the bytes and what was known of them on the sheet; returns the capture's id.

        `is_first`: of a document that has no capture yet.
        """
        capture_id = sheet.next_id("captures")
        row = {
            "id": capture_id,
            "document_id": document_id,
            "publisher_id": publisher_id,
            "blob_id": self._blob(sheet, capture.body, None if is_first else document_id),
            "named_publisher": int(capture.publisher is not None),
            "url": capture.url,
            "final_url": capture.final_url,
            "status": capture.status,
            "fetched_at": capture.fetched_at,
            "stored_at": now(),
            "headers": _json(capture.headers),
            "request_headers": _json(capture.request_headers),
        }
        sheet.add("captures", row)
        return capture_id

    def read(self, capture_id: int) -> Capture:
        """The capture as it came in. Raises ArchiveError where there is none or its bytes are damaged."""
        blob_id, capture = self._read(capture_id)
        return replace(capture, body=self.body(blob_id))

    def head(self, capture_id: int) -> Capture:
        """The capture without its bytes, which cost most of reading it. Raises ArchiveError where there is none."""
        return self._read(capture_id)[1]

    def _read(self, capture_id: int) -> tuple[int, Capture]:
        row = self._db.execute(
            "SELECT c.blob_id, c.url, c.headers, c.fetched_at, iif(c.named_publisher, p.slug, NULL), c.status, c.final_url, "
            "c.request_headers FROM captures c JOIN publishers p ON p.id = c.publisher_id WHERE c.id = ?",
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
        """The bytes of a blob, unpacked."""
        chain = self._db.execute(
            "WITH RECURSIVE chain (id, base_id, data, bytes, sha256, depth) AS ("
            "SELECT id, base_id, data, bytes, sha256, depth FROM blobs WHERE id = ? UNION ALL "
            "SELECT b.id, b.base_id, b.data, b.bytes, b.sha256, b.depth FROM blobs b JOIN chain ON b.id = chain.base_id) "
            "SELECT data, bytes, sha256 FROM chain ORDER BY depth",
            [blob_id],
        ).fetchall()
        body = b""
        for index, (data, size, _) in enumerate(chain):
            body = _unpack(data, size, body if index else None, blob_id)
        if not chain or hashlib.sha256(body).digest() != chain[-1][2]:
            raise ArchiveError(f"the bytes of blob {blob_id} are damaged; restore the archive from a backup")
        return body

    def _blob(self, sheet: Sheet, body: bytes, document_id: int | None) -> int:
        digest = hashlib.sha256(body).digest()
        known = sheet.blob(digest)
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
        return sheet.add_blob(digest, {"bytes": len(body), "base_id": base_id, "depth": depth, "data": data})

    def _base(self, document_id: int) -> tuple[int, int] | None:
        """Blob and depth of the document's latest capture, if a further version may lean on it."""
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
        return unpacker.decompress(data, max_output_size=size)
    except zstandard.ZstdError as error:
        raise ArchiveError(f"the bytes of blob {blob_id} are damaged ({error}); restore the archive from a backup") from error


def _dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _json(headers: Mapping[str, str]) -> str:
    return _ENCODER.encode(dict(headers)) if headers else "{}"
