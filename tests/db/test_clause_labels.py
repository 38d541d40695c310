"""Clauses are called by all that names them: «بند الف ماده ۳۸» is another than «بند الف ماده ۳۹»."""

from __future__ import annotations

import json

import pytest

from db.law.clause_labels import cited, in_words
from parsers import extract
from parsers.grammar.eids import eid
from parsers.lexicon import load


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("art_148__note_1", "تبصره 1 ماده 148"),
        ("art_15-bis", "ماده 15 مکرر"),
        ("cl_4-4", "بند 4-4"),
        ("art__note_3", "تبصره 3 ماده واحده"),
        ("art_2__cl_a__subcl_3", "جزء 3 بند الف ماده 2"),
        ("note", "تبصره"),
        ("comp_1__art_3", ""),
    ],
)
def test_an_identifier_is_read_in_words(identifier, words):
    assert in_words(identifier) == words


@pytest.mark.parametrize("letter", load("units")["letters"])
def test_every_letter_comes_back_as_one_that_has_its_name(letter):
    spelled = in_words(eid((("ماده", 7),), "بند", letter))
    assert spelled.endswith("ماده 7")
    assert eid((), "بند", spelled.split()[1]) == eid((), "بند", letter)


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("بند الف ماده ۳۸ قانون برنامه پنجم توسعه", "بند الف ماده 38"),
        ("جزء ۲ بند ب ماده ۳ قانون برنامه پنجم توسعه", "جزء 2 بند ب ماده 3"),
        ("ماده ۵ قانون برنامه پنجم توسعه", "ماده 5"),
    ],
)
def test_a_citation_is_called_with_the_clauses_around_it(text, called):
    (found,) = extract(f"وزیر گفت {text} اجرا نشده است.").references
    path = json.dumps([{"unit": step.unit, "number": step.number} for step in found.path])
    assert cited({"unit": found.unit, "number": found.numbers[0], "path": path}) == called
    assert in_words(found.eids[0]) == called
