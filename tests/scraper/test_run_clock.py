"""What time a run goes by, where the machine's clock and the servers' contradict each other."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from fault_server import FaultServer, article, reply

from db import Archive
from db.crawl.clock_readings import ClockReading
from db.read.clocks import clock_issues
from scraper import clock as clocks
from scraper.clock import RunClock, server_time

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
DEAD = datetime(1970, 1, 1, 0, 0, 9, tzinfo=UTC)
DAY, YEAR = timedelta(days=1), timedelta(days=365)


@pytest.fixture
def shown(monkeypatch):
    """Set what the machine's clock shows; the steady clock stands still."""
    monkeypatch.setattr(clocks, "steady_seconds", lambda: 500.0)

    def show(moment):
        monkeypatch.setattr(clocks, "present", lambda: moment)

    return show


def says(moment: datetime, **headers: str) -> dict[str, str]:
    return {"date": format_datetime(moment, usegmt=True), **headers}


@pytest.mark.survives(
    "the clock is wrong by years", "crawl", "moments are those of the servers, where nothing speaks against them"
)
@pytest.mark.parametrize(
    ("machine", "last", "servers", "expected", "sure"),
    [
        (NOW, None, [NOW], NOW, True),
        (NOW, NOW - DAY, [], NOW, False),
        (NOW, NOW - DAY, [NOW + timedelta(hours=20)], NOW, True),  # servers may be off by hours
        (DEAD, None, [NOW], NOW, True),
        (DEAD, NOW - DAY, [], NOW - DAY, False),  # time has not gone back
        (DEAD, None, [], DEAD, False),
        (NOW + 10 * YEAR, NOW - DAY, [NOW], NOW, True),
        (NOW + 10 * YEAR, None, [NOW], NOW + 10 * YEAR, False),  # one host alone, and nothing to compare
        (NOW + 10 * YEAR, None, [NOW, NOW], NOW, True),
        (NOW - 20 * DAY, NOW - DAY, [NOW], NOW, True),
        (NOW, NOW - DAY, [NOW + 10 * YEAR], NOW, False),  # a server ahead by years
        (NOW, NOW - DAY, [NOW - YEAR], NOW, False),
        (NOW, NOW - DAY, [DEAD, DEAD, DEAD], NOW, False),
        (NOW, NOW - DAY, [NOW, NOW, DEAD], NOW, True),
        (NOW, NOW + 10 * YEAR, [NOW], NOW, True),  # the run before was wrong
        (NOW - YEAR, NOW + YEAR, [NOW, NOW], NOW, True),
        (NOW, NOW - 30 * DAY, [NOW - 10 * DAY], NOW, False),  # one server that is behind
        (NOW + 20 * DAY, NOW - DAY, [NOW, NOW], NOW, True),
        (NOW, None, [NOW - 40 * DAY, NOW + 20 * DAY], NOW, False),  # they contradict each other
    ],
)
def test_the_present_is_what_the_clocks_agree_on(shown, machine, last, servers, expected, sure):
    shown(machine)
    clock = RunClock(last)
    for number, moment in enumerate(servers):
        clock.hear(f"host{number}", says(moment))
    assert abs(clock.present() - expected) < timedelta(seconds=1)
    assert clock.is_sure is sure


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (says(NOW), 0.0), (says(NOW, age="60"), 60.0), (says(NOW, age="ten"), 0.0), ({}, None), ({"date": "gestern"}, None),
        (says(NOW, age="99999999999"), None), ({"date": "Sun, 29 Nov 2026 13:30:00 +0330"}, 0.0),
        ({"date": "Sun, 99 Nov 2026 13:30:00 GMT"}, None),
    ],
)  # fmt: skip
def test_a_kept_answer_is_as_old_as_it_says(headers, expected):
    said = server_time(headers)
    assert (None if said is None else said - NOW.timestamp()) == expected


@pytest.mark.survives("the clock is set while a run waits", "crawl", "waits go by a steady clock")
@pytest.mark.parametrize("jump", [-10 * YEAR, -timedelta(hours=1), timedelta(hours=1), 10 * YEAR])
def test_a_wait_is_as_long_as_it_was_to_be_whatever_the_clock_is_set_to(shown, jump):
    shown(NOW)
    clock = RunClock()
    before = clock.time()
    shown(NOW + jump)
    assert clock.time() == before == NOW.timestamp()


def test_a_date_of_retry_after_is_by_the_servers_own_clock(bench, server):
    bench.set(politeness=bench.publisher.politeness.__class__(delay=0.0, retries=1, retry_wait=0.01, retry_after_max=5))
    behind = datetime.now(UTC) - 20 * DAY
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply("", 503, Date=says(behind)["date"], Retry_After=says(behind + timedelta(hours=1))["date"])
    begun = asyncio.new_event_loop().time()
    bench.crawl()
    assert server.paths().count("/fa/news/1") == 1  # an hour is longer than a run waits
    assert asyncio.new_event_loop().time() - begun < 60


READ = ClockReading(1_000_000.0, 500.0, "one")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (ClockReading(1_000_060.0, 560.0, "one"), 0.0),
        (ClockReading(1_003_660.0, 560.0, "one"), 3600.0),
        (ClockReading(996_460.0, 560.0, "one"), -3600.0),
        (ClockReading(990_000.0, 3.0, "two"), -10_000.0),
        (ClockReading(9_000_000.0, 3.0, "two"), 0.0),  # the machine was off, who knows how long
        (ClockReading(990_000.0, 3.0, ""), -10_000.0),
    ],
)
def test_two_clocks_say_by_how_much_one_of_them_was_set(after, expected):
    assert after.set_since(READ) == pytest.approx(expected)


def says_of_runs(archive):
    return [(issue.level, issue.message) for issue in clock_issues(archive.db)]


@pytest.mark.survives(
    "the clock goes back or forward", "in a run, between two runs", "`clock_jumped` of `health`, by how much and when"
)
@pytest.mark.parametrize(
    ("seconds", "level", "words"),
    [(30, None, None), (-30, None, None), (90, "warning", "forward by 90 seconds"), (-7200, "warning", "back by 2 hours"),
     (5 * 86400, "error", "forward by 5 days"), (-10 * 366 * 86400, "error", "back by 10 years")],
)  # fmt: skip
def test_health_says_by_how_much_the_clock_was_set(tmp_path, monkeypatch, seconds, level, words):
    from db.crawl import clock_readings

    real = clock_readings.present

    def set_clock(by):
        monkeypatch.setattr(clock_readings, "present", lambda: real() + timedelta(seconds=by))

    with Archive(tmp_path / "a.db") as archive:
        run = archive.runs.begin("crawl")
        set_clock(seconds)
        archive.runs.count(run, {"fetched": 1})
        set_clock(0)
        archive.runs.finish(run, "done")
        assert says_of_runs(archive) == ([(level, f"the clock went {words} in run 1")] if level else [])
    with Archive(tmp_path / "b.db") as archive:
        archive.runs.finish(archive.runs.begin("crawl"), "done")
        set_clock(seconds)
        archive.runs.finish(archive.runs.begin("crawl"), "done")
        assert says_of_runs(archive) == ([(level, f"the clock went {words} between the last run and run 2")] if level else [])
        for _ in range(10):
            archive.runs.finish(archive.runs.begin("crawl"), "done")
        assert says_of_runs(archive) == []  # long ago


def test_a_crawl_takes_the_moments_of_servers_and_says_so(bench, monkeypatch):
    """Two hosts show today; the machine shows a day ten years from now."""
    from dataclasses import replace

    from scraper.crawl import run_crawl
    from scraper.registry import Discovery

    real = clocks.present
    monkeypatch.setattr(clocks, "present", lambda: real() + 10 * YEAR)
    first = bench.server
    with FaultServer(host="127.0.7.2") as second, Archive(bench.path) as archive:
        publishers = []
        for slug, each in (("sobhgah", first), ("asrgah", second)):
            each.feed("/fa/news/1")
            each.pages["/fa/news/1"] = reply(article(1), Date=says(real())["date"])
            feed = (Discovery("rss", f"{each.base}/rss"),)
            publishers.append(replace(bench.publisher, slug=slug, homepage=f"{each.base}/", discover=feed))
            each.pages["/robots.txt"] = reply("", 404, Date=says(real())["date"])
        run_crawl(archive, publishers)
        fetched = [datetime.fromisoformat(at) for (at,) in archive.db.execute("SELECT fetched_at FROM captures")]
        assert [abs(at - real()) < DAY for at in fetched] == [True, True]
        assert [(level, text.partition(" in run")[0]) for level, text in says_of_runs(archive)] == [
            ("error", "in run 1 the clock was 10 years ahead of the servers' clocks")
        ]


@pytest.mark.survives("the clock is set while a run waits", "politeness", "no host is put off by it, nor asked early")
@pytest.mark.parametrize("seconds", [-40 * 86400, -3600, 3600, 10 * 365 * 86400])
def test_what_a_run_notes_of_hosts_goes_with_the_clock(tmp_path, monkeypatch, seconds):
    from db.crawl import clock_readings

    real = clock_readings.present
    shown = real().timestamp()
    with Archive(tmp_path / "a.db") as archive:
        run = archive.runs.begin("crawl")
        with archive.transaction():
            archive.frontier.remember_hosts({"sobh.example:443": shown + 20})
        archive.runs.finish(run, "done")
        monkeypatch.setattr(clock_readings, "present", lambda: real() + timedelta(seconds=seconds))
        run = archive.runs.begin("add")
        archive.runs.finish(run, "done")
        archive.runs.begin("crawl")  # moved once, though two runs have begun since
        assert archive.frontier.hosts()["sobh.example:443"] == pytest.approx(shown + 20 + seconds, abs=2)


def test_what_was_never_asked_for_is_due_though_a_clock_was_ahead_by_minutes(tmp_path):
    from db.crawl.frontier import Discovered

    ahead, now = "2026-11-29T10:40:00.000Z", "2026-11-29T10:00:00.000Z"
    with Archive(tmp_path / "a.db") as archive:
        archive.frontier.declare("sobh", None)
        archive.frontier.add("sobh", [Discovered("https://sobh.example/1"), Discovered("https://sobh.example/2")], ahead)
        archive.frontier.failed(archive.frontier.get("sobh", "https://sobh.example/2").id, ahead)
        assert list(archive.frontier.due("sobh", now)) == []
        assert archive.frontier.correct_future("sobh", now) == 2
        assert [one.url[-1] for one in archive.frontier.due("sobh", now)] == ["1", "2"]


@pytest.mark.parametrize("edition", ["بار نخست", "بار دوم"])
def test_a_file_without_a_moment_comes_after_what_is_known_though_the_clock_is_dead(tmp_path, monkeypatch, edition):
    """The order in which files come is theirs, whatever the clock shows."""
    from scraper.add import InputPath, add_all
    from scraper.registry import Registry

    with Archive(tmp_path / "a.db") as archive:
        for number, moment in enumerate((NOW, DEAD)):
            monkeypatch.setattr(clocks, "present", lambda moment=moment: moment)
            saved = tmp_path / f"{number}.html"
            saved.write_text(
                article(1, f"متن خبر {edition if number else 'پیشین'} در روز یکشنبه منتشر شد. " * 4), encoding="utf-8"
            )
            add_all(archive, Registry({}), [InputPath(str(saved), url="http://127.0.7.1/fa/news/1")], pytest.fail)
        texts = archive.db.execute("SELECT body FROM revisions ORDER BY number").fetchall()
        assert [edition in text for (text,) in texts] == [False, True]


@pytest.mark.parametrize("jump", [-40 * 86400, 58 * 365 * 86400])
def test_a_clock_that_is_set_while_a_run_ends_moves_what_it_notes_of_hosts_once(tmp_path, monkeypatch, jump):
    from db.crawl import clock_readings

    real = clock_readings.present
    with Archive(tmp_path / "a.db") as archive:
        run, clock = archive.runs.begin("crawl"), RunClock()
        pause = clock.time() + 20
        monkeypatch.setattr(clock_readings, "present", lambda: real() + timedelta(seconds=jump))
        with archive.transaction():  # the clock was set after the run's last page
            archive.frontier.remember_hosts({"sobh.example:443": archive.runs.shown(clock.steady(pause))})
            archive.runs.finish(run, "done")
        archive.runs.begin("crawl")
        known = RunClock().time(archive.runs.steady(archive.frontier.hosts()["sobh.example:443"]))
        assert known == pytest.approx(pause, abs=2)
