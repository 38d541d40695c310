"""Identifiers of clauses: ASCII, one for each clause, the same for the same clause."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.grammar.eids import eid
from parsers.lexicon import load

UNITS = [unit["name"] for unit in load("units")["unit"].values()]
LETTERS = ["الف", *"بپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"]


@pytest.mark.parametrize(
    ("path", "unit", "number", "expected"),
    [
        ([], "بند", 11, "cl_11"),
        ([("ماده", 14), ("تبصره", 2)], "بند", "ب", "art_14__note_2__cl_b"),
        ([], "ماده", "5 مکرر", "art_5-bis"),
        ([], "ماده", "119 مکرر 1", "art_119-bis-1"),
        ([("ماده واحده", None)], "تبصره", 4, "art__note_4"),
        ([], "بند", "4-4", "cl_4-4"),
        ([], "بند", "5/1", "cl_5-1"),
        ([], "بند", "3.2", "cl_3-2"),
        ([("بند", 3)], "تبصره", None, "cl_3__note"),
        ([], "جزء", "الف-2", "subcl_a-2"),
        ([("کتاب", 5)], "فصل", 17, "book_5__chp_17"),
        ([], "بند", "ي", "cl_y"),
    ],
)
def test_clause_has_this_identifier(
    path: list[tuple[str, int | str | None]], unit: str, number: int | str | None, expected: str
) -> None:
    assert eid(path, unit, number) == expected


def test_no_two_letters_share_an_identifier() -> None:
    assert len({eid([], "بند", letter) for letter in LETTERS}) == len(LETTERS)


def test_unit_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        eid([], "صفحه", 3)


@given(st.sampled_from(UNITS), st.one_of(st.none(), st.integers(0, 9999), st.sampled_from(LETTERS)))
def test_identifier_is_ascii_and_without_blanks(unit: str, number: int | str | None) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z0-9-]+)?", eid([], unit, number))
