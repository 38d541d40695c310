"""No stored moment of the future is believed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from archive_pages import page

from db.crawl.frontier import Discovered, Frontier
from db.moments import earlier, known_moment, later
from db.read.clocks import clock_issues

URL = "https://sobh.example/news/1"
AHEAD, TODAY = "2036-05-01T10:00:00.000Z", "2026-11-01T10:00:00.000Z"


@pytest.fixture
def frontier(archive):
    archive.store(*page(URL))
    made = Frontier(archive.db)
    made.declare("sobh", None)
    return made


def due(frontier, at=TODAY):
    return [one.url for one in frontier.due("sobh", at)]


@pytest.mark.survives("the clock was years ahead", "crawl", "addresses that it put off are due again")
@pytest.mark.parametrize("came_of_it", ["document", "failure", "gap", "nothing yet"])
def test_what_a_clock_ahead_by_years_has_asked_for_is_due_again(frontier, came_of_it):
    frontier.add("sobh", [Discovered(URL)], AHEAD)
    url = frontier.get("sobh", URL)
    if came_of_it == "document":
        frontier.found(url.id, 1, AHEAD, None, None)
    elif came_of_it != "nothing yet":
        frontier.failed(url.id, AHEAD, "gap" if came_of_it == "gap" else "failed")
    assert due(frontier) == []
    assert frontier.correct_future("sobh", TODAY) == 1
    assert due(frontier) == [URL]
    assert due(frontier, "2026-11-01T09:30:00.000Z") == [URL]  # though the clock is set back before it is asked for
    assert frontier.correct_future("sobh", TODAY) == 0


def test_what_was_asked_for_lately_keeps_its_turn(frontier):
    frontier.add("sobh", [Discovered(URL)], TODAY)
    frontier.found(frontier.get("sobh", URL).id, 1, TODAY, None, None)
    assert frontier.correct_future("sobh", TODAY) == 0
    assert due(frontier) == []


def test_a_publisher_may_ask_to_wait_for_years(frontier):
    frontier.declare("sobh", 3 * 365 * 86400)
    frontier.add("sobh", [Discovered(URL)], TODAY)
    frontier.found(frontier.get("sobh", URL).id, 1, TODAY, None, None)
    assert frontier.correct_future("sobh", TODAY) == 0
    assert frontier.correct_future("other", "2020-01-01T00:00:00.000Z") == 0


@pytest.mark.survives("the clock was years ahead", "`health`", "`clock_jumped`, exit 1")
def test_health_says_that_the_clock_was_wrong(archive):
    assert clock_issues(archive.db) == ()
    archive.store(*page())
    archive.runs.begin("crawl")
    archive.db.execute("update documents set last_seen_at = '2090-01-01T00:00:00+03:30'")
    archive.db.execute("update runs set started_at = '2090-01-01T00:00:00+03:30'")
    assert [(issue.code, issue.level, issue.message.split(" lie")[0]) for issue in clock_issues(archive.db)] == [
        ("clock_jumped", "error", "1 runs"), ("clock_jumped", "error", "1 documents"),
    ]  # fmt: skip


@pytest.mark.survives("moments with other offsets", "histories", "compared as instants")
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2026-11-01T10:00:00+03:30", "2026-11-01T07:00:00Z"),
        ("2026-11-01T10:00:00+03:30", "2026-11-01T10:00:00+03:00"),
        ("2026-03-20", "2026-03-20T00:00:01"),
        ("2019-09-21T23:59:59+04:30", "2019-09-21T23:30:00+03:30"),
        ("9999-12-31T23:59:59-04:30", "9999-12-31T23:59:59-05:00"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"),
    ],
)
def test_moments_compare_as_instants_whatever_their_offsets(one, other):
    assert later(one, other) == later(other, one) == other
    assert earlier(one, other) == earlier(other, one) == one


@pytest.mark.parametrize("text", ["", None, "gestern", "2099-01-01T00:00:00Z", "9999-12-31T23:59:59-23:59", "2026-13-01"])
def test_what_cannot_have_been_is_no_moment(text):
    assert known_moment(text) is None


NOVEMBER, DECEMBER = "2026-11-01T10:00:00+03:30", "2026-12-01T10:00:00+03:30"
DEAD_CLOCK = "1970-01-01T03:30:09+03:30"


def history(archive):
    return archive.db.execute("select number, captured_at, title from revisions order by number").fetchall()


@pytest.mark.survives("the clock went back between two looks at a page", "crawl", "revisions in the order in which they came")
@pytest.mark.parametrize("shown", [DEAD_CLOCK, "2026-11-01T09:59:59+03:30", NOVEMBER, "2025-11-01T10:00:00+03:30"])
def test_an_edit_that_is_fetched_while_the_clock_is_behind_comes_after_what_is_known(archive, shown):
    archive.store(*page(title="یک", at=NOVEMBER), fetched="now")
    archive.store(*page(title="دو", at=shown), fetched="now")
    archive.store(*page(title="یک", at=shown), fetched="now")
    archive.store(*page(title="سه", at=DECEMBER), fetched="now")
    assert history(archive) == [
        (1, NOVEMBER, "یک"), (2, "2026-11-01T10:00:01+03:30", "دو"), (3, "2026-11-01T10:00:02+03:30", "یک"), (4, DECEMBER, "سه"),
    ]  # fmt: skip
    assert [hit.title for hit in archive.search("سه").hits] == ["سه"]


@pytest.mark.parametrize("shown", [DEAD_CLOCK, NOVEMBER])
def test_a_text_seen_again_while_the_clock_is_behind_adds_no_moment_that_was_not(archive, shown):
    archive.store(*page(at=NOVEMBER), fetched="now")
    assert archive.store(*page(at=shown), fetched="now").outcome == "unchanged"
    assert archive.db.execute("select first_seen_at, last_seen_at from documents").fetchone() == (NOVEMBER, NOVEMBER)
    assert archive.db.execute("select count(*) from sightings where seen_at < '2026'").fetchone() == (0,)


def test_what_a_file_says_of_the_past_keeps_its_place(archive):
    archive.store(*page(title="دو", at=NOVEMBER), fetched="now")
    archive.store(*page(title="یک", at="2019-11-01T10:00:00+03:30"))
    assert [title for _, _, title in history(archive)] == ["یک", "دو"]


@pytest.mark.survives("the clock was years ahead", "histories", "corrected where servers show the same clock; the order stays")
def test_moments_of_the_future_give_way_to_a_clock_that_is_surely_right(archive):
    for title, at in (("یک", NOVEMBER), ("دو", "2036-01-01T00:00:00+03:30"), ("سه", "2036-01-02T00:00:00+03:30")):
        archive.store(*page(title=title, at=at), fetched="now")
    archive.store(*page(title="چهار", at=DECEMBER), fetched="surely now")
    moments = [at for _, at, _ in history(archive)]
    assert [title for _, _, title in history(archive)] == ["یک", "دو", "سه", "چهار"]
    assert moments == sorted(moments)
    assert moments[3] == DECEMBER
    assert archive.db.execute("select max(fetched_at) from captures").fetchone() == (DECEMBER,)


@pytest.mark.parametrize("fetched", ["now", "then"])
def test_no_moment_is_given_up_for_a_clock_that_may_be_wrong(archive, fetched):
    archive.store(*page(title="یک", at=NOVEMBER), fetched="now")
    archive.store(*page(title="دو", at="2036-01-01T00:00:00+03:30"), fetched="now")
    archive.store(*page(title="سه", at=DEAD_CLOCK), fetched=fetched)
    assert {NOVEMBER, "2036-01-01T00:00:00+03:30"} <= {at for _, at, _ in history(archive)}


@pytest.mark.parametrize("shown", [DEAD_CLOCK, DECEMBER])
def test_a_page_that_answers_again_is_there_whatever_the_clock_showed(archive, shown):
    archive.store(*page(at=NOVEMBER), fetched="now")
    archive.mark_gone(1, "2036-01-01T00:00:00+03:30")
    assert archive.document(1).gone_at
    archive.store(*page(at=shown), fetched="now")
    assert archive.document(1).gone_at is None


def test_a_page_is_not_gone_before_it_was_last_seen(archive):
    archive.store(*page(at=NOVEMBER), fetched="now")
    archive.mark_gone(1, DEAD_CLOCK)
    assert archive.document(1).gone_at == NOVEMBER
    archive.mark_there(1)
    assert archive.document(1).gone_at is None


ROOT = Path(__file__).resolve().parents[2]
READS_THE_CLOCK = re.compile(r"datetime\.now\(|\.utcnow\(|time\.time\(|date\.today\(|datetime\.today\(")


def test_the_machines_clock_is_read_in_one_place():
    modules = [path for room in ("db", "parsers", "scraper") for path in (ROOT / room).rglob("*.py")]
    reading = [str(path.relative_to(ROOT)) for path in modules if READS_THE_CLOCK.search(path.read_text(encoding="utf-8"))]
    assert reading == ["db/moments.py"]
