"""Laws, resolutions and other instruments named in a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.facts.instruments.instruments_named import InstrumentsNamed
from parsers.facts.instruments.mentions import find_instruments, instrument_at
from parsers.facts.instruments.models import BackReference, TitleMention, listed_mention
from parsers.facts.instruments.settled_titles import settled, settled_one
from parsers.models import InstrumentMention

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View

__all__ = [
    "BackReference", "InstrumentsNamed", "TitleMention", "find", "find_instruments", "instrument_at", "listed_mention", "settled",
    "settled_one",
]  # fmt: skip


def find(view: View, memory: Memory) -> list[InstrumentMention]:
    """Return the instruments named in a section, in order, none inside another.

    A title that is neither listed nor quoted counts only where a clause of it is cited: `citations.find` reads the section first.
    """
    return [_mention(view, one) for one in memory.state(InstrumentsNamed).in_section(view)]


def _mention(view: View, one: TitleMention) -> InstrumentMention:
    surface = view.text[one.start : one.end]
    return InstrumentMention(one.start, one.end, surface, one.title, one.kind, one.body, view.section, one.rule, one.certain)
