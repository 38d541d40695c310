"""News agencies that a document names as its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.facts.agencies.credits import agencies_in

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import AgencyMention


def find(view: View, memory: Memory) -> list[AgencyMention]:  # noqa: ARG001 - every room has the same door
    """Return the agencies named as a source in a section, in order."""
    return list(agencies_in(view))
