"""The texts around an article: which stand near its headline and body, and which belong to something else.

A page prints many times and names: the clock of its header, the writers of comments, the days of related articles. What
stands in a header, a margin, a comment or a list of other articles is not the article's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from parsers.page.boilerplate import opens_related
from parsers.page.comment_sections import opens_comments
from parsers.page.comparison import comparable, one_line
from parsers.page.html_tree import ancestors, is_inside
from parsers.page.outside import is_outside, telling

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from parsers.page.article_box import ArticleElements

Zone = Literal["before", "between", "opening", "closing", "after"]
ZONES: tuple[Zone, ...] = ("between", "opening", "before", "after", "closing")
_FAR = 4  # links between the headline and a text: more of them are a menu
_FAR_IN_BOX = 40  # the same in an element that holds the article and less than the page
_FAR_IN_BARS = 12  # the same for a toolbar, which has links itself
_LONGEST = 300
_PROSE = 80
_LEVELS = 4  # elements around the scope in which the heading of a post may stand
_ENDS = 6  # texts at the beginning and at the end of a body that may be its labels
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SILENT = frozenset(("script", "style", "noscript", "template", "option", "textarea", "-comment"))


@dataclass(frozen=True, slots=True)
class Run:
    """One stretch of text near the article: `text` on one line, `flat` for matching, `node` the element that holds it."""

    text: str
    flat: str
    node: LexborNode
    zone: Zone
    near: bool = False  # not in the article's own box, but close to it


@dataclass(slots=True)
class _Text:
    """A text node with the number of links before it."""

    node: LexborNode
    text: str
    links: int


class Neighbourhood:
    """The texts around one article, read once from its tree and only when somebody asks."""

    def __init__(self, tree: LexborHTMLParser, elements: ArticleElements) -> None:
        self._tree = tree
        self._elements = elements
        self._marks = [one for one in (elements.title, elements.body) if one is not None]
        self._spine = {step.mem_id for mark in self._marks for step in (mark, *ancestors(mark))}
        scope = elements.scope
        # A scope that is less than the page holds no menus; what else it holds is known by its names.
        self._is_narrow = scope is not None and scope.tag not in ("body", "main")
        self._joints: dict[int, LexborNode | None] = {}
        self._places: dict[int, int] = {}  # links before an element, by its identity
        self._after: set[int] = set()
        self._title_at = self._body_at = self._body_end = -1

    @cached_property
    def runs(self) -> dict[Zone, list[Run]]:
        """Return the article's own short texts outside its prose, in reading order, by where they stand."""
        return {zone: [run for run in runs if not run.near] for zone, runs in self._all_runs.items()}

    @cached_property
    def close_runs(self) -> list[Run]:
        """Return the short texts right before and after the article's box, which are its own if their labels say so."""
        return [run for runs in self._all_runs.values() for run in runs if run.near]

    @property
    def nodes_between(self) -> list[LexborNode]:
        """Return the elements of the texts between headline and body."""
        return [text.node for text in self._walked["between"] if self._title_at >= 0]

    def holds(self, node: LexborNode) -> bool:
        """Return whether an element is, or is around, the headline or the body."""
        return node.mem_id in self._spine

    @cached_property
    def _all_runs(self) -> dict[Zone, list[Run]]:
        zones = self._walked
        ends = {
            "opening": _opening(zones["inside"]),
            "closing": _closing(zones["inside"]),
            "after": _before_others(zones["after"]),
        }
        texts = {zone: _telling(ends.get(zone, zones.get(zone, []))) for zone in ZONES}
        return {zone: [run for text in texts[zone] if (run := self._run(text, zone))] for zone in ZONES}

    @cached_property
    def _walked(self) -> dict[str, list[_Text]]:
        """Return the page's texts by where they stand, and note the places of its elements."""
        zones: dict[str, list[_Text]] = {"before": [], "between": [], "inside": [], "after": [], "title": []}
        title, body = self._elements.title, self._elements.body
        in_title = _identities(title)
        in_body = _identities(body)
        zone, links = "before" if title is not None else "between", 0
        root = self._root()
        for node in root.traverse(include_text=True) if root is not None else ():
            name = node.mem_id
            if node.is_text_node:
                text = node.text_content or ""
                if not text.isspace() and node.parent is not None:
                    part = "title" if name in in_title else "inside" if name in in_body else zone
                    zones[part].append(_Text(node.parent, text, links))
                continue
            links += node.tag == "a"
            self._places[name] = links
            if name in in_title:
                self._title_at, zone = links, "between" if zone == "before" else zone
            elif name in in_body:
                self._body_at, self._body_end, zone = self._body_at if self._body_at >= 0 else links, links, "after"
            elif zone == "after" and name not in self._spine:
                self._after.add(name)
        if title is not None and body is not None and title.mem_id in in_body:
            _split_by_title(zones, self._title_at)
        return zones

    def _root(self) -> LexborNode | None:
        """Return an element that holds the article and what belongs to it: a few levels around its scope."""
        root = self._elements.scope if self._is_narrow else self._tree.body
        for _ in range(_LEVELS):
            if root is None or root.tag == "body" or root.parent is None:
                break
            root = root.parent
        return root

    def is_own(self, node: LexborNode) -> bool:
        """Return whether an element is the article's: near the headline or the body, in no header, comment, list or margin."""
        joint = self._joint(node)
        scope = self._elements.scope
        if joint is None:
            return False
        if not self._is_near(self._places.get(node.mem_id)):
            return False
        return not self._is_narrow or scope is None or joint.mem_id in self._spine_in_scope or self._is_heading_of_post(node)

    def is_close(self, node: LexborNode) -> bool:
        """Return whether an element stands a little before or after the article's box, as toolbars with labelled times do."""
        joint = self._joint(node)
        scope = self._elements.scope
        if joint is None or scope is None or joint.tag == "body":
            return False
        place, ends = self._places.get(node.mem_id), (self._title_at, self._body_end)
        near = place is not None and any(at >= 0 and abs(place - at) <= _FAR_IN_BARS for at in ends)
        return near and joint.mem_id in self._levels_around_scope

    @cached_property
    def _spine_in_scope(self) -> set[int]:
        scope = self._elements.scope
        steps = (step for mark in self._marks for step in (mark, *ancestors(mark)))
        return {step.mem_id for step in steps if scope is not None and is_inside(step, scope)}

    @cached_property
    def _levels_around_scope(self) -> set[int]:
        scope = self._elements.scope
        return {step.mem_id for step in islice(ancestors(scope), _LEVELS)} if scope is not None else set()

    def _joint(self, node: LexborNode) -> LexborNode | None:
        """Return the innermost element around a node that holds headline or body too; None for what is not the article's."""
        _ = self._walked
        path: list[int] = []
        joint: LexborNode | None = None
        for step in chain([node], ancestors(node)):
            name = step.mem_id
            if name in self._joints:
                joint = self._joints[name]
                break
            path.append(name)
            if name in self._spine:
                joint = step
                break
            if is_outside(step):
                break
        self._joints.update(dict.fromkeys(path, joint))
        return joint

    def stands_after_body(self, node: LexborNode) -> bool:
        """Return whether an element comes after the body, where comments and other articles print their times."""
        _ = self._walked
        return node.mem_id in self._after

    def is_certain(self, run: Run) -> bool:
        """Return whether a text stands where nothing but the article prints: next to its headline or at its body's beginning."""
        if run.zone != "before":
            return run.zone in ("between", "opening")
        title = self._elements.title
        around = next((step for step in ancestors(run.node) if step.mem_id in self._spine), None)
        return title is not None and around is not None and around.tag != "body" and self._holds_title_alone(around)

    def _holds_title_alone(self, around: LexborNode) -> bool:
        body = self._elements.body
        return body is None or around.mem_id not in {step.mem_id for step in ancestors(body)}

    def _run(self, text: _Text, zone: Zone) -> Run | None:
        if len(text.text) > _LONGEST or text.node.tag in _SILENT:
            return None
        own = self.is_own(text.node)
        if not own and not self.is_close(text.node):
            return None
        line = one_line(text.text)
        return Run(line, comparable(line), text.node, zone, near=not own)

    def _is_near(self, place: int | None) -> bool:
        """Return whether hardly a link stands between a place and the headline, or the body's beginning or end."""
        far = _FAR_IN_BOX if self._is_narrow else _FAR
        marks = [at for at in (self._title_at, self._body_at, self._body_end) if at >= 0]
        return place is not None and any(abs(place - at) <= far for at in marks)

    def _is_heading_of_post(self, node: LexborNode) -> bool:
        """Return whether an element is the heading right before the article's box: the day of a post, as blogs print it."""
        box = self._elements.scope
        while box is not None and box.tag != "body":
            before = _element_before(box)
            if before is not None:
                return before.tag in _HEADINGS and is_inside(node, before)
            box = box.parent
        return False


def _element_before(node: LexborNode) -> LexborNode | None:
    before = node.prev
    while before is not None and (before.tag or "-").startswith("-"):  # text and comments between the tags
        before = before.prev
    return before


def _identities(node: LexborNode | None) -> set[int]:
    return {step.mem_id for step in node.traverse(include_text=True)} if node is not None else set()


def _is_prose(text: _Text) -> bool:
    return len(text.text.strip()) >= _PROSE


def _opening(texts: list[_Text]) -> list[_Text]:
    """Return the texts of a body before its first prose; none where it has no prose."""
    first = next((place for place, text in enumerate(texts) if _is_prose(text)), 0)
    return texts[max(0, first - _ENDS) : first]


def _closing(texts: list[_Text]) -> list[_Text]:
    last = next((len(texts) - place for place, text in enumerate(reversed(texts)) if _is_prose(text)), len(texts))
    return texts[last:][-_ENDS:]


def _telling(texts: list[_Text]) -> list[_Text]:
    """Return the texts that may name a time or a writer, with their neighbours: labels stand before values."""
    places = [place for place, text in enumerate(texts) if telling().search(text.text)]
    kept = {near for place in places for near in range(max(0, place - 2), place + 3)}
    return [text for place, text in enumerate(texts) if place in kept]


def _before_others(texts: list[_Text]) -> list[_Text]:
    """Return the texts after a body up to the comments of readers and the list of other articles."""
    end = next(
        (place for place, text in enumerate(texts) if len(text.text) < _PROSE and _opens_others(one_line(text.text))), None
    )
    return texts[:end]


def _opens_others(line: str) -> bool:
    return opens_comments(line) or opens_related(line)


def _split_by_title(zones: dict[str, list[_Text]], title_at: int) -> None:
    """Part the texts of a body that holds its headline: what precedes the headline stands before it."""
    inside = zones["inside"]
    first = next((place for place, text in enumerate(inside) if text.links >= title_at), 0)
    zones["before"] += inside[:first]
    zones["inside"] = inside[first:]
