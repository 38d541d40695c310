"""The lines of an element as lexbor has them: fast, for whole pages; bodies are read by `paragraphs`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.page.comparison import one_line
from parsers.page.html_tree import ancestors

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_INLINE = frozenset("a abbr b bdi bdo big cite code em font i ins kbd label mark q s small span strong sub sup time u".split())  # noqa: SIM905
_SILENT = frozenset(("script", "style", "noscript", "template", "option", "textarea", "-comment", "head", "title"))
_CELLS = frozenset(("td", "th"))


def tree_lines(root: LexborNode | None) -> list[str]:
    """Return the lines of text in an element: one for each block and for each row of a table, its cells parted by tabs."""
    lines: list[list[str]] = []
    last: tuple[int, int] | None = None
    for node in root.traverse(include_text=True) if root is not None else ():
        if node.tag == "br":
            last = None
        if not node.is_text_node or node.parent is None or node.parent.tag in _SILENT:
            continue
        text = node.text_content or ""
        if text.isspace() or not text:
            continue
        line, cell = _place(node.parent)
        if last is None or last[0] != line:
            lines.append([text])
        else:
            lines[-1].append(text if last[1] == cell else f"\t{text}")
        last = (line, cell)
    joined = ("\t".join(map(one_line, "".join(parts).split("\t"))) for parts in lines)
    return [line for line in joined if line.strip()]


def _place(holder: LexborNode) -> tuple[int, int]:
    """Return the element whose text is one line, and the cell in it: a row for simple cells, else the nearest block."""
    block = holder if holder.tag not in _INLINE else next((step for step in ancestors(holder) if step.tag not in _INLINE), holder)
    row = block.parent
    if block.tag in _CELLS and row is not None and row.tag == "tr":
        return row.mem_id, block.mem_id
    return block.mem_id, block.mem_id
