"""What stands between guillemets: clauses of another law, which this one quotes."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.law.labels import Label

_QUOTES = re.compile("[«»]")


def unquoted(folded: str, labels: Iterable[Label]) -> list[Label]:
    """The labels that stand in no quotation."""
    spans = _quoted_spans(folded)
    starts = [start for start, _ in spans]

    def is_quoted(place: int) -> bool:
        index = bisect_right(starts, place) - 1
        return index >= 0 and place < spans[index][1]

    return [label for label in labels if not is_quoted(label.start)]


def _quoted_spans(folded: str) -> list[tuple[int, int]]:
    """Where pairs of guillemets begin and end, outermost ones, in order; marks without a partner count for nothing."""
    opened: list[int] = []
    spans: list[tuple[int, int]] = []
    for mark in _QUOTES.finditer(folded):
        if mark[0] == "«":
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            while spans and spans[-1][0] > start:
                spans.pop()
            spans.append((start, mark.end()))
    return spans
