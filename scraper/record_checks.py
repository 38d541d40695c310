"""Which records of a web archive are pages, and the reasons by which the others are counted.

UnreadableArchive   a file that begins as a web archive, without a record that can be read
PassedOver          a record that is no page
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from db.moments import is_future
from parsers.persian.calendar import TEHRAN
from scraper.content_encoding import BadEncoding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from parsers.models import Capture

MAX_PAGE = 50_000_000  # bytes
_TEXTUAL = ("html", "text/plain", "xml")
_UNKNOWN = ("", "unknown", "no-type", "application/octet-stream", "application/unknown", "x-unknown", "warc/revisit")
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|title|meta|div)\b", re.IGNORECASE)


class UnreadableArchive(Exception):
    """Not a single record can be read; the message names the file and says why."""


class PassedOver(Exception):
    """A record that is no page: a picture, a request, an error. The message is the reason it is counted by."""


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A record that cannot be read, and why."""

    reason: str


def tallied(
    outcomes: Iterable[Capture | PassedOver | BadRecord],
    name: str,
    complain: Callable[[str], None] | None = None,
    passed_over: Counter[str] | None = None,
) -> Iterator[Capture]:
    """Yield the pages among a file's records.

    Records that are no pages are counted in `passed_over` by reason, those that cannot be read are reported to `complain`, a line
    for each reason. Raises UnreadableArchive; `name` is what messages call the file.
    """
    skipped = passed_over if passed_over is not None else Counter()
    bad: Counter[str] = Counter()
    read = 0
    for outcome in outcomes:
        if isinstance(outcome, BadRecord):
            bad[outcome.reason] += 1
            continue
        read += 1
        if isinstance(outcome, PassedOver):
            skipped[str(outcome)] += 1
        else:
            yield outcome
    if not read:
        raise UnreadableArchive(f"{name}: a web archive without a record that can be read ({', '.join(bad) or 'empty'})")
    for reason, count in bad.items():
        if complain:
            complain(f"{name}: {count} record{'s' if count > 1 else ''} cannot be read: {reason}")


def check_address(url: str) -> None:
    """Raise PassedOver for an address of another scheme, BadEncoding for one without a host."""
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        raise PassedOver(f"{scheme[:20]}: address")
    if not _has_host(url):
        raise BadEncoding("an address that is none")


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False


def check_type(content_type: str, body: bytes) -> None:
    """Raise PassedOver for what is no text; without a type the body itself decides."""
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        raise PassedOver("empty body")
    if any(part in kind for part in _TEXTUAL) or (kind in _UNKNOWN and _MARKUP.search(body[:4096])):
        return
    raise PassedOver(kind[:60] or "no type, and no markup")


def moment_in_tehran(text: str | None) -> str | None:
    """Return a record's date in Tehran's time; None where it has none that can be true."""
    try:
        moment = datetime.fromisoformat(text or "")
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if is_future(moment.isoformat()):
            return None
        return moment.astimezone(TEHRAN).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return None
