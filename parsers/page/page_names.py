"""Which classes and ids a page has: most selectors of a family are for other themes, and each costs a walk over the tree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.html_tree import select

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborHTMLParser

_NAME = expression(r"[.#]([\w-]+)")
_PART = expression(r"\[(?:class|id)[*^$~|]?=[\"']?([\w-]+)")
_LISTED, _LOOKED_FOR = ("class", "id"), ("itemprop", "itemtype", "rel")
_NAMED = ", ".join(f"[{name}]" for name in (*_LISTED, *_LOOKED_FOR))
_ATTRIBUTE = expression(rf"\[({'|'.join(_LOOKED_FOR)})\b")
_NEGATION = expression(r":not\([^)]*\)")


@dataclass(frozen=True, slots=True)
class _Needs:
    """What a page must have for one alternative of a selector to match: whole names, parts of names, attributes."""

    names: frozenset[str]
    parts: tuple[str, ...]
    attributes: frozenset[str]


@lru_cache(maxsize=4096)
def _needs(selector: str) -> tuple[_Needs, ...]:
    return tuple(
        _Needs(frozenset(_NAME.findall(one)), tuple(_PART.findall(one)), frozenset(_ATTRIBUTE.findall(one)))
        for one in _NEGATION.sub("", selector).split(",")
    )


class PageNames:
    """The names of one page's elements, read once."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        values: list[str] = []
        found: set[str] = set()
        for node in select(tree, _NAMED):
            for name, value in node.attributes.items():
                if name in _LISTED:
                    values.append(value or "")
                elif name in _LOOKED_FOR:
                    found.add(name)
        self._names = frozenset(" ".join(values).split())
        self._joined = " ".join(self._names)
        self._attributes = frozenset(found)

    def able(self, selectors: Iterable[str]) -> tuple[str, ...]:
        """Return the selectors that may match an element of the page."""
        return tuple(selector for selector in selectors if any(map(self._may_match, _needs(selector))))

    def _may_match(self, needs: _Needs) -> bool:
        if not (needs.names <= self._names and needs.attributes <= self._attributes):
            return False
        return not needs.parts or all(part in self._joined for part in needs.parts)
