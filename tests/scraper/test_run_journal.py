"""What a run keeps account of is what the archive holds, also where a COMMIT fails."""

from __future__ import annotations

import sqlite3

import pytest
from fault_server import article, reply

from db import Archive
from parsers.models import Issue
from scraper.run_journal import Journal, Progress

# A row that refers to none is found at COMMIT only.
CHILDREN = "CREATE TABLE children (parent INTEGER REFERENCES documents(id) DEFERRABLE INITIALLY DEFERRED)"
FAULT = "CREATE TRIGGER fault AFTER INSERT ON documents WHEN NEW.url LIKE '%/2' BEGIN INSERT INTO children VALUES (-1); END"


@pytest.fixture
def journal(tmp_path):
    with Archive(tmp_path / "a.db") as archive:
        archive.db.execute(CHILDREN)
        yield Journal(archive, archive.runs.begin("crawl"), Progress())


def counts(archive: Archive) -> tuple[int, int]:
    return archive.db.execute("SELECT fetched, inserted FROM run_log").fetchone()


def test_a_failing_commit_takes_back_what_was_counted_and_noted(journal):
    with journal.transaction():
        journal.count("a", "fetched")

    def fail() -> None:
        with journal.transaction():
            journal.count("a", "fetched")
            journal.count("b", "inserted")
            journal.record_issue("b", Issue("error", "http_error", "x"), "http://b.ir/", failed=True)
            journal._archive.db.execute("INSERT INTO children VALUES (-1)")

    with pytest.raises(sqlite3.IntegrityError):
        fail()
    assert (journal.counts, journal.count_of("b", "inserted"), journal.has_trouble) == ({"fetched": 1}, 0, False)
    assert counts(journal._archive) == (1, 0)
    assert journal._archive.db.execute("SELECT count(*) FROM issues").fetchone() == (0,)


def test_after_a_failing_commit_the_same_issue_is_noted_and_later_counts_hold(journal):
    issue = Issue("warning", "bad_charset", "x")

    def fail() -> None:
        with journal.transaction():
            journal.record_issue("a", issue, "http://a.ir/")
            journal._archive.db.execute("INSERT INTO children VALUES (-1)")

    with pytest.raises(sqlite3.IntegrityError):
        fail()
    with journal.transaction():
        journal.record_issue("a", issue, "http://a.ir/")
        journal.count("a", "inserted")
    assert (journal.has_trouble, counts(journal._archive)) == (True, (0, 1))
    assert journal._archive.db.execute("SELECT count(*) FROM issues").fetchone() == (1,)


def test_a_page_whose_commit_fails_in_a_crawl_is_failed_and_the_others_are_stored(bench, server):
    items = "".join(f"<item><link>{server.base}/fa/news/{n}</link></item>" for n in (1, 2, 3))
    server.pages |= {"/rss": reply(f"<rss><channel>{items}</channel></rss>")}
    server.pages |= {f"/fa/news/{n}": reply(article(n)) for n in (1, 2, 3)}
    with Archive(bench.path) as archive:
        archive.db.execute(CHILDREN)
        archive.db.execute(FAULT)
    assert bench.crawl().exit_code == 1
    assert (bench.documents(), bench.log("inserted", "failed")) == (2, (2, 1))
    with Archive(bench.path) as archive:
        archive.db.execute("DROP TRIGGER fault")
    assert bench.crawl().exit_code == 0
    assert (bench.documents(), bench.log("inserted", "failed")) == (3, (1, 0))
