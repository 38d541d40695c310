"""Any write may fail, COMMIT included: the archive is then as it was before that page, and later pages are stored rightly.

The connection of these tests fails at its n-th write, for every n: the statement alone fails (and COMMIT leaves the transaction
open, as when another process is busy), or SQLite has rolled back the whole transaction, as it does when a disk is full.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest
from archive_pages import named, new_archive, page

from db import connection
from db.archive import Archive
from db.errors import ArchiveError
from parsers.law_models import Clause, Law
from parsers.models import AgencyMention, Facts, InstrumentMention, Issue, Record, Reference, SessionMention

CITED = "قانون شماره %d نمونه"


class FailingConnection(sqlite3.Connection):
    """Counts its writes and fails at one of them."""

    writes, fail_at, rolls_back = 0, 0, False

    def _write(self, sql):
        kind = sql.lstrip().split(None, 1)[0].upper()
        if kind not in {"INSERT", "UPDATE", "DELETE", "COMMIT"}:
            return
        cls = FailingConnection
        cls.writes += 1
        if cls.writes != cls.fail_at:
            return
        if cls.rolls_back and self.in_transaction:
            super().execute("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")

    def execute(self, sql, *values):
        self._write(sql)
        return super().execute(sql, *values)

    def executemany(self, sql, *values):
        self._write(sql)
        return super().executemany(sql, *values)


@pytest.fixture(autouse=True)
def failing(monkeypatch):
    connect = sqlite3.connect
    monkeypatch.setattr(
        connection.sqlite3, "connect", lambda *args, **options: connect(*args, **options, factory=FailingConnection)
    )
    FailingConnection.writes = FailingConnection.fail_at = 0
    yield
    FailingConnection.fail_at = 0


def fail_at(write: int, *, rolls_back: bool) -> None:
    FailingConnection.writes, FailingConnection.fail_at, FailingConnection.rolls_back = 0, write, rolls_back


def _page(n: int, title: str, day: int = 1):
    """A page that names, cites and meets things no page before it did."""
    span = {"start": 0, "end": 3, "surface": "سند", "section": "title"}
    facts = Facts(
        references=(Reference(**span, unit="بند", numbers=(n,), instrument=CITED % n, body=f"شورای {n}", eids=(f"cl_{n}",)),),
        instruments=(InstrumentMention(**span, title=CITED % (n + 1), kind="law"),),
        sessions=(SessionMention(**span, body=f"شورای {n + 1}", numbers=(n,)),),
        agencies=(AgencyMention(**span, slug=f"agency{n}"),),
    )
    at = f"2026-10-{day:02}T10:00:00Z"
    capture, record = page(f"https://sobh.example/{n}", title, f"متن {n} بله", facts=facts, at=at, publisher=f"p{n % 2}")
    return capture, named(record, "بله", "bale")


def _law(day: int):
    capture, record = page(
        "https://majles.example/1", CITED % 2, f"ماده ۱ متن {day}", at=f"2026-10-{day:02}T10:00:00Z", verdict="law"
    )
    law = Law(CITED % 2, "law", (Clause("cl_2", "بند", 2, None, "ماده", None, 0, 4, 7, 7),), 0, 9)
    return capture, Record("law", record.article, law=law)


PAGES = [
    _page(1, "سند یک"), _page(2, "سند دو"), _law(1), _page(1, "سند یک نو", 3), _page(1, "سند میانه", 2), _page(2, "سند دو", 4),
    _page(3, "سند سه"),
]  # fmt: skip
# What does not tell the moment of storing, or how a table is laid out.
SKIPPED = {"sqlite_sequence", "_sqlite_migrations"}


def rows(archive: Archive):
    """What the archive holds, by names and not by numbers of rows."""
    db = archive.db
    tables = [name for name in db.table_names() if not name.startswith("search_") and name not in SKIPPED]
    found = {
        table: Counter(map(tuple, db.execute(f"select * from {table}").fetchall())) for table in tables if table != "captures"
    }
    found["captures"] = db.execute("select id, document_id, blob_id, url, fetched_at, repeats_id from captures").fetchall()
    found["search"] = [archive.search(word) for word in ("سند", "متن", "نو")]
    return found


def sound(archive: Archive) -> None:
    assert archive.db.execute("pragma foreign_key_check").fetchall() == []
    archive.db.execute("insert into search (search) values ('integrity-check')")


def store_all(archive: Archive, skipped: int | None = None) -> list[int]:
    """Stores the pages one by one; returns the places of those that failed."""
    failed = []
    for place, (capture, record) in enumerate(PAGES):
        if place == skipped:
            continue
        try:
            archive.store(capture, record)
        except sqlite3.OperationalError:
            failed.append(place)
    return failed


@pytest.mark.survives(
    "a statement or COMMIT fails", "storing", "that page is lost and counted; all others are stored, ids and citations right"
)
@pytest.mark.parametrize("rolls_back", [False, True], ids=["statement fails", "transaction is gone"])
def test_a_write_that_fails_while_storing_costs_its_page_alone(tmp_path, rolls_back):
    expected = {}
    for skipped in range(len(PAGES)):
        with new_archive(tmp_path / f"without{skipped}.db") as archive:
            store_all(archive, skipped)
            expected[skipped] = rows(archive)
    for write in count(1, 2 if rolls_back else 1):
        with new_archive(tmp_path / f"{rolls_back}{write}.db") as archive:
            fail_at(write, rolls_back=rolls_back)
            failed = store_all(archive)
            FailingConnection.fail_at = 0
            if not failed:
                break
            assert rows(archive) == expected[failed[0]], f"write {write}, page {failed}"
            sound(archive)
    assert write > 100


@pytest.mark.survives("a statement or COMMIT fails", "a batch of `add`", "the batch is gone whole and can be stored again")
@pytest.mark.parametrize("rolls_back", [False, True])
def test_a_batch_that_fails_is_gone_and_can_be_stored_again(tmp_path, rolls_back):
    with new_archive(tmp_path / "expected.db") as archive:
        archive.store_all(PAGES)
        expected = rows(archive)
    for write in count(1, 3):
        with new_archive(tmp_path / f"{write}.db") as archive:
            fail_at(write, rolls_back=rolls_back)
            with suppress(sqlite3.OperationalError):
                archive.store_all(PAGES)
                break
            assert archive.db.execute("select count(*) from documents union select count(*) from publishers").fetchall() == [(0,)]
            archive.store_all(PAGES)
            assert rows(archive) == expected


def other(capture, record):
    """Another parser's reading: another title, other facts, and one page that is no document."""
    if capture.url.endswith("3"):
        return Record("empty", record.article)
    return replace(record, article=replace(record.article, title=f"دیگر {record.article.title}"), facts=Facts())


def reparse(archive: Archive, *, skipped: int | None = None) -> list[int]:
    records = {(capture.url, capture.fetched_at): record for capture, record in PAGES}
    failed = []
    for capture_id, capture in archive.captures_to_reparse():
        if capture_id == skipped:
            continue
        try:
            archive.replace(capture_id, other(capture, records[capture.url, capture.fetched_at]))
        except sqlite3.OperationalError:
            failed.append(capture_id)
    return failed


@pytest.mark.survives("a statement or COMMIT fails", "`reparse`", "that capture keeps what was derived before")
@pytest.mark.parametrize("rolls_back", [False, True])
def test_a_write_that_fails_while_parsing_again_costs_its_capture_alone(tmp_path, rolls_back):
    with new_archive(tmp_path / "stored.db") as archive:
        store_all(archive)
    stored = (tmp_path / "stored.db").read_bytes()

    def copied(name: str) -> Archive:
        (tmp_path / name).write_bytes(stored)
        return Archive(tmp_path / name)

    expected = {}
    for skipped in range(1, 8):
        with copied(f"without{skipped}.db") as archive:
            reparse(archive, skipped=skipped)
            expected[skipped] = rows(archive)
    for write in count(1, 3 if rolls_back else 1):
        with copied(f"{write}.db") as archive:
            fail_at(write, rolls_back=rolls_back)
            failed = reparse(archive)
            FailingConnection.fail_at = 0
            if not failed:
                break
            assert rows(archive) == expected[failed[0]], f"write {write}, capture {failed}"
            sound(archive)
            reparse(archive)
            archive.finish_reparse()
            sound(archive)
    assert write > 50


@pytest.mark.survives("a statement or COMMIT fails", "begin and end of a run", "no half of a run")
def test_a_run_that_cannot_be_begun_or_ended_leaves_no_half_of_it(tmp_path):
    for write in count(1):
        with new_archive(tmp_path / f"{write}.db") as archive:
            fail_at(write, rolls_back=write % 2 == 0)
            with suppress(sqlite3.OperationalError):
                run = archive.runs.begin("crawl", ("sobh", "asr"))
                archive.runs.note_issue(run, "sobh", Issue("error", "timeout", "slow"))
                archive.runs.finish(run, "done", {"fetched": 1})
                break
            FailingConnection.fail_at = 0
            run = archive.runs.begin("crawl", ("sobh", "asr"))
            archive.runs.note_issue(run, "asr", Issue("error", "timeout", "slow"))
            archive.runs.finish(run, "done")
            assert archive.db.execute("select count(*) from run_publishers where run_id = ?", [run]).fetchone() == (2,)
            sound(archive)


@pytest.mark.survives("a statement or COMMIT fails", "stories", "the next run groups what is left")
def test_stories_that_fail_half_way_are_grouped_by_the_next_call(tmp_path):
    for write in count(1, 2):
        with new_archive(tmp_path / f"{write}.db") as archive:
            store_all(archive)
            fail_at(write, rolls_back=write % 3 == 0)
            with suppress(sqlite3.OperationalError):
                archive.group_stories()
                break
            FailingConnection.fail_at = 0
            archive.group_stories()
            assert archive.db.execute("select count(*) from story_prints").fetchone() == (4,)


@pytest.mark.survives("the disk is full", "storing", "pages before it stay; later ones are stored when there is room")
def test_a_real_full_disk_leaves_the_pages_before_it(archive):
    """SQLite's own SQLITE_FULL, by a bound on the pages of the file."""
    capture, record = page()
    pages = archive.db.execute("pragma page_count").fetchone()[0]
    archive.db.execute(f"pragma max_page_count = {pages + 12}")
    stored = 0

    def fill():
        nonlocal stored
        for n in range(100):
            url = f"https://sobh.example/{n}"
            article = replace(record.article, url=url, body="واژه " * 2000 + str(n))
            archive.store(replace(capture, url=url), replace(record, article=article))
            stored += 1

    with pytest.raises(sqlite3.OperationalError, match="full"):
        fill()
    assert archive.db.execute("select count(*) from documents").fetchone() == (stored,)
    archive.db.execute("pragma max_page_count = 1073741823")
    assert archive.store(*page("https://sobh.example/after")).outcome == "inserted"
    sound(archive)


def test_nothing_more_is_written_in_a_transaction_that_has_failed(archive):
    def swallow():
        with archive.transaction():
            archive.store(*page())
            archive.db.execute("ROLLBACK")  # what SQLite does of itself if an input or output fails
            with pytest.raises(ArchiveError, match="has failed"):
                archive.store(*page("https://sobh.example/2"))

    with pytest.raises(sqlite3.OperationalError, match="no transaction"):
        swallow()
    assert archive.db.execute("select count(*) from documents").fetchone() == (0,)
    assert archive.store(*page()).outcome == "inserted"
