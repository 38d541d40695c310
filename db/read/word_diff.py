"""Two texts against each other, word by word: for the web and the terminal. What differs in its joiners alone is the same."""

from __future__ import annotations

import difflib
import re
from itertools import groupby
from typing import TYPE_CHECKING

from db.joiners import Code, differ_in_joiners, letters, operations, without_joiners

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_WORD = re.compile(r"\S+\s*|^\s+")
_MAX_WORDS = 4_000  # of a line or a run of lines that are compared word by word
_MAX_PAIRS = 2_500  # of lines that are compared with each other
_ALIKE = 0.4  # share of words that makes two lines one line that was changed
_CONTEXT = 1  # lines shown around what changed
_ONE_WORD = 2  # words that stay between two changes and are not worth the break
Line = list[tuple[str, str]]  # parts of a line: same, removed or added, and the text; or a gap and how many lines stayed


def folded(told: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with long runs of unchanged ones folded into a count."""
    groups = [(same, list(run)) for same, run in groupby(told, lambda line: [kind for kind, _ in line] == ["same"])]
    for place, (same, run) in enumerate(groups):
        head = _CONTEXT if place else 0
        tail = _CONTEXT if place < len(groups) - 1 else 0
        if not same or len(run) <= head + tail + 1:
            yield from run
            continue
        yield from run[:head]
        yield [("gap", str(len(run) - head - tail))]
        yield from run[len(run) - tail :]


def as_written_in(new: Sequence[str], old: Sequence[str]) -> list[str]:
    """Return the old lines; those that differ from a new one in their joiners alone as they are written there."""
    written = {letters(line): line for line in reversed(new)}
    found = ((line, written.get(letters(line), line)) for line in old)
    return [twin if differ_in_joiners(line, twin) else line for line, twin in found]


def lines(old: str, new: str) -> Iterator[Line]:
    """Yield the lines of both texts in order, each with what stayed, what went and what came in it."""
    a, b = old.split("\n"), new.split("\n")
    before, after = ([without_joiners(line) for line in side] for side in (a, b))
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ([("same", line)] for line in b[b0:b1])
            continue
        for x, y in _paired(a[a0:a1], b[b0:b1]):
            if x is not None and y is not None:
                yield _words(x, y)
            else:
                yield [("removed", x)] if x is not None else [("added", y or "")]


def _paired(a: Sequence[str], b: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Lines that were changed beside what they became, in order; lines that went or came alone."""
    if len(a) * len(b) > _MAX_PAIRS:
        return [*((line, None) for line in a), *((None, line) for line in b)]
    alike = [[_alike(x, y) for y in b] for x in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            together = alike[i][j] + best[i + 1][j + 1] if alike[i][j] >= _ALIKE else 0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[str | None, str | None]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        if alike[i][j] >= _ALIKE and best[i][j] == alike[i][j] + best[i + 1][j + 1]:
            pairs.append((a[i], b[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((a[i], None))
            i += 1
        else:
            pairs.append((None, b[j]))
            j += 1
    return [*pairs, *((line, None) for line in a[i:]), *((None, line) for line in b[j:])]


def _alike(x: str, y: str) -> float:
    """Return the share of words that two lines have in common, 0 to 1."""
    a, b = without_joiners(x).split(), without_joiners(y).split()
    if not a or not b:
        return float(a == b)
    return 2 * len({*a} & {*b}) / (len({*a}) + len({*b}))


def _words(old: str, new: str) -> Line:
    a, b = _WORD.findall(old), _WORD.findall(new)
    if len(a) + len(b) > _MAX_WORDS:
        return [("removed", old), ("added", new)]
    parts: Line = []
    for same, removed, added in _runs(_joined(operations(a, b))):
        parts += [("same", "".join(b[same]))] if same.stop > same.start else []
        gone, come = "".join(a[removed]), "".join(b[added])
        parts += [(kind, text) for kind, text in (("removed", gone), ("added", come)) if text]
    return parts


def _joined(codes: Iterable[Code]) -> list[Code]:
    """Return the operations, those on nothing left out, neighbours that stayed made one."""
    made: list[Code] = []
    for code in codes:
        if code[1] == code[2] and code[3] == code[4]:
            continue
        if made and made[-1][0] == code[0] == "equal":
            made[-1] = ("equal", made[-1][1], code[2], made[-1][3], code[4])
        else:
            made.append(code)
    return made


def _runs(codes: Sequence[Code]) -> Iterator[tuple[slice, slice, slice]]:
    """Yield what stayed (in the new text), and what went and came after it; a word or two between changes are of the change."""
    same = slice(0, 0)
    removed, added = slice(0, 0), slice(0, 0)
    for place, (tag, a0, a1, b0, b1) in enumerate(codes):
        is_short = 0 < place < len(codes) - 1 and b1 - b0 < _ONE_WORD
        if tag == "equal" and not is_short:
            if place:
                yield same, removed, added
            same, removed, added = slice(b0, b1), slice(a1, a1), slice(b1, b1)
        else:
            removed, added = slice(removed.start if place else a0, a1), slice(added.start if place else b0, b1)
    yield same, removed, added
