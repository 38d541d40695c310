"""`bayegan sources check`: each source and one article of it, looked at and not kept."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from fault_server import article, reply

from scraper.check import check
from scraper.cli.main import bayegan
from scraper.cli.options import Settings


def test_a_source_is_good_if_its_first_article_can_be_read(bench, server):
    server.feed("/fa/news/2")
    server.pages["/fa/news/2"] = reply(article(2))
    [finding] = check([bench.publisher])
    assert (finding.good, finding.articles, finding.verdict, finding.issues) == (True, 1, "article", [])
    assert server.paths() == ["/robots.txt", "/rss", "/fa/news/2"]


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
