"""Web archives out: WARC/1.1 by warcio, and WACZ, a ZIP of WARC, CDXJ index, pages and description."""

from __future__ import annotations

import hashlib
import http
import json
import re
import tempfile
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from db.moments import present, utc
from scraper.surt import sort_key
from scraper.warc_records import NO_ADDRESS, PUBLISHER_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.models import Capture

_WARC_PATH = "archive/data.warc.gz"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class IndexLine:
    """Where a response is in a WARC file, for its line of CDXJ. `offset` and `length` are bytes of the packed record."""

    url: str
    timestamp: str
    mime: str
    status: int
    digest: str
    offset: int
    length: int

    def __str__(self) -> str:
        table = {
            "url": self.url, "mime": self.mime, "status": str(self.status), "digest": self.digest, "length": str(self.length),
            "offset": str(self.offset), "filename": _WARC_PATH.rpartition("/")[2],
        }  # fmt: skip
        return f"{sort_key(self.url)} {self.timestamp} {json.dumps(table, ensure_ascii=False)}"


def write_warc(captures: Iterable[Capture], out: BinaryIO) -> int:
    """Write captures as gzipped WARC/1.1, a request next to each response; return how many.

    Bodies are written as they were unpacked, so Content-Encoding and Transfer-Encoding are left out and Content-Length is theirs.
    """
    return sum(1 for _ in _write_all(captures, out))


def write_wacz(captures: Iterable[Capture], out: BinaryIO) -> int:
    """Write captures as a WACZ (1.1.1) with a sorted CDXJ index and a list of pages; return how many."""
    with tempfile.TemporaryFile() as warc:
        lines = list(_write_all(captures, warc))
        index = "".join(f"{line}\n" for line in sorted(map(str, lines)))
        pages = ({"url": line.url, "ts": _iso(line.timestamp)} for line in lines)
        rows = ({"format": "json-pages-1.0", "id": "pages", "title": "All pages"}, *pages)
        files = {
            "indexes/index.cdx": index.encode(),
            "pages/pages.jsonl": "".join(f"{json.dumps(row)}\n" for row in rows).encode(),
        }
        with zipfile.ZipFile(out, "w") as archive:
            resources = [
                _add_stream(archive, _WARC_PATH, warc),
                *(_add_stream(archive, name, BytesIO(data)) for name, data in files.items()),
            ]
            package = json.dumps({
                "profile": "data-package", "wacz_version": "1.1.1", "software": f"bayegan {version('bayegan')}",
                "created": utc(present()), "resources": resources,
            }, indent=1).encode()  # fmt: skip
            archive.writestr("datapackage.json", package)
            digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(package).hexdigest()}"}
            archive.writestr("datapackage-digest.json", json.dumps(digest))
    return len(lines)


def _write_all(captures: Iterable[Capture], out: BinaryIO) -> Iterator[IndexLine]:
    counted = _CountedStream(out)
    writer = WARCWriter(counted, gzip=True, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(None, {"software": "bayegan", "format": "WARC File Format 1.1"}))
    for capture in captures:
        yield _write(writer, capture, counted)


class _CountedStream:
    """A stream to write to that knows how much was written; a pipe does not."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.place = 0

    def write(self, data: bytes) -> int:
        self.place += len(data)
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()

    def tell(self) -> int:
        return self.place


def _add_stream(archive: zipfile.ZipFile, name: str, stream: BinaryIO) -> dict[str, object]:
    digest, size = hashlib.sha256(), 0
    stream.seek(0)
    with archive.open(name, "w", force_zip64=True) as member:
        while piece := stream.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            member.write(piece)
    return {"name": name.rpartition("/")[2], "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}


def _iso(timestamp: str) -> str:
    return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _write(writer: Any, capture: Capture, out: _CountedStream) -> IndexLine:
    dropped = {"content-encoding", "transfer-encoding", "content-length"}
    kept = [(name, value) for name, value in capture.headers.items() if name.lower() not in dropped]
    kept.append(("content-length", str(len(capture.body))))
    reason = http.HTTPStatus(capture.status).phrase if capture.status in set(http.HTTPStatus) else "Unknown"
    url = capture.final_url or capture.url or NO_ADDRESS
    date = {"WARC-Date": _utc(capture.fetched_at)} if capture.fetched_at else {}
    whose = {PUBLISHER_HEADER: capture.publisher} if capture.publisher else {}
    status = StatusAndHeaders(f"{capture.status} {reason}", kept, protocol="HTTP/1.1")
    body = BytesIO(capture.body)
    response = writer.create_warc_record(url, "response", payload=body, http_headers=status, warc_headers_dict=date | whose)
    offset = out.place
    writer.write_record(response)
    mime = next((value for name, value in kept if name.lower() == "content-type"), "unk").partition(";")[0].strip().lower()
    moment = response.rec_headers.get_header("WARC-Date")
    digest = response.rec_headers.get_header("WARC-Payload-Digest")
    line = IndexLine(url, re.sub(r"\D", "", moment)[:14], mime, capture.status, digest, offset, out.place - offset)
    if capture.request_headers:
        asked = StatusAndHeaders(f"GET {_target(url)} HTTP/1.1", list(capture.request_headers.items()), is_http_request=True)
        request = writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict={
            **date, "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID")})  # fmt: skip
        writer.write_record(request)
    return line


def _utc(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
