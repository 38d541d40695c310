"""What `law.toml` says, compiled."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from parsers.lexicon import LexiconError, load
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GAP = "[ \u00a0\u200c\u200e\u200f\u200d]{0,3}"
_SECTIONS = {"containers", "units", "running", "status", "closing", "title", "relations", "relation_titles"}


@cache
def data() -> dict[str, Any]:
    """The file's contents. Raises LexiconError."""
    try:
        found = tomllib.loads((resources.files(__package__) / "law.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"law.toml: {error}") from error
    if set(found) != _SECTIONS:
        raise LexiconError(f"law.toml: sections should be {', '.join(sorted(_SECTIONS))}")
    known = {unit["name"] for unit in load("units")["unit"].values()}
    units = found["units"]
    for name in (*found["containers"], *units["articles"], *units["notes"], *units["items"], *units["named_items"]):
        if name not in known:
            raise LexiconError(f"law.toml: {name} is no unit of units.toml")
    return found


def either(names: Iterable[str]) -> str:
    """An expression for any of these words, the longest first; their blanks may be blanks, ZWNJs or nothing."""
    ordered = sorted({fold(name) for name in names}, key=len, reverse=True)
    return "(?:" + "|".join(GAP.join(map(re.escape, name.split(" "))) for name in ordered) + ")"


@cache
def unit_words() -> Mapping[str, str]:
    """Every spelling that opens a clause (singular), folded, and the unit's name."""
    wanted = {*containers(), *data()["units"]["articles"], *data()["units"]["notes"], *data()["units"]["named_items"]}
    return {
        fold(form): unit["name"]
        for unit in load("units")["unit"].values() if unit["name"] in wanted
        for form in unit["singular"]
    }  # fmt: skip


@cache
def containers() -> Mapping[str, int]:
    """Units that hold articles, and how far in they stand."""
    return dict(data()["containers"])


@cache
def article_units() -> tuple[str, ...]:
    """Units that are articles: they hold notes and lists."""
    return ("ماده واحده", *data()["units"]["articles"])


@cache
def phrases(section: str, key: str) -> re.Pattern[str]:
    """An expression for any phrase of a list; a word's end behind it."""
    return re.compile(either(data()[section][key]) + "(?![\\w\u064b-\u0654])")
