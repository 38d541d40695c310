"""The fast way of folding for the index gives the words of the slow one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.search import fast_folding
from db.search.index import columns_of, index_words
from parsers.persian.letters import LETTERS, ZWNJ, encode

PRINTED = st.text(st.sampled_from(LETTERS))


@given(PRINTED)
def test_words_are_those_of_the_function_that_folds_queries(text):
    assert fast_folding.fold(encode(text)).split() == index_words(text)


@given(PRINTED)
def test_words_with_zwnj_are_found_as_printed(text):
    assert fast_folding.with_zwnj(encode(text)) == [word for word in text.split() if ZWNJ in word]


@pytest.mark.parametrize("odd", ["🙂", "Привет", "Σ", "İ", "\ud800"])
def test_other_characters_are_left_to_the_slow_way(odd):
    assert encode(f"پیام {odd}") is None


@given(PRINTED)
def test_a_text_is_indexed_alike_whichever_way_it_takes(text):
    fast, slow = (columns_of((None, None, lead, "")) for lead in (text, f"{text} 🙂"))
    assert [column.split() for column in fast] == [column.split() for column in slow]


@pytest.mark.parametrize("text", ["پيام‌رسان كوفي", "۱۲۳ ١٢٣ 123", "مُحَمَّد", "آیین‌نامهٔ اجرایی", "«بله»، گپ…", "Bale/Eitaa"])
def test_what_persian_pages_are_written_in_is_in_the_alphabet(text):
    assert encode(text) is not None
