"""Pauses between requests, by a clock that only goes on when somebody waits; and the bounds of what a robots.txt may ask for."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from itertools import pairwise

import pytest
from fault_server import article, redirect, reply

from scraper.clock import RunClock
from scraper.fetch import Fetcher
from scraper.hosts import HostGate, HostPutOff, Hosts
from scraper.registry import Politeness
from scraper.robots import Robots


class TestClock(RunClock):
    """Time that goes on only by waiting."""

    __test__ = False

    def __init__(self) -> None:
        super().__init__()
        self.now = 1_000_000.0

    def time(self, steady: float | None = None) -> float:
        return self.now if steady is None else super().time(steady)

    async def wait(self, seconds: float, stopping: asyncio.Event) -> None:
        until = self.now + seconds
        await asyncio.sleep(0)
        self.now = max(self.now, until)


def starts_of(bench, server, urls, *, robots: bool = False) -> list[float]:
    """The moments, by the test's clock, at which the requests for these paths start."""
    clock = TestClock()
    starts: list[float] = []

    async def started(_request: object) -> None:
        starts.append(clock.now)

    async def run() -> None:
        hosts = Hosts(clock=clock)
        fetcher = Fetcher(bench.publisher, hosts, ssl.create_default_context(), "test")
        fetcher._client.event_hooks = {"request": [started]}
        allowed = Robots(fetcher.get_robots, fetcher.gate).require if robots else None
        await asyncio.gather(*(fetcher.get(server.base + url, allowed=allowed) for url in urls))
        await fetcher.close()

    asyncio.run(run())
    assert len(starts) == len(server.requests)
    return starts


def test_every_request_waits_for_its_turn(bench, server):
    bench.set(politeness=replace(bench.publisher.politeness, delay=0.1, concurrency=3))
    server.pages |= {f"/fa/news/{n}": reply(article(n)) for n in range(3)}
    server.pages |= {"/fa/news/3": redirect("/fa/news/30"), "/fa/news/30": reply(article(30))}
    starts = starts_of(bench, server, [f"/fa/news/{n}" for n in range(4)])
    assert len(starts) == 5
    assert min(b - a for a, b in pairwise(starts)) >= 0.1


def test_a_crawl_delay_raises_the_delay(bench, server):
    server.pages |= {"/robots.txt": reply("User-agent: *\nCrawl-delay: 7\n"), "/fa/news/1": reply(article(1))}
    starts = starts_of(bench, server, ["/fa/news/1", "/fa/news/2"], robots=True)
    assert len(starts) == 3
    assert min(b - a for a, b in pairwise(starts)) >= 7


def test_a_retry_waits_as_long_as_the_host_says(bench, server):
    server.pages["/fa/news/1"] = reply("no", 503, Retry_After="1")
    first, second = starts_of(bench, server, ["/fa/news/1"])
    assert second - first >= 1


@pytest.mark.parametrize(("known", "waits"), [(-50, 0.0), (30, 30.0), (119, 119.0)])
def test_a_host_is_waited_for_as_long_as_the_last_run_left_it(known, waits):
    async def run() -> float:
        clock = TestClock()
        began = clock.now
        async with HostGate(Politeness(), began + known, asyncio.Event(), clock).request_slot():
            return clock.now - began

    assert asyncio.run(run()) == waits


@pytest.mark.parametrize("known", [200, 3600, 80_000, 10**9])
def test_a_host_that_wants_hours_is_put_off_and_no_moment_beyond_a_day_is_believed(known):
    async def run() -> float:
        clock = TestClock()
        gate = HostGate(Politeness(), clock.now + known, asyncio.Event(), clock)
        with pytest.raises(HostPutOff):
            async with gate.request_slot():
                pass
        return gate.next_start - clock.now

    assert asyncio.run(run()) == min(known, 86_400)


def test_a_crawl_delay_of_an_hour_lets_one_page_a_run_through_and_ends_the_run(bench, server):
    server.pages["/robots.txt"] = reply("User-agent: *\nCrawl-delay: 3600\n")
    server.pages |= {f"/fa/news/{n}": reply(article(n)) for n in range(4)}
    bench.discover(("ids", "/fa/news/{id}"), first=0, last=3)
    assert bench.crawl().exit_code == 0
    assert (bench.documents(), bench.issues()) == (1, {"host_put_off": "info"})
    assert bench.rows("SELECT count(*) FROM frontier_urls WHERE state = 'new'") == [(3,)]
    server.requests.clear()
    assert bench.crawl().exit_code == 0
    assert server.requests == []


def test_a_publisher_whose_host_is_put_off_has_not_lost_its_articles(bench, server):
    server.pages["/robots.txt"] = reply("User-agent: *\nCrawl-delay: 3600\n")
    server.feed("/fa/news/1")
    bench.crawl()
    assert bench.crawl().exit_code == 0
    assert bench.issues() == {"host_put_off": "info"}


RULES = "User-agent: bayegan\nDisallow: /fa/news/1\n"


@pytest.mark.parametrize(
    ("text", "reads"),
    [(RULES + "# more\n" * 40_000, True), ("# more\n" * 10_000 + RULES + "# more\n" * 60_000, True),
     ("# more\n" * 80_000 + RULES, False)],
)  # fmt: skip
def test_the_first_500_kib_of_a_robots_txt_count_whatever_its_size(bench, server, text, reads):
    bench.set(politeness=replace(bench.publisher.politeness, timeout=5, deadline=9))
    server.pages |= {"/robots.txt": reply(text), "/fa/news/1": reply(article(1))}
    server.feed("/fa/news/1")
    assert bench.crawl().exit_code == 0
    assert ("/fa/news/1" in server.paths()) is not reads
    assert ("robots_disallowed" in bench.issues()) is reads
