"""The instruments that a document names, by section."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.facts.instruments.models import TitleMention
    from parsers.facts.view import View


class InstrumentsNamed:
    """Grows while a document is read; within a section no instrument stands inside another."""

    def __init__(self) -> None:
        self._sections: dict[int, list[TitleMention]] = {}

    def in_section(self, view: View) -> list[TitleMention]:
        """Return what a section names, in order."""
        return self._sections.setdefault(id(view), [])

    def add(self, view: View, mention: TitleMention) -> bool:
        """Keep an instrument, unless it begins within one that is kept; return whether it was kept."""
        kept = self.in_section(view)
        before = self.last_before(view, mention.start, including=True)
        if before is not None and mention.start < before.end:
            return False
        insort(kept, mention, key=lambda one: one.start)
        return True

    def last_before(self, view: View, at: int, *, including: bool = False) -> TitleMention | None:
        """Return the last instrument of a section that begins before a place, or at it if `including`; None if there is none."""
        kept = self.in_section(view)
        place = bisect_right(kept, at if including else at - 1, key=lambda one: one.start)
        return kept[place - 1] if place else None
