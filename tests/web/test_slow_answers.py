"""A page that took long is made once, and again when the archive has changed."""

from __future__ import annotations

import sqlite3

import pytest

from db.web import slow_answers
from db.web.slow_answers import SlowAnswers


@pytest.fixture
def connection(tmp_path):
    opened = sqlite3.connect(tmp_path / "some.db", isolation_level=None)
    opened.execute("create table a (b)")
    yield opened
    opened.close()


class Page:
    """A page that counts how often it is made; `seconds` pass meanwhile."""

    def __init__(self, monkeypatch, seconds, status=200):
        self.made, self.now, self.seconds, self.status = 0, 0.0, seconds, status
        monkeypatch.setattr(slow_answers.time, "monotonic", lambda: self.now)

    def __call__(self):
        self.made += 1
        self.now += self.seconds
        return self.status, f"page {self.made}", "text/html"


def test_an_archive_that_does_not_change_has_a_slow_page_made_once(connection, monkeypatch):
    answers, page = SlowAnswers(), Page(monkeypatch, 2.0)
    for _ in range(3):
        assert answers.get(connection, "/laws", page)[1] == "page 1"
        page.now += 1000


def test_a_quick_page_is_made_each_time(connection, monkeypatch):
    answers, page = SlowAnswers(), Page(monkeypatch, 0.01)
    assert [answers.get(connection, "/", page)[1] for _ in range(2)] == ["page 1", "page 2"]


def test_after_a_change_the_page_is_shown_for_twenty_times_as_long_as_it_took(connection, monkeypatch):
    answers, page = SlowAnswers(), Page(monkeypatch, 2.0)
    answers.get(connection, "/laws", page)
    connection.execute("insert into a values (zeroblob(100000))")
    page.now += 39
    assert answers.get(connection, "/laws", page)[1] == "page 1"
    page.now += 2
    assert answers.get(connection, "/laws", page)[1] == "page 2"


def test_other_questions_and_failures_are_not_mixed_up(connection, monkeypatch):
    answers, page = SlowAnswers(), Page(monkeypatch, 2.0)
    assert answers.get(connection, "/laws", page) != answers.get(connection, "/sessions", page)
    late = Page(monkeypatch, 10.0, status=503)
    assert [answers.get(connection, "/late", late)[1] for _ in range(2)] == ["page 1", "page 2"]


def test_no_more_than_some_are_kept(connection, monkeypatch):
    answers, page = SlowAnswers(), Page(monkeypatch, 2.0)
    for n in range(300):
        answers.get(connection, n, page)
    assert len(answers._kept) == 100


ENDLESS = "with+recursive+n(i)+as+(select+1+union+all+select+i+%2B+1+from+n)+select+count(*)+from+n"
LARGE = "with+recursive+n(i)+as+(select+1+union+all+select+i+%2B+1+from+n+limit+500)+select+zeroblob(1000000)+from+n"
ADDRESSES = (
    "/", "/search?q=%D8%A8%D9%84%D9%87", "/search.atom?q=x", "/document/1", "/document/1/changes", "/document/999", "/nowhere",
    "/messengers.csv", "/messenger/bale.svg", "/laws", "/question/last_runs.json", "/health.json", "/-/metrics", "/capture/1",
    "/archive/articles?_size=1", "/archive/articles.csv?_stream=on", "/archive.json?sql=select+*+from+nothing",
    f"/archive.json?_timelimit=50&sql={ENDLESS}", f"/archive.json?sql={LARGE}",
)  # fmt: skip


@pytest.mark.survives("readers of the web", "the write-ahead log", "no answer, good or bad, leaves a snapshot that keeps it")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_answer_leaves_a_snapshot_of_the_archive_open(archive_path, tmp_path, asking):
    path = tmp_path / "archive.db"
    path.write_bytes(archive_path.read_bytes())
    ask = asking(path)
    writer = sqlite3.connect(path, isolation_level=None, timeout=0)
    for address in ADDRESSES:
        writer.execute("UPDATE runs SET status = status")
        ask(address)
        writer.execute("UPDATE runs SET status = status")
        assert writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0, address
    writer.close()
