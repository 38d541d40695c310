"""Readers' comments: the section of a page that a heading such as «نظرات کاربران» opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.page.comparison import comparable
from parsers.page.families import common
from parsers.page.html_tree import select

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_LONGEST_HEADING = 60


def opens_comments(text: str) -> bool:
    """Return whether a line is what stands above readers' comments."""
    if len(text) > _LONGEST_HEADING or not any(map(text.__contains__, common().comment_words)):
        return False
    return common().comment_heading.fullmatch(comparable(text)) is not None


def drop_comments(tree: LexborHTMLParser) -> None:
    """Take each heading of comments that stands after the page's first <h1>, and its siblings after it, out of the tree."""
    headings = select(tree, "h1, h2, h3, h4, h5, h6, legend")
    first = next((place for place, node in enumerate(headings) if node.tag == "h1"), len(headings))
    for heading in headings[first + 1 :]:
        text = heading.text(deep=True)
        if opens_comments(text):
            _drop_section(heading)


def _drop_section(heading: LexborNode) -> None:
    section = [heading]
    while (after := section[-1].next) is not None:
        section.append(after)
    # A word such as «دیدگاه» above a headline is its kicker.
    if not any(node.tag == "h1" or (node.is_element_node and node.css_first("h1")) for node in section):
        for node in section:
            node.decompose()
