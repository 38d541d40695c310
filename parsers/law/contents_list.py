"""The list of contents that a page prints above a law: its chapters, one after the other, with nothing between."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from parsers.law.label import is_container
from parsers.law.vocabulary import containers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.law.label import Label

_FEWEST = 2


def without_contents(labels: Sequence[Label]) -> Sequence[Label]:
    """Return the labels of a text without those of its list of contents; all of them where it has none.

    The list ends where the first chapter comes again, before any article: «فصل اول، فصل دوم، فصل اول، ماده ۱». No law has two
    first chapters with no clause between.
    """
    headings = list(takewhile(is_container, labels))
    again = [
        place for place, label in enumerate(headings)
        if place >= _FEWEST and (label.unit, label.number) == (headings[0].unit, headings[0].number)
    ]  # fmt: skip
    return labels[_with_outer(headings, again[-1]) :] if again else labels


def _with_outer(headings: Sequence[Label], place: int) -> int:
    """Return where the headings begin that a heading stands right below: «بخش اول» above «فصل اول», though no list names it."""
    depths = containers()
    while place > _FEWEST and depths[headings[place - 1].unit or ""] < depths[headings[place].unit or ""]:
        place -= 1
    return place
