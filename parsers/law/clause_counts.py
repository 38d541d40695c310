"""Whether the clauses of a text are those of a law: how many there are, and how they count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.grammar.alphabets import ALPHABET, FIRST_NAME
from parsers.law.labels import find_labels
from parsers.law.numbering import plain_number
from parsers.law.tree import read_tree
from parsers.law.vocabulary import SINGLE_ARTICLE, article_units
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from parsers.law.label import Label
    from parsers.law.tree import Tree

CLAUSES_ENOUGH = 3
# More articles than any report has.
MANY = 20
LONGEST = 400_000
_RUN = 3
_NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class LawText:
    """The lines of a law without its title; `titled` is false where `title` is only a working name. `clauses` counts them."""

    title: str
    lines: tuple[str, ...]
    clauses: int
    titled: bool = True


def tree_of(text: str) -> Tree | None:
    """Return the tree of a text, None where no label begins in it."""
    return read_tree(text[:LONGEST]) if next(iter(find_labels(fold(text))), None) is not None else None


def is_enough(tree: Tree) -> bool:
    """Return whether there are enough clauses for a law: two articles, one that is all, or a list of three."""
    articles = sum(clause.unit in article_units() for clause in tree.clauses)
    single = any(clause.unit == SINGLE_ARTICLE for clause in tree.clauses)
    return articles >= 2 or len(tree.clauses) >= CLAUSES_ENOUGH or single


def counts_from_one(tree: Tree) -> bool:
    """Return whether the articles are 1, 2 … or the single one, as no news text has them."""
    articles = [clause for clause in tree.clauses if clause.unit in article_units()]
    numbers = [clause.number for clause in articles[:2]]
    alone = numbers == [1] and len(tree.clauses) >= CLAUSES_ENOUGH
    return alone or numbers == [1, 2] or any(clause.unit == SINGLE_ARTICLE for clause in articles[:1])


def counts_on(tree: Tree) -> bool:
    """Return whether the first articles follow one another from any number on: an excerpt of a law, the second book of a code."""
    articles = [clause for clause in tree.clauses if clause.unit in article_units()]
    numbers = [number for number in (plain_number(clause.number) for clause in articles) if number is not None]
    plain = list(dict.fromkeys(numbers))[:_RUN]
    return len(plain) == _RUN and plain == list(range(plain[0], plain[0] + _RUN))


def is_long(tree: Tree) -> bool:
    """Return whether many articles, counted from 1, are nearly all of the text: a law after a long preface."""
    articles = sum(clause.unit in article_units() for clause in tree.clauses)
    inside = tree.closing_start - tree.preamble_end
    return articles >= MANY and counts_from_one(tree) and inside >= _NEARLY_ALL * tree.closing_start


def lists_from_one(tree: Tree) -> bool:
    """Return whether the outermost clauses are a list that counts 1, 2 or الف, ب."""
    return [clause.number for clause in tree.clauses if clause.parent is None][:2] in ([1, 2], [FIRST_NAME, ALPHABET[1]])


def first_label(line: str) -> Label | None:
    """Return the first label of a line, if any."""
    return next(iter(find_labels(fold(line))), None)
