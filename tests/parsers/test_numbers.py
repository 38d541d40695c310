"""Number words to int, in every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words import num2words

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


def _ordinal(words: str) -> str:
    if words.endswith("سه"):
        return words[:-2] + "سوم"
    return words + (" ام" if words.endswith("ی") else "م")


@settings(max_examples=300, deadline=None)
@given(
    st.integers(0, 10**12 - 1),
    st.sampled_from([" و ", "\u200cو\u200c", "و", "\u200cو ", " و\u200c"]),
    st.sampled_from([" ", "\u200c", ""]),
)
def test_every_number_is_read_back_however_it_is_spelled(number: int, joint: str, blank: str) -> None:
    words = blank.join(joint.join(part.split(" ")) if part == "و" else part for part in _spelled(number, joint).split(" "))
    assert parse_number(words) == number


def _spelled(number: int, joint: str) -> str:
    return num2words(number, lang="fa").replace(" و ", "+").replace("+", joint.replace(" ", "\u200c"))


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 9999), st.sampled_from([" و ", "\u200cو\u200c", "و"]))
def test_every_ordinal_is_read_back(number: int, joint: str) -> None:
    assert parse_number(_ordinal(num2words(number, lang="fa")).replace(" و ", joint)) == number


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["سی", "و", "بیست", "هزار", "یک", "صد", "م", "ام", " ", "\u200c", "میلیون", "۵"]), max_size=40))
def test_no_run_of_words_raises_or_ends_outside_the_text(parts: list[str]) -> None:
    text = fold("".join(parts))
    found = match_number(text, 0)
    assert found is None or 0 < found.end <= len(text)
