"""The text of an element as paragraphs, by one walk through it.

A paragraph ends where a block begins or ends and at every line break; a table's row is one paragraph, its cells parted by
tabs; a list's item is one. Markup that was escaped in the page is text here and stays text.

The page's own elements are walked in lexbor's tree; markup that a page carries as a value, in its JSON-LD, in BeautifulSoup's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.comparison import one_line
from parsers.page.markup_trees import LEXBOR, TEXT, fragment

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from parsers.page.markup_trees import MarkupTree

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "aside",
        "iframe",
        "form",
        "button",
        "select",
        "option",
        "object",
        "embed",
        "svg",
        "canvas",
        "figcaption",
        "audio",
        "video",
        "map",
        "input",
        "textarea",
        "head",
        "title",
        "meta",
        "link",
        "math",
        "caption",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_HIDDEN = expression(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_IN_CELL = 4  # paragraphs in a cell of a table that is no layout
_SHORT_STYLE = 200
_INVISIBLE = expression("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u200c ]+")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph as printed. `linked` counts its characters inside links, `hrefs` are where they lead.

    `number` is what a browser prints before the first paragraph of an item of an ordered list.
    """

    text: str
    kind: str = "p"
    linked: int = 0
    hrefs: tuple[str, ...] = ()
    number: int | None = None

    @property
    def is_link(self) -> bool:
        """Return whether the paragraph is nothing but links."""
        return self.linked > 0 and self.linked >= 0.9 * len(self.text)


@dataclass(slots=True)
class _Buffer:
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    hrefs: list[str] = field(default_factory=list)
    href: str = ""

    kinds: list[str] = field(default_factory=lambda: ["p"])
    links: int = 0
    number: int | None = None
    counted: dict[int, int] = field(default_factory=dict)

    def add(self, text: str) -> None:
        self.parts.append(text)
        if self.links and text.strip():
            self.linked += len(one_line(text))
            if self.href not in self.hrefs[-1:]:
                self.hrefs.append(self.href)

    def enter(self, name: str) -> None:
        self.links += name == "a"
        if name in _BLOCKS:
            self.flush()
            self.kinds.append(_kind(name, self.kinds[-1]))

    def leave(self, name: str) -> None:
        self.links -= name == "a"
        if name in _BLOCKS:
            self.flush()
            self.kinds.pop()

    def flush(self) -> None:
        if self.parts:
            text = one_line("".join(self.parts))
            if _INVISIBLE.sub("", text):
                self.blocks.append(Block(text, self.kinds[-1], self.linked, tuple(self.hrefs), self.number))
                self.number = None
        self.parts, self.linked, self.hrefs = [], 0, []


def read_blocks(element: LexborNode) -> list[Block]:
    """Return the paragraphs of an element of a page, in order."""
    return _walk(LEXBOR, LEXBOR.children(element))


def read_fragment(html: str) -> list[Block]:
    """Return the paragraphs of a piece of markup that is no part of the page's tree, in order."""
    return _walk(*fragment(html))


def _walk[Node](tree: MarkupTree[Node], roots: list[Node]) -> list[Block]:
    """Return the paragraphs of some elements. Iterative, so that depth costs no stack."""
    buffer = _Buffer()
    todo: list[tuple[str, Node | None]] = [("", node) for node in reversed(roots)]
    while todo:
        closed, node = todo.pop()
        if node is None:
            buffer.leave(closed)
            continue
        name = tree.name(node)
        if name == TEXT:
            _add_text(buffer, tree.text(node))
        elif name is not None and _enter(buffer, tree, node, name):
            todo.append((name, None))
            todo.extend([("", child) for child in reversed(tree.children(node))])
    buffer.flush()
    return buffer.blocks


def _enter[Node](buffer: _Buffer, tree: MarkupTree[Node], node: Node, name: str) -> bool:
    """Open an element; return False where nothing inside it is to be read, or all of it has been."""
    if name in _SKIPPED or _is_hidden(tree.attribute(node, "style")):
        return False
    if name == "br":
        buffer.flush()
        return False
    buffer.enter(name)
    if name == "tr" and _add_row(buffer, tree, node):
        buffer.leave(name)
        return False
    if name == "a":
        buffer.href = tree.attribute(node, "href") or ""
    if name == "li":
        buffer.number = _number_in_list(buffer, tree, node)
    return True


def _number_in_list[Node](buffer: _Buffer, tree: MarkupTree[Node], item: Node) -> int | None:
    """Return the number of an item of `<ol>`, which may begin at `start` or at the item's `value`; None in other lists."""
    box = tree.parent(item)
    if box is None or tree.name(box) != "ol":
        return None
    before = buffer.counted.get(tree.identity(box))
    stated = tree.attribute(item, "value") or (tree.attribute(box, "start") if before is None else None) or ""
    number = int(stated) if stated.isdecimal() and len(stated) < 6 else (before or 0) + 1
    buffer.counted[tree.identity(box)] = number
    return number


def _add_text(buffer: _Buffer, text: str) -> None:
    if buffer.kinds[-1] != "pre":
        buffer.add(text)
        return
    first, *others = text.split("\n")
    buffer.add(first)
    for line in others:
        buffer.flush()
        buffer.add(line)


def _kind(name: str, outer: str) -> str:
    if name in _HEADINGS:
        return "heading"
    return name if name in ("li", "blockquote", "pre", "tr") else outer


def _add_row[Node](buffer: _Buffer, tree: MarkupTree[Node], row: Node) -> bool:
    """Return a row of plain cells as one paragraph; False for a row that only lays out blocks, which is walked like any other."""
    cells = [cell for cell in tree.children(row) if tree.name(cell) in ("td", "th")]
    if any(tree.holds_table(cell) for cell in cells):
        return False
    texts = [[block.text for block in _walk(tree, [cell])] for cell in cells]
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(text) > _MOST_IN_CELL for text in texts):
        return False
    buffer.blocks.append(Block("\t".join(" ".join(text) for text in filled), "row"))
    return True


def _is_hidden(style: str | None) -> bool:
    if not style:
        return False
    return _hides(style) if len(style) <= _SHORT_STYLE else _HIDDEN.search(style) is not None


@lru_cache(maxsize=256)
def _hides(style: str) -> bool:
    return _HIDDEN.search(style) is not None
