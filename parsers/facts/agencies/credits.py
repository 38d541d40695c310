"""News agencies named as a source: «به گزارش ایرنا از روابط عمومی …», «… / ایسنا».

مهر is a month too and فارس a province: such names count only where the words beside them speak of a source, and never
where a date or another part of speech follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.grammar.spellings import WORD, key_of, phrases, plain, spellings, trie
from parsers.lexicon import LexiconError, known_keys, load, require, words
from parsers.models import AgencyMention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from parsers.facts.view import View

_FILE = "agencies.toml"
_NEAR = 80
_END = rf"(?!\u200c?{WORD})"
# «… / ایسنا», «(مهر)», «منبع: فارس» at the end of a line.
_CREDIT_BEFORE = re.compile(r"(?:[/(\[]|منبع\s*:)\s*$")
_CREDIT_AFTER = re.compile(r"\s*(?:[)\].]|$|\n)")
_BESIDE = re.compile(r"[\s»\"]*و\s[\s«\"]*")
_SENTENCE_START = re.compile(r"(?:^|[.!؟\n»])\s*$")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    names: re.Pattern[str]
    slugs: Mapping[str, str]
    sure: frozenset[str]
    governor: re.Pattern[str]
    opener: re.Pattern[str]
    bare: re.Pattern[str]
    saying: re.Pattern[str]
    other: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency of the lexicon."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    ambiguous: tuple[str, ...]


@cache
def agencies() -> dict[str, Agency]:
    """Every agency of the lexicon by slug."""
    found: dict[str, Agency] = {}
    for slug, table in require(load("agencies"), "agencies", dict, _FILE).items():
        where = f"{_FILE}: agencies.{slug}"
        known_keys(table, {"name", "aliases", "ambiguous"}, where)
        aliases, ambiguous = words(table, "aliases", where), words(table, "ambiguous", where)
        found[slug] = Agency(slug, require(table, "name", str, where), aliases, ambiguous)
    return found


def agencies_in(view: View) -> Iterator[AgencyMention]:
    """Yield the agencies named as a source in a section, in order."""
    lexicon = _lexicon()
    text = plain(view.folded)
    previous = 0
    for match in lexicon.names.finditer(f" {text.text}"):
        first, last = match.start(), match.end() - 1
        beside = previous > 0 and bool(_BESIDE.fullmatch(text.text, previous, first))
        spelling = key_of(text.text[first:last])
        if spelling in lexicon.sure or _is_source(text.text, first, last, lexicon, beside=beside):
            previous = last
            start, end = text.span(first, last)
            yield AgencyMention(start, end, view.text[start:end], lexicon.slugs[spelling], view.section)


def _is_source(text: str, start: int, end: int, lexicon: _Lexicon, *, beside: bool) -> bool:
    """Whether the words around an ambiguous name speak of a source; `beside`: it is coordinated with one."""
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if lexicon.other.match(after):
        return False
    if lexicon.governor.search(before):
        return True
    if lexicon.bare.match(after) and (beside or lexicon.opener.search(before)):
        return True
    if _CREDIT_BEFORE.search(before) and _CREDIT_AFTER.match(after):
        return True
    return bool(_SENTENCE_START.search(before) and lexicon.saying.match(after))


@cache
def _lexicon() -> _Lexicon:
    table = require(load("agencies"), "cues", dict, _FILE)
    where = f"{_FILE}: cues"
    known_keys(table, {"governors", "openers", "desks", "bare", "sayings", "others"}, where)
    sure = _slugs((agency.slug, agency.aliases) for agency in agencies().values())
    unsure = _slugs((agency.slug, agency.ambiguous) for agency in agencies().values())
    one_of = {key: phrases(words(table, key, where)) for key in table}
    start, end = rf"(?<!{WORD})", rf"(?!{WORD})"
    desk = rf"(?:[ \u200c]+{one_of['desks']}{end}){{0,4}}"
    return _Lexicon(
        names=re.compile(rf"[\W_]{trie({**unsure, **sure})}{_END}"),
        slugs={**unsure, **sure},
        sure=frozenset(sure),
        governor=re.compile(rf"{start}{one_of['governors']}{desk}[\s«\"“(]*$"),
        opener=re.compile(rf"{start}{one_of['openers']}{end}{desk}\s*:?[\s«\"“(]*$"),
        bare=re.compile(rf"\s*(?:$|[^\w\s]|{one_of['bare']}{end})"),
        saying=re.compile(rf"[»\"”\s]*{one_of['sayings']}{end}"),
        other=re.compile(rf"[\s\u200c»\"]*(?:{one_of['others']}{end}|\d)"),
    )


def _slugs(named: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for slug, aliases in named:
        for alias in aliases:
            for spelling in spellings(alias):
                if found.setdefault(spelling, slug) != slug:
                    raise LexiconError(f"{_FILE}: agencies.{slug}: `aliases` holds {alias!r}, which is {found[spelling]}'s too")
    return found
