"""Trees of markup as `paragraphs` walks them: what a node is called, says and holds, in lexbor's tree and in BeautifulSoup's."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

TEXT = "-text"  # what lexbor calls it


class MarkupTree[Node](Protocol):
    """How to read the nodes of one kind of tree."""

    def name(self, node: Node) -> str | None:
        """Return an element's name in lower case, `TEXT` for text, None or a name that no element has for what says nothing."""

    def text(self, node: Node) -> str:
        """Return what a text says."""

    def attribute(self, node: Node, name: str) -> str | None:
        """Return an attribute of an element; None where it has none of the name, or no value."""

    def children(self, node: Node) -> list[Node]:
        """Return what stands right in an element, texts and comments included."""

    def parent(self, node: Node) -> Node | None:
        """Return the element around a node."""

    def identity(self, node: Node) -> int:
        """Return what tells an element from all others."""

    def holds_table(self, node: Node) -> bool:
        """Return whether a table stands somewhere in an element."""


class _Lexbor:
    """The tree of a page."""

    def name(self, node: LexborNode) -> str | None:
        return node.tag

    def text(self, node: LexborNode) -> str:
        return node.text_content or ""

    def attribute(self, node: LexborNode, name: str) -> str | None:
        return node.attributes.get(name)

    def children(self, node: LexborNode) -> list[LexborNode]:
        return list(node.iter(include_text=True))

    def parent(self, node: LexborNode) -> LexborNode | None:
        return node.parent

    def identity(self, node: LexborNode) -> int:
        return node.mem_id

    def holds_table(self, node: LexborNode) -> bool:
        return node.css_first("table") is not None


LEXBOR: MarkupTree[LexborNode] = _Lexbor()


def fragment(html: str) -> tuple[MarkupTree[Any], list[Any]]:
    """Return how to read the nodes of a piece of markup, and its first ones, as BeautifulSoup has them from lxml."""
    # Slow to import, and few pages carry markup as a value.
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        # lxml, for it closes rows and cells that nobody has closed: else each would stand within the one before.
        return _Soup(), list(BeautifulSoup(html, "lxml", store_line_numbers=False).contents)


class _Soup:
    """A tree of BeautifulSoup's."""

    def __init__(self) -> None:
        from bs4 import Tag
        from bs4.element import NavigableString, PreformattedString

        self._element, self._text, self._silent = Tag, NavigableString, PreformattedString

    def name(self, node: Any) -> str | None:
        if isinstance(node, self._element):
            return node.name
        return TEXT if isinstance(node, self._text) and not isinstance(node, self._silent) else None

    def text(self, node: Any) -> str:
        return str(node)

    def attribute(self, node: Any, name: str) -> str | None:
        value = node.attrs.get(name)
        return None if value is None else str(value)

    def children(self, node: Any) -> list[Any]:
        return list(node.contents)

    def parent(self, node: Any) -> Any:
        return node.parent

    def identity(self, node: Any) -> int:
        return id(node)

    def holds_table(self, node: Any) -> bool:
        return node.find(["table", "tr"]) is not None
