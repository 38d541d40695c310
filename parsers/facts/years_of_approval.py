"""The year of approval by which a text names an instrument, so that laws of one name are told apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.grammar.approval_years import approval_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from parsers.facts.view import View
    from parsers.models import InstrumentMention, Reference, Section

_OF_CLAUSE = 40
_WORDS_BETWEEN = 1
_ORDER: Mapping[Section | None, int] = {"kicker": 0, "title": 1, "lead": 2, "body": 3}


def instruments_with_years(
    views: Sequence[View], found: Sequence[InstrumentMention]
) -> Iterator[InstrumentMention]:  # fmt: skip
    """Yield the instruments, each with the year that stands after its title, if any."""
    texts = {view.section: view.folded for view in views}
    for mention in found:
        yield replace(mention, year=approval_year(texts[mention.section], mention.end))


def references_with_years(
    views: Sequence[View], found: Sequence[Reference], instruments: Sequence[InstrumentMention]
) -> Iterator[Reference]:  # fmt: skip
    """Yield the citations, each with the year of its instrument as it is named right after it, else as it was named last."""
    texts = {view.section: view.folded for view in views}
    for reference in found:
        year = _year_of(texts[reference.section], reference, instruments) if reference.instrument else None
        yield replace(reference, year=year) if reference.instrument else reference


def _year_of(folded: str, reference: Reference, instruments: Sequence[InstrumentMention]) -> int | None:
    same = [mention for mention in instruments if mention.title == reference.instrument]
    after = [m for m in same if m.section == reference.section and 0 <= m.start - reference.end <= _OF_CLAUSE]
    # «ماده ۵ آن در کنار قانون … مصوب ۱۳۹۱»: what stands some words further on is another mention.
    if after and len(folded[reference.end : after[0].start].split()) <= _WORDS_BETWEEN:
        return after[0].year
    place = (_ORDER.get(reference.section, 0), reference.start)
    before = [m for m in same if (_ORDER.get(m.section, 0), m.start) < place]
    return before[-1].year if before else None
