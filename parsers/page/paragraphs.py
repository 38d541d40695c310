"""The text of an article box as paragraphs: BeautifulSoup reads what was elements, this walks it once.

A paragraph ends where a block begins or ends and at every line break; a table's row is one paragraph, its cells parted by
tabs; a list's item is one. Markup that was escaped in the page is text here and stays text.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from html import unescape

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, Tag
from bs4.element import NavigableString, PreformattedString

from parsers.expressions import expression, longest_first
from parsers.page.comparison import one_line

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
_MOST_TAGS = 12_000
_MOST_REFERENCES = 20_000
_BREAKING_TAG = expression(r"</?(?:" + "|".join(longest_first({*_BLOCKS, "br"})) + r")\b[^<>]*>", re.IGNORECASE)
# Tags that part no words, as lexbor writes them: BeautifulSoup takes most of its time for tags. What hides may be any of them.
_INLINE_TAG = expression(r"""</?(?:span|strong|b|em|i|u|font|small|mark|ins)(?:\s+[^\s=<>"']+(?:="[^"]*")?)*\s*>""")
_MAY_HIDE = expression("display|visibility", re.IGNORECASE)
_ANY_TAG = expression(r"</?[a-zA-Z][^<>]*>|<!--[^<>]*-->")
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_HIDDEN = expression(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
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


def read_blocks(html: str) -> list[Block]:
    """Return the paragraphs of a box of HTML, in order."""
    if html.count("<") > _MOST_TAGS or html.count("&") > _MOST_REFERENCES:
        return _read_roughly(html)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        lean = html if _MAY_HIDE.search(html) else _INLINE_TAG.sub("", html)
        soup = BeautifulSoup(lean, "html.parser", store_line_numbers=False)
    return walk(soup)


def _read_roughly(html: str) -> list[Block]:
    """Return the paragraphs of a box with more tags than any article, by the tags' names alone: objects would take seconds."""
    lines = unescape(_ANY_TAG.sub("", _BREAKING_TAG.sub("\n", html))).split("\n")
    return [Block(line) for line in map(one_line, lines) if line]


def walk(root: Tag) -> list[Block]:
    """Return the paragraphs of an element. Iterative, so that depth costs no stack."""
    buffer = _Buffer()
    todo: list[tuple[str, Tag | NavigableString]] = [("open", root)]
    while todo:
        step, node = todo.pop()
        if isinstance(node, PreformattedString):
            continue
        if isinstance(node, NavigableString):
            _add_text(buffer, node)
        elif step == "close":
            buffer.leave(node.name)
        elif _enter(buffer, node):
            todo.append(("close", node))
            todo.extend(("open", child) for child in reversed(node.contents) if isinstance(child, Tag | NavigableString))
    buffer.flush()
    return buffer.blocks


def _enter(buffer: _Buffer, node: Tag) -> bool:
    """Open an element; return False where nothing inside it is to be read, or all of it has been."""
    name = node.name
    if name in _SKIPPED or _is_hidden(node):
        return False
    if name == "br":
        buffer.flush()
        return False
    buffer.enter(name)
    if name == "tr" and _add_row(buffer, node):
        buffer.leave(name)
        return False
    if name == "a":
        buffer.href = str(node.get("href") or "")
    if name == "li":
        buffer.number = _number_in_list(buffer, node)
    return True


def _number_in_list(buffer: _Buffer, item: Tag) -> int | None:
    """Return the number of an item of `<ol>`, which may begin at `start` or at the item's `value`; None in other lists."""
    box = item.parent
    if box is None or box.name != "ol":
        return None
    stated = str(item.get("value") or (box.get("start") if id(box) not in buffer.counted else "") or "")
    number = int(stated) if stated.isdecimal() and len(stated) < 6 else buffer.counted.get(id(box), 0) + 1
    buffer.counted[id(box)] = number
    return number


def _add_text(buffer: _Buffer, node: NavigableString) -> None:
    if buffer.kinds[-1] != "pre":
        buffer.add(str(node))
        return
    for line in str(node).split("\n"):
        buffer.add(line)
        buffer.flush()


def _kind(name: str, outer: str) -> str:
    if name in _HEADINGS:
        return "heading"
    return name if name in ("li", "blockquote", "pre", "tr") else outer


def _add_row(buffer: _Buffer, row: Tag) -> bool:
    """Return a row of plain cells as one paragraph; False for a row that only lays out blocks, which is walked like any other."""
    cells = [cell for cell in row.contents if isinstance(cell, Tag) and cell.name in ("td", "th")]
    texts = [[block.text for block in walk_cell(cell)] for cell in cells]
    filled = [text for text in texts if text]
    if len(filled) < 2 or any(len(text) > 4 for text in texts):
        return False
    buffer.blocks.append(Block("\t".join(" ".join(text) for text in filled), "row"))
    return True


def walk_cell(cell: Tag) -> list[Block]:
    """Return the paragraphs of one cell; a cell that holds a table is a layout, and counts as many."""
    if any(isinstance(inner, Tag) and inner.name == "table" for inner in cell.descendants):
        return [Block("") for _ in range(9)]
    return walk(cell)


def _is_hidden(node: Tag) -> bool:
    style = node.attrs.get("style")
    return bool(style and _HIDDEN.search(str(style)))
