"""What a page shows next to its article, for the verdict: headlines, galleries, password fields, its own name for itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.comparison import one_line
from parsers.page.html_tree import ancestors, drop, names_of, select, select_first, text_of
from parsers.page.verdict import media_elements

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from parsers.page.article_box import ArticleElements
    from parsers.page.html_tree import Head

_LONG_LINK = 25
_HEADLINE = 18
_LONG_PARAGRAPH = 120
_MARGINS = expression(
    r"(?:^|[\s_-])(?:side|sidebar|footer|menu|navbar|related|comments?|widget|latest|most|ticker|poll|list)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE = expression(r"modal|popup|header|top|menu|dialog|side|footer|navbar|offcanvas", re.IGNORECASE)


def types_of(head: Head, category: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds that a page claims to be of: its metadata, JSON-LD and first section."""
    kinds = [head.meta("og:type"), head.meta("nastooh:newstype"), *(str(item.get("@type")) for item in head.json_ld)]
    return tuple(filter(None, (*kinds, *category[:1])))


def has_pictures(elements: ArticleElements, tree: LexborHTMLParser) -> bool:
    """Return whether a gallery or player stands within the article."""
    around = elements.scope if elements.scope is not None and elements.scope.tag != "body" else elements.body or tree
    return select_first(around, media_elements()) is not None


def asks_password(tree: LexborHTMLParser) -> bool:
    """Return whether a form in the page's middle asks for a password; one in the header or a pop-up stands in nobody's way."""
    for node in select(tree, "input[type=password]"):
        names = " ".join(f"{step.tag} {names_of(step)}" for step in ancestors(node) if step.tag != "body")
        if not _FURNITURE.search(names) and "nav" not in names.split() and "aside" not in names.split():
            return True
    return False


def headings(tree: LexborHTMLParser) -> list[str]:
    """Return the first of the page's main headings."""
    return [text_of(node) for node in select(tree, "h1")[:3]]


def headlines(tree: LexborHTMLParser) -> int:
    """Return how many links are as long as headlines."""
    return sum(len(one_line(node.text())) >= _HEADLINE for node in select(tree, "a[href]"))


def plain_words(tree: LexborHTMLParser, own: list[str]) -> str:
    """Return what a page that stands in the way says: words outside margins, headlines and the article's own long paragraphs."""
    tree = tree.clone()
    drop(tree, ("option", "footer"))
    for node in select(tree, "div[class], section[class], ul[class], div[id], section[id]"):
        if _MARGINS.search(names_of(node)):
            node.decompose()
    for node in select(tree, "a[href]"):
        if len(one_line(node.text())) > _LONG_LINK:
            node.decompose()
    text = one_line(tree.body.text(deep=True, separator=" ")) if tree.body else ""
    for paragraph in own:
        if paragraph and (len(paragraph) > _LONG_PARAGRAPH or paragraph in own[:2]):
            text = text.replace(paragraph, " ")
    return text[:20_000]
