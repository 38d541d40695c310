"""A publisher's pattern for addresses never hangs a run."""

from __future__ import annotations

import pytest
from fault_server import article, reply

from scraper import url_patterns
from scraper.url_patterns import UrlPattern, url_pattern

NESTED = (r"^/(n+)+$", r"^/(?:[a-z]+-?)+\d$", r"(a|a)*b", r"^(/\w+\s?)*$", r"(?:a?){60}a{60}", r"(.*)*(.*)*(.*)*!$")


@pytest.mark.parametrize("pattern", NESTED)
def test_a_pattern_that_backtracks_comes_to_an_end(monkeypatch, pattern):
    monkeypatch.setattr(url_patterns, "_SECONDS", 0.05)
    made = UrlPattern(pattern)
    for path in ("/" + "n" * 3000 + "!!", "/" + "a" * 3000, "/" + "ab" * 2000 + " ?"):
        made.fits(path)


def test_a_pattern_that_took_too_long_fits_nothing_any_more(monkeypatch):
    monkeypatch.setattr(url_patterns, "_SECONDS", 0.02)
    made = UrlPattern(r"^/(?:[a-z]+-?)+\d$")
    assert made.fits("/abc-1")
    assert not made.fits("/" + "ab" * 3000)
    assert made.is_too_slow
    assert not made.fits("/abc-1")


@pytest.mark.parametrize("pattern", ["(", "[z-a]", "(?P<n>a)(?P<n>b)(", "a{2,1}", "\\"])
def test_what_is_no_pattern_is_a_value_error(pattern):
    with pytest.raises(ValueError, match="no regular expression"):
        url_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        (r"^/fa/news/\d+", "/fa/news/12", True),
        (r"^/fa/news/\d+", "/fa/news/۱۲", True),
        (r"^/fa/\w+$", "/fa/خبر", True),
        (r"^/(?!video)\w+/\d+", "/video/3", False),
        (r"^/(?!video)\w+/\d+", "/news/3", True),
        (r"^/(\w)\1/", "/aa/", True),
        (r"(?i)/LAW/", "/law/", True),
    ],
)
def test_patterns_mean_what_those_of_python_mean(pattern, path, fits):
    assert url_pattern(pattern).fits(path) is fits


@pytest.mark.survives("a publisher's pattern that backtracks", "crawl", "`slow_pattern`; the run ends")
def test_a_crawl_with_a_pattern_that_backtracks_ends_and_says_which(bench, server, monkeypatch):
    monkeypatch.setattr(url_patterns, "_SECONDS", 0.05)
    names = ["/fa/news/" + "ab" * 2000, "/fa/news/1"]
    server.pages |= {name: reply(article(1)) for name in names}
    server.feed(*names)
    bench.discover(("rss", "/rss"), match=r"^/fa/news/(?:[a-z]+-?)+\d$")
    assert bench.crawl().exit_code == 4
    assert bench.issues()["slow_pattern"] == "error"
