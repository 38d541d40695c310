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


def detect(html: str, url: str | None, named: str = "auto") -> Family:
    """The family of a page: the one named by the publisher, else the first whose marks are found, else generic."""
    chosen = family_named(named)
    if chosen is not None:
        return chosen
    return next((family for family in families() if _fits(family, html, url)), families()[-1])


def detect_url(url: str | None) -> Family | None:
    """The law portal that an address belongs to."""
    return next((family for family in families() if _of_address(family, url)), None)


def _fits(family: Family, html: str, url: str | None) -> bool:
    if any(marker in html for marker in family.markers):
        return True
    return sum(hint in html for hint in family.hints) >= _HINTS_ENOUGH or _of_address(family, url)


def _of_address(family: Family, url: str | None) -> bool:
    return bool(url) and any(re.search(pattern, url or "", re.IGNORECASE) for pattern in family.urls)
