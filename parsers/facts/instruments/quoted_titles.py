"""Titles in quotation marks: «قانون «…»», «« قانون …»»."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.instruments.models import TitleMention, body_after, listed_mention, printed_title
from parsers.grammar.blanks import BLANK, GAP, LETTER, WORD_START
from parsers.grammar.instrument_titles import kind_of_head, listed, name_at
from parsers.grammar.joints import AND, any_word
from parsers.grammar.verbs import has_verb
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

    from parsers.facts.view import View

_QUOTED = expression(f'{GAP}([«"“\'(]){GAP}([^»"”()\n]{{2,200}}?){BLANK}*([»"”\')])')
_CLOSES = {"«": "»", "“": "”", '"': '"', "'": "'", "(": ")"}
_AND = expression(f"{GAP}{AND}{GAP}")
# A straight mark that a word goes before and none after.
_CLOSING = expression(f"[\"'](?!{LETTER}|[0-9«])")
_RULE = "quoted_title"


def quoted_after(view: View, start: int, end: int, kind: str) -> TitleMention | None:
    """Return the title in quotation marks after its head at start..end, if any: «قانون «…»».

    It includes its head, unless it brings one or the head is مصوبه.
    """
    found = _QUOTED.match(view.folded, end)
    if found is None or (found[1] == "(" and listed(found[2]) is None) or _closes_before(view.folded, end):
        return None
    low = found.start(2)
    high = _before_approval(view.folded, low, found.end(2))
    inner = view.folded[low:high]
    known = listed(inner) or listed(view.folded[start:end] + " " + inner)
    if known is not None:
        return listed_mention(low, high, known, _RULE, quoted=True)
    body = body_after(view, found.end())
    if kind == "resolution" or name_at(view.folded, low):
        return TitleMention(low, high, printed_title(view, low, high), kind, body, quoted=True, rule=_RULE)
    title = f"{printed_title(view, start, end)} {printed_title(view, low, high)}"
    return TitleMention(start, found.end(), title, kind, body, quoted=True, rule=_RULE)


def _closes_before(folded: str, end: int) -> bool:
    """Return whether the straight mark right after a head closes what stands before it: «ائتلاف "دولت قانون" برای …»."""
    return _CLOSING.match(folded, end) is not None


def enclosed_at(view: View, at: int) -> TitleMention | None:
    """Return the title in quotation marks that open at `at`, if any, whole, whatever it holds: «قانون اصلاح ماده ۵ …»."""
    found = _QUOTED.match(view.folded, at) if at >= 0 else None
    if found is None or found[1] == "(" or _CLOSES[found[1]] != found[3]:
        return None
    head = name_at(view.folded, found.start(2))
    if head is None or head.end >= found.end(2) or has_verb(found[2]) or _is_pair(view.folded, head.end):
        return None
    start = found.start(2)
    end = _before_approval(view.folded, start, found.end(2))
    known = listed(view.folded[start:end])
    if known is not None:
        return listed_mention(start, end, known, _RULE, quoted=True)
    beginning = head.value.of_year(None)
    kind = head.value.kind or (beginning.kind if beginning else None) or kind_of_head(view.folded[start : head.end]) or "law"
    return TitleMention(start, end, printed_title(view, start, end), kind, body_after(view, found.end()), quoted=True, rule=_RULE)


def _is_pair(folded: str, end: int) -> bool:
    """«قانون و شهروند»: the law and something else, unless that is a head too («ضوابط و مقررات …»)."""
    joined = _AND.match(folded, end)
    return joined is not None and name_at(folded, joined.end()) is None


def _before_approval(folded: str, start: int, end: int) -> int:
    """Return the end of a quoted title without its approval: «انتخابات مجلس | مصوب ۱۳۷۸ با اصلاحات بعدی»."""
    found = _approval().search(folded, start + 1, end)
    return found.start() if found else end


@cache
def _approval() -> re.Pattern[str]:
    return expression(f"{GAP}[(،ـ–-]?{GAP}{WORD_START}{any_word(load('instruments')['approved']['approved'][:1])}")


def quote_before(folded: str, at: int) -> int:
    """Return where the quotation mark stands that opens right before `at`; -1 if there is none."""
    while at and folded[at - 1] in " \u200c":
        at -= 1
    if not at or folded[at - 1] not in '«“"':
        return -1
    return at - 1 if folded[at - 1] != '"' or at == 1 or folded[at - 2].isspace() else -1
