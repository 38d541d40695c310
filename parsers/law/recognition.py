"""Whether a text without a law portal around it is that of a law, and under which title.

Either a line before the clauses is a title («قانون …», «آیین‌نامه‌های …») and the clauses hold most of the text or follow a
resolution's formula («… به شرح زیر تصویب کرد:»); or the first line is a firm label of a clause or chapter, and there is no title.
In a file, the first line may be a resolution's formula itself, or any heading right above the clauses.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, LETTER
from parsers.grammar.instrument_titles import name_at
from parsers.law.clause_counts import (
    CLAUSES_ENOUGH,
    LONGEST,
    MANY,
    LawText,
    counts_from_one,
    first_label,
    is_enough,
    lists_from_one,
    tree_of,
)
from parsers.law.closing_formula import ends_in_formula
from parsers.law.untitled_texts import (
    LONGEST_TITLE,
    OPENING_MARKS,
    SENTENCE,
    TITLE_WITHIN,
    begins_clauses,
    headed,
    is_invocation,
    is_issue,
    meeting,
    resolved,
    untitled,
)
from parsers.law.vocabulary import article_units, containers, instrument_words, pattern, words
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_SHARE = 0.5
_LINES_OF_HEAD = 3
_LINES_OF_RULING = 3
_SHORTEST_NAME = 2
_CONTENTS_WITHIN = 120


def law_text(lines: Sequence[str], title: str | None = None, *, certain: bool = False, is_file: bool = False) -> LawText | None:
    """Return the law in the lines of a text, None where they are none.

    With `title` (a page's headline, a file's name) all lines are its text, if it is the title of an instrument; `certain` where
    a person has given it. `is_file`: nothing but a title can stand above the text, as a headline does on a page.
    """
    kept = [line.strip() for line in lines if line.strip()]
    if _is_ruling([title or "", *kept[:_LINES_OF_RULING]]) and not _counts_articles(kept):
        return None
    if title is not None:
        return _titled(title, kept, formal=True) if certain or is_title(title) else None
    place = _title_place(kept)
    if place is not None:
        rest = [*kept[:place], *kept[place + 1 :]]
        return _titled(kept[place], rest, formal=False, is_file=is_file)
    found = untitled(kept)
    return found or (resolved(kept) or headed(kept) if is_file else None)


def _is_ruling(heads: Sequence[str]) -> bool:
    """Return whether a text is headed as a court's ruling or an office's opinion."""
    return any(pattern("title", "rulings").match(fold(line).lstrip(OPENING_MARKS)) for line in heads)


def _counts_articles(lines: Sequence[str]) -> bool:
    tree = tree_of("\n".join(lines))
    return tree is not None and counts_from_one(tree)


def is_title(text: str) -> bool:
    """Return whether a text opens as the title of an instrument: «قانون …», «متن کامل آیین‌نامه‌های …», «قانون کار»."""
    folded = fold(text).lstrip(OPENING_MARKS)
    opening = pattern("title", "before").match(folded)
    return _names_instrument(folded) or bool(opening and _names_instrument(folded[opening.end() :].lstrip(' :«"\u200c')))


def _names_instrument(rest: str) -> bool:
    """Return whether a folded text begins with the title of an instrument, or with what is done to one: «اصلاحیه آیین‌نامه …»."""
    of_other = _of_another().match(rest)
    rest = rest[of_other.end() :] if of_other else rest
    found = name_at(rest, 0)
    if found is None or rest[found.end : found.end + 1].isalpha():  # «سیاست‌های کلی» is no plural of a title, «آیین‌نامه‌های» is
        rest = _plural().sub("\\1", rest, count=1)
        found = name_at(rest, 0)
    if found is None or rest[found.end : found.end + 1].isalpha():
        return False
    named = rest[found.end :].strip(" \u200c")
    return bool(found.value.listed) or (len(named) >= _SHORTEST_NAME and not pattern("title", "plural").fullmatch(named))


def may_be_law(text: str) -> bool:
    """Return whether a text opens with the title of an instrument or the label of a clause, or has many articles.

    What may stand before them is «بسمه تعالی». The menus of a site around a text thus make no law.
    """
    lines = [line.strip() for line in text[:LONGEST].split("\n")]
    first = next((line for line in lines if line and not (is_invocation(line) or is_issue(line))), "")
    return is_title(first) or begins_clauses(first) or sum(map(begins_clauses, lines)) >= MANY


def _titled(title: str, lines: Sequence[str], *, formal: bool, is_file: bool = False) -> LawText | None:
    text = "\n".join(lines)
    tree = tree_of(text)
    if tree is None:
        return None
    by_formula = _ends_in_formula(text[: tree.preamble_end])
    if not (is_enough(tree) or (by_formula and lists_from_one(tree))):
        return None
    inside = tree.closing_start - tree.preamble_end
    most = inside >= _SHARE * tree.closing_start
    counted = counts_from_one(tree) or (by_formula and lists_from_one(tree))
    # A law in a file may have a preamble that is longer than its clauses; a report quotes one or two of them.
    passed = counted and ends_in_formula(text[tree.closing_start :])
    many = is_file and counts_from_one(tree) and sum(c.unit in article_units() for c in tree.clauses) >= CLAUSES_ENOUGH
    if most or many or passed or (counted and (formal or by_formula)):
        return LawText(title, tuple(lines), len(tree.clauses))
    return None


def _ends_in_formula(preamble: str) -> bool:
    """Return whether what stands before the clauses is a resolution's: «… در جلسه … به شرح زیر تصویب کرد:»."""
    *before, last = fold(preamble).rstrip().split("\n")[-_LINES_OF_HEAD:]
    resolves = bool(pattern("head", "resolves").search(last))
    if resolves and (last.endswith(":") or meeting().search(last)):
        return True
    # «… تصویب کرد:» may be followed by what is changed: «آیین‌نامه … به شرح زیر اصلاح می‌شود:»
    return any(
        line.rstrip().endswith(":") and meeting().search(line) and pattern("head", "resolves").search(line) for line in before
    )


def _title_place(lines: Sequence[str]) -> int | None:
    """Return the line that is a title: the first that names an instrument and is no sentence, before any clause.

    A list of contents may stand above it: chapters without any article between.
    """
    chapters = 0
    for place, line in enumerate(lines[:_CONTENTS_WITHIN]):
        label = first_label(line)
        if label and label.firm and label.unit in containers():
            chapters += 1
            continue
        if (label and label.firm and label.unit) or place - chapters >= TITLE_WITHIN:
            return None
        if chapters == 1:
            return None
        if len(line) <= LONGEST_TITLE and not line.endswith(SENTENCE) and is_title(line):
            return place
    return None


@cache
def _plural() -> re.Pattern[str]:
    """Return the pattern for the plural of a title's first words; group 1 is the singular."""
    return expression(f"\\A((?:{LETTER}|\u200c){{2,14}}(?:[ \u200c](?:{LETTER}){{2,8}})??){GAP}{words('title', 'plural')}")


@cache
def _of_another() -> re.Pattern[str]:
    """Return the pattern for what stands before the title of a changed instrument: «اصلاحیه», «اصلاح ماده ۵», «لغو»."""
    return expression(f"{words('title', 'of_others')}{GAP}(?:[^\n«»]{{1,40}}?{GAP})??(?={instrument_words()})")
