"""Where the text of an unknown page is: the element that holds most prose.

Every stretch of text outside links is credited to the element that holds its paragraph, half of it to the one around that.
Stretches that end like sentences count fully, others (headlines, labels, menus) a quarter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_INLINE = frozenset(
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
_SENTENCE = re.compile(r"[.!؟?…:؛»]\s*$|[.؟!] ")
_SHORTEST = 40
_ENOUGH = 120


def densest(tree: LexborHTMLParser) -> LexborNode | None:
    """Return the element with most prose; None where no element has enough of it to be an article."""
    if tree.body is None:
        return None
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for node in tree.body.traverse(include_text=True):
        if not node.is_text_node:
            continue
        text = (node.text_content or "").strip()
        holder = _holder(node) if len(text) >= _SHORTEST else None
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


def _holder(text: LexborNode) -> LexborNode | None:
    """Return the element around the paragraph of a text node; None inside a link."""
    step = text.parent
    while step is not None and step.tag in _INLINE:
        if step.tag == "a":
            return None
        step = step.parent
    while step is not None and step.tag not in _HOLDERS | {"html"}:
        step = step.parent
    return step
