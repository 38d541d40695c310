"""A lead that no class name gives away: the prose between headline and body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.boilerplate import is_furniture, opens_related
from parsers.page.bylines import line_authors
from parsers.page.comparison import comparable
from parsers.page.html_tree import ancestors, select, text_of
from parsers.page.text_density import INLINE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from parsers.page.surroundings import Neighbourhood

_SHORTEST, _LONGEST = 40, 900
_WORDS = 7
_SHARED = 0.25  # of its longer words, with headline and body
_LONG_WORD = 3
_SENTENCE_END = expression(r"[.!؟?…:؛»]\s*$")
_SURE_WORDS = 12
_BEGINNING = 60  # of a text that is in the body word for word
_CUT_SHORT = ("...", "…", "[…]")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))  # those between are mostly headlines of others


def prose_between(around: Neighbourhood) -> list[str]:
    """Return the paragraphs between headline and body that are prose, in order."""
    seen: set[int] = set()
    found = []
    for node in around.nodes_between:
        block = next((step for step in _self_and_ancestors(node) if step.tag not in INLINE), node)
        if block.mem_id in seen:
            continue
        seen.add(block.mem_id)
        text = text_of(block)
        if _SHORTEST <= len(text) <= _LONGEST and around.is_own(block) and not around.holds(block) and _is_prose(block, text):
            found.append(text)
    return found


def lead_among(texts: list[str], title: str | None, paragraphs: list[str]) -> str | None:
    """Return the first whole text that shares words with the article and is not in it; captions and notes of a site do not."""
    body, headline = comparable(" ".join(paragraphs)), comparable(title or "")
    article = set(f"{headline} {body}".split())
    for text in texts:
        flat = comparable(text)
        if headline and len(flat.replace(headline, "")) < _SHORTEST:
            continue
        words = {word for word in flat.split() if len(word) > _LONG_WORD}
        if flat[:_BEGINNING] not in body and not flat.endswith(_CUT_SHORT) and len(words & article) >= _SHARED * len(words):
            return text
    return None


def _is_prose(block: LexborNode, text: str) -> bool:
    words = len(text.split())
    linked = sum(len(text_of(link)) for link in select(block, "a"))
    if linked * 2 > len(text) or is_furniture(text) or opens_related(text) or line_authors(text):
        return False
    sure = _SENTENCE_END.search(text) is not None and block.tag not in _HEADINGS
    return words >= (_WORDS if sure else _SURE_WORDS)


def _self_and_ancestors(node: LexborNode) -> Iterator[LexborNode]:
    yield node
    yield from ancestors(node)
