"""Instruments named in a text: listed ones by title, alias or abbreviation, others by the word that opens a title.

`instrument_at` reads the one at a place (after a clause); `find_instruments` finds those that any reader would recognize without
a clause: listed titles and quoted ones.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.instruments.bare_titles import is_determined, is_title, may_be_title
from parsers.facts.instruments.listed_titles import listed_title
from parsers.facts.instruments.models import BackReference, TitleMention, listed_mention
from parsers.facts.instruments.quoted_titles import enclosed_at, quote_before, quoted_after
from parsers.facts.instruments.short_names import abbreviation_at, budget_at, may_be_budget, spaced_at
from parsers.facts.instruments.titles_at import after_head, listed_after, title_at
from parsers.grammar.blanks import GAP
from parsers.grammar.instrument_titles import abbreviation_start, law_word, name_at, this, trigger, without_head, words_of
from parsers.grammar.joints import any_word
from parsers.grammar.names import key_of, starts_word
from parsers.grammar.title_end import after_word
from parsers.lexicon import load

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from parsers.facts.view import View
    from parsers.grammar.instrument_titles import Name
    from parsers.grammar.name_tree import FoundName

_OPENING = expression(f"{GAP}[«\"“'(\\[]{GAP}")
_REACH = 90


def find_instruments(view: View, *, bare: bool = False) -> Iterator[TitleMention]:
    """Yield the instruments of a section from left to right; with `bare` also titles that may be antecedents at most.

    Those have the rule "antecedent".
    """
    at = 0
    for found in trigger().finditer(view.folded):
        start = found.start()
        mention = _standing_alone(view, start, bare=bare) if start >= at and starts_word(view.folded, start) else None
        if mention is not None:
            at = mention.end
            yield mention


def _standing_alone(view: View, at: int, *, bare: bool) -> TitleMention | None:
    abbreviation = abbreviation_at(view, at) if abbreviation_start().match(view.folded, at) else None
    if abbreviation is not None:
        return abbreviation
    found = name_at(view.folded, at)
    if found is None:
        return None
    budget = budget_at(view.folded, at) if may_be_budget(view.folded, found.start, found.end) else None
    if budget is not None:
        return budget
    if found.value.kind is None:
        return _plan_or_law(view, listed_title(view, found), bare=bare)
    return _head_alone(view, found, found.value.kind, bare=bare)


def _plan_or_law(view: View, mention: TitleMention, *, bare: bool) -> TitleMention | None:
    """Return a title of the register; a plan whose title goes on is one of parliament or none: «طرح صیانت و توسعه جنگل‌ها»."""
    if mention.rule != "longer_title" or mention.kind != "bill_or_plan":
        return mention
    head_end = after_word(view.folded, mention.start)
    plan = may_be_title(view, mention.start, head_end) and is_title(view, mention, head_end)
    return mention if plan else _antecedent(mention, bare=bare)


def _antecedent(mention: TitleMention, *, bare: bool) -> TitleMention | None:
    """Return what «این طرح» may mean, if antecedents are wanted."""
    return replace(mention, rule="antecedent", certain=False) if bare else None


def _head_alone(view: View, found: FoundName[Name], kind: str, *, bare: bool) -> TitleMention | None:
    """Return a quoted title after its head, or around it; an unlisted one that is a title; any other if wanted."""
    folded = view.folded
    head = key_of(folded[found.start : found.end])
    quotable = bool({head, head.removesuffix(load("spellings")["ezafe"])} & words_of("quotable"))
    quoted = quoted_after(view, found.start, found.end, kind) if quotable else None
    quoted = quoted or (enclosed_at(view, quote_before(folded, found.start)) if quotable else None)
    if quoted is not None or kind in ("resolution", "decree"):
        return quoted
    possible = may_be_title(view, found.start, found.end)
    if not possible and (is_determined(view.folded, found.start) or not (bare and (quotable or kind == "bill_or_plan"))):
        return None
    unquoted = after_head(view, found.start, found.end, kind)
    if not isinstance(unquoted, TitleMention) or unquoted.rule != "title_beside_clause":
        return unquoted if isinstance(unquoted, TitleMention) else None
    if possible and is_title(view, unquoted, found.end):
        return replace(unquoted, rule="bare_title")
    return _antecedent(unquoted, bare=bare and (quotable or kind == "bill_or_plan"))


def instrument_at(view: View, at: int) -> TitleMention | BackReference | None:
    """Return the instrument or back reference that begins at `at` (the beginning of a word or a quotation mark), if any."""
    opening = _OPENING.match(view.folded, at)
    if opening is not None:
        inner = enclosed_at(view, at) or title_at(view, opening.end())
        return inner if isinstance(inner, TitleMention) else None
    return _short_of(view, at) or _this_one(view, at) or title_at(view, at)


def _short_of(view: View, at: int) -> TitleMention | BackReference | None:
    """«آن», «ق م ا» without dots, or an abbreviation that nobody listed."""
    folded = view.folded
    spaced = spaced_at(folded, at)
    if spaced is not None:
        return spaced
    it = _it().match(folded, at)
    if it is not None:
        return BackReference(at, it.end(), None)
    law = _without_head(view, at)
    if law is not None:
        return law
    unknown = abbreviation_start().match(folded, at) if abbreviation_at(view, at) is None else None
    return BackReference(at, unknown.end(), "unknown", weak=True) if unknown else None


@cache
def _it() -> re.Pattern[str]:
    """«آن», and neither «آنچه» nor «آن‌که»."""
    back = load("instruments")["anaphora"]
    return expression(f"{any_word(back['it'])}(?!{'|'.join(back['not_it'])})")


def _without_head(view: View, at: int) -> TitleMention | None:
    """Return a law called without «قانون» after its clause: «ماده ۵۰۰ تعزیرات», «تبصره ۱۴ بودجه ۱۴۰۲»."""
    law = f"{law_word()} "
    budget = budget_at(law + view.folded[at : at + _REACH], 0)
    if budget is not None:
        return replace(budget, start=at, end=at + budget.end - len(law))
    found = without_head(view.folded, at)
    if found is None:
        return None
    return listed_after(view, found.end) or listed_mention(at, found.end, found.value, "without_head")


def _this_one(view: View, at: int) -> BackReference | None:
    """«این قانون», «همان مصوبه»."""
    before = this().match(view.folded, at)
    inner = title_at(view, before.end(), pointing=True) if before else None
    return BackReference(at, inner.end, inner.kind) if isinstance(inner, BackReference) and inner.kind else None
