"""robots.txt as RFC 9309 means it: which group is ours, which rule decides, and how addresses are compared."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from scraper.robots import RobotsUnavailable, read_robots

EVERYONE = "User-agent: *\n"
US = "User-agent: bayegan\n"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("<html><body>Disallow: /</body></html>", "/a", True),
        (EVERYONE + "Disallow: /\n", "/a", False),
        (EVERYONE + "Disallow:\n", "/a", True),
        (EVERYONE + "Disallow: /\n" + US + "Allow: /\n", "/a", True),
        (US + "Disallow: /a\n" + EVERYONE + "Disallow: /\n", "/b", True),
        (US + "Disallow: /a\n" + EVERYONE + "Disallow: /\n" + US + "Disallow: /b\n", "/a", False),
        (US + "Disallow: /a\n" + EVERYONE + "Disallow: /\n" + US + "Disallow: /b\n", "/b", False),
        ("user-agent: BAYEGAN\ndisallow: /a\n", "/a", False),
        ("user-agent bayegan\ndisallow /a # no colons\n", "/a", False),
        ("User-agent: bayegan/1.0\nDisallow: /a\n", "/a", False),
        ("User-agent: bay\nDisallow: /a\n", "/a", True),
        ("User-agent: bayegan-news\nDisallow: /a\n", "/a", True),
        ("User-agent: other\n" + US + "Disallow: /a\n", "/a", False),
        ("User-agent : bayegan # us\nDisallow : /a # that\n", "/a", False),
        ("\ufeff" + US + "Disallow: /a\n", "/a", False),
        (US.replace("\n", "\r\n") + "Disallow: /a\r\n", "/a", False),
        (US.replace("\n", "\r") + "Disallow: /a\r", "/a", False),
        (US + "\nDisallow: /a\n", "/a", False),
        (US + "Crawl-delay: 1\nSitemap: http://h/s\nDisallow: /a\n", "/a", False),
        ("Disallow: /a\n" + EVERYONE + "Disallow: /b\n", "/a", True),
        (EVERYONE + "Disallow: /a\nAllow: /a/b\n", "/a/b/c", True),
        (EVERYONE + "Allow: /a/b\nDisallow: /a\n", "/a/c", False),
        (EVERYONE + "Allow: /a\nDisallow: /a\n", "/a", True),
        (EVERYONE + "Disallow: /*/x\nAllow: /a/x/long\n", "/a/x/longer", True),
        (EVERYONE + "Disallow: /*.pdf$\n", "/x.pdf", False),
        (EVERYONE + "Disallow: /*.pdf$\n", "/x.pdf?a", True),
        (EVERYONE + "Disallow: /a$\n", "/a/", True),
        (EVERYONE + "Disallow: *\n", "/a", False),
        (EVERYONE + "Disallow: /a?b=1\n", "/a?b=1", False),
        (EVERYONE + "Disallow: /%D8%AE\n", "/خ/x", False),
        (EVERYONE + "Disallow: /خ\n", "/%d8%ae/x", False),
        (EVERYONE + "Disallow: /a%2fb\n", "/a/b", True),
        (EVERYONE + "Disallow: /%61\n", "/a", False),
        (US + "Request-rate: 1/5\n" + EVERYONE + "Disallow: /\n", "/a", False),
        (US + "Sitemap: http://h/s\nwhatever\n" + EVERYONE + "Disallow: /\n", "/a", False),
    ],
)
def test_the_most_specific_group_and_the_longest_rule_decide(text, path, allowed):
    assert read_robots(text.encode()).can_fetch(f"http://h:1{path}", "bayegan") is allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        (EVERYONE + "Crawl-delay: 5\n", 5.0),
        (EVERYONE + "Crawl-delay: 5\n\n" + US + "Disallow: /a\n", None),
        (EVERYONE + "Crawl-delay: soon\n", None),
        (EVERYONE + "Crawl-delay: -3\n", None),
    ],
)
def test_a_crawl_delay_is_that_of_the_group(text, delay):
    assert read_robots(text.encode()).crawl_delay("bayegan") == delay


def test_the_error_of_a_missing_robots_txt_goes_through_a_context():
    @contextmanager
    def around():
        yield

    with pytest.raises(RobotsUnavailable, match=r"https://a\.ir/robots\.txt: answered 503") as raised, around():
        raise RobotsUnavailable("https://a.ir/robots.txt", "answered 503")
    assert raised.value.url == "https://a.ir/robots.txt"
