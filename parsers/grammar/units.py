"""The units that clauses are called by: بند, ماده, تبصره … (`lexicon/units.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.blanks import BLANK
from parsers.lexicon import LexiconError, load, optional, require, words

if TYPE_CHECKING:
    import re


@dataclass(frozen=True, slots=True)
class Unit:
    """A kind of clause; `rank` grows outwards, `weak` units are ordinary words too."""

    slug: str
    name: str
    rank: float
    weak: bool = False

    @property
    def article(self) -> bool:
        """Whether it is an article or holds articles, so that a hyphen between its numbers is a range."""
        return self.rank >= unit_by_slug("made").rank


@dataclass(frozen=True, slots=True)
class Form:
    """One spelling of a unit's name."""

    unit: Unit
    plural: bool


@cache
def forms() -> dict[str, Form]:
    """Return every spelling of a unit's name, singular or plural."""
    found: dict[str, Form] = {}
    for slug, table in load("units")["unit"].items():
        where = f"units.toml: unit.{slug}"
        unit = _unit(slug, table, where)
        found |= dict.fromkeys((*words(table, "singular", where), unit.name), Form(unit, plural=False))
        found |= dict.fromkeys(words(table, "plural", where), Form(unit, plural=True))
    return found


def _unit(slug: str, table: dict[str, Any], where: str) -> Unit:
    return Unit(
        slug, require(table, "name", str, where), float(table["rank"]), optional(table, "weak", default=False, where=where)
    )


@cache
def units() -> dict[str, Unit]:
    """Return every spelling of a unit's name with its unit."""
    return {spelling: form.unit for spelling, form in forms().items()}


def is_unit(word: str) -> bool:
    """Return whether a word is the name of a unit, in the plural too."""
    return word in units() or _plural_ending().sub("", word) in units()


@cache
def unit_named(name: str) -> Unit:
    """Return the unit that citations print as `name`. Raises KeyError where there is none."""
    return units()[name]


@cache
def unit_by_slug(slug: str) -> Unit:
    """Return the unit `[unit.<slug>]` of the lexicon. Raises LexiconError where there is none."""
    for unit in units().values():
        if unit.slug == slug:
            return unit
    raise LexiconError(f"units.toml: unit.{slug} is missing")


@cache
def any_unit(*, strong: bool = False) -> str:
    """Return a pattern for any spelling of a unit's name, the longest first; `strong`: no weak units and no plurals."""
    wanted = (spelling for spelling, form in forms().items() if not strong or not (form.unit.weak or form.plural))
    return f"(?:{'|'.join(sorted(wanted, key=len, reverse=True))})"


def spellings_of(slug: str) -> str:
    """Return a pattern for the singular spellings of one unit."""
    wanted = (spelling for spelling, form in forms().items() if form.unit.slug == slug and not form.plural)
    return f"(?:{'|'.join(sorted(wanted, key=len, reverse=True))})"


@cache
def plural_endings() -> str:
    """Return a pattern for what makes a plural of a unit's name: «ها», «های»."""
    endings = sorted(load("units")["labels"]["plural"], key=len, reverse=True)
    return f"{BLANK}?(?:{'|'.join(ending.replace(' ', f'{BLANK}?') for ending in endings)})"


@cache
def _plural_ending() -> re.Pattern[str]:
    return expression(f"{plural_endings()}\\Z")
