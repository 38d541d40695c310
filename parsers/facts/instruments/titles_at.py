"""The title, or the words that point back to one, that begin at a place: listed titles, «قانون مذکور», unlisted titles."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.instruments.listed_titles import listed_title
from parsers.facts.instruments.models import BackReference, TitleMention, after_gap, body_after, printed_title
from parsers.facts.instruments.quoted_titles import quoted_after
from parsers.facts.instruments.run_on_titles import before_clause
from parsers.facts.instruments.short_names import abbreviation_at, budget_at
from parsers.grammar.blanks import BLANK, GAP, LETTER
from parsers.grammar.clause_labels import locator_at
from parsers.grammar.instrument_titles import law_word, mentioned, name_at, words_of
from parsers.grammar.joints import AND, FROM, any_word
from parsers.grammar.names import key_of
from parsers.grammar.title_end import bare_end, is_sure_end, lacks_title, last_in_title, list_end, next_in_title, opens
from parsers.grammar.units import any_unit
from parsers.grammar.words_around import cue
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

    from parsers.facts.view import View

_MAX_CLAUSES = 8
_MAX_DEPTH = 3
_REACH = 120
# So many words of a law's title at least make that of its bill, or of a plan.
_LEAST_BILL, _LEAST_PLAN = 2, 3
_WORDS = expression(f"{LETTER}+")


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
    if lacks_title(folded, end) or _number().match(folded, end):
        return BackReference(start, end, kind, weak=True, body=body_after(view, end))
    bill = _bill(view, start, end, folded[start:end]) if kind == "bill_or_plan" else None
    if bill is not None:
        return bill
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
    """Return an unquoted, unlisted title after its head; after «مصوبه» only words that open one."""
    folded, untitled = view.folded, kind in ("resolution", "decree")
    title_end = bare_end(folded, end)
    first = next_in_title(folded, end)
    opening = key_of(first.partition("\u200c")[0]) in words_of("opening")
    if title_end == end or (untitled and not opening) or len(first) == 1 or _is_deictic(folded, end, title_end):
        return BackReference(start, end, kind, weak=True)
    listing = list_end(folded, title_end)
    sure = listing == title_end
    title_end = _with_clause(view, end, before_clause(folded, end, title_end), depth) if sure else listing
    begin = after_gap(folded, end) if untitled else start
    title, body = printed_title(view, begin, title_end), body_after(view, title_end)
    sure = sure and is_sure_end(folded, title_end)
    return TitleMention(begin, title_end, title, kind, body, rule="title_beside_clause", certain=sure)


def _is_deictic(folded: str, start: int, end: int) -> bool:
    """«قانون | اقدامات زیر»: a single word that is pointed at belongs to the clause."""
    one_word = next_in_title(folded, start) == folded[after_gap(folded, start) : end]
    return one_word and key_of(next_in_title(folded, end)) in cue("titles.words", "deictic")


def _with_clause(view: View, start: int, end: int, depth: int) -> int:
    """The end of a title that goes on with a clause: «آیین‌نامه اجرایی ماده ۵ قانون مطبوعات», «قانون الحاق یک تبصره به …»."""
    folded, adds = view.folded, opens(view.folded, start, end, _adding())
    last = key_of(last_in_title(folded, end))
    parts = _from_parts().match(folded, end) if last in cue("titles.evidence", "parts") else None
    if depth >= _MAX_DEPTH or not (adds or parts or last in words_of("of_clause")):
        return end
    at = parts.end() if parts else after_gap(folded, end)
    for _ in range(_MAX_CLAUSES):
        locator = locator_at(folded, at)
        added = _addition().match(folded, at) if adds and locator is None else None
        if locator is None and added is None:
            break
        link = _between_clauses().match(folded, locator.end) if locator else added
        at = link.end() if link else at
    inner = title_at(view, at, depth=depth + 1)
    return inner.end if isinstance(inner, TitleMention) else end


@cache
def _from_parts() -> re.Pattern[str]:
    """«اصلاح موادی | از قانون …»."""
    return expression(f"{GAP}{FROM}{GAP}")


def _bill(view: View, start: int, end: int, head: str) -> TitleMention | None:
    """Return the bill that is called as its law is, with «قانون» or without, if any; its head is at start..end."""
    return bill_of_law(view, start, end, head) or _bill_of_title(view, start, end, head)


def _bill_of_title(view: View, start: int, end: int, head: str) -> TitleMention | None:
    """«لایحه مالیات بر ارزش افزوده»: a bill has the title that its law will have, unless its own is longer.

    A plan may be anything, «طرح مبارزه با مواد مخدر», so that it is a title like any other.
    """
    at = after_gap(view.folded, end)
    law = f"{law_word()} "
    found = name_at(law + view.folded[at : at + _REACH], 0)
    known = found.value.of_year(None) if found else None
    if found is None or known is None or known.kind != "law":
        return None
    title_end, is_bill = at + found.end - len(law), key_of(head) in words_of("bills")
    few = len(_WORDS.findall(view.folded, at, title_end)) < (_LEAST_BILL if is_bill else _LEAST_PLAN)
    if few or list_end(view.folded, bare_end(view.folded, end)) > title_end:
        return None
    rule = "bill_of_law" if is_bill else "title_beside_clause"
    title, body = printed_title(view, start, title_end), body_after(view, title_end)
    return TitleMention(start, title_end, title, "bill_or_plan", body, rule=rule)


def bill_of_law(view: View, start: int, end: int, head: str) -> TitleMention | None:
    """Return the bill that is called by the law it is to become, if any: «لایحه قانون تجارت»; its head is at start..end."""
    at = after_gap(view.folded, end)
    if key_of(head) not in words_of("bills") or not view.folded.startswith(law_word(), at):
        return None
    law = title_at(view, at, depth=_MAX_DEPTH)
    if not isinstance(law, TitleMention) or law.kind != "law":
        return None
    title = f"{printed_title(view, start, end)} {law.title}"
    return TitleMention(start, law.end, title, "bill_or_plan", rule="bill_of_law", certain=law.certain)


def _adding() -> str:
    """Return the preposition of «الحاق … به»."""
    word: str = load("instruments")["title"]["adding"]
    return word


@cache
def _number() -> re.Pattern[str]:
    """After a head: its number or day instead of a title."""
    return expression(f"{GAP}(?:{any_word(load('instruments')['title']['numbered'])}|[0-9(])")


@cache
def _paired() -> re.Pattern[str]:
    """«ضوابط | و مقررات سکوهای …»."""
    return expression(f"{GAP}{AND}{GAP}{any_word(load('instruments')['title']['paired'])}")


@cache
def _between_clauses() -> re.Pattern[str]:
    """Between the clauses of a title: «ماده ۴ | و اصلاح | ماده ۶»."""
    title = load("instruments")["title"]
    return expression(
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
    return expression(
        rf"""(?x)
        {GAP}
        (?:(?:{any_word(title["counts"])}|[0-9]{{1,2}}){GAP})?
        (?:{unit}{GAP})?
        {any_word([title["adding"]])}{GAP}
        """
    )
