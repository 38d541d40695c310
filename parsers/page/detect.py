"""Which content system made a page: by markers in its source, never by its domain, for domains change systems.

Law portals are the exception: some print nothing of their own but their addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.page.families import families, family_named

if TYPE_CHECKING:
    from parsers.page.families import Family

_HINTS_ENOUGH = 2
# Families from here on have no marks of their own.
_UNMARKED = 99


def detect(html: str, url: str | None, named: str = "auto") -> Family:
    """The family of a page: the first whose marks are found, else the one that the publisher names, else generic.

    A publisher's name for its system holds where the page does not plainly carry another's marks: an archive meets pages
    from before a site changed systems.
    """
    chosen = family_named(named)
    if chosen is not None and (chosen.order >= _UNMARKED or _fits(chosen, html, url)):
        return chosen
    marked = families() if chosen is None else [family for family in families() if _has_marker(family, html)]
    return next((family for family in marked if _fits(family, html, url)), chosen or families()[-1])


def detect_url(url: str | None) -> Family | None:
    """The law portal that an address belongs to."""
    return next((family for family in families() if _of_address(family, url)), None)


def _fits(family: Family, html: str, url: str | None) -> bool:
    if _has_marker(family, html) or sum(hint in html for hint in family.hints) >= _HINTS_ENOUGH:
        return True
    return _of_address(family, url)


def _has_marker(family: Family, html: str) -> bool:
    return any(marker in html for marker in family.markers)


def _of_address(family: Family, url: str | None) -> bool:
    return bool(url) and any(re.search(pattern, url or "", re.IGNORECASE) for pattern in family.urls)
