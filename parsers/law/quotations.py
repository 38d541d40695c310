"""What stands between guillemets: clauses of another law, which this one quotes.

A pair in one line is a quotation; one over several lines only where it opens at a line's beginning or after a colon, and closes
at a line's end. Guillemets the wrong way round («بند »ب«») and those without a partner open nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from parsers.expressions import expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.law.label import Label

_QUOTES = expression("[«»]")
_FLIPPED = expression("»(?=\\S)([^«»\n]{1,40})(?<=\\S)«")
_OPENS_AFTER = expression("(?:\\A|[\n:.؛])[ \u200c\u200e\u200f(*]*\\Z")
_CLOSES_BEFORE = expression("[ \u200c\u200e\u200f.،؛)*]*(?:\n|\\Z)")
_REACH = 6


def unquoted(folded: str, labels: Iterable[Label]) -> list[Label]:
    """Return the labels that stand in no quotation."""
    spans = quoted_spans(folded)
    starts = [start for start, _ in spans]

    def is_quoted(place: int) -> bool:
        index = bisect_right(starts, place) - 1
        return index >= 0 and place < spans[index][1]

    return [label for label in labels if not is_quoted(label.start)]


def quoted_spans(folded: str) -> list[tuple[int, int]]:
    """Return (start, end) of each outermost quotation, in order."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []  # over several lines
    at = 0
    for line in folded.split("\n"):
        inside, left = _in_line(folded, at, at + len(line))
        pairs += inside
        for place in left:
            if folded[place] == "«" and _OPENS_AFTER.search(folded, max(0, place - _REACH), place):
                opened.append(place)
            elif folded[place] == "»" and opened and _CLOSES_BEFORE.match(folded, place + 1):
                pairs.append((opened.pop(), place + 1))
        at += len(line) + 1
    return list(_outermost(sorted(pairs)))


def _in_line(folded: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Return the pairs of one line, and the places of the marks without a partner in it."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    closed: list[int] = []
    flipped: set[int] = set()
    for mark in _QUOTES.finditer(folded, start, end):
        place = mark.start()
        if place in flipped:
            continue
        if mark[0] == "«":
            opened.append(place)
        elif opened:
            pairs.append((opened.pop(), place + 1))
        elif pair := _FLIPPED.match(folded, place, end):
            flipped.add(pair.end() - 1)
        else:
            closed.append(place)
    return pairs, sorted([*opened, *closed])


def _outermost(pairs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last = 0
    for start, end in pairs:
        if start >= last:
            yield start, end
            last = end
