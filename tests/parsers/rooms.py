"""Rooms of facts asked by themselves, as the tests ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from parsers.facts import citations, instruments
from parsers.facts.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from parsers.facts.view import View
    from parsers.models import InstrumentMention, Reference


def found_by(room: Any, views: Sequence[View], published: date | None = None) -> list[Any]:
    """What one room finds in the sections of a document."""
    memory = Memory(views, published)
    return [fact for one in views for fact in room.find(one, memory)]


def citations_and_instruments(views: Sequence[View]) -> tuple[list[Reference], list[InstrumentMention]]:
    """References and instruments of the sections of a document."""
    memory = Memory(views)
    references = [fact for one in views for fact in citations.find(one, memory)]
    return references, [fact for one in views for fact in instruments.find(one, memory)]
