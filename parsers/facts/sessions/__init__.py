"""Meetings of councils and other bodies that a document names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.facts.sessions.mentions import find_sessions

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import SessionMention


def find(view: View, memory: Memory) -> list[SessionMention]:
    """Return the sessions of a section, in order; the sections of a document are to be read in order."""
    return list(find_sessions(view, memory))
