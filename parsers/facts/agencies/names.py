"""The names of news agencies, compiled from `lexicon/agencies.toml`: one expression that finds every spelling of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.spellings import WORD, spellings, trie
from parsers.lexicon import LexiconError, known_keys, load, require, words
from parsers.persian.letters import NON_JOINING
from parsers.scanner import Scanner

if TYPE_CHECKING:
    import re
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
    """All spellings: `scanner` finds them after one character that is no letter (so put a blank before the text).

    `glued` finds the title of some, «خبرنگار|خبرگزاری فارس», after a letter that does not join: there a lost blank is not seen.
    `slugs` says whose a spelling is (`spellings.key_of`), `sure` holds those that name nothing else.
    """

    scanner: Scanner
    glued: re.Pattern[str]
    slugs: Mapping[str, str]
    sure: frozenset[str]

    def places(self, text: str) -> list[tuple[int, int]]:
        """Return where names stand in a text without decoration, in order."""
        found = [(match.start(), match.end() - 1) for match in self.scanner.finditer(f" {text}")]
        glued = [match.span() for match in self.glued.finditer(text) if text[match.start() - 1 : match.start()] in NON_JOINING]
        return sorted([*found, *glued]) if glued else found


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
    titles = tuple(load("agencies")["cues"]["titles"])
    return AgencyNames(Scanner(expression(rf"[\W_]{trie(slugs)}{_END}"), lead=1), _glued(titles, sure), slugs, frozenset(sure))


def _glued(titles: tuple[str, ...], sure: Mapping[str, str]) -> re.Pattern[str]:
    """Titles stand first as literals, which are found fast."""
    after = {title: [name.removeprefix(title).strip() for name in sure if name.startswith(title)] for title in titles}
    return expression("|".join(rf"{title}[ _\u200c]?{trie(rests)}{_END}" for title, rests in after.items()))


def _slugs(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for slug, aliases in named:
        for alias in aliases:
            for spelling in spellings(alias):
                if found.setdefault(spelling, slug) != slug:
                    raise LexiconError(f"{FILE}: agencies.{slug}: `aliases` holds {alias!r}, which is {found[spelling]}'s too")
    return found
