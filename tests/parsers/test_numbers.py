"""Number words to int, in every spelling."""

from __future__ import annotations

import pytest

from parsers.persian.letters import fold
from parsers.persian.numbers import match_number, parse_number


@pytest.mark.parametrize("joint", [" و ", "\u200cو\u200c", "و"])
@pytest.mark.parametrize(
    ("parts", "value"),
    [(("سی", "ششم"), 36), (("بیست", "پنجم"), 25), (("صد", "بیست", "هفتمین"), 127), (("هزار", "سیصد", "نود", "هشت"), 1398)],
)
def test_parts_may_be_joined_by_blank_zwnj_or_nothing(parts: tuple[str, ...], joint: str, value: int) -> None:
    assert parse_number(joint.join(parts)) == value


@pytest.mark.parametrize(("text", "value"), [("۱۲", 12), ("١٢", 12), ("12", 12), ("نخستین", 1), ("سی ام", 30), ("پانصد", 500)])
def test_digits_and_single_words_are_numbers(text: str, value: int) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["", "شورا", "سی نفره"])
def test_other_words_are_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_a_match_ends_where_the_number_ends() -> None:
    text = fold("ماده سی و ششم و تبصره")
    found = match_number(text, 5)
    assert found is not None
    assert (found.value, text[5 : found.end]) == (36, "سی و ششم")
