"""What a law says on each day, when other laws of the archive change it."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import Archive
from db.law.consolidation import consolidate
from db.law.dated_text import ChangeOfText, Text
from parsers.models import Capture
from parsers.record import parse

LAW = """قانون باغچه‌های نمونه مصوب ۱۳۸۰/۱/۱
ماده ۵- مالک باغچه سند ندارد.
تبصره- سند بها دارد.
ماده ۶- مهلت آبیاری شش ماه است.
ماده ۷- مالک درختان را قطع می‌کند.
ماده ۸- باغچه در تابستان آب می‌خورد.
ماده ۹- شهرداری ناظر است.
ماده ۱۰- دهیاری ناظر روستا است.
ماده ۱۱- این قانون موقت است."""
FIRST = """قانون اصلاح قانون باغچه‌های نمونه
ماده ۱- ماده (۵) قانون باغچه‌های نمونه مصوب ۱۳۸۰ به شرح زیر اصلاح می‌شود:
ماده (۵)- مالک باغچه سند می‌گیرد.
تبصره ۱- سند رایگان است.
تبصره ۲- سند در دفتر ثبت می‌شود.
ماده ۲- یک تبصره به شرح زیر به ماده (۷) قانون الحاق می‌شود:
تبصره- هرس در زمستان است.
ماده ۳- متن زیر به عنوان ماده (۹) مکرر به قانون الحاق می‌شود:
ماده ۹ مکرر- شهرداری آب می‌دهد.
ماده ۴- ماده (۱۱) قانون نسخ می‌شود.
ماده ۵- در ماده (۶) قانون عبارت «شش ماه» به عبارت «یک سال» تغییر می‌یابد.
ماده ۶- مهلت مقرر در ماده (۸) قانون تمدید می‌شود.
ماده ۷- ماده (۴۰) قانون حذف می‌شود.
قانون فوق مشتمل بر هفت ماده در جلسه مورخ ۱۳۹۰/۹/۱۰ مجلس شورای اسلامی تصویب شد."""
SECOND = """قانون اصلاح قانون باغچه‌های نمونه
ماده ۱- در ماده (۶) قانون باغچه‌های نمونه مصوب ۱۳۸۰ عبارت «یک سال» به عبارت «دو سال» تغییر می‌یابد.
ماده ۲- در ماده (۱۰) قانون عبارت «و شهرداری» بعد از عبارت «دهیاری» اضافه می‌شود.
قانون فوق مشتمل بر دو ماده در جلسه مورخ ۱۳۹۵/۱/۱ مجلس شورای اسلامی تصویب شد."""
CHANGED = "قانون باغچه‌های نمونه"
ON = "SELECT eid, text FROM clauses_list WHERE instrument_id = (SELECT instrument_id FROM laws_list WHERE title = ?) "
ON += "AND (valid_from IS NULL OR valid_from <= ?) AND (valid_to IS NULL OR valid_to > ?) ORDER BY eid"


def stored(archive, *texts):
    for n, text in enumerate(texts):
        capture = Capture(
            text.encode(), url=f"https://laws.example/{n}-{hash(text) % 1000}", fetched_at="2026-11-01T12:00:00+03:30"
        )
        record = parse(Capture(text.encode(), fetched_at="2026-11-01T12:00:00+03:30"))
        assert record.verdict == "law"
        archive.store(capture, record)


def on(archive, day):
    return dict(archive.db.execute(ON, [CHANGED, day, day]).fetchall())


def test_each_day_has_the_words_of_that_day(tmp_path):
    with Archive(tmp_path / "a.db") as archive:
        stored(archive, LAW, FIRST, SECOND)
        before, between, after = on(archive, "2005-01-01"), on(archive, "2012-01-01"), on(archive, "2020-01-01")
    assert [texts["art_6"] for texts in (before, between, after)] == [
        "مهلت آبیاری شش ماه است.", "مهلت آبیاری یک سال است.", "مهلت آبیاری دو سال است.",
    ]  # fmt: skip
    assert before["art_5__note"] == "سند بها دارد."
    assert (after["art_5__note_1"], "art_5__note" in after) == ("سند رایگان است.", False)
    assert after["art_7"] == "مالک درختان را قطع می‌کند.\nتبصره- هرس در زمستان است."
    assert after["art_9-bis"] == "شهرداری آب می‌دهد."
    assert ("art_11" in before, "art_11" in after) == (True, False)
    assert after["art_10"] == "دهیاری و شهرداری ناظر روستا است."
    assert before["art_8"] == between["art_8"] == after["art_8"]


def test_what_cannot_be_applied_is_listed_with_its_reason(tmp_path):
    with Archive(tmp_path / "a.db") as archive:
        stored(archive, LAW, FIRST)
        found = archive.db.execute("SELECT source_eid, eid, reason FROM unapplied_law_changes ORDER BY source_eid").fetchall()
    assert found == [
        ("art_6", "art_8", "it extends a time and names no words"), ("art_7", "art_40", "the text has no such clause"),
    ]  # fmt: skip


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_in_which_laws_come_makes_no_other_text(order, tmp_path):
    with Archive(tmp_path / "b.db") as archive:
        stored(archive, LAW, FIRST, SECOND)
        wanted = [on(archive, day) for day in ("2005-01-01", "2012-01-01", "2020-01-01")]
    with Archive(tmp_path / "a.db") as archive:
        stored(archive, *([LAW, FIRST, SECOND][n] for n in order))
        assert [on(archive, day) for day in ("2005-01-01", "2012-01-01", "2020-01-01")] == wanted


def test_a_citation_opens_the_clause_that_an_amendment_added(tmp_path):
    with Archive(tmp_path / "a.db") as archive:
        stored(archive, LAW, FIRST)
        text = "شورای شهر خبر داد\nشهردار در این نشست به تبصره ماده ۷ قانون باغچه‌های نمونه استناد کرد و گفت که هرس آغاز شده است."
        archive.store(Capture(text.encode(), url="https://news.example/1"), parse(Capture(text.encode())))
        assert archive.db.execute("SELECT clause_text FROM clause_citations WHERE url LIKE '%news%'").fetchall() == [
            ("هرس در زمستان است.",)
        ]


SAME = ["قانون روابط باغبان و مالک مصوب ۱۳۵۶\nماده ۱- باغبان اجیر مالک است.\nماده ۲- مزد ماهانه است.",
        "قانون روابط باغبان و مالک مصوب ۱۳۷۶\nماده ۱- باغبان شریک مالک است.\nماده ۲- سهم سالانه است."]  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_laws_of_one_name_stay_two_told_apart_by_their_year(order, tmp_path):
    with Archive(tmp_path / "a.db") as archive:
        stored(archive, *(SAME[n] for n in order))
        found = archive.db.execute("SELECT uri, year FROM instruments_list WHERE title LIKE '%باغبان%' ORDER BY year").fetchall()
    assert found == [
        ("/ir/-/law/1356/قانون-روابط-باغبان-و-مالک", 1356), ("/ir/-/law/1376/قانون-روابط-باغبان-و-مالک", 1376),
    ]  # fmt: skip


def test_a_citation_opens_the_law_of_the_year_that_it_names(tmp_path):
    with Archive(tmp_path / "a.db") as archive:
        stored(archive, *SAME)
        for n, said in enumerate(("مصوب ۱۳۵۶", "مصوب ۱۳۷۶", "(مصوب ۱۳۷۶)")):
            text = f"دادگاه رأی داد\nقاضی به ماده ۱ قانون روابط باغبان و مالک {said} استناد کرد.\n"
            text += f"پرونده شماره {n} از پاییز در این دادگاه بود و وکیل‌های دو سوی دعوا در پایان نشست با هم دست دادند."
            archive.store(Capture(text.encode(), url=f"https://news.example/{n}"), parse(Capture(text.encode())))
        found = archive.db.execute("SELECT clause_text FROM clause_citations WHERE url LIKE '%news%' ORDER BY url").fetchall()
    assert [text for (text,) in found] == ["باغبان اجیر مالک است.", "باغبان شریک مالک است.", "باغبان شریک مالک است."]


def test_an_address_stays_when_more_is_learnt_and_has_the_session_where_numbers_begin_anew(tmp_path):
    resolution = (
        "مصوبه شماره ۱ جلسه شماره {0} شورای شهر نمونه\nشورای شهر نمونه در جلسه شماره {0} مورخ 16/09/1399 چنین تصویب کرد:\n"
        "ماده ۱- بهای آب {0} ریال است.\nماده ۲- این مصوبه از فردا اجرا می‌شود."
    )
    with Archive(tmp_path / "a.db") as archive:
        stored(archive, resolution.format(410), resolution.format(411))
        first = [uri for (uri,) in archive.db.execute("SELECT uri FROM laws_list ORDER BY uri")]
        assert [uri.rsplit("/", 1)[1] for uri in first] == ["410-1", "411-1"]
        stored(archive, resolution.format(410) + "\nماده ۳- بهای برق صد ریال است.")
        assert [uri for (uri,) in archive.db.execute("SELECT uri FROM laws_list ORDER BY uri")] == first


def clause(eid, own, parent=None, **rest):
    return Text(eid, "ماده", int(eid.split("_")[-1]), parent, f"ماده {eid[-1]}-", None, own, **rest)


WORDS = st.lists(st.sampled_from(["آب", "باغ", "سال", "ماه", "سبز", "است."]), min_size=1, max_size=8).map(" ".join)
CHANGES = st.lists(
    st.builds(
        lambda change, n, day, old, new: (change, f"art_{n}", f"2010-01-{day:02}", old, new),
        st.sampled_from(["replace_words", "insert_words", "delete_words", "replace", "insert", "repeal", "extend"]),
        st.integers(1, 6), st.integers(1, 9), st.sampled_from(["آب", "باغ", "سال"]), st.sampled_from(["گل", "خاک"]),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=4), CHANGES)
def test_no_day_has_two_texts_of_a_clause_and_every_change_is_applied_or_listed(texts, changes):
    base = [clause(f"art_{n}", own) for n, own in enumerate(texts, 1)]
    stated = [
        ChangeOfText((1, n), change, eid, day, old, new, old if change == "insert_words" else None, clauses=(clause(eid, new),))
        for n, (change, eid, day, old, new) in enumerate(changes)
    ]
    made = consolidate(base, stated, approved_on="2000-01-01", wholes=lambda eid: next(c.own for c in base if c.eid == eid))
    by_eid: dict[str, list] = {}
    for version in made.versions:
        by_eid.setdefault(version.clause.eid, []).append(version)
    for versions in by_eid.values():
        assert all(one.valid_to and one.valid_to <= other.valid_from for one, other in pairwise(versions))
        assert all(v.valid_to is None or v.valid_from < v.valid_to for v in versions)
    for c in base:
        assert by_eid[c.eid][0].whole == c.own
    if not changes:
        assert [v.whole for v in made.versions] == texts


STATED = [
    ("replace_words", "است.", "است است.", "the words «است» are in it more than once"),
    ("replace_words", "", "باغ سبز.", "the words «است» are not in it"),
]


@pytest.mark.parametrize(("change", "_", "own", "reason"), STATED)
def test_words_that_are_not_there_or_twice_there_are_not_changed(change, _, own, reason):
    made = consolidate(
        [clause("art_1", own)], [ChangeOfText((1, 1), change, "art_1", "2010-01-01", "است", "بود")],
        approved_on="2000-01-01", wholes=lambda _: own,
    )  # fmt: skip
    assert ([v.whole for v in made.versions], [r for _, r in made.unapplied]) == ([own], [reason])


def test_a_clause_that_is_printed_with_the_change_is_not_changed_again():
    printed = clause("art_1", "مهلت یک سال است.", status="amended", changed_on="2015-01-01")
    made = consolidate(
        [printed], [ChangeOfText((1, 1), "replace_words", "art_1", "2010-01-01", "شش ماه", "یک سال")],
        approved_on="2000-01-01", wholes=lambda _: printed.own,
    )  # fmt: skip
    assert [(v.whole, v.valid_from) for v in made.versions] == [("مهلت یک سال است.", "2015-01-01")]
    assert made.unapplied == ()
