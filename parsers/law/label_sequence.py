"""Which labels are clauses, and of which: by the numbers that are expected, by typography, by place.

A label is a clause where it goes on with a list that is open, innermost list first, or begins one. A sentence that merely
opens with «ماده ۵ این قانون» goes on with nothing, or has no dash; what stands in a quotation («ماده ۳ به این شرح اصلاح
می‌شود: «ماده ۳ ـ …»») belongs to another law. A number that would leave a gap is taken only where the missing one does not
come later.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.law.container_order import container_depths, holder_of
from parsers.law.contents_list import without_contents
from parsers.law.inner_laws import ENOUGH_ARTICLES, InnerLaws
from parsers.law.label import is_container
from parsers.law.label_context import Surroundings
from parsers.law.new_text import NewText, changes_clauses, new_text_of
from parsers.law.numbering import is_first, later, next_dotted, plain_number, same_but_last, successors
from parsers.law.outline import MOST_MISSING, OpenClause, follows, had_notes, series_of, unit_of
from parsers.law.quotations import unquoted
from parsers.law.vocabulary import (
    ARTICLE,
    ITEM,
    NOTE,
    REPEATED,
    SINGLE_ARTICLE,
    annexes,
    article_units,
    containers,
    item_units,
    note_units,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.law.label import Label

_DEEPEST = 6


def build(folded: str, labels: Sequence[Label]) -> OpenClause:
    """Return the tree of a law's text: a root without label, clauses in order within."""
    return _Builder(folded, labels).build()


class _Builder:
    """One pass over the labels with a stack of what is open."""

    def __init__(self, folded: str, labels: Sequence[Label]) -> None:
        outside = without_contents(folded, unquoted(folded, labels))
        self._around = Surroundings(folded, outside)
        self._depths = container_depths(outside)
        self._root = OpenClause(None, "", None, None)
        self._stack = [self._root]
        self._articles: Label | None = None
        self._inner = InnerLaws()
        self._new_text: NewText | None = None

    def build(self) -> OpenClause:
        for label in self._around:
            self._take(label)
        return self._root

    def _take(self, label: Label) -> None:
        if self._is_in_new_text(label):
            return
        label = self._as_article(label)
        for read in filter(None, (label, label.otherwise)):
            if is_container(read):
                taken = self._container(read)
            elif read.unit in article_units():
                taken = self._article(read)
            elif read.unit in note_units():
                taken = self._note(read)
            else:
                taken = self._item(read)
            if taken:
                return

    def _is_in_new_text(self, label: Label) -> bool:
        """Return whether the label is of another law's new text, which the clause before it announces."""
        owner = self._stack[-1]
        if self._new_text is None and owner.label is not None:
            self._new_text = new_text_of(owner, self._around.said_between(owner.label, label))
        if self._new_text is None:
            return False
        instructs = changes_clauses(self._around.line_of(label))
        if self._new_text.holds(label, self._articles, instructs=instructs):
            return True
        self._new_text = None
        return False

    def _as_article(self, label: Label) -> Label:
        """«۲۵- (مکرر) …» after ماده ۲۵ is an article whose unit is left out."""
        last = plain_number(self._articles.number) if self._articles else None
        if (
            label.unit is None
            and label.line
            and REPEATED in str(label.number)
            and last is not None
            and plain_number(label.number) == last
        ):
            return replace(label, unit=ARTICLE)
        return label

    def _open(self, parent: OpenClause, label: Label, unit: str) -> bool:
        while self._stack[-1] is not parent:
            self._stack.pop()
        if self._inner.is_single and (unit in article_units() or unit in containers()):
            self._inner.leave()
        node = OpenClause(label, unit, label.number, parent, self._inner.open)
        parent.children.append(node)
        parent.series[series_of(label)] = label
        self._stack.append(node)
        return True

    def _container(self, label: Label) -> bool:
        if not label.line or not (label.firm or self._around.is_heading(label)) or not self._around.may_head(label):
            return False
        if label.number is None and not self._root.children:
            return False  # «پیوست: دارد» of a letterhead
        around = [node for node in self._stack if node.unit in containers()]
        parent = self._root if label.unit in annexes() else holder_of(label, self._root, around, self._depths)
        if not self._reaches(parent, label) or self._around.is_continuation(label):
            return False
        if is_first(label.number) and self._has_begun(parent, label) and self._around.articles_begin_again(ENOUGH_ARTICLES):
            self._inner.enter(self._articles)  # another law is printed below, with chapters of its own
        return self._open(parent, label, label.unit or "")

    def _has_begun(self, parent: OpenClause, label: Label) -> bool:
        """Return whether a law has chapters or articles where its first chapter would be; annexes follow any law."""
        if label.unit in annexes():
            return False
        articles = parent is self._root and any(child.unit in article_units() for child in parent.children)
        return articles or parent.last_alike(label) is not None

    def _reaches(self, parent: OpenClause, label: Label) -> bool:
        """Return whether a chapter's number goes on or begins; numbers may run through all parts."""
        last = parent.last_alike(label) or self._root.last_chapter(label)
        return last is None or is_first(label.number) or label.number is None or follows(label, last)

    def _article(self, label: Label) -> bool:
        holder = next(node for node in reversed(self._stack) if node.unit in containers() or node is self._root)
        last = holder.last_alike(label) or self._articles
        if label.number is None or label.unit == SINGLE_ARTICLE:
            good = label.firm and last is None
        elif last is None:
            good = self._begins_law(label)
        elif label.number in successors(last.number):
            good = label.firm or self._around.opens_plainly(label)
        elif is_first(label.number):
            good = label.firm and not holder.series and holder is not self._root
        else:
            good = label.firm and label.line and self._jumps(label, last)
        if not good and label.firm and label.line:
            return self._ends_inner_law(holder, label) or self._begins_inner_law(holder, label)
        if good:
            self._articles = label
        return good and self._open(holder, label, label.unit or "")

    def _begins_law(self, label: Label) -> bool:
        """Return whether the first article stands here: with a dash, or in a text without any, where others go on counting."""
        if label.firm:
            return is_first(label.number) or self._is_alone(label)
        return is_first(label.number) and self._around.opens_line(label) and self._around.counts_on(label, ENOUGH_ARTICLES)

    def _begins_inner_law(self, holder: OpenClause, label: Label) -> bool:
        """Return a law printed within this one: its articles count from 1 again, at least three, or it is a single one."""
        if label.unit == SINGLE_ARTICLE:
            return self._articles is not None and self._around.is_below_title(label) and self._begin_single_law(holder, label)
        if not is_first(label.number) or self._articles is None or not self._around.counts_on(label, ENOUGH_ARTICLES):
            return False
        self._inner.enter(self._articles)
        self._articles = label
        return self._open(holder, label, label.unit or "")

    def _begin_single_law(self, holder: OpenClause, label: Label) -> bool:
        if self._inner.is_single:
            self._inner.leave()
        self._inner.enter(self._articles)
        self._open(holder, label, SINGLE_ARTICLE)
        self._inner.is_single = True
        return True

    def _ends_inner_law(self, holder: OpenClause, label: Label) -> bool:
        """Return the first article after a law printed within: the outer numbers go on."""
        if not self._inner.ends_before(label, self._around):
            return False
        self._inner.leave()
        self._articles = label
        return self._open(holder, label, label.unit or "")

    def _is_alone(self, label: Label) -> bool:
        """Return an excerpt of a law: its articles begin anywhere, so long as they then go on."""
        return plain_number(label.number) is not None and label.line and not self._around.is_to_come(1, label)

    def _jumps(self, label: Label, last: Label) -> bool:
        return follows(label, last) and not any(self._around.is_to_come(number, label) for number in successors(last.number)[:1])

    def _note(self, label: Label) -> bool:
        for node in reversed(self._stack):
            last = node.series.get((NOTE, "", ""))
            if last is None or label.number is None or is_first(label.number):
                continue
            if label.number in successors(last.number) or (label.firm and later(label.number, last.number, MOST_MISSING)):
                return (label.firm or self._around.opens_plainly(label)) and self._open(node, label, NOTE)
        if not (label.firm or (is_first(label.number) and self._around.opens_plainly(label))):
            return False
        if not (label.number is None or is_first(label.number) or label.line):
            return False
        return self._open(self._noted(label), label, NOTE)

    def _noted(self, note: Label) -> OpenClause:
        """Return the clause that a first note is of: the article, unless the list that it interrupts goes on after it."""
        held = [node for node in self._stack if node.unit != NOTE]
        article = next((node for node in reversed(held) if node.unit in article_units()), None)
        if article is None:
            items = [node for node in held if node.unit not in containers() and node is not self._root]
            return items[0] if items else held[-1]
        for node in reversed(held[held.index(article) + 1 :]):
            if node.label and self._around.goes_on(node.label, past_notes=True):
                return node
            if node.parent is article and had_notes(article, node, note):
                return node
        return article

    def _item(self, label: Label) -> bool:
        if label.style == "dotted":
            return self._dotted(label)
        for exact in (True, False):
            for node in reversed(self._stack):
                last = node.last_alike(label) if exact else node.last_in_style(label)
                if last is None or not self._continues(label, last):
                    continue
                if label.firm or (label.unit and self._around.opens_plainly(label)):
                    return self._open(node, label, unit_of(node, label))
        if self._goes_on_in_next_chapter(label):
            return self._open(self._stack[-1], label, unit_of(self._stack[-1], label))
        return self._begins(label) and self._open(self._holder(label), label, unit_of(self._holder(label), label))

    def _goes_on_in_next_chapter(self, label: Label) -> bool:
        """Return whether a list without articles runs through the chapters: 3 in the second, after 1 and 2 in the first."""
        here = self._stack[-1]
        if here.unit not in containers() or here.series or here.parent is None or not (label.line and label.firm):
            return False
        before = here.parent.children[-2:-1]
        last = before[0].last_alike(label) if before and before[0].unit == here.unit else None
        return last is not None and label.number in successors(last.number)[:1]

    def _continues(self, label: Label, last: Label) -> bool:
        if label.number in successors(last.number):
            return True
        return label.firm and label.line and follows(label, last) and not self._around.has_next(label, last)

    def _begins(self, label: Label) -> bool:
        """Return whether a list begins here."""
        if not (is_first(label.number) and label.firm) or len(self._stack) > _DEEPEST:
            return False
        if label.unit is None and label.style == "word" and not label.line:
            return False
        if label.line and label.unit:
            return True
        return self._around.has_second(label) or (label.line and self._stack[-1] is not self._root)

    def _holder(self, label: Label) -> OpenClause:
        """Return the clause that a new list is in: the innermost, but «بند ۱» is in no جزء."""
        if label.unit == ITEM:
            return next(node for node in reversed(self._stack) if node.unit not in item_units())
        return self._stack[-1]

    def _dotted(self, label: Label) -> bool:
        """«۳-۲-۱۰» stands in «۳-۲», or beside «۳-۲-۹»; the first of all may have no list before it."""
        parts = str(label.number).split("-")
        for node in reversed(self._stack):
            holds = node.unit in (*item_units(), *article_units()) and (label.firm or label.line)
            if holds and str(node.number) == "-".join(parts[:-1]):
                return self._open(node, label, label.unit or ITEM)
        for node in reversed(self._stack):
            last = node.last_alike(label)
            if last and same_but_last(str(last.number).split("-"), parts):
                return self._open(node, label, label.unit or ITEM)
        if label.line and (label.firm or self._around.is_numbered_ahead(next_dotted(parts))) and parts[-1] == "1":
            holder = next(node for node in reversed(self._stack) if node.unit not in item_units())
            return self._open(holder, label, label.unit or ITEM)
        return False
