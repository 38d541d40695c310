"""Which content system made a page: by markers in its source, never by its domain, for domains change systems."""

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


def _fits(family: Family, html: str, url: str | None) -> bool:
    if any(marker in html for marker in family.markers):
        return True
    if sum(hint in html for hint in family.hints) >= _HINTS_ENOUGH:
        return True
    return bool(url) and any(re.search(pattern, url or "", re.IGNORECASE) for pattern in family.urls)
