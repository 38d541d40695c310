"""The names of messengers, compiled from messengers.toml: one expression that finds every spelling of all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.grammar.spellings import WORD, spellings, trie
from parsers.lexicon import LexiconError, known_keys, load, optional, require, words

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "messengers"
_KEYS = {"name", "name_latin", "kind", "domestic", "operator", "ambiguity", "aliases", "ambiguous", "events"}
_EVENT_KEYS = {"kind", "on", "when", "source"}
# What a distinct name may carry without being another word: «تلگرامی», «واتساپ‌هایشان», «توییترم», «تلگرامو».
_ENDINGS = "و|رو|های|هایی|ها|هایش|هایشان|هایمان|هایتان|هایم|ی|ای|یی|م|ام|ت|ات|ش|اش|مان|تان|شان|ست|اند|ند|هاست|اید|ایم"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that befell a messenger: `on` an ISO day, or `when` as far as it is known."""

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
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """All spellings: `pattern` finds them behind one character that is no letter (so put a blank before the text).

    `slugs` says whose a spelling is (`spelling.key_of`), `sure` holds those that name nothing else. Others count only
    as whole words, without endings or a plural apart: `whole` matches behind them.
    """

    pattern: re.Pattern[str]
    slugs: Mapping[str, str]
    sure: frozenset[str]
    whole: re.Pattern[str]


@cache
def messengers() -> dict[str, Messenger]:
    """Every messenger of the lexicon by slug."""
    return {slug: _messenger(slug, table) for slug, table in load(_FILE).items()}


@cache
def names() -> Names:
    """The expression for every spelling of every messenger."""
    sure: dict[str, str] = {}
    unsure: dict[str, str] = {}
    for one in messengers().values():
        _add(sure, one.slug, one.aliases)
        _add(unsure, one.slug, one.ambiguous)
    ending = rf"(?:\u200c?(?:{_ENDINGS})){{0,2}}(?!{WORD})"
    slugs = {**unsure, **sure}
    whole = re.compile(rf"(?!\u200c?{WORD})(?! (?:ها|های|هایی)(?!{WORD}))")
    return Names(re.compile(rf"[\W_]{trie(slugs)}(?={ending})"), slugs, frozenset(sure), whole)


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


def _event(table: Mapping[str, Any], where: str) -> Event:
    known_keys(table, _EVENT_KEYS, f"{where}: events")
    on, when = (optional(table, key, "", where) or None for key in ("on", "when"))
    return Event(require(table, "kind", str, where), on, when, require(table, "source", str, where))
