"""Where the text of an unknown page is: the element that holds most prose.

Every stretch of text outside links is credited to the element that holds its paragraph, half of it to the one around that.
Stretches that end like sentences count fully, others (headlines, labels, menus) a quarter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

INLINE = frozenset(
    [
        "span",
        "b",
        "strong",
        "i",
        "em",
        "u",
        "font",
        "small",
        "big",
        "mark",
        "sub",
        "sup",
        "a",
        "abbr",
        "cite",
        "q",
        "bdi",
        "bdo",
        "ins",
        "s",
    ]
)
_HOLDERS = frozenset(["div", "section", "article", "main", "body", "table", "td"])
_SENTENCE = expression(r"[.!؟?…:؛»]\s*$|[.؟!] ")
_SHORTEST = 40
_ENOUGH = 120
# A table that lays out a text: its rows at least, the cells of a row at most («ماده ۱» and its words).
_ROWS_ENOUGH = 3
_CELLS_MOST = 2
_BLOCKS = "div, table, br, p + p"


def densest(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element with most prose; None where no element has enough of it to be an article."""
    if tree.body is None:
        return None
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    laid_out: dict[int, bool] = {}  # tables by whether they lay out a text; asked once each
    for node in tree.body.traverse(include_text=True):
        if not node.is_text_node:
            continue
        text = (node.text_content or "").strip()
        holder = _holder(node, laid_out) if len(text) >= _SHORTEST else None
        if holder is None:
            continue
        weight = len(text) * (1.0 if _SENTENCE.search(text) else 0.25)
        for share in (1.0, 0.5):
            if holder is None or holder.tag in ("html", "-document"):
                break
            scores[holder.mem_id] = scores.get(holder.mem_id, 0.0) + share * weight
            nodes[holder.mem_id] = holder
            holder = holder.parent
    best = max(scores, key=lambda key: scores[key], default=None)
    return nodes[best] if best is not None and scores[best] >= _ENOUGH else None


def _holder(text: LexborNode, laid_out: dict[int, bool]) -> LexborNode | None:
    """Return the element around the paragraph of a text node; None inside a link."""
    step = text.parent
    while step is not None and step.tag in INLINE:
        if step.tag == "a":
            return None
        step = step.parent
    while step is not None and step.tag not in _HOLDERS | {"html"}:
        step = step.parent
    return _table_of(step, laid_out) or step if step is not None and step.tag == "td" else step


def _table_of(cell: LexborNode, laid_out: dict[int, bool]) -> LexborNode | None:
    """Return the table that lays out a text, a paragraph a row; None for a cell that holds blocks, as a page's columns do."""
    row = cell.parent
    table = row.parent if row is not None else None
    while table is not None and table.tag in ("tbody", "thead", "tfoot"):
        table = table.parent
    if row is None or table is None or table.tag != "table" or cell.css_first(_BLOCKS) is not None:
        return None
    if table.mem_id not in laid_out:
        laid_out[table.mem_id] = sum(one.css_first(_BLOCKS) is None for one in table.css("tr")) >= _ROWS_ENOUGH
    return table if laid_out[table.mem_id] and len(row.css("td")) <= _CELLS_MOST else None
