"""A document's history is that of its pages in the order of time, whatever the order in which they came."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from archive_pages import named, new_archive, page
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.write.revision_rows import text_hash
from parsers.law_models import Clause, Law
from parsers.models import Record

if TYPE_CHECKING:
    from pathlib import Path

WORDS = {"a": "بله", "b": "گپ", "c": "ایتا"}
SLUGS = {"a": "bale", "b": "gap", "c": "eitaa"}


def look(day: int, text: str):
    """A page of a day with one of three texts, which name three messengers."""
    word = WORDS[text]
    at, html = f"2026-10-{day:02}T10:00:00+03:30", f"{text}{day}".encode()
    capture, record = page(title=f"خبر {word}", body=f"امروز {word} تازه شد.", at=at, html=html)
    return capture, named(record, word, SLUGS[text])


def history(archive: Archive):
    """What readers see of the documents, without numbers of rows."""
    db = archive.db
    revisions = "select number, captured_at, title, body, chars_added, chars_removed from revisions order by document_id, number"
    shown = "select title, kind, revisions, first_seen_at, last_seen_at from articles"
    return [
        db.execute(revisions).fetchall(),
        db.execute(shown).fetchall(),
        db.execute("select messenger, section, start from messenger_mentions").fetchall(),
        db.execute("select messenger_id, mentions from document_messengers").fetchall(),
        [[hit.title for hit in archive.search(word).hits] for word in WORDS.values()],
    ]


def expected(looks) -> list[tuple[str, str]]:
    """Day and text of each revision."""
    found: list[tuple[int, str]] = []
    for day, text in sorted(looks):
        if not found or found[-1][1] != text:
            found.append((day, text))
    return [(f"2026-10-{day:02}T10:00:00+03:30", f"خبر {WORDS[text]}") for day, text in found]


def sound(archive: Archive) -> None:
    """Nothing points to what is not there, and every revision has its capture."""
    assert archive.db.execute("pragma foreign_key_check").fetchall() == []
    assert archive.db.execute("pragma integrity_check").fetchall() == [("ok",)]
    archive.db.execute("insert into search (search) values ('integrity-check')")
    for table in ("mentioned_messengers", "laws"):
        lost = f"select count(*) from {table} where revision_id not in (select id from revisions)"
        assert archive.db.execute(lost).fetchone() == (0,)


def filled(path: Path, looks) -> Archive:
    archive = new_archive(path)
    for day, text in looks:
        archive.store(*look(day, text))
    return archive


DAYS = st.lists(st.tuples(st.integers(1, 9), st.sampled_from("abc")), min_size=1, max_size=7, unique_by=lambda one: one[0])


@settings(max_examples=60, deadline=None)
@given(looks=DAYS.flatmap(lambda days: st.tuples(st.just(days), st.permutations(days))))
@example(looks=([(1, "a"), (3, "a"), (2, "b")], [(1, "a"), (3, "a"), (2, "b")]))
@example(looks=([(2, "b"), (1, "a"), (4, "a"), (3, "a")], [(4, "a"), (3, "a"), (1, "a"), (2, "b")]))
def test_every_order_of_arrival_gives_the_history_of_the_order_of_time(tmp_path_factory, looks):
    days, arriving = looks
    folder = tmp_path_factory.mktemp("orders")
    with filled(folder / "time.db", sorted(days)) as in_time, filled(folder / "arrival.db", arriving) as archive:
        assert [row[1:3] for row in history(archive)[0]] == expected(days)
        assert history(archive) == history(in_time)
        sound(archive)


def test_all_orders_of_four_looks(tmp_path):
    looks = [(1, "a"), (2, "b"), (3, "a"), (4, "a")]
    for n, order in enumerate(permutations(looks)):
        with filled(tmp_path / f"{n}.db", order) as archive:
            assert [row[1:3] for row in history(archive)[0]] == expected(looks)


@settings(max_examples=60, deadline=None)
@given(looks=DAYS.flatmap(st.permutations), again=st.dictionaries(st.integers(1, 9), st.sampled_from("abc"), max_size=4))
def test_parsing_again_gives_what_the_new_texts_make_in_the_order_of_time(tmp_path_factory, looks, again):
    """Another parser reads other texts in some captures; then today's reads the old ones again."""
    parse_again_and_back(tmp_path_factory.mktemp("again"), looks, again)


def test_two_sightings_of_a_capture_follow_it_through_two_reparses(tmp_path):
    looks = [(4, "b"), (2, "c"), (6, "b"), (7, "b"), (8, "a"), (5, "a"), (1, "a")]
    parse_again_and_back(tmp_path, looks, {4: "c"})


def parse_again_and_back(folder, looks, again):
    with filled(folder / "archive.db", looks) as archive:
        before, kept = history(archive), {}
        for capture_id, capture in archive.captures_to_reparse():
            day = int((capture.fetched_at or "")[8:10])
            kept[capture_id] = bytes(capture.body).decode()[0]
            assert archive.replace(capture_id, look(day, again.get(day, kept[capture_id]))[1]).outcome != "rejected"
        sound(archive)
        for capture_id, capture in archive.captures_to_reparse():
            archive.replace(capture_id, look(int((capture.fetched_at or "")[8:10]), capture.body.decode()[0])[1])
        archive.finish_reparse()
        sound(archive)
        titles = [row[1:3] for row in history(archive)[0]]
        assert [title for at, title in titles] == [row[2] for row in before[0]]


def test_the_same_looks_again_change_nothing(tmp_path):
    looks = [(1, "a"), (3, "a"), (2, "b"), (5, "c")]
    with filled(tmp_path / "archive.db", looks) as archive:
        before, written = history(archive), archive.db.conn.total_changes
        for one in reversed(looks):
            assert archive.store(*look(*one)).outcome == "unchanged"
        assert history(archive) == before
        assert archive.db.conn.total_changes == written


def test_an_older_text_never_becomes_the_current_one(archive):
    archive.store(*look(5, "a"))
    assert archive.store(*look(2, "b")).outcome == "updated"
    assert archive.document(1).article.title == "خبر بله"
    assert [row[1:3] for row in history(archive)[0]] == expected([(2, "b"), (5, "a")])
    assert archive.document(1).first_seen_at.startswith("2026-10-02")


def test_a_text_that_comes_back_has_a_capture_that_says_its_bytes_were_not_kept(archive):
    for one in [(1, "a"), (3, "a"), (2, "b")]:
        archive.store(*look(*one))
    rows = archive.db.execute("select fetched_at, repeats_id from captures order by fetched_at").fetchall()
    assert [row[1] for row in rows] == [None, None, 1]
    assert [capture.fetched_at[8:10] for capture in archive.stored_captures()] == ["01", "02"]
    assert len(list(archive.captures_to_reparse())) == 3


def test_a_law_that_comes_late_does_not_replace_the_later_text(archive):
    def law(day: int, clauses: int):
        eids = [Clause(f"art_{n}", "ماده", n, None, f"ماده {n}", None, 0, 2, 4, 4) for n in range(1, clauses + 1)]
        capture, record = page(title="قانون نو", body=f"متن {day}", at=f"2026-10-{day:02}T10:00:00Z", verdict="law")
        return capture, Record("law", record.article, law=Law("قانون نو", "law", tuple(eids), 0, 1))

    archive.store(*law(5, 1))
    archive.store(*law(2, 3))
    assert archive.db.execute("select count(*) from clauses").fetchone() == (1,)
    sound(archive)


def test_an_archive_of_an_earlier_version_is_put_in_order_once(archive):
    for one in [(1, "a"), (2, "b")]:
        archive.store(*look(*one))
    archive.db.execute("update revisions set captured_at = '2026-09-01T10:00:00Z' where number = 2")
    archive.db.execute("delete from meta where key = 'revision_order'")
    archive.close()
    with Archive(archive.path) as again:
        assert [row[2] for row in history(again)[0]] == ["خبر گپ", "خبر بله"]
        assert again.document(1).article.title == "خبر بله"
        assert [hit.title for hit in again.search("بله").hits] == ["خبر بله"]
        sound(again)


def test_a_sighting_of_a_text_nobody_knows_is_no_history(archive):
    archive.store(*look(1, "a"))
    assert not archive.note_sighting(1, "2026-10-05T10:00:00Z", b"unknown")
    assert archive.note_sighting(1, "2026-10-05T10:00:00Z", text_hash(look(1, "a")[1].article)) is False
    assert archive.document(1).last_seen_at == "2026-10-05T10:00:00Z"


@pytest.mark.parametrize("moment", ["gibberish", "9999-12-31T23:59:59-04:30", "2099-01-01T00:00:00Z", None, ""])
def test_a_moment_that_cannot_have_been_counts_as_now_and_stays_as_evidence(archive, moment):
    archive.store(*page(at=moment))
    assert archive.db.execute("select fetched_at from captures").fetchone() == (moment,)
    assert archive.document(1).last_seen_at[:2] == "20"
    assert archive.document(1).last_seen_at < "2099"
    assert archive.store(*page(at=moment)).outcome == "unchanged"


def test_a_document_that_a_wrong_clock_saw_in_the_future_takes_the_text_of_today(archive):
    from db.moments import now

    archive.store(*page(title="یک"))
    for table, column in (("revisions", "captured_at"), ("documents", "first_seen_at"), ("documents", "last_seen_at")):
        archive.db.execute(f"update {table} set {column} = '2090-01-01T00:00:00Z'")
    archive.store(*page(title="دو", at=now()), fetched="surely now")
    view = archive.document(1)
    assert view.article.title == "دو"
    assert [revision.captured_at < "2090" for revision in view.revisions] == [True, True]
    assert view.first_seen_at < "2090" > view.last_seen_at
