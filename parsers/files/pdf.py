"""PDFs with text: glyphs by where they stand on the page, put into the order in which Persian is read.

Programs write Persian into PDFs in visual order, in logical order, glyph by glyph or line by line, with presentation forms or
without. So the order in the file is not asked: lines are made of places, read from right to left, and numbers and Latin
words in them turned back (Unicode's bidirectional algorithm, UAX #9, backwards).
"""

from __future__ import annotations

import logging
import re
import unicodedata
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.files import DocumentTooLarge, UnreadableDocument
from parsers.files.page_layout import Line, paragraphs, with_margins, without_running_heads
from parsers.files.tables import borders, cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.files.tables import Strip

_MOST_PAGES = 400
_MOST_GLYPHS = 2_000_000
# A page in columns: rows it has at least, share of rows that may cross the strip between them, share that each side has at least;
# half of the strip's width in letters.
_ROWS_ENOUGH = 8
_PLACES = 500
_CROSSED = 0.25
_SIDE = 0.35
_CLOSE, _MIDDLE, _WIDE = 0.3, 0.5, 0.75
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_NUMBER = "[0-9۰-۹٠-٩]"
# Runs that stand from left to right inside a line: numbers with their separators, Latin words and what joins them.
_LEFT_TO_RIGHT = expression(
    f"{_NUMBER}+(?:[.,/:٫٬\\-+]{_NUMBER}+)*[%٪]?|[A-Za-z@](?:[A-Za-z0-9@._/:,&+'’\\- ]*[A-Za-z0-9])?"
)  # fmt: skip
_ARABIC = expression("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """What one glyph stands for, and its box in points, y upwards."""

    text: str
    x0: float
    x1: float
    y: float
    size: float


def pdf_lines(body: bytes) -> list[str]:
    """Return the paragraphs of a PDF in reading order; page numbers and running heads are left out. Raises UnreadableDocument."""
    pages = [page_lines(glyphs) for glyphs in _pages(body)]
    if not any(pages):
        raise UnreadableDocument("a PDF without text: pictures of pages need to be read by an OCR program first")
    if _mirrored_worse(pages):
        pages = [[replace(line, text=line.text.translate(_MIRROR)) for line in page] for page in pages]
    return paragraphs([line for page in without_running_heads(pages) for line in page])


def has_text(body: bytes) -> bool:
    """Return whether a PDF has any letter; false for pictures of pages, and for what is damaged.

    Raises DocumentTooLarge where a limit was met before any letter: such a file is no scan, and OCR would only take longer.
    """
    seen = 0
    try:
        for page in _pages(body):
            if any(glyph.text.strip() for glyph in page):
                return True
            seen += len(page)
    except DocumentTooLarge:
        raise
    except UnreadableDocument:
        return False
    if seen >= _MOST_GLYPHS:
        raise DocumentTooLarge(f"a PDF of more than {_MOST_GLYPHS} glyphs without a letter")
    return False


def _pages(body: bytes) -> Iterator[list[Glyph]]:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    from pdfminer.high_level import extract_pages

    left = _MOST_GLYPHS
    try:
        for page in extract_pages(BytesIO(body), maxpages=_MOST_PAGES, laparams=None):
            glyphs = list(islice(_glyphs(page), left + 1))
            left -= len(glyphs)
            yield glyphs[: left + len(glyphs)]
            if left < 0:
                break
    except MemoryError as error:
        raise DocumentTooLarge("a PDF that takes more memory than a document may") from error
    except Exception as error:  # pdfminer raises whatever a broken file makes it stumble over
        raise UnreadableDocument(f"a damaged or encrypted PDF ({type(error).__name__})") from error


def _glyphs(page: Any) -> Iterator[Glyph]:
    from pdfminer.layout import LTChar, LTContainer

    todo = [page]
    while todo:
        item = todo.pop()
        if isinstance(item, LTChar):
            text = _plain(item.get_text())
            if text and item.upright:
                yield Glyph(text, item.x0, item.x1, item.y0, max(item.size, 1.0))
        elif isinstance(item, LTContainer):
            todo.extend(reversed(list(item)))


def _plain(text: str) -> str:
    """Letters for presentation forms; nothing for a glyph that the file does not explain («(cid:12)»)."""
    if text.startswith("(cid:"):
        return ""
    if any("\ufb00" <= char <= "\ufb06" or "\ufb50" <= char <= "\ufdff" or "\ufe70" <= char <= "\ufeff" for char in text):
        return unicodedata.normalize("NFKC", text).replace("\ufeff", "")
    return text


def page_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of a page from top to bottom; of two columns the right one first, down to the next line across both."""
    rows = list(_rows(glyphs))
    gutter = _gutter(rows)
    if gutter is None:
        return with_margins([line for row, strips in zip(rows, borders(rows), strict=True) if (line := _row(row, strips))])
    lines: list[Line] = []
    columns: tuple[list[Glyph], list[Glyph]] = ([], [])
    for row in rows:
        if not _splits(row, gutter, _CLOSE):
            lines += [*_column(columns[0]), *_column(columns[1]), *filter(None, [_line(row)])]
            columns = ([], [])
            continue
        columns[0].extend(g for g in row if g.x0 >= gutter)
        columns[1].extend(g for g in row if g.x0 < gutter)
    return [*lines, *_column(columns[0]), *_column(columns[1])]


def _column(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines of one column, whose baselines need not be those of the other."""
    return with_margins([line for row in _rows(glyphs) if (line := _line(row))])


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs of one baseline, give or take half a letter, from top to bottom."""
    row: list[Glyph] = []
    base = 0.0
    for glyph in sorted(glyphs, key=lambda g: -g.y):
        if row and base - glyph.y > 0.45 * max(glyph.size, row[0].size):
            yield row
            row = []
        if not row:
            base = glyph.y
        row.append(glyph)
    if row:
        yield row


def _gutter(rows: Sequence[Sequence[Glyph]]) -> float | None:
    """Return where a blank strip parts a page into two columns: where fewest rows cross it, the widest strip of those."""
    solid = [glyph for row in rows for glyph in row if glyph.text.strip()]
    if len(rows) < _ROWS_ENOUGH or not solid:
        return None
    low, high = min(g.x0 for g in solid), max(g.x1 for g in solid)
    step = (high - low) / _PLACES
    if step <= 0:
        return None
    first, last = _PLACES * 35 // 100, _PLACES * 65 // 100
    crossed = [_crossings(rows, low, step, strip) for strip in (_CLOSE, _MIDDLE, _WIDE)]
    best = min(range(first, last + 1), key=lambda n: (*(counts[n] for counts in crossed), abs(n - _PLACES // 2)))
    place = low + step * best
    return place if crossed[0][best] <= _CROSSED * len(rows) and _has_two_sides(rows, place) else None


def _crossings(rows: Sequence[Sequence[Glyph]], low: float, step: float, strip: float) -> list[int]:
    """Return for each of `_PLACES` + 1 places, `step` points apart, how many rows have a glyph within `strip` letters of it."""
    counts = [0] * (_PLACES + 1)
    for row in rows:
        near: set[int] = set()
        for glyph in row:
            if glyph.text.strip():
                begin = int((glyph.x0 - strip * glyph.size - low) // step) + 1
                end = int(-(-(glyph.x1 + strip * glyph.size - low) // step))
                near.update(range(max(begin, 0), min(end, _PLACES + 1)))
        for place in near:
            counts[place] += 1
    return counts


def _has_two_sides(rows: Sequence[Sequence[Glyph]], place: float) -> bool:
    """Return whether there is enough text on either side: lines of both columns may share a baseline or not."""
    left = sum(any(g.x1 < place and g.text.strip() for g in row) for row in rows)
    right = sum(any(g.x0 > place and g.text.strip() for g in row) for row in rows)
    return min(left, right) >= _SIDE * len(rows)


def _splits(row: Sequence[Glyph], place: float, strip: float) -> bool:
    """Return whether a strip around a place, `strip` letters to either side, is blank in a line."""
    return not any(g.x0 < place + strip * g.size and g.x1 > place - strip * g.size for g in row if g.text.strip())


def _row(row: Sequence[Glyph], strips: Sequence[Strip]) -> Line | None:
    """Return a line of a page, or a row of a table with tabs between its cells."""
    whole = _line(row)
    if whole is None or not strips:
        return whole
    texts = ((line.text if (line := _line(cell)) else "") for cell in cells(row, strips))
    return replace(whole, text="\t".join(texts))


def _line(row: Sequence[Glyph]) -> Line | None:
    """Glyphs of one line in logical order, a blank where a gap is as wide as one."""
    marks = [glyph for glyph in row if glyph.text.strip()]
    if not marks:
        return None
    units: list[str] = []
    edge: float | None = None
    for glyph in sorted(row, key=lambda g: (g.x0 + g.x1) / 2):
        blank = not glyph.text.strip(" \u00a0")
        if edge is not None and not blank and glyph.x0 - edge > 0.2 * glyph.size and units and units[-1] != " ":
            units.append(" ")
        if not (blank and units and units[-1] == " "):
            units.append(" " if blank else glyph.text)
        edge = max(edge or glyph.x1, glyph.x1)
    text = logical(units)
    return Line(text, min(g.x0 for g in marks), max(g.x1 for g in marks), marks[0].y, median(g.size for g in marks))


def logical(units: Sequence[str]) -> str:
    """Return what glyphs from left to right say, read from right to left. A line without Persian stays as it is."""
    visual = "".join(units)
    if not _ARABIC.search(visual):
        return " ".join(visual.split())
    # A Latin ligature is turned with the word that it stands in; an Arabic one keeps its letters in order.
    turned = "".join(
        unit.translate(_MIRROR) if len(unit) == 1 else unit[::-1] if unit.isascii() else unit for unit in reversed(units)
    )  # fmt: skip
    fixed = _LEFT_TO_RIGHT.sub(lambda run: run[0][::-1], _with_run_order(turned))
    return " ".join(fixed.split())


def _with_run_order(turned: str) -> str:
    """Return the turned line; the signs of a percentage stand before its digits there."""
    return re.sub(f"([%٪])({_NUMBER}+)", r"\2\1", turned) if "%" in turned or "٪" in turned else turned


def _mirrored_worse(pages: Sequence[Sequence[Line]]) -> bool:
    """Return whether brackets close before they open: the file had told the letters, not the glyphs."""
    text = "\n".join(line.text for page in pages for line in page)
    right = len(re.findall("[(«\\[][^()«»\\[\\]\n]{0,60}[)»\\]]", text))
    wrong = len(re.findall("[)»\\]][^()«»\\[\\]\n]{0,60}[(«\\[]", text))
    return wrong > right
