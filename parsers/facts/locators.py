"""A unit with its numbers: «بند ۱۱», «تبصره‌های ۲ و ۳», «ماده واحده», «سومین بند»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.facts.atoms import GAP, Item, numbers_at
from parsers.facts.trie import starts_word
from parsers.lexicon import load, optional, require, words

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of clause; `rank` grows outwards, `weak` units are ordinary words too."""

    name: str
    rank: float
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Locator:
    """A unit and its numbers in a text; no items: a unit without a number (ماده واحده, the only note of a clause)."""

    unit: Unit
    items: tuple[Item, ...]
    start: int
    end: int
    plural: bool = False

    @property
    def numbered(self) -> bool:
        """Whether it names a number."""
        return bool(self.items)


_MARKS = "[\u064b-\u0654\u0670ء]{0,2}"
_YE = f"(?:[ \u200c]?ی(?![\\w\u200c]|{GAP}[)»\"]))?"
_PLURAL = "[ \u200c]?ها(?:[ \u200c]?[یئ])?"
_NUMBER_SIGN = f"(?:{GAP}(?:شماره(?:[ \u200c]?ی(?!\\w)|[\u0654ء])?|شمارهٔ)(?!\\w))?"
_COULD_BE_NUMBER = (
    f"{GAP}(?=[0-9«\"'“‘(\\[{{]|الف(?!\\w)|[^\\W\\d_](?!\\w)|ه[\u0640\u200d]|یک|دو|سو|سه|چه|پن|پا|شش|شص|شا|هف|هش|هی|هج|هز|نه|نو|نخ|ده|یا|"
    "سی|بی|صد|اول)"
)


@cache
def units() -> dict[str, Unit]:
    """Every form of a unit's name, singular or plural, with the unit."""
    return {form: unit for form, (unit, _) in _forms().items()}


@cache
def unit_named(name: str) -> Unit:
    """The unit that citations print as `name`."""
    return next(unit for unit, _ in _forms().values() if unit.name == name)


@cache
def _forms() -> dict[str, tuple[Unit, bool]]:
    forms: dict[str, tuple[Unit, bool]] = {}
    for slug, table in load("units")["unit"].items():
        unit, singular, plural = _unit(table, f"units.toml: unit.{slug}")
        forms |= {form: (unit, False) for form in (*singular, unit.name)}
        forms |= {form: (unit, True) for form in plural}
    return forms


def _unit(table: dict[str, Any], where: str) -> tuple[Unit, tuple[str, ...], tuple[str, ...]]:
    unit = Unit(require(table, "name", str, where), float(table["rank"]), optional(table, "weak", False, where))
    return unit, words(table, "singular", where), words(table, "plural", where)


@cache
def _pattern() -> re.Pattern[str]:
    """A unit's name up to the place where its number begins; literals first, so that scanning is fast."""
    names = "|".join(sorted(_forms(), key=len, reverse=True))
    return re.compile(f"({names})({_PLURAL})?{_MARKS}{_YE}{_NUMBER_SIGN}{_COULD_BE_NUMBER}")


@cache
def _vahede() -> re.Pattern[str]:
    return re.compile(f"ماده{_YE}{GAP}(?:واحده|واحد)(?![^\\W\\d_]|\u200c[^\\W\\d_])")


@cache
def _any_pattern() -> re.Pattern[str]:
    return re.compile(f"{_vahede().pattern}|{_pattern().pattern}|{_alone().pattern}")


@cache
def _alone() -> re.Pattern[str]:
    """A note, clause or part without a number, right before the unit that holds it: «تبصره ذیل بند ۳»."""
    names = "|".join(sorted(_forms(), key=len, reverse=True))
    return re.compile(f"(?:تبصره|بند|جزء){_MARKS}{_YE}(?={GAP}(?:(?:ذیل|از){GAP})?(?:{names})[ \u200c0-9(])")


_ORDINAL_BEFORE = re.compile(f"(?:[^\\W\\d_]+(?:[ \u200c]?و[ \u200c]?|[ \u200c])?){{1,6}}")


def find_locators(folded: str) -> Iterator[Locator]:
    """Every locator of a text from left to right; they do not overlap."""
    at = 0
    pattern = _any_pattern()
    while found := pattern.search(folded, at):
        locator = locator_at(folded, found.start()) if _may_start(folded, found.start()) else None
        if locator is not None:
            yield locator
        at = max(found.start() + 1, locator.end if locator else 0)


def locator_at(folded: str, at: int) -> Locator | None:
    """The locator that begins at `at`."""
    vahede = _vahede().match(folded, at)
    if vahede is not None:
        return Locator(unit_named("ماده واحده"), (), at, vahede.end())
    found = _pattern().match(folded, at)
    if found is not None:
        unit, plural = _forms()[found[1]]
        plural = plural or found[2] is not None
        numbers = numbers_at(folded, found.end(), plural=plural, articles=unit.rank >= 3)
        if numbers is not None:
            return Locator(unit, numbers.items, at, numbers.end, plural)
    alone = _alone().match(folded, at)
    if alone is None:
        return None
    name = next(name for name in ("تبصره", "بند", "جزء") if folded.startswith(name, at))
    return Locator(unit_named(name), (), at, alone.end())


def _may_start(folded: str, at: int) -> bool:
    """A word's beginning, or right after a digit («بند1ماده6»)."""
    return starts_word(folded, at) or folded[at - 1].isdigit()
