"""Sessions: numbers, ordinals and dates, whose they are, and what is no session of a body."""

from __future__ import annotations

import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import found_by

from parsers.facts import sessions
from parsers.facts.view import view
from parsers.persian import normalize

ZWNJ = "\u200c"
TABLE = Path(__file__).with_name("sessions.txt")
GOLD = Path(__file__).resolve().parents[1] / "gold" / "sessions.jsonl"
FOLDING = str.maketrans("يك۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "یک01234567890123456789", f'{ZWNJ} ـ«»"')
PUBLISHED = date(2023, 5, 10)
DAMAGE = {"present": ZWNJ, "deleted": "", "spaced": " "}


def folded(value: object) -> str:
    return str(value).translate(FOLDING)


def rows() -> list[tuple[str, list[str]]]:
    cases: list[tuple[str, list[str]]] = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            cases.append((line[2:], []))
        elif line and not line.startswith("# "):
            cases[-1][1].append(line)
    return cases


def held(text: str, published: date | None = PUBLISHED) -> list[str]:
    found = found_by(sessions, [view(text)], published)
    return [folded(" | ".join((one.surface, _numbers(one.numbers), one.date or "-", one.body or "-"))) for one in found]


def _numbers(numbers: tuple[int, ...]) -> str:
    return "، ".join(map(str, numbers)) or "-"


CASES = rows()


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[sentence for sentence, _ in CASES])
def test_session_is_found_with_its_numbers_date_and_body(sentence: str, expected: list[str]) -> None:
    assert held(sentence.replace("~", ZWNJ)) == [folded(line.replace("~", ZWNJ)) for line in expected]


@pytest.mark.parametrize("joint", ["", " "], ids=["deleted", "spaced"])
def test_repaired_sentence_has_the_same_sessions_however_its_joints_were_damaged(joint: str) -> None:
    lost = [
        sentence
        for sentence, expected in CASES
        if held(normalize(sentence.replace("~", joint)).text) != [folded(line.replace("~", "")) for line in expected]
    ]
    assert len(lost) <= len(CASES) // 40, lost


@pytest.mark.parametrize("damage", DAMAGE)
def test_gold_cases_give_the_same_sessions_whatever_happened_to_their_joints(damage: str) -> None:
    wrong = []
    cases = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    for case in cases:
        published = date.fromisoformat(case["published"]) if case["published"] else None
        wanted = [folded(" | ".join((one["surface"], _numbers(tuple(one["numbers"])), one["date"] or "-", one["body"] or "-")))
                  for one in case["sessions"]]  # fmt: skip
        found = held(normalize(case["text"].replace(ZWNJ, DAMAGE[damage])).text, published)
        if found != wanted:
            wrong.append((case["id"], found, wanted))
    assert len(wrong) <= len(cases) // 50, wrong


def test_council_of_the_title_is_the_council_of_the_body() -> None:
    title = view("شورای رقابت درباره خودرو تصمیم گرفت", "title")
    body = view("این شورا در جلسه ۴۵۰ خود قیمت را تعیین کرد. در جلسه ۴۵۱ نیز بحث ادامه دارد.", "body")
    found = found_by(sessions, [title, body], None)
    assert [(one.section, one.body, one.numbers) for one in found] == [
        ("body", "شورای رقابت", (450,)),
        ("body", "شورای رقابت", (451,)),
    ]


def test_weekday_before_the_publication_is_meant() -> None:
    (found,) = found_by(sessions, [view("جلسه روز شنبه هیئت وزیران")], date(2023, 5, 10))
    assert found.date == "2023-05-06"


PIECES = st.sampled_from(
    ["جلسه ", "جلسات ", "نشست ", "و ", "تا ", "۳۵ ", "سی ", "پنجمین ", "مورخ ", "۱۳۹۶/۵/۲۳ ", "شنبه ", "شورای ", "عالی ", "(",
     ")", "هیئت ", ZWNJ, "خود ", "علنی "]
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_gives_ordered_spans_that_lie_in_it(text: str) -> None:
    found = found_by(sessions, [view(text)], PUBLISHED)
    assert [text[one.start : one.end] for one in found] == [one.surface for one in found]
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(one.numbers or one.date for one in found)
