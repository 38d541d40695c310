"""Coming back: conditional requests, revisions, documents that are gone, manners, and runs that are cut off."""

from __future__ import annotations

import gzip
import random
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from fault_server import BODY, article, hang, redirect, reply
from forked_command import Command, bayegan

from db import Archive
from db.crawl.frontier import Discovered
from scraper.registry import Discovery, Health

# What a crawl of an unchanged site may write: its own log, and when it asked.
LOGS = {"runs", "run_publishers", "frontier_urls", "frontier_hosts", "sqlite_stat1"}


def conditional(page: str, etag: str = '"a"'):
    async def answer(request, writer):
        known = request.headers.get("if-none-match") == etag
        await reply("" if known else page, 304 if known else 200, ETag=etag)(request, writer)

    return answer


def test_an_unchanged_site_is_asked_conditionally_and_changes_no_row(bench, server):
    paths = [f"/fa/news/{n}" for n in range(1, 6)]
    server.feed(*paths)
    server.pages |= {path: conditional(article(n)) for n, path in enumerate(paths, 1)}
    assert bench.crawl().exit_code == 0
    names = bench.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")
    tables = [str(name) for (name,) in names if name not in LOGS]
    before = {table: bench.rows(f'SELECT * FROM "{table}"') for table in tables}
    known = bench.rows("SELECT url, state, etag, document_id FROM frontier_urls")
    server.requests.clear()
    assert bench.crawl().exit_code == 0
    assert {table: bench.rows(f'SELECT * FROM "{table}"') for table in tables} == before
    assert bench.rows("SELECT url, state, etag, document_id FROM frontier_urls") == known
    assert all("if-none-match" in r.headers for r in server.requests if r.path in paths)
    assert bench.log("discovered", "fetched", "not_modified", "inserted", "updated", "unchanged") == (5, 0, 5, 0, 0, 0)


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ({"ETag": '"a"'}, {"if-none-match": '"a"'}),
        ({"ETag": 'W/"a"'}, {"if-none-match": 'W/"a"'}),
        ({"Last_Modified": "Tue, 07 Oct 2025 07:00:00 GMT"}, {"if-modified-since": "Tue, 07 Oct 2025 07:00:00 GMT"}),
        ({"ETag": '"a"', "Last_Modified": "Tue, 07 Oct 2025 07:00:00 GMT"},
         {"if-none-match": '"a"', "if-modified-since": "Tue, 07 Oct 2025 07:00:00 GMT"}),
        ({}, {}),
    ],
)  # fmt: skip
def test_a_page_is_asked_for_again_with_what_the_publisher_gave(bench, server, given, asked):
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply(article(1), **given)
    bench.crawl()
    bench.crawl()
    again = [request.headers for request in server.requests if request.path == "/fa/news/1"][1]
    assert {name: value for name, value in again.items() if name.startswith("if-")} == asked


@pytest.mark.parametrize(("recheck", "times"), [(0, 2), (3600, 1), (None, 1)])
def test_a_known_page_is_left_alone_until_its_time_has_come(bench, server, recheck, times):
    bench.set(recheck=recheck)
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply(article(1))
    assert [bench.crawl().exit_code for _ in range(2)] == [0, 0]
    assert server.paths().count("/fa/news/1") == times


def test_what_failed_is_asked_for_in_the_next_run_and_rarely_in_the_long_run(bench, server):
    bench.set(recheck=3600)
    server.feed("/fa/news/1", "/fa/news/2")
    server.pages["/fa/news/2"] = reply(article(2))
    for _ in range(7):
        bench.crawl()
    assert server.paths().count("/fa/news/1") == 5
    assert server.paths().count("/fa/news/2") == 1


@pytest.mark.parametrize("listed", [("/fa/news/1",), ("/fa/news/1", "/fa/news/2")])
def test_trouble_on_a_site_with_nothing_new_does_not_mean_that_nothing_could_be_had(bench, server, listed):
    bench.set(recheck=3600)
    bench.discover(("rss", "/rss"), ("rss", "/moved"))
    server.feed(*listed)
    server.pages["/fa/news/1"] = reply(article(1))
    assert [bench.crawl().exit_code for _ in range(2)] == [1, 1]


HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("age", "wait"), [(-DAY, 3 * HOUR), (2 * HOUR, 3 * HOUR), (3 * DAY, DAY), (30 * DAY, 14 * DAY), (400 * DAY, 90 * DAY)]
)
def test_hot_pages_are_looked_at_again_soon_and_old_ones_rarely(bench, server, age, wait):
    moment = datetime.now(UTC) - timedelta(seconds=age)
    published = f'<meta property="article:published_time" content="{moment.isoformat(timespec="seconds")}">'
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply(article(1, head=published, printed=""))
    bench.set(recheck=None)
    bench.crawl()
    asked, following = bench.rows("SELECT asked_at, next_at FROM frontier")[0]
    assert (datetime.fromisoformat(following) - datetime.fromisoformat(asked)).total_seconds() == wait
    for later, times in ((wait - 60, 1), (wait + 60, 2)):
        with Archive(bench.path) as archive:
            shift = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)"
            archive.db.execute(f"UPDATE frontier_urls SET next_at = {shift}", [f"{wait - later} seconds"])
        bench.crawl()
        assert server.paths().count("/fa/news/1") == times


def test_the_frontier_tells_of_each_address_its_state_priority_attempts_and_next_time(bench, server):
    bench.set(recheck=7200)
    server.feed("/fa/news/1", "/fa/news/2")
    server.pages["/fa/news/1"] = reply(article(1))
    bench.crawl()
    server.feed("/fa/news/3")
    with Archive(bench.path) as archive:
        archive.frontier.add("sobhgah", [Discovered(f"{server.base}/fa/news/4")], "2026-01-01T00:00:00.000Z")
    hours = "round((julianday(next_at) - julianday(asked_at)) * 24)"
    rows = bench.rows(f"SELECT substr(url, -1), state, priority, attempts, {hours} FROM frontier ORDER BY url")
    assert rows == [("1", "done", 4, 0, 2), ("2", "failed", 2, 1, 0), ("4", "new", 1, 0, None)]


def test_a_server_that_always_says_unchanged_is_asked_for_the_whole_page_now_and_then(bench, server):
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = conditional(article(1))
    bench.crawl()
    with Archive(bench.path) as archive:
        archive.db.execute("UPDATE frontier_urls SET repeats = 20")
    bench.crawl()
    assert bench.log("fetched", "unchanged", "not_modified") == (1, 1, 0)


def test_one_news_code_at_two_publishers_is_two_documents(bench, server):
    from fault_server import FaultServer

    from scraper.crawl import run_crawl

    with FaultServer(host="127.0.7.2") as other:
        for each in (server, other):
            each.feed("/fa/news/1")
            each.pages["/fa/news/1"] = reply(article(845231))
        feed = (Discovery("rss", f"{other.base}/rss"),)
        second = replace(bench.publisher, slug="asrgah", homepage=f"{other.base}/", discover=feed)
        with Archive(bench.path) as archive:
            assert run_crawl(archive, [bench.publisher, second]).exit_code == 0
    assert bench.rows("SELECT publisher, news_code FROM articles ORDER BY 1") == [
        ("asrgah", "845231"),
        ("sobhgah", "845231"),
    ]


def test_one_publisher_in_ruins_does_not_cost_the_others(bench, server):
    from scraper.crawl import run_crawl

    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply(article(1))
    dead = replace(
        bench.publisher, slug="viran", homepage="http://127.0.7.9:9/", discover=(Discovery("rss", "http://127.0.7.9:9/rss"),)
    )
    with Archive(bench.path) as archive:
        assert run_crawl(archive, [dead, bench.publisher]).exit_code == 1
        assert run_crawl(archive, [dead]).exit_code == 4
    assert bench.issues() == {"robots_unavailable": "error"}
    assert bench.documents() == 1


def test_a_publisher_may_not_reach_into_another_ones_host(bench, server):
    from fault_server import FaultServer

    with FaultServer(host="127.0.7.2") as other:
        other.pages["/fa/news/7"] = reply(article(7))
        server.feed(f"{other.base}/fa/news/7", "/fa/news/1")
        server.pages["/fa/news/1"] = redirect(f"{other.base}/fa/news/7")
        assert bench.crawl().exit_code == 4
        assert other.requests == []
    assert bench.issues() == {"forbidden_address": "error"}
    assert bench.log("failed") == (2,)


def test_a_name_that_leads_inside_is_refused_on_the_address_connected_to(bench, server, monkeypatch):
    import socket

    real = socket.getaddrinfo

    def lying(host, *args, **kwargs):
        return real("127.0.7.1" if host == "news.example.org" else host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", lying)
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = redirect(f"http://news.example.org:{server.port}/fa/news/2")
    bench.crawl()
    assert bench.issues() == {"forbidden_address": "error"}
    assert "/fa/news/2" not in server.paths()


def test_a_reader_in_a_transaction_does_not_stop_the_run(bench, server):
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply(article(1))
    bench.crawl()
    with Archive(bench.path, readonly=True) as reader:
        reader.db.execute("BEGIN")
        assert reader.db.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        server.feed("/fa/news/1", "/fa/news/2")
        server.pages["/fa/news/2"] = reply(article(2))
        assert bench.crawl().exit_code == 0
        assert reader.db.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    assert bench.documents() == 2


def test_a_changed_text_is_a_revision_and_so_is_its_revert(bench, server, monkeypatch):
    # Captures keep whole seconds, and a text that is seen twice at one moment is one look at it.
    moments = (f"2026-11-0{day}T10:00:00+03:30" for day in count(1))
    monkeypatch.setattr("scraper.responses.now_in_tehran", lambda: next(moments))
    server.feed("/fa/news/1")
    for text, revisions in ((BODY, 1), (BODY + " متن تازه افزوده شد.", 2), (BODY, 3), (BODY, 3)):
        server.pages["/fa/news/1"] = reply(article(1, text, head=f"<!-- {time.time()} -->"))
        assert bench.crawl().exit_code == 0
        assert bench.rows("SELECT revisions FROM articles") == [(revisions,)]
    assert bench.log("updated", "unchanged") == (0, 1)


@pytest.mark.parametrize("status", [404, 410])
def test_a_document_that_is_gone_is_kept_though_no_longer_listed(bench, server, status):
    server.feed("/fa/news/1", "/fa/news/2")
    server.pages |= {"/fa/news/1": reply(article(1)), "/fa/news/2": reply(article(2))}
    bench.crawl()
    server.feed("/fa/news/2")
    server.pages["/fa/news/1"] = reply("no", status)
    assert bench.crawl().exit_code == 0
    assert (bench.documents(), bench.issues()) == (2, {"gone": "info"})
    assert bench.log("failed", "unchanged") == (0, 1)


def test_an_issue_closes_when_a_later_run_goes_without_it(bench, server):
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply("no", 500)
    assert bench.crawl().exit_code == 4
    assert bench.issues() == {"http_error": "error"}
    server.pages["/fa/news/1"] = reply(article(1))
    assert bench.crawl().exit_code == 0
    assert bench.issues() == {}


def test_one_article_under_many_addresses_is_one_document(bench, server):
    canonical = f"{server.base}/fa/news/1"
    server.feed("/fa/news/1?utm_source=rss", "/fa/news/1#top", "/fa/news/1/%D8%AE%D8%A8%D8%B1", "/fa/news/1/خبر?fbclid=x")
    asked = ("/fa/news/1?utm_source=rss", "/fa/news/1/%D8%AE%D8%A8%D8%B1")
    server.pages |= dict.fromkeys(asked, reply(article(1, canonical=canonical)))
    assert bench.crawl().exit_code == 0
    assert bench.documents() == 1
    assert bench.log("discovered", "inserted", "unchanged") == (2, 1, 1)


def test_the_crawler_says_who_it_is(bench, server):
    server.feed()
    bench.crawl(contact="mailto:desk@example.org")
    names = {request.headers["user-agent"] for request in server.requests}
    assert all(name.startswith("bayegan/") and "desk@example.org" in name for name in names)


def test_a_loopback_publisher_is_refused_unless_it_is_allowed(bench, server):
    bench.set(allow_private=False)
    server.feed("/fa/news/1")
    assert bench.crawl().exit_code == 4
    assert server.requests == []
    assert "forbidden_address" in bench.issues()


# From here on: the command itself, in a process of its own.


def command(bench, tmp_path: Path) -> list[str]:
    sources = tmp_path / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "sobhgah.toml").write_text(
        f'slug = "sobhgah"\nname = "صبحگاه"\nhomepage = "{bench.server.base}/"\n'
        'cms = "iransamaneh"\nallow_private = true\nrecheck = 0\n'
        "[politeness]\ndelay = 0.01\ntimeout = 1.0\ndeadline = 2.0\nretries = 1\nretry_wait = 0.1\n"
        '[[discover]]\nkind = "rss"\nurl = "/rss"\n',
        encoding="utf-8",
    )
    return ["--db", str(bench.path), "--sources", str(sources), "crawl", "sobhgah"]


CONTENT = (
    "SELECT url, news_code, title, lead, body, published_at, revisions FROM articles ORDER BY url",
    "SELECT url, status, bytes FROM captures_list ORDER BY url",
    "SELECT url, messenger, section, start, surface FROM messenger_mentions ORDER BY 1, 2, 3, 4",
    "SELECT url, state, etag, is_main FROM frontier_urls ORDER BY url",
)


@pytest.mark.survives("SIGKILL", "crawl", "the archive of an undisturbed crawl")
def test_killed_at_twenty_random_moments_the_archive_is_that_of_an_undisturbed_crawl(bench, server, tmp_path):
    paths = [f"/fa/news/{n}" for n in range(1, 61)]
    server.feed(*paths)
    text = BODY + " پیام\u200cرسان بله و سروش نیز به این شبکه پیوستند."
    server.pages |= {path: conditional(article(n, text)) for n, path in enumerate(paths, 1)}
    chance = random.Random(7)
    line = command(bench, tmp_path)
    for _ in range(20):
        seen = len(server.requests)
        run = Command(*line)
        while len(server.requests) == seen and run.running():
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.3))
        run.kill()
    assert bayegan(*line).returncode == 0
    answered = [r.path for r in server.requests if r.path in paths and "if-none-match" not in r.headers]
    assert len(answered) <= len(paths) + 20
    assert bench.rows("PRAGMA integrity_check") == [("ok",)]
    assert bench.rows("SELECT DISTINCT status FROM run_log ORDER BY 1") == [("done",), ("interrupted",)]
    killed = [bench.rows(sql) for sql in CONTENT]
    bench.path = tmp_path / "undisturbed.db"
    assert bayegan(*command(bench, tmp_path)).returncode == 0
    assert [bench.rows(sql) for sql in CONTENT] == killed
    assert len(killed[0]) == len(killed[1]) == 60


@pytest.mark.survives("SIGTERM", "crawl", "ends after the pages in flight")
def test_sigterm_finishes_the_page_in_flight(bench, server, tmp_path):
    server.feed(*(f"/fa/news/{n}" for n in range(200)))
    server.pages |= {f"/fa/news/{n}": reply(article(n)) for n in range(200)}
    run = Command(*command(bench, tmp_path))
    while len(server.requests) < 6 and run.running():
        time.sleep(0.01)
    run.terminate()
    assert run.wait(timeout=20) in (0, 1)
    assert 0 < bench.documents() < 200
    assert bench.log("status") in (("done",), ("failed",))


def highest_memory(pid: int) -> int:
    """The most memory a process has had since it began, in KB; what wait4 tells counts the process that it was forked from."""
    with suppress(OSError, IndexError):  # it has ended
        status = Path(f"/proc/{pid}/status").read_text("ascii")
        return int(status.partition("VmHWM:")[2].split()[0])
    return 0


@pytest.mark.survives("many big pages at once", "crawl", "memory stays bounded")
def test_many_big_pages_at_once_do_not_add_up(bench, server, tmp_path):
    big = article(1) + f"<!--{'x' * 9_000_000}-->"
    page = reply(gzip.compress(big.encode()), Content_Encoding="gzip")
    paths = [f"/fa/news/{n}" for n in range(24)]
    server.pages |= dict.fromkeys(paths, page)
    server.feed(*paths)
    line = [sys.executable, "-c", "from scraper.cli import main; main()", *command(bench, tmp_path)]
    file = tmp_path / "sources" / "sobhgah.toml"
    manners = "concurrency = 24\ntimeout = 20\ndeadline = 20"
    file.write_text(file.read_text("utf-8").replace("timeout = 1.0\ndeadline = 2.0", manners), "utf-8")
    run = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0
    while run.poll() is None:
        peak = max(peak, highest_memory(run.pid))
        time.sleep(0.05)
    assert 0 < peak < 250_000
    assert bench.log("fetched", "failed") == (24, 0)


def test_a_second_crawl_is_refused_at_once_and_leaves_no_trace(bench, server, tmp_path):
    server.pages["/rss"] = hang
    with Archive(bench.path):
        second = bayegan(*command(bench, tmp_path))
    assert (second.returncode, len(second.stderr.strip().splitlines())) == (3, 1)
    assert server.requests == []
    assert bench.rows("SELECT count(*) FROM run_log") == [(0,)]


def test_a_sitemap_and_a_feed_may_name_the_same_article(bench, server):
    server.feed("/fa/news/1")
    server.pages |= {
        "/map": reply(f"<urlset><url><loc>{server.base}/fa/news/1</loc></url></urlset>"), "/fa/news/1": reply(article(1)),
    }  # fmt: skip
    bench.set(discover=(Discovery("rss", f"{server.base}/rss"), Discovery("sitemap", f"{server.base}/map")))
    assert bench.crawl().exit_code == 0
    assert bench.log("discovered", "inserted") == (1, 1)
    assert server.paths().count("/fa/news/1") == 1


LONG = "این بند را برای آن نوشته‌ایم که متن خبر به اندازهٔ همیشه بلند باشد و نه کوتاه‌تر از آن. "
UNDATED = "<html><head><title>تیتر {0}</title></head><body><h1>تیتر خبر شماره {0}</h1><p>{1}</p><p>{1}</p></body></html>"


@pytest.mark.parametrize(
    ("pages", "issues"),
    [
        ({n: article(n) for n in range(1, 10)}, {}),
        ({n: UNDATED.format(n, LONG * 3) for n in range(1, 10)}, {"undated": "warning"}),
        ({n: UNDATED.format(n, LONG * 3) if n < 3 else article(n) for n in range(1, 12)}, {}),
        ({n: UNDATED.format(n, LONG * 3) for n in range(1, 4)}, {}),
    ],
)
def test_of_a_publisher_whose_file_says_nothing_what_is_usual_is_expected(bench, server, pages, issues):
    bench.set(cms="auto")
    server.feed(*(f"/fa/news/{n}" for n in pages))
    server.pages |= {f"/fa/news/{n}": reply(page) for n, page in pages.items()}
    assert bench.crawl().exit_code == bool(issues)
    assert bench.issues() == issues


@pytest.mark.parametrize(
    ("health", "issues"),
    [
        (Health(min_new=1), {}),
        (Health(min_new=3), {"too_few_new": "error"}),
        (Health(min_new=0, stale_days=1), {"stale_source": "error"}),
        (Health(fields=("title", "kicker")), {"fields_missing": "error"}),
    ],
)
def test_a_publisher_is_held_against_what_its_file_expects(bench, server, health, issues):
    bench.set(health=health)
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply(article(1))
    assert bench.crawl().exit_code == bool(issues)
    assert bench.issues() == issues
