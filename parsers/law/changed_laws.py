"""Which law a cited clause is of, in a law that changes others.

«ماده (۱۵) قانون …» names it; «ماده (۱۵) قانون» alone means the law in the amending law's own title, else the one named last.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.instruments import find_instruments
from parsers.facts.view import view
from parsers.grammar.approval_years import approval_year
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.joints import AND, any_word
from parsers.grammar.names import key_of
from parsers.law.vocabulary import data, words
from parsers.lexicon import load
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from parsers.law_models import Law
    from parsers.models import Reference


@dataclass(frozen=True, slots=True)
class ChangedLaw:
    """A law that is changed: its title as stored, who issued it, the Jalali year by which it is named. Places index the text."""

    title: str
    body: str | None = None
    year: int | None = None
    start: int = 0
    end: int = 0


def named_laws(text: str, start: int, end: int) -> Iterator[ChangedLaw]:
    """Yield the instruments named in a stretch of text; «قانون عبارت «…»» names none."""
    folded = fold(text)
    for named in find_instruments(view(text[start:end]), bare=True):
        low, high = start + named.start, start + named.end
        whole = _head().match(folded, low)
        if (whole and _no_title().match(folded, whole.end())) or _this().search(folded, max(0, low - 8), low):
            continue
        if key_of(named.title.split(" ")[-1]) not in _half_titles() and not _no_law().match(folded, low):
            yield ChangedLaw(named.title, named.body, approval_year(folded, high), low, high)


def law_of_title(title: str) -> ChangedLaw | None:
    """Return the law that an amending law names in its own title, if any: «قانون اصلاح قانون …», «اصلاح آیین‌نامه اجرایی …»."""
    law = next((law for law in named_laws(title, 0, len(title)) if law.start > 0), None)
    bylaw = _bylaw_of().search(fold(title), 0, law.start) if law else None
    if law is None or bylaw is None or not title[: bylaw.start()].strip(" «\u200c"):
        return law
    return replace(law, title=title[bylaw.start() : law.end], body=None, start=bylaw.start())


def follows_head(folded: str, reference: Reference) -> tuple[bool, bool]:
    """Return whether «قانون» or the like follows a cited clause, and whether it stands there without a title."""
    head = _head_after().match(folded, reference.end)
    return head is not None, bool(head and (_no_title().match(folded, head.end()) or not _title_word().match(folded, head.end())))


def is_this_law(folded: str, reference: Reference) -> bool:
    """Return whether «این قانون» follows a cited clause."""
    return bool(_this_law().match(folded, reference.end))


def is_itself(title: str, law: Law) -> bool:
    """Return whether a title is that of the law that speaks."""
    return key_of(title) in {key_of(law.title), *map(key_of, law.titles)}


@cache
def _kinds() -> str:
    return any_word([name for names in load("instruments")["heads"].values() for name in names])


@cache
def _head() -> re.Pattern[str]:
    return expression(_kinds())


@cache
def _head_after() -> re.Pattern[str]:
    return expression(f"{GAP}(?:{words('amendments', 'of')}{GAP})?{_kinds()}")


@cache
def _this() -> re.Pattern[str]:
    """Return the pattern for «این» right before a name: «این قانون ظرف سه ماه …» names nothing."""
    return expression(f"{words('sentences', 'this')}{GAP}\\Z")


@cache
def _this_law() -> re.Pattern[str]:
    return expression(f"{GAP}(?:{words('amendments', 'of')}{GAP})?{words('sentences', 'this')}{GAP}{_kinds()}")


@cache
def _title_word() -> re.Pattern[str]:
    return expression(f"{GAP}[^\\W\\d_]")


@cache
def _no_title() -> re.Pattern[str]:
    """Return the pattern for what ends a title after «قانون»: «قانون عبارت», «قانون اصلاح می‌شود», not «قانون اصلاح موادی»."""
    then = "|".join((words("amendments", "passive"), AND, words("amendments", "as_follows"), "[.:،]", "\\Z"))
    verb = f"{words('amendments', 'verbs_or_titles')}{GAP}(?:{then})"
    return expression(f"{GAP}(?:{words('amendments', 'no_title')}|{verb})")


@cache
def _no_law() -> re.Pattern[str]:
    """Return the pattern for what is no law that could change: «سند رسمی», «ضوابط مغایر»."""
    papers = f"{words('amendments', 'papers')}{GAP}(?!{words('amendments', 'great_papers')})"
    return expression(f"{papers}|{_kinds()}{GAP}{words('amendments', 'any_law')}")


@cache
def _bylaw_of() -> re.Pattern[str]:
    """Return the pattern for a bylaw right before the law that it carries out: «آیین‌نامه اجرایی»."""
    return expression(f"{WORD_START}{_kinds()}{GAP}{words('title', 'carries_out')}{GAP}\\Z")


@cache
def _half_titles() -> frozenset[str]:
    """Return the words with which a title cannot end: «قانون اصلاح»."""
    return frozenset(map(key_of, data()["title"]["of_others"]))
