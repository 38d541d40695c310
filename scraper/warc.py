"""Web archives: WARC/1.1 and WET in, WARC/1.1 out, by warcio.

UnreadableWarc   a file that begins as a web archive, without a record that can be read
"""

from __future__ import annotations

import http
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from parsers.models import Capture
from parsers.persian.calendar import TEHRAN
from scraper.content_encoding import BadEncoding, TooLarge, unpack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MAX_PAGE = 50_000_000
_READ = 1 << 16
_TEXTUAL = ("html", "text/plain", "xml")


class UnreadableWarc(Exception):
    """Not a single record can be read; the message names the file and says why."""


def is_warc(head: bytes) -> bool:
    """Whether a file with these first bytes is a WARC or WET file, gzipped or not."""
    if head.startswith(b"\x1f\x8b"):
        import zlib

        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def read_warc(stream: BinaryIO, name: str, complain: Callable[[str], None] | None = None) -> Iterator[Capture]:
    """The pages of a WARC (responses) or WET (conversions) file. A cut-off file gives the records before the cut.

    `name` is what messages call it. Raises UnreadableWarc.
    """
    seen, why = 0, ""
    try:
        for record in ArchiveIterator(stream):
            if not record.rec_headers.get_header("WARC-Record-ID"):
                why = "a record without an id"
                break
            seen += 1
            capture = _capture(record)
            if _is_cut(record):
                why = "the last one is cut off"
                break
            if capture is not None:
                yield capture
    except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
        why = " ".join(str(error).split())
    if not seen:
        raise UnreadableWarc(f"{name}: a WARC file without a record that can be read{f' ({why})' if why else ''}")
    if why and complain:
        complain(f"{name}: breaks off after {seen} records ({why})")


def _is_cut(record: Any) -> bool:
    """Whether the file ends before the record does."""
    while record.raw_stream.read(_READ):
        pass
    return bool(getattr(record.raw_stream, "limit", 0) > 0)


def _capture(record: Any) -> Capture | None:
    """A record as a capture; None for requests, metadata, pictures and errors."""
    headers = record.rec_headers
    url = (headers.get_header("WARC-Target-URI") or "").strip("<>") or None
    fetched_at = _tehran(headers.get_header("WARC-Date"))
    if record.rec_type == "conversion":
        return Capture(record.raw_stream.read(_MAX_PAGE), url, {"content-type": "text/plain; charset=utf-8"}, fetched_at)
    if record.rec_type not in ("response", "resource"):
        return None
    http_headers = {k.lower(): v for k, v in record.http_headers.headers} if record.http_headers else {}
    status = int(record.http_headers.get_statuscode() or 0) if record.http_headers else 200
    kind = http_headers.get("content-type", headers.get_header("Content-Type") or "")
    if status != 200 or (kind and not any(part in kind for part in _TEXTUAL)):
        return None
    body = record.raw_stream.read(_MAX_PAGE)
    try:
        body = unpack(_dechunked(body, http_headers), http_headers.get("content-encoding", ""), _MAX_PAGE).data
    except (BadEncoding, TooLarge):
        return None
    return Capture(body, url, http_headers, fetched_at, status=status) if body else None


def _dechunked(body: bytes, headers: dict[str, str]) -> bytes:
    """The body without transfer chunks, which some archives keep and others only name."""
    if "chunked" not in headers.get("transfer-encoding", ""):
        return body
    parts: list[bytes] = []
    place = 0
    while True:
        end = body.find(b"\r\n", place)
        try:
            size = int(body[place:end].split(b";")[0], 16)
        except ValueError:
            return body if not parts else b"".join(parts)
        if size == 0 or end < 0:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + size])
        place = end + 2 + size + 2


def _tehran(moment: str | None) -> str | None:
    try:
        return datetime.fromisoformat(moment).astimezone(TEHRAN).isoformat(timespec="seconds") if moment else None
    except ValueError:
        return None


def write_warc(captures: Iterable[Capture], out: BinaryIO) -> int:
    """Writes captures as gzipped WARC/1.1, a request beside each response; returns how many.

    Bodies are written as they were unpacked, so Content-Encoding and Transfer-Encoding are left out and Content-Length is theirs.
    """
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(None, {"software": "bayegan", "format": "WARC File Format 1.1"}))
    count = 0
    for capture in captures:
        _write(writer, capture)
        count += 1
    return count


def _write(writer: Any, capture: Capture) -> None:
    dropped = {"content-encoding", "transfer-encoding", "content-length"}
    kept = [(name, value) for name, value in capture.headers.items() if name.lower() not in dropped]
    kept.append(("content-length", str(len(capture.body))))
    reason = http.HTTPStatus(capture.status).phrase if capture.status in set(http.HTTPStatus) else "Unknown"
    url = capture.final_url or capture.url or "urn:bayegan:no-address"
    date = {"WARC-Date": _utc(capture.fetched_at)} if capture.fetched_at else {}
    status = StatusAndHeaders(f"{capture.status} {reason}", kept, protocol="HTTP/1.1")
    body = BytesIO(capture.body)
    response = writer.create_warc_record(url, "response", payload=body, http_headers=status, warc_headers_dict=date)
    writer.write_record(response)
    if capture.request_headers:
        asked = StatusAndHeaders(f"GET {_target(url)} HTTP/1.1", list(capture.request_headers.items()), is_http_request=True)
        request = writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict={
            **date, "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")})  # fmt: skip
        writer.write_record(request)


def _utc(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
