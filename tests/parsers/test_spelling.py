"""Spellings of names, the expression for all of them, and the way back from text without decoration."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.grammar.spellings import key_of, phrases, plain, spellings, trie

ZWNJ = "\u200c"
LETTERS = st.text(alphabet="ابتگم", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("واتس اپ", {"واتس اپ", "واتساپ"}),
        ("تلگرام", {"تلگرام"}),
        ("تيك تاك", {"تیک تاک", "تیکتاک"}),
        ("Google Play", {"Google Play", "GooglePlay", "google play", "googleplay", "GOOGLE PLAY", "GOOGLEPLAY"}),
    ],
)
def test_a_blank_is_a_blank_or_nothing_and_latin_has_its_cases(name, found):
    assert spellings(name) == found


@pytest.mark.parametrize("text", ["واتس اپ", "واتساپ", f"واتس{ZWNJ}اپ", f"وا{ZWNJ}تساپ"])
def test_phrases_match_wherever_a_zwnj_was_put(text):
    match = re.fullmatch(phrases(["واتس اپ"]), text)
    assert match
    assert key_of(match[0]) in spellings("واتس اپ")


@settings(max_examples=100, deadline=None)
@given(st.sets(LETTERS, min_size=1, max_size=8), LETTERS)
def test_the_expression_matches_its_words_and_no_other(words, other):
    expression = re.compile(trie(words))
    assert all(expression.fullmatch(word) for word in words)
    assert bool(expression.fullmatch(other)) == (other in words)


@settings(max_examples=60, deadline=None)
@given(st.sets(LETTERS, min_size=1, max_size=8), LETTERS)
def test_the_expression_prefers_the_longest_word(words, text):
    longest = max((word for word in words if text.startswith(word)), key=len, default=None)
    match = re.match(trie(words), text)
    assert (match[0] if match else None) == longest


def test_no_words_match_nothing():
    assert re.match(trie([]), "") is None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(["ب", "ـ", "\u064b", "\u200f", "\ufeff", " ", "ا"]), max_size=40).map("".join))
def test_every_letter_is_found_at_its_place_again(text):
    bare = plain(text)
    for at, letter in enumerate(bare.text):
        start, end = bare.span(at, at + 1)
        assert text[start:end] == letter
