"""Instruments by their short names: «ق.م.ا», «ق م ا», «قانون بودجه ۹۸»."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.facts.instruments import registry
from parsers.facts.instruments.models import Named
from parsers.facts.instruments.registry import GAP
from parsers.grammar.names import key_of
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.view import View

_ABBREVIATION = re.compile(
    f"(?:قانون{GAP}(?=[^\\W\\d_]{GAP}\\.{GAP}[^\\W\\d_]))?[^\\W\\d_](?:{GAP}\\.{GAP}[^\\W\\d_]){{1,4}}(?![\\w\u200c])"
)
_DOTTED = re.compile(f"\\.{GAP}[^\\W\\d_](?!\\w)")
_SPACED = re.compile("ق(?:[ \u200c.]{1,2}[^\\W\\d_](?!\\w)){1,4}")
_BUDGET = re.compile(
    f"(قانون|لایحه){GAP}بودجه{GAP}(?:ی{GAP})?(?:سال{GAP})?((?:1[34])?[0-9]{{2}})(?![0-9])"
    f"(?:{GAP}کل)?(?:{GAP}کشور(?![\\w\u200c]))?"
)
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def budget_at(folded: str, at: int) -> Named | None:
    """The budget of a year: «قانون بودجه سال ۱۳۹۸ کل کشور», «لایحه بودجه ۱۴۰۳»."""
    found = _BUDGET.match(folded, at)
    if found is None:
        return None
    year = int(found[2]) if len(found[2]) == 4 else int(found[2]) + (1300 if int(found[2]) > 30 else 1400)
    title = f"{found[1]} بودجه سال {year} کل کشور".translate(_PERSIAN_DIGITS)
    return Named(found.start(), found.end(), title, "law" if found[1] == "قانون" else "bill_or_plan", listed=True)


def spaced_at(folded: str, at: int) -> Named | None:
    """A listed abbreviation without dots: «ق م ا»."""
    found = _SPACED.match(folded, at)
    known = registry.lexicon()[1].get(key_of(found[0])) if found else None
    return Named(at, found.end(), known.title, known.kind, known.body, listed=True) if found and known else None


def abbreviation_at(view: View, at: int) -> Named | None:
    """A listed abbreviation with dots, or one that the sentence decides (kind "ambiguous", its letters the title)."""
    found = _ABBREVIATION.match(view.folded, at)
    if found is None:
        return None
    ends = [dot.end() for dot in _DOTTED.finditer(found[0])]
    for end in reversed(ends):  # «ق.م.ا. و …»: the last letter may be a word of its own; «ق.ا.ا.م» is not ق.ا
        if end < ends[-1] and (" " not in found[0][end:] or " " in found[0][:end].removeprefix("قانون ")):
            break
        letters = key_of(re.sub("[.\\s\u200c]", "", found[0][:end].removeprefix("قانون")))
        known = registry.lexicon()[1].get(letters)
        if known is not None:
            return Named(at, at + end, known.title, known.kind, known.body, listed=True)
        if letters in load("instruments")["ambiguous"]:
            return Named(at, at + end, letters, "ambiguous", listed=True)
    return None
