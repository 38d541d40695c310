"""The page as lexbor sees it: parsed, rid of its furniture, with what the head says.

Parsing is quadratic in the depth of nesting, so absurd nesting is flattened in the source before it costs minutes.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from parsers.expressions import expression
from parsers.page.comparison import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEEPEST = 400
_MANY_TAGS = 3000
_PIECE = 3_000
_VOID = ("<img", "<br", "<input", "<link", "<meta", "<!", "<hr", "<source", "<IMG", "<BR")
_LONGEST_TITLE = 5_000
_TAG = expression(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
# Options nest in lexbor, and nobody reads them.
_OPTION = expression(r"</?(?:option|optgroup|select)\b[^<>]*>", re.IGNORECASE)
# Void elements, and those whose end tag is optional: neither nests by being repeated.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dt",
        "dd",
        "option",
        "optgroup",
        "tbody",
        "thead",
        "tfoot",
        "colgroup",
        "rp",
        "rt",
        "html",
        "head",
        "body",
        "script",
        "style",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "br",
        "tr",
        "td",
        "th",
        "table",
        "section",
        "article",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "dd",
        "dt",
        "dl",
    ]
)
_SILENT = frozenset(("script", "style", "noscript", "template", "-comment"))


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says: `metas` by lower-case name or property, JSON-LD objects flattened, the canonical as printed."""

    title: str = ""
    metas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    canonical: str | None = None
    json_ld: tuple[dict[str, Any], ...] = ()
    body_class: str = ""

    def meta(self, *names: str) -> str | None:
        """Return the first of `names` that says something."""
        return next((value for name in names for value in self.metas.get(name, ()) if value), None)


def parse_html(html: str) -> LexborHTMLParser:
    """Return the page's tree; nesting deeper than any page needs is flattened first."""
    return LexborHTMLParser(flatten(html) if html.count("<") > _MANY_TAGS and _may_be_deep(html) else html)


def _may_be_deep(html: str) -> bool:
    """Return whether tags may nest too deeply: a sum over pieces of the source that no nesting exceeds."""
    depth, deepest = 0, 0
    for start in range(0, len(html), _PIECE):
        piece = html[start : start + _PIECE]
        opened = piece.count("<") - piece.count("</") - sum(map(piece.count, _VOID))
        deepest = max(deepest, depth + opened)
        depth = max(0, depth + opened - piece.count("</"))
    return deepest >= _DEEPEST or html.count("<option") > _MANY_TAGS


def flatten(html: str) -> str:
    """Return the source without the tags that stand deeper than `_DEEPEST`; as it was where none does."""
    if html.count("<option") > _MANY_TAGS:
        html = _OPTION.sub(" ", html)
    depth, pieces, last = 0, [], 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() in _FLAT:
            continue
        deeper = not tag[1]
        if (depth if deeper else depth - 1) >= _DEEPEST:
            pieces.append(html[last : tag.start()])
            last = tag.end()
        depth = depth + 1 if deeper else max(depth - 1, 0)
    return "".join((*pieces, html[last:])) if pieces else html


def read_head(tree: LexborHTMLParser) -> Head:
    """Return the metadata of the page, wherever in the page it stands."""
    metas: dict[str, list[str]] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        content = one_line(attributes.get("content") or "")
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = attributes.get(key)
            if name and content:
                metas.setdefault(name.lower(), []).append(content)
    canonical = tree.css_first('link[rel="canonical"][href]')
    title = tree.css_first("head title") or tree.css_first("title")
    body = tree.body
    return Head(
        title=one_line(title.text()[:_LONGEST_TITLE]) if title else "",
        metas={name: tuple(values) for name, values in metas.items()},
        canonical=canonical.attributes.get("href") if canonical else None,
        json_ld=tuple(_json_ld(tree)),
        body_class=" ".join(filter(None, (body.attributes.get("class"), body.attributes.get("id")))) if body else "",
    )


def drop(root: LexborHTMLParser | LexborNode, selectors: tuple[str, ...]) -> None:
    """Remove everything that matches from the tree."""
    for node in select(root, ", ".join(selectors)):
        node.decompose()


def select(root: LexborHTMLParser | LexborNode, selector: str) -> list[LexborNode]:
    """Return all that match, in document order; nothing where the selector is empty or lexbor cannot read it."""
    try:
        return list(root.css(selector)) if selector else []
    except SelectolaxError:
        return []


def select_first(root: LexborHTMLParser | LexborNode, selector: str) -> LexborNode | None:
    """Return the first that matches."""
    try:
        return root.css_first(selector)
    except SelectolaxError:
        return None


def text_of(node: LexborNode) -> str:
    """Return the text of a small element on one line; blocks and line breaks part words, inline elements do not."""
    parts: list[str] = []
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            parent = inner.parent
            if parent is None or parent.tag not in _SILENT:
                parts.append(inner.text_content or "")
        elif inner.tag in _BLOCKS:
            parts.append(" ")
    return one_line("".join(parts))


def is_inside(node: LexborNode, other: LexborNode) -> bool:
    """Return whether `node` is `other` or stands within it."""
    step: LexborNode | None = node
    while step is not None:
        if step.mem_id == other.mem_id:
            return True
        step = step.parent
    return False


def names_of(node: LexborNode) -> str:
    """Return the classes and the id of an element, parted by blanks."""
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements around it, innermost first, up to and including <body>."""
    step = node.parent
    while step is not None and step.tag not in ("html", "-document", "-undef"):
        yield step
        step = step.parent


def _json_ld(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(node.text(), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data)


def _objects(data: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data[:50]:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict) and depth < 6:
        yield data
        yield from _objects(data.get("@graph"), depth + 1)
