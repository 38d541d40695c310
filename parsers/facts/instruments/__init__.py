"""Laws, resolutions and other instruments named in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.facts.instruments.mentions import find_instruments, instrument_at
from parsers.facts.instruments.models import Anaphor, Named
from parsers.facts.instruments.named_so_far import NamedSoFar
from parsers.facts.instruments.registry import heads, kind_of_head, listed, names
from parsers.models import InstrumentMention

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View

__all__ = [
    "Anaphor", "Named", "NamedSoFar", "find", "find_instruments", "heads", "instrument_at", "kind_of_head", "listed", "names",
]  # fmt: skip


def find(view: View, memory: Memory) -> list[InstrumentMention]:
    """Return the instruments named in a section, in order, none inside another.

    A title that is neither listed nor quoted counts only where a clause of it is cited: `citations.find` reads the section first.
    """
    return [_mention(view, named) for named in memory.state(NamedSoFar).in_section(view)]


def _mention(view: View, named: Named) -> InstrumentMention:
    surface = view.text[named.start : named.end]
    return InstrumentMention(named.start, named.end, surface, named.title, named.kind, named.body, view.section)
