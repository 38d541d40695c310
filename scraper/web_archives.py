"""Web archives with an index (CDX): which captures of a site they have, and where each is fetched.

Understood are the Wayback Machine's server, Common Crawl's, pywb's, and any that answers a query as one of them does.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, urlencode, urlsplit

from parsers.page.urls import fetchable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from scraper.publication_windows import Window

Style = Literal["replay", "ranges"]
MOST_ROWS = 5_000  # of one answer; a window with more is asked for in halves
_FIELDS = ("urlkey", "timestamp", "url", "mime", "status", "digest", "length", "offset", "filename")
_NAMES = {"original": "url", "mimetype": "mime", "statuscode": "status"}
_TIMESTAMP = re.compile(r"\d{14}", re.ASCII)
_IN_ADDRESS = re.compile(r"/(\d{14})(?:id_)?/(https?:/.*)$")
_COLLECTION = re.compile(r"(\d{4})-(\d\d)$")
_WEEKS = timedelta(days=21)  # about as long as a collection of Common Crawl is fetched


@dataclass(frozen=True, slots=True)
class WebArchive:
    """A web archive.

    name:   as it stands in messages and in the frontier
    index:  address of its index server
    base:   what an address of a capture begins with
    style:  captures are replayed by timestamp and address, or are ranges of WARC files
    """

    name: str
    index: str
    base: str
    style: Style = "replay"


WAYBACK = WebArchive("web.archive.org", "https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web/")
COMMON_CRAWL = WebArchive(
    "commoncrawl.org", "https://index.commoncrawl.org/collinfo.json", "https://data.commoncrawl.org/", "ranges"
)


@dataclass(frozen=True, slots=True)
class ArchivedCapture:
    """One capture that an index lists. `address` is where the archive has it, `at` its moment in UTC."""

    url: str
    at: datetime
    address: str
    digest: str


def web_archive(name: str) -> WebArchive:
    """Return the archive that a name or an address stands for. Raises ValueError.

    `wayback`, `commoncrawl`, or the address of a collection of pywb: http://127.0.0.1:8080/news/
    """
    if name in ("wayback", "commoncrawl"):
        return WAYBACK if name == "wayback" else COMMON_CRAWL
    parts = urlsplit(name)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{name}: neither wayback nor commoncrawl, nor an http or https address")
    base = name.rstrip("/") + "/"
    return WebArchive(parts.netloc, f"{base}cdx", base)


def query(index: str, site: str, days: Window) -> str:
    """Return the address that asks an index for the pages of a site fetched on these days."""
    first, last = days.ends
    fields = [
        ("url", f"{site}/*"), ("output", "json"), ("from", f"{first:%Y%m%d}000000"), ("to", f"{last:%Y%m%d}235959"),
        ("filter", "statuscode:200"), ("filter", "mimetype:.*html.*"), ("collapse", "digest"), ("limit", str(MOST_ROWS)),
    ]  # fmt: skip
    fields = [(name, f"~{value}" if name == "filter" and "web.archive.org" not in index else value) for name, value in fields]
    return f"{index}{'&' if '?' in index else '?'}{urlencode(fields, quote_via=quote, safe='/*:,~')}"


def collections(table: bytes, days: Window) -> Iterator[str]:
    """Yield the index servers of Common Crawl's collections that may hold something of these days. Raises ValueError."""
    rows = json.loads(table)
    for row in rows if isinstance(rows, list) else ():
        found = _COLLECTION.search(str(row.get("id", ""))) if isinstance(row, dict) else None
        if not found or not isinstance(row.get("cdx-api"), str):
            continue
        try:
            begins = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            continue
        first, last = days.ends
        if begins - _WEEKS <= last and first <= begins + _WEEKS:
            yield row["cdx-api"]


def read_index(body: bytes, archive: WebArchive) -> tuple[list[ArchivedCapture], int]:
    """Return the captures of pages that an index answered, each text of an address once, and how many rows it had.

    An answer is JSON lines, a JSON table, or lines of fields. Rows that cannot be understood are left out.
    """
    seen: set[tuple[str, str]] = set()
    found: list[ArchivedCapture] = []
    rows = 0
    for row in _rows(body.decode("utf-8", "replace")):
        rows += 1
        capture = _capture(row, archive)
        if capture is not None and (capture.url, capture.digest) not in seen:
            seen.add((capture.url, capture.digest))
            found.append(capture)
    return found, rows


def capture_in(address: str, memento: str | None) -> tuple[str, datetime] | None:
    """Return the page's own address and the capture's moment from the address of a replay; `memento`: its Memento-Datetime."""
    found = _IN_ADDRESS.search(address)
    at = _moment(found[1]) if found else None
    if found is None or at is None:
        return None
    with suppress(ValueError):
        at = datetime.strptime(memento or "", "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC)
    return re.sub(r"^(https?:)/+", r"\1//", found[2]), at


def _rows(text: str) -> Iterator[Mapping[str, str]]:
    if text.lstrip().startswith("["):
        yield from _table(text)
        return
    for line in text.splitlines():
        start = line.find("{")
        if start >= 0:
            table = _object(line[start:])
            parts = line[:start].split()
            if table is not None:
                yield {**dict(zip(_FIELDS, parts, strict=False)), **table}
        elif len(parts := line.split(" ")) >= 5:
            yield dict(zip(_FIELDS, parts, strict=False))


def _table(text: str) -> Iterator[Mapping[str, str]]:
    """Yield rows of the Wayback Machine's JSON: a table whose first row names its columns."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        return
    if not rows or not isinstance(rows[0], list):
        return
    names = [_NAMES.get(str(name), str(name)) for name in rows[0]]
    for row in rows[1:]:
        if isinstance(row, list) and len(row) == len(names):
            yield dict(zip(names, map(str, row), strict=True))


def _object(text: str) -> dict[str, str] | None:
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return {_NAMES.get(str(name), str(name)): str(value) for name, value in table.items()} if isinstance(table, dict) else None


def _capture(row: Mapping[str, str], archive: WebArchive) -> ArchivedCapture | None:
    url, at = row.get("url", ""), _moment(row.get("timestamp", ""))
    if at is None or not url.startswith(("http://", "https://")) or row.get("status", "200") != "200":
        return None
    if "html" not in row.get("mime", "html").lower():
        return None
    address = _address(row, archive, url)
    return ArchivedCapture(url, at, address, row.get("digest", address)) if address else None


def _address(row: Mapping[str, str], archive: WebArchive, url: str) -> str | None:
    if archive.style == "replay":
        return f"{archive.base}{row['timestamp']}id_/{fetchable(url)}"
    offset, length, file = (row.get(name, "") for name in ("offset", "length", "filename"))
    if not (offset.isascii() and offset.isdigit() and length.isascii() and length.isdigit() and file) or ".." in file:
        return None
    return f"{archive.base}{file}#{offset}-{int(offset) + int(length) - 1}"


def _moment(timestamp: str) -> datetime | None:
    if not _TIMESTAMP.fullmatch(timestamp):
        return None
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def sites(urls: Iterable[str]) -> list[str]:
    """Return the hosts of addresses as an index is asked for them: without scheme and www, each once."""
    return list(dict.fromkeys(urlsplit(url).netloc.lower().removeprefix("www.") for url in urls))
