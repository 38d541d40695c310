"""Texts that an OCR program has read from pictures of pages: lines with their boxes and how sure it was, and the pictures.

One JSON object, made once when the file is added (`scraper.ocr`): on another machine, or with another version of the program, the
text stays what it was.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers.files import UnreadableDocument
from parsers.files.page_layout import Line, paragraphs, with_margins, without_running_heads

if TYPE_CHECKING:
    from collections.abc import Sequence

MARK = b'{"bayegan_ocr": 1, '
_UNSURE = 60  # a page below it is named in a warning


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page: its lines, and the mean confidence of the program in its words, 0 to 100."""

    lines: tuple[Line, ...]
    confidence: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What the program, named by `engine`, has read."""

    engine: str
    pages: tuple[ScannedPage, ...]


def read_scan(body: bytes) -> Scan:
    """Return what a stored OCR text holds. Raises UnreadableDocument."""
    try:
        data = json.loads(body)
        pages = tuple(ScannedPage(tuple(map(_line, page["lines"])), int(page["confidence"])) for page in data["pages"])
        return Scan(str(data["engine"]), pages)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableDocument(f"a damaged OCR text ({type(error).__name__})") from error


def scanned_lines(body: bytes) -> list[str]:
    """Return the paragraphs of an OCR text in reading order. Raises UnreadableDocument."""
    pages = [with_margins(list(page.lines)) for page in read_scan(body).pages]
    return paragraphs([line for page in without_running_heads(pages) for line in page])


def told_of_scan(body: bytes) -> tuple[str, bool]:
    """Return one line on where the text is from, with the confidence of each page, and whether some page is not to be trusted.

    Raises UnreadableDocument.
    """
    scan = read_scan(body)
    sure = ", ".join(str(page.confidence) for page in scan.pages)
    unsure = [str(number) for number, page in enumerate(scan.pages, 1) if page.confidence < _UNSURE]
    told = f"read from pictures by {scan.engine}, confidence by page: {sure}"
    return (f"{told}; compare page {', '.join(unsure)} with its picture" if unsure else told), bool(unsure)


def _line(row: Sequence[Any]) -> Line:
    text, x0, x1, y, size = row
    return Line(str(text), float(x0), float(x1), float(y), float(size))
