"""What a text calls an instrument: a title, or words that point back to one; how a title and its body are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.bodies import body_at, body_by_slug
from parsers.grammar.blanks import GAP
from parsers.grammar.instrument_titles import name_at
from parsers.grammar.joints import any_word
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.view import View
    from parsers.grammar.instrument_titles import Listed

_BLANKS = expression(GAP)
_MARKS = expression("[\u064d\u064f\u0650\u0651\u0652]")


@dataclass(frozen=True, slots=True)
class TitleMention:
    """An instrument named by its title, at start..end.

    `listed`: the lexicon knows it; `foreign`: another country's («قانون اساسی فرانسه»). `rule` names what found it.
    """

    start: int
    end: int
    title: str
    kind: str
    body: str | None = None
    listed: bool = False
    quoted: bool = False
    foreign: bool = False
    rule: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class BackReference:
    """«آن» (kind None), «این قانون», «مصوبه مذکور»; or with `weak` a bare «مصوبه», «قانون» that names no title."""

    start: int
    end: int
    kind: str | None
    weak: bool = False
    body: str | None = None


def listed_mention(
    start: int, end: int, listed: Listed, rule: str, *, quoted: bool = False, certain: bool = True
) -> TitleMention:
    """Return the mention of an instrument of the lexicon."""
    body = body_by_slug(listed.body).name if listed.body else None
    return TitleMention(start, end, listed.title, listed.kind, body, listed=True, quoted=quoted, rule=rule, certain=certain)


def after_gap(folded: str, at: int) -> int:
    """Return the place after blanks at `at`."""
    gap = _BLANKS.match(folded, at)
    return gap.end() if gap else at


def body_after(view: View, at: int) -> str | None:
    """Return the body that a title is followed by, if any: «… شورای عالی فضای مجازی», «مصوب هیئت وزیران»."""
    issued = _issued().match(view.folded, at)
    mention = body_at(view, issued.end() if issued else at)
    return mention.body.name if mention and mention.body else None


@cache
def _issued() -> re.Pattern[str]:
    """«… »: the end of a quotation, and «مصوب»."""
    return expression(f'{GAP}(?:[»"”)]{GAP})?(?:{any_word(load("instruments")["anaphora"]["issued"])}{GAP})?')


def printed_title(view: View, start: int, end: int) -> str:
    """Return a title as printed, in Persian letters, blanks single, its head as the lexicon spells it: «آیین نامه ی» too."""
    head = name_at(view.folded, start)
    spelt = head.value.head if head else ""
    rest = head.end if head and spelt and head.end < end else start
    printed = _MARKS.sub("", (f"{spelt} " if rest > start else "") + view.text[rest:end])
    for variant, common in load("instruments")["spelling"].items():
        printed = printed.replace(variant, common)
    return re.sub("\\s+", " ", printed).strip(" \u200c")
