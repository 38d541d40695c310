"""Laws printed within a law: a code that was replaced in part, a bylaw or an amending law below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.law.numbering import plain_number, successors

if TYPE_CHECKING:
    from parsers.law.label import Label
    from parsers.law.label_context import Surroundings

ENOUGH_ARTICLES = 2  # after the first one, that make a law


@dataclass(slots=True)
class InnerLaws:
    """Those of one text while it is read: how many, and which one is open (0: none).

    `is_single` where the open one is a law of one article; `around` holds the last article around each open one.
    """

    many: int = 0
    open: int = 0
    is_single: bool = False
    around: list[Label] = field(default_factory=list)

    def enter(self, last: Label | None) -> None:
        """Open one after the article that was last; none stands before the first article."""
        if last is not None:
            self.around.append(last)
            self.many += 1
            self.open = self.many

    def leave(self) -> None:
        """Go back to the law around it."""
        self.around.pop()
        self.open = 0
        self.is_single = False

    def ends_before(self, label: Label, surroundings: Surroundings) -> bool:
        """Return whether the law around goes on: with its next article, or after those that the inner law has replaced."""
        if not self.around:
            return False
        if label.number in successors(self.around[-1].number):
            return True
        last = plain_number(self.around[-1].number)
        is_later = isinstance(label.number, int) and last is not None and label.number > last
        return is_later and surroundings.counts_on(label, ENOUGH_ARTICLES)
