"""Bodies of last resort: the text that JSON-LD carries, then trafilatura."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.page.comparison import one_line
from parsers.page.paragraphs import Block
from parsers.page.structured_data import article_value

if TYPE_CHECKING:
    from parsers.page.html_tree import Head

# trafilatura takes a second for each megabyte, and its memory is many times the page's.
_LARGEST = 1_000_000


def stated_body(head: Head) -> list[Block]:
    """Return the `articleBody` of the page's JSON-LD as paragraphs."""
    stated = article_value(head, "articleBody")
    if not isinstance(stated, str):
        return []
    return [Block(line) for line in map(one_line, stated.split("\n")) if line]


def extracted_text(html: str) -> list[str]:
    """Return the paragraphs that trafilatura finds; none on pages too large for it."""
    if len(html) > _LARGEST:
        return []
    # Slow to import, and few pages need it.
    from trafilatura import extract

    found = extract(html, include_comments=False, include_tables=True, deduplicate=False)
    return [line for line in map(one_line, (found or "").split("\n")) if line]
