"""Whether a text without a law portal around it is that of a law, and under which title.

Either a line before the clauses is a title («قانون …», «آیین‌نامه‌های …») and the clauses hold most of the text or follow a
resolution's formula («… به شرح زیر تصویب کرد:»); or the first line is a firm label of a clause or chapter, and there is no title.
In a file, the first line may be a resolution's formula itself, or any heading right above the clauses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.bodies import find_bodies
from parsers.facts.view import view
from parsers.grammar.alphabets import ALPHABET, FIRST_NAME
from parsers.grammar.blanks import GAP, LETTER, WORD_END, WORD_START
from parsers.grammar.instrument_titles import heads, name_at
from parsers.grammar.joints import any_word
from parsers.law.days import days_in
from parsers.law.labels import find_labels
from parsers.law.tree import read_tree
from parsers.law.vocabulary import SINGLE_ARTICLE, article_units, containers, data, pattern, words
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.law.label import Label
    from parsers.law.tree import Tree

_MOST = 400_000
_TITLE_WITHIN = 25
_LONGEST_TITLE = 320
_CLAUSES_ENOUGH = 3
_SHARE = 0.5
_LONGEST_NAME = 90
_LONGEST_HEADING = 140
_LINES_OF_HEAD = 3
_SENTENCE = (".", "؛", ":", "،", "؟", "!")
_OPENING_MARKS = " «\"'(\u200c\u200e\u200f-–—ـ*"


@dataclass(frozen=True, slots=True)
class LawText:
    """The lines of a law without its title; `titled` is false where `title` is only a working name. `clauses` counts them."""

    title: str
    lines: tuple[str, ...]
    clauses: int
    titled: bool = True


def law_text(lines: Sequence[str], title: str | None = None, *, certain: bool = False, is_file: bool = False) -> LawText | None:
    """Return the law in the lines of a text, None where they are none.

    With `title` (a page's headline, a file's name) all lines are its text, if it is the title of an instrument; `certain` where
    a person has given it. `is_file`: nothing but a title can stand above the text, as a headline does on a page.
    """
    kept = [line.strip() for line in lines if line.strip()]
    if title is not None:
        return _titled(title, kept, formal=True) if certain or is_title(title) else None
    place = _title_place(kept)
    if place is not None:
        rest = [*kept[:place], *kept[place + 1 :]]
        return _titled(kept[place], rest, formal=False)
    found = _untitled(kept)
    return found or (_resolved(kept) or _headed(kept) if is_file else None)


def is_title(text: str) -> bool:
    """Return whether a text opens as the title of an instrument: «قانون …», «متن کامل آیین‌نامه‌های …», «قانون کار»."""
    folded = fold(text).lstrip(_OPENING_MARKS)
    opening = pattern("title", "before").match(folded)
    return _names_instrument(folded) or bool(opening and _names_instrument(folded[opening.end() :].lstrip(' :«"\u200c')))


def _names_instrument(rest: str) -> bool:
    """Return whether a folded text begins with the title of an instrument, or with what is done to one: «اصلاحیه آیین‌نامه …»."""
    rest = _plural().sub("\\1", rest, count=1)
    of_other = _of_another().match(rest)
    rest = rest[of_other.end() :] if of_other else rest
    found = name_at(rest, 0)
    if found is None or rest[found.end : found.end + 1].isalpha():
        return False
    return bool(found.value.listed) or len(rest) >= found.end + 3


def _titled(title: str, lines: Sequence[str], *, formal: bool) -> LawText | None:
    text = "\n".join(lines)[:_MOST]
    tree = _tree(text)
    if tree is None:
        return None
    resolved = _ends_in_formula(text[: tree.preamble_end])
    if not (_is_enough(tree) or (resolved and _lists_from_one(tree))):
        return None
    inside = tree.closing_start - tree.preamble_end
    most = inside >= _SHARE * tree.closing_start
    counted = _counts_from_one(tree) or (resolved and _lists_from_one(tree))
    if most or (counted and (formal or resolved)):
        return LawText(title, tuple(lines), len(tree.clauses))
    return None


def _resolved(lines: Sequence[str]) -> LawText | None:
    """Return a resolution without a title: its first line is the formula, who met, when, and that it was passed; then clauses."""
    first = next((place for place, line in enumerate(lines[:_TITLE_WITHIN]) if not _is_invocation(line)), None)
    if first is None or not _is_formula(lines[first]):
        return None
    tree = _tree("\n".join(lines[first:])[:_MOST])
    if tree is None or tree.preamble_end > len(lines[first]) + 1 or not (_counts_from_one(tree) or _lists_from_one(tree)):
        return None
    return LawText(_working_name(lines[first]), tuple(lines), len(tree.clauses), titled=False)


def _headed(lines: Sequence[str]) -> LawText | None:
    """Return a law whose heading is no known kind of title: a short line, then at once articles from 1.

    Three at least; two below «مصوب جلسه …».
    """
    heads = [line for line in lines[:_TITLE_WITHIN] if not _is_invocation(line)]
    first = next((n for n, line in enumerate(heads) if _begins_clauses(line)), None)
    if not first or first > _LINES_OF_HEAD or any(_is_prose(line) for line in heads[:first]):
        return None
    rest = [line for line in lines if line is not heads[0]]
    tree = _tree("\n".join(rest)[:_MOST])
    articles = sum(clause.unit in article_units() for clause in tree.clauses) if tree else 0
    enough = 2 if any(_is_issue(line) for line in heads[:first]) else _CLAUSES_ENOUGH
    if tree is None or not _counts_from_one(tree) or articles < enough:
        return None
    return LawText(heads[0], tuple(rest), len(tree.clauses))


def _is_prose(line: str) -> bool:
    """Return whether a line is a sentence rather than a heading or «مصوب جلسه …»."""
    return len(line) > (_LONGEST_TITLE if _is_issue(line) else _LONGEST_HEADING) or line.endswith(_SENTENCE)


def _is_issue(line: str) -> bool:
    """Return whether a line only says when and by whom something was approved."""
    return bool(pattern("title", "issued").match(fold(line).lstrip(_OPENING_MARKS)))


def _is_formula(line: str) -> bool:
    """Return whether a line is a resolution's formula: «شورای … در جلسه … مورخ … به شرح زیر تصویب کرد:»."""
    folded = fold(line)
    named = next(iter(find_bodies(view(line))), None)
    begins = named is not None and named.body is not None and not folded[: named.start].strip(_OPENING_MARKS)
    return begins and bool(pattern("head", "resolves").search(folded)) and bool(_meeting().search(folded)) and bool(days_in(line))


def _untitled(lines: Sequence[str]) -> LawText | None:
    """Return a text that begins with its clauses; before them at most «بسمه تعالی» and lines of a letterhead."""
    first = next((place for place, line in enumerate(lines[:_TITLE_WITHIN]) if not _is_invocation(line)), None)
    if first is None or not _begins_clauses(lines[first]):
        return None
    tree = _tree("\n".join(lines)[:_MOST])
    if tree is None or not (_counts_from_one(tree) or any(c.unit in containers() for c in tree.clauses[:1])):
        return None
    return LawText(_working_name(lines[first]), tuple(lines), len(tree.clauses), titled=False) if _is_enough(tree) else None


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


def _lists_from_one(tree: Tree) -> bool:
    """Return whether the outermost clauses are a list that counts 1, 2 or الف, ب."""
    return [clause.number for clause in tree.clauses if clause.parent is None][:2] in ([1, 2], [FIRST_NAME, ALPHABET[1]])


def _ends_in_formula(preamble: str) -> bool:
    """Return whether what stands before the clauses is a resolution's: «… در جلسه … به شرح زیر تصویب کرد:»."""
    *before, last = fold(preamble).rstrip().split("\n")[-_LINES_OF_HEAD:]
    resolves = bool(pattern("head", "resolves").search(last))
    if resolves and (last.endswith(":") or _meeting().search(last)):
        return True
    # «… تصویب کرد:» may be followed by what is changed: «آیین‌نامه … به شرح زیر اصلاح می‌شود:»
    return any(
        line.rstrip().endswith(":") and _meeting().search(line) and pattern("head", "resolves").search(line) for line in before
    )


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
    """Return whether a line begins with a label of an article or chapter, a firm one or the first of all."""
    label = _first_label(line)
    if label is None or label.start >= 3:
        return False
    return label.unit in (*article_units(), *containers()) and (label.firm or label.number == 1)


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
def _of_another() -> re.Pattern[str]:
    """Return the pattern for what stands before the title of a changed instrument: «اصلاحیه», «اصلاح ماده ۵», «لغو»."""
    return re.compile(f"{words('title', 'of_others')}{GAP}(?:[^\n«»]{{1,40}}?{GAP})??(?={any_word(heads())})")


@cache
def _meeting() -> re.Pattern[str]:
    return re.compile(f"{WORD_START}{words('head', 'in_meeting')}")


@cache
def _invocation() -> re.Pattern[str]:
    return re.compile(f"[ «(*]*{words('title', 'invocations')}{WORD_END}")
