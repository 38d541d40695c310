"""The list of contents that a page prints above a law: its chapters, one after the other, with nothing between."""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

from parsers.law.label import is_container
from parsers.law.vocabulary import containers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.law.label import Label

_FEWEST = 2
_MANY = 3


def without_contents(labels: Sequence[Label]) -> Sequence[Label]:
    """Return the labels of a text without those of its list of contents; all of them where it has none.

    The list ends where the first chapter comes again, before any article: «فصل اول، فصل دوم، فصل اول، ماده ۱». Where the text
    has no heading for it, the list is all chapters before the first article, if they come again further on.
    """
    headings = list(takewhile(is_container, labels))
    names = [(label.unit, label.number) for label in headings]
    again = [place for place, name in enumerate(names) if place >= _FEWEST and name == names[0]]
    if again:
        return labels[_with_outer(headings, again[-1]) :]
    is_list = any(count >= _MANY for count in Counter(label.unit for label in headings).values())
    later = {(label.unit, label.number) for label in labels[len(headings) :]}
    return labels[len(headings) :] if is_list and later.issuperset(names[1:]) else labels


def _with_outer(headings: Sequence[Label], place: int) -> int:
    """Return where the headings begin that a heading stands right below: «بخش اول» above «فصل اول», though no list names it."""
    depths = containers()
    while place > _FEWEST and depths[headings[place - 1].unit or ""] < depths[headings[place].unit or ""]:
        place -= 1
    return place
