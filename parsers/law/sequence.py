"""Which labels are clauses, and of which: by the numbers that are expected, by typography, by place.

A label is a clause where it goes on with a list that is open, innermost list first, or begins one. A sentence that merely
opens with «ماده ۵ این قانون» goes on with nothing, or has no dash; what stands in a quotation («ماده ۳ به این شرح اصلاح
می‌شود: «ماده ۳ ـ …»») belongs to another law. A number that would leave a gap is taken only where the missing one does not
come later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from parsers.law.labels import Label, is_container, is_first, later, successors
from parsers.law.words import GAP, containers, data, either

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_MISSING = 40
_MOST_LETTERS_MISSING = 3
_DEEPEST = 6
_AHEAD = 400  # labels looked through, so that no text costs more than its length
_LONGEST_HEADING = 140
_SENTENCE_END = re.compile("[.؛:!؟»)\\]،][ \u200c]*\\Z")
_QUOTES = re.compile("[«»]")


@dataclass(slots=True)
class Node:
    """A clause being built. `series` holds the last label of each list directly in it, by unit, style and mark."""

    label: Label | None
    unit: str
    number: int | str | None
    parent: Node | None
    children: list[Node] = field(default_factory=list)
    series: dict[tuple[str, str, str], Label] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """How many clauses are around it."""
        return 0 if self.parent is None else self.parent.depth + 1


def build(folded: str, labels: Sequence[Label]) -> Node:
    """The tree of a law's text: a root without label, clauses in order within."""
    return _Builder(folded, labels).build()


class _Builder:
    """One pass over the labels with a stack of what is open."""

    def __init__(self, folded: str, labels: Sequence[Label]) -> None:
        self._folded = folded
        quoted = quoted_spans(folded)
        starts = [start for start, _ in quoted]
        self._labels = [label for label in labels if not _within(label.start, quoted, starts)]
        self._root = Node(None, "", None, None)
        self._stack = [self._root]
        self._articles: Label | None = None
        self._at = 0

    def build(self) -> Node:
        for place, label in enumerate(self._labels):
            self._at = place
            self._take(label)
        return self._root

    def _take(self, label: Label) -> None:
        for read in filter(None, (label, label.shorter)):
            if is_container(read):
                taken = self._container(read)
            elif read.unit in ("ماده واحده", *data()["units"]["articles"]):
                taken = self._article(read)
            elif read.unit in data()["units"]["notes"]:
                taken = self._note(read)
            else:
                taken = self._item(read)
            if taken:
                return

    def _open(self, parent: Node, label: Label, unit: str) -> bool:
        while self._stack[-1] is not parent:
            self._stack.pop()
        node = Node(label, unit, label.number, parent)
        parent.children.append(node)
        parent.series[_signature(label)] = label
        self._stack.append(node)
        return True

    def _container(self, label: Label) -> bool:
        if not label.line or not (label.firm or self._is_heading(label)) or not self._may_head(label):
            return False
        if label.number is None and not self._root.children:
            return False  # «پیوست: دارد» of a letterhead
        depth = containers()[label.unit or ""]
        around = [node for node in self._stack if node.unit in containers()]
        parent = self._root
        for node in around:
            same_depth = containers()[node.unit] == depth and node.unit != label.unit
            if containers()[node.unit] < depth or (same_depth and all(n.unit != label.unit for n in around)):
                parent = node
        if depth == 0:
            parent = self._root
        if not self._reaches(parent, label):
            return False
        return self._open(parent, label, label.unit or "")

    def _reaches(self, parent: Node, label: Label) -> bool:
        """Whether a chapter's number goes on or begins; numbers may run through all parts."""
        last = parent.series.get(_signature(label)) or _last_of(self._root, label)
        return last is None or is_first(label.number) or label.number is None or self._follows(label, last)

    def _is_heading(self, label: Label) -> bool:
        line = _line_of(self._folded, label.end)
        return bool(line) and len(line) < _LONGEST_HEADING // 2 and not _running().match(line) and not _SENTENCE_END.search(line)

    def _may_head(self, label: Label) -> bool:
        line = _line_of(self._folded, label.end)
        return len(line) < _LONGEST_HEADING and not line.endswith((".", "؛"))

    def _article(self, label: Label) -> bool:
        holder = next(node for node in reversed(self._stack) if node.unit in containers() or node is self._root)
        last = holder.series.get(_signature(label)) or self._articles
        if label.number is None or label.unit == "ماده واحده":
            good = label.firm and last is None
        elif last is None:
            good = label.firm and (is_first(label.number) or self._is_alone(label))
        elif label.number in successors(last.number):
            good = label.firm or self._plainly(label)
        elif is_first(label.number):
            good = label.firm and not holder.series and holder is not self._root
        else:
            good = label.firm and label.line and self._jumps(label, last)
        if good:
            self._articles = label
        return good and self._open(holder, label, label.unit or "")

    def _is_alone(self, label: Label) -> bool:
        """An excerpt of a law: its articles begin anywhere, so long as they then go on."""
        return isinstance(label.number, int) and label.line and not self._comes(1, label)

    def _plainly(self, label: Label) -> bool:
        """Without a dash: at a line's beginning, after the end of a sentence, and not «ماده ۵ این قانون …»."""
        before = self._folded[max(0, label.start - 3) : label.start].rstrip("\n ")
        return label.line and not _running().match(self._folded, label.end) and (not before or bool(_SENTENCE_END.search(before)))

    def _jumps(self, label: Label, last: Label) -> bool:
        return self._follows(label, last) and not any(self._comes(number, label) for number in successors(last.number)[:1])

    def _comes(self, number: int | str, label: Label) -> bool:
        """Whether the same kind of clause with this number stands further on, before the next chapter."""
        for other in self._labels[self._at + 1 : self._at + _AHEAD]:
            if is_container(other) and other.firm and self._may_head(other):
                return False
            if other.unit == label.unit and other.number == number and other.firm and other.line:
                return True
        return False

    def _follows(self, label: Label, last: Label) -> bool:
        most = _MOST_MISSING if isinstance(label.number, int) else _MOST_LETTERS_MISSING
        return label.number in successors(last.number) or later(label.number, last.number, most)

    def _note(self, label: Label) -> bool:
        key = ("تبصره", "", "")
        for node in reversed(self._stack):
            last = node.series.get(key)
            if last is None or label.number is None or is_first(label.number):
                continue
            if label.number in successors(last.number) or (label.firm and later(label.number, last.number, _MOST_MISSING)):
                return (label.firm or self._plainly(label)) and self._open(node, label, "تبصره")
        if not (label.firm or (is_first(label.number) and self._plainly(label))):
            return False
        if not (label.number is None or is_first(label.number) or label.line):
            return False
        return self._open(self._noted(), label, "تبصره")

    def _noted(self) -> Node:
        """Which clause a first note is of: the article, unless the list that it interrupts goes on behind it."""
        held = [node for node in self._stack if node.unit != "تبصره"]
        article = next((node for node in reversed(held) if node.unit in _articles()), None)
        if article is None:
            items = [node for node in held if node.unit not in containers() and node is not self._root]
            return items[0] if items else held[-1]
        for node in held[held.index(article) + 1 :]:
            if node.label and node.parent is article and self._goes_on(node.label):
                return node
        return article

    def _goes_on(self, item: Label) -> bool:
        for other in self._labels[self._at + 1 : self._at + _AHEAD]:
            if other.unit in _articles() or is_container(other) or other.unit == "تبصره":
                return False
            if _signature(other) == _signature(item) and other.number in successors(item.number)[:2]:
                return True
        return False

    def _item(self, label: Label) -> bool:
        if label.style == "dotted":
            return self._dotted(label)
        for exact in (True, False):
            for node in reversed(self._stack):
                last = _last_in(node, label, exact=exact)
                if last is None or not self._continues(label, last):
                    continue
                if label.firm or (label.unit and self._plainly(label)):
                    return self._open(node, label, self._unit_of(node, label))
        return self._begins(label) and self._open(self._holder(label), label, self._unit_of(self._holder(label), label))

    def _continues(self, label: Label, last: Label) -> bool:
        if label.number in successors(last.number):
            return True
        return label.firm and label.line and self._follows(label, last) and not self._missing_comes(label, last)

    def _missing_comes(self, label: Label, last: Label) -> bool:
        following = successors(last.number)[:1]
        ahead = self._labels[self._at + 1 : self._at + 40]
        return any(other.number in following and _signature(other) == _signature(label) for other in ahead)

    def _begins(self, label: Label) -> bool:
        """Whether a list begins here."""
        if not (is_first(label.number) and label.firm) or len(self._stack) > _DEEPEST:
            return False
        if label.unit is None and label.style == "word" and not label.line:
            return False
        if label.line and label.unit:
            return True
        return self._second_comes(label) or (label.line and self._stack[-1] is not self._root)

    def _second_comes(self, label: Label) -> bool:
        for other in self._labels[self._at + 1 : self._at + 60]:
            if _signature(other)[:2] == _signature(label)[:2] and other.number in successors(label.number)[:2]:
                return True
            if other.unit in _articles():
                return False
        return False

    def _holder(self, label: Label) -> Node:
        """The clause that a new list is in: the innermost, but «بند ۱» is in no جزء."""
        if label.unit == "بند":
            return next(node for node in reversed(self._stack) if node.unit not in data()["units"]["items"])
        return self._stack[-1]

    def _unit_of(self, parent: Node, label: Label) -> str:
        """«بند» for the outermost list, «جزء» for one within it, «شق» for one within that."""
        if label.unit:
            return label.unit
        units: list[str] = data()["units"]["items"]
        return units[min(units.index(parent.unit) + 1, len(units) - 1)] if parent.unit in units else units[0]

    def _dotted(self, label: Label) -> bool:
        """«۳-۲-۱۰» stands in «۳-۲», or beside «۳-۲-۹»; the first of all may have no list before it."""
        parts = str(label.number).split("-")
        for node in reversed(self._stack):
            holds = node.unit in (*data()["units"]["items"], *_articles()) and (label.firm or label.line)
            if holds and str(node.number) == "-".join(parts[:-1]):
                return self._open(node, label, label.unit or "بند")
        for node in reversed(self._stack):
            last = node.series.get(_signature(label))
            if last and _same_but_last(str(last.number).split("-"), parts):
                return self._open(node, label, label.unit or "بند")
        if label.line and (label.firm or self._dotted_goes_on(parts)) and parts[-1] == "1":
            holder = next(node for node in reversed(self._stack) if node.unit not in data()["units"]["items"])
            return self._open(holder, label, label.unit or "بند")
        return False

    def _dotted_goes_on(self, parts: list[str]) -> bool:
        following = "-".join([*parts[:-1], str(int(parts[-1]) + 1)])
        return any(other.number == following for other in self._labels[self._at + 1 : self._at + 60])


def quoted_spans(folded: str) -> list[tuple[int, int]]:
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


def _within(place: int, spans: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, place) - 1
    return index >= 0 and place < spans[index][1]


def _signature(label: Label) -> tuple[str, str, str]:
    """What the labels of one list have in common."""
    if label.unit in data()["units"]["notes"]:
        return ("تبصره", "", "")
    if label.unit in _articles() or is_container(label):
        return (label.unit or "", "", "")
    if label.style == "dotted":
        return (label.unit or "", "dotted", "")
    return (label.unit or "", "letter" if label.style == "letter" else "number", label.mark if label.unit is None else "")


def _last_in(node: Node, label: Label, *, exact: bool) -> Label | None:
    """The last label of the list in a clause that this one could go on with: of the same mark, or of any."""
    wanted = _signature(label)
    if exact:
        return node.series.get(wanted)
    return next((last for key, last in reversed(node.series.items()) if key[1] == wanted[1] and key[1] != ""), None)


def _last_of(root: Node, label: Label) -> Label | None:
    """The last chapter of this kind anywhere."""
    found = None
    todo = list(root.children)
    while todo:
        node = todo.pop(0)
        if node.unit in containers():
            found = node.label if node.unit == label.unit else found
            todo = [*node.children, *todo]
    return found


def _same_but_last(one: list[str], other: list[str]) -> bool:
    return len(one) == len(other) and one[:-1] == other[:-1] and int(one[-1]) < int(other[-1]) <= int(one[-1]) + 3


def _line_of(folded: str, at: int) -> str:
    end = folded.find("\n", at)
    return folded[at : end if end >= 0 else len(folded)].strip()


@cache
def _running() -> re.Pattern[str]:
    return re.compile(f"{GAP}{either(data()['running']['words'])}(?![^\\W\\d_])")


@cache
def _articles() -> tuple[str, ...]:
    return ("ماده واحده", *data()["units"]["articles"])


