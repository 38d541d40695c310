"""The bytes of a web archive, unpacked if gzipped. After damage it goes on with what comes next that can be read.

DamagedArchive   the bytes here cannot be read; `resume` finds the next place where they can
"""

from __future__ import annotations

import zlib
from typing import BinaryIO

_READ = 1 << 16
_OPENED = 1 << 18
_MAGIC = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."
_LONGEST_SCAN = 200_000_000  # bytes looked through for the next record before the next gzip member is looked for instead


class DamagedArchive(Exception):
    """The bytes here cannot be read; the message says why."""


class RecordStream:
    """Lines and blocks of a WARC or ARC file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._raw = stream.read(_READ)
        self._packed = self._raw.startswith(_MAGIC[:2])
        self._inflater: zlib._Decompress | None = None
        self._buffer = bytearray()

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer at the end of the file. Raises DamagedArchive."""
        while len(self._buffer) < size and self._fill():
            pass
        found = bytes(self._buffer[:size])
        del self._buffer[:size]
        return found

    def skip(self, size: int) -> bool:
        """Pass over so many bytes; return whether there were as many. Raises DamagedArchive."""
        while size > 0:
            found = self.read(min(size, _OPENED))
            if not found:
                return False
            size -= len(found)
        return True

    def readline(self, limit: int) -> bytes:
        """Return a line with its end; b"" at the end of the file. Raises DamagedArchive where it is longer than `limit`."""
        start = 0
        while (end := self._buffer.find(b"\n", start)) < 0:
            if len(self._buffer) > limit:
                raise DamagedArchive(f"a header line of more than {limit // 1000} kB")
            start = len(self._buffer)
            if not self._fill():
                end = len(self._buffer) - 1
                break
        if end >= limit:
            raise DamagedArchive(f"a header line of more than {limit // 1000} kB")
        return self.read(end + 1)

    def resume(self) -> bool:
        """Go on with the next record, or the next gzip member; return whether there is one."""
        try:
            scanned = 0
            while scanned < _LONGEST_SCAN:
                place = self._buffer.find(b"\n" + _RECORD)
                if place >= 0:
                    del self._buffer[: place + 1]
                    return True
                scanned += len(self._buffer)
                del self._buffer[: -len(_RECORD)]
                if not self._fill():
                    return False
        except DamagedArchive:
            pass
        return self._next_member()

    def _next_member(self) -> bool:
        self._buffer.clear()
        self._inflater = None
        if not self._packed:
            return False
        self._raw = self._raw[1:]
        while (place := self._raw.find(_MAGIC)) < 0:
            more = self._stream.read(_READ)
            if not more:
                return False
            self._raw = self._raw[-len(_MAGIC) + 1 :] + more
        self._raw = self._raw[place:]
        return True

    def _fill(self) -> bool:
        """Read more into the buffer; return False at the end of the file. Raises DamagedArchive."""
        if not self._raw:
            self._raw = self._stream.read(_READ)
        if not self._packed:
            self._buffer += self._raw
            more, self._raw = bool(self._raw), b""
            return more
        if self._inflater is None:
            self._raw = self._raw.lstrip(b"\0")
            if not self._raw:
                self._raw = self._stream.read(_READ)
                if not self._raw:
                    return False
            self._inflater = zlib.decompressobj(31)
        elif not self._raw:
            raise DamagedArchive("cut off in the middle")
        try:
            self._buffer += self._inflater.decompress(self._raw, _OPENED)
        except zlib.error as error:
            raise DamagedArchive(f"gzip: {' '.join(str(error).split())}") from error
        if self._inflater.eof:
            self._raw, self._inflater = self._inflater.unused_data, None
        else:
            self._raw = self._inflater.unconsumed_tail
        return True
