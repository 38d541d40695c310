"""Citations: spans, numbers, paths and instruments, in every spelling of their joints; and what only looks alike."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import citations_and_instruments

from parsers.facts.view import view
from parsers.persian import normalize

ZWNJ = "\u200c"
TABLE = Path(__file__).with_name("citations.txt")
GOLD = Path(__file__).resolve().parents[1] / "gold" / "citations.jsonl"
FOLDING = str.maketrans("يك۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "یک01234567890123456789", f'{ZWNJ} ـ«»"')
DAMAGE = {"present": ZWNJ, "deleted": "", "spaced": " "}
ARABIC = str.maketrans("یک", "يك")
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def folded(value: object) -> str:
    return str(value).translate(FOLDING)


def rows(path: Path) -> list[tuple[str, list[str]]]:
    """(sentence, expected lines) of a table file."""
    cases: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            cases.append((line[2:], []))
        elif line and not line.startswith("# "):
            cases[-1][1].append(line)
    return cases


def cited(text: str) -> list[str]:
    """What a text cites, a line each, as the table writes it but folded."""
    lines = []
    for reference in citations_and_instruments([view(text)])[0]:
        path = " < ".join(f"{level.unit} {'-' if level.number is None else level.number}" for level in reference.path)
        numbers = "، ".join(map(str, reference.numbers))
        fields = (reference.surface, reference.unit, numbers or "-", path or "-", reference.instrument or "-")
        lines.append(folded(" | ".join(fields)))
    return lines


CASES = rows(TABLE)


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[sentence for sentence, _ in CASES])
def test_citation_is_found_with_its_path_and_instrument(sentence: str, expected: list[str]) -> None:
    assert cited(sentence.replace("~", ZWNJ)) == [folded(line.replace("~", ZWNJ)) for line in expected]


@pytest.mark.parametrize("joint", ["", " "], ids=["deleted", "spaced"])
def test_repaired_sentence_cites_the_same_however_its_joints_were_damaged(joint: str) -> None:
    lost = [
        sentence
        for sentence, expected in CASES
        if cited(normalize(sentence.replace("~", joint)).text) != [folded(line.replace("~", "")) for line in expected]
    ]
    assert len(lost) <= len(CASES) // 50, lost


@pytest.mark.parametrize("table", [ARABIC, LATIN], ids=["Arabic letters", "Latin digits"])
def test_letters_and_digits_of_another_script_change_nothing(table: dict[int, int]) -> None:
    for sentence, expected in CASES:
        text = sentence.replace("~", ZWNJ).translate(table)
        assert cited(text) == [folded(line.replace("~", ZWNJ)) for line in expected]


@pytest.mark.parametrize("damage", DAMAGE)
def test_gold_cases_give_the_same_facts_whatever_happened_to_their_joints(damage: str) -> None:
    wrong = []
    cases = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    for case in cases:
        found = cited(normalize(case["text"].replace(ZWNJ, DAMAGE[damage])).text)
        wanted = [_gold_line(reference) for reference in case["references"]]
        if found != wanted:
            wrong.append((case["id"], found, wanted))
    assert len(wrong) <= len(cases) // 100, wrong


def _gold_line(reference: dict[str, object]) -> str:
    path = " < ".join(f"{level['unit']} {'-' if level['number'] is None else level['number']}" for level in reference["path"])
    numbers = "، ".join(map(str, reference["numbers"]))
    fields = (reference["surface"], reference["unit"], numbers or "-", path or "-", reference["instrument"] or "-")
    return folded(" | ".join(map(str, fields)))


def test_pronoun_in_the_body_means_the_instrument_of_the_lead() -> None:
    lead = view("بند ۱۱ مصوبه «سیاست‌ها و اقدامات ساماندهی پیام‌رسان‌های اجتماعی» ابلاغ شد.", "lead")
    body = view("بند ۷ آن تبلیغ را محدود می‌کند.", "body")
    references, instruments = citations_and_instruments([lead, body])
    assert [(found.section, found.numbers, found.body) for found in references] == [
        ("lead", (11,), "شورای عالی فضای مجازی"),
        ("body", (7,), "شورای عالی فضای مجازی"),
    ]
    assert references[0].instrument == references[1].instrument == instruments[0].title


def test_weak_resolution_of_another_body_is_not_the_last_one() -> None:
    text = "بند ۲ مصوبه «سیاست‌ها و اقدامات ساماندهی پیام‌رسان‌های اجتماعی» و سپس بند ۳ مصوبه هیئت وزیران"
    assert [found.instrument is None for found in citations_and_instruments([view(text)])[0]] == [False, True]


def test_eids_stand_beside_numbers() -> None:
    (found,) = citations_and_instruments([view("بندهای «الف» تا «ج» تبصره ۲ ماده ۱۴ قانون کار")])[0]
    assert found.numbers == ("الف", "ب", "ج")
    assert found.eids == ("art_14__note_2__cl_a", "art_14__note_2__cl_b", "art_14__note_2__cl_j")


def test_citations_inside_a_quoted_title_are_left_to_the_title() -> None:
    text = "لایحه «اصلاح ماده ۵ قانون کار» و «قانون اصلاح ماده ۷ قانون مطبوعات» رسید."
    references, instruments = citations_and_instruments([view(text)])
    titles = [found.title for found in instruments]
    assert references == []
    assert titles == ["لایحه اصلاح ماده ۵ قانون کار", "قانون اصلاح ماده ۷ قانون مطبوعات"]


PIECES = st.sampled_from(
    ["بند ", "ماده ", "تبصره ", "مواد ", "و ", "، ", "تا ", "۵", "(", ")", "«", "»", "الف ", "قانون ", "مصوبه ", "آن ",
     "این ", "مکرر ", "سی ", "هزار ", "ق.", "م.", "-", "/", "جزء ", "اصل ", "ذیل ", ZWNJ, "ی", "\n", "a", "مطبوعات ",
     "آیین‌نامه اجرایی ", "سومین ", "واحده "]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_gives_ordered_spans_that_lie_in_it(text: str) -> None:
    references, instruments = citations_and_instruments([view(text)])
    for found in (references, instruments):
        assert [text[one.start : one.end] for one in found] == [one.surface for one in found]
        assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(len(one.eids) == max(1, len(one.numbers)) for one in references)
    assert all(re.fullmatch(r"[a-z0-9_-]+", eid) for one in references for eid in one.eids)


RUNS = ["بند و ", "بند ۱ و ", "((((", "۱۲۳ ", "ماده ۲ این تبصره ", "تبصره ", "ماده ۲ آیین‌نامه اجرایی ", "ق.م ", "هزار و "]


@pytest.mark.parametrize("piece", RUNS)
def test_long_runs_end_and_cost_no_recursion(piece: str) -> None:
    references, _ = citations_and_instruments([view(piece * 2000)])
    assert all(len(found.path) <= 8 for found in references)


HEADINGS = [
    ("ماده۳ـ بندهای ۱ و ۲ ماده ۷ قانون کار لغو شد.", ["ماده۳", "بندهای ۱ و ۲ ماده ۷"]),
    (
        "ماده ۱ - تبصره ۲ ماده ۴ قانون کار حذف شد.\nماده ۲ – بند ۳ ماده ۹ آن ماند.",
        ["ماده ۱", "تبصره ۲ ماده ۴", "ماده ۲", "بند ۳ ماده ۹"],
    ),
    ("تبصره ۲ـ ماده ۷ قانون کار لغو شد.", ["تبصره ۲", "ماده ۷"]),
    ("ماده ۳ - بند ۲ قانون کار", ["ماده ۳ - بند ۲"]),
    ("به استناد ماده ۵ – بند ۲ قانون کار", ["ماده ۵ – بند ۲"]),
]


@pytest.mark.parametrize(("text", "surfaces"), HEADINGS)
def test_the_label_of_a_paragraph_is_no_part_of_what_it_cites(text, surfaces):
    assert [reference.surface for reference in citations_and_instruments([view(text)])[0]] == surfaces


DEFINED = [
    "۱ـ قانون: قانون مطبوعات\nبه استناد قانون کار و {} عمل شود.",
    "الف- «قانون» : «قانون مطبوعات»\nبه استناد قانون کار و {} عمل شود.",
    "قانون مطبوعات که از این پس «قانون» نامیده می‌شود ماند. به استناد قانون کار و {} عمل شود.",
    "قانون مطبوعات (به اختصار «قانون») ماند. به استناد قانون کار و {} عمل شود.",
]


@pytest.mark.parametrize("frame", DEFINED)
def test_the_head_alone_is_of_the_instrument_that_the_text_defines_by_it(frame):
    defined = citations_and_instruments([view(frame.format("ماده ۵ قانون"))])[0]
    assert [reference.instrument for reference in defined] == ["قانون مطبوعات"]
    this = citations_and_instruments([view(frame.format("ماده ۵ این قانون"))])[0]
    assert [reference.instrument for reference in this] == ["قانون کار"]


def test_the_head_alone_is_of_the_last_instrument_where_none_is_defined():
    text = "گفت: قانون مطبوعات ماند. به استناد قانون کار و ماده ۵ قانون عمل شود."
    assert [reference.instrument for reference in citations_and_instruments([view(text)])[0]] == ["قانون کار"]


def test_a_head_before_or_has_no_title():
    text = "خسارت ماده ۱۲۵ این قانون یا اطلاع‌رسانی نادرست آن است."
    references, instruments = citations_and_instruments([view(text)])
    assert [reference.instrument for reference in references] == [None]
    assert list(instruments) == []


def test_a_head_alone_is_marked_and_this_one_is_not():
    text = "قانون مطبوعات اصلاح شد. تبصره ۳ ماده ۲ قانون ماند و ماده ۴ این قانون هم."
    assert [reference.certain for reference in citations_and_instruments([view(text)])[0]] == [False, True]
