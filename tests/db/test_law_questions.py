"""Five questions of lawyers, on a small archive whose answers are known."""

from __future__ import annotations

import pytest
from law_pages import LAW, LINES, law, news

RULES = "ضوابط میدان‌های میوه"
SAID = "شورای عالی فضای مجازی در جلسات ۳۶ تا ۳۸ این ضوابط را تصویب کرد:"


@pytest.fixture
def asked(archive):
    """A law with two texts, a law that repeals one of its clauses, rules of three meetings, and three articles."""
    archive.store(*law(at="2026-11-01"))
    archive.store(
        *law(
            *LINES[:5], "ماده ۳ (اصلاحی ۱۴۰۱/۰۱/۱۰) – میدان شنبه بسته است.", "ماده ۴ – (الحاقی ۱۴۰۱/۰۱/۱۰) میدان چراغ دارد.",
            "ماده ۵ – (منسوخه ۱۴۰۲/۰۱/۱۰)", at="2026-11-09",
        )
    )  # fmt: skip
    archive.store(
        *law(
            "ماده واحده – تبصره ماده ۲ قانون میدان‌های میوه نسخ می‌شود.", "تبصره ۱ – این حکم دائمی است.", "تبصره ۲ – پایان.",
            title="قانون تنظیم بازار میوه", n=2, approved="۱۴۰۳/۰۲/۱۰",
        )
    )  # fmt: skip
    archive.store(*law(SAID, *LINES, title=RULES, n=3, issuer="شورای عالی فضای مجازی"))
    archive.store(*news(f"به استناد بند ب ماده ۲ {LAW} رأی داده شد.", n=1))
    archive.store(*news(f"به استناد تبصره ۱ ماده ۲ {LAW} رأی داده شد.", n=2))
    archive.store(*news(f"به استناد ماده ۵ {LAW} و ماده ۳ {LAW} رأی داده شد.", n=3))
    uri = archive.db.execute("select uri from instruments where title = ?", [LAW]).fetchone()[0]

    def ask(name, *columns, **parameters):
        if name not in ("what_sessions_passed", "citations_of_repealed_clauses"):
            parameters["uri"] = uri
        return [tuple(row[column] for column in columns) for row in archive.ask(name, **parameters)]

    return ask


def test_what_meetings_passed(asked):
    answer = asked("what_sessions_passed", "title", "sessions", "clauses")
    assert (RULES, "36، 37، 38", 6) in answer
    assert asked("what_sessions_passed", "title", first=90, last=91) == []


def test_a_clause_is_cited_under_every_name_that_can_mean_no_other_and_never_by_its_own_law(archive, asked):
    for eid in ("art_2__note", "art_2__note_1"):
        assert sorted(asked("who_cites_clause", "surface", eid=eid)) == [("تبصره ماده ۲",), ("تبصره ۱ ماده ۲",)]
    clauses = {(row["eid"], row["documents"]) for row in archive.ask("most_cited_clauses") if row["instrument"] == LAW}
    listed = archive.db.execute(
        "select eid, documents from clauses_list join instruments i on i.id = instrument_id where title = ? and documents", [LAW]
    ).fetchall()
    assert clauses == set(listed)
    assert ("art_2__note", 2) in clauses
    alike = {(row["eid"], row["documents"]) for row in archive.ask("same_clause_many_publishers") if row["instrument"] == LAW}
    assert alike == clauses
    assert asked("who_cites_clause", "surface", eid="art_9") == []


def test_which_clauses_were_never_cited(asked):
    assert asked("clauses_never_cited", "eid") == [("art_1",), ("art_2",), ("art_2__cl_a",), ("art_4",)]


def test_what_repealed_a_law_or_its_clauses(asked):
    assert sorted(asked("what_repealed_this", "relation", "eid", "happened_on", "title"), key=str) == sorted(
        [
            ("amends", "art_3", "2022-03-30", None),
            ("inserts", "art_4", "2022-03-30", None),
            ("repeals", "art_5", "2023-03-30", None),
            ("repeals", "art_2__note", "2024-04-29", "قانون تنظیم بازار میوه"),
        ],
        key=str,
    )


@pytest.mark.parametrize(
    ("eid", "on", "answer"),
    [
        ("art_3", "2021-01-01", [("میدان جمعه بسته است.", "2020-04-22")]),
        ("art_3", "2022-03-29", [("میدان جمعه بسته است.", "2020-04-22")]),
        ("art_3", "2022-03-30", [("میدان شنبه بسته است.", "2022-03-30")]),
        ("art_3", "2030-01-01", [("میدان شنبه بسته است.", "2022-03-30")]),
        ("art_3", "2019-01-01", []),
        ("art_4", "2021-01-01", []),
        ("art_1", "2023-01-01", [("میوه رسیده فروخته می‌شود.", "2020-04-22")]),
    ],
)
def test_the_text_of_a_clause_as_it_stood_on_a_day(asked, eid, on, answer):
    assert asked("clause_on_a_day", "text", "since", eid=eid, on=on) == answer


def test_who_cites_clauses_that_were_repealed(asked):
    assert asked("citations_of_repealed_clauses", "surface", "eid", "repealed_on") == [
        ("تبصره ۱ ماده ۲", "art_2__note", "2024-04-29"), ("ماده ۵", "art_5", "2023-03-30"),
    ]  # fmt: skip
