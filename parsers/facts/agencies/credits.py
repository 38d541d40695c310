"""News agencies named as a source: «به گزارش ایرنا از روابط عمومی …», «… / ایسنا».

مهر is a month too and فارس a province: such names count only where the words around them speak of a source, and never
where a date or another part of speech follows. The words stand in `lexicon/agencies.toml`, `[cues]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.agencies.names import FILE, agency_names
from parsers.facts.rules import rules
from parsers.grammar.joints import AND
from parsers.grammar.spellings import WORD, key_of, phrases, plain
from parsers.lexicon import known_keys, load, require, words
from parsers.models import AgencyMention

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from parsers.facts.view import View

_NEAR = 80
_START, _END = rf"(?<!{WORD})", rf"(?!{WORD})"
_QUOTES = r"\s«\"“("
# «… / ایسنا» at the end of a line.
_CREDIT_AFTER = expression(r"\s*(?:[)\].]|$|\n)")
# «(مهر)» at the end of a line, «تهران (مهر) - …», «خبرگزاری رسمی سوریه (سانا)»; «پتروشیمی خلیج فارس (فارس)، …» is a share.
_BRACKET_BEFORE = expression(r"(\w+)?\s*[(\[]\s*$")
_BRACKET_AFTER = expression(r"\s*[)\]](?:[\s.»]*(?:$|\n)|\s*[-–—ـ:])")
_SENTENCE_START = expression(r"(?:^|[.!؟\n»])\s*$")
# «ایسنا | و مهر».
_COORDINATED = expression(rf"[\s»\"]*{AND}\s[\s«\"]*")
# «خبرگزاری اهل‌بیت(ع) ـ ابنا»: both names of one agency.
_SAME = expression(r"[\s»\"]*(?:\(\w{1,3}\))?[\s»\"]*[-–—ـ(]*[\s«\"]*")
_KEYS = {"titles", "governors", "reporters", "openers", "desks", "no_desk", "bare", "sayings", "others", "not_after", "labels"}


@dataclass(frozen=True, slots=True)
class _Cues:
    """What stands before and after an ambiguous name and speaks for a source or against it."""

    governor: re.Pattern[str]
    desk: re.Pattern[str]
    opener: re.Pattern[str]
    credit: re.Pattern[str]
    bare: re.Pattern[str]
    saying: re.Pattern[str]
    titled: re.Pattern[str]
    other: re.Pattern[str]
    not_after: re.Pattern[str]


def agencies_in(view: View) -> Iterator[AgencyMention]:
    """Yield the agencies named as a source in a section, in order."""
    known = agency_names()
    text = plain(view.folded)
    previous_end, previous = 0, ""
    for first, last in known.places(text.text):
        between = text.text[previous_end:first] if previous else None
        spelling = key_of(text.text[first:last])
        slug = known.slugs[spelling]
        if slug == previous and between is not None and _SAME.fullmatch(between):
            continue
        coordinated = between is not None and _COORDINATED.fullmatch(between) is not None
        rule = "name" if spelling in known.sure else _rule(text.text, first, last, coordinated=coordinated)
        if rule is not None:
            previous_end, previous = last, slug
            start, end = text.span(first, last)
            certain = rules("agencies")[rule].certain
            yield AgencyMention(start, end, view.text[start:end], slug, view.section, rule, certain)


def _rule(text: str, start: int, end: int, *, coordinated: bool) -> str | None:
    """Return the rule by which an ambiguous name is a source, if any; `coordinated`: «و» joins it to one."""
    cues = _cues()
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if cues.other.match(after) or cues.not_after.search(before):
        return None
    if cues.governor.search(before):
        return "governor"
    if cues.desk.search(before):
        return "desk"
    if cues.bare.match(after) and cues.opener.search(before):
        return "opener"
    if cues.bare.match(after) and coordinated:
        return "coordinated"
    if cues.credit.search(before) and _CREDIT_AFTER.match(after) and _is_credit(text[start:end], before, after):
        return "credit"
    return "saying" if _SENTENCE_START.search(before) and cues.saying.match(after) else None


def _is_credit(name: str, before: str, after: str) -> bool:
    """Return whether a name in brackets is a credit, and not the short name of what stands before them."""
    bracket = _BRACKET_BEFORE.search(before)
    if bracket is None:
        return True
    if _cues().titled.search(before):
        return True
    return bracket[1] != name and _BRACKET_AFTER.match(after) is not None


@cache
def _cues() -> _Cues:
    table = require(load("agencies"), "cues", dict, FILE)
    known_keys(table, _KEYS, f"{FILE}: cues")
    one_of = {key: phrases(words(table, key, f"{FILE}: cues")) for key in table}
    known_desks = rf"(?:[ \u200c]+{one_of['desks']}{_END}){{0,4}}"
    word = rf"(?!{one_of['no_desk']}{_END}){WORD}+(?:\u200c{WORD}+)*"
    return _Cues(
        governor=expression(rf"{_START}{one_of['governors']}{known_desks}[{_QUOTES}]*$"),
        # «خبرنگار بهداشت و درمان | فارس»: whatever the desk is called, but no clause.
        desk=expression(rf"{_START}{one_of['reporters']}(?:[ \u200c]+{word}){{1,4}}[{_QUOTES}]*$"),
        opener=expression(rf"{_START}{one_of['openers']}{_END}{known_desks}\s*:?[{_QUOTES}]*$"),
        credit=expression(rf"(?:[/(\[]|{one_of['labels']}\s*:)\s*$"),
        bare=expression(rf"\s*(?:$|[^\w\s]|{one_of['bare']}{_END})"),
        saying=expression(rf"[»\"”\s]*{one_of['sayings']}{_END}"),
        titled=expression(rf"{_START}{one_of['titles']}{_END}[^.!؟\n()]{{0,30}}[(\[]\s*$"),
        other=expression(rf"[\s\u200c»\"]*(?:{one_of['others']}{_END}|\d)"),
        not_after=expression(rf"{_START}{one_of['not_after']}[{_QUOTES}\u200c]*$"),
    )
