from __future__ import annotations

import json
from dataclasses import replace

import pytest
from archive_pages import MESSENGERS, ZWNJ, named, page
from hypothesis import given, settings
from hypothesis import strategies as st

from db.write.fact_rows import snippet_span
from parsers.models import (
    AgencyMention,
    Ancestor,
    DateMention,
    Facts,
    InstrumentMention,
    Mention,
    Reference,
    SessionMention,
)

POLICY = f"سیاست{ZWNJ}ها و اقدامات ساماندهی پیام{ZWNJ}رسان{ZWNJ}های اجتماعی"
SCC = "شورای عالی فضای مجازی"
COLUMNS = {
    "articles": "document_id publisher url news_code kicker title lead body agency category published_at published_on "
    "published_jalali modified_at first_seen_at last_seen_at revisions kind authors tags published_from",
    "messenger_mentions": "document_id published_on messenger name domestic section start end surface snippet rule url certain "
    "publisher",
    "clause_citations": "document_id published_on unit number path instrument_id instrument body section start end surface "
    "snippet clause_text url eid rule certain clause_eid publisher",
    "session_mentions": "document_id published_on body number held_on section start end surface snippet url rule certain "
    "publisher body_id",
    "date_mentions": "document_id date_from date_to precision calendar valid surface url rule certain",
    "instruments_list": "instrument_id uri title kind body approved_on sessions documents in_force year",
    "clauses_list": "instrument_id eid unit number parent text documents valid_from valid_to",
    "revision_changes": "document_id revision captured_at chars_added chars_removed url",
    "run_log": "run_id command started_at finished_at status discovered fetched not_modified inserted updated unchanged failed",
    "open_issues": "publisher code level first_seen_at last_seen_at count example_url message",
    "captures_list": "capture_id document_id publisher url status fetched_at bytes",
    "laws_list": "instrument_id uri title kind number body approved_on communicated_on gazetted_on gazette_number clauses "
    "versions document_id url",
    "law_changes": "instrument_id title relation changed_id changed changed_eid source_eid happened_on section start end "
    "surface document_id url change old_words new_words beside unapplied changed_uri",
    "unapplied_law_changes": "instrument_id title eid relation happened_on reason changed_by source_eid surface document_id url",
    "frontier": "url_id publisher url state priority attempts asked_at next_at printed_at earliest_on latest_on document_id",
    "stories": "story_id document_id first_document_id similarity",
    "missing_clauses": "document_id publisher instrument_id instrument eid unit number section start end surface captured_at url",
}


def cite(unit, numbers, surface="بند", *, section="body", **more):
    return Reference(0, len(surface), surface, unit, numbers, section=section, **more)


def store(archive, **facts):
    capture, record = page()
    return archive.store(capture, replace(record, facts=Facts(**facts)))


def view(archive, name, *columns):
    return [tuple(row[column] for column in columns) for row in archive.db.query(f"select * from {name}")]


@pytest.mark.parametrize("name", COLUMNS)
def test_views_have_exactly_their_columns(archive, name):
    columns = [row[0] for row in archive.db.execute("select name from pragma_table_info(?)", [name]).fetchall()]
    assert columns == COLUMNS[name].split()


def test_there_is_no_other_view(archive):
    assert set(archive.db.view_names()) == set(COLUMNS)


def test_mentions_index_the_stored_text_of_their_section(archive):
    capture, record = page(kicker="از بله", lead="بله، همان بله", body=f"نخست\nکاربران {MESSENGERS} بله\nبله؟")
    for section in ("kicker", "title", "lead", "body"):
        record = named(record, "بله", "bale", section)
    archive.store(capture, record)
    assert len(view(archive, "messenger_mentions", "section")) == 6
    sql = """select m.section, m.surface, substr(case m.section when 'kicker' then a.kicker when 'title' then a.title
             when 'lead' then a.lead else a.body end, m.start + 1, m."end" - m.start) as slice, m.snippet
             from messenger_mentions m join articles a using (document_id)"""
    for row in archive.db.query(sql):
        assert row["surface"] == row["slice"] == "بله"
        assert "بله" in row["snippet"]
        assert "\n" not in row["snippet"]


def test_names_and_their_country_come_from_the_lexicon(archive):
    capture, record = page(body="تلگرام و بله و فلان")
    for word, slug in (("تلگرام", "telegram"), ("بله", "bale"), ("فلان", "folan")):
        record = named(record, word, slug)
    archive.store(capture, record)
    assert set(view(archive, "messenger_mentions", "messenger", "name", "domestic")) == {
        ("telegram", "تلگرام", 0), ("bale", "بله", 1), ("folan", "folan", 0)
    }  # fmt: skip


def test_a_citation_has_one_row_for_each_number_and_one_without_where_there_is_none(archive):
    path = (Ancestor("ماده", 6), Ancestor("تبصره", None))
    store(
        archive,
        references=(
            cite("بند", (7, "الف", "4-4"), eids=("cl_7", "cl_a", "cl_4-4"), instrument=POLICY, body=SCC),
            cite("بند", ("ب",), path=path),
            cite("ماده واحده", (), eids=("art",)),
        ),
    )
    rows = view(archive, "clause_citations", "unit", "number", "instrument", "body", "path", "clause_text")
    assert [row[:4] for row in rows] == [
        ("بند", 7, POLICY, SCC), ("بند", "الف", POLICY, SCC), ("بند", "4-4", POLICY, SCC), ("بند", "ب", None, None),
        ("ماده واحده", None, None, None),
    ]  # fmt: skip
    assert json.loads(rows[3][4]) == [{"unit": "ماده", "number": 6}, {"unit": "تبصره", "number": None}]
    assert {row[5] for row in rows} == {None}


def test_numbers_compare_as_numbers(archive):
    store(archive, references=(cite("بند", (2, 11, 9)),))
    assert archive.db.execute("select number from clause_citations where number > 8 order by number").fetchall() == [(9,), (11,)]


def test_an_instrument_of_the_lexicon_is_found_by_title_and_alias_however_spelled(archive):
    spellings = (POLICY, POLICY.replace(ZWNJ, " "), "سياست‌ها و اقدامات ساماندهي شبكه‌هاي اجتماعي")
    store(archive, references=tuple(cite("بند", (1,), instrument=title) for title in spellings))
    assert view(archive, "clause_citations", "instrument", "body") == [(POLICY, SCC)] * 3
    listed = [row for row in archive.db.query("select * from instruments_list") if row["documents"]]
    assert [(row["uri"], row["kind"], row["sessions"]) for row in listed] == [
        ("/ir/scc/res/1396/messengers", "resolution", "36، 37، 38، 39، 40")
    ]


def test_an_instrument_that_only_texts_know_learns_its_body_and_kind(archive):
    title = "آیین‌نامه رمزارزهای محلی"
    store(archive, references=(cite("ماده", (3,), instrument=title),))
    capture, record = page("https://sobh.example/2")
    mention = InstrumentMention(0, 3, "آیی", title, "bylaw", "هیئت وزیران", "body")
    archive.store(capture, replace(record, facts=Facts(instruments=(mention,))))
    sql = "select kind, body, documents from instruments_list where title = ?"
    assert archive.db.execute(sql, [title]).fetchall() == [("bylaw", "هیئت وزیران", 2)]


def test_one_title_of_two_bodies_is_two_instruments(archive):
    title = "دستورالعمل محاسبه"
    for n, body in enumerate(("هیئت وزیران", "بانک مرکزی", None)):
        capture, record = page(f"https://sobh.example/{n}")
        archive.store(capture, replace(record, facts=Facts(references=(cite("بند", (1,), instrument=title, body=body),))))
    assert view(archive, "clause_citations", "body") == [("هیئت وزیران",), ("بانک مرکزی",), ("هیئت وزیران",)]


def test_cited_clauses_are_listed_with_the_clause_around_them(archive):
    eids = ("art_14__note_2__cl_b",)
    store(
        archive,
        references=(cite("بند", ("ب",), eids=eids, instrument=POLICY), cite("ماده", (14,), eids=("art_14",), instrument=POLICY)),
    )
    assert view(archive, "clauses_list", "eid", "unit", "number", "parent", "text", "documents") == [
        ("art_14", "ماده", 14, None, None, 1),
        ("art_14__note_2__cl_b", "بند", "ب", "art_14__note_2", None, 1),
    ]


def test_a_clause_whose_text_is_known_shows_it(archive):
    store(archive, references=(cite("بند", (11,), eids=("cl_11",), instrument=POLICY),))
    archive.db.execute(
        "insert into clauses (instrument_id, eid, unit, number, text) "
        "select id, 'cl_11', 'بند', 11, 'ممنوع است' from instruments where uri = '/ir/scc/res/1396/messengers'"
    )
    assert view(archive, "clause_citations", "clause_text") == [("ممنوع است",)]
    assert view(archive, "clauses_list", "number", "text", "documents") == [(11, "ممنوع است", 1)]


def test_a_session_has_one_row_for_each_number_and_one_for_a_day_alone(archive):
    store(
        archive,
        sessions=(
            SessionMention(0, 5, "جلسات", SCC, (36, 37), None, "body"),
            SessionMention(6, 9, "نشس", SCC, (), "2017-08-14", "title"),
            SessionMention(0, 3, "نشس", None, (4,), "2020-01-02", "lead"),
        ),
    )
    assert view(archive, "session_mentions", "body", "number", "held_on", "section") == [
        (SCC, 36, None, "body"), (SCC, 37, None, "body"), (SCC, None, "2017-08-14", "title"), (None, 4, "2020-01-02", "lead")
    ]  # fmt: skip


def test_dates_have_a_first_and_a_last_day_and_impossible_ones_have_none(archive):
    store(
        archive,
        dates=(
            DateMention(0, 3, "۱۵ ", "2019-05-05", "day", "jalali", True, time="12:00", section="body"),
            DateMention(0, 3, "۹۸ ", None, "year", "jalali", True, ("2019-03-21", "2020-03-19"), section="body"),
            DateMention(0, 3, "۳۱ ", None, "day", "jalali", False, section="body"),
        ),
        agencies=(AgencyMention(0, 4, "مدیر", "irna", "body"),),
    )
    assert view(archive, "date_mentions", "date_from", "date_to", "valid") == [
        ("2019-05-05", "2019-05-05", 1), ("2019-03-21", "2020-03-19", 1), (None, None, 0)
    ]  # fmt: skip
    assert [row["slug"] for row in archive.document(1).facts["agencies"]] == ["irna"]


def test_views_show_the_current_revision_and_tables_all(archive):
    capture, record = page(body="بله و ایتا")
    archive.store(capture, named(record, "بله", "bale"))
    capture, record = page(body="ایتا")
    archive.store(capture, named(record, "ایتا", "eitaa"))
    assert view(archive, "messenger_mentions", "messenger") == [("eitaa",)]
    assert archive.db.execute("select count(*) from mentioned_messengers").fetchone() == (2,)


def test_every_table_is_strict_and_every_foreign_key_indexed(archive):
    for name, strict in archive.db.execute(
        "select name, strict from pragma_table_list where type = 'table' and schema = 'main' and name not like 'sqlite%' "
        "and name not like '\\_sqlite%' escape '\\'"
    ).fetchall():
        assert strict, name
        keys = [key.column for key in archive.db.table(name).foreign_keys]
        firsts = {index.columns[0] for index in archive.db.table(name).indexes} | {archive.db.table(name).pks[0]}
        assert set(keys) <= firsts, name


def test_a_document_shows_its_facts_and_is_found_by_id_address_and_news_code(archive):
    capture, record = page(news_code="4711", tags=("الف", "ب"), category=("فناوری", "شبکه"))
    archive.store(capture, named(record, "بله", "bale"))
    shown = archive.document("4711")
    assert shown == archive.document(1) == archive.document("1") == archive.document(capture.url)
    assert (shown.article.tags, shown.article.category) == (("الف", "ب"), ("فناوری", "شبکه"))
    assert [row["messenger"] for row in shown.facts["messengers"]] == ["bale"]


PERSIAN = st.text(alphabet=f"ابپ{ZWNJ} \n۱،", max_size=400)


@settings(max_examples=150)
@given(before=PERSIAN, surface=st.text(alphabet="ابپ", min_size=1, max_size=9), after=PERSIAN)
def test_a_snippet_holds_its_mention_within_one_paragraph(before, surface, after):
    text, start = before + surface + after, len(before)
    first, last = snippet_span(text, start, start + len(surface))
    assert 0 <= first <= start < start + len(surface) <= last <= len(text)
    assert "\n" not in text[first:last]
    assert last - first <= len(surface) + 140


def test_every_kind_of_fact_keeps_its_rule_and_whether_it_is_certain(archive):
    span = {"start": 0, "end": 3, "surface": "مدی", "section": "body"}
    store(
        archive,
        mentions=(Mention(**span, slug="bale", rule="name", certain=False),),
        references=(cite("بند", (7,), rule="label", certain=False),),
        instruments=(InstrumentMention(**span, title=POLICY, kind="resolution", rule="listed", certain=False),),
        sessions=(SessionMention(**span, body=SCC, numbers=(36,), rule="number", certain=False),),
        dates=(DateMention(**span, iso="2026-11-01", precision="day", calendar="jalali", valid=True, rule="d", certain=False),),
        agencies=(AgencyMention(**span, slug="irna", rule="credit", certain=False),),
    )
    kept = {name: view(archive, name, "rule", "certain") for name in (
        "messenger_mentions", "clause_citations", "session_mentions", "date_mentions", "mentioned_instruments",
        "mentioned_agencies",
    )}  # fmt: skip
    assert {name: rows[0] for name, rows in kept.items()} == {
        "messenger_mentions": ("name", 0), "clause_citations": ("label", 0), "session_mentions": ("number", 0),
        "date_mentions": ("d", 0), "mentioned_instruments": ("listed", 0), "mentioned_agencies": ("credit", 0),
    }  # fmt: skip
    assert {row["certain"] for row in archive.document(1).facts["dates"]} == {0}


def test_an_article_shows_its_kind_people_and_what_told_its_time(archive):
    archive.store(*page(authors=("الف ب",), tags=("پ",), published_from="meta", url="https://sobh.example/news/9"))
    assert view(archive, "articles", "kind", "authors", "tags", "published_from") == [
        ("article", '["الف ب"]', '["پ"]', "meta")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("uri", "year"),
    [("/ir/scc/res/1396/messengers", 1396), ("/ir/majles/law/-/1399", None), ("/ir/-/-/قانون-1399", None)],
)
def test_the_year_of_an_instrument_is_that_of_its_uri(archive, uri, year):
    archive.db.execute("insert or ignore into instruments (uri, title, title_folded) values (?, 'x', 'x')", [uri])
    assert archive.db.execute("select year from instruments_list where uri = ?", [uri]).fetchone() == (year,)
