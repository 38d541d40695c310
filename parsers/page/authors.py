"""Who wrote an article: elements that name writers, bylines near it, JSON-LD and metadata. Never the site's own name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from parsers.lexicon import load
from parsers.page.comparison import comparable, one_line
from parsers.page.field_words import field_words
from parsers.page.html_tree import text_of
from parsers.page.printed_moment import spelt
from parsers.page.structured_data import article_value
from parsers.page.surroundings import ZONES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from selectolax.lexbor import LexborNode

    from parsers.page.html_tree import Head
    from parsers.page.surroundings import Neighbourhood, Run

_LONGEST_NAME = 45
_MOST_WORDS = 6
_LONGEST_LINE = 140


@dataclass(frozen=True, slots=True)
class _Patterns:
    byline: re.Pattern[str]
    alone: re.Pattern[str]
    inside: re.Pattern[str]
    title: re.Pattern[str]
    edits: re.Pattern[str]
    joint: re.Pattern[str]
    organisation: re.Pattern[str]
    agencies: frozenset[str]


@cache
def _patterns() -> _Patterns:
    words = field_words()["authors"]
    colon = r"\s*[:：؛|]"
    role = rf"(?:{spelt(words['roles'])})(?:{colon}|\s|$)|(?:{spelt(words['roles_with_colon'])}){colon}"
    agencies = (name for entry in load("agencies")["agencies"].values() for name in (entry["name"], *entry.get("aliases", ())))
    return _Patterns(
        byline=re.compile(rf"^[\s—–|-]*(?:{role})\s*(?P<names>.+)", re.IGNORECASE),
        alone=re.compile(rf"^(?:{spelt((*words['roles'], *words['roles_with_colon']))})\s*[:：؛|]?$", re.IGNORECASE),
        inside=re.compile(rf"(?:^|[\s|])(?:{spelt(words['inside'])})\s+(?P<names>[^|]+?)\s*(?:\||$)", re.IGNORECASE),
        title=re.compile(rf"(?:{spelt(words['titles'])})\s+(?P<names>.+)", re.IGNORECASE),
        edits=re.compile(rf"(?:{spelt(words['edits'])})(?:[\s:]|$)", re.IGNORECASE),
        joint=re.compile(words["joint"]),
        organisation=re.compile(words["organisation"], re.IGNORECASE),
        agencies=frozenset(map(comparable, agencies)),
    )


def authors_field(nodes: Iterable[LexborNode], around: Neighbourhood, head: Head) -> tuple[str, ...]:
    """Return the persons who wrote an article, from the surest source that names any."""
    site = comparable(" ".join((head.meta("og:site_name") or "", _site_in_title(head))))
    for names in _sources(nodes, around, head):
        found = tuple(dict.fromkeys(name for one in names for name in _split(one) if is_person(name, site)))
        if found:
            return found
    return ()


def _sources(nodes: Iterable[LexborNode], around: Neighbourhood, head: Head) -> Iterator[Iterable[str]]:
    """Yield what each source names, the surest first."""
    yield (name for node in nodes for name in _named(text_of(node)))
    yield _bylines(around)
    yield _in_json_ld(article_value(head, "author"))
    yield head.metas.get("author", ())


def line_authors(line: str) -> tuple[str, ...]:
    """Return the persons that a line of text names as its writers: «نوشته شده توسط …», «خبرنگار: …»."""
    found = _after_role(line)
    return tuple(name for name in _split(found) if is_person(name)) if found else ()


def is_person(name: str, site: str = "") -> bool:
    """Return whether a short text can be a person's name: a few words of letters, no house, no office, not the site."""
    flat = comparable(name)
    words = flat.split()
    if not 2 < len(flat) <= _LONGEST_NAME or len(words) > _MOST_WORDS or not all(map(_is_name_word, words)):
        return False
    patterns = _patterns()
    return not (patterns.organisation.search(flat) or flat in patterns.agencies or flat in site)


def _is_name_word(word: str) -> bool:
    return all(letter.isalpha() or letter in ".'’-\u064b\u0650\u0654()" for letter in word)


def _site_in_title(head: Head) -> str:
    parts = re.split(r"\s+[|–—-]\s+|\s*[|»]\s*", head.title)
    return parts[-1] if len(parts) > 1 else ""


def _named(text: str) -> Iterator[str]:
    """Yield the name after a role that writes («خبرنگار»); nothing after one that does not («دبیر»)."""
    if not _patterns().edits.match(comparable(text)):
        yield _after_role(text) or _as_printed(text, comparable(text), _patterns().title.match(comparable(text)))


def _after_role(text: str) -> str | None:
    if len(text) > _LONGEST_LINE:
        return None
    patterns = _patterns()
    flat = comparable(text)
    found = patterns.byline.match(flat) or patterns.inside.search(flat)
    return _as_printed(text, flat, found) if found else None


def _as_printed(text: str, flat: str, found: re.Match[str] | None) -> str:
    """Return the names that were found in a comparable text as the page prints them, with their half-spaces."""
    if found is None:
        return text
    kept = len(flat[found.start("names") : found.end("names")].replace(" ", ""))
    left = len(flat[: found.start("names")].replace(" ", ""))
    counted, begin, end = 0, len(text), len(text)
    for place, letter in enumerate(text):
        counts = len(comparable(letter))
        if counted == left and counts and begin == len(text):
            begin = place
        counted += counts
        if counted == left + kept and counts:
            end = place + 1
            break
    return text[begin:end]


def _bylines(around: Neighbourhood) -> Iterator[str]:
    """Yield the names of bylines near the headline, then of those at the end of the article."""
    for zone in ZONES:
        runs: list[Run] = around.runs[zone]
        for run, following in zip_longest(runs, runs[1:]):
            if _patterns().alone.match(run.flat) and following is not None:
                yield following.text
            elif found := _after_role(run.text):
                yield found


def _split(names: str) -> Iterator[str]:
    """Yield each of several names, without what follows a bar or a day."""
    for part in _patterns().joint.split(re.split(r"[|•\d۰-۹]", names)[0]):
        name = one_line(part).strip(" :؛-–—/()")
        if name:
            yield name


def _in_json_ld(value: Any) -> Iterator[str]:
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, dict) and author.get("@type", "Person") == "Person" and isinstance(author.get("name"), str):
            yield author["name"]
        elif isinstance(author, str):
            yield author
