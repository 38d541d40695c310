"""The clauses of a law while they are being found: which are within which, and the last label of each list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.law.label import is_container
from parsers.law.numbering import later, successors
from parsers.law.vocabulary import NOTE, article_units, containers, item_units, note_units

if TYPE_CHECKING:
    from parsers.law.label import Label

Series = tuple[str, str, str]
# How many clauses of a list may be missing between two: they are dropped from old laws.
MOST_MISSING = 40
MOST_LETTERS_MISSING = 3


@dataclass(slots=True)
class OpenClause:
    """A clause while its text is read.

    `inner_law` numbers the laws printed within the law, 0 for none. `series` holds the last label of each list directly in it,
    by unit, style and mark.
    """

    label: Label | None
    unit: str
    number: int | str | None
    parent: OpenClause | None
    inner_law: int = 0
    children: list[OpenClause] = field(default_factory=list)
    series: dict[Series, Label] = field(default_factory=dict)

    def last_alike(self, label: Label) -> Label | None:
        """Return the last label of the list in it that has everything in common with this one."""
        return self.series.get(series_of(label))

    def last_in_style(self, label: Label) -> Label | None:
        """The last label of the newest list in it that counts as this one does, by numbers or by letters, whatever its mark."""
        style = series_of(label)[1]
        return next((last for key, last in reversed(self.series.items()) if key[1] == style and key[1] != ""), None)

    def last_chapter(self, label: Label) -> Label | None:
        """Return the last chapter of this kind anywhere in it."""
        found = None
        todo = list(self.children)
        while todo:
            node = todo.pop(0)
            if node.unit in containers():
                found = node.label if node.unit == label.unit else found
                todo = [*node.children, *todo]
        return found


def series_of(label: Label) -> Series:
    """Return what the labels of one list have in common."""
    if label.unit in note_units():
        return (NOTE, "", "")
    if label.unit in article_units() or is_container(label):
        return (label.unit or "", "", "")
    if label.style == "dotted":
        return (label.unit or "", "dotted", "")
    return (label.unit or "", "letter" if label.style == "letter" else "number", label.mark if label.unit is None else "")


def unit_of(parent: OpenClause, label: Label) -> str:
    """Return what a clause is called: «بند» in the outermost list, «جزء» in one within it, «شق» in one within that."""
    if label.unit:
        return label.unit
    units = item_units()
    return units[min(units.index(parent.unit) + 1, len(units) - 1)] if parent.unit in units else units[0]


def follows(label: Label, last: Label) -> bool:
    """Return whether it goes on with the list, though some in between may be missing."""
    most = MOST_MISSING if isinstance(label.number, int) else MOST_LETTERS_MISSING
    return label.number in successors(last.number) or later(label.number, last.number, most)


def had_notes(article: OpenClause, item: OpenClause, note: Label) -> bool:
    """Return whether items before this one had first notes numbered as this one is: then the last item has its own too."""
    before = (child for other in article.children if other is not item for child in other.children)
    return any(child.unit == NOTE and child.number == note.number for child in before)
