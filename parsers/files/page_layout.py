"""Lines of pages to paragraphs: running heads and page numbers out, what goes on joined, the same for PDFs and for pictures."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.law.labels import find_labels
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBER = "[0-9۰-۹٠-٩]"
_PAGE_NUMBER = expression(f"(?:صفحه ?)?[-–— ]*{_NUMBER}{{1,4}}[-–— ]*(?:(?:از|/) ?{_NUMBER}{{1,4}})?")
_ENDS = (".", "؛", ":", "؟", "!", "»")
# A word that is cut at a line's end: by a soft hyphen anywhere, by a hyphen between Latin letters.
_CUT = expression("\u00ad$|(?<=[A-Za-z])-$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page in logical order, with its box and the margins of its column."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    low: float = 0.0
    high: float = 0.0


def with_margins(lines: list[Line]) -> list[Line]:
    """Return the lines of a column with its margins: where nine lines of ten begin and end."""
    if not lines:
        return []
    tenth = len(lines) // 10
    low, high = sorted(line.x0 for line in lines)[tenth], sorted(line.x1 for line in lines)[-1 - tenth]
    return [replace(line, low=low, high=high) for line in lines]


def without_running_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """Without page numbers, and without first and last lines that most pages share but for their digits."""
    edges = Counter(re.sub(_NUMBER, "", line.text) for page in pages for line in {*page[:1], *page[-1:]})
    running = {text for text, times in edges.items() if len(pages) >= 3 and times > len(pages) / 2}
    kept = []
    for page in pages:
        last = len(page) - 1
        kept.append(
            [
                line
                for place, line in enumerate(page)
                if not (place in (0, last) and (_PAGE_NUMBER.fullmatch(line.text) or re.sub(_NUMBER, "", line.text) in running))
            ]
        )
    return kept


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """Return paragraphs: lines go on where the one before is full and this one opens nothing."""
    if not lines:
        return []
    gaps = [a.y - b.y for a, b in pairwise(lines) if 0 < a.y - b.y < 5 * a.size]
    usual = median(gaps) if gaps else 0.0
    texts = [lines[0].text]
    for before, line in pairwise(lines):
        if _goes_on(before, line, usual):
            texts[-1] = _joined(texts[-1], line.text)
        else:
            texts.append(line.text)
    return texts


def _goes_on(before: Line, line: Line, usual: float) -> bool:
    if "\t" in before.text or "\t" in line.text:  # a row of a table
        return False
    width = max(before.high - before.low, 1.0)
    full = before.x0 - before.low < 0.12 * width
    indented = line.high - line.x1 > 1.2 * line.size and before.high - before.x1 < 0.6 * line.size
    gap = before.y - line.y
    apart = gap > 1.45 * usual if gap > 0 else before.text.endswith(_ENDS)
    label = next(iter(find_labels(fold(line.text))), None)
    opens = label is not None and label.start < 3 and (label.firm or label.unit is not None)
    return full and not indented and not apart and not opens and abs(before.size - line.size) < 0.2 * line.size


def _joined(before: str, after: str) -> str:
    """Return two lines of one paragraph; a word that was cut between them is whole again."""
    cut = _CUT.search(before)
    if cut and (before.endswith("\u00ad") or after[:1].islower()):
        return before[: cut.start()] + after
    return f"{before} {after}"
