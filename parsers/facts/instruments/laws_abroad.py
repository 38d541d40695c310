"""Laws of other countries that have the name of an Iranian one: «قانون اساسی مصر», «قانون اساسی جدید عراق», «… این کشور»."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.facts.instruments.models import TitleMention, printed_title
from parsers.grammar.blanks import GAP, WORD_END, WORD_START
from parsers.grammar.joints import any_word
from parsers.grammar.names import any_of
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

    from parsers.facts.view import View
    from parsers.grammar.instrument_titles import Listed

_REACH = 600


def law_abroad(view: View, start: int, end: int, official: Listed) -> TitleMention | None:
    """Return the law of another country whose listed name stands at start..end, if a country follows it."""
    country = _country_after().match(view.folded, end)
    if country is not None:
        title = f"{printed_title(view, start, end)} {printed_title(view, country.start(1), country.end(1))}"
        return TitleMention(start, country.end(), title, official.kind, foreign=True, rule="of_country")
    this = _this_country().match(view.folded, end)
    named = list(_countries().finditer(view.folded, max(0, start - _REACH), start)) if this else []
    if not named:
        return None
    title = f"{printed_title(view, start, end)} {printed_title(view, *named[-1].span())}"
    return TitleMention(start, end, title, official.kind, foreign=True, rule="of_this_country", certain=False)


def names_countries(view: View) -> int:
    """Return how often a section names foreign countries."""
    return sum(1 for _ in _countries().finditer(view.folded))


def _words() -> dict[str, Any]:
    found: dict[str, Any] = load("instruments")["anaphora"]
    return found


@cache
def _country_after() -> re.Pattern[str]:
    """Return a foreign country after a title, as group 1, an adjective between or not."""
    return expression(f"{GAP}(?:{any_word(_words()['versions'])}{GAP})?({any_of(_words()['countries'])})")


@cache
def _this_country() -> re.Pattern[str]:
    return expression(f"{GAP}(?:{any_word(_words()['versions'])}{GAP})?{any_word(_words()['this_country'])}")


@cache
def _countries() -> re.Pattern[str]:
    return expression(f"{WORD_START}{any_of(_words()['countries'])}{WORD_END}")
