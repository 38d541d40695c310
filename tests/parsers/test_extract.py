"""All facts together: exact places in the text as given, the same facts however its ZWNJs were damaged."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers import extract
from parsers.facts import find_facts

if TYPE_CHECKING:
    from parsers.models import Facts


ZWNJ = "\u200c"
GOLD = Path(__file__).resolve().parents[1] / "gold"
TEXT = (
    "به گزارش ایسنا، طبق بند ۳ ماده ۵ قانون نمونه، پیام\u200cرسان\u200cهای «بله» و «گپ» در جلسه ۱۲ شورای عالی فضای مجازی"
    " در ۱۵ خرداد ۱۴۰۲ بررسی شدند."
)


def every(facts: Facts):
    return [fact for kind in fields(facts) for fact in getattr(facts, kind.name)]


def damaged(text: str, damage: str) -> tuple[str, list[int]]:
    """The text with its ZWNJs deleted or spaced, and for each place in it the place in the damaged one."""
    if damage == "spaced":
        return text.replace(ZWNJ, " "), list(range(len(text) + 1))
    places, at = [], 0
    for letter in text:
        places.append(at)
        at += letter != ZWNJ
    return text.replace(ZWNJ, ""), [*places, at]


def values(facts: Facts, places: list[int]) -> dict[str, list[str]]:
    """The facts by kind, their spans moved to other places, without what depends on the letters of the surface."""
    dump = facts.to_dict()
    for kind in dump.values():
        for fact in kind:
            fact.pop("surface", None)
            fact.pop("rule", None)
            fact["start"], fact["end"] = places[fact["start"]], places[fact["end"] - 1] + 1
    return {kind: [json.dumps(fact, ensure_ascii=False, sort_keys=True) for fact in found] for kind, found in dump.items()}


DRAWN = re.compile(r"(?<=[بتسشمنیلکفق])(?=[^\W\d_])")


@pytest.mark.parametrize("drawn", ["\u0640", "\u0640\u0640\u0640"])
def test_words_that_are_drawn_out_have_the_same_facts(drawn: str) -> None:
    text = DRAWN.sub(drawn, TEXT)
    facts, plain = extract(text), extract(TEXT)
    assert [text[fact.start : fact.end].replace("\u0640", "") for fact in every(facts)] == [fact.surface for fact in every(plain)]
    assert [fact.surface for fact in every(facts)] == [text[fact.start : fact.end] for fact in every(facts)]
    assert [value for kind in values(facts, list(range(len(text) + 1))).values() for value in map(_without_span, kind)] == [
        value for kind in values(plain, list(range(len(TEXT) + 1))).values() for value in map(_without_span, kind)
    ]


def _without_span(fact: str) -> dict[str, object]:
    return {key: value for key, value in json.loads(fact).items() if key not in ("start", "end")}


def test_every_kind_is_found_in_one_text():
    facts = extract(TEXT)
    assert [mention.slug for mention in facts.mentions] == ["bale", "gap"]
    assert [(reference.unit, reference.numbers) for reference in facts.references] == [("بند", (3,))]
    assert [(session.body, session.numbers) for session in facts.sessions] == [("شورای عالی فضای مجازی", (12,))]
    assert [found.iso for found in facts.dates] == ["2023-06-05"]
    assert [agency.slug for agency in facts.agencies] == ["isna"]


@pytest.mark.parametrize("damage", ["deleted", "spaced"])
def test_surfaces_are_slices_of_the_text_as_given(damage):
    text, _ = damaged(TEXT, damage)
    found = every(extract(text))
    assert len(found) >= 6
    assert all(text[fact.start : fact.end] == fact.surface for fact in found)


@pytest.mark.parametrize("published", [date(2019, 5, 5), "2019-05-05", "2019-05-05T15:09:00+04:30"])
def test_the_day_of_publication_is_a_date_or_iso(published):
    assert [found.iso for found in extract("۱۴ اردیبهشت برف بارید.", published=published).dates] == ["2019-05-04"]


def test_a_day_of_publication_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no day"):
        extract("۱۴ اردیبهشت برف بارید.", published="yesterday")


def test_sections_come_in_order_and_each_fact_names_its_own():
    facts = find_facts([("title", "رفع فیلتر تلگرام"), ("lead", "تلگرام باز شد."), ("body", "به گزارش ایرنا، تلگرام باز است.")])
    assert [(mention.section, mention.start) for mention in facts.mentions] == [("title", 10), ("lead", 0), ("body", 16)]
    assert [agency.section for agency in facts.agencies] == ["body"]


def test_no_text_has_no_facts():
    assert every(extract("")) == []
    assert every(find_facts([])) == []


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("بندماهۀگپشل یك۱٣4«»()،.:/-\u200c\u0640\n\t\u064bXx@"), max_size=120))
def test_places_are_exact_on_any_text(text):
    assert all(text[fact.start : fact.end] == fact.surface for fact in every(extract(text)))


@pytest.mark.parametrize(
    "piece", ["بند و ", "ماده ۱ و ", "بند ۱ تا ", "۱۲/", "جلسه ", "بله، ", "در ", "«", "( ", "سی و ", "مهر "]
)
def test_long_runs_of_anything_end(piece):
    find_facts([("body", piece * 1500)])


def gold_cases():
    files = sorted(GOLD.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if ZWNJ in line]


@pytest.mark.parametrize("damage", ["deleted", "spaced"])
def test_damage_of_zwnj_changes_no_fact(damage):
    changed = []
    for case in gold_cases():
        text, places = damaged(case["text"], damage)
        day = case.get("published")
        want = values(extract(case["text"], published=day), places)
        got = values(extract(text, published=day), list(range(len(text) + 1)))
        if want != got:
            changed.append(f"{case['id']} {text}\n  {want}\n  {got}")
    assert not changed, "\n".join(changed)
