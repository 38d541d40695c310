"""All facts of a document, with offsets into the text as it was given.

`find_facts` reads repaired sections, `extract` any text: it repairs the text, finds, and maps every span back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parsers.facts import agencies, citations, dates, instruments, messengers, sessions
from parsers.facts.dates import read_day
from parsers.facts.memory import Memory
from parsers.facts.view import view
from parsers.facts.years_of_approval import instruments_with_years, references_with_years
from parsers.models import Facts
from parsers.persian import normalize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from parsers.facts.view import View
    from parsers.models import Section


def find_facts(sections: Sequence[tuple[Section | None, str]], published: date | None = None) -> Facts:
    """Return the facts of one document, given as its sections in reading order, repaired.

    `published` is the day of publication, against which relative and incomplete dates are read. Offsets are code points
    of the section that a fact names; each kind is in order of section and offset.
    """
    memory = Memory([view(text, section) for section, text in sections], published)
    references = _all(citations.find, memory)  # before the instruments: a clause makes an instrument of a bare title
    named = tuple(instruments_with_years(memory.views, _all(instruments.find, memory)))
    return Facts(
        mentions=_all(messengers.find, memory),
        references=tuple(references_with_years(memory.views, references, named)),
        instruments=named,
        sessions=_all(sessions.find, memory),
        dates=_all(dates.find, memory),
        agencies=_all(agencies.find, memory),
    )


def _all[T](find: Callable[[View, Memory], list[T]], memory: Memory) -> tuple[T, ...]:
    return tuple(fact for one in memory.views for fact in find(one, memory))


def extract(text: str, published: date | str | None = None) -> Facts:
    """Return the facts of a text, damaged or not: `start`, `end` and `surface` are of `text` exactly as given.

    `published` is a date, or a day as people write it: "2019-05-05", "1398-02-15", in any digits; a time after it is not
    read. Raises ValueError for a string that is no day, or a day that does not exist. Names and titles inside the facts
    are in repaired Persian.
    """
    repaired = normalize(text)
    facts = find_facts([(None, repaired.text)], _day(published))
    kinds = {kind: getattr(facts, kind) for kind in Facts.__slots__}
    return Facts(**{kind: tuple(_mapped(fact, repaired.offsets, text) for fact in found) for kind, found in kinds.items()})


def _day(published: date | str | None) -> date | None:
    return read_day(published) if isinstance(published, str) else published


def _mapped(fact: Any, offsets: Sequence[int], text: str) -> Any:
    """Return the fact with its span in the text as given: a letter restored inside a span does not widen it."""
    start, end = offsets[fact.start], offsets[fact.end - 1] + 1
    return replace(fact, start=start, end=end, surface=text[start:end])
