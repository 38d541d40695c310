"""Clause labels: a unit with its numbers, «بند ۱۱», «تبصره‌های ۲ و ۳», «ماده واحده», «سومین بند»."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.alphabets import FIRST_NAME
from parsers.grammar.blanks import BLANK, GAP, LETTER, WORD_END
from parsers.grammar.clause_numbers import OPEN, Item
from parsers.grammar.joints import OF
from parsers.grammar.name_tree import beginnings
from parsers.grammar.names import starts_word
from parsers.grammar.number_lists import numbers_at
from parsers.grammar.ordinals import ordinal_before
from parsers.grammar.units import any_unit, forms, plural_endings, spellings_of, unit_by_slug
from parsers.lexicon import load
from parsers.scanner import Scanner

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from parsers.grammar.units import Unit


@dataclass(frozen=True, slots=True)
class Locator:
    """A unit and its numbers in a text; no items: a unit without a number (ماده واحده, the only note of a clause)."""

    unit: Unit
    items: tuple[Item, ...]
    start: int
    end: int
    plural: bool = False

    @property
    def numbered(self) -> bool:
        """Whether it names a number."""
        return bool(self.items)


_LABELS = load("units")["labels"]
_YE: str = load("spellings")["ezafe"]
_MARKS = "[\u0670\u064b-\u0654\u0621]{0,2}"
# «ماده‌ی», «ماده ی»; «بند ی)» is a letter.
_EZAFE = rf"(?:{BLANK}?{_YE}(?![\w\u200c]|{GAP}[)»\"]))?"
# «بنده‌ای» is what a careless repair makes of «بندهای».
_PLURAL = rf"{plural_endings()}|{_LABELS['careless_plural'].replace(' ', BLANK)}{WORD_END}"
_NUMBER_SIGN = rf"(?:{GAP}{_LABELS['number_sign']}(?:[\u0654ء]|{BLANK}?{_YE})?(?!\w))?"


@cache
def _could_be_number() -> str:
    """Return a number begins here, as far as its first letters show: cheap, before the number is read."""
    table = load("numbers")
    spelt = (word for kind in ("values", "scales", "ordinals") for spellings in table[kind].values() for word in spellings)
    beginnings = "|".join(sorted({word[:2] for word in spelt}))
    return rf"{GAP}(?=[0-9]|{OPEN.pattern}|{FIRST_NAME}(?!\w)|{LETTER}(?![^\W\u0640])|{beginnings})"


@cache
def _pattern() -> re.Pattern[str]:
    """Return a unit's name up to the place where its number begins; literals first, so that scanning is fast."""
    return expression(f"({any_unit()})({_PLURAL})?{_MARKS}{_EZAFE}{_NUMBER_SIGN}{_could_be_number()}")


@cache
def _single_article() -> re.Pattern[str]:
    """«ماده واحده», «ماده واحد»."""
    words = "|".join(_LABELS["single"])
    return expression(f"{spellings_of('made')}{_EZAFE}{GAP}(?:{words}){WORD_END}")


@cache
def _scanner() -> Scanner:
    """Return what finds where a unit may begin."""
    return Scanner(expression(beginnings(forms(), length=3)))


@cache
def _note_alone() -> re.Pattern[str]:
    """Return a note without a number, right before the clause that holds it: «تبصره ذیل بند ۳»."""
    return expression(f"{spellings_of('tabsare')}{_MARKS}{_EZAFE}(?={GAP}(?:{OF}{GAP})?({any_unit()}(?:{BLANK}|[0-9(])))")


@cache
def _after_ordinal() -> re.Pattern[str]:
    """Return a unit that may have its ordinal before it: «سومین بند»."""
    return expression(f"({any_unit(strong=True)}){_MARKS}{_EZAFE}{WORD_END}")


def find_locators(folded: str) -> Iterator[Locator]:
    """Yield every locator of a text from left to right; they do not overlap."""
    at = 0
    for found in _scanner().finditer(folded):
        start = found.start()
        if start < at or not _may_start(folded, start):
            continue
        locator = locator_at(folded, start) or _ordinal_first(folded, start)
        if locator is not None and locator.start >= at:
            at = locator.end
            yield locator


def locator_at(folded: str, at: int) -> Locator | None:
    """Return the locator that begins at `at`, if any."""
    located = _numbered_at(folded, at)
    if located is not None:
        return located
    alone = _note_alone().match(folded, at)
    if alone is None or _numbered_at(folded, alone.start(1)) is None:
        return None
    return Locator(unit_by_slug("tabsare"), (), at, alone.end())


def _numbered_at(folded: str, at: int) -> Locator | None:
    """«ماده واحده», or a unit with its numbers."""
    single = _single_article().match(folded, at)
    if single is not None:
        return Locator(unit_by_slug("vahede"), (), at, single.end())
    found = _pattern().match(folded, at)
    if found is None:
        return None
    form = forms()[found[1]]
    plural = form.plural or found[2] is not None
    numbers = numbers_at(folded, found.end(), plural=plural, articles=form.unit.article)
    if numbers is None or not _apart(folded, numbers.items[0].start):
        return None
    return Locator(form.unit, numbers.items, at, numbers.end, plural)


def _ordinal_first(folded: str, at: int) -> Locator | None:
    """«سومین بند»: the unit at `at` with the ordinal before it."""
    end = at
    while end and folded[end - 1] in " \u200c":
        end -= 1
    ordinal = ordinal_before(folded, end) if end != at and folded[end - 1] == _LABELS["ordinal_end"] else None
    found = _after_ordinal().match(folded, at) if ordinal else None
    if found is None or ordinal is None:
        return None
    value, start = ordinal
    return Locator(forms()[found[1]].unit, (Item(value, start, end, "ordinal"),), start, found.end())


def _apart(folded: str, at: int) -> bool:
    """Digits and brackets may be glued to a unit, words and letters may not: «بنده» is no clause."""
    return not folded[at].isalpha() or not folded[at - 1].isalnum()


def _may_start(folded: str, at: int) -> bool:
    """Return a word's beginning, or right after a digit («بند1ماده6»)."""
    return starts_word(folded, at) or folded[at - 1].isdigit()
