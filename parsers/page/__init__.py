"""Pages: what a capture is and what it says, as printed.

    read_page(capture, rules=None) -> Page
    crosscheck(capture, record) -> Issue | None

`decode` → `tree` (lexbor: parse, head, furniture out) → `families` (which content system) → `carve` (the article's elements)
→ `paragraphs` (BeautifulSoup, on the body alone) → `boilerplate` → `verdict`. Pages without markup go to `text`.
"""

from __future__ import annotations

from parsers.page.model import Page
from parsers.page.read import read_page

__all__ = ["Page", "crosscheck", "read_page"]


def __getattr__(name: str) -> object:
    # trafilatura is slow to import and wanted once in fifty pages.
    if name != "crosscheck":
        raise AttributeError(f"module 'parsers.page' has no attribute {name!r}")
    from parsers.page.crosscheck import crosscheck

    return crosscheck
