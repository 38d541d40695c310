"""Which clauses of which instruments a document cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.facts.citations.references import find_citations

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import Reference


def find(view: View, memory: Memory) -> list[Reference]:
    """Return the citations of a section, in order; the sections of a document are to be read in order.

    What a citation names as its instrument is noted for `instruments.find`.
    """
    return find_citations(view, memory)
