"""The headline that a page's own title and metadata state, and the element that prints it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.comparison import comparable
from parsers.page.html_tree import ancestors, select, text_of
from parsers.page.structured_data import article_text

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from parsers.page.html_tree import Head

_SEPARATOR = expression(r"\s+[|–—«»:-]\s+|\s*[|»«]\s*|\s::\s")
_SHORTEST = 12
_LONGEST = 300
_ALIKE = 0.6
_SILENT = frozenset(("script", "style", "noscript", "template", "option", "title", "a"))


class StatedTitle:
    """What the head of a page calls its article, in comparable text."""

    def __init__(self, head: Head) -> None:
        parts = [comparable(part) for part in _SEPARATOR.split(head.title)]
        named = (comparable(head.meta("og:title") or ""), comparable(article_text(head, "headline") or ""))
        self._whole = comparable(head.title)
        # The name of a site may be longer than a headline; metadata that repeat the first part of the title tell which is which.
        longest = parts[0] if parts[0] and parts[0] in named else max(parts, key=len)
        self._named = next((title for title in named if len(title) >= _SHORTEST), "")
        self._stated = [title for title in (*named, longest, self._whole) if len(title) >= _SHORTEST]

    def names(self, node: LexborNode) -> bool:
        """Return whether an element prints the stated headline, or most of it."""
        return self._is_stated(comparable(text_of(node)))

    def is_sites(self, node: LexborNode) -> bool:
        """Return whether an element prints the other part of the page's title: the name of the site."""
        flat = comparable(text_of(node))
        return flat in self._whole and not self._is_stated(flat)

    def is_named_apart(self, node: LexborNode | None) -> bool:
        """Return whether the metadata name a headline that an element has no part of: the element is a name of the site."""
        return node is not None and bool(self._named) and comparable(text_of(node)) not in self._named

    def heading(self, tree: LexborHTMLParser) -> LexborNode | None:
        """Return the first heading that prints the stated headline."""
        return next((node for node in select(tree, "h1, h2, h3, h4, h5") if self.names(node)), None) if self._stated else None

    def line(self, tree: LexborHTMLParser) -> LexborNode | None:
        """Return the first element whose own text is the stated headline, outside links."""
        for node in tree.body.traverse(include_text=True) if tree.body and self._stated else ():
            text = node.text_content or "" if node.is_text_node else ""
            around = node.parent
            able = _SHORTEST <= len(text) <= _LONGEST and around is not None and around.tag not in _SILENT
            if able and self._is_stated(comparable(text)) and not _is_in_link(around):
                return around
        return None

    def _is_stated(self, flat: str) -> bool:
        if len(flat) < _SHORTEST:
            return False
        return any((flat in title or title in flat) and _alike(flat, title) for title in self._stated)


def _is_in_link(node: LexborNode | None) -> bool:
    return node is not None and any(step.tag == "a" for step in islice(ancestors(node), 2))


def _alike(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= _ALIKE * max(len(one), len(other))
