"""The names of messengers, compiled from messengers.toml: one expression that finds every spelling of all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.spellings import WORD, spellings, trie
from parsers.lexicon import LexiconError, known_keys, load, optional, require, words
from parsers.scanner import Scanner

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

_FILE = "messengers"
_KEYS = {"name", "name_latin", "kind", "domestic", "operator", "ambiguity", "aliases", "ambiguous", "events"}
_EVENT_KEYS = {"kind", "on", "when", "source"}


@dataclass(frozen=True, slots=True)
class MessengerEvent:
    """What happened to a messenger: `on` an ISO day, or `when` as far as it is known."""

    kind: str
    on: str | None
    when: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Messenger:
    """One messenger, network or app store. `ambiguity` runs from 0 (names nothing else) to 3 (a common word)."""

    slug: str
    name: str
    name_latin: str
    kind: str
    domestic: bool
    operator: str | None
    ambiguity: int
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]
    events: tuple[MessengerEvent, ...]


@dataclass(frozen=True, slots=True)
class MessengerNames:
    """All spellings: `scanner` finds them after one character that is no letter (so put a blank before the text).

    `slugs` says whose a spelling is (`spellings.key_of`), `sure` holds those that name nothing else. Others count only
    as whole words, without endings or a plural apart: `whole` matches after them.
    """

    scanner: Scanner
    slugs: Mapping[str, str]
    sure: frozenset[str]
    whole: re.Pattern[str]


@cache
def messengers() -> dict[str, Messenger]:
    """Return every messenger of the lexicon by slug. Raises LexiconError for an entry that does not hold."""
    return {slug: _messenger(slug, table) for slug, table in load(_FILE).items()}


@cache
def names() -> MessengerNames:
    """Return the expression for every spelling of every messenger."""
    sure: dict[str, str] = {}
    unsure: dict[str, str] = {}
    for one in messengers().values():
        _add(sure, one.slug, one.aliases)
        _add(unsure, one.slug, one.ambiguous)
    lists = load("messenger_cues")["lists"]
    ending = rf"(?:\u200c?(?:{'|'.join(lists['endings'])})){{0,2}}(?!{WORD})"
    slugs = {**unsure, **sure}
    whole = expression(rf"(?!\u200c?{WORD})(?! (?:{'|'.join(lists['plural'])})(?!{WORD}))")
    return MessengerNames(Scanner(expression(rf"[\W_]{trie(slugs)}(?={ending})"), lead=1), slugs, frozenset(sure), whole)


def _add(slugs: dict[str, str], slug: str, aliases: tuple[str, ...]) -> None:
    for alias in aliases:
        for spelling in spellings(alias):
            if slugs.setdefault(spelling, slug) != slug:
                raise LexiconError(f"{_FILE}.toml: {slug}: `aliases` holds {alias!r}, which is {slugs[spelling]}'s too")


def _messenger(slug: str, table: Mapping[str, Any]) -> Messenger:
    where = f"{_FILE}.toml: {slug}"
    known_keys(table, _KEYS, where)
    return Messenger(
        slug=slug,
        name=require(table, "name", str, where),
        name_latin=require(table, "name_latin", str, where),
        kind=require(table, "kind", str, where),
        domestic=require(table, "domestic", bool, where),
        operator=optional(table, "operator", "", where) or None,
        ambiguity=require(table, "ambiguity", int, where),
        aliases=words(table, "aliases", where),
        ambiguous=words(table, "ambiguous", where),
        events=tuple(_event(event, where) for event in optional(table, "events", list[Any](), where)),
    )


def _event(table: Mapping[str, Any], where: str) -> MessengerEvent:
    known_keys(table, _EVENT_KEYS, f"{where}: events")
    on, when = (optional(table, key, "", where) or None for key in ("on", "when"))
    return MessengerEvent(require(table, "kind", str, where), on, when, require(table, "source", str, where))
