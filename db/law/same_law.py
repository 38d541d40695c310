"""Whether a text is of the law that has its title: without a year of approval only its words tell two laws of one name apart."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from db.statements import statement
from parsers.lexicon import load
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.authority import Authority
    from parsers.law_models import Law

_RUN = 3  # words in a row that two texts have in common
_RUNS_ENOUGH = 6  # of a text; a shorter one tells nothing
_LEAST = 0.2  # share of the shorter text's runs that two texts of one law have in common
_WORD = re.compile(r"\w+")


def instrument_of_text(db: Database, authority: Authority, revision_id: int, law: Law) -> int:
    """Return the instrument that a revision is a text of; another one of that title where the words are quite others.

    Where both name the year of approval, the year has told them apart already. What a person has merged stays one.
    """
    found = authority.instrument(law.title, law.body, law.kind, law.year, of_text=True)
    if not _is_open(db, found, law):
        return found
    body, document_id, before = db.execute(statement("law/same_law_revision"), [revision_id]).fetchone()
    if _agrees(db, found, document_id, body):
        return found
    others = db.execute(statement("law/same_law_others"), {"title": fold_search(law.title), "found": found}).fetchall()
    same = next(
        (other for (other,) in others if _has_text(db, other, document_id) and _agrees(db, other, document_id, body)), None
    )
    if same is not None:
        return int(same)
    kept = next((other for (other,) in others if other == before), None)
    return kept if kept is not None else authority.another(law.title, law.body, law.kind, law.year)


def _is_open(db: Database, instrument_id: int, law: Law) -> bool:
    """Return whether only words can tell: a year is missing, and no person has said that the title is this law's."""
    year, merged = db.execute(statement("law/same_law_open"), [fold_search(law.title), instrument_id]).fetchone()
    return not merged and (law.year is None or year is None)


def _has_text(db: Database, instrument_id: int, document_id: int) -> bool:
    return bool(_texts(db, instrument_id, document_id))


def _agrees(db: Database, instrument_id: int, document_id: int, body: str) -> bool:
    """Return whether an instrument has no text of another document, or one that shares words with this."""
    texts = _texts(db, instrument_id, document_id)
    runs = _runs(body)
    return not texts or any(_is_alike(runs, _runs(text)) for text in texts)


def _texts(db: Database, instrument_id: int, document_id: int) -> list[str]:
    rows = db.execute(statement("law/same_law_texts"), {"instrument": instrument_id, "document": document_id}).fetchall()
    return [text for (text,) in rows]


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word for word in _WORD.findall(fold_search(text)) if not word.isdigit() and word not in _labels()]
    return set(zip(*(words[n:] for n in range(_RUN)), strict=False))


@cache
def _labels() -> frozenset[str]:
    """Return the words that stand before numbers of clauses: every law has them."""
    return frozenset(fold_search(form) for unit in load("units")["unit"].values() for form in unit["singular"])


def _is_alike(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> bool:
    least = min(len(one), len(other))
    return least < _RUNS_ENOUGH or len(one & other) >= _LEAST * least
