"""A law on another day, two days side by side, a clause through its days: what the pages and their JSON say."""

from __future__ import annotations

from typing import Any

import pytest

from db.archive import Archive
from parsers.models import Capture
from parsers.record import parse

HARM = "<script>alert(1)</script>"
TITLE = "قانون باغچه\u200cهای نمونه"
TEXTS = (
    (f"{TITLE} مصوب ۱۳۸۰/۲/۳", "ماده ۱- باغچه زمینی است سبز.", "ماده ۲- مالک ظرف شش ماه آب می\u200cدهد.", "تبصره- آب از چاه است.",
     "ماده ۳- این قانون لازم\u200cالاجراست."),
    ("قانون اصلاح قانون باغچه\u200cهای نمونه", "ماده ۱- در ماده (۲) قانون عبارت «شش ماه» به عبارت «یک سال» تغییر می\u200cیابد.",
     "ماده ۲- این قانون لازم\u200cالاجراست.", "قانون فوق مشتمل بر دو ماده در جلسه مورخ ۱۳۹۰/۹/۱۰ مجلس شورای اسلامی تصویب شد."),
    ("قانون اصلاح دوم قانون باغچه\u200cهای نمونه", f"ماده ۱- تبصره ماده (۲) {TITLE} مصوب ۱۳۸۰ حذف می\u200cشود.",
     f"ماده ۲- متن زیر به عنوان ماده (۴) به {TITLE} الحاق می\u200cشود:", f"«ماده ۴- شهرداری {HARM} ناظر است.»",
     f"ماده ۳- در ماده (۱) {TITLE} عبارت «پارک» به «بوستان» اصلاح می\u200cشود.",
     "قانون فوق مشتمل بر سه ماده در جلسه مورخ ۱۴۰۰/۹/۱۰ مجلس شورای اسلامی تصویب شد."),
)  # fmt: skip


@pytest.fixture(scope="module")
def ask_laws(asking: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("laws") / "archive.db"
    with Archive(path) as archive:
        for n, lines in enumerate(TEXTS):
            capture = Capture("\n".join(lines).encode(), fetched_at=f"2026-10-0{n + 1}T12:00:00+03:30")
            assert archive.store(capture, parse(capture)).document_id
    return asking(path)


@pytest.fixture(scope="module")
def law(ask_laws: Any) -> str:
    rows = ask_laws("/laws.json").json["rows"]
    return f"/instrument/{next(row['instrument_id'] for row in rows if row['title'] == TITLE)}"


@pytest.mark.parametrize("day", ["1395-01-01", "1395/1/1", "۱۳۹۵/۱/۱", "2016-03-20"])
def test_a_law_on_a_day_of_either_calendar_says_what_it_said_then_and_since_which_law(ask_laws: Any, law: str, day: str) -> None:
    answer = ask_laws(f"{law}?on={day}")
    assert answer.status == 200
    assert "مالک ظرف یک سال" in answer.text
    assert "آب از چاه است" in answer.text
    assert ">قانون اصلاح قانون باغچه\u200cهای نمونه</a></span>" in answer.text
    on = ask_laws(f"{law}.json?on={day}").json["on"]
    assert (on["day"], [clause["eid"] for clause in on["clauses"]]) == ("2016-03-20", ["art_1", "art_2", "art_2__note", "art_3"])


def test_the_printed_text_says_so_and_leads_to_that_of_today(ask_laws: Any, law: str) -> None:
    text = ask_laws(law).text
    assert "مالک ظرف شش ماه" in text
    assert "متن امروز با اصلاحات" in text
    assert f'href="{law}/compare"' in text


def test_two_days_show_what_went_and_came_and_who_changed_it(ask_laws: Any, law: str) -> None:
    answer = ask_laws(f"{law}/compare?a=1385-01-01&b=1401-01-01")
    assert "<del>شش ماه</del> <ins>یک سال</ins>" in answer.text
    told = {row["eid"]: row for row in ask_laws(f"{law}/compare.json?a=1385-01-01&b=1401-01-01").json["differences"]}
    assert {eid: (row["changed_by"], row["changed_on"]) for eid, row in told.items()} == {
        "art_2": ("قانون اصلاح قانون باغچه\u200cهای نمونه", "2011-12-01"),
        "art_2__note": ("قانون اصلاح دوم قانون باغچه\u200cهای نمونه", "2021-12-01"),
        "art_4": ("قانون اصلاح دوم قانون باغچه\u200cهای نمونه", "2021-12-01"),
    }


def test_words_of_a_law_are_never_markup(ask_laws: Any, law: str) -> None:
    for address in (f"{law}?on=1401-01-01", f"{law}/compare", law.replace("instrument", "clause") + "/art_4"):
        text = ask_laws(address).text
        assert HARM not in text
        assert "&lt;script&gt;" in text


def test_a_clause_has_its_history_its_days_and_what_its_text_did_not_follow(ask_laws: Any, law: str) -> None:
    clause = law.replace("instrument", "clause")
    assert "تاریخچهٔ این بند" in ask_laws(f"{clause}/art_2").text
    assert [v["changed_by"] for v in ask_laws(f"{clause}/art_2.json").json["versions"]] == [
        None, "قانون اصلاح قانون باغچه\u200cهای نمونه", "قانون اصلاح دوم قانون باغچه\u200cهای نمونه",
    ]  # fmt: skip
    assert "در قانون نیست" in ask_laws(f"{clause}/art_2__note").text
    assert "نبود" in ask_laws(f"{clause}/art_2__note?on=1401-01-01").text
    assert "آب از چاه" in ask_laws(f"{clause}/art_2__note?on=1399-01-01").text
    assert "پیروی نکرد" in ask_laws(f"{clause}/art_1").text
    assert "تاریخچهٔ این بند" not in ask_laws(f"{clause}/art_3").text


WRONG = ["?on=x", "?on=1399-13-01", "?on=1398-12-31", "/compare?a=1400-01-01&b=1399-01-01", "/compare?a=soon"]


@pytest.mark.parametrize("question", WRONG)
def test_a_day_that_is_none_is_a_question_that_cannot_be_read(ask_laws: Any, law: str, question: str) -> None:
    assert ask_laws(law + question).status == 400


def test_an_instrument_without_a_text_has_no_days(ask_laws: Any) -> None:
    assert ask_laws("/instrument/9999/compare").status == 404
