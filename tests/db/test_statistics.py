"""What is counted beside the facts is what counting the facts would give, whatever happened to a document."""

from __future__ import annotations

import pytest
from archive_pages import make_older, named, page

from db.archive import Archive
from db.statements import statement
from db.upkeep.check import check
from db.upkeep.repair import repair
from parsers.models import Record

INDEXES = ("revisions_agency", "documents_publisher", "documents_changed")
BALE, GAP = ("بله", "bale"), ("گپ", "gap")
COUNTED = (
    "select messenger, coalesce(substr(r.published_jalali, 1, 7), ''), m.document_id, count(*) from messenger_mentions m "
    "join documents d on d.id = m.document_id join revisions r on r.id = d.revision_id group by 1, 2, 3 order by 1, 2, 3"
)
KEPT = (
    "select g.slug, jalali_month, document_id, mentions from document_messengers m join messengers g on g.id = m.messenger_id "
    "order by 1, 2, 3"
)


def naming(*names, url="https://sobh.example/news/1", title="بله بله گپ", **options):  # the body has a word with ZWNJ
    capture, record = page(url, title, **options)
    for word, slug in names:
        record = named(record, word, slug, "title")
    return capture, record


def counts(archive: Archive) -> list[tuple]:
    for kept in ("messenger_sets", "document_clauses", "document_sessions", "document_instruments"):
        assert archive.db.execute(statement(f"upkeep/{kept}")).fetchone() == (0,)
    kept = archive.db.execute(KEPT).fetchall()
    assert kept == archive.db.execute(COUNTED).fetchall()
    return kept


def test_a_new_document_is_counted_by_messenger_and_month(archive):
    archive.store(*naming(BALE, GAP))
    assert counts(archive) == [("bale", "1405-08", 1, 2), ("gap", "1405-08", 1, 1)]


def test_a_document_without_a_day_is_counted_too(archive):
    archive.store(*naming(BALE, published_at=None, published_jalali=None))
    assert counts(archive) == [("bale", "", 1, 2)]


def test_a_revision_is_counted_in_place_of_the_one_before(archive):
    archive.store(*naming(BALE))
    archive.store(*naming(GAP, title="گپ", published_jalali="1405-09-01"))
    assert counts(archive) == [("gap", "1405-09", 1, 1)]


@pytest.mark.parametrize(
    ("again", "kept"),
    [
        (naming(GAP)[1], [("gap", "1405-08", 1, 1)]),
        (naming(BALE, published_jalali="1399-01-02")[1], [("bale", "1399-01", 1, 2)]),
        (Record("listing", naming()[1].article), []),
    ],
)
def test_other_facts_at_a_reparse_are_counted_anew(archive, again, kept):
    archive.store(*naming(BALE))
    [(capture_id, _)] = list(archive.captures_to_reparse())
    archive.replace(capture_id, again)
    archive.finish_reparse()
    assert counts(archive) == kept


def test_a_document_with_another_history_is_counted_anew(archive):
    archive.store(*naming(BALE))
    archive.store(*naming(GAP, title="گپ", at="2026-11-03T10:00:00+03:30"))
    assert counts(archive) == [("gap", "1405-08", 1, 1)]
    archive.store(*naming(BALE, GAP, title="بله", at="2026-11-02T10:00:00+03:30"))
    assert counts(archive) == [("gap", "1405-08", 1, 1)]


def test_an_archive_of_an_earlier_version_is_counted_when_it_is_brought_forward(archive, tmp_path):
    archive.store_all([naming(BALE, GAP), naming(BALE, url="https://sobh.example/news/2", published_jalali=None)])
    expected = counts(archive)
    words = archive.db.execute("select word from joined_words").fetchall()
    indexes = map("index {}".format, INDEXES)
    make_older(archive, "statistics", "table document_messengers", "table joined_words", *indexes)
    with Archive(archive.path) as again:
        assert counts(again) == expected
        assert again.db.execute("select word from joined_words").fetchall() == words != []


def test_documents_that_name_the_same_messengers_are_counted_together(archive):
    sets = "select jalali_month, json_array_length(messengers), documents from messenger_sets order by 1, 2, 3"
    archive.store_all([naming(BALE, GAP, url=f"https://sobh.example/news/{n}") for n in range(3)])
    archive.store(*naming(BALE, url="https://sobh.example/news/4"))
    assert archive.db.execute(sets).fetchall() == [("1405-08", 1, 1), ("1405-08", 2, 3)]
    archive.store(*naming(GAP, title="گپ", url="https://sobh.example/news/2", at="2026-11-03T10:00:00+03:30"))
    assert archive.db.execute(sets).fetchall() == [("1405-08", 1, 1), ("1405-08", 1, 1), ("1405-08", 2, 2)]
    counts(archive)


def test_counts_are_mended(archive):
    archive.store_all([naming(BALE, GAP, url=f"https://sobh.example/news/{n}") for n in range(3)])
    expected = counts(archive)
    archive.db.execute("update messenger_sets set documents = 7")
    assert [finding.code for finding in check(archive.db, deep=True)] == ["messenger_sets"]
    repair(archive)
    assert counts(archive) == expected


def test_a_joined_word_that_a_reparse_dropped_is_known_again_with_the_next_page_that_has_it(archive):
    archive.store(*page())
    [(capture_id, _)] = list(archive.captures_to_reparse())
    archive.replace(capture_id, Record("listing", page()[1].article))
    archive.finish_reparse()
    assert archive.db.execute("select count(*) from joined_words").fetchone() == (0,)
    archive.store(*page("https://sobh.example/news/2"))
    assert archive.db.execute("select word from joined_words").fetchall() == [("پیامرسان",)]
