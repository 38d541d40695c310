"""The packed members of a web archive, one for each record: gzip members and zstd frames, opened piece by piece.

DamagedArchive   the bytes here cannot be read
"""

from __future__ import annotations

import zlib
from typing import Protocol

import zstandard

from scraper.content_encoding import BadEncoding, TooLarge, unpack

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
# A dictionary stands in a skippable frame at the beginning of the file (IIPC, «WARC compression with zstd»).
DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"
_SKIPPABLE = b"\x2a\x4d\x18"
_FRAME_HEAD = 8
_OPENED = 1 << 18
_BITE = 1 << 11  # packed bytes at a time: 4 of them may stand for 128 kB
_LARGEST_WINDOW = 1 << 27  # what zstd's own program opens
_LARGEST_DICTIONARY = 16_000_000


class DamagedArchive(Exception):
    """The bytes here cannot be read; the message says why."""


class Member(Protocol):
    """A member that is being opened; `eof` once it has ended."""

    eof: bool

    def open(self, raw: bytes) -> tuple[bytes, bytes]:
        """Return unpacked bytes, possibly none, and the packed ones that are left. Raises DamagedArchive."""


class Packing(Protocol):
    """How a file is packed: what its members begin with, and how they are opened."""

    magic: bytes

    def member(self) -> Member:
        """Return the next member, none of its bytes read."""


def packing_of(head: bytes) -> Packing | None:
    """Return how a file that begins with these bytes is packed; None for one that is not."""
    if head.startswith(GZIP_MAGIC[:2]):
        return _Gzip()
    return _Zstd() if head.startswith((ZSTD_MAGIC, DICTIONARY_MAGIC)) else None


class _Gzip:
    def __init__(self) -> None:
        self.magic = GZIP_MAGIC

    def member(self) -> Member:
        return _GzipMember()


class _GzipMember:
    def __init__(self) -> None:
        self.eof = False
        self._inflater = zlib.decompressobj(31)

    def open(self, raw: bytes) -> tuple[bytes, bytes]:
        try:
            found = self._inflater.decompress(raw, _OPENED)
        except zlib.error as error:
            raise DamagedArchive(f"gzip: {' '.join(str(error).split())}") from error
        self.eof = self._inflater.eof
        return found, self._inflater.unused_data if self.eof else self._inflater.unconsumed_tail


class _Zstd:
    """Frames of zstd; the dictionary that stands in front of them is kept for all."""

    def __init__(self) -> None:
        self.magic = ZSTD_MAGIC
        self._dictionary: zstandard.ZstdCompressionDict | None = None

    def member(self) -> Member:
        return _ZstdFrame(self)

    def opener(self) -> zstandard.ZstdDecompressionObj:
        return zstandard.ZstdDecompressor(dict_data=self._dictionary, max_window_size=_LARGEST_WINDOW).decompressobj()

    def take_dictionary(self, data: bytes) -> None:
        """Keep a dictionary, which may be packed itself. Raises DamagedArchive."""
        try:
            opened = unpack(data, "zstd", _LARGEST_DICTIONARY).data if data.startswith(ZSTD_MAGIC) else data
            self._dictionary = zstandard.ZstdCompressionDict(opened)
        except (BadEncoding, TooLarge, zstandard.ZstdError, ValueError) as error:
            raise DamagedArchive("a zstd dictionary that cannot be read") from error


class _ZstdFrame:
    """One frame, or a skippable one, which gives nothing."""

    def __init__(self, packing: _Zstd) -> None:
        self.eof = False
        self._packing = packing
        self._head = b""
        self._skipped: bytearray | None = None
        self._left = 0
        self._opener: zstandard.ZstdDecompressionObj | None = None

    def open(self, raw: bytes) -> tuple[bytes, bytes]:
        if self._opener is None and self._skipped is None:
            missing = _FRAME_HEAD - len(self._head)
            self._head, raw = self._head + raw[:missing], raw[missing:]
            if len(self._head) < _FRAME_HEAD:
                return b"", raw
            raw = self._begin(raw)
        if self._opener is None:
            return b"", self._skip(raw)
        try:
            found = self._opener.decompress(raw[:_BITE])
        except zstandard.ZstdError as error:
            raise DamagedArchive(f"zstd: {str(error).rpartition(': ')[2]}") from error
        self.eof = self._opener.eof
        return found, (self._opener.unused_data if self.eof else b"") + raw[_BITE:]

    def _begin(self, raw: bytes) -> bytes:
        if self._head[1:4] != _SKIPPABLE or self._head[0] >> 4 != 5:
            self._opener = self._packing.opener()
            return self._head + raw
        self._skipped, self._left = bytearray(), int.from_bytes(self._head[4:], "little")
        if self._is_dictionary() and self._left > _LARGEST_DICTIONARY:
            raise DamagedArchive(f"a zstd dictionary of more than {_LARGEST_DICTIONARY // 1_000_000} MB")
        return raw

    def _is_dictionary(self) -> bool:
        return self._head.startswith(DICTIONARY_MAGIC)

    def _skip(self, raw: bytes) -> bytes:
        part, raw = raw[: self._left], raw[self._left :]
        self._left -= len(part)
        if self._is_dictionary() and self._skipped is not None:
            self._skipped += part
        if not self._left:
            self.eof = True
            if self._skipped:
                self._packing.take_dictionary(bytes(self._skipped))
        return raw
