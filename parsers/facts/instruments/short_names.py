"""Instruments by their short names: «ق.م.ا», «ق م ا», «قانون بودجه ۹۸»."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.facts.instruments.ambiguous_names import is_ambiguous, meant_by
from parsers.facts.instruments.models import TitleMention, listed_mention
from parsers.grammar.blanks import BLANK, GAP, LETTER
from parsers.grammar.instrument_titles import abbreviated, law_word
from parsers.grammar.joints import any_word
from parsers.grammar.names import key_of
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

    from parsers.facts.view import View

_SHORT: dict[str, Any] = load("instruments")["short"]
# «ق.م.ا», «قانون ج.ر».
_ABBREVIATION = expression(
    rf"""(?x)
    (?:{law_word()}{GAP}(?={LETTER}{GAP}\.{GAP}{LETTER}))?
    {LETTER}(?:{GAP}\.{GAP}{LETTER}){{1,4}}
    (?![\w\u200c])
    """
)
_DOTTED = expression(rf"\.{GAP}{LETTER}(?!\w)")
_SPACED = expression(rf"{_SHORT['law']}(?:[ \u200c.]{{1,2}}{LETTER}(?!\w)){{1,4}}")
_LETTERS_ONLY = expression(rf"(?:\.|\s|{BLANK})+")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@cache
def _budget() -> re.Pattern[str]:
    """Return the budget of a year, with its head and year as groups 1 and 2."""
    words = _SHORT["budget"]
    return expression(
        rf"""(?x)
        ({"|".join(words["heads"])}){GAP}
        {words["word"]}{GAP}(?:{load("spellings")["ezafe"]}{GAP})?
        (?:(?:{any_word(words["total"])}{GAP}{any_word(words["country"])}{GAP}(?:{any_word(words["in"])}{GAP})?)?{words["year"]}{GAP})?
        ((?:1[34])?[0-9]{{2}})(?![0-9])
        (?:{GAP}{any_word(words["total"])})?
        (?:{GAP}{any_word(words["country"])})?
        """
    )


def may_be_budget(folded: str, start: int, end: int) -> bool:
    """Return whether the name at start..end, or the word after it, is that of a budget: cheap, before one is read."""
    word: str = _SHORT["budget"]["word"]
    return word in folded[start : end + len(word) + 3]


def budget_at(folded: str, at: int) -> TitleMention | None:
    """Return the budget of a year at `at`, if any: «قانون بودجه سال ۱۳۹۸ کل کشور», «لایحه بودجه ۱۴۰۳»."""
    found = _budget().match(folded, at)
    if found is None:
        return None
    year = int(found[2]) if len(found[2]) == 4 else int(found[2]) + (1300 if int(found[2]) > 30 else 1400)
    title = _SHORT["budget"]["title"].format(head=found[1], year=year).translate(_PERSIAN_DIGITS)
    kind = "law" if found[1] == law_word() else "bill_or_plan"
    return TitleMention(found.start(), found.end(), title, kind, listed=True, rule="budget_of_year")


def spaced_at(folded: str, at: int) -> TitleMention | None:
    """Return the instrument of a listed abbreviation without dots at `at`, if any: «ق م ا»."""
    found = _SPACED.match(folded, at)
    known = abbreviated(found[0]) if found else None
    return listed_mention(at, found.end(), known, "abbreviation") if found and known else None


def abbreviation_at(view: View, at: int) -> TitleMention | None:
    """Return the instrument of an abbreviation with dots at `at`, if it is listed; its sentence decides what «ق.م» means."""
    found = _ABBREVIATION.match(view.folded, at)
    if found is None:
        return None
    ends = [dot.end() for dot in _DOTTED.finditer(found[0])]
    for end in reversed(ends):  # «ق.م.ا. و …»: the last letter may be a word of its own; «ق.ا.ا.م» is not ق.ا
        if end < ends[-1] and not _apart(found[0], end):
            break
        letters = key_of(_LETTERS_ONLY.sub("", found[0][:end].removeprefix(law_word())))
        known = abbreviated(letters)
        if known is not None:
            return listed_mention(at, at + end, known, "abbreviation")
        if is_ambiguous(letters):
            return meant_by(view, at, at + end, letters)
    return None


def _apart(printed: str, end: int) -> bool:
    """Whether what follows a shorter abbreviation is set apart from it by a blank, and the abbreviation has none inside."""
    return " " in printed[end:] and " " not in printed[:end].removeprefix(f"{law_word()} ")
