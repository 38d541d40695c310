"""Items below «قوانین زیر نسخ می‌شود:»: each is a law or clauses of one, «۳- ماده (۴) قانون …»."""

from __future__ import annotations

import re
from functools import cache

from parsers.expressions import expression, longest_first
from parsers.grammar.approval_years import approval_year
from parsers.grammar.blanks import GAP, WORD_END, WORD_START
from parsers.grammar.instrument_titles import name_at
from parsers.grammar.joints import AND
from parsers.law.changed_laws import ChangedLaw
from parsers.law.vocabulary import instrument_words, words
from parsers.lexicon import load
from parsers.persian.letters import fold


def listed_law(text: str, start: int, end: int) -> ChangedLaw | None:
    """Return the law that an item of a list begins with; its title ends where «مصوب» or an exception begins."""
    folded = fold(text)
    opened = _law().match(folded, start, end)
    if opened is None:
        return None
    begins, stop = opened.start("law"), _title_end().search(folded, opened.end(), end)
    ends = stop.start() if stop else end
    title = " ".join(text[begins:ends].split()).strip(" «»\u200c")
    year = approval_year(folded, ends)
    named = name_at(fold(title), 0)
    known = named.value.of_year(year) if named and named.end == len(title) else None
    return ChangedLaw(known.title if known else title, None, year, begins, ends)


def lists_clauses(text: str, start: int, end: int) -> bool:
    """Return whether an item of a list begins with clauses: «مواد (۳) و (۴) قانون …»."""
    return _clauses().match(fold(text), start, end) is not None


@cache
def _law() -> re.Pattern[str]:
    return expression(f"[ «\u200c\n]*(?P<law>{instrument_words()})")


@cache
def _clauses() -> re.Pattern[str]:
    plural = f"(?:{GAP}{words('title', 'plural')})?"
    units = (unit for unit in load("units")["unit"].values())
    forms = "|".join(re.escape(fold(form)) for form in longest_first(f for u in units for f in (*u["singular"], *u["plural"])))
    return expression(f"[ «\u200c\n]*(?:{words('amendments', 'content_of')}{GAP})?(?:{forms}){plural}{WORD_END}")


@cache
def _title_end() -> re.Pattern[str]:
    lists = (("title", "issued"), ("title", "dated"), ("amendments", "except"), ("amendments", "and_also"))
    ends = "|".join(words(section, key) for section, key in lists)
    return expression(f"[ (،؛\u200c]*{WORD_START}(?:{ends})|[.؛\n]|[ (،]*{AND}{GAP}(?={words('title', 'of_others')})")
