"""The title, or the words that point back to one, that begin at a place: listed titles, «قانون مذکور», unlisted titles."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.instruments.listed_titles import listed_title
from parsers.facts.instruments.models import BackReference, TitleMention, after_gap, body_after, printed_title
from parsers.facts.instruments.quoted_titles import quoted_after
from parsers.facts.instruments.run_on_titles import before_clause
from parsers.facts.instruments.short_names import abbreviation_at, budget_at
from parsers.grammar.blanks import BLANK, GAP
from parsers.grammar.clause_labels import locator_at
from parsers.grammar.instrument_titles import mentioned, name_at, words_of
from parsers.grammar.joints import AND, any_word
from parsers.grammar.names import key_of
from parsers.grammar.title_end import bare_end, is_sure_end, last_in_title, next_in_title, opens
from parsers.grammar.units import any_unit
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.view import View

_MAX_CLAUSES = 8
_MAX_DEPTH = 3


def title_at(view: View, at: int, *, pointing: bool = False, depth: int = 0) -> TitleMention | BackReference | None:
    """Return the instrument or back reference whose first word is at `at`, if any.

    `pointing`: «این» stands before it, so that a head alone is a back reference. `depth` counts titles inside titles.
    """
    special = abbreviation_at(view, at) or (None if pointing else budget_at(view.folded, at))
    if special is not None:
        return special
    found = name_at(view.folded, at)
    if found is None:
        return None
    kind = found.value.kind
    if kind is None:
        return listed_title(view, found)
    return BackReference(at, found.end, kind) if pointing else after_head(view, at, found.end, kind, depth)


def after_head(view: View, start: int, end: int, kind: str, depth: int = _MAX_DEPTH) -> TitleMention | BackReference:
    """Return what the head at start..end means by what follows: «مذکور», a quoted or unlisted title, a body, or nothing."""
    folded = view.folded
    back = mentioned().match(folded, end)
    found = BackReference(start, back.end(), kind) if back else quoted_after(view, start, end, kind)
    if found is not None:
        return found
    following = next_in_title(folded, end)
    if not following or _number().match(folded, end) or key_of(following) in words_of("generic"):
        return BackReference(start, end, kind, weak=True, body=body_after(view, end))
    untitled = kind in ("resolution", "decree")
    body = body_after(view, end) if untitled or kind == "directive" else None
    letter = key_of(folded[start:end]) in words_of("letters")
    if body is not None or (letter and key_of(following) in words_of("issuers")):
        return BackReference(start, end, kind, weak=True, body=body)
    known = listed_after(view, end) if untitled else None
    if known is not None:
        return known
    paired = _paired().match(folded, end) if kind in ("directive", "bylaw") else None
    return _unlisted(view, start, paired.end() if paired else end, kind, depth)


def listed_after(view: View, at: int) -> TitleMention | None:
    """Return the listed title right after a head, if any: «مصوبه سیاست‌ها و اقدامات …»."""
    inner = title_at(view, after_gap(view.folded, at))
    return inner if isinstance(inner, TitleMention) and inner.listed else None


def _unlisted(view: View, start: int, end: int, kind: str, depth: int) -> TitleMention | BackReference:
    """An unquoted, unlisted title after its head; after «مصوبه» only words that open one."""
    folded, untitled = view.folded, kind in ("resolution", "decree")
    title_end = bare_end(folded, end)
    opening = key_of(next_in_title(folded, end).partition("\u200c")[0]) in words_of("opening")
    if title_end == end or (untitled and not opening):
        return BackReference(start, end, kind, weak=True)
    title_end = _with_clause(view, end, before_clause(folded, end, title_end), depth)
    begin = after_gap(folded, end) if untitled else start
    body = body_after(view, title_end)
    title, sure = printed_title(view, begin, title_end), is_sure_end(folded, title_end)
    return TitleMention(begin, title_end, title, kind, body, rule="title_beside_clause", certain=sure)


def _with_clause(view: View, start: int, end: int, depth: int) -> int:
    """The end of a title that goes on with a clause: «آیین‌نامه اجرایی ماده ۵ قانون مطبوعات», «قانون الحاق یک تبصره به …»."""
    folded, adds = view.folded, opens(view.folded, start, end, _adding())
    if depth >= _MAX_DEPTH or not (adds or key_of(last_in_title(folded, end)) in words_of("of_clause")):
        return end
    at = after_gap(folded, end)
    for _ in range(_MAX_CLAUSES):
        locator = locator_at(folded, at)
        added = _addition().match(folded, at) if adds and locator is None else None
        if locator is None and added is None:
            break
        link = _between_clauses().match(folded, locator.end) if locator else added
        at = link.end() if link else at
    inner = title_at(view, at, depth=depth + 1)
    return inner.end if isinstance(inner, TitleMention) else end


def _adding() -> str:
    """The preposition of «الحاق … به»."""
    word: str = load("instruments")["title"]["adding"]
    return word


@cache
def _number() -> re.Pattern[str]:
    """After a head: its number or day instead of a title."""
    return re.compile(f"{GAP}(?:{any_word(load('instruments')['title']['numbered'])}|[0-9(])")


@cache
def _paired() -> re.Pattern[str]:
    """«ضوابط | و مقررات سکوهای …»."""
    return re.compile(f"{GAP}{AND}{GAP}{any_word(load('instruments')['title']['paired'])}")


@cache
def _between_clauses() -> re.Pattern[str]:
    """Between the clauses of a title: «ماده ۴ | و اصلاح | ماده ۶»."""
    title = load("instruments")["title"]
    return re.compile(
        rf"""(?x)
        {GAP}
        (?:(?:{any_word(title["joints"])}|،){GAP})?
        (?:{any_word(title["changes"])}{GAP})?
        """
    )


@cache
def _addition() -> re.Pattern[str]:
    """«| یک تبصره به ماده ۴», «| بندی به …» after «قانون الحاق»."""
    title, ye = load("instruments")["title"], load("spellings")["ezafe"]
    unit = rf"{any_unit()}(?:{BLANK}?ا?{ye})?(?!\w)"
    return re.compile(
        rf"""(?x)
        {GAP}
        (?:(?:{any_word(title["counts"])}|[0-9]{{1,2}}){GAP})?
        (?:{unit}{GAP})?
        {any_word([title["adding"]])}{GAP}
        """
    )
