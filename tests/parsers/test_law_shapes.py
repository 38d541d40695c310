"""Laws in the phrasing of every time: formulae of approval, resolutions, amending sentences; the tables are in law_shapes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from parsers.law import pieces
from parsers.law.recognition import is_title
from parsers.models import Capture
from parsers.record import parse

SHAPES = Path(__file__).parent / "law_shapes"
ARTICLES = [f"ماده {n} – مالک باغچه شماره {n} باید درختان را هر سال هرس کند." for n in (1, 2, 3, 4)]


def cases(name):
    return tomllib.loads((SHAPES / f"{name}.toml").read_text("utf-8"))["case"]


def read(text):
    record = parse(Capture(text.encode()))
    assert record.verdict == "law", record.evidence
    assert record.law is not None
    assert "".join(piece for _, piece in pieces(record.article.body, record.law.clauses)) == record.article.body
    return record.law


def changes(law):
    return [r for r in law.relations if r.section == "body"]


def shown(*told):
    return " | ".join(one or "-" for one in told)


@pytest.mark.parametrize("case", cases("formulas"))
def test_the_last_house_that_approved_a_law_and_its_day_are_read(case):
    law = read("\n".join(["قانون باغچه\u200cهای نمونه", *ARTICLES, case["text"]]))
    assert law.approved_on == case.get("day")
    assert law.body == case.get("body", law.body)
    assert [clause.eid for clause in law.clauses] == ["art_1", "art_2", "art_3", "art_4"]


@pytest.mark.parametrize("case", cases("resolutions"))
def test_a_resolution_is_read_with_its_own_day_body_number_and_meeting(case):
    law = read(case["text"])
    assert (law.approved_on, law.number, list(law.sessions)) == (case["day"], case.get("number"), case["sessions"])
    assert law.body == case.get("body", law.body)


@pytest.mark.parametrize("case", cases("reports"))
def test_a_report_about_a_resolution_is_no_resolution(case):
    assert parse(Capture(case["text"].encode())).law is None


@pytest.mark.parametrize("case", cases("sentences"))
def test_a_sentence_tells_its_clause_and_what_becomes_of_it(case):
    own = ["ماده ۱- این قانون برای باغچه\u200cها است.", f"ماده ۲- {case['text']}", "ماده ۳- شهرداری مجری است."]
    law = read("\n".join(["قانون اصلاح قانون باغچه\u200cهای نمونه", *own]))
    found = {shown(r.kind, r.title, r.eid) for r in changes(law)}
    assert set(case["changes"]) <= found
    assert {one.split(" | ")[1] for one in found} == {one.split(" | ")[1] for one in case["changes"]}
    assert [clause.eid for clause in law.clauses] == ["art_1", "art_2", "art_3"]


@pytest.mark.parametrize("case", cases("amending_laws"))
def test_every_clause_of_an_amending_law_tells_what_it_changes(case):
    found = {shown(r.source, r.kind, r.title, r.eid) for r in changes(read(case["text"]))}
    assert set(case["changes"]) <= found
    assert {one.split(" | ")[2] for one in found} == {one.split(" | ")[2] for one in case["changes"]}


@pytest.mark.parametrize("case", cases("nothing"))
def test_a_sentence_that_only_mentions_a_clause_changes_nothing(case):
    own = ["ماده ۱- باغ سبز است.", f"ماده ۲- {case['text']}", "ماده ۳- شهرداری مجری است."]
    assert changes(read("\n".join(["قانون باغداری شهر", *own]))) == []


@pytest.mark.parametrize("case", [*cases("resolutions"), *cases("amending_laws")])
@pytest.mark.parametrize("zwnj", ["", " "])
def test_lost_zwnj_makes_no_other_clauses(case, zwnj):
    assert [c.eid for c in read(case["text"].replace("\u200c", zwnj)).clauses] == [c.eid for c in read(case["text"]).clauses]


TITLES = [
    "سیاست\u200cهای کلی باغچه",
    "آیین\u200cنامه\u200cهای اجرایی باغچه",
    "اصلاحیه آیین\u200cنامه باغچه",
    "منشور باغبانی",
    "لغو قانون باغچه",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_line_that_opens_as_an_instrument_does_is_a_title(title):
    assert is_title(title)


@pytest.mark.parametrize("line", ["باغچه\u200cهای شهر سبز شد", "اصلاح باغچه\u200cها آغاز شد", "سیاست شهرداری عوض شد"])
def test_another_line_is_none(line):
    assert not is_title(line)
