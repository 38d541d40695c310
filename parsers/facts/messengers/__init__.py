"""Messengers and social networks named in a document, ambiguous names on evidence only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.facts.messengers.mentions import find_messengers

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import Mention


def find(view: View, memory: Memory) -> list[Mention]:
    """Return the messengers named in a section, in order. One sense holds for a document: all of its sections are weighed."""
    found = memory.state(_Found)
    if not found.ready:
        found.by_section = find_messengers(memory.views)
        found.ready = True
    return found.by_section[memory.index(view)]


class _Found:
    """What all sections name, once they have been weighed together."""

    def __init__(self) -> None:
        self.ready = False
        self.by_section: list[list[Mention]] = []
