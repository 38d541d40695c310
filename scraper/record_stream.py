"""The bytes of a web archive, unpacked if packed. After damage, go on with what comes next that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from scraper.packed_members import DamagedArchive, packing_of

if TYPE_CHECKING:
    from scraper.packed_members import Member

_READ = 1 << 16
_SKIPPED = 1 << 18
_KEPT = 1 << 14  # packed bytes of a member that are gone back to after damage: what it took may have been of the next ones
_RECORD = b"WARC/1."
_LONGEST_SCAN = 200_000_000  # bytes looked through for the next record before the next packed member is looked for instead


class RecordStream:
    """Lines and blocks of a WARC or ARC file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._raw = stream.read(_READ)
        self._packing = packing_of(self._raw)
        self._member: Member | None = None
        self._at_start = False  # whether the member has given nothing yet
        self._taken = b""  # the last packed bytes that the member has taken
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
            found = self.read(min(size, _SKIPPED))
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
        """Go on with the next record, or the next packed member; return whether there is one."""
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
        self._member = None
        if self._packing is None:
            return False
        magic = self._packing.magic
        self._raw, self._taken = (self._taken + self._raw)[1:], b""
        while (place := self._raw.find(magic)) < 0:
            more = self._stream.read(_READ)
            if not more:
                return False
            self._raw = self._raw[-len(magic) + 1 :] + more
        self._raw = self._raw[place:]
        return True

    def _fill(self) -> bool:
        """Read more into the buffer; return False at the end of the file. Raises DamagedArchive."""
        if not self._raw:
            self._raw = self._stream.read(_READ)
        if self._packing is None:
            self._buffer += self._raw
            more, self._raw = bool(self._raw), b""
            return more
        if self._member is None:
            self._raw = self._raw.lstrip(b"\0")
            if not self._raw:
                self._raw = self._stream.read(_READ)
                if not self._raw:
                    return False
            self._member, self._at_start = self._packing.member(), True
        elif not self._raw:
            raise DamagedArchive("cut off in the middle")
        found, left = self._member.open(self._raw)
        if self._at_start and found:
            # A line of its own, so that `resume` finds it after a record whose end is damaged.
            self._buffer += b"\n" * found.startswith(_RECORD)
            self._at_start = False
        self._buffer += found
        if self._member.eof:
            self._member, self._taken = None, b""
        else:
            self._taken = (self._taken + self._raw[: len(self._raw) - len(left)])[-_KEPT:]
        self._raw = left
        return True
