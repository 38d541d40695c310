"""Text of another law within an amending one: «ماده (۵) قانون … به شرح زیر اصلاح می‌شود:» and then «ماده (۵)- …».

The labels in such a text are clauses of the changed law. It ends where the amending law's own numbering goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.clause_labels import find_locators
from parsers.grammar.joints import AND, any_word
from parsers.grammar.number_ranges import expand
from parsers.law.label import is_container
from parsers.law.numbering import successors
from parsers.law.outline import series_of
from parsers.law.vocabulary import annexes, article_units, note_units, unit_words, words

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from parsers.grammar.clause_labels import Locator
    from parsers.law.label import Label
    from parsers.law.outline import OpenClause, Series

_REACH = 900
_NEAR = 12
_STOP = expression("[.؟!؛][ \u200c]+|\n")
_ENDS_OPEN = expression('[:：][ \u200c\u200e\u200f«"“\n]*\\Z')


@dataclass(slots=True)
class NewText:
    """The new text that a clause of an amending law brings. `units` are the kinds of clauses that it announces.

    `expected` are the articles it announces that have not come yet; `series` are the lists in it.
    """

    owner: OpenClause
    units: frozenset[str]
    expected: set[int | str]
    series: dict[Series, Label] = field(default_factory=dict)

    def holds(self, label: Label, last_article: Label | None, *, instructs: bool) -> bool:
        """Return whether a label stands in the new text, and note it. `instructs`: its own line changes a law too."""
        inside = self._is_inside(label, last_article, instructs=instructs)
        if inside:
            self.series[series_of(label)] = label
            self.expected.discard(label.number)
        return inside

    def _is_inside(self, label: Label, last_article: Label | None, *, instructs: bool) -> bool:
        if label.unit in annexes() or (is_container(label) and label.unit not in self.units):
            return False
        if label.unit in article_units():
            follows = last_article is not None and label.number in successors(last_article.number)
            return label.number in self.expected or not follows
        own = self.owner.label
        if own is None or self.owner.unit in article_units() or not self._goes_on(own, label):
            return True
        before = self.series.get(series_of(label))
        return not instructs and before is not None and label.number in successors(before.number)

    def _goes_on(self, own: Label, label: Label) -> bool:
        """Return whether a label is the next of the list in which the clause that brings the text stands."""
        alike = series_of(own) == series_of(label) or (self.owner.unit in note_units() and label.unit in note_units())
        announced = label.unit is not None and label.unit in self.units
        return alike and label.number in successors(own.number) and not announced


def new_text_of(owner: OpenClause, said: str) -> NewText | None:
    """Return the new text that begins after `said`, the folded words of a clause up to the next label; None where none does."""
    if not _ENDS_OPEN.search(said[-40:]):
        return None
    sentence = said[-_REACH:].rstrip(' \u200c\u200e\u200f«"“\n:')
    stops = list(_STOP.finditer(sentence))
    sentence = sentence[stops[-1].end() :] if stops else sentence
    if not changes_clauses(sentence):
        return None
    locators = list(find_locators(sentence))
    units = {locator.unit.name for locator in locators} | {unit_words()[found[1]] for found in _unit().finditer(sentence)}
    if not units:
        return None
    changed = (one for place, one in enumerate(locators) if not _holds_what_changes(sentence, locators, place))
    articles = {n for locator in changed if locator.unit.name in article_units() for n in expand(locator.items)}
    return NewText(owner, frozenset(units), articles)


def _holds_what_changes(sentence: str, locators: Sequence[Locator], place: int) -> bool:
    """Return whether a clause only holds what changes: «بند (ب) ماده (۲)», «به ماده (۲) … الحاق می‌شود»; no label of it comes."""
    here = locators[place]
    before = locators[place - 1] if place else None
    if before is not None and not _joint().search(sentence, before.end, here.start) and here.start - before.end <= _NEAR:
        return True
    return bool(_put_into().search(sentence, max(0, here.start - _NEAR), here.start) and _inserts().search(sentence))


def changes_clauses(sentence: str) -> bool:
    """Return whether a folded sentence announces new text: «… به شرح زیر اصلاح می‌شود», «متن زیر به … الحاق می‌گردد»."""
    return bool(_announces().search(sentence) or _changed_at_end().search(sentence))


@cache
def _joint() -> re.Pattern[str]:
    return expression(f"{AND}|،")


@cache
def _put_into() -> re.Pattern[str]:
    """Return the pattern for «به» right before a clause, unless it is «به عنوان»."""
    return expression(f"{WORD_START}{words('amendments', 'put_into')}{GAP}\\Z")


@cache
def _inserts() -> re.Pattern[str]:
    return expression(f"{WORD_START}{words('relations', 'inserts')}")


@cache
def _announces() -> re.Pattern[str]:
    shape, change, passive = (words("amendments", name) for name in ("as_follows", "changes", "passive"))
    replaces = words("amendments", "replaces")
    return expression(
        rf"""(?x)
        {shape}{GAP}{change}                            # به شرح زیر اصلاح و …
        | {shape}[^\n]{{0,160}}?{change}{GAP}{passive}   # متن زیر به ماده … الحاق می‌شود
        | {shape}[^\n]{{0,40}}?{replaces}[^\n]{{0,90}}?{passive}   # متن زیر جایگزین ماده … می‌گردد
        """
    )


@cache
def _changed_at_end() -> re.Pattern[str]:
    return expression(f"{words('amendments', 'changes')}{GAP}{words('amendments', 'passive')}{GAP}\\Z")


@cache
def _unit() -> re.Pattern[str]:
    return expression(f"{WORD_START}({any_word(unit_words())})")
