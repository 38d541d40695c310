"""The names of news agencies, compiled from `lexicon/agencies.toml`: one expression that finds every spelling of all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.grammar.spellings import WORD, spellings, trie
from parsers.lexicon import LexiconError, known_keys, load, require, words
from parsers.persian.letters import NON_JOINING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = "agencies.toml"
_END = rf"(?!\u200c?{WORD})"


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: `aliases` name nothing else, `ambiguous` are words, months and provinces as well."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyNames:
    """All spellings: `pattern` finds them after one character that begins no word (so put a blank before the text).

    `slugs` says whose a spelling is (`spellings.key_of`), `sure` holds those that name nothing else.
    """

    pattern: re.Pattern[str]
    slugs: Mapping[str, str]
    sure: frozenset[str]


@cache
def agencies() -> dict[str, Agency]:
    """Return every agency of the lexicon by slug. Raises LexiconError for an entry that does not hold."""
    found: dict[str, Agency] = {}
    for slug, table in require(load("agencies"), "agencies", dict, FILE).items():
        where = f"{FILE}: agencies.{slug}"
        known_keys(table, {"name", "aliases", "ambiguous"}, where)
        aliases, ambiguous = words(table, "aliases", where), words(table, "ambiguous", where)
        found[slug] = Agency(slug, require(table, "name", str, where), aliases, ambiguous)
    return found


@cache
def agency_names() -> AgencyNames:
    """Return the expression for every spelling of every agency."""
    sure = _slugs((agency.slug, agency.aliases) for agency in agencies().values())
    slugs = _slugs((agency.slug, agency.ambiguous) for agency in agencies().values()) | sure
    # «خبرنگارخبرگزاری فارس»: after a letter that does not join, a lost blank is not seen.
    titles = tuple(load("agencies")["cues"]["titles"])
    titled = [spelling for spelling in sure if spelling.startswith(titles)]
    pattern = rf"(?:[\W_]{trie(slugs)}|[{''.join(sorted(NON_JOINING))}]{trie(titled)}){_END}"
    return AgencyNames(re.compile(pattern), slugs, frozenset(sure))


def _slugs(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for slug, aliases in named:
        for alias in aliases:
            for spelling in spellings(alias):
                if found.setdefault(spelling, slug) != slug:
                    raise LexiconError(f"{FILE}: agencies.{slug}: `aliases` holds {alias!r}, which is {found[spelling]}'s too")
    return found
