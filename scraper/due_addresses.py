"""From discovery to the addresses that are due: in one queue, or in a backfill in one queue a month."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from db.crawl.frontier import Frontier
from db.read.health import judge, judge_usual
from parsers.models import Issue
from scraper.backfill_ledger import BackfillLedger, until_today
from scraper.clock import now
from scraper.discover import ArticleDiscovery
from scraper.hosts import RunStopping
from scraper.publication_windows import Window, month_of, months

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator

    from db import Archive
    from db.crawl.frontier import FrontierUrl
    from scraper.crawl_options import CrawlOptions
    from scraper.discovery_types import ArticleAddress
    from scraper.publisher_sources import PublisherSources
    from scraper.registry import Publisher
    from scraper.run_journal import Journal


class DueAddresses:
    """The addresses of one publisher that one run asks for."""

    def __init__(
        self, archive: Archive, publisher: Publisher, journal: Journal, sources: PublisherSources, options: CrawlOptions
    ) -> None:
        self._archive = archive
        self._publisher = publisher
        self._journal = journal
        self._sources = sources
        self._options = options
        self._frontier = Frontier(archive.db)
        self._left = options.limit  # articles that may still be asked for, None: no limit
        self._asked = 0

    async def discover(self) -> AsyncIterator[Iterator[FrontierUrl]]:
        """Read the publisher's sources into the frontier; yield queues of the addresses that are due.

        A queue is read lazily and may be shared. Raises RunStopping where the run is to end.
        """
        slug = self._publisher.slug
        with self._archive.transaction():
            self._archive.name_publisher(slug, self._publisher.name, self._publisher.homepage)
            self._frontier.declare(slug, self._publisher.recheck)
            self._frontier.begin_listing(slug)
        queues = self._month_by_month() if self._options.window.since else self._all_at_once()
        async for queue in queues:
            yield self._within_limit(queue)
            if self._sources.stopping:
                raise RunStopping
            if self._left == 0:
                break

    def _correct_future(self) -> None:
        """Make due what a wrong clock has put off; after the sources, whose servers say what time it is."""
        slug = self._publisher.slug
        with self._archive.transaction():
            if wrong := self._frontier.correct_future(slug, now()):
                message = f"{wrong} addresses had been asked for in the future, by a clock that was wrong; they are due now"
                self._journal.record_issue(slug, Issue("warning", "clock_jumped", message), self._publisher.homepage)

    async def _all_at_once(self) -> AsyncIterator[Iterator[FrontierUrl]]:
        slug = self._publisher.slug
        discovery = ArticleDiscovery(self._publisher, self._sources, self._options.window)
        await self._add_all(discovery.batches())
        if not discovery.found and not self._sources.silent_hosts:
            issue = Issue("error", "nothing_discovered", "no source of the publisher names a single article")
            self._journal.record_issue(slug, issue, self._publisher.homepage)
        self._correct_future()
        yield self._frontier.due(slug, now())
        listed = self._journal.count_of(slug, "discovered")
        if discovery.found and self._options.limit is None and self._asked < listed:
            self._journal.nothing_due = True

    async def _month_by_month(self) -> AsyncIterator[Iterator[FrontierUrl]]:
        """Yield the newest month first; each is listed as far as it has not been, then its pages are due."""
        slug, begun, wanted = self._publisher.slug, now(), until_today(self._options.window)
        if wanted.is_empty:
            return
        discovery = ArticleDiscovery(self._publisher, self._sources, wanted, BackfillLedger(self._archive, slug, wanted))
        await self._add_all(discovery.undivided())
        self._correct_future()
        for month in months(wanted):
            self._journal.progress.window_started(slug, month_of(month))
            await self._add_all(discovery.within(month))
            self._journal.nothing_due |= discovery.listed
            later = wanted.until if month.until == wanted.until else None
            yield self._frontier.due_within(slug, now(), begun, month.ends, later)
        # What a source named only after its month was done, and what no source gives a day for.
        yield self._frontier.due_within(slug, now(), begun, wanted.ends, wanted.until)
        yield self._frontier.due_undated(slug, now(), begun)

    async def _add_all(self, batches: AsyncIterator[list[ArticleAddress]]) -> None:
        """Put what discovery finds into the frontier, batch by batch."""
        slug = self._publisher.slug
        async for addresses in batches:
            self._sources.notices.add(addresses)
            with self._archive.transaction():
                self._frontier.add(slug, (address.discovered() for address in addresses), now())
                fresh = self._frontier.list(slug, (address.url for address in addresses))
            self._journal.count(slug, "discovered", fresh)

    def _within_limit(self, queue: Iterable[FrontierUrl]) -> Iterator[FrontierUrl]:
        """Leave out numbers that the publisher's file no longer asks for, and end at the limit."""
        for url in queue:
            if self._left == 0:
                return
            if url.state == "gap" and not self._publisher.numbers(url.url):
                continue
            if self._left is not None:
                self._left -= 1
            self._asked += 1
            yield url

    def check_health(self) -> None:
        """Note where the publisher falls short of what its file expects, or else of what is usual.

        A backfill or a limited run cannot show that.
        """
        health, options = self._publisher.health, self._options
        if options.limit or options.window != Window() or self._sources.stopping:
            return
        db, slug = self._archive.db, self._publisher.slug
        for issue in judge(db, slug, **asdict(health)) if health else judge_usual(db, slug):
            self._journal.record_issue(self._publisher.slug, issue, self._publisher.homepage)
