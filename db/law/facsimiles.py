"""Pictures of the pages that a law was read from: which page a clause stands on, and the picture itself."""

from __future__ import annotations

import base64
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.write.captures import Captures
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from sqlite_utils import Database

_MARK = b'{"bayegan_ocr": 1, '
_BLANKS = re.compile("[\\s\u200c\u200e\u200f\u00ad\u0640]+")
# Letters of a clause that are looked for: as few as tell it from others, as the pages keep the errors of the program.
_SOUGHT = (60, 30, 15)
_URL = (
    "SELECT v.capture_id FROM current_laws c JOIN revisions v ON v.id = c.revision_id WHERE c.instrument_id = ?"
)  # fmt: skip


def facsimile(db: Database, instrument_id: int, words: str) -> tuple[int, int] | None:
    """Return (capture, page from 1) of the picture on which a clause of these words begins; None where no picture is kept."""
    row = db.execute(_URL, [instrument_id]).fetchone()
    pages = _scan(db, int(row[0])) if row else []
    plain = _letters(words)
    for many in _SOUGHT:
        sought = plain[:many]
        for number, page in enumerate(pages, 1):
            if len(sought) >= _SOUGHT[-1] and sought in _letters(" ".join(line[0] for line in page["lines"])):
                return int(row[0]), number
    return None


def picture(db: Database, capture_id: int, page: int) -> bytes:
    """Return the picture of a page, a JPEG. Raises ArchiveError where none is kept."""
    pages = _scan(db, capture_id)
    if not 1 <= page <= len(pages):
        raise ArchiveError(f"capture {capture_id}: no picture of page {page}")
    return base64.b64decode(pages[page - 1]["picture"])


def _scan(db: Database, capture_id: int) -> list[dict[str, Any]]:
    body = Captures(db).read(capture_id).body
    return list(_pages(body)) if body.startswith(_MARK) else []


@lru_cache(4)
def _pages(body: bytes) -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(body)["pages"])


def _letters(text: str) -> str:
    return _BLANKS.sub("", fold(text))
