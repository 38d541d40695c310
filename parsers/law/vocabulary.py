"""The words of `law.toml`, as the patterns and names that the reader of laws composes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.joints import any_word
from parsers.lexicon import LexiconError, load
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

_SECTIONS = {
    "containers", "units", "sentences", "status", "closing", "title", "head", "amendments", "relations", "relation_titles",
}  # fmt: skip


@cache
def data() -> dict[str, Any]:
    """Return what `law.toml` holds. Raises LexiconError."""
    try:
        found = tomllib.loads((resources.files(__package__) / "law.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"law.toml: {error}") from error
    if set(found) != _SECTIONS:
        raise LexiconError(f"law.toml: sections should be {', '.join(sorted(_SECTIONS))}")
    known = {unit["name"] for unit in load("units")["unit"].values()}
    units = found["units"]
    for name in (*found["containers"], *units["articles"], *units["notes"], *units["items"]):
        if name not in known:
            raise LexiconError(f"law.toml: {name} is no unit of units.toml")
    return found


def words(section: str, key: str) -> str:
    """Return a pattern string for any word of a list, the longest first; blanks in a word may be any blanks, or none."""
    return any_word(data()[section][key])


@cache
def pattern(section: str, key: str) -> re.Pattern[str]:
    """Return the compiled pattern for any word of a list, up to the word's end."""
    return expression(words(section, key))


@cache
def whole_words(section: str, key: str) -> re.Pattern[str]:
    """Return the compiled pattern for any word of a list as it stands within a sentence."""
    return expression(f"{WORD_START}{words(section, key)}{GAP}")


_UNITS = data()["units"]
ARTICLE: str = _UNITS["articles"][0]
SINGLE_ARTICLE: str = _UNITS["single_article"]
NOTE: str = _UNITS["notes"][0]
ITEM: str = _UNITS["items"][0]
# Between a number and how often it has been inserted: «۵ مکرر», «۵ مکرر ۲».
REPEATED: str = load("clause_numbers")["repeated"][0]


@cache
def unit_words() -> Mapping[str, str]:
    """Return every spelling that opens a clause (singular, folded), with the unit's name."""
    wanted = {*containers(), *_UNITS["articles"], *_UNITS["notes"], *_UNITS["items"]}
    return {
        fold(form): unit["name"]
        for unit in load("units")["unit"].values() if unit["name"] in wanted
        for form in unit["singular"]
    }  # fmt: skip


@cache
def containers() -> Mapping[str, int]:
    """Return the units that hold articles, with how far in they usually stand (0 outermost)."""
    return dict(data()["containers"])


@cache
def annexes() -> frozenset[str]:
    """Return the containers that follow a law rather than divide it."""
    return frozenset(unit for unit, depth in containers().items() if depth == 0)


@cache
def article_units() -> tuple[str, ...]:
    """Return the units that are articles: they hold notes and lists."""
    return (SINGLE_ARTICLE, *_UNITS["articles"])


@cache
def note_units() -> tuple[str, ...]:
    """Return the units that are notes."""
    return tuple(_UNITS["notes"])


@cache
def item_units() -> tuple[str, ...]:
    """Return what an unnamed list is called, outermost first: بند, within it جزء, within that شق."""
    return tuple(_UNITS["items"])


@cache
def instrument_words() -> str:
    """Return a pattern string for any word that opens the title of an instrument, as it is spelt: «آیین‌نامه»."""
    return any_word(name for names in load("instruments")["heads"].values() for name in names)
