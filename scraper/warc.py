"""Web archives in: the pages of WARC/1.x, WET and ARC files, plain, gzipped or packed by zstd."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from parsers.models import Capture
from scraper.content_encoding import BadEncoding, TooLarge, unpack
from scraper.packed_members import DICTIONARY_MAGIC, DamagedArchive, packing_of
from scraper.record_checks import MAX_PAGE, BadRecord, PassedOver, check_address, check_type, moment_in_tehran, tallied
from scraper.warc_records import NO_ADDRESS, PUBLISHER_HEADER, ArchiveRecord, records

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Mapping

_LONGEST_HEAD = 256_000
_STATUS_LINE = re.compile(r"HTTP/[\d.]+[ \t]+(\S+)")
_SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")
_STATUS = re.compile(r"[1-9]\d\d", re.ASCII)


class HttpMessage(NamedTuple):
    """An HTTP answer as it was archived; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def is_warc(head: bytes) -> bool:
    """Return whether a file with these first bytes is a WARC, WET or ARC file, plain, gzipped or packed by zstd."""
    if head.startswith(DICTIONARY_MAGIC):
        return True  # nothing else begins so
    packing = packing_of(head)
    if packing is not None:
        try:
            head = packing.member().open(head)[0]
        except DamagedArchive:
            return False
    return head.startswith((b"WARC/", b"filedesc://"))


def read_warc(
    stream: BinaryIO, name: str, complain: Callable[[str], None] | None = None, passed_over: Counter[str] | None = None
) -> Iterator[Capture]:
    """Yield the pages of a WARC (responses, resources), WET (conversions) or ARC file.

    `name` is what messages call it. No record ends the file, see `tallied`. Raises UnreadableArchive.
    """
    return tallied(_outcomes(stream), name, complain, passed_over)


def _outcomes(stream: BinaryIO) -> Iterator[Capture | PassedOver | BadRecord]:
    for record in records(stream):
        if isinstance(record, BadRecord):
            yield record
            continue
        try:
            capture = capture_of(record)
            if record.finish():  # otherwise it comes again as a bad one
                yield capture
        except PassedOver as error:
            yield error
        except BadEncoding as error:
            yield BadRecord(str(error))


def capture_of(record: ArchiveRecord) -> Capture:
    """Return the page of a record. Raises PassedOver; BadEncoding for what cannot be read."""
    url = _address(record)
    fetched_at = moment_in_tehran(record.date)
    if record.kind == "conversion":
        return Capture(record.read(MAX_PAGE), url, {"content-type": "text/plain; charset=utf-8"}, fetched_at)
    if record.kind not in ("response", "resource"):
        raise PassedOver(record.kind or "record of no type")
    if record.header.get("warc-segment-number", "1") != "1":
        raise PassedOver("continuation")
    if record.length > MAX_PAGE:
        raise PassedOver(f"more than {MAX_PAGE // 1_000_000} MB")
    block = record.read(MAX_PAGE)
    if len(block) < record.length:
        return Capture(b"", url)  # the file ends here; `finish` says so
    message = http_message(block) if record.kind == "response" else None
    if message is None:
        message = HttpMessage(200, {"content-type": record.header.get("content-type", "")}, block)
    if message.status != 200:
        raise PassedOver(f"status {message.status}")
    try:
        body = unpack(_dechunked(message.body, message.headers), message.headers.get("content-encoding", ""), MAX_PAGE).data
    except TooLarge as error:
        raise BadEncoding(str(error)) from error
    if record.is_ours:
        slug = record.header.get(PUBLISHER_HEADER.lower(), "")
        publisher = slug if _SLUG.fullmatch(slug) else None
        return Capture(body, None if url == NO_ADDRESS else url, dict(message.headers), fetched_at, publisher)
    check_type(message.headers.get("content-type", ""), body)
    return Capture(body, url, dict(message.headers), fetched_at, status=message.status)


def http_message(block: bytes) -> HttpMessage | None:
    """Parse an HTTP answer; None where the block begins with no status line. Raises BadEncoding where its status is no number."""
    head, blank, body = block[:_LONGEST_HEAD].partition(b"\r\n\r\n")
    if not blank or (b"\n\n" in head and b"\r\n\r\n" not in head):
        head, blank, body = block[:_LONGEST_HEAD].partition(b"\n\n")
    lines = head.decode("utf-8", "replace").splitlines()
    line = _STATUS_LINE.match(lines[0]) if lines else None
    if line is None:
        return None
    if not _STATUS.fullmatch(line[1]):
        raise BadEncoding(f"the status «{line[1][:20]}»")
    headers: dict[str, str] = {}
    for text in lines[1:]:
        name, colon, value = text.partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return HttpMessage(int(line[1]), headers, block[len(head) + len(blank) :] if blank else body)


def _address(record: ArchiveRecord) -> str | None:
    """Return the record's http(s) address, None for a text without one. Raises PassedOver, BadEncoding."""
    if record.url is None:
        if record.kind == "conversion":
            return None
        if record.kind in ("response", "resource"):
            raise BadEncoding("a page without an address")
        raise PassedOver(record.kind or "record of no type")
    if record.kind in ("response", "resource", "conversion") and not record.is_ours:
        check_address(record.url)
    return record.url


def _dechunked(body: bytes, headers: Mapping[str, str]) -> bytes:
    """Return the body without transfer chunks, which some archives keep and others only name."""
    if "chunked" not in headers.get("transfer-encoding", "").lower():
        return body
    parts: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place)
        size = _chunk_size(body[place:end]) if end >= 0 else None
        if size is None:
            return body if not parts else b"".join(parts)
        if size == 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        place = end + 2 + size + 2


def _chunk_size(line: bytes) -> int | None:
    text = line.split(b";")[0].strip()
    return int(text, 16) if re.fullmatch(rb"[0-9A-Fa-f]{1,8}", text) else None
