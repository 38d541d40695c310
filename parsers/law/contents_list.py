"""The list of contents that a page prints above a law: its chapters, one after the other, with nothing between."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from parsers.law.label import is_container
from parsers.law.vocabulary import containers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.law.label import Label

_FEWEST = 2
_MANY = 3


def without_contents(folded: str, labels: Sequence[Label]) -> Sequence[Label]:
    """Return the labels of a text without those of its list of contents; all of them where it has none.

    The list ends where the first chapter comes again, before any article: «فصل اول، فصل دوم، فصل اول، ماده ۱». Where the text
    has no heading for it, the list is all chapters before the first article, if they come again further on.
    """
    labels = _without_bare_labels(folded, labels)
    headings = list(takewhile(is_container, labels))
    names = [(label.unit, label.number) for label in headings]
    again = [place for place, name in enumerate(names) if place >= _FEWEST and name == names[0]]
    if again:
        return labels[_with_outer(headings, again[-1]) :]
    is_list = any(count >= _MANY for count in Counter(label.unit for label in headings).values())
    later = {(label.unit, label.number) for label in labels[len(headings) :]}
    return labels[len(headings) :] if is_list and later.issuperset(names[1:]) else labels


def _without_bare_labels(folded: str, labels: Sequence[Label]) -> Sequence[Label]:
    """Return the labels without articles that are listed above, «ماده ۱», «ماده ۲», each alone on its line, and come again."""
    bare = list(takewhile(lambda pair: not folded[pair[0].end : pair[1].start].strip(), pairwise(labels)))
    names = [(label.unit, label.number) for label in labels[: len(bare) + 1]]
    again = next((place for place, name in enumerate(names) if place and name == names[0]), len(names))
    later = {(label.unit, label.number) for label in labels[again:]}
    is_list = len(bare) >= _FEWEST and later.issuperset(names[: min(again, len(bare))]) and all(unit for unit, _ in names)
    return labels[again:] if is_list and not any(map(is_container, labels[:again])) else labels


def _with_outer(headings: Sequence[Label], place: int) -> int:
    """Return where the headings begin that a heading stands right below: «بخش اول» above «فصل اول», though no list names it."""
    depths = containers()
    while place > _FEWEST and depths[headings[place - 1].unit or ""] < depths[headings[place].unit or ""]:
        place -= 1
    return place
