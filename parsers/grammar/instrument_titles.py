"""Titles of laws, resolutions and other instruments (`lexicon/instruments.toml`): listed ones, and words that open a title."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.blanks import BLANK, GAP
from parsers.grammar.name_tree import FoundName, NameTree, beginnings
from parsers.grammar.names import any_of, key_of, look_up
from parsers.grammar.words_around import keys
from parsers.lexicon import load, optional, require, words
from parsers.scanner import Scanner

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


# Kinds whose titles begin alike: bills become laws, bylaws carry them out.
_ALIKE = {"law", "bill_or_plan", "bylaw", "directive"}
_YEAR = expression("/(1[34][0-9]{2})/")


@dataclass(frozen=True, slots=True)
class Listed:
    """An instrument of the lexicon. `body` is a slug of `bodies.toml`; `year` is the Jalali year of approval, where it is known.

    A `headless` one needs no «قانون» after a clause.
    """

    title: str
    kind: str
    body: str | None
    uri: str
    headless: bool = False
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """What a name in a text may mean: the kind of a `head` («قانون»), or instruments of that title, the one in force first."""

    kind: str | None = None
    head: str = ""
    listed: tuple[Listed, ...] = ()
    official: bool = False

    def of_year(self, year: int | None) -> Listed | None:
        """Return the instrument of that year, the one in force where there is none of that year; None for a head."""
        same = (one for one in self.listed if year is not None and one.year == year)
        return next(same, self.listed[0] if self.listed else None)


@dataclass(slots=True)
class _Register:
    names: dict[str, Name] = field(default_factory=dict)
    spelt: list[str] = field(default_factory=list)
    abbreviations: dict[str, Listed] = field(default_factory=dict)

    def add(self, table: dict[str, Any], where: str) -> None:
        listed = _listed(table, where)
        of_year = words(table, "of_year", where)
        if optional(table, "bare", default=True, where=where):
            self._add_name(listed.title, Name(listed=(listed,), official=True), found=not of_year)
            for name in words(table, "aliases", where):
                self._add_name(name, Name(listed=(listed,)))
        for name in of_year:
            self._add_name(name, Name(listed=(listed,)), later=True)
        self.abbreviations |= {key_of(name): listed for name in words(table, "abbr", where)}

    def _add_name(self, spelt: str, name: Name, *, found: bool = True, later: bool = False) -> None:
        """Add a name; one that is meant only with its year (`later`) goes after others of that name."""
        key = key_of(spelt)
        other = self.names.get(key, Name())
        listed = (*other.listed, *name.listed) if later else (*name.listed, *other.listed)
        self.names[key] = Name(listed=listed, official=name.official or other.official)
        if found:
            self.spelt.append(spelt)


def _listed(table: dict[str, Any], where: str) -> Listed:
    uri = require(table, "uri", str, where)
    year = _YEAR.search(uri)
    return Listed(
        require(table, "title", str, where), require(table, "kind", str, where), optional(table, "body", "", where) or None,
        uri, optional(table, "headless", default=False, where=where), int(year[1]) if year else None,
    )  # fmt: skip


@cache
def _register() -> _Register:
    register = _Register()
    for index, table in enumerate(load("instruments")["instrument"]):
        register.add(table, f"instruments.toml: instrument {table.get('uri', index)}")
    return register


@cache
def heads() -> dict[str, str]:
    """Return the words that open a title, as keys, with the kind of instrument they name."""
    return {key_of(name): kind for name, kind in _heads()}


def _heads() -> Iterator[tuple[str, str]]:
    for kind, openings in load("instruments")["heads"].items():
        for name in openings:
            yield name, kind


@cache
def _tree() -> NameTree[Name]:
    named = {name: _register().names[key_of(name)] for name in _register().spelt}
    return NameTree({name: Name(kind, name) for name, kind in _heads()} | named)


def name_at(folded: str, at: int) -> FoundName[Name] | None:
    """Return the longest title, alias or opening word that begins at `at`, if any."""
    return _tree().longest_at(folded, at)


def kind_of_head(word: str) -> str | None:
    """Return the kind of instrument that a word such as «قانون» names; None for other words."""
    return look_up(heads(), word)


def listed(title: str) -> Listed | None:
    """Return the instrument of that title or alias, the one in force if there are several; None if it is not listed."""
    name = look_up(_register().names, title)
    return name.of_year(None) if name else None


def abbreviated(letters: str) -> Listed | None:
    """Return the instrument of an abbreviation without its dots («قما»); None if it is not listed."""
    return _register().abbreviations.get(key_of(letters))


@cache
def opening_words(kind: str) -> frozenset[str]:
    """Return the words that titles of a kind begin with after their heads, as keys: «حمایت», «نحوه», «تشکیل»."""
    alike = _ALIKE if kind in _ALIKE else {kind}
    tables = (table for table in load("instruments")["instrument"] if table["kind"] in alike)
    titles = [word for table in tables for word in (table["title"], *table.get("aliases", ()))]
    return keys(parts[1] for title in titles if len(parts := title.split(" ")) > 2 and kind_of_head(parts[0]))


@cache
def words_of(name: str) -> frozenset[str]:
    """Return a list of `[anaphora]` as keys."""
    return keys(load("instruments")["anaphora"][name])


@cache
def this() -> re.Pattern[str]:
    """«این», «همین», «همان», «آن» before an opening word."""
    back = load("instruments")["anaphora"]
    return expression(f"(?:{any_of([*back['before'], *back['it']])}){GAP}")


@cache
def this_unit() -> re.Pattern[str]:
    """«این», «همین», «همان» before a unit; «فصل سوم آن فصل سردی بود» speaks of no «آن فصل»."""
    return expression(f"(?:{any_of(load('instruments')['anaphora']['before'])}){GAP}")


@cache
def mentioned() -> re.Pattern[str]:
    """«مذکور», «یادشده» … after an opening word or a unit."""
    return expression(GAP + any_of(load("instruments")["anaphora"]["after"]))


@cache
def trigger() -> Scanner:
    """Return what finds where any name or abbreviation may begin."""
    spelt = [*_register().spelt, *(name for name, _ in _heads())]
    return Scanner(expression(f"{beginnings(spelt)}|{abbreviation_start().pattern}"))


@cache
def abbreviation_start() -> re.Pattern[str]:
    """«ق.» as in «ق.م.ا»."""
    return expression(rf"{load('instruments')['short']['law']}{BLANK}{{0,2}}\.")


@cache
def _short_head() -> re.Pattern[str]:
    """«ق. کار», «ق کار»."""
    return expression(rf"{load('instruments')['short']['law']}{BLANK}?[. ]{BLANK}?(?=[^\W\d_]{{2}})")


@cache
def _part_of_law() -> re.Pattern[str]:
    """«بخش», «کتاب» before a law that is named without its head."""
    return expression(any_of(load("instruments")["anaphora"]["parts"]) + GAP)


def law_word() -> str:
    """Return the word that opens the title of a law."""
    word: str = load("instruments")["heads"]["law"][0]
    return word


def without_head(folded: str, at: int) -> FoundName[Listed] | None:
    """Return the law that is called without «قانون» at `at`, if any: «مجازات اسلامی», «بخش تعزیرات», «ق. کار».

    One word needs «ق.» before it, unless the law is headless.
    """
    part, short = _part_of_law().match(folded, at), _short_head().match(folded, at)
    start = part.end() if part else short.end() if short else at
    law = f"{law_word()} "
    found = name_at(law + folded[start : start + _REACH], 0)
    known = found.value.of_year(None) if found else None
    if found is None or known is None:
        return None
    called = folded[start : start + found.end - len(law)]
    one_word = " " not in called.strip() and not short
    if (one_word or part) and not known.headless:
        return None
    return FoundName(at, start + found.end - len(law), known)


_REACH = 90
