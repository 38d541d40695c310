"""Dates in a text: days, ranges of days, months, seasons, years, and what is told from the day of publication."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.facts.dates.days import read_day
from parsers.facts.dates.mentions import find_dates

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import DateMention

__all__ = ["find", "find_dates", "read_day"]


def find(view: View, memory: Memory) -> list[DateMention]:
    """Return the dates of a section, in order, none inside another. They are found once, however often they are asked for."""
    known = memory.state(_Found)
    if id(view) not in known:
        known[id(view)] = [replace(found, section=view.section) for found in find_dates(view.text, memory.published)]
    return known[id(view)]


class _Found(dict[int, "list[DateMention]"]):
    """The dates of each section that has been read, by the identity of its view."""
