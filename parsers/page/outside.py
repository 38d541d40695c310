"""What of a page is not its article, by tags and by names in classes and ids: headers, margins, comments, lists of others."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.html_tree import names_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_OUTSIDE_TAGS = frozenset(("footer", "nav", "aside", "header", "figure", "figcaption", "select", "marquee"))


@dataclass(frozen=True, slots=True)
class _Words:
    outside: frozenset[str]
    header: re.Pattern[str]
    own: re.Pattern[str]
    telling: re.Pattern[str]


@cache
def _words() -> _Words:
    table = tomllib.loads((resources.files(__package__) / "surroundings.toml").read_text(encoding="utf-8"))
    return _Words(
        outside=frozenset(table["outside"]),
        header=expression(table["header"], re.IGNORECASE),
        own=expression(table["own"], re.IGNORECASE),
        telling=expression(table["telling"], re.IGNORECASE),
    )


def is_outside(node: LexborNode) -> bool:
    """Return whether the tag, class or id of an element says that what it holds is not the article's."""
    return _names_outside(node.tag or "", names_of(node))


@lru_cache(maxsize=8192)
def _names_outside(tag: str, names: str) -> bool:
    words = _words()
    if tag in _OUTSIDE_TAGS and words.own.search(names) is None:
        return True
    names = words.own.sub(" ", names)
    parts = names.lower().replace("-", " ").replace("_", " ").split()
    return not words.outside.isdisjoint(parts) or any(map(words.header.fullmatch, names.split()))


def telling() -> re.Pattern[str]:
    """Return the pattern of what a text has that may name a time or a writer."""
    return _words().telling
