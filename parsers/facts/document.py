"""All facts of a document, with offsets into the text as it was given.

`find_facts` reads repaired sections, `extract` any text: it repairs the text, finds, and maps every span back.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.facts import agencies, citations, dates, instruments, messengers, sessions
from parsers.facts.dates import read_day
from parsers.facts.memory import Memory
from parsers.facts.view import view
from parsers.facts.years_of_approval import instruments_with_years, references_with_years
from parsers.models import Facts
from parsers.persian import normalize

_TATWEEL = "\u0640"
_DRAWN = expression(r"(?<=[^\W\d_\u0640])\u0640+(?=[^\W\d_])")

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
    drawn = {section: text for section, text in sections if _TATWEEL in text and _DRAWN.search(text)}
    plain = {section: _undrawn(text) for section, text in drawn.items()}
    memory = Memory([view(plain[at][0] if at in plain else text, at) for at, text in sections], published)
    references = _all(citations.find, memory)  # before the instruments: a clause makes an instrument of a bare title
    named = tuple(instruments_with_years(memory.views, _all(instruments.find, memory)))
    facts = Facts(
        mentions=_all(messengers.find, memory),
        references=tuple(references_with_years(memory.views, references, named)),
        instruments=named,
        sessions=_all(sessions.find, memory),
        dates=_all(dates.find, memory),
        agencies=_all(agencies.find, memory),
    )
    if not drawn:
        return facts
    return _each(
        facts, lambda fact: _mapped(fact, plain[fact.section][1], drawn[fact.section]) if fact.section in drawn else fact
    )


def _undrawn(text: str) -> tuple[str, list[int]]:
    """Return a text without the tatweel within its words, «جلسـه», and the place of each letter in the text as given."""
    places: list[int] = []
    at = 0
    for found in _DRAWN.finditer(text):
        places += range(at, found.start())
        at = found.end()
    places += range(at, len(text))
    return "".join(text[place] for place in places), places


def _each(facts: Facts, mapped: Callable[[Any], Any]) -> Facts:
    return Facts(**{kind: tuple(mapped(fact) for fact in getattr(facts, kind)) for kind in Facts.__slots__})


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
    return _each(facts, lambda fact: _mapped(fact, repaired.offsets, text))


def _day(published: date | str | None) -> date | None:
    return read_day(published) if isinstance(published, str) else published


def _mapped(fact: Any, offsets: Sequence[int], text: str) -> Any:
    """Return the fact with its span in the text as given: a letter restored inside a span does not widen it."""
    start, end = offsets[fact.start], offsets[fact.end - 1] + 1
    return replace(fact, start=start, end=end, surface=text[start:end])
