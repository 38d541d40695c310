"""Bylines: lines and names of those who wrote an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.lexicon import load
from parsers.page.comparison import comparable, one_line
from parsers.page.field_words import field_words
from parsers.page.printed_moment import spelt, words_besides_time

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST_NAME = 45
_MOST_WORDS = 6
_LONGEST_LINE = 140


@dataclass(frozen=True, slots=True)
class BylinePatterns:
    """The compiled patterns of `fields.toml`."""

    byline: re.Pattern[str]
    alone: re.Pattern[str]
    inside: re.Pattern[str]
    title: re.Pattern[str]
    edits: re.Pattern[str]
    joint: re.Pattern[str]
    organisation: re.Pattern[str]
    agencies: frozenset[str]


@cache
def byline_patterns() -> BylinePatterns:
    """Return the patterns, read once."""
    words = field_words()["authors"]
    colon = r"\s*(?:[:：؛|]|,(?=\s))"  # «نویسنده, نام», as some print what they hide from the eye
    role = rf"(?:{spelt(words['roles'])})(?:{colon}|\s|$)|(?:{spelt(words['roles_with_colon'])}){colon}"
    agencies = (name for entry in load("agencies")["agencies"].values() for name in (entry["name"], *entry.get("aliases", ())))
    return BylinePatterns(
        byline=expression(rf"^[\s—–|-]*(?:{role})\s*(?P<names>.+)", re.IGNORECASE),
        alone=expression(rf"^(?:{spelt((*words['roles'], *words['roles_with_colon']))})\s*[:：؛|]?$", re.IGNORECASE),
        inside=expression(rf"(?:^|[\s|])(?:{spelt(words['inside'])})\s+(?P<names>[^|]+?)\s*(?:\||$)", re.IGNORECASE),
        title=expression(rf"(?:{spelt(words['titles'])})\s+(?P<names>.+)", re.IGNORECASE),
        edits=expression(rf"(?:{spelt(words['edits'])})(?:[\s:]|$)", re.IGNORECASE),
        joint=expression(words["joint"]),
        organisation=expression(words["organisation"], re.IGNORECASE),
        agencies=frozenset(map(comparable, agencies)),
    )


def line_authors(line: str) -> tuple[str, ...]:
    """Return the persons that a line of text names as its writers: «نوشته شده توسط …», «خبرنگار: …»."""
    found = after_role(line)
    return tuple(name for name in split_names(found) if is_person(name)) if found else ()


def is_person(name: str, site: str = "") -> bool:
    """Return whether a short text can be a person's name: a few words of letters, no house, no office, not the site."""
    flat = comparable(name)
    words = flat.split()
    if not 2 < len(flat) <= _LONGEST_NAME or len(words) > _MOST_WORDS or not all(map(_is_name_word, words)):
        return False
    patterns = byline_patterns()
    return not (patterns.organisation.search(flat) or flat in patterns.agencies or flat in site)


def _is_name_word(word: str) -> bool:
    return all(letter.isalpha() or letter in ".'’-\u064b\u0650\u0654()" for letter in word)


def after_role(text: str) -> str | None:
    """Return the names after a role that writes, as a line prints them; None where there is none."""
    if len(text) > _LONGEST_LINE:
        return None
    patterns = byline_patterns()
    flat = comparable(text)
    found = patterns.byline.match(flat) or patterns.inside.search(flat)
    return as_printed(text, flat, found) if found else None


def as_printed(text: str, flat: str, found: re.Match[str] | None) -> str:
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


def split_names(names: str) -> Iterator[str]:
    """Yield each of several names, without what follows a bar or a day, or a colon: what a writer does."""
    kept = re.split(r"[|•\d۰-۹]", names)[0]
    name, _, rest = kept.partition(":")
    kept = rest if byline_patterns().alone.match(comparable(name)) else name
    for part in byline_patterns().joint.split(kept):
        name = one_line(part).strip(" :؛-–—/()")
        if name and words_besides_time(comparable(name)):
            yield name
