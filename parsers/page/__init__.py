"""Pages: what a capture is and what it says, as printed.

    read_page(capture, rules=None) -> Page
    crosscheck(capture, record) -> Issue | None

`decode` (bytes to text) → `html_tree` (lexbor: parse, head, furniture out) → `family_detection` (which content system) →
`article_box` (the article's elements) → `time_candidates` → `paragraphs` (BeautifulSoup, on the body alone) → `boilerplate` →
`verdict`. Pages without markup go to `plain_text`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parsers.page.models import Page
    from parsers.page.read import read_page
    from parsers.page.second_extractor import crosscheck, field_disagreements

__all__ = ["Page", "crosscheck", "field_disagreements", "read_page"]

_HOMES = {"Page": "models", "crosscheck": "second_extractor", "field_disagreements": "second_extractor", "read_page": "read"}


def __getattr__(name: str) -> Any:
    # Whoever only compares addresses must not pay for HTML parsers, nor a reader of pages for trafilatura.
    if name not in _HOMES:
        raise AttributeError(f"module 'parsers.page' has no attribute {name!r}")
    value = getattr(import_module(f"parsers.page.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
