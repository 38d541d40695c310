"""Whether a text without a law portal around it is that of a law: a title that names one, then clauses that hold most of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.grammar.instrument_titles import listed, name_at
from parsers.law.labels import find_labels
from parsers.law.tree import read_tree
from parsers.law.vocabulary import SINGLE_ARTICLE, article_units, pattern
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 400_000
_TITLE_WITHIN = 25
_LONGEST_TITLE = 320
_CLAUSES_ENOUGH = 3
_SHARE = 0.5
_SENTENCE = (".", "؛", ":", "،", "؟", "!")


@dataclass(frozen=True, slots=True)
class LawText:
    """The lines of a law with its title taken out; `clauses` is how many were found."""

    title: str
    lines: tuple[str, ...]
    clauses: int


def law_text(lines: Sequence[str], title: str | None = None) -> LawText | None:
    """The law in the lines of a text, None where they are none. With `title` (a page's headline) all lines are its text."""
    kept = [line.strip() for line in lines if line.strip()]
    place = _title_place(kept) if title is None else None
    if title is None and place is None:
        return None
    if title is not None and not _opens_title(fold(title)):
        return None
    named = title if title is not None else kept[place or 0]
    rest = kept if place is None else [*kept[:place], *kept[place + 1 :]]
    clauses = _clauses("\n".join(rest)[:_MOST])
    return LawText(named, tuple(rest), clauses) if clauses else None


def _clauses(text: str) -> int:
    """How many clauses there are, 0 where they do not make a law: too few, or too little of the text."""
    if next(iter(find_labels(fold(text))), None) is None:
        return 0
    tree = read_tree(text)
    articles = sum(clause.unit in article_units() for clause in tree.clauses)
    inside = tree.closing_start - tree.preamble_end
    enough = articles >= 2 or len(tree.clauses) >= _CLAUSES_ENOUGH or any(c.unit == SINGLE_ARTICLE for c in tree.clauses)
    return len(tree.clauses) if enough and inside >= _SHARE * tree.closing_start else 0


def _title_place(lines: Sequence[str]) -> int | None:
    """The line that is a title: the first that opens with «قانون», «آیین‌نامه» … and says nothing of its own."""
    for place, line in enumerate(lines[:_TITLE_WITHIN]):
        folded = fold(line)
        label = next(iter(find_labels(folded)), None)
        if label and label.firm and label.unit:
            return None
        if len(line) <= _LONGEST_TITLE and not line.endswith(_SENTENCE) and _opens_title(folded):
            return place
    return None


def _opens_title(folded: str) -> bool:
    rest = folded.lstrip(" «\"'(\u200c\u200e\u200f-–—ـ*")
    opening = pattern("title", "before").match(rest)
    rest = rest[opening.end() :].lstrip(' :«"\u200c') if opening else rest
    found = name_at(rest, 0)
    if found is None or len(rest) < found.end + 3:
        return bool(found and listed(rest))
    return not rest[found.end : found.end + 1].isalpha()
