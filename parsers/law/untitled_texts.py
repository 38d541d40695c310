"""Laws without a title that is known for one: clauses from the first line on, a resolution's formula, any heading."""

from __future__ import annotations

from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.bodies import find_bodies
from parsers.facts.view import view
from parsers.grammar.blanks import WORD_END, WORD_START
from parsers.law.clause_counts import (
    CLAUSES_ENOUGH,
    MANY,
    LawText,
    counts_from_one,
    counts_on,
    first_label,
    is_enough,
    is_long,
    lists_from_one,
    tree_of,
)
from parsers.law.days import days_in
from parsers.law.vocabulary import article_units, containers, data, pattern, words
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

SENTENCE = (".", "؛", ":", "،", "؟", "!")
OPENING_MARKS = " «\"'(\u200c\u200e\u200f-–—ـ*"
LONGEST_TITLE = 320
TITLE_WITHIN = 25
_LONGEST_NAME = 90
_LONGEST_HEADING = 140
_LINES_OF_HEAD = 3


def untitled(lines: Sequence[str]) -> LawText | None:
    """Return a text that begins with its clauses, after «بسمه تعالی» and a letterhead at most, or is little else than clauses."""
    first = next(
        (place for place, line in enumerate(lines[:TITLE_WITHIN]) if not is_invocation(line) and not is_issue(line)), None
    )
    if first is None:
        return None
    text, begins = "\n".join(lines), begins_clauses(lines[first])
    # Most pages with a numbered list end here: reading the tree of a long text takes as long as all else.
    if not begins and sum(map(fold(text).count, article_units())) < MANY:
        return None
    tree = tree_of(text)
    if tree is None or not is_enough(tree):
        return None
    counts = counts_from_one(tree) or counts_on(tree) or tree.clauses[0].unit in containers()
    is_law = counts if begins else is_long(tree)
    return LawText(_working_name(lines[first]), tuple(lines), len(tree.clauses), titled=False) if is_law else None


def resolved(lines: Sequence[str]) -> LawText | None:
    """Return a resolution without a title: its first line is the formula, who met, when, and that it was passed; then clauses."""
    first = next((place for place, line in enumerate(lines[:TITLE_WITHIN]) if not is_invocation(line)), None)
    if first is None or not _is_formula(lines[first]):
        return None
    issued = list(takewhile(is_issue, lines[first + 1 :]))
    tree = tree_of("\n".join([lines[first], *lines[first + 1 + len(issued) :]]))
    if tree is None or tree.preamble_end > len(lines[first]) + 1 or not (counts_from_one(tree) or lists_from_one(tree)):
        return None
    return LawText(_working_name(lines[first]), tuple(lines), len(tree.clauses), titled=False)


def headed(lines: Sequence[str]) -> LawText | None:
    """Return a law whose heading is no known kind of title: a short line, then at once articles from 1.

    Three at least; two below «مصوب جلسه …». A resolution's formula may stand between.
    """
    heads = [line for line in lines[:TITLE_WITHIN] if not is_invocation(line)]
    first = next((n for n, line in enumerate(heads) if begins_clauses(line)), None)
    if not first or first > _LINES_OF_HEAD or any(_is_prose(line) and not _is_formula(line) for line in heads[:first]):
        return None
    if _is_prose(heads[0]):
        return None
    rest = [line for line in lines if line is not heads[0]]
    tree = tree_of("\n".join(rest))
    articles = sum(clause.unit in article_units() for clause in tree.clauses) if tree else 0
    enough = 2 if any(is_issue(line) for line in heads[:first]) else CLAUSES_ENOUGH
    if tree is None or not counts_from_one(tree) or articles < enough:
        return None
    return LawText(heads[0], tuple(rest), len(tree.clauses))


def _is_prose(line: str) -> bool:
    """Return whether a line is a sentence rather than a heading or «مصوب جلسه …»."""
    return len(line) > (LONGEST_TITLE if is_issue(line) else _LONGEST_HEADING) or line.endswith(SENTENCE)


def is_issue(line: str) -> bool:
    """Return whether a line only says when and by whom something was approved, or «با اصلاحات بعدی»."""
    folded = fold(line).lstrip(OPENING_MARKS)
    return bool(pattern("title", "issued").match(folded) or pattern("title", "after").match(folded))


def _is_formula(line: str) -> bool:
    """Return whether a line is a resolution's formula: «شورای … در جلسه … مورخ … تصویب کرد:», «در اجرای … در جلسه …»."""
    folded = fold(line)
    named = next(iter(find_bodies(view(line))), None)
    begins = named is not None and named.body is not None and not folded[: named.start].strip(OPENING_MARKS)
    begins = begins or bool(pattern("amendments", "on_ground_of").match(folded.lstrip(OPENING_MARKS)))
    return begins and bool(pattern("head", "resolves").search(folded)) and bool(meeting().search(folded)) and bool(days_in(line))


def begins_clauses(line: str) -> bool:
    """Return whether a line begins with a label of an article or chapter, a firm one or the first of all."""
    label = first_label(line)
    if label is None or label.start >= 3:
        return False
    return label.unit in (*article_units(), *containers()) and (label.firm or label.number == 1)


def is_invocation(line: str) -> bool:
    """Return whether a line is «بسمه تعالی» or the like."""
    return bool(_invocation().match(fold(line)))


def _working_name(first: str) -> str:
    """Return what a law without a title is called until somebody names it: «متن بی‌عنوان: » and how it begins."""
    label = first_label(first)
    words_of_it = first[label.end :].strip() if label else first
    cut = words_of_it[:_LONGEST_NAME].rpartition(" ")[0] if len(words_of_it) > _LONGEST_NAME else words_of_it
    named = (cut or first[:_LONGEST_NAME]).strip(" .:؛،")
    return f"{data()['title']['untitled']}: {named}"


@cache
def meeting() -> re.Pattern[str]:
    """Return the pattern for «در جلسه» and the like."""
    return expression(f"{WORD_START}{words('head', 'in_meeting')}")


@cache
def _invocation() -> re.Pattern[str]:
    return expression(f"[ «(*]*{words('title', 'invocations')}{WORD_END}")
