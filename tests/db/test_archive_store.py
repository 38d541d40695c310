from __future__ import annotations

from dataclasses import replace

import pytest
from archive_pages import page

from db.archive import Archive, Stored
from parsers.models import Facts, Mention


def rows(archive: Archive, sql: str) -> list[tuple]:
    return archive.db.execute(sql).fetchall()


def test_a_new_page_is_a_document_with_one_revision_and_its_capture(archive):
    assert archive.store(*page()) == Stored(1, 1, "inserted")
    assert rows(archive, "select document_id, publisher, revisions, published_on from articles") == [(1, "sobh", 1, "2026-11-01")]
    assert rows(archive, "select capture_id, document_id, status from captures_list") == [(1, 1, 200)]


def test_the_same_text_in_another_page_is_no_revision(archive):
    archive.store(*page(html=b"<html>advert 1"))
    stored = archive.store(*page(html=b"<html>advert 2", at="2026-11-02T10:00:00+03:30", modified_at="2026-11-02T08:00:00+03:30"))
    assert stored == Stored(1, None, "unchanged")
    assert rows(archive, "select revisions, first_seen_at, last_seen_at, modified_at from articles") == [
        (1, "2026-11-01T10:00:00+03:30", "2026-11-02T10:00:00+03:30", None)
    ]


@pytest.mark.parametrize("part", ["kicker", "title", "lead", "body"])
def test_a_change_of_any_part_of_the_text_is_a_revision(archive, part):
    archive.store(*page(kicker="الف", lead="ب"))
    capture, record = page(**({"kicker": "الف", "lead": "ب"} | {part: "چیز دیگر"}))
    assert archive.store(capture, record, fetched="now").outcome == "updated"
    assert rows(archive, f"select {part}, revisions from articles") == [("چیز دیگر", 2)]


def test_a_revert_is_a_revision_too(archive):
    titles = ("یک", "دو", "یک", "یک")
    outcomes = [archive.store(*page(title=title, at=f"2026-11-0{day}T10:00:00Z")).outcome for day, title in enumerate(titles, 1)]
    assert outcomes == ["inserted", "updated", "updated", "unchanged"]
    assert rows(archive, "select number, title from revisions") == [(1, "یک"), (2, "دو"), (3, "یک")]
    assert rows(archive, "select revision, chars_added, chars_removed from revision_changes") == [(2, 2, 2), (3, 2, 2)]


def test_texts_are_not_confused_where_one_part_ends(archive):
    archive.store(*page(title="الف ب", lead="پ"))
    assert archive.store(*page(title="الف", lead="ب پ")).outcome == "updated"


def test_two_addresses_with_one_canonical_are_one_document(archive):
    canonical = "https://sobh.example/news/7"
    archive.store(*page("https://sobh.example/fa/7", canonical_url=canonical))
    assert archive.store(*page("https://sobh.example/x/7", canonical_url=canonical)).outcome == "unchanged"
    assert archive.store(*page("https://sobh.example/fa/7")).outcome == "unchanged"
    assert rows(archive, "select url from articles") == [(canonical,)]
    assert archive.document("https://sobh.example/x/7").other_urls == ("https://sobh.example/fa/7", "https://sobh.example/x/7")


def test_an_alias_that_now_shows_another_article_is_another_document(archive):
    archive.store(*page("https://sobh.example/latest", canonical_url="https://sobh.example/1"))
    stored = archive.store(*page("https://sobh.example/latest", title="دیگری", canonical_url="https://sobh.example/2"))
    assert stored == Stored(2, 2, "inserted")


def test_a_page_that_later_names_a_canonical_stays_the_document_it_was(archive):
    archive.store(*page("https://sobh.example/1"))
    assert archive.store(*page("https://sobh.example/1", canonical_url="https://sobh.example/one")).document_id == 1


def test_publishers_do_not_share_addresses_or_news_codes(archive):
    for publisher in ("sobh", "asr"):
        assert archive.store(*page(publisher=publisher, news_code="12")).outcome == "inserted"
    assert archive.store(*page("https://sobh.example/2", news_code="12")).outcome == "inserted"


@pytest.mark.parametrize(("code", "url"), [("77", "urn:bayegan:sobh:77"), (None, "urn:sha256:")], ids=["news code", "text"])
def test_a_file_without_address_has_a_urn(archive, code, url):
    archive.store(*page(None, news_code=code))
    assert archive.store(*page(None, news_code=code)).outcome == "unchanged"
    assert rows(archive, "select url from articles")[0][0].startswith(url)


@pytest.mark.parametrize("verdict", ["listing", "blocked", "empty", "not_persian"])
def test_what_is_no_document_leaves_nothing(archive, verdict):
    before = archive.db.conn.total_changes
    assert archive.store(*page(verdict=verdict)) == Stored(None, None, "rejected")
    assert archive.db.conn.total_changes == before


def test_a_media_page_needs_a_title(archive):
    assert archive.store(*page(verdict="media", title="")).outcome == "rejected"
    assert archive.store(*page(verdict="media")).outcome == "inserted"


def test_an_older_capture_does_not_turn_the_clock_back(archive):
    archive.store(*page(at="2026-11-05T10:00:00+03:30"))
    archive.store(*page(at="2026-11-05T06:29:00+00:00"))
    assert archive.document(1).last_seen_at == "2026-11-05T10:00:00+03:30"
    archive.store(*page(at="2026-11-05T06:31:00+00:00"))
    assert archive.document(1).last_seen_at == "2026-11-05T06:31:00+00:00"


def test_a_gone_document_stays_and_comes_back_when_seen(archive):
    archive.store(*page())
    archive.mark_gone(1, "2026-11-06T00:00:00+03:30")
    archive.mark_gone(1, "2026-11-07T00:00:00+03:30")
    archive.store(*page(at="2026-11-05T10:00:00+03:30"))
    assert archive.document(1).gone_at == "2026-11-06T00:00:00+03:30"
    archive.store(*page(at="2026-11-08T10:00:00+03:30"))
    assert archive.document(1).gone_at is None


def test_adding_everything_again_writes_next_to_nothing(tmp_path):
    pages = [page(f"https://sobh.example/{n}", title=f"خبر {n}") for n in range(200)]
    path = tmp_path / "archive.db"
    sizes = []
    for _ in range(2):
        with Archive(path) as archive:
            for capture, record in pages:
                archive.store(capture, record)
        sizes.append(path.stat().st_size)
    assert sizes[1] <= sizes[0] * 1.01


def test_a_failure_inside_takes_the_whole_page_back(archive):
    broken = Facts(mentions=(Mention(5, 5, "", "bale", "name", "body"),))
    with pytest.raises(Exception, match="CHECK"):
        archive.store(*page(facts=broken))
    assert rows(archive, "select count(*) from captures union all select count(*) from documents") == [(0,), (0,)]
    assert archive.store(*page()).outcome == "inserted"


def test_an_outer_transaction_falls_with_an_inner_one_even_if_its_error_is_swallowed(archive):
    capture, record = page()
    with archive.transaction():
        archive.store(capture, record)
        with pytest.raises(Exception, match="CHECK"):
            archive.store(*page("https://sobh.example/2", facts=Facts(mentions=(Mention(5, 5, "", "bale", "name"),))))
    assert rows(archive, "select count(*) from documents") == [(0,)]


def test_names_learnt_in_a_transaction_that_fell_are_learnt_again(archive):
    capture, record = page()

    def fall():
        with archive.transaction():
            archive.store(capture, record)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fall()
    assert archive.store(capture, record).outcome == "inserted"
    assert rows(archive, "select slug from publishers") == [("sobh",)]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2019-05-05T15:09:00+04:30", "2019-05-05"),
        ("2019-05-05T20:00:00+00:00", "2019-05-06"),
        ("2019-05-05T20:00:00Z", "2019-05-06"),
        ("2019-05-05", "2019-05-05"),
        ("gibberish", None),
        (None, None),
    ],
)
def test_the_day_of_publication_is_that_of_tehran(archive, moment, day):
    archive.store(*page(published_at=moment))
    assert rows(archive, "select published_on from articles") == [(day,)]


def test_a_publisher_gets_its_name_and_homepage(archive):
    archive.store(*page())
    archive.name_publisher("sobh", "صبح", "https://sobh.example/")
    assert archive.document(1).publisher_name == "صبح"


@pytest.mark.parametrize("part", ["title", "body", "tags"])
def test_half_a_surrogate_pair_does_not_break_the_archive(archive, part):
    half = "نیمه \ud83d است 😀"
    capture, record = page(html=b"<html>", **{part: (half,) if part == "tags" else half})
    assert archive.store(replace(capture, headers={"x": "\udc80"}), record).outcome == "inserted"
    assert archive.store(capture, record).outcome == "unchanged"
    assert archive.replace(1, record).outcome == "unchanged"
    shown = getattr(archive.document(1).article, part)
    assert (shown[0] if part == "tags" else shown) == "نیمه \ufffd است 😀"
