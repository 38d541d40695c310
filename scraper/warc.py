"""Web archives in: the pages of WARC/1.x, WET and ARC files, gzipped or not.

UnreadableWarc   a file that begins as a web archive, without a record that can be read
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import urlsplit

from parsers.models import Capture
from parsers.persian.calendar import TEHRAN
from scraper.content_encoding import BadEncoding, TooLarge, unpack
from scraper.warc_records import ArchiveRecord, BadRecord, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MAX_PAGE = 50_000_000
_LONGEST_HEAD = 256_000
_TEXTUAL = ("html", "text/plain", "xml")
_UNKNOWN = ("", "unknown", "no-type", "application/octet-stream", "application/unknown", "warc/revisit")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|title|meta|div)\b", re.IGNORECASE)
_STATUS_LINE = re.compile(r"HTTP/[\d.]+[ \t]+(\S+)")
_STATUS = re.compile(r"[1-9]\d\d", re.ASCII)
_FUTURE = timedelta(days=2)


class UnreadableWarc(Exception):
    """Not a single record can be read; the message names the file and says why."""


class PassedOver(Exception):
    """A record that is no page: a picture, a request, an error. The message is the reason it is counted by."""


class HttpMessage(NamedTuple):
    """An HTTP answer as it was archived; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def is_warc(head: bytes) -> bool:
    """Return whether a file with these first bytes is a WARC, WET or ARC file, gzipped or not."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith((b"WARC/", b"filedesc://"))


def read_warc(
    stream: BinaryIO, name: str, complain: Callable[[str], None] | None = None, passed_over: Counter[str] | None = None
) -> Iterator[Capture]:
    """Yield the pages of a WARC (responses, resources), WET (conversions) or ARC file.

    `name` is what messages call it. Records that are no pages are counted in `passed_over` by reason, those that cannot be read
    are reported to `complain`, a line for each reason; neither ends the file. Raises UnreadableWarc.
    """
    read, skipped = 0, passed_over if passed_over is not None else Counter()
    bad: Counter[str] = Counter()
    for record in records(stream):
        if isinstance(record, BadRecord):
            bad[record.reason] += 1
            continue
        try:
            capture = capture_of(record)
            if record.finish():  # otherwise it comes again as a bad one
                read += 1
                yield capture
        except PassedOver as error:
            read += 1
            skipped[str(error)] += 1
        except BadEncoding as error:
            bad[str(error)] += 1
    if not read:
        raise UnreadableWarc(f"{name}: a WARC file without a record that can be read ({', '.join(bad) or 'empty'})")
    for reason, count in bad.items():
        if complain:
            complain(f"{name}: {count} record{'s' if count > 1 else ''} cannot be read: {reason}")


def capture_of(record: ArchiveRecord) -> Capture:
    """Return the page of a record. Raises PassedOver; BadEncoding for what cannot be read."""
    url = _address(record)
    fetched_at = _moment(record.date)
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
    _check_type(message.headers.get("content-type", ""), body)
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
    scheme = record.url.partition(":")[0].lower()
    if record.kind in ("response", "resource", "conversion"):
        if scheme not in ("http", "https"):
            raise PassedOver(f"{scheme[:20]}: address")
        if not _has_host(record.url):
            raise BadEncoding("an address that is none")
    return record.url


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def _check_type(content_type: str, body: bytes) -> None:
    """Raise PassedOver for what is no text; without a type the body itself decides."""
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        raise PassedOver("empty body")
    if any(part in kind for part in _TEXTUAL) or (kind in _UNKNOWN and _MARKUP.search(body[:4096])):
        return
    raise PassedOver(kind[:60] or "no type, and no markup")


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


def _moment(text: str | None) -> str | None:
    """Return a record's date in Tehran's time; None where it has none that can be true."""
    try:
        moment = datetime.fromisoformat(text or "")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if moment > datetime.now(UTC) + _FUTURE:
            return None
        return moment.astimezone(TEHRAN).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None
