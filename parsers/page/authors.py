"""Who wrote an article: elements that name writers, bylines near it, JSON-LD and metadata. Never the site's own name."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from parsers.page.bylines import after_role, as_printed, byline_patterns, is_person, split_names
from parsers.page.comparison import comparable
from parsers.page.html_tree import text_of
from parsers.page.structured_data import article_value
from parsers.page.surroundings import ZONES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from parsers.page.html_tree import Head
    from parsers.page.surroundings import Neighbourhood, Run


def authors_field(nodes: Iterable[LexborNode], around: Neighbourhood, head: Head) -> tuple[str, ...]:
    """Return the persons who wrote an article, from the surest source that names any."""
    site = comparable(" ".join((head.meta("og:site_name") or "", _site_in_title(head))))
    for names in _sources(nodes, around, head):
        found = tuple(dict.fromkeys(name for one in names for name in split_names(one) if is_person(name, site)))
        if found:
            return found
    return ()


def _sources(nodes: Iterable[LexborNode], around: Neighbourhood, head: Head) -> Iterator[Iterable[str]]:
    """Yield what each source names, the surest first."""
    yield (name for node in nodes for name in _named(text_of(node)))
    yield _bylines(around)
    yield _in_json_ld(article_value(head, "author"))
    yield head.metas.get("author", ())


def _site_in_title(head: Head) -> str:
    parts = re.split(r"\s+[|–—-]\s+|\s*[|»]\s*", head.title)
    return parts[-1] if len(parts) > 1 else ""


def _named(text: str) -> Iterator[str]:
    """Yield the name after a role that writes («خبرنگار»); nothing after one that does not («دبیر»)."""
    if not byline_patterns().edits.match(comparable(text)):
        yield after_role(text) or as_printed(text, comparable(text), byline_patterns().title.match(comparable(text)))


def _bylines(around: Neighbourhood) -> Iterator[str]:
    """Yield the names of bylines near the headline, then of those at the end of the article."""
    for zone in ZONES:
        runs: list[Run] = around.runs[zone]
        for run, following in zip_longest(runs, runs[1:]):
            if byline_patterns().alone.match(run.flat) and following is not None:
                yield following.text
            elif found := after_role(run.text):
                yield found


def _in_json_ld(value: Any) -> Iterator[str]:
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, dict) and author.get("@type", "Person") == "Person" and isinstance(author.get("name"), str):
            yield author["name"]
        elif isinstance(author, str):
            yield author
