"""HAR in: what a browser's network panel, or a recording proxy, saves of a visit (JSON, HAR 1.1 and 1.2).

Entries are cut out one after another and parsed alone, so that a file costs no more memory than its largest entry, and one that
cannot be read costs no other.
"""

from __future__ import annotations

import base64
import binascii
import json
import mmap
import re
from itertools import takewhile
from typing import TYPE_CHECKING, BinaryIO

from parsers.models import Capture
from parsers.page.stated_facts import of_the_server
from scraper.content_encoding import BadEncoding, TooLarge, gunzip, is_gzip
from scraper.record_checks import MAX_PAGE, BadRecord, PassedOver, check_address, check_type, moment_in_tehran, tallied

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

_HAR = re.compile(rb'\s*\{\s*(?:"(?:\$schema|_\w+|comment)"\s*:\s*"[^"]*"\s*,\s*)*"log"\s*:\s*\{')
# Strings are passed over whole; one that never ends takes the rest of the file.
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\Z)|[\[\]{}]', re.DOTALL)
_ENTRIES = b"[entries"
_LOG_PATH = [b"{", b"{"]
_ENTRY_PATH = [*_LOG_PATH, _ENTRIES]
_LARGEST_ENTRY = MAX_PAGE * 2  # bytes of JSON, base64 and escapes included
_DEEPEST = 1_000
_CHARSET = re.compile(r";\s*charset\s*=[^;]*", re.IGNORECASE)
# What says how the body came over the wire; it is saved without that.
_OF_THE_WIRE = ("content-encoding", "transfer-encoding", "content-length")
type _Json = dict[str, object]


def is_har(head: bytes) -> bool:
    """Return whether a file with these first bytes is a HAR file."""
    return bool(_HAR.match(head.removeprefix(b"\xef\xbb\xbf")))


def read_har(
    stream: BinaryIO, name: str, complain: Callable[[str], None] | None = None, passed_over: Counter[str] | None = None
) -> Iterator[Capture]:
    """Yield the pages of a HAR file. No entry ends the file, see `tallied`. Raises UnreadableArchive."""
    return tallied(_outcomes(_bytes_of(stream)), name, complain, passed_over)


def _bytes_of(stream: BinaryIO) -> bytes | mmap.mmap:
    try:
        return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError:  # no file on a disk
        return stream.read()


def _outcomes(data: bytes | mmap.mmap) -> Iterator[Capture | PassedOver | BadRecord]:
    for start, end in _entries(data):
        if end is None:
            yield BadRecord("cut off, or damaged up to the end of the file")
            return
        if end - start > _LARGEST_ENTRY:
            yield PassedOver(f"more than {MAX_PAGE // 1_000_000} MB")
            continue
        try:
            yield capture_of_entry(json.loads(data[start:end].decode("utf-8", "replace")))
        except PassedOver as error:
            yield error
        except (BadEncoding, TooLarge) as error:
            yield BadRecord(str(error))
        except (ValueError, RecursionError):
            yield BadRecord("an entry that is no JSON")


def _entries(data: bytes | mmap.mmap) -> Iterator[tuple[int, int | None]]:
    """Yield where each object of the array log.entries begins and ends; None where the file is damaged before the array ends."""
    path: list[bytes] = []
    key, start = b"", 0
    for found in takewhile(lambda _: len(path) <= _DEEPEST, _TOKEN.finditer(data)):
        mark = data[found.start() : found.start() + 1]
        if mark == b'"':
            key = data[found.start() + 1 : min(found.end() - 1, found.start() + 20)] if len(path) == 2 else key
        elif mark in b"{[":
            start = found.start() if path == _ENTRY_PATH else start
            path.append(_ENTRIES if mark == b"[" and path == _LOG_PATH and key == b"entries" else mark)
        elif not path or (path[-1] == b"{") != (mark == b"}"):
            break
        elif path.pop() == _ENTRIES:
            return
        elif path == _ENTRY_PATH:
            yield start, found.end()
    yield start, None


def capture_of_entry(entry: object) -> Capture:
    """Return the page of a HAR entry. Raises PassedOver; BadEncoding for what cannot be read."""
    request, answer = _table(entry, "request"), _table(entry, "response")
    content = _table(answer, "content")
    url, method, status = request.get("url"), request.get("method"), answer.get("status")
    if not isinstance(url, str) or not isinstance(status, int) or isinstance(status, bool):
        raise BadEncoding("an entry without an address and a status")
    check_address(url)
    if isinstance(method, str) and method.upper() != "GET":
        raise PassedOver(f"{method[:20].upper()} request")
    if status != 200:
        raise PassedOver(f"status {status}")
    headers = _headers(answer.get("headers"))
    kind = headers.get("content-type") or str(content.get("mimeType") or "")
    body, is_text = _body(content)
    if len(body) > MAX_PAGE:
        raise PassedOver(f"more than {MAX_PAGE // 1_000_000} MB")
    check_type(kind, body)
    if is_text:  # the browser has decoded it already, whatever it was on the wire
        kind = f"{_CHARSET.sub('', kind) or 'text/html'}; charset=utf-8"
    started = entry.get("startedDateTime") if isinstance(entry, dict) else None
    return Capture(
        body,
        url,
        of_the_server(headers) | {"content-type": kind},
        moment_in_tehran(started if isinstance(started, str) else None),
        status=status,
    )


def _table(value: object, key: str) -> _Json:
    found = value.get(key) if isinstance(value, dict) else None
    if not isinstance(found, dict):
        raise BadEncoding(f"an entry without its {key}")
    return found


def _headers(rows: object) -> dict[str, str]:
    headers: dict[str, str] = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("name"), str) and isinstance(row.get("value"), str):
            headers.setdefault(row["name"].strip().lower(), row["value"].strip())
    return {name: value for name, value in headers.items() if name not in _OF_THE_WIRE and not name.startswith(":")}


def _body(content: _Json) -> tuple[bytes, bool]:
    """Return the body, and whether it was saved as text. Raises PassedOver where it was not saved, BadEncoding."""
    text = content.get("text")
    if not isinstance(text, str):
        raise PassedOver("body not saved")
    if str(content.get("encoding") or "").lower() != "base64":
        return text.encode("utf-8", "replace"), True
    try:
        body = base64.b64decode(text, validate=False)
    except (binascii.Error, ValueError) as error:
        raise BadEncoding("a body that is no base64") from error
    return (gunzip(body, MAX_PAGE) if is_gzip(body) else body), False
