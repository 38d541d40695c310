"""Where the article of a page text is: the run of sentences under its headline, or else the densest one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.comparison import comparable
from parsers.page.text_lines import is_prose, line_patterns

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHORT_SENTENCE = expression(r"^.{12,}[.!؟][»\")]?$")
_SHORT_LINES = 5
_DENSE = 0.5
_CELL = 25
_SHORTEST_TITLE = 15
LONGEST_TITLE = 220
BELOW_TITLE = 12


@dataclass(frozen=True, slots=True)
class ProseRun:
    """Lines `start` to `end` (exclusive): sentences with at most a few other lines between."""

    start: int
    end: int
    characters: int
    sentences: int

    @property
    def density(self) -> float:
        """Return the share of lines that are sentences: rows of teasers have a headline or two for every sentence."""
        return self.sentences / (self.end - self.start)


def main_run(lines: list[str]) -> tuple[ProseRun | None, int | None]:
    """Return the article's run, and the line of its headline where the page's title, its first line, says which that is."""
    runs = list(_runs(lines))
    for headline in _repeated(lines):
        near = [run for run in runs if 0 < run.start - headline <= BELOW_TITLE]
        if near:
            return near[0], headline
    dense = [run for run in runs if run.density > _DENSE]
    return max(dense, key=lambda run: run.characters * run.density, default=None), None


def _repeated(lines: list[str]) -> list[int]:
    """Return the lines that the page's title begins with, the last one first: a headline may be repeated in a path above it."""
    if not lines:
        return []
    title = comparable(lines[0])
    long = (place for place in range(len(lines) - 1, 0, -1) if len(lines[place]) > _SHORTEST_TITLE)
    return [place for place in long if title.startswith(comparable(lines[place]))]


def _runs(lines: list[str]) -> Iterator[ProseRun]:
    start, end, characters, sentences, gap = -1, 0, 0, 0, 0.0
    for place, line in enumerate([*lines, ""]):
        stops = not line or line_patterns().stops.match(comparable(line)) is not None or _is_headlines(line)
        if not stops and (is_prose(line) or (start >= 0 and gap < 1 and _SHORT_SENTENCE.search(line))):
            start = place if start < 0 else start
            end, characters, sentences, gap = place + 1, characters + len(line), sentences + 1, 0.0
            continue
        # The cells of a table are many and very short; a list of headlines is neither.
        gap += 1 if len(line) > _CELL else 0.3
        if start >= 0 and (stops or gap >= _SHORT_LINES):
            yield ProseRun(start, end, characters, sentences)
            start, characters, sentences = -1, 0, 0


def _is_headlines(line: str) -> bool:
    """Return whether a line is a row of headlines: long, and never the end of a sentence."""
    return len(line) > LONGEST_TITLE and not is_prose(line)
