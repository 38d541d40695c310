"""The records of a WARC or ARC file, one after another. One that cannot be read is given as such, and does not end the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scraper.packed_members import DamagedArchive
from scraper.record_checks import BadRecord
from scraper.record_stream import RecordStream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

_LONGEST_LINE = 64_000
_MOST_LINES = 1_000
_ARC_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$")


NO_ADDRESS = "urn:bayegan:no-address"  # what stands for the address of a page that was added without one
_OURS = "urn:bayegan:"  # addresses of pages that no server has
PUBLISHER_HEADER = "X-Bayegan-Publisher"  # whose page such a record holds


@dataclass(slots=True)
class ArchiveRecord:
    """A record: its kind (response, resource, conversion, request …), address and date as they are written, its header.

    The block is read with `read`, then `finish` passes over the rest of it. `damage` is why the block cannot be read, if so.
    """

    kind: str
    url: str | None
    date: str | None
    header: Mapping[str, str]  # names in lower case
    length: int
    _stream: RecordStream
    damage: str | None = None
    _left: int = field(init=False)

    def __post_init__(self) -> None:
        self._left = self.length

    @property
    def is_ours(self) -> bool:
        """Whether it holds a page that was added to an archive from a file: no server has its address."""
        return self.kind == "response" and (self.url or "").startswith(_OURS)

    def read(self, size: int) -> bytes:
        """Return so many bytes of the block, fewer at its end or where it is damaged."""
        try:
            found = self._stream.read(min(size, self._left))
        except DamagedArchive as error:
            self.damage = str(error)
            return b""
        self._left -= len(found)
        return found

    def finish(self) -> bool:
        """Pass over the rest of the block; return whether all of it is there."""
        if self.damage is None and self._left:
            try:
                whole = self._stream.skip(self._left)
                self.damage = None if whole else "cut off"
            except DamagedArchive as error:
                self.damage = str(error)
            self._left = 0
        return self.damage is None


def records(stream: BinaryIO) -> Iterator[ArchiveRecord | BadRecord]:
    """Yield the records of a file, gzipped or not; a BadRecord for each that cannot be read."""
    source = RecordStream(stream)
    while True:
        try:
            record = _next(source)
        except DamagedArchive as error:
            damage: str | None = str(error)
        else:
            if record is None:
                return
            yield record
            record.finish()
            damage = record.damage
        if damage is not None:
            yield BadRecord(damage)
            if not source.resume():
                return


def _next(source: RecordStream) -> ArchiveRecord | None:
    """Return the next record, its header read; None at the end of the file. Raises DamagedArchive."""
    while (line := source.readline(_LONGEST_LINE)) and not line.strip():
        pass
    if not line:
        return None
    text = line.decode("utf-8", "replace").strip()
    if text.startswith("WARC/"):
        return _warc(source)
    if "://" in text.partition(" ")[0] and len(text.split(" ")) >= 5:
        return _arc(source, text)
    raise DamagedArchive("bytes between the records")


def _warc(source: RecordStream) -> ArchiveRecord:
    header: dict[str, str] = {}
    name: str | None = None  # which header a folded line goes on with; empty: one that is not kept
    for _ in range(_MOST_LINES):
        line = source.readline(_LONGEST_LINE)
        if not line:
            raise DamagedArchive("cut off in its header")
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if not text.strip():
            break
        if text[0] in " \t" and name is not None:
            if name:
                header[name] += f" {text.strip()}"
            continue
        key, colon, value = text.partition(":")
        name = key.strip().lower()
        if not colon or name in header:
            name = ""
        else:
            header[name] = value.strip()
    else:
        raise DamagedArchive(f"a header of more than {_MOST_LINES} lines")
    url = header.get("warc-target-uri", "").strip("<>") or None
    return ArchiveRecord(
        header.get("warc-type", "").lower(), url, header.get("warc-date"), header, _length(header.get("content-length")), source
    )


def _arc(source: RecordStream, line: str) -> ArchiveRecord:
    """Read the header of an ARC record: one line of address, IP, date, type and, always last, length."""
    parts = line.split(" ")
    url, date, kind = parts[0], _ARC_DATE.match(parts[2]), parts[3]
    moment = "{}-{}-{}T{}:{}:{}Z".format(*date.groups()) if date else None
    length = _length(parts[-1])
    if url.startswith("filedesc:"):
        return ArchiveRecord("warcinfo", url, moment, {}, length, source)
    is_http = url.startswith(("http://", "https://"))
    return ArchiveRecord("response" if is_http else "resource", url, moment, {"content-type": kind}, length, source)


def _length(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 15:
        raise DamagedArchive("no length in its header")
    return int(text)
