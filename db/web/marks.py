"""A text with what was found in it marked in place."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text in code points: its kind is a class of the style sheet; where it leads to, what is told of it, its id."""

    start: int
    end: int
    kind: str
    href: str = ""
    tip: str = ""
    anchor: str = ""


def marked(text: str, marks: Iterable[Mark]) -> Markup:
    """The text, escaped, with every mark. Marks may contain one another and cross: each stretch belongs to the narrowest."""
    ordered = sorted(marks, key=lambda mark: (mark.end - mark.start, mark.start))
    edges = sorted({0, len(text), *(edge for mark in ordered for edge in (mark.start, mark.end) if 0 < edge < len(text))})
    out: list[Markup] = []
    owner, begin, seen = None, 0, set[str]()
    for start, end in pairwise(edges):
        own = next((mark for mark in ordered if mark.start <= start and end <= mark.end), None)
        if own is not owner:
            out.append(_stretch(text[begin:start], owner, seen))
            owner, begin = own, start
    out.append(_stretch(text[begin:], owner, seen))
    return Markup("").join(out)


def paragraphs(text: str, marks: Sequence[Mark]) -> list[Markup]:
    """Return the lines of a text, each with its marks."""
    found, place = [], 0
    for line in text.split("\n"):
        end = place + len(line)
        inside = [
            Mark(max(mark.start, place) - place, min(mark.end, end) - place, mark.kind, mark.href, mark.tip, mark.anchor)
            for mark in marks
            if mark.start < end and mark.end > place
        ]
        found.append(marked(line, inside))
        place = end + 1
    return found


def _stretch(text: str, mark: Mark | None, seen: set[str]) -> Markup:
    if not text:
        return Markup("")
    if mark is None:
        return escape(text)
    tip = Markup(' data-tip="{}"').format(mark.tip) if mark.tip else Markup("")
    anchor = Markup(' id="{}"').format(mark.anchor) if mark.anchor and mark.anchor not in seen else Markup("")
    seen.add(mark.anchor)
    if mark.href:
        return Markup('<a class="mark {}" href="{}"{}{}>{}</a>').format(mark.kind, mark.href, tip, anchor, text)
    focus = Markup(' tabindex="0"') if mark.tip else Markup("")
    return Markup('<mark class="mark {}"{}{}{}>{}</mark>').format(mark.kind, tip, focus, anchor, text)
