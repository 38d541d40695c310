"""What the rooms know of the document that they read together: its sections, its day, and what each has noted so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from parsers.facts.view import View


class Memory:
    """One document while its facts are found. Its sections are read in order; every room keeps its own state here.

    `published` is the day of publication, against which incomplete and relative dates are read; None where it is unknown.
    """

    def __init__(self, views: Sequence[View], published: date | None = None) -> None:
        self.views = tuple(views)
        self.published = published
        self._states: dict[Callable[[], Any], Any] = {}

    def state[T](self, make: Callable[[], T]) -> T:
        """Return the state that `make` makes, the same object for every later call with this `make`."""
        if make not in self._states:
            self._states[make] = make()
        state: T = self._states[make]
        return state

    def index(self, view: View) -> int:
        """Return the place of a section in the document. Raises ValueError for a section of another document."""
        for index, known in enumerate(self.views):
            if known is view:
                return index
        raise ValueError("the section is not one of this document")
