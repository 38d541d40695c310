"""Which content system made a page: by markers in its source, never by its domain, for domains change systems.

Law portals are the exception: some print nothing of their own but their addresses.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.page.families import families, family_named
from parsers.string_search import StringSearch

if TYPE_CHECKING:
    from parsers.page.families import Family

_HINTS_ENOUGH = 2
# Families from here on have no marks of their own.
_UNMARKED = 99


def detect(html: str, url: str | None, named: str = "auto") -> Family:
    """Return the family of a page: the first whose marks are found, else the one that the publisher names, else generic.

    A publisher's name for its system holds where the page does not plainly carry another's marks: an archive meets pages
    from before a site changed systems.
    """
    chosen = family_named(named)
    if chosen is not None and chosen.order >= _UNMARKED:
        return chosen
    marks = _search().found(html.encode("utf-8", "surrogatepass"))
    if chosen is not None and _has_marker(chosen, marks):
        return chosen
    # Plain marks of any family come before hints of the first: few pages carry marks of two systems, many share class names.
    found = next((family for family in families() if _has_marker(family, marks)), None)
    if found is None and chosen is None:
        found = next((family for family in families() if _has_hints(family, marks) or _of_address(family, url)), None)
    return found or chosen or families()[-1]


def detect_url(url: str | None) -> Family | None:
    """Return the law portal that an address belongs to."""
    return next((family for family in families() if _of_address(family, url)), None)


@cache
def _search() -> StringSearch:
    return StringSearch(mark.encode() for family in families() for mark in (*family.markers, *family.hints))


def _has_hints(family: Family, marks: set[bytes]) -> bool:
    return sum(hint.encode() in marks for hint in family.hints) >= _HINTS_ENOUGH


def _has_marker(family: Family, marks: set[bytes]) -> bool:
    return any(marker.encode() in marks for marker in family.markers)


def _of_address(family: Family, url: str | None) -> bool:
    return bool(url) and any(re.search(pattern, url or "", re.IGNORECASE) for pattern in family.urls)
