"""Captures from files: HTML, page text, Word files, PDFs, pictures of pages, archives of pages, .gz of any; a file may hold many.

InputError   what was given cannot be read as pages; the message says why
"""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from parsers.files import document_kind
from parsers.models import Capture
from scraper.bulk.manifest import is_output
from scraper.bulk.places import folder_at, is_remote
from scraper.content_encoding import BadEncoding, TooLarge, gunzip, is_gzip
from scraper.har import is_har, read_har
from scraper.ocr import needs_ocr
from scraper.parser_process import ParsingFailed, shared_process
from scraper.record_checks import UnreadableArchive
from scraper.wacz import is_wacz, read_wacz
from scraper.warc import is_warc, read_warc

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

_MAX_FILE = 50_000_000
_HEAD = 1 << 16
_OCR_SECONDS = 900.0  # for all pages of a scan
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=://)")
# Files that people keep next to their pages, by their first bytes.
_KNOWN = (
    (b"GIF8", "a GIF picture"), (b"RIFF", "a RIFF file"),
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a ZIP or Office file"), (b"SQLite format 3\0", "a SQLite database"),
    (b"\x7fELF", "a program"), (b"PAR1", "a Parquet file"), (b"\x28\xb5\x2f\xfd", "a zstd file"), (b"BZh", "a bzip2 file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"), (b"OggS", "an Ogg file"), (b"ID3", "an MP3 file"), (b"\x1aE\xdf\xa3", "a video"),
)  # fmt: skip
# The first line of a table: names of columns, nothing else.
_COLUMNS = re.compile(rb"(?:\xef\xbb\xbf)?[A-Za-z_]\w*(?:[,;\t][A-Za-z_]\w*)+\r?\n")


class InputError(Exception):
    """A path that holds no page to read."""


def is_address(path: str) -> bool:
    """Return whether what was given is an http(s) address, and no path."""
    return path.lower().startswith(("http://", "https://"))


def check_paths(paths: tuple[str, ...], *, storage: bool = False) -> None:
    """Raise InputError for the first path that is not a file, before anything is read; `storage`: nor in object storage."""
    for path in paths:
        if path == "-" or is_address(path) or (storage and is_remote(path)):
            continue
        scheme = _SCHEME.match(path)
        if scheme and not Path(path).exists():
            raise InputError(f"{path}: addresses are fetched by http and https only, not by {scheme[0].lower()}")
        if not Path(path).exists():
            raise InputError(f"{path}: no such file")
        if Path(path).is_dir() and not is_output(folder_at(path)):
            raise InputError(f"{path}: a directory; name the files in it, as in {path.rstrip('/')}/*")


def captures(
    path: str, complain: Callable[[str], None] | None = None, passed_over: Counter[str] | None = None
) -> Iterator[Capture]:
    """Yield the pages of a file, `-` for standard input. Raises InputError.

    A WARC, WET, ARC, WACZ or HAR file is read record by record: what cannot be read is reported to `complain`, what is no page is
    counted in `passed_over` by reason. Anything else is one page of at most 50 MB.
    """
    check_paths((path,))
    if path == "-":
        yield from _of_stream(BytesIO(sys.stdin.buffer.read()), "stdin", complain, passed_over)
        return
    with Path(path).open("rb") as stream:
        yield from _of_stream(stream, path, complain, passed_over)


def _of_stream(
    stream: BinaryIO, name: str, complain: Callable[[str], None] | None, passed_over: Counter[str] | None
) -> Iterator[Capture]:
    head = stream.read(_HEAD)
    stream.seek(0)
    try:
        read = _archive_reader(head, stream)
        if read is not None:
            yield from read(stream, name, complain, passed_over)
            return
        data = stream.read(_MAX_FILE + 1)
        if len(data) > _MAX_FILE:
            raise InputError(f"{name}: more than {_MAX_FILE // 1_000_000} MB, too much for one page")
        data = page_bytes(data, name)
        if is_har(data):  # gzipped
            yield from read_har(BytesIO(data), name, complain, passed_over)
            return
    except UnreadableArchive as error:
        raise InputError(str(error)) from error
    yield Capture(data)


def _archive_reader(head: bytes, stream: BinaryIO) -> Callable[..., Iterator[Capture]] | None:
    """Return what reads a file of many pages; None for a single page."""
    if is_warc(head):
        return read_warc
    if is_har(head):
        return read_har
    return read_wacz if head.startswith(b"PK\x03\x04") and is_wacz(stream) else None


def page_bytes(data: bytes, name: str) -> bytes:
    """Return the bytes of one page, unpacked if gzipped. Raises InputError for what is plainly no page."""
    if is_gzip(data):
        try:
            data = gunzip(data, _MAX_FILE)
        except TooLarge as error:
            raise InputError(f"{name}: {error}") from error
        except BadEncoding as error:
            raise InputError(f"{name}: a gzip file that is cut off or damaged") from error
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise InputError(f"{name}: empty")
    try:
        if _needs_ocr(data):
            return bytes(shared_process.call("read_pictures", data, seconds=_OCR_SECONDS))
    except ParsingFailed as error:
        raise InputError(f"{name}: {str(error).removeprefix('OcrError: ').removeprefix('DocumentTooLarge: ')}") from error
    if document_kind(data):
        return data
    kind = next((kind for magic, kind in _KNOWN if data.startswith(magic)), None)
    if kind:
        raise InputError(f"{name}: {kind}, not a page")
    if not is_har(data):
        _refuse_rows(data, name)
    return data


def _refuse_rows(data: bytes, name: str) -> None:
    """Raise InputError for JSON and tables: taken for a page, a collection of texts would be one document."""
    if _COLUMNS.match(data):
        raise InputError(f"{name}: a table (CSV), not a page; write each text to a file")
    if _is_json(data):
        raise InputError(f"{name}: JSON, not a page; `bayegan extract --jsonl` reads texts in JSON lines")


def _is_json(data: bytes) -> bool:
    """Return whether the bytes are a JSON object or list, or lines of them."""
    text = data.lstrip(b" \t\r\n\xef\xbb\xbf")
    if not text.startswith((b"{", b"[")):
        return False
    try:
        _, end = json.JSONDecoder().raw_decode(decoded := text.decode("utf-8"))
    except (ValueError, RecursionError):
        return False
    rest = decoded[end:].lstrip(" \t\r\n,")
    return not rest or rest.startswith(decoded[0])


def _needs_ocr(data: bytes) -> bool:
    """Return whether the bytes are pictures of pages. A PDF is looked into by the parsing process. Raises ParsingFailed."""
    return needs_ocr(data) if document_kind(data) != "pdf" else bool(shared_process.call("needs_ocr", data))
