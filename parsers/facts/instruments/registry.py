"""What the lexicon knows of instruments: titles, abbreviations, the words that open a title, and expressions for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parsers.facts.bodies import body_by_slug
from parsers.grammar.names import any_of, key_of, look_up, openings_of
from parsers.grammar.words_around import keys
from parsers.lexicon import load, optional, require, words

GAP = "[ \u200c\u200e\u200f\u064b-\u0654]{0,4}"
_LAW = "قانون "
_REACH = 90
_SHORT_HEAD = re.compile("ق[ ‌]?[. ][ ‌]?(?=[^\\W\\d_]{2})")
ABBREVIATION_START = re.compile("ق[ \u200c]{0,2}\\.")


@dataclass(frozen=True, slots=True)
class Listed:
    """An instrument of the lexicon; `body` is a canonical name; a `headless` one needs no «قانون» after a clause."""

    title: str
    kind: str
    body: str | None
    uri: str
    headless: bool = False


@cache
def lexicon() -> tuple[dict[str, Listed], dict[str, Listed], tuple[str, ...]]:
    """Instruments by title key, by abbreviation, and all titles."""
    by_title: dict[str, Listed] = {}
    by_abbreviation: dict[str, Listed] = {}
    titles: list[str] = []
    for index, table in enumerate(load("instruments")["instrument"]):
        where = f"instruments.toml: instrument {table.get('uri', index)}"
        body = optional(table, "body", "", where)
        entry = Listed(
            require(table, "title", str, where), require(table, "kind", str, where),
            body_by_slug(body).name if body else None, require(table, "uri", str, where),
            optional(table, "headless", False, where),
        )  # fmt: skip
        every = (entry.title, *words(table, "aliases", where)) if optional(table, "bare", True, where) else ()
        titles.extend(every)
        by_title |= {key_of(name): entry for name in every}
        by_abbreviation |= {key_of(name): entry for name in words(table, "abbr", where)}
    return by_title, by_abbreviation, tuple(titles)


@cache
def heads() -> dict[str, str]:
    """Words that open a title, as keys, with the kind of instrument they name."""
    return {key_of(name): kind for kind, opening in load("instruments")["heads"].items() for name in opening}


def _head_words() -> list[str]:
    return [name for listed_names in load("instruments")["heads"].values() for name in listed_names]


@cache
def names() -> re.Pattern[str]:
    """Matches the longest title, alias or opening word."""
    return re.compile(any_of([*lexicon()[2], *_head_words()]))


@cache
def anaphora(name: str) -> frozenset[str]:
    """A list of `[anaphora]` as keys."""
    return keys(load("instruments")["anaphora"][name])


@cache
def this_one() -> re.Pattern[str]:
    """«این», «همین», «همان» before an opening word."""
    return re.compile(f"(?:{any_of(load('instruments')['anaphora']['before'])}){GAP}")


@cache
def mentioned() -> re.Pattern[str]:
    """«مذکور», «یادشده» … after an opening word."""
    return re.compile(GAP + any_of(load("instruments")["anaphora"]["after"]))


def kind_of_head(word: str) -> str | None:
    """The kind of instrument that a word such as «قانون» names."""
    return look_up(heads(), word)


def listed(title: str) -> Listed | None:
    """The lexicon's instrument of that title or alias."""
    return look_up(lexicon()[0], title)


@cache
def trigger() -> re.Pattern[str]:
    """Where any of all that may begin; literals only, because every letter of a text is tried on it."""
    return re.compile(f"{openings_of([*lexicon()[2], *_head_words()])}|{ABBREVIATION_START.pattern}")


@cache
def part_of_law() -> re.Pattern[str]:
    """«بخش», «کتاب» before a law that is named without its head."""
    return re.compile(any_of(load("instruments")["anaphora"]["parts"]) + GAP)


def without_head(folded: str, at: int) -> tuple[Listed, int] | None:
    """(law, end) of a law called without «قانون» at `at`: «مجازات اسلامی», «بخش تعزیرات», «ق. کار».

    One word needs «ق.» before it, unless the law is headless.
    """
    part, short = part_of_law().match(folded, at), _SHORT_HEAD.match(folded, at)
    start = part.end() if part else short.end() if short else at
    found = names().match(_LAW + folded[start : start + _REACH])
    known = listed(found[0]) if found else None
    if found is None or known is None:
        return None
    one_word = " " not in found[0].removeprefix(_LAW).strip() and not short
    if (one_word or part) and not known.headless:
        return None
    return known, start + found.end() - len(_LAW)


@cache
def country() -> re.Pattern[str]:
    """A foreign country after a title."""
    return re.compile(GAP + any_of(load("instruments")["anaphora"]["countries"]))
