"""Agencies named as a source; months, provinces and words of the same letters."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import found_by

from parsers.facts import agencies as room
from parsers.facts.agencies.names import agencies
from parsers.facts.view import view

ZWNJ = "\u200c"
SENTENCES = Path(__file__).with_name("agencies.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.replace("~", ZWNJ) for line in SENTENCES if not line.startswith("# ")]
ARABIC = str.maketrans("یک", "يك")


def annotated(line: str) -> tuple[str, list[str]]:
    text, marked = "", []
    for part in re.split(r"(\[[^\]]*\])", line):
        if part.startswith("["):
            marked.append(f"{len(text)}:{part[1:-1]}")
        text += part.strip("[]") if part.startswith("[") else part
    return text, marked


def found(text: str) -> list[str]:
    return [f"{mention.start}:{mention.surface}" for mention in found_by(room, [view(text)])]


@pytest.mark.parametrize("line", CASES)
def test_a_sentence_names_its_sources_and_nothing_else(line):
    text, marked = annotated(line)
    assert found(text) == marked


def test_arabic_letters_change_nothing():
    for line in CASES:
        text, marked = annotated(line.translate(ARABIC))
        assert found(text) == marked


@pytest.mark.parametrize("one", agencies().values(), ids=lambda one: one.slug)
def test_every_agency_is_found_behind_khabargozari_or_by_its_own_name(one):
    for name in (*one.aliases, *one.ambiguous):
        text = f"به گزارش {name}، برف بارید."
        assert [mention.slug for mention in found_by(room, [view(text)])] == [one.slug], name


def test_sections_keep_their_names_and_offsets():
    mentions = found_by(room, [view("ایسنا", "title"), view("به گزارش ایسنا", "lead")])
    assert [(mention.section, mention.start) for mention in mentions] == [("title", 0), ("lead", 9)]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["مهر", "فارس", "به گزارش ", "خبرگزاری ", "، ", " ", "\n", "ایرنا", "ماه", "/", "ً"]), max_size=30)
)
def test_spans_are_exact_on_any_text(pieces):
    text = "".join(pieces)
    assert all(text[m.start : m.end] == m.surface for m in found_by(room, [view(text)]))
