"""Bodies of last resort: the text that JSON-LD carries, then trafilatura."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.comparison import one_line
from parsers.page.paragraphs import Block, read_fragment
from parsers.page.structured_data import article_value

if TYPE_CHECKING:
    from parsers.page.html_tree import Head

# trafilatura takes a second for each megabyte, and its memory is many times the page's.
_LARGEST = 1_000_000
_MOST_TAGS = 12_000  # more than any article has: BeautifulSoup would take seconds
_BREAKS, _OTHERS = "blockquote|br|div|h[1-6]|hr|li|ol|p|section|table|td|tr|ul", "a|b|em|figure|i|img|span|strong|u"
_MARKUP = expression(rf"</?(?:{_BREAKS}|{_OTHERS})\b[^<>]*>", re.IGNORECASE)
_BREAKING = expression(rf"<(?:{_BREAKS})\b", re.IGNORECASE)


def stated_body(head: Head) -> list[Block]:
    """Return the `articleBody` of the page's JSON-LD as paragraphs; many programs put markup there, or escaped markup."""
    stated = article_value(head, "articleBody")
    if not isinstance(stated, str):
        return []
    text = stated if _MARKUP.search(stated) else unescape(stated)
    if text.count("<") > _MOST_TAGS:
        return _lines(unescape(_MARKUP.sub("\n", text)))
    if not _MARKUP.search(text):
        return _lines(text)
    return read_fragment(text if _BREAKING.search(text) else text.replace("\n", "<br>"))


def _lines(text: str) -> list[Block]:
    return [Block(line) for line in map(one_line, text.split("\n")) if line]


def extracted_text(html: str) -> list[str]:
    """Return the paragraphs that trafilatura finds; none on pages too large for it."""
    if len(html) > _LARGEST:
        return []
    # Slow to import, and few pages need it.
    from trafilatura import extract

    # Fast: jusText, which it would ask next, reads the stop words of a hundred languages first, and found no other text.
    found = extract(html, include_comments=False, include_tables=True, deduplicate=False, fast=True)
    return [line for line in map(one_line, (found or "").split("\n")) if line]
