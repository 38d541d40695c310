"""From a law's text to its clauses: labels, then the tree, then identifiers, headings, places and what became of each clause.

Every letter of the text is in the own words of exactly one clause, or stands before the first or behind the last (`pieces`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.dates.mentions import find_dates
from parsers.grammar.eids import eid
from parsers.law.closing_formula import closing_spans
from parsers.law.label_sequence import build
from parsers.law.labels import find_labels
from parsers.law.vocabulary import GAP, containers, data, either, phrases
from parsers.law_models import Clause
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.law.labels import Label
    from parsers.law.outline import Node
    from parsers.law_models import ClauseStatus

_LONGEST_HEADING = 110
_LONGEST_STATUS = 260
_BLANK = re.compile("[\\s\u200c\u200e\u200f]*")
_ENDS = (".", "؛", ":", "،", "!", "؟", "»")
_INNER_STOP = re.compile("[.؛!؟] ")
_STATUSES: tuple[ClauseStatus, ...] = ("repealed", "inserted", "amended")


@dataclass(frozen=True, slots=True)
class Tree:
    """The clauses of a text in order; what stands before `preamble_end`, and from `closing_start` to an annex, is of none."""

    clauses: tuple[Clause, ...]
    preamble_end: int
    closing_start: int


def read_tree(text: str) -> Tree:
    """The clauses of a law's text."""
    folded = fold(text)
    labels = list(find_labels(folded))
    start, end = closing_spans(folded, labels)
    root = build(folded, [label for label in labels if not start <= label.start < end])
    if not root.children:
        return Tree((), len(text), len(text))
    clauses = tuple(_Reader(text, folded, root, start).read())
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


class _Reader:
    """Turns the nodes of one text into clauses. `closing` is where the last clause ends, short of an annex."""

    def __init__(self, text: str, folded: str, root: Node, closing: int) -> None:
        self._text = text
        self._folded = folded
        self._root = root
        self._closing = closing
        self._taken: Counter[str] = Counter()
        self._restarted = _restarted(root)
        starts = [node.label.start for node in _walk(root) if node.label]
        self._following = dict(zip(starts, [*starts[1:], len(text)], strict=True))

    def read(self) -> Iterator[Clause]:
        todo: list[tuple[Node, tuple[Node, ...], str | None]] = [(node, (), None) for node in reversed(self._root.children)]
        ends = {id(node): end for node, end in self._ends()}
        while todo:
            node, path, parent = todo.pop()
            clause = self._clause(node, path, parent, ends[id(node)])
            yield clause
            todo.extend((child, (*path, node), clause.eid) for child in reversed(node.children))

    def _ends(self) -> Iterator[tuple[Node, int]]:
        """Where each clause ends, with all that is in it: where the next one beside or around it begins."""
        todo = [(self._root, len(self._text))]
        while todo:
            node, end = todo.pop()
            if node.label:
                yield node, self._cut(node.label.start, end)
            begins = [child.label.start for child in node.children if child.label]
            todo.extend(zip(node.children, [*begins, end][1:], strict=True))

    def _cut(self, start: int, end: int) -> int:
        return self._closing if start < self._closing < end else end

    def _clause(self, node: Node, path: tuple[Node, ...], parent: str | None, end: int) -> Clause:
        label = node.label
        assert label is not None  # noqa: S101 - only the root has none
        own_end = self._cut(label.start, self._following[label.start])
        heading, text_start = self._heading(node, label, own_end)
        status, changed_on = self._status(label, text_start, own_end)
        return Clause(
            eid=self._unique(_eid(path, node, self._restarted)),
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
        """A number printed twice in one place keeps both clauses, the second under a name of its own."""
        self._taken[name] += 1
        return name if self._taken[name] == 1 else f"{name}_dup{self._taken[name]}"

    def _heading(self, node: Node, label: Label, end: int) -> tuple[str | None, int]:
        """The title of a chapter, or of an article whose first line is one, and where the words behind it begin."""
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

    def _heads_article(self, node: Node, label: Label, line: str, line_end: int) -> bool:
        if node.unit not in data()["units"]["articles"] or line_end < 0 or not 2 <= len(line) <= 60:
            return False
        said = any(phrases("status", kind).search(fold(line)) for kind in _STATUSES)
        stops = line.endswith(_ENDS) or _INNER_STOP.search(line) or _sentence().search(fold(line))
        return not (stops or said) and bool(label.mark)

    def _skip(self, at: int, end: int) -> int:
        found = _BLANK.match(self._folded, at, end)
        return found.end() if found else at

    def _status(self, label: Label, start: int, end: int) -> tuple[ClauseStatus, str | None]:
        """What the brackets beside the number, or those that open the text, or all of a short text, say became of the clause."""
        text = self._folded[start:end].strip()
        opening = re.match("[(\\[]([^)\\]\n]{3,160})[)\\]]", text)
        notes = [*label.notes, *([opening[1]] if opening else [])]
        for kind in _STATUSES:
            for note in notes:
                if phrases("status", kind).match(note.strip()):
                    return kind, _day(note)
        if len(text) <= _LONGEST_STATUS and text.count("\n") == 0 and _says_repealed(text):
            return "repealed", _day(text)
        return "in_force", None


def _says_repealed(text: str) -> bool:
    plain = text.strip("()[]. «»*-–")
    found = phrases("status", "repealed")
    whole = found.match(plain)
    if whole and len(plain) < 40:
        return True
    return bool(_by_law().match(plain) and _was_repealed().search(plain))


@cache
def _by_law() -> re.Pattern[str]:
    return phrases("status", "by")


@cache
def _was_repealed() -> re.Pattern[str]:
    verbs = [phrase for phrase in data()["status"]["repealed"] if " " in phrase and "می شود" not in phrase]
    return re.compile(either(verbs) + "[ .)\\]]*\\Z")


@cache
def _sentence() -> re.Pattern[str]:
    """A verb at the end of a line: no heading."""
    return re.compile(f"(?<![^\\W\\d_]){either(data()['running']['verbs'])}{GAP}\\Z")


def _day(text: str) -> str | None:
    """The day that a note gives; the last one, since the law that repealed it is named with its own first."""
    days = [found.iso for found in find_dates(text, None) if found.valid and found.iso and found.precision == "day"]
    return days[-1][:10] if days and days[-1] else None


def _walk(root: Node) -> Iterator[Node]:
    todo = list(reversed(root.children))
    while todo:
        node = todo.pop()
        yield node
        todo.extend(reversed(node.children))


def _eid(path: tuple[Node, ...], node: Node, restarted: frozenset[tuple[str, object]]) -> str:
    """After Akoma Ntoso: articles and what else is numbered through the whole law carry no chapter."""
    steps = [n for n in path if n.unit in containers()]
    inner = [n for n in path if n.unit not in containers()]
    if node.label is not None and node.label.style == "dotted":
        inner = [n for n in inner if n.unit not in data()["units"]["items"]]
    if node.unit in containers():
        kept = _kept(steps, node, restarted)
    else:
        first = inner[0] if inner else node
        annex = [n for n in steps if containers()[n.unit] == 0]
        kept = steps if (first.unit, first.number) in restarted and not annex else annex
    levels = [(n.unit, n.number) for n in (*kept, *inner)]
    return eid(levels, node.unit, node.number)


def _kept(steps: list[Node], node: Node, restarted: frozenset[tuple[str, object]]) -> list[Node]:
    annex = [n for n in steps if containers()[n.unit] == 0]
    return steps if (node.unit, node.number) in restarted else annex


def _restarted(root: Node) -> frozenset[tuple[str, object]]:
    """Units and numbers that occur more than once outside annexes: chapters count anew in each part, articles in each chapter.

    Where one number of a unit does, all numbers of that unit are named with what is around them.
    """
    counted: Counter[tuple[str, object]] = Counter()
    todo = [(child, False) for child in root.children]
    while todo:
        node, annexed = todo.pop()
        annexed = annexed or containers().get(node.unit) == 0
        if not annexed:
            counted[node.unit, node.number] += 1
        if node.unit in containers():
            todo.extend((child, annexed) for child in node.children)
    units = {unit for (unit, _), times in counted.items() if times > 1}
    return frozenset(key for key in counted if key[0] in units)
