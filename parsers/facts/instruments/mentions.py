"""Instruments named in a text: listed ones by title, alias or abbreviation, others by the word that opens a title.

`instrument_at` reads the one that stands at a place (after a clause); `find_instruments` finds those that any reader would
recognize without a clause: listed titles and quoted ones.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.instruments import registry
from parsers.facts.instruments.models import Anaphor, Named, after_gap, body_after, printed_title
from parsers.facts.instruments.quoted_titles import enclosed_at, quote_before, quoted_after
from parsers.facts.instruments.registry import ABBREVIATION_START, GAP
from parsers.facts.instruments.run_on_titles import before_clause
from parsers.facts.instruments.short_names import abbreviation_at, budget_at, spaced_at
from parsers.grammar.clause_labels import locator_at, units
from parsers.grammar.names import key_of, look_up, starts_word
from parsers.grammar.title_end import bare_end, last_in_title, next_in_title, opens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.facts.view import View

_OPENING = re.compile(f"{GAP}[«\"“'(\\[]{GAP}")
_IT = re.compile("آن(?![\\w\u200c])(?!چه|که)")
_NUMBER = re.compile(f"{GAP}(?:شماره|مورخ|مورخه|سال|[0-9(])")
_CLAUSES = re.compile(f"{GAP}(?:(?:و|از|ذیل|به|،){GAP})?(?:(?:اصلاح|الحاق|حذف){GAP})?")
_PAIRED = re.compile(f"{GAP}و{GAP}(?:ضوابط|مقررات|شرایط|الزامات)(?![\\w\u200c])")  # «ضوابط و مقررات سکوهای …»
_LAW = "قانون "
_REACH = 90
_MAX_CLAUSES = 8
_MAX_DEPTH = 3


def find_instruments(view: View, *, bare: bool = False) -> Iterator[Named]:
    """Listed and quoted instruments from left to right; with `bare` other titles too, which may be antecedents at most."""
    at = 0
    for found in registry.trigger().finditer(view.folded):
        start = found.start()
        named = _standing_alone(view, start, bare=bare) if start >= at and starts_word(view.folded, start) else None
        if named is not None:
            at = named.end
            yield named


def _standing_alone(view: View, at: int, *, bare: bool) -> Named | None:
    folded = view.folded
    if folded[at] == "ق":
        special = abbreviation_at(view, at)
        if special is not None:
            return special
    found = registry.names().match(folded, at)
    if found is None:
        return None
    kind = look_up(registry.heads(), found[0])
    if kind is None:
        return _listed_named(view, found)
    return budget_at(folded, at) or _head_alone(view, at, found, kind, bare=bare)


def _head_alone(view: View, at: int, found: re.Match[str], kind: str, *, bare: bool) -> Named | None:
    """A quoted title after its head, or around it; a bare one if wanted."""
    folded = view.folded
    if not {key_of(found[0]), key_of(found[0]).removesuffix("ی")} & registry.anaphora("quotable"):
        return None
    quoted = quoted_after(view, at, found.end(), kind) or enclosed_at(view, quote_before(folded, at))
    if quoted is not None or not bare or kind in ("resolution", "decree"):
        return quoted
    unquoted = _after_head(view, at, found.end(), kind, _MAX_DEPTH)
    return unquoted if isinstance(unquoted, Named) else None


def instrument_at(view: View, at: int) -> Named | Anaphor | None:
    """The instrument, or the anaphor of one, that begins at `at` (which is a word's beginning or a quotation mark)."""
    folded = view.folded
    opening = _OPENING.match(folded, at)
    if opening is not None:
        inner = enclosed_at(view, at) or _at_word(view, opening.end())
        return inner if isinstance(inner, Named) else None
    return _short_of(view, at) or _this_one(view, at) or _at_word(view, at)


def _short_of(view: View, at: int) -> Named | Anaphor | None:
    """«آن», «ق م ا» without dots, or an abbreviation that nobody listed."""
    folded = view.folded
    spaced = spaced_at(folded, at)
    if spaced is not None:
        return spaced
    it = _IT.match(folded, at)
    if it is not None:
        return Anaphor(at, it.end(), None)
    law = _without_head(view, at)
    if law is not None:
        return law
    unknown = ABBREVIATION_START.match(folded, at) if abbreviation_at(view, at) is None else None
    return Anaphor(at, unknown.end(), "unknown", weak=True) if unknown else None


def _without_head(view: View, at: int) -> Named | None:
    """A law called without «قانون» after its clause: «ماده ۵۰۰ تعزیرات», «تبصره ۱۴ بودجه ۱۴۰۲»."""
    called = _LAW + view.folded[at : at + _REACH]
    budget = budget_at(called, 0)
    if budget is not None:
        return replace(budget, start=at, end=at + budget.end - len(_LAW))
    found = registry.without_head(view.folded, at)
    if found is None:
        return None
    known, end = found
    return _known_after(view, end) or Named(at, end, known.title, known.kind, known.body, listed=True)


def _this_one(view: View, at: int) -> Anaphor | None:
    """«این قانون», «همان مصوبه»."""
    this = registry.this_one().match(view.folded, at)
    inner = _at_word(view, this.end(), anaphoric=True) if this else None
    return Anaphor(at, inner.end, inner.kind) if isinstance(inner, Anaphor) and inner.kind else None


def _at_word(view: View, at: int, *, anaphoric: bool = False, depth: int = 0) -> Named | Anaphor | None:
    folded = view.folded
    abbreviation = abbreviation_at(view, at)
    if abbreviation is not None:
        return abbreviation
    budget = None if anaphoric else budget_at(folded, at)
    if budget is not None:
        return budget
    found = registry.names().match(folded, at)
    if found is None:
        return None
    kind = look_up(registry.heads(), found[0])
    if kind is None:
        return _listed_named(view, found)
    if anaphoric:
        return Anaphor(at, found.end(), kind)
    return _after_head(view, at, found.end(), kind, depth)


def _listed_named(view: View, found: re.Match[str]) -> Named:
    """The listed instrument that was matched, unless a country makes it another: «قانون اساسی فرانسه»."""
    known = registry.listed(found[0])
    if known is None:
        raise LookupError(found[0])
    country = registry.country().match(view.folded, found.end()) if known.uri.startswith("/ir/") else None
    if country is not None:
        return Named(found.start(), country.end(), printed_title(view, found.start(), country.end()), known.kind, foreign=True)
    return Named(found.start(), found.end(), known.title, known.kind, known.body, listed=True)


def _after_head(view: View, start: int, end: int, kind: str, depth: int) -> Named | Anaphor:
    """What follows «قانون», «آیین‌نامه» …: an anaphoric adjective, a quoted title, a body, a bare title, or nothing."""
    folded = view.folded
    mentioned = registry.mentioned().match(folded, end)
    told = Anaphor(start, mentioned.end(), kind) if mentioned else quoted_after(view, start, end, kind)
    if told is not None:
        return told
    following = next_in_title(folded, end)
    if not following or _NUMBER.match(folded, end) or key_of(following) in registry.anaphora("generic"):
        return Anaphor(start, end, kind, weak=True, body=body_after(view, end))
    untitled = kind in ("resolution", "decree")
    body = body_after(view, end) if untitled or kind == "directive" else None
    letter = folded.startswith(("بخشنامه", "ابلاغیه"), start)
    if body is not None or (letter and key_of(following) in registry.anaphora("issuers")):
        return Anaphor(start, end, kind, weak=True, body=body)
    known = _known_after(view, end) if untitled else None
    if known is not None:
        return known
    paired = _PAIRED.match(folded, end) if kind in ("directive", "bylaw") else None
    return _bare(view, start, paired.end() if paired else end, kind, depth)


def _bare(view: View, start: int, end: int, kind: str, depth: int) -> Named | Anaphor:
    """An unquoted, unlisted title after its head; after «مصوبه» only words that open one."""
    folded, untitled = view.folded, kind in ("resolution", "decree")
    title_end = bare_end(folded, end)
    opens = key_of(next_in_title(folded, end).partition("\u200c")[0]) in registry.anaphora("opening")
    if title_end == end or (untitled and not opens):
        return Anaphor(start, end, kind, weak=True)
    title_end = _with_clause(view, end, before_clause(folded, end, title_end), depth)
    begin = after_gap(folded, end) if untitled else start
    return Named(begin, title_end, printed_title(view, begin, title_end), kind, body_after(view, title_end))


def _with_clause(view: View, start: int, end: int, depth: int) -> int:
    """The end of a title that goes on with a clause: «آیین‌نامه اجرایی ماده ۵ قانون مطبوعات», «قانون الحاق یک تبصره به …»."""
    folded, adds = view.folded, opens(view.folded, start, end, "به")
    if depth >= _MAX_DEPTH or not (adds or key_of(last_in_title(folded, end)) in registry.anaphora("of_clause")):
        return end
    at = after_gap(folded, end)
    for _ in range(_MAX_CLAUSES):
        locator = locator_at(folded, at)
        added = _addition().match(folded, at) if adds and locator is None else None
        if locator is None and added is None:
            break
        link = _CLAUSES.match(folded, locator.end) if locator else added
        at = link.end() if link else at
    inner = _at_word(view, at, depth=depth + 1)
    return inner.end if isinstance(inner, Named) else end


@cache
def _addition() -> re.Pattern[str]:
    """«| یک تبصره به ماده ۴», «| بندی به …» behind «قانون الحاق»."""
    unit = f"(?:{'|'.join(sorted(units(), key=len, reverse=True))})(?:\u200c?ای|ی)?(?!\\w)"
    return re.compile(f"{GAP}(?:(?:یک|دو|سه|چند|[0-9]{{1,2}}){GAP})?(?:{unit}{GAP})?به(?!\\w){GAP}")


def _known_after(view: View, at: int) -> Named | None:
    """A listed title right after its head: «مصوبه سیاست‌ها و اقدامات …»."""
    inner = _at_word(view, after_gap(view.folded, at))
    return inner if isinstance(inner, Named) and inner.listed else None
