"""Characters that no reader sees never shift a span, wherever they stand in a text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import extract, normalize
from parsers.persian import letter_repair

# Every character that the repair of letters drops, and ZWNJ, which it drops where it ties no letters.
DROPPED = [chr(code) for code in range(0x10000) if re.match(f"[{letter_repair._INVISIBLE}]", chr(code))] + ["\u200c"]
SENTENCE = "کاربران تلگرام دیروز به استناد بند ۱۱ مصوبه ۲۳ مرداد ۱۳۹۶ در تلگرام نوشتند"
WORDS = SENTENCE.split()


def facts_of(text):
    """The facts of a text: the slice that each has, without what no reader sees, and what it means."""
    facts = extract(text, "2019-05-05")
    for kind in ("mentions", "references", "dates", "sessions", "instruments", "agencies"):
        for fact in getattr(facts, kind):
            assert text[fact.start : fact.end] == fact.surface
    seen = [(mention.surface, mention.slug) for mention in facts.mentions]
    seen += [(found.surface, found.iso or found.iso_range) for found in facts.dates]
    seen += [(reference.surface, reference.numbers) for reference in facts.references]
    return [("".join(letter for letter in surface if letter not in DROPPED), value) for surface, value in seen]


PLAIN = facts_of(SENTENCE)


def test_the_sentence_has_facts_of_three_kinds():
    assert len(PLAIN) >= 5


@pytest.mark.parametrize("character", DROPPED, ids=lambda character: f"U+{ord(character):04X}")
@pytest.mark.parametrize("place", range(len(WORDS) + 1))
def test_a_character_between_two_words_shifts_nothing(character, place):
    assert facts_of(" ".join(WORDS[:place] + [character + word for word in WORDS[place:]])) == PLAIN
    assert facts_of(" ".join([word + character for word in WORDS[:place]] + WORDS[place:])) == PLAIN


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SENTENCE)), st.sampled_from(DROPPED)), max_size=8))
def test_any_characters_anywhere_leave_every_span_a_slice_of_the_text(inserted):
    text = SENTENCE
    for place, character in sorted(inserted, reverse=True):
        text = text[:place] + character + text[place:]
    facts_of(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=[*DROPPED, *"کتاب های می‌روم ۱۲آ", " ", "\n"], max_size=40))
def test_every_letter_of_repaired_text_comes_from_its_place(text):
    repaired = normalize(text)
    assert len(repaired.offsets) == len(repaired.text)
    for letter, place in zip(repaired.text, repaired.offsets, strict=True):
        assert text[place] == letter or letter in " \u200c"
