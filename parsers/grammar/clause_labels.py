"""A unit with its numbers: «بند ۱۱», «تبصره‌های ۲ و ۳», «ماده واحده», «سومین بند»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.grammar.blanks import GAP
from parsers.grammar.clause_numbers import Item
from parsers.grammar.names import openings_of, starts_word
from parsers.grammar.number_lists import numbers_at
from parsers.grammar.ordinals import ordinal_before
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
_YE = f'(?:[ \u200c]?ی(?![\\w\u200c]|{GAP}[)»"]))?'
_PLURAL = "[ \u200c]?ها(?:[ \u200c]?[یئ])?|ه[ \u200c]ای(?!\\w)"  # «بنده‌ای» is what a careless repair makes of «بندهای»
_NUMBER_SIGN = f"(?:{GAP}(?:شماره(?:[ \u200c]?ی(?!\\w)|[\u0654ء])?|شمارهٔ)(?!\\w))?"
_COULD_BE_NUMBER = (
    f"{GAP}(?=[0-9«\"'“‘(\\[{{]|الف(?!\\w)|[^\\W\\d_](?!\\w)|ه[\u0640\u200d]|یک|دو|سو|سه|چه|پن|پا|شش|شص|شا|هف|هش|هی|هج|هز|نه|نو|نخ|ده|یا|"
    "سی|بی|صد|اول)"
)


@cache
def units() -> dict[str, Unit]:
    """Every form of a unit's name, singular or plural, with the unit."""
    return {form: unit for form, (unit, _) in _forms().items()}


def is_unit(word: str) -> bool:
    """Whether a word is the name of a unit, in the plural too."""
    return word in units() or word.removesuffix("های").removesuffix("\u200c") in units()


@cache
def unit_named(name: str) -> Unit:
    """The unit that citations print as `name`; StopIteration where there is none."""
    return next(unit for unit, _ in _forms().values() if unit.name == name)


@cache
def _forms() -> dict[str, tuple[Unit, bool]]:
    forms: dict[str, tuple[Unit, bool]] = {}
    for slug, table in load("units")["unit"].items():
        unit, singular, plural = _unit(table, f"units.toml: unit.{slug}")
        forms |= dict.fromkeys((*singular, unit.name), (unit, False))
        forms |= dict.fromkeys(plural, (unit, True))
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
def _trigger() -> re.Pattern[str]:
    """Where a unit may begin; nothing but literals, because this is what every letter of a text is tried on."""
    return re.compile(openings_of(_forms()))


@cache
def _alone() -> re.Pattern[str]:
    """A note without a number, right before the clause that holds it: «تبصره ذیل بند ۳»."""
    names = "|".join(sorted(_forms(), key=len, reverse=True))
    return re.compile(f"تبصره{_MARKS}{_YE}(?={GAP}(?:(?:ذیل|از|الحاقی به|الحاقی){GAP})?((?:{names})[ \u200c0-9(]))")


@cache
def _after_ordinal() -> re.Pattern[str]:
    """A unit that may have its ordinal before it: «سومین بند»."""
    strong = [form for form, (unit, plural) in _forms().items() if not (unit.weak or plural)]
    names = "|".join(sorted(strong, key=len, reverse=True))
    return re.compile(f"({names}){_MARKS}{_YE}(?![^\\W\\d_]|\u200c[^\\W\\d_])")


def find_locators(folded: str) -> Iterator[Locator]:
    """Every locator of a text from left to right; they do not overlap."""
    at = 0
    for found in _trigger().finditer(folded):
        start = found.start()
        if start < at or not _may_start(folded, start):
            continue
        locator = locator_at(folded, start) or _ordinal_first(folded, start)
        if locator is not None and locator.start >= at:
            at = locator.end
            yield locator


def locator_at(folded: str, at: int) -> Locator | None:
    """The locator that begins at `at`."""
    located = _numbered_at(folded, at)
    if located is not None:
        return located
    alone = _alone().match(folded, at)
    if alone is None or _numbered_at(folded, alone.start(1)) is None:
        return None
    return Locator(unit_named("تبصره"), (), at, alone.end())


def _numbered_at(folded: str, at: int) -> Locator | None:
    """«ماده واحده», or a unit with its numbers."""
    vahede = _vahede().match(folded, at)
    if vahede is not None:
        return Locator(unit_named("ماده واحده"), (), at, vahede.end())
    found = _pattern().match(folded, at)
    if found is None:
        return None
    unit, plural = _forms()[found[1]]
    plural = plural or found[2] is not None
    numbers = numbers_at(folded, found.end(), plural=plural, articles=unit.rank >= 3)
    if numbers is None or not _apart(folded, numbers.items[0].start):
        return None
    return Locator(unit, numbers.items, at, numbers.end, plural)


def _ordinal_first(folded: str, at: int) -> Locator | None:
    """«سومین بند»: the unit at `at` with the ordinal before it."""
    end = at
    while end and folded[end - 1] in " \u200c":
        end -= 1
    if end == at or not folded.endswith("ین", 0, end):
        return None
    found, ordinal = _after_ordinal().match(folded, at), ordinal_before(folded, end)
    if found is None or ordinal is None:
        return None
    value, start = ordinal
    return Locator(_forms()[found[1]][0], (Item(value, start, end, "ordinal"),), start, found.end())


def _apart(folded: str, at: int) -> bool:
    """Digits and brackets may be glued to a unit, words and letters may not: «بنده» is no clause."""
    return not folded[at].isalpha() or not folded[at - 1].isalnum()


def _may_start(folded: str, at: int) -> bool:
    """A word's beginning, or right after a digit («بند1ماده6»)."""
    return starts_word(folded, at) or folded[at - 1].isdigit()
