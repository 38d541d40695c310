"""Whether «امروز» is the day of publication or nowadays: «صبح امروز», «امروز در جمع خبرنگاران»; «دنیای امروز», «امروز باید».

The words around it are evidence with weights, `[nowadays]` in `lexicon/dates.toml`; they were measured on news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from parsers.expressions import expression
from parsers.facts.dates.sense import SENTENCE_END, sentence_start
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.calendar_words import any_of, key, tied
from parsers.lexicon import LexiconError, load, require, words

Reading = Literal["day", "unsure", "nowadays"]

_WHERE = "dates.toml: nowadays"


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Words at a `place` of the sentence, and what they add: positive for the day."""

    pattern: re.Pattern[str]
    place: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where the sum of the weights starts, which weight decides alone, from where the sum speaks for the day; how far is read."""

    start: float
    decisive: float
    day_from: float
    unsure_from: float
    reach_before: int
    reach_after: int


@cache
def _words_in_doubt() -> frozenset[str]:
    return frozenset(map(key, load("dates")["nowadays"]["of"]))


@cache
def _scale() -> _Scale:
    table = load("dates")["nowadays"]
    return _Scale(**{name: table[name] for name in _Scale.__slots__})


@cache
def _evidence() -> tuple[_Evidence, ...]:
    return tuple(_one(name, entry) for name, entry in load("dates")["nowadays"]["evidence"].items())


def _one(name: str, entry: dict[str, Any]) -> _Evidence:
    where = f"{_WHERE}: {name}"
    place = require(entry, "place", str, where)
    forms = words(entry, "words", where)
    signs = f"[{re.escape(entry['signs'])}]*" if "signs" in entry else ""
    patterns = {
        "before": rf"{WORD_START}{tied(forms)}{signs}{GAP}\Z",
        "after": f"{GAP}{signs}{GAP}{any_of(forms)}",
        "earlier": f"{WORD_START}{any_of(forms)}",
        "later": f"{WORD_START}{any_of(forms)}",
    }
    if place not in patterns:
        raise LexiconError(f"{where}: `place` should be one of {', '.join(patterns)}")
    return _Evidence(expression(patterns[place]), place, float(entry["weight"]))


def reading_of(folded: str, start: int, end: int) -> Reading:
    """Return how the word at `start:end` is meant; other words than those of `nowadays.of` are always days."""
    if key(folded[start:end]) not in _words_in_doubt():
        return "day"
    scale = _scale()
    low, high = _sentence(folded, start, end)
    bounds = {"before": (low, start), "after": (end, high), "earlier": (low, start), "later": (end, high)}
    weight = scale.start
    for one in _evidence():
        look = one.pattern.match if one.place == "after" else one.pattern.search
        if look(folded, *bounds[one.place]):
            if one.weight >= scale.decisive:
                return "day"
            weight += one.weight
    return "day" if weight >= scale.day_from else "unsure" if weight >= scale.unsure_from else "nowadays"


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    low = sentence_start(folded, start, _scale().reach_before)
    high = min(len(folded), end + _scale().reach_after)
    stop = SENTENCE_END.search(folded, end, high)
    return low, stop.start() if stop else high
