"""Whether a text without a law portal around it is that of a law, and under which title.

Either a line before the clauses is a title («قانون …», «آیین‌نامه‌های …») and the clauses hold most of the text or follow a
resolution's formula («… به شرح زیر تصویب کرد:»); or the first line is a firm label of a clause or chapter, and there is no title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.grammar.blanks import GAP, LETTER, WORD_END
from parsers.grammar.instrument_titles import name_at
from parsers.law.labels import find_labels
from parsers.law.numbering import plain_number
from parsers.law.tree import read_tree
from parsers.law.vocabulary import SINGLE_ARTICLE, article_units, containers, data, pattern, words
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.law.labels import Label
    from parsers.law.tree import Tree

_MOST = 400_000
_TITLE_WITHIN = 25
_LONGEST_TITLE = 320
_CLAUSES_ENOUGH = 3
_SHARE = 0.5
_RUN = 3
_MANY = 20
_NEARLY_ALL = 0.8
_LONGEST_NAME = 90
_SENTENCE = (".", "؛", ":", "،", "؟", "!")
_OPENING_MARKS = " «\"'(\u200c\u200e\u200f-–—ـ*"


@dataclass(frozen=True, slots=True)
class LawText:
    """The lines of a law without its title; `titled` is false where `title` is only a working name. `clauses` counts them."""

    title: str
    lines: tuple[str, ...]
    clauses: int
    titled: bool = True


def law_text(lines: Sequence[str], title: str | None = None, *, certain: bool = False) -> LawText | None:
    """Return the law in the lines of a text, None where they are none.

    With `title` (a page's headline, a file's name) all lines are its text, if it is the title of an instrument; `certain` where
    a person has given it.
    """
    kept = [line.strip() for line in lines if line.strip()]
    if title is not None:
        return _titled(title, kept, formal=True) if certain or is_title(title) else None
    place = _title_place(kept)
    if place is not None:
        rest = [*kept[:place], *kept[place + 1 :]]
        return _titled(kept[place], rest, formal=False)
    return _untitled(kept)


def is_title(text: str) -> bool:
    """Return whether a text opens as the title of an instrument: «قانون …», «متن کامل آیین‌نامه‌های …», «قانون کار»."""
    rest = fold(text).lstrip(_OPENING_MARKS)
    opening = pattern("title", "before").match(rest)
    rest = rest[opening.end() :].lstrip(' :«"\u200c') if opening else rest
    rest = _plural().sub("\\1", rest, count=1)
    found = name_at(rest, 0)
    if found is None or rest[found.end : found.end + 1].isalpha():
        return False
    return bool(found.value.listed) or len(rest) >= found.end + 3


def may_be_law(text: str) -> bool:
    """Return whether a text opens with the title of an instrument or the label of a clause, or has many articles.

    What may stand before them is «بسمه تعالی». The menus of a site around a text thus make no law.
    """
    lines = [line.strip() for line in text[:_MOST].split("\n")]
    first = next((line for line in lines if line and not _is_invocation(line)), "")
    return is_title(first) or _begins_clauses(first) or sum(map(_begins_clauses, lines)) >= _MANY


def _titled(title: str, lines: Sequence[str], *, formal: bool) -> LawText | None:
    text = "\n".join(lines)[:_MOST]
    tree = _tree(text)
    if tree is None or not _is_enough(tree):
        return None
    inside = tree.closing_start - tree.preamble_end
    most = inside >= _SHARE * tree.closing_start
    counted = _counts_from_one(tree)
    if most or (counted and (formal or _ends_in_formula(text[: tree.preamble_end]))):
        return LawText(title, tuple(lines), len(tree.clauses))
    return None


def _untitled(lines: Sequence[str]) -> LawText | None:
    """Return a text that begins with its clauses, after «بسمه تعالی» and a letterhead at most, or is little else than clauses."""
    first = next((place for place, line in enumerate(lines[:_TITLE_WITHIN]) if not _is_invocation(line)), None)
    tree = _tree("\n".join(lines)[:_MOST]) if first is not None else None
    if first is None or tree is None or not _is_enough(tree):
        return None
    if _begins_clauses(lines[first]):
        is_law = _counts_from_one(tree) or _counts_on(tree) or tree.clauses[0].unit in containers()
    else:
        is_law = _is_long(tree)
    return LawText(_working_name(lines[first]), tuple(lines), len(tree.clauses), titled=False) if is_law else None


def _tree(text: str) -> Tree | None:
    return read_tree(text) if next(iter(find_labels(fold(text))), None) is not None else None


def _is_enough(tree: Tree) -> bool:
    """Return whether there are enough clauses for a law: two articles, one that is all, or a list of three."""
    articles = sum(clause.unit in article_units() for clause in tree.clauses)
    single = any(clause.unit == SINGLE_ARTICLE for clause in tree.clauses)
    return articles >= 2 or len(tree.clauses) >= _CLAUSES_ENOUGH or single


def _counts_from_one(tree: Tree) -> bool:
    """Return whether the articles are 1, 2 … or the single one, as no news text has them."""
    articles = [clause for clause in tree.clauses if clause.unit in article_units()]
    numbers = [clause.number for clause in articles[:2]]
    alone = numbers == [1] and len(tree.clauses) >= _CLAUSES_ENOUGH
    return alone or numbers == [1, 2] or any(clause.unit == SINGLE_ARTICLE for clause in articles[:1])


def _counts_on(tree: Tree) -> bool:
    """Return whether the first articles follow one another from any number on: an excerpt of a law, the second book of a code."""
    articles = [clause for clause in tree.clauses if clause.unit in article_units()]
    numbers = [number for number in (plain_number(clause.number) for clause in articles) if number is not None]
    plain = list(dict.fromkeys(numbers))[:_RUN]
    return len(plain) == _RUN and plain == list(range(plain[0], plain[0] + _RUN))


def _is_long(tree: Tree) -> bool:
    """Return whether many articles, counted from 1, are nearly all of the text: a law after a long preface."""
    articles = sum(clause.unit in article_units() for clause in tree.clauses)
    inside = tree.closing_start - tree.preamble_end
    return articles >= _MANY and _counts_from_one(tree) and inside >= _NEARLY_ALL * tree.closing_start


def _ends_in_formula(preamble: str) -> bool:
    """Return whether what stands before the clauses is a resolution's: «… در جلسه … به شرح زیر تصویب کرد:»."""
    last = fold(preamble).rstrip().rpartition("\n")[2]
    return last.endswith(":") and bool(pattern("head", "resolves").search(last))


def _title_place(lines: Sequence[str]) -> int | None:
    """Return the line that is a title: the first that names an instrument and is no sentence, before any clause."""
    for place, line in enumerate(lines[:_TITLE_WITHIN]):
        label = _first_label(line)
        if label and label.firm and label.unit:
            return None
        if len(line) <= _LONGEST_TITLE and not line.endswith(_SENTENCE) and is_title(line):
            return place
    return None


def _first_label(line: str) -> Label | None:
    return next(iter(find_labels(fold(line))), None)


def _begins_clauses(line: str) -> bool:
    """Return whether a line begins with a firm label of an article or chapter."""
    label = _first_label(line)
    return bool(label and label.firm and label.start < 3 and label.unit in (*article_units(), *containers()))


def _is_invocation(line: str) -> bool:
    return bool(_invocation().match(fold(line)))


def _working_name(first: str) -> str:
    """Return what a law without a title is called until somebody names it: «متن بی‌عنوان: » and how it begins."""
    label = _first_label(first)
    words_of_it = first[label.end :].strip() if label else first
    cut = words_of_it[:_LONGEST_NAME].rpartition(" ")[0] if len(words_of_it) > _LONGEST_NAME else words_of_it
    named = (cut or first[:_LONGEST_NAME]).strip(" .:؛،")
    return f"{data()['title']['untitled']}: {named}"


@cache
def _plural() -> re.Pattern[str]:
    """Return the pattern for the plural of a title's first words; group 1 is the singular."""
    return re.compile(f"\\A((?:{LETTER}|\u200c){{2,14}}(?:[ \u200c](?:{LETTER}){{2,8}})??){GAP}{words('title', 'plural')}")


@cache
def _invocation() -> re.Pattern[str]:
    return re.compile(f"[ «(*]*{words('title', 'invocations')}{WORD_END}")
