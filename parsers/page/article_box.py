"""The elements of an article in its page: which holds what, before anybody reads them.

The body is found first, then the headline that stands before it; the smallest element around both is the article's scope.
Small fields are looked for there and, nearest first, around the headline: a class name such as `subtitle` is also that of a
dozen headlines in the margins.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from parsers.page.comparison import one_line
from parsers.page.families import common
from parsers.page.headline import StatedTitle
from parsers.page.html_tree import ancestors, drop, is_inside, select, text_of
from parsers.page.page_names import PageNames
from parsers.page.text_density import densest
from parsers.page.urls import absolute, is_home

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from parsers.models import PageRules
    from parsers.page.families import Family
    from parsers.page.html_tree import Head

_ENOUGH = 80
_SOME = 30
_MOST = 40
_ITEMS = 4
# How many elements may stand between a kicker and the element that holds it and the headline.
_DEEPEST = 4
_LABELS = 300


@dataclass(slots=True)
class ArticleElements:
    """The elements of one article; lists are empty and nodes None where the page has none."""

    body: LexborNode | None = None
    title: LexborNode | None = None
    scope: LexborNode | None = None
    nodes: dict[str, list[LexborNode]] = field(default_factory=dict)
    trusted: bool = False
    names: PageNames | None = None


class ElementFinder:
    """Find the elements of a family's article in one tree, with a publisher's own selectors before the family's."""

    def __init__(self, tree: LexborHTMLParser, family: Family, rules: PageRules | None, head: Head) -> None:
        self.tree = tree
        self.head = head
        self.family = family
        self.own = dict(rules.fields) if rules else {}
        self.stated = StatedTitle(head)
        self.names = PageNames(tree)
        self._able: dict[str, tuple[str, ...]] = {}
        self._logo: LexborNode | None = None

    def selectors(self, name: str) -> tuple[str, ...]:
        """Return the selectors of a field that may match, the surest first; a publisher's own replaces the family's."""
        if self.own.get(name):
            return (self.own[name],)
        if name not in self._able:
            self._able[name] = self.names.able((*self.family.fields.get(name, ()), *common().fields.get(name, ())))
        return self._able[name]

    def find(self) -> ArticleElements:
        """Return the elements of the article."""
        elements = ArticleElements(names=self.names)
        elements.body = self._body()
        elements.trusted = elements.body is not None
        if elements.body is None:
            elements.body = densest(self.tree)
        elements.title = self._title(elements.body)
        elements.scope = _common_ancestor(elements.title, elements.body)
        for name in ("kicker", "lead"):
            elements.nodes[name] = self._near(name, elements)
        for name in ("news_code", "published_at", "modified_at", "category", "tags", "authors", "agency"):
            elements.nodes[name] = self._anywhere(name, elements)
        return elements

    def _body(self) -> LexborNode | None:
        """Return the first selector's element with enough text, else the longest; the items of a list are none of it."""
        longest: tuple[int, LexborNode | None] = (-1, None)
        for selector in self.selectors("body"):
            sized = [(len(node.text(deep=True).strip()), node) for node in select(self.tree, selector)[:_MOST]]
            if not sized or _is_list(sized):
                continue
            best = max(sized, key=lambda pair: pair[0])
            if best[0] >= _ENOUGH:
                return best[1]
            longest = max(longest, best, key=lambda pair: pair[0])
        # A guessed class name with hardly any text is no find; a family's own, even empty, is where its text would be.
        return longest[1] if self.family.name != "generic" or longest[0] >= _SOME else None

    def _title(self, body: LexborNode | None) -> LexborNode | None:
        """Return the headline: by its selector, unless another element is what the page's own title says and that one is not."""
        chosen = self._selected_title(body)
        if self.own.get("title") or (chosen is not None and self.stated.names(chosen)):
            return chosen
        stated = self.stated.heading(self.tree)
        if chosen is None or self.stated.is_sites(chosen):
            found = stated or self.stated.line(self.tree)
            apart = chosen is not None and self.stated.is_named_apart(chosen)
            if apart and found is not None and not self._before(body, [found]):
                found = None  # a list of the latest articles names this one too
            if found is not None or apart:
                return found
        if stated is None:
            return chosen or self._logo
        # A <title> may be the same on all pages of a site: of two that differ, the one nearer to the text is the article's.
        both = [stated, chosen] if chosen is not None else [stated]
        return _nearest(self._before(body, both) or both, body)

    def _selected_title(self, body: LexborNode | None) -> LexborNode | None:
        logos = []
        for selector in self.selectors("title"):
            nodes = [node for node in select(self.tree, selector) if text_of(node)]
            logos += [node for node in nodes if _is_logo(node) and not self.stated.names(node)]
            nodes = [node for node in nodes if all(node.mem_id != logo.mem_id for logo in logos)]
            outside = [node for node in nodes if body is None or not is_inside(node, body)]
            if outside or nodes:
                before = self._before(body, outside) if len(outside) > 1 else outside
                return _nearest(before or outside or nodes, body)
        self._logo = next(iter(logos), None)
        return None

    def _before(self, body: LexborNode | None, nodes: list[LexborNode]) -> list[LexborNode]:
        """Return those nodes that do not come after the body: a headline does not."""
        return nodes if body is None else [node for node in nodes if not self._stands_after(node, body)]

    def _stands_after(self, node: LexborNode, body: LexborNode) -> bool:
        return self._order.get(node.mem_id, 0) > self._order.get(body.mem_id, 0)

    @cached_property
    def _order(self) -> dict[int, int]:
        """Return the place of each element of the page by its identity."""
        page = self.tree.body
        return {node.mem_id: place for place, node in enumerate(page.traverse(include_text=False))} if page else {}

    def _near(self, name: str, elements: ArticleElements) -> list[LexborNode]:
        """Return the field in the smallest element around the headline that has it, up to the article's scope."""
        anchor = elements.title or elements.body
        selectors = self.selectors(name)
        if anchor is None or not selectors:
            return []
        for around in ancestors(anchor):
            for selector in selectors:
                found = [node for node in select(around, selector) if self._may_be(node, elements, around)]
                if found and len(found) < _ITEMS:
                    return found[:1]
            if around.tag == "body" or (elements.scope is not None and around.mem_id == elements.scope.mem_id):
                break
        return []

    def _may_be(self, node: LexborNode, elements: ArticleElements, around: LexborNode) -> bool:
        """Return whether a kicker or lead can be this one: near the headline, before the body's end, not empty."""
        for other in filter(None, (elements.title, elements.body)):
            if is_inside(other, node) or (other is elements.title and is_inside(node, other)):
                return False
        depth = next((level for level, step in enumerate(ancestors(node)) if step.mem_id == around.mem_id), _DEEPEST + 1)
        inside = elements.body is not None and is_inside(node, elements.body)
        if not inside and (depth > _DEEPEST or (elements.body is not None and self._stands_after(node, elements.body))):
            return False
        return bool(text_of(node))

    def _anywhere(self, name: str, elements: ArticleElements) -> list[LexborNode]:
        """Return the field within the article's scope, else anywhere in the page."""
        selectors = self.selectors(name)
        roots: tuple[LexborHTMLParser | LexborNode, ...] = (elements.scope, self.tree) if elements.scope else (self.tree,)
        for root in roots:
            # One walk over the tree shows whether any of the selectors is worth a walk of its own.
            if len(selectors) > 1 and not select(root, ", ".join(selectors)):
                continue
            found = next(filter(None, (select(root, selector) for selector in selectors)), None)
            if found:
                return found
        return []


def _is_logo(node: LexborNode) -> bool:
    """Return whether a heading is the site's own name: a link to its homepage and nothing else."""
    link = next((step for step in (*islice(ancestors(node), 2), *select(node, "a[href]")[:1]) if step.tag == "a"), None)
    address = absolute("https://page/", link.attributes.get("href")) if link is not None else None
    return link is not None and address is not None and is_home(address) and text_of(link) == text_of(node)


def _is_list(sized: list[tuple[int, LexborNode]]) -> bool:
    """Return whether elements are many and much of a length: the items of a list, no article's body."""
    total = sum(size for size, _ in sized)
    return len(sized) >= _ITEMS and max(size for size, _ in sized) * 2 < total


def _nearest(nodes: Iterable[LexborNode], body: LexborNode | None) -> LexborNode:
    """Return the node that shares the innermost element with the body; the first one where there is no body."""
    candidates = list(nodes)
    if body is None or len(candidates) == 1:
        return candidates[0]
    around = {node.mem_id: level for level, node in enumerate(ancestors(body))}

    def distance(node: LexborNode) -> int:
        return next((around[step.mem_id] for step in ancestors(node) if step.mem_id in around), len(around))

    return min(candidates, key=distance)


def _common_ancestor(one: LexborNode | None, other: LexborNode | None) -> LexborNode | None:
    if one is None or other is None:
        return next(ancestors(one or other), None) if (one or other) else None  # type: ignore[arg-type]
    around = {node.mem_id for node in _self_and_ancestors(one)}
    return next((node for node in _self_and_ancestors(other) if node.mem_id in around), None)


def _self_and_ancestors(node: LexborNode) -> Iterator[LexborNode]:
    yield node
    yield from ancestors(node)


def bare_body(elements: ArticleElements, family: Family, rules: PageRules | None) -> LexborNode | None:
    """Return the body without related boxes, captions and the fields that stand inside it. Changes the tree."""
    body = elements.body
    if body is None:
        return None
    _drop_before_title(body, elements.title)
    inside = [node for nodes in elements.nodes.values() for node in nodes] + ([elements.title] if elements.title else [])
    for node in inside:
        if node.mem_id != body.mem_id and is_inside(node, body):
            node.decompose()
    furniture = (*common().drop, *family.drop)
    drop(body, elements.names.able(furniture) if elements.names else furniture)
    for selector in rules.drop if rules else ():
        drop(body, (selector,))
    return body


def _drop_before_title(body: LexborNode, title: LexborNode | None) -> None:
    """Remove what precedes a headline within the body, kickers and toolbars; unless it is so long that the text begins there."""
    if title is None or title.mem_id == body.mem_id or not is_inside(title, body):
        return
    steps = [title, *takewhile(lambda step: step.mem_id != body.mem_id, ancestors(title))]
    before = [node for step in steps for node in _elder_siblings(step)]
    if sum(len(one_line(node.text(deep=True))) for node in before) <= _LABELS:
        for node in before:
            node.decompose()


def _elder_siblings(node: LexborNode) -> Iterator[LexborNode]:
    step = node.prev
    while step is not None:
        yield step
        step = step.prev
