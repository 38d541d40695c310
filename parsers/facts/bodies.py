"""Bodies: councils, ministries, courts; listed ones by any spelling, others by their first word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.grammar.names import any_of, key_of, look_up, starts_word
from parsers.grammar.title_end import bare_end
from parsers.grammar.words_around import keys
from parsers.lexicon import load, optional, require, words

if TYPE_CHECKING:
    from parsers.facts.view import View


@dataclass(frozen=True, slots=True)
class Body:
    """Who issues rules or meets; `meets` is true of a body whose sessions are counted. Unlisted ones have no slug.

    An `open` one is another body where its name goes on: «کمیسیون مشترک ایران و عراق».
    """

    name: str
    meets: bool
    slug: str | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body named in a text, or a bare «این شورا», whose `body` is None until the document tells."""

    start: int
    end: int
    body: Body | None
    short: str | None = None


_GAP = "[ \u200c\u200e\u200f]{0,3}"
_OF_MEETING = re.compile(f"{_GAP}(?<!\\w)(?:غیر[ \u200c]?)?علنی(?!\\w)")  # «شورای شهر رشت | غیرعلنی برگزار شد»
_FIRST = re.compile("[^\\W\\d_]+")
_COUNTRY = re.compile(f"{_GAP}کشور(?![\\w\u200c])")
_DETERMINER = re.compile(f"(?:این|همین|همان){_GAP}")


@cache
def _listed() -> dict[str, Body]:
    """Every name and alias, as a key, with its body."""
    found: dict[str, Body] = {}
    for index, table in enumerate(load("bodies")["body"]):
        where = f"bodies.toml: body {table.get('slug', index)}"
        name, slug = require(table, "name", str, where), require(table, "slug", str, where)
        body = Body(name, optional(table, "meets", False, where), slug, optional(table, "open", False, where))
        if optional(table, "bare", True, where):
            found |= {key_of(name): body for name in (body.name, *words(table, "aliases", where))}
    return found


def body_by_slug(slug: str) -> Body:
    """The listed body; KeyError where there is none."""
    return _by_slug()[slug]


@cache
def _by_slug() -> dict[str, Body]:
    return {body.slug: body for body in _listed().values() if body.slug}


@cache
def _names() -> tuple[str, ...]:
    tables = [table for table in load("bodies")["body"] if table.get("bare", True)]
    return tuple(name for table in tables for name in (table["name"], *table.get("aliases", ())))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(any_of([*_names(), *load("bodies")["heads"]["meets"], *load("bodies")["heads"]["short"]]))


@cache
def short_heads() -> frozenset[str]:
    """Return the keys of the words that alone, or after «این», mean a body named before: «شورا», «کمیسیون»."""
    return keys(load("bodies")["heads"]["short"])


def find_bodies(view: View) -> list[BodyMention]:
    """Every body named in the section, in order, bare «شورا» included."""
    found: list[BodyMention] = []
    at = 0
    while match := _pattern().search(view.folded, at):
        mention = body_at(view, match.start()) if starts_word(view.folded, match.start()) else None
        if mention is not None:
            found.append(mention)
        at = max(match.start() + 1, mention.end if mention else 0)
    return found


def body_at(view: View, at: int) -> BodyMention | None:
    """The body whose name begins at `at`: listed, unlisted («هیئت نظارت بر …») or short («شورا»، «این شورا»)."""
    determiner = _DETERMINER.match(view.folded, at)
    if determiner is not None:
        short = body_at(view, determiner.end())
        return BodyMention(at, short.end, None, short.short) if short and short.short else None
    match = _pattern().match(view.folded, at)
    if match is None:
        return None
    body = look_up(_listed(), match[0])
    first = _FIRST.match(view.folded, at) if body is not None and body.open else None
    unlisted = _unlisted(view, at, first.end() if first else match.end())
    if body is not None:
        if unlisted is not None and _is_another(body, match[0], unlisted):
            return unlisted
        country = _COUNTRY.match(view.folded, match.end())
        return BodyMention(at, country.end() if country else match.end(), body)
    if unlisted is not None:
        return unlisted
    return BodyMention(at, match.end(), None, match[0]) if key_of(match[0]) in short_heads() else None


def _is_another(body: Body, printed: str, longer: BodyMention) -> bool:
    """«مجلس سنا», «مجلس نمایندگان آمریکا» are not the Majles, «کمیسیون مشترک ایران و عراق» is not one of its commissions."""
    if body.open:
        return key_of(printed) == key_of(body.name) and len(longer.body.name if longer.body else "") > len(printed)
    name = key_of(longer.body.name) if longer.body else ""
    return body.slug == "majles" and name.startswith(_other_parliaments())


@cache
def _other_parliaments() -> tuple[str, ...]:
    countries = [f"مجلس {country}" for country in load("instruments")["anaphora"]["countries"]]
    return tuple(key_of(name) for name in [*load("bodies")["heads"]["parliaments"], *countries])


def _unlisted(view: View, start: int, head_end: int) -> BodyMention | None:
    """A body outside the lexicon: its first word says what it is («ستاد …»), and the name runs on as a title does."""
    end = bare_end(view.folded, head_end, limit=9)
    meeting = _OF_MEETING.search(view.folded, head_end, end)
    end = meeting.start() if meeting else end
    if end == head_end or key_of(view.folded[start:head_end]) not in _meeting_heads():
        return None
    name = re.sub("[\u064b-\u0654]", "", view.text[start:end]).strip(" \u200c")
    return BodyMention(start, end, Body(_spelt(name), meets=True))


@cache
def _meeting_heads() -> frozenset[str]:
    return keys(load("bodies")["heads"]["meets"])


def _spelt(name: str) -> str:
    """The name with Persian letters."""
    return name.translate(str.maketrans("يك", "یک"))
