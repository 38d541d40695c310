"""Laws in the archive: citations open their clause whenever the law comes, revisions are kept, changes are relations."""

from __future__ import annotations

import pytest
from law_pages import LAW, LINES, law, news

from db.archive import Archive, ArchiveError
from db.law.tree import clause, laws, tree
from parsers.models import Capture
from parsers.record import parse
from scraper.registry import load_publishers
from scraper.reparse import reparse

TABLES = (
    "laws", "law_clauses", "law_sessions", "law_titles", "law_relations", "current_laws", "clauses", "clause_names",
    "instruments", "instrument_sessions", "cited_clauses", "mentioned_instruments", "bodies",
)  # fmt: skip
CITING = f"به استناد بند ب ماده ۲ {LAW}، پروانه لازم است."


def rows(archive, sql, *values):
    return archive.db.execute(sql, list(values)).fetchall()


def opened(archive):
    return rows(archive, "select surface, clause_text from clause_citations where url like '%news%' order by document_id, start")


def dump(archive):
    return {table: rows(archive, f"select * from {table} order by 1, 2") for table in TABLES}


@pytest.mark.parametrize("order", [(law, news), (news, law)])
def test_a_citation_opens_its_clause_whether_the_law_comes_before_or_after(archive, order):
    for make in order:
        archive.store(*(make() if make is law else make(CITING)))
    assert opened(archive) == [("بند ب ماده ۲", "پروانه.")]
    assert len(rows(archive, "select * from instruments where title = ?", LAW)) == 1


def test_a_law_that_fails_to_be_stored_opens_nothing(archive):
    archive.store(*news(CITING))
    with pytest.raises(ZeroDivisionError), archive.transaction():
        _ = archive.store(*law()), 1 / 0
    assert opened(archive) == [("بند ب ماده ۲", None)]
    archive.store(*law())
    assert opened(archive) == [("بند ب ماده ۲", "پروانه.")]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (f"ماده ۳ {LAW}", "میدان جمعه بسته است."),
        (f"تبصره ۱ ماده ۲ {LAW}", "کودکان معاف‌اند."),
        (f"تبصره ماده ۲ {LAW}", "کودکان معاف‌اند."),
        (f"بند ب {LAW}", "پروانه."),
        (f"ماده ۲ {LAW}", "شرط‌ها:\nالف – ترازو؛\nب – پروانه.\nتبصره – کودکان معاف‌اند."),
    ],
)
def test_a_clause_is_found_however_it_is_cited(archive, said, text):
    archive.store(*law())
    archive.store(*news(f"به استناد {said} رأی داده شد."))
    assert [clause_text for _, clause_text in opened(archive)] == [text]


def test_what_two_clauses_could_mean_is_left_to_neither(archive):
    archive.store(*law("ماده ۱ – یک:", "الف – سیب؛", "ب – انار.", "ماده ۲ – دو:", "الف – هلو؛", "ب – آلو.", "ماده ۳ – پایان."))
    archive.store(*news(f"به استناد بند ب {LAW} رأی داده شد."))
    assert opened(archive) == [("بند ب", None)]


def test_a_citation_of_a_clause_that_is_not_there_is_an_issue_until_it_is(archive):
    archive.store(*news(f"به استناد ماده ۴ {LAW} رأی داده شد."))
    assert archive.open_issues() == []
    archive.store(*law())
    (issue,) = archive.open_issues()
    assert (issue["code"], issue["level"], issue["count"], issue["publisher"]) == ("missing_clause", "info", 1, "sobh")
    archive.store(*law(*LINES, "ماده ۴ – میدان چراغ دارد.", at="2026-11-09"))
    assert archive.open_issues() == []
    assert opened(archive) == [("ماده ۴", "میدان چراغ دارد.")]


@pytest.mark.parametrize("first", ["law", "news"])
def test_a_chapter_before_an_article_makes_it_no_missing_clause(archive, first):
    pages = {"law": law(), "news": news(f"به استناد بند ب ماده ۲ فصل سوم {LAW} رأی داده شد.")}
    for name in (first, *(pages.keys() - {first})):
        archive.store(*pages[name])
    assert archive.open_issues() == []
    assert [clause_text for _, clause_text in opened(archive)] == ["پروانه."]


NOT_MISSING = ["بند ۷ ماده ۱", "بند ج ماده ۲", "جزء ۳ بند ب ماده ۲"]


@pytest.mark.parametrize("said", NOT_MISSING)
def test_what_the_text_may_have_without_a_number_is_not_said_to_be_missing(archive, said):
    archive.store(*law())
    archive.store(*news(f"به استناد {said} {LAW} رأی داده شد."))
    assert archive.open_issues() == []


def test_an_instrument_of_whose_text_nothing_is_kept_has_no_missing_clauses(archive):
    archive.store(*news("به استناد ماده ۴۰۰ قانون مطبوعات رأی داده شد."))
    assert rows(archive, "select * from missing_clauses") == []


def test_revisions_of_a_law_are_kept_and_the_last_is_current(archive):
    archive.store(*law())
    archive.store(*law(*LINES[:-1], "ماده ۳ – میدان شنبه بسته است.", at="2026-11-09"))
    assert rows(archive, "select text from clauses where eid = 'art_3'") == [("میدان شنبه بسته است.",)]
    assert rows(archive, "select count(*) from law_clauses where eid = 'art_3'") == [(2,)]
    assert [law["versions"] for law in laws(archive.db)] == [2]


def test_of_two_portals_the_fuller_text_counts(archive):
    archive.store(*law(n=1))
    archive.store(*law(*LINES[:4], n=2, at="2026-11-20"))
    assert rows(archive, "select count(*) from clauses") == [(6,)]
    assert len(laws(archive.db)) == 1


def test_an_instrument_has_one_row_for_all_its_names_and_an_eli_like_uri(archive):
    archive.store(*news("به استناد ماده ۳ قانون میدان‌ها رأی داده شد.", n=1))
    archive.store(*news(CITING, n=2))
    preamble = "این قانون که از این پس «قانون میدان‌ها» نامیده می‌شود، برای همه است."
    archive.store(*law(preamble, *LINES))
    archive.store(*news("به استناد ماده ۱ قانون میدان‌ها رأی داده شد.", n=3))
    assert rows(archive, "select distinct instrument from clause_citations") == [(LAW,)]
    assert [text for _, text in opened(archive)] == ["میدان جمعه بسته است.", "پروانه.", "میوه رسیده فروخته می‌شود."]
    (about,) = laws(archive.db)
    assert about["uri"].startswith("/ir/majles/law/1399/")
    assert about["approved_on"] == "2020-04-22"


def test_meetings_are_linked_to_what_they_passed(archive):
    said = "شورای عالی فضای مجازی در جلسات ۳۶ تا ۳۸ این ضوابط را تصویب کرد:"
    archive.store(*law(said, *LINES, title="ضوابط میدان‌های میوه", issuer="شورای عالی فضای مجازی"))
    assert rows(archive, "select sessions from instruments_list where title = 'ضوابط میدان‌های میوه'") == [("36، 37، 38",)]


def test_what_a_law_does_to_another_is_a_relation(archive):
    archive.store(*law())
    archive.store(
        *law(
            "ماده واحده – ماده ۳ قانون میدان‌های میوه نسخ می‌شود.", "تبصره ۱ – این حکم دائمی است.", "تبصره ۲ – پایان.",
            title="قانون نسخ ماده ۳ قانون میدان‌های میوه", n=2, approved="۱۴۰۱/۰۱/۱۰",
        )
    )  # fmt: skip
    found = rows(archive, "select relation, changed, changed_eid, happened_on from law_changes where section = 'body'")
    assert found == [("repeals", LAW, "art_3", "2022-03-30")]
    assert [row["relation"] for row in clause(archive.db, LAW, "art_3").changed_by] == ["repeals", "repeals"]
    assert clause(archive.db, LAW, "art_1").changed_by == ()


def test_parsing_again_changes_no_row(archive):
    for pair in (news(CITING), law(), law(*LINES, "ماده ۴ – نو.", at="2026-11-09"), news(f"ماده ۹ {LAW} نیست.", n=2)):
        archive.store(*pair)
    before = dump(archive)
    from parsers.record import parse

    outcomes = {archive.replace(capture_id, parse(capture)).outcome for capture_id, capture in archive.captures_to_reparse()}
    archive.finish_reparse()
    assert outcomes == {"unchanged"}
    assert dump(archive) == before


def test_a_page_that_is_no_law_any_more_leaves_nothing_of_it(archive):
    archive.store(*news(CITING))
    archive.store(*law())
    for capture_id, capture in archive.captures_to_reparse():
        _, record = news("این برگ دیگر متن قانون نیست و تنها یک خبر است.", n=9)
        if "law" in (capture.url or ""):
            archive.replace(capture_id, record)
    archive.finish_reparse()
    assert rows(archive, "select count(*) from clauses") == [(0,)]
    assert laws(archive.db) == []
    assert opened(archive) == [("بند ب ماده ۲", None)]


def test_the_tree_of_a_law_and_one_clause_of_it(archive):
    archive.store(*news(CITING))
    archive.store(*law())
    found = tree(archive.db, LAW)
    assert [(node.eid, node.depth, node.documents) for node in found.nodes] == [
        ("art_1", 0, 0), ("art_2", 0, 0), ("art_2__cl_a", 1, 0), ("art_2__cl_b", 1, 1), ("art_2__note", 1, 0), ("art_3", 0, 0),
    ]  # fmt: skip
    view = clause(archive.db, found.about["instrument_id"], "art_2__note_1")
    assert [node.text for node in view.nodes] == ["کودکان معاف‌اند."]
    cited = clause(archive.db, LAW, "art_2__cl_b")
    assert [row["surface"] for row in cited.cited_by] == ["بند ب ماده ۲"]
    assert len(clause(archive.db, LAW, "art_2").nodes) == 4


def test_a_law_or_clause_that_is_not_there_is_a_clear_error(archive):
    archive.store(*law())
    with pytest.raises(ArchiveError, match="no text of the law"):
        tree(archive.db, "قانونی که نیست")
    with pytest.raises(ArchiveError, match="no clause"):
        clause(archive.db, LAW, "art_77")


def test_storing_articles_asks_nothing_of_laws(archive):
    archive.store(*news(CITING, n=1))
    asked = []
    archive.db.conn.set_trace_callback(asked.append)
    archive.store(*news(CITING, n=2))
    archive.db.conn.set_trace_callback(None)
    assert not [sql for sql in asked if "law" in sql and "FROM instruments" not in sql]


def test_an_archive_made_before_there_were_laws_is_brought_forward(tmp_path):
    path = tmp_path / "old.db"
    with Archive(path) as archive:
        archive.store(*news(CITING))
        for name in archive.db.view_names():
            archive.db.execute(f"drop view {name}")
        for table in (
            "unapplied_changes", "clause_versions", "law_new_clauses", "law_decisions",
            "law_clauses", "law_sessions", "law_titles", "law_relations", "current_laws", "clause_names", "laws",
        ):  # fmt: skip
            archive.db.execute(f"drop table {table}")
        archive.db.execute("alter table instruments drop column year")
        archive.db.execute("delete from _sqlite_migrations where name in ('laws', 'law_versions')")
        archive.db.execute("delete from meta where key = 'views'")
        archive.db.conn.commit()
    with Archive(path) as archive:
        archive.store(*law())
        assert opened(archive) == [("بند ب ماده ۲", "پروانه.")]


SAME_NAME = "قانون روابط باغبان و مالک"
FIRST_OF_NAME = (
    "ماده ۱- باغبان اجیر مالک است و مزد ماهانه می\u200cگیرد.",
    "ماده ۲- قرارداد باغبان کتبی است و یک سال می\u200cپاید.",
    "ماده ۳- اختلاف در دادگاه شهرستان رسیدگی می\u200cشود.",
)
SECOND_OF_NAME = ("ماده ۱- باغبان شریک مالک است و سهم سالانه دارد.", "ماده ۲- پیمان آنان در دفتر شهرداری ثبت می\u200cشود.",
                  "ماده ۳- داوری با انجمن باغداران است.", "ماده ۴- این قانون از فردا اجرا می\u200cشود.")  # fmt: skip


def stored_text(archive, *lines, day="2026-11-01"):
    capture = Capture("\n".join(lines).encode(), fetched_at=f"{day}T12:00:00+03:30")
    archive.store(capture, parse(capture))


def count_of_name(archive):
    return archive.db.execute("SELECT count(*), max(versions) FROM laws_list WHERE title = ?", [SAME_NAME]).fetchone()


@pytest.mark.parametrize("formula", [(), ("قانون فوق مشتمل بر چند ماده در جلسه مورخ ۱۳۵۶/۵/۲ به تصویب مجلس شورای ملی رسید.",)])
def test_two_laws_of_one_name_without_a_year_are_told_apart_by_their_words(tmp_path, formula):
    with Archive(tmp_path / "a.db") as archive:
        stored_text(archive, SAME_NAME, *FIRST_OF_NAME, *formula)
        stored_text(archive, SAME_NAME, *SECOND_OF_NAME)
        assert count_of_name(archive) == (2, 1)
        before = archive.db.execute("SELECT revision_id, instrument_id FROM laws ORDER BY 1").fetchall()
        reparse(archive, load_publishers())
        assert archive.db.execute("SELECT revision_id, instrument_id FROM laws ORDER BY 1").fetchall() == before


def test_two_texts_of_one_law_are_one_though_neither_says_its_year(tmp_path):
    with Archive(tmp_path / "a.db") as archive:
        stored_text(archive, SAME_NAME, *FIRST_OF_NAME)
        stored_text(
            archive, SAME_NAME, *FIRST_OF_NAME[:2], "ماده ۳- (اصلاحی) اختلاف در شورا رسیدگی می\u200cشود.", "ماده ۴- تازه است."
        )
        stored_text(archive, SAME_NAME, *FIRST_OF_NAME[1:], "تبصره- چیزی افزوده شد.")
        assert count_of_name(archive) == (1, 3)
