"""The Persian words of the pages for what the database calls by Latin names; data in words.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources


def word(name: str | None, group: str) -> str:
    """Return what readers call it: `word("blocked", "events")`. A name that nobody has translated is given as it is."""
    return group_of(group).get(name or "", name or "")


def group_of(name: str) -> dict[str, str]:
    """Return all words of a group."""
    return _groups().get(name, {})


@cache
def _groups() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("db.web").joinpath("words.toml").read_text("utf-8"))
