"""`bayegan sources check`: each source and one article of it, looked at and not kept."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from fault_server import article, reply

from parsers.persian.calendar import gregorian_to_jalali
from scraper.cli.main import bayegan
from scraper.cli.options import Settings
from scraper.clock import today
from scraper.registry import Discovery
from scraper.source_check import check


def test_a_source_is_good_if_its_first_article_can_be_read(bench, server):
    server.feed("/fa/news/2")
    server.pages["/fa/news/2"] = reply(article(2))
    [finding] = check([bench.publisher])
    assert (finding.good, finding.articles, finding.verdict, finding.issues) == (True, 1, "article", [])
    assert server.paths() == ["/robots.txt", "/rss", "/fa/news/2"]


def test_a_source_whose_article_names_no_day_is_not_good(bench, server):
    bench.set(cms="auto")
    server.feed("/fa/news/2")
    text = "این بند را برای آن نوشته‌ایم که متن خبر به اندازهٔ همیشه بلند باشد و نه کوتاه‌تر از آن. " * 5
    server.pages["/fa/news/2"] = reply(f"<html><body><h1>تیتر خبر</h1><p>{text}</p></body></html>")
    [finding] = check([bench.publisher])
    assert (finding.good, finding.verdict) == (False, "article")
    assert finding.issues[0].startswith("undated:")


def test_an_archive_is_asked_for_yesterday_and_a_sitemap_of_years_for_the_last_one(bench, server):
    yesterday = today() - timedelta(days=1)
    year = gregorian_to_jalali(today() - timedelta(days=366))[0]
    server.pages |= {
        f"/archive/{yesterday}": reply('<html><body><a href="/fa/news/2">x</a></body></html>'),
        "/fa/news/2": reply(article(2)),
        f"/map/{year}.xml": reply("<urlset><url><loc>/fa/news/2</loc></url></urlset>"),
    }
    by_days = Discovery("listing", f"{server.base}/archive/{{year}}-{{month:02}}-{{day:02}}", links="a", backfill=True)
    bench.set(discover=(by_days, Discovery("sitemap", f"{server.base}/map/{{jyear}}.xml", backfill=True)))
    assert [finding.good for finding in check([bench.publisher])] == [True, True]


@pytest.mark.parametrize(
    ("path", "handler", "says"),
    [
        ("/rss", reply("no", 404), "http_error"),
        ("/rss", reply("<html>"), "bad_feed"),
        ("/fa/news/2", reply("no", 404), "http_error"),
        ("/fa/news/2", reply(""), "empty"),
        ("/robots.txt", reply("no", 500), "robots_unavailable"),
        ("/robots.txt", reply("User-agent: *\nDisallow: /fa/"), "robots_disallowed"),
    ],
)
def test_trouble_is_called_by_its_name(bench, server, path, handler, says):
    server.feed("/fa/news/2")
    server.pages |= {"/fa/news/2": reply(article(2)), path: handler}
    [finding] = check([bench.publisher])
    assert not finding.good
    assert any(issue.startswith(says) for issue in finding.issues)


def test_the_sample_newsroom_is_as_declared():
    done = CliRunner().invoke(bayegan, ["sources", "check", "sample", "--json"], obj=Settings(), standalone_mode=False)
    rows = json.loads(done.stdout)
    assert done.return_value == 0
    assert [row["good"] for row in rows] == [True] * len(rows)
    assert len(rows) >= 2


def test_files_are_checked_without_a_network():
    done = CliRunner().invoke(bayegan, ["sources", "check", "--offline"], obj=Settings(), standalone_mode=False)
    assert done.return_value == 0
