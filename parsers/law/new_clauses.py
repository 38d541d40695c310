"""The clauses of the new text that an amending law brings, under the identifiers that they have in the changed law."""

from __future__ import annotations

from dataclasses import replace

from parsers.law.labels import find_labels
from parsers.law.tree import read_tree
from parsers.law.vocabulary import ITEM, article_units
from parsers.law_models import Clause
from parsers.persian.letters import fold


def new_clauses(body: str, start: int, end: int, holder: str | None, named: str | None = None) -> tuple[Clause, ...]:
    """Return the clauses of `body[start:end]`; `holder` is the eId of the clause that they are put into, None for articles.

    `named` is the eId of the only new clause, where the law says it: «بند (ز)» alone begins no list. A text without a label is no
    clause, and nothing is returned.
    """
    tree = read_tree(body[start:end])
    if not tree.clauses and named:
        return _only_clause(body, start, end, holder, named)
    found = []
    for clause in tree.clauses:
        inside = holder if holder and clause.unit not in article_units() and not _in_article(clause, tree.clauses) else None
        found.append(
            replace(
                clause,
                eid=_within(inside, clause.eid),
                parent=_within(inside, clause.parent) if clause.parent else inside,
                start=start + clause.start,
                text_start=start + clause.text_start,
                text_end=start + clause.text_end,
                end=start + clause.end,
            )
        )
    return tuple(found)


def _only_clause(body: str, start: int, end: int, holder: str | None, named: str) -> tuple[Clause, ...]:
    label = next(find_labels(fold(body[start:end])), None)
    if label is None or not label.firm or body[start : start + label.start].strip():
        return ()
    words = start + label.end
    last = start + len(body[start:end].rstrip())
    return (
        Clause(named, label.unit or ITEM, label.number, holder, body[start : words].strip(), None, start, words, last, last),
    )  # fmt: skip


def _in_article(clause: Clause, clauses: tuple[Clause, ...]) -> bool:
    return clause.eid.startswith(tuple(f"{other.eid}__" for other in clauses if other.unit in article_units()))


def _within(holder: str | None, eid: str) -> str:
    return f"{holder}__{eid}" if holder else eid
