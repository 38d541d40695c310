"""A backfill: windows of a month, the newest first, each listed once, whatever cuts the run off."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from fault_server import article, hang, in_turn, reply, reset
from forked_command import Command, bayegan

from db import Archive
from parsers.persian.calendar import gregorian_to_jalali, jalali_month_length, jalali_to_gregorian
from scraper.backfill_ledger import window_states
from scraper.clock import today
from scraper.publication_windows import Window, month_of, months

if TYPE_CHECKING:
    from pathlib import Path

DAYS = "/archive?yr={jyear}&mn={jmonth}&dy={jday}&pi={page}"
SPRING = Window(jalali_to_gregorian(1403, 1, 1), jalali_to_gregorian(1403, 3, 31))


def listing(*paths: str) -> str:
    return "<html><body>" + "".join(f'<div class="item"><a href="{path}">خبر</a></div>' for path in paths) + "</body></html>"


def printed(year: int, month: int, day: int) -> str:
    return f"۱۰:۳۰ - {year}/{month:02}/{day:02}".translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))


def number(year: int, month: int, day: int) -> int:
    return year % 100 * 10_000 + month * 100 + day


def fill(server, year: int, *wanted: int, every: int = 10) -> list[str]:
    """An archive by days: each day a listing of two pages, on every tenth an article; gives the articles' paths, newest first."""
    paths = []
    for month in wanted:
        for day in range(1, jalali_month_length(year, month) + 1):
            n = number(year, month, day)
            path = f"/fa/news/{n}"
            here = day % every == 0
            url = DAYS.replace("{jyear}", str(year)).replace("{jmonth}", str(month)).replace("{jday}", str(day))
            server.pages[url.replace("{page}", "1")] = reply(listing(path) if here else listing())
            server.pages[url.replace("{page}", "2")] = reply(listing())
            if here:
                server.pages[path] = reply(article(n, printed=printed(year, month, day)))
                paths.append(path)
    return sorted(paths, key=lambda path: int(path.rpartition("/")[2]), reverse=True)


def by_days(bench, url: str = DAYS) -> None:
    bench.discover(("listing", url), links=".item a", backfill=True)


def listed(server) -> list[str]:
    return [path for path in server.paths() if path.startswith("/archive")]


def visited(server) -> list[str]:
    return [path for path in server.paths() if path.startswith("/fa/news/")]


def test_windows_are_jalali_months_newest_first_and_clipped():
    wanted = Window(jalali_to_gregorian(1403, 1, 20), jalali_to_gregorian(1403, 3, 2))
    found = [(month_of(window), *map(gregorian_to_jalali, window.ends)) for window in months(wanted)]
    assert found == [
        ("1403-03", (1403, 3, 1), (1403, 3, 2)),
        ("1403-02", (1403, 2, 1), (1403, 2, 31)),
        ("1403-01", (1403, 1, 20), (1403, 1, 31)),
    ]


def test_each_day_is_listed_once_and_its_pages_visited_before_the_next_month(bench, server):
    paths = fill(server, 1403, 1, 2, 3)
    by_days(bench)
    assert bench.crawl(window=SPRING).exit_code == 0
    assert visited(server) == paths
    assert len(listed(server)) == 93 + len(paths)
    order = [path for path in server.paths() if path in paths or "&dy=1&" in path]
    assert [p for p in order if "mn=" in p] == [f"/archive?yr=1403&mn={month}&dy=1&pi=1" for month in (3, 2, 1)]
    assert order.index("/archive?yr=1403&mn=3&dy=1&pi=1") < order.index(paths[0]) < order.index("/archive?yr=1403&mn=2&dy=1&pi=1")
    server.requests.clear()
    bench.set(recheck=3600)
    assert bench.crawl(window=SPRING).exit_code == 0
    assert server.paths() == []


def test_an_ordinary_crawl_leaves_the_archive_alone(bench, server):
    fill(server, 1403, 3)
    server.feed()
    rss = bench.publisher.discover
    by_days(bench)
    bench.set(discover=(*rss, *bench.publisher.discover))
    bench.crawl()
    assert listed(server) == []


def test_a_limit_stops_the_run_in_its_window_and_the_next_goes_on_there(bench, server):
    paths = fill(server, 1403, 1, 2, 3)
    by_days(bench)
    bench.set(recheck=3600)
    seen = []
    for _ in range(5):
        server.requests.clear()
        assert bench.crawl(window=SPRING, limit=2).exit_code == 0
        assert len(visited(server)) <= 2
        seen.append((visited(server), {path.split("&")[1] for path in listed(server)}))
    assert [path for pages, _ in seen for path in pages] == paths
    assert [months for _, months in seen] == [{"mn=3"}, {"mn=2"}, set(), {"mn=1"}, set()]


def test_an_empty_window_is_no_failure(bench, server):
    fill(server, 1403, 1, 2, 3, every=99)
    by_days(bench)
    assert bench.crawl(window=SPRING).exit_code == 0
    assert (bench.documents(), bench.issues()) == (0, {})
    server.requests.clear()
    assert bench.crawl(window=SPRING).exit_code == 0
    assert server.paths() == []


def relayout(server, *months: int) -> dict[str, object]:
    """The listings of these months with the mark of an article gone; gives them as they were."""
    theirs = tuple(f"&mn={month}&" for month in months)
    before = {path: page for path, page in server.pages.items() if any(mark in path for mark in theirs)}
    for path in before:
        server.pages[path] = reply('<html><body><div class="card"><a href="/fa/news/1">خبر</a></div></body></html>')
    return before


def windows(bench) -> dict[str, str]:
    with Archive(bench.path, readonly=True) as archive:
        return {state.window: state.listed for state in window_states(archive, bench.publisher)}


def test_a_month_that_looks_empty_beside_a_full_one_is_not_finished(bench, server):
    paths = fill(server, 1403, 1, 2, 3, every=1)
    before = relayout(server, 1, 2)
    by_days(bench)
    bench.set(recheck=3600)
    assert bench.crawl(window=SPRING).exit_code == 1
    assert (bench.issues(), bench.documents()) == ({"empty_window": "warning"}, 31)
    assert [count for (count,) in bench.rows("SELECT count FROM open_issues")] == [2]
    assert windows(bench) == {"1403-03": "yes", "1403-02": "no", "1403-01": "no"}
    server.pages |= before
    server.requests.clear()
    assert bench.crawl(window=SPRING).exit_code == 0
    assert (bench.issues(), bench.documents()) == ({}, len(paths))
    assert not [path for path in server.paths() if "mn=3" in path]
    assert set(windows(bench).values()) == {"yes"}


def test_a_full_month_behind_an_empty_one_is_finished_and_the_empty_one_is_not(bench, server):
    fill(server, 1403, 1, 2, 3, every=1)
    relayout(server, 2)
    by_days(bench)
    assert bench.crawl(window=SPRING).exit_code == 1
    assert windows(bench) == {"1403-03": "yes", "1403-02": "no", "1403-01": "yes"}
    server.requests.clear()
    bench.set(recheck=3600)
    assert bench.crawl(window=SPRING).exit_code == 1
    assert {path.split("&")[1] for path in listed(server)} == {"mn=2"}


def test_an_archive_that_stays_empty_is_left_alone_after_three_months(bench, server):
    fill(server, 1402, *range(8, 13), every=99)
    fill(server, 1403, 1, every=1)
    by_days(bench)
    wanted = Window(jalali_to_gregorian(1402, 8, 1), jalali_to_gregorian(1403, 1, 31))
    bench.set(recheck=3600)
    for months_asked in ({"mn=1", "mn=12", "mn=11", "mn=10"}, {"mn=12", "mn=11", "mn=10"}):
        server.requests.clear()
        assert bench.crawl(window=wanted).exit_code == 1
        assert {path.split("&")[1] for path in listed(server)} == months_asked
    assert [listed for _, listed in sorted(windows(bench).items())] == ["no"] * 5 + ["yes"]


def test_a_few_empty_days_and_a_month_beside_a_sparse_one_are_finished(bench, server):
    fill(server, 1403, 1, every=99)
    fill(server, 1403, 2, every=2)
    fill(server, 1403, 3, every=1)
    relayout(server, 2)
    by_days(bench)
    last = Window(jalali_to_gregorian(1403, 2, 26), SPRING.until)
    assert bench.crawl(window=last).exit_code == 0
    assert windows(bench) == {"1403-03": "yes", "1403-02": "yes"}


@pytest.mark.parametrize(("handler", "code"), [(reply("no", 500), "http_error"), (reset, "connection"), (hang, "timeout"),
                                               (reply("no", 404), "http_error"), (reply("just text"), "bad_feed")])  # fmt: skip
def test_a_listing_that_failed_is_asked_for_again_and_nothing_else(bench, server, handler, code):
    paths = fill(server, 1403, 1, 2, 3)
    broken = "/archive?yr=1403&mn=2&dy=20&pi=1"
    whole = server.pages[broken]
    server.pages[broken] = handler
    by_days(bench)
    bench.set(recheck=3600)
    assert bench.crawl(window=SPRING).exit_code == 1
    assert (bench.issues(), bench.documents()) == ({code: "error"}, len(paths) - 1)
    server.pages[broken] = whole
    server.requests.clear()
    assert bench.crawl(window=SPRING).exit_code == 0
    assert server.paths() == ["/robots.txt", broken, broken.replace("pi=1", "pi=2"), "/fa/news/30220"]
    assert (bench.issues(), bench.documents()) == ({}, len(paths))


def test_a_listing_cut_off_is_not_finished(bench, server):
    server.pages |= {f"/archive?d=1403/03/{day:02}&p={page}": reply(listing(f"/fa/news/{day}{page}"))
                     for day in (1, 2) for page in range(1, 9)}  # fmt: skip
    bench.discover(("listing", "/archive?d={jyear}/{jmonth:02}/{jday:02}&p={page}"), links=".item a", backfill=True, max_pages=3)
    first = Window(jalali_to_gregorian(1403, 3, 1), jalali_to_gregorian(1403, 3, 2))
    for _ in range(2):
        server.requests.clear()
        bench.crawl(window=first)
        assert len(listed(server)) == 6
        assert bench.issues()["discovery_limit"] == "info"


def test_a_listing_that_numbers_its_pages_may_end_in_a_page_that_is_missing(bench, server):
    server.pages |= {"/archive/1": reply(listing("/fa/news/1")), "/fa/news/1": reply(article(1))}
    bench.discover(("listing", "/archive/{page}"), links=".item a")
    assert bench.crawl().exit_code == 0
    assert listed(server) == ["/archive/1", "/archive/2"]


def test_robots_forbids_an_archive_and_is_asked_once(bench, server):
    fill(server, 1403, 1, 2, 3)
    server.pages["/robots.txt"] = reply("User-agent: *\nDisallow: /archive\n")
    server.feed()
    by_days(bench)
    outcome = bench.crawl(window=SPRING)
    assert (outcome.exit_code, server.paths()) == (0, ["/robots.txt"])
    assert bench.issues() == {"robots_disallowed": "info"}
    assert bench.rows("SELECT count FROM open_issues") == [(1,)]
    server.pages["/robots.txt"] = reply("")
    assert bench.crawl(window=SPRING).exit_code == 0
    assert bench.documents() == 9


def test_a_window_that_reaches_into_today_is_never_finished(bench, server):
    now = today()
    wanted = Window(now - timedelta(days=40), None)
    by_days(bench, "/archive?d={year}-{month:02}-{day:02}")
    for n in range(41):
        server.pages[f"/archive?d={now - timedelta(days=n)}"] = reply(listing())
    assert bench.crawl(window=wanted).exit_code == 0
    assert len(listed(server)) == 41
    server.requests.clear()
    assert bench.crawl(window=wanted).exit_code == 0
    assert listed(server) == [f"/archive?d={now}"]


def test_known_documents_outside_the_window_are_not_looked_at_again(bench, server):
    server.feed("/fa/news/1")
    server.pages["/fa/news/1"] = reply(article(1, printed=printed(1402, 5, 1)))
    assert bench.crawl().exit_code == 0
    paths = fill(server, 1403, 1, 2, 3)
    by_days(bench)
    for _ in range(2):
        server.requests.clear()
        assert bench.crawl(window=SPRING).exit_code == 0
        assert visited(server) == paths
    assert bench.log("unchanged") == (len(paths),)


def rss(*items: tuple[str, str]) -> str:
    rows = "".join(f"<item><link>{path}</link><pubDate>{at}</pubDate></item>" for path, at in items)
    return f"<rss><channel>{rows}</channel></rss>"


def test_a_plain_source_is_read_once_and_only_what_is_in_the_window_visited(bench, server):
    fill(server, 1403, 1, 2, 3)
    server.pages["/rss"] = reply(rss(
        ("/fa/news/1", "2024-04-25T08:00:00Z"), ("/fa/news/2", "2024-06-20T21:00:00Z"), ("/fa/news/3", "2024-03-01T08:00:00Z"),
        ("/fa/news/4", "no time at all"),
    ))  # fmt: skip
    server.pages |= {f"/fa/news/{n}": reply(article(n, printed=printed(1403, 2, 6))) for n in range(1, 5)}
    plain = bench.publisher.discover
    by_days(bench)
    bench.set(discover=(*plain, *bench.publisher.discover))
    assert bench.crawl(window=SPRING).exit_code == 0
    assert server.paths().count("/rss") == 1
    assert [path for path in visited(server) if len(path) < 12] == ["/fa/news/1", "/fa/news/4"]
    server.requests.clear()
    bench.crawl(window=SPRING)
    assert "/rss" not in server.paths()


def one(path: str, lastmod: str, more: str = "") -> str:
    return f'<urlset xmlns:n="n"><url><loc>{path}</loc><lastmod>{lastmod}</lastmod>{more}</url></urlset>'


def atom(more: str) -> str:
    return f'<feed><entry><link href="/fa/news/1"/><updated>2024-07-25T08:00:00Z</updated>{more}</entry></feed>'


FEEDS = {
    "RSS, on the day": (rss(("/fa/news/1", "2024-04-25T08:00:00Z")), True),
    "RSS, later": (rss(("/fa/news/1", "2024-07-25T08:00:00Z")), False),
    "Atom, changed later": (atom(""), True),
    "Atom, later": (atom("<published>2024-07-20T08:00:00Z</published>"), False),
    "a sitemap, changed later": (one("/fa/news/1", "2024-07-25"), True),
    "a sitemap, changed before": (one("/fa/news/1", "2024-01-25"), False),
    "a sitemap of news, later": (one("/fa/news/1", "2024-07-25", "<n:publication_date>2024-07-25</n:publication_date>"), False),
    "an address that tells its day": (one("/fa/news/1403/02/06/1", "2024-07-25"), True),
    "an address that tells a later day": (one("/fa/news/1403/05/06/1", "2024-07-30"), False),
}  # fmt: skip


@pytest.mark.parametrize(("feed", "wanted"), FEEDS.values(), ids=FEEDS)
@pytest.mark.parametrize("kind", ["rss", "sitemap"])
def test_what_is_told_of_an_article_decides_whether_it_is_visited(bench, server, kind, feed, wanted):
    server.pages["/feed"] = reply(feed, kind="text/xml")
    server.pages |= dict.fromkeys(
        ("/fa/news/1", "/fa/news/1403/02/06/1", "/fa/news/1403/05/06/1"), reply(article(1, printed=printed(1403, 2, 6)))
    )
    bench.discover((kind, "/feed"))
    assert bench.crawl(window=SPRING).exit_code == 0
    assert bool(visited(server)) == wanted


def test_what_a_feed_tells_holds_against_a_sitemap_that_is_less_sure(bench, server):
    server.pages |= {
        "/rss": reply(rss(("/fa/news/1", "2024-07-25T08:00:00Z"), ("/fa/news/2", "2024-04-25T08:00:00Z"))),
        "/map": reply(sitemap(server.base, "url", ("/fa/news/1", "2024-08-01"), ("/fa/news/2", "2024-08-01"))),
        "/fa/news/2": reply(article(2, printed=printed(1403, 2, 6))),
    }
    bench.discover(("rss", "/rss"), ("sitemap", "/map"))
    assert bench.crawl(window=SPRING).exit_code == 0
    assert visited(server) == ["/fa/news/2"]


def sitemap(base: str, kind: str, *entries: tuple[str, str | None]) -> str:
    outer = "urlset" if kind == "url" else "sitemapindex"
    rows = "".join(
        f"<{kind}><loc>{base}{path}</loc>" + (f"<lastmod>{at}</lastmod>" if at else "") + f"</{kind}>" for path, at in entries
    )
    return f"<{outer}>{rows}</{outer}>"


NAMES = [
    ("/map/{0}/{1}.xml", "Jalali months"),
    ("/map-{0}{1:02}.xml", "Jalali months without a sign"),
    ("/map?yr={0}-{1}", "in the query"),
]


@pytest.mark.parametrize("leaf", [name for name, _ in NAMES], ids=[said for _, said in NAMES])
def test_leaves_whose_names_tell_another_month_are_not_asked_for(bench, server, leaf):
    leaves = [(leaf.format(1403, month), None) for month in range(12, 0, -1)]
    server.pages["/map"] = reply(sitemap(server.base, "sitemap", *leaves))
    for month in range(1, 13):
        path = f"/fa/news/{month}"
        server.pages[leaf.format(1403, month)] = reply(sitemap(server.base, "url", (path, None)))
        server.pages[path] = reply(article(month, printed=printed(1403, month, 9)))
    bench.discover(("sitemap", "/map"), backfill=True)
    assert bench.crawl(window=SPRING).exit_code == 0
    expected = ["/map"]
    for month in (3, 2, 1):
        expected += [leaf.format(1403, month), f"/fa/news/{month}"]
    assert server.paths()[1:] == expected
    bench.set(recheck=3600)
    server.requests.clear()
    assert bench.crawl(window=Window(jalali_to_gregorian(1402, 12, 1), SPRING.until)).exit_code == 0
    assert [path for path in server.paths() if path.startswith("/map")] == ["/map"]


@pytest.mark.parametrize("until", [SPRING.until, None])
def test_leaves_that_tell_nothing_are_read_once_for_all_windows_and_old_ones_not_at_all(bench, server, until):
    leaves = [("/map-1.xml", None), ("/map-1403.xml", "2024-05-05"), ("/map-3.xml", "2023-01-01")]
    server.pages |= {
        "/map": reply(sitemap(server.base, "sitemap", *leaves)),
        "/map-1.xml": reply(
            sitemap(server.base, "url", ("/fa/news/1", "2024-06-01"), ("/fa/news/2", "2024-03-25"), ("/fa/news/3", None))
        ),
        "/map-1403.xml": reply(sitemap(server.base, "url", ("/fa/news/4", "2024-05-05"), ("/fa/news/5", "2023-05-05"))),
        **{f"/fa/news/{n}": reply(article(n, printed=printed(1403, 1, 6))) for n in range(1, 6)},
    }
    bench.discover(("sitemap", "/map"))
    assert bench.crawl(window=Window(SPRING.since, until)).exit_code == 0
    assert sorted(path for path in server.paths() if "map" in path) == ["/map", "/map-1.xml", "/map-1403.xml"]
    assert visited(server) == ["/fa/news/1", "/fa/news/4", "/fa/news/2", "/fa/news/3"]


def test_a_sitemap_of_each_year_is_asked_for_by_its_year(bench, server):
    for year in (1402, 1403):
        leaves = [(f"/sitemap/{year}/{month}/{day}/sitemap.xml", None) for month in (1, 12) for day in (1, 2)]
        server.pages[f"/sitemap/{year}/sitemap.xml"] = reply(sitemap(server.base, "sitemap", *leaves))
        for n, (path, _) in enumerate(leaves):
            page = f"/fa/news/{year}{n}"
            server.pages[path] = reply(json.dumps({"urls": [{"loc": server.base + page, "lastmode": "2024-08-08"}]}))
            server.pages[page] = reply(article(year * 10 + n, printed=printed(year, 1 if n < 2 else 12, n % 2 + 1)))
    bench.discover(("sitemap", "/sitemap/{jyear}/sitemap.xml"), backfill=True)
    wanted = Window(jalali_to_gregorian(1402, 12, 2), jalali_to_gregorian(1403, 1, 31))
    assert bench.crawl(window=wanted).exit_code == 0
    assert server.paths()[1:] == [
        "/sitemap/1403/sitemap.xml", "/sitemap/1403/1/2/sitemap.xml", "/sitemap/1403/1/1/sitemap.xml", "/fa/news/14031",
        "/fa/news/14030", "/sitemap/1402/sitemap.xml", "/sitemap/1402/12/2/sitemap.xml", "/fa/news/14023",
    ]  # fmt: skip


def test_a_year_without_a_sitemap_is_no_failure(bench, server):
    bench.discover(("sitemap", "/sitemap/{jyear}/sitemap.xml"), backfill=True)
    for asked in (["/robots.txt", "/sitemap/1403/sitemap.xml"], []):
        server.requests.clear()
        assert bench.crawl(window=SPRING).exit_code == 0
        assert server.paths() == asked


def test_a_sitemap_of_each_month_is_taken_to_be_of_that_month(bench, server):
    for month in (1, 2, 3):
        path = f"/fa/news/{month}"
        server.pages[f"/s/1403-{month:02}.xml"] = reply(sitemap(server.base, "url", (path, "2025-01-01")))
        server.pages[path] = reply(article(month, printed=printed(1403, month, 6)))
    bench.discover(("sitemap", "/s/{jyear}-{jmonth:02}.xml"), backfill=True)
    assert bench.crawl(window=SPRING).exit_code == 0
    assert server.paths()[1:] == [p for month in (3, 2, 1) for p in (f"/s/1403-{month:02}.xml", f"/fa/news/{month}")]


# From here on: the command itself, in a process of its own.


def command(bench, tmp_path: Path, *options: str) -> list[str]:
    sources = tmp_path / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "sobhgah.toml").write_text(
        f'slug = "sobhgah"\nname = "صبحگاه"\nhomepage = "{bench.server.base}/"\ncms = "iransamaneh"\nallow_private = true\n'
        "[politeness]\ndelay = 0.01\ntimeout = 1.0\ndeadline = 2.0\nretries = 1\nretry_wait = 0.1\n"
        f'[[discover]]\nkind = "listing"\nurl = "{DAYS}"\nlinks = ".item a"\nbackfill = true\n',
        encoding="utf-8",
    )
    return ["--db", str(bench.path), "--sources", str(sources), *options]


BACKFILL = ("crawl", "sobhgah", "--since", "1403-01-01", "--until", "1403-03-31")
CONTENT = (
    "SELECT url, news_code, title, body, published_at, revisions FROM articles ORDER BY url",
    "SELECT url, status, bytes FROM captures_list ORDER BY url",
    "SELECT url, state, earliest_on, latest_on, is_main FROM frontier_urls ORDER BY url",
    "SELECT publisher, source, first_on, last_on FROM backfill_listed ORDER BY 1, 2, 3",
)


def test_killed_in_the_middle_a_backfill_goes_on_with_the_window_it_was_in(bench, server, tmp_path):
    paths = fill(server, 1403, 1, 2, 3, every=3)
    line = command(bench, tmp_path, *BACKFILL)
    for until in ("/archive?yr=1403&mn=2&dy=12&pi=1", paths[15], "/archive?yr=1403&mn=1&dy=30&pi=1"):
        run = Command(*line)
        while until not in server.paths() and run.running():
            time.sleep(0.005)
        run.kill()
    assert bayegan(*line).returncode == 0
    again = [path for path in set(listed(server)) if listed(server).count(path) > 1]
    assert not [path for path in again if "mn=3" in path]
    assert len(again) <= 6
    assert len(visited(server)) <= len(paths) + 3
    assert bench.rows("PRAGMA integrity_check") == [("ok",)]
    killed = [bench.rows(sql) for sql in CONTENT]
    bench.path = tmp_path / "undisturbed.db"
    assert bayegan(*command(bench, tmp_path, *BACKFILL)).returncode == 0
    assert [bench.rows(sql) for sql in CONTENT] == killed
    assert len(killed[0]) == len(paths)


def test_sigterm_ends_a_backfill_after_the_page_in_flight(bench, server, tmp_path):
    fill(server, 1403, 1, 2, 3)
    run = Command(*command(bench, tmp_path, *BACKFILL))
    while len(visited(server)) < 2 and run.running():
        time.sleep(0.005)
    run.terminate()
    assert run.wait(timeout=20) in (0, 1)
    before = len(listed(server))
    assert before < 93
    assert bayegan(*command(bench, tmp_path, *BACKFILL)).returncode == 0
    assert len(listed(server)) <= 93 + 9 + 2


def test_the_log_and_the_table_say_which_window_is_worked_on(bench, server, tmp_path):
    fill(server, 1403, 1, 2, 3)
    server.pages["/archive?yr=1403&mn=2&dy=20&pi=1"] = in_turn(reply("no", 404), server.pages["/archive?yr=1403&mn=2&dy=20&pi=1"])
    log = tmp_path / "log.jsonl"
    bayegan(*command(bench, tmp_path, *BACKFILL, "--log", str(log)))
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [event["window"] for event in events if event["event"] == "window"] == ["1403-03", "1403-02", "1403-01"]
    done = bayegan(*command(bench, tmp_path, "--json", "sources", "backfill", "sobhgah"))
    rows = [(row["window"], row["listed"], row["documents"]) for row in json.loads(done.stdout)]
    assert rows == [("1403-03", "yes", 3), ("1403-02", "partly", 2), ("1403-01", "yes", 3)]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('kind = "listing"\nlinks = "a"\nurl = "/a?y={jyear}"', "discover[0].url: has places for days"),
        ('kind = "listing"\nlinks = "a"\nbackfill = true\nurl = "/a?d={jday}"', "discover[0].url: has no {jyear}"),
        ('kind = "listing"\nlinks = "a"\nbackfill = true\nurl = "/a?m={month}&y={jyear}"', "discover[0].url: mixes"),
        ('kind = "listing"\nlinks = "a"\nbackfill = true\nurl = "/a?d={jfrom}"', "discover[0].url: has no {jto}"),
        ('kind = "listing"\nlinks = "a"\nbackfill = true\nurl = "/a?d={jdate}"', "discover[0].url: unknown place {jdate}"),
        ('kind = "listing"\nlinks = "a"\nurl = "/a?d={page"', "discover[0].url: a lone {"),
        ('kind = "listing"\nlinks = "a"\nurl = "/a?d={page}"\nnext = "a"', "discover[0].next"),
        ('kind = "rss"\nurl = "/a?d={page}"', "discover[0].url: unknown place {page}"),
        ('kind = "rss"\nurl = "/a"\nbackfill = "yes"', "discover[0].backfill: must be a true or false"),
        ('kind = "ids"\nurl = "/a"\nfirst = 1\nlast = 2', "discover[0].url: must hold {id}"),
    ],
)
def test_a_template_that_does_not_hold_is_wrong_usage(bench, tmp_path, lines, says):
    line = command(bench, tmp_path, *BACKFILL)
    path = tmp_path / "sources" / "sobhgah.toml"
    path.write_text(f'slug = "sobhgah"\nname = "x"\nhomepage = "http://127.0.7.1/"\n[[discover]]\n{lines}\n', encoding="utf-8")
    done = bayegan(*line)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "sobhgah.toml: " + says in done.stderr.decode()


def test_a_backfill_of_days_to_come_asks_nobody(bench, server):
    by_days(bench)
    assert bench.crawl(window=Window(today() + timedelta(days=2), None)).exit_code == 0
    assert server.requests == []
    with Archive(bench.path, readonly=True) as archive:
        assert archive.db.execute("SELECT count(*) FROM frontier_publishers WHERE backfill_from IS NOT NULL").fetchone() == (0,)
