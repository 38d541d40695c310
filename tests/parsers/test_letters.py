"""The fast way to translate letters does what `str.translate` does, whatever the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.page.comparison import comparable
from parsers.persian.letters import _FOLD, _FOLD_SEARCH, LETTERS, decode, encode, fold, translator

TABLES = (_FOLD, _FOLD_SEARCH, {ord("ي"): "ی", ord("ك"): None, ord("é"): "e", ord("🙂"): "گپ"})
TEXT = st.lists(st.one_of(st.text(st.sampled_from(LETTERS)), st.text(max_size=3))).map("".join)


@pytest.mark.parametrize("table", TABLES)
@given(text=TEXT)
def test_every_text_is_translated_as_str_translate_does(table, text):
    assert translator(table)(text) == text.translate(table)


@given(st.text(st.sampled_from(LETTERS)))
def test_a_text_of_the_alphabet_comes_back_as_it_was(text):
    encoded = encode(text)
    assert encoded is not None
    assert len(encoded) == len(text)
    assert decode(encoded) == text


@given(TEXT)
def test_folding_keeps_the_length(text):
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("table", [{ord("ب"): "بب"}, {ord("ب"): "é"}])
def test_a_table_that_leaves_the_alphabet_is_refused(table):
    with pytest.raises(ValueError, match="no letters of this alphabet"):
        translator(table)


@pytest.mark.parametrize("text", ["پيام‌رسان 🙂 هاي", "پیام\u200bرسان\u2066 🙂 های", "ﭘﯿﺎﻡ رسان 🙂 های"])
def test_an_emoji_changes_nothing_for_its_neighbours(text):
    assert comparable(text).replace(" ", "") == "پیامرسان🙂های"
