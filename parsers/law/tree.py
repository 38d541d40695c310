"""From a law's text to its clauses: labels, then the tree, then identifiers, headings, places and what became of each clause.

Every letter of the text is in the own words of exactly one clause, or stands before the first or behind the last (`pieces`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.law.clause_ids import clause_id, restarted
from parsers.law.clause_status import clause_status
from parsers.law.closing_formula import closing_spans
from parsers.law.label_sequence import build
from parsers.law.labels import find_labels
from parsers.law.vocabulary import containers, data, pattern, words
from parsers.law_models import Clause
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from parsers.law.label import Label
    from parsers.law.outline import OpenClause

_LONGEST_HEADING = 110
_BLANK = expression("[\\s\u200c\u200e\u200f]*")
_ENDS = (".", "؛", ":", "،", "!", "؟", "»")
_INNER_STOP = expression("[.؛!؟] ")


@dataclass(frozen=True, slots=True)
class Tree:
    """The clauses of a text in order; what stands before `preamble_end`, and from `closing_start` to an annex, is of none."""

    clauses: tuple[Clause, ...]
    preamble_end: int
    closing_start: int


def read_tree(text: str) -> Tree:
    """Return the clauses of a law's text."""
    folded = fold(text)
    labels = list(find_labels(folded))
    start, end = closing_spans(folded, labels)
    root = build(folded, [label for label in labels if not start <= label.start < end])
    if not root.children:
        return Tree((), len(text), len(text))
    clauses = tuple(_Clauses(text, folded, root, start).read())
    return Tree(clauses, clauses[0].start, start)


def pieces(text: str, clauses: tuple[Clause, ...]) -> Iterator[tuple[str | None, str]]:
    """The text in pieces: (eId, own words with label and heading), None for what is of no clause. Joined they are the text."""
    at = 0
    for clause in clauses:
        if clause.start > at:
            yield None, text[at : clause.start]
        yield clause.eid, text[clause.start : clause.text_end]
        at = clause.text_end
    if at < len(text):
        yield None, text[at:]


class _Clauses:
    """Makes the clauses of one text. `closing` is where the last clause ends, short of an annex."""

    def __init__(self, text: str, folded: str, root: OpenClause, closing: int) -> None:
        self._text = text
        self._folded = folded
        self._root = root
        self._closing = closing
        self._taken: Counter[str] = Counter()
        self._restarted = restarted(root)
        starts = [node.label.start for node in _walk(root) if node.label]
        self._following = dict(zip(starts, [*starts[1:], len(text)], strict=True))

    def read(self) -> Iterator[Clause]:
        todo: list[tuple[OpenClause, tuple[OpenClause, ...], str | None]] = [
            (node, (), None) for node in reversed(self._root.children)
        ]
        ends = {id(node): end for node, end in self._ends()}
        while todo:
            node, path, parent = todo.pop()
            clause = self._clause(node, path, parent, ends[id(node)])
            yield clause
            todo.extend((child, (*path, node), clause.eid) for child in reversed(node.children))

    def _ends(self) -> Iterator[tuple[OpenClause, int]]:
        """Yield where each clause ends, with all that is in it: where the next one beside or around it begins."""
        todo = [(self._root, len(self._text))]
        while todo:
            node, end = todo.pop()
            if node.label:
                yield node, self._cut(node.label.start, end)
            begins = [child.label.start for child in node.children if child.label]
            todo.extend(zip(node.children, [*begins, end][1:], strict=True))

    def _cut(self, start: int, end: int) -> int:
        return self._closing if start < self._closing < end else end

    def _clause(self, node: OpenClause, path: tuple[OpenClause, ...], parent: str | None, end: int) -> Clause:
        label = node.label
        assert label is not None  # noqa: S101 - only the root has none
        own_end = self._cut(label.start, self._following[label.start])
        heading, text_start = self._heading(node, label, own_end)
        words = self._folded[label.shares :].partition("\n")[0] if label.shares else self._folded[text_start:own_end]
        status, changed_on = clause_status(label.notes, words)
        return Clause(
            eid=self._unique(clause_id(path, node, self._restarted)),
            unit=node.unit,
            number=node.number,
            parent=parent,
            label=self._text[label.start : label.end].strip(),
            heading=heading,
            start=label.start,
            text_start=text_start,
            text_end=own_end,
            end=end,
            status=status,
            changed_on=changed_on,
        )

    def _unique(self, name: str) -> str:
        """Keep both clauses of a number that is printed twice in one place, the second under a name of its own."""
        self._taken[name] += 1
        return name if self._taken[name] == 1 else f"{name}_dup{self._taken[name]}"

    def _heading(self, node: OpenClause, label: Label, end: int) -> tuple[str | None, int]:
        """Return the title of a chapter, or of an article whose first line is one, and where the words behind it begin."""
        start = self._skip(label.end, end)
        line_end = self._folded.find("\n", start, end)
        line = self._text[start : end if line_end < 0 else line_end].strip()
        on_next = "\n" in self._folded[label.start : start]
        if node.unit in containers():
            if not line or len(line) > _LONGEST_HEADING or (on_next and line.endswith(_ENDS)):
                return None, start
        elif on_next or not self._heads_article(node, label, line, line_end):
            return None, start
        after = self._skip(end if line_end < 0 else line_end, end)
        return (None, start) if after == end and node.unit not in containers() else (line, after)

    def _heads_article(self, node: OpenClause, label: Label, line: str, line_end: int) -> bool:
        if node.unit not in data()["units"]["articles"] or line_end < 0 or not 2 <= len(line) <= 60:
            return False
        said = any(pattern("status", kind).search(fold(line)) for kind in ("repealed", "inserted", "amended"))
        stops = line.endswith(_ENDS) or _INNER_STOP.search(line) or _sentence().search(fold(line))
        return not (stops or said) and bool(label.mark)

    def _skip(self, at: int, end: int) -> int:
        found = _BLANK.match(self._folded, at, end)
        return found.end() if found else at


def _walk(root: OpenClause) -> Iterator[OpenClause]:
    todo = list(reversed(root.children))
    while todo:
        node = todo.pop()
        yield node
        todo.extend(reversed(node.children))


@cache
def _sentence() -> re.Pattern[str]:
    """Return the pattern for a verb at a line's end: no heading."""
    return expression(f"{WORD_START}{words('sentences', 'verbs')}{GAP}\\Z")
