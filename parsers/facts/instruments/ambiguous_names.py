"""An abbreviation that means one of two laws: its sentence decides («ق.م» is the press law next to words of the press)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.instruments.models import TitleMention, listed_mention
from parsers.grammar.blanks import GAP
from parsers.grammar.instrument_titles import listed
from parsers.grammar.names import key_of
from parsers.grammar.units import spellings_of
from parsers.grammar.words_around import keys, sentence_around
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

    from parsers.facts.view import View

_NEAR = 40


def is_ambiguous(letters: str) -> bool:
    """Return whether an abbreviation (without its dots) may mean more than one instrument."""
    return letters in load("instruments")["ambiguous"]


def meant_by(view: View, start: int, end: int, letters: str) -> TitleMention | None:
    """Return the instrument that an ambiguous abbreviation at start..end means in its sentence."""
    rule = load("instruments")["ambiguous"][letters]
    low, high = sentence_around(view.folded, start, end)
    sentence = key_of(view.folded[low:high])
    before = view.folded[max(low, start - _NEAR) : start]
    articles = [int(digits) for digits in _article().findall(before)]
    context = any(cue in sentence for cue in _cues(letters))
    context |= bool(_clause().search(before)) and bool(set(articles) & set(rule["clauses_of"]))
    context = context and all(number <= rule["max_article"] for number in articles)
    known = listed(rule["context"] if context else rule["default"])
    return listed_mention(start, end, known, "ambiguous_abbreviation", certain=False) if known else None


@cache
def _cues(letters: str) -> frozenset[str]:
    return keys(load("instruments")["ambiguous"][letters]["cues"])


@cache
def _article() -> re.Pattern[str]:
    """Return the number of an article, as group 1."""
    article = f"(?:{spellings_of('made')}|{'|'.join(load('units')['unit']['made']['plural'])})"
    return expression(f"{article}{GAP}\\(?([0-9]{{1,4}})")


@cache
def _clause() -> re.Pattern[str]:
    return expression(spellings_of("band"))
