"""Whether «امروز» is the day of publication or nowadays: «صبح امروز», «امروز در جمع خبرنگاران»; «دنیای امروز», «امروز باید».

The words around it are evidence with weights, `[nowadays]` in `lexicon/dates.toml`; they were measured on news.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.calendar_words import any_of, key
from parsers.lexicon import load, require, words

Reading = Literal["day", "unsure", "nowadays"]

_SENTENCE_END = re.compile(r"[!?؟؛\n]|\.(?![0-9])")
_WHERE = "dates.toml: nowadays"


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Words that stand `place` («before», «after», «sentence»), and what they add: positive for the day."""

    pattern: re.Pattern[str]
    place: str
    weight: float


@cache
def _evidence() -> tuple[_Evidence, ...]:
    table = load("dates")["nowadays"]
    return tuple(_one(name, entry) for name, entry in table["evidence"].items())


def _one(name: str, entry: dict[str, Any]) -> _Evidence:
    where = f"{_WHERE}: {name}"
    place = require(entry, "place", str, where)
    any_word = f"{WORD_START}{any_of(words(entry, 'words', where))}"
    signs = f"[{re.escape(entry['signs'])}]*" if "signs" in entry else ""
    pattern = {"before": rf"{any_word}{GAP}{signs}{GAP}\Z", "after": f"{GAP}{signs}{GAP}{any_word}"}.get(place, any_word)
    return _Evidence(re.compile(pattern), place, float(entry["weight"]))


@cache
def _settings() -> tuple[frozenset[str], float, float, int, int]:
    table = load("dates")["nowadays"]
    return frozenset(map(key, table["of"])), table["day_from"], table["unsure_from"], table["reach_before"], table["reach_after"]


def reading_of(folded: str, start: int, end: int) -> Reading:
    """Return how the word at `start:end` is meant; other words than those of `nowadays.of` are always days."""
    of, day_from, unsure_from, reach_before, reach_after = _settings()
    if key(folded[start:end]) not in of:
        return "day"
    low, high = _sentence(folded, start, end, reach_before, reach_after)
    weight = sum(one.weight for one in _evidence() if _holds(one, folded, (start, end), (low, high)))
    return "day" if weight >= day_from else "unsure" if weight >= unsure_from else "nowadays"


def _holds(one: _Evidence, folded: str, span: tuple[int, int], sentence: tuple[int, int]) -> bool:
    if one.place == "before":
        return one.pattern.search(folded, max(0, span[0] - 40), span[0]) is not None
    if one.place == "after":
        return one.pattern.match(folded, span[1]) is not None
    if one.place == "later":
        return one.pattern.search(folded, span[1], sentence[1]) is not None
    return one.pattern.search(folded, sentence[0], span[0]) is not None


def _sentence(folded: str, start: int, end: int, reach_before: int, reach_after: int) -> tuple[int, int]:
    low = max(0, start - reach_before)
    for sentence_end in _SENTENCE_END.finditer(folded, low, start):
        low = sentence_end.end()
    stop = _SENTENCE_END.search(folded, end, end + reach_after)
    return low, stop.start() if stop else min(len(folded), end + reach_after)
