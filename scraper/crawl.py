"""The crawl: discover → fetch → parse → store, one transaction a page. `crawl_publisher` is the whole job.

with Archive("archive.db") as archive:
    outcome = run_crawl(archive, publishers)
"""

from __future__ import annotations

import asyncio
import signal
import ssl
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.crawl.frontier import Frontier
from scraper.archived_pages import ArchivedAddresses, ArchivedVisits, as_archive_client
from scraper.clock import RunClock, use
from scraper.crawl_options import CrawlOptions
from scraper.due_addresses import DueAddresses
from scraper.fetch import Fetcher, user_agent
from scraper.hosts import Hosts, RunStopping
from scraper.parser_process import prepare
from scraper.publisher_sources import PublisherSources, is_challenge
from scraper.run_journal import Journal, Outcome, Progress
from scraper.visit import PageVisits, unexpected
from scraper.web_archives import WebArchive, web_archive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

    from db import Archive
    from db.crawl.frontier import FrontierUrl
    from scraper.registry import Publisher

__all__ = ["CrawlOptions", "run_crawl"]


async def crawl_publisher(due: DueAddresses | ArchivedAddresses, visits: PageVisits, workers: int) -> None:
    """Discover a publisher's addresses; fetch, parse and store each that is due, one transaction a page.

    Discovery gives the due addresses in queues: one, or in a backfill one a month. So many `workers` share each queue.
    Raises RunStopping where the run ends first.
    """

    async def crawl_page(address: FrontierUrl) -> None:
        async with visits.troubles_noted(address):
            answer = await visits.fetch(address)
            page = await visits.parse(address, answer)
            visits.store(address, page)

    async for queue in due.discover():
        await _share(queue, crawl_page, workers)


def run_crawl(
    archive: Archive, publishers: Sequence[Publisher], options: CrawlOptions | None = None, progress: Progress | None = None
) -> Outcome:
    """Run one crawl over these publishers, all at the same time, each at its own pace. Return its counts and exit code.

    SIGTERM and SIGINT end it after the pages in flight.
    """
    return asyncio.run(_run(archive, publishers, options or CrawlOptions(), progress or Progress()))


async def _run(archive: Archive, publishers: Sequence[Publisher], options: CrawlOptions, progress: Progress) -> Outcome:
    # A run that was killed has not noted when it last asked which host: every host gets its pause first.
    clock, rested = RunClock(archive.runs.last_moment()), not archive.runs.was_cut_off()
    use(clock)
    journal = Journal(archive, archive.runs.begin("crawl", [p.slug for p in publishers]), progress, clock)
    known = {name: clock.time(archive.runs.steady(shown)) for name, shown in Frontier(archive.db).hosts().items()}
    hosts = Hosts(known=known, rested=rested, clock=clock)
    progress.run_started(journal.run_id)
    _stop_on_signals(hosts.stopping)
    prepare()
    context = ssl.create_default_context()
    learned = archive.furniture()
    publishers = [replace(one, furniture=learned.get(one.slug, frozenset())) for one in publishers]
    async with asyncio.TaskGroup() as group:
        for publisher in publishers:
            group.create_task(_Run(archive, journal, hosts, context, options).crawl(publisher))
    return _finish(archive, journal, hosts)


@dataclass(frozen=True, slots=True)
class _Run:
    """What the crawls of one run share."""

    archive: Archive
    journal: Journal
    hosts: Hosts
    context: ssl.SSLContext
    options: CrawlOptions

    async def crawl(self, publisher: Publisher) -> None:
        """Crawl one publisher and note whatever goes wrong: its trouble must not cost the others."""
        self.journal.progress.publisher_started(publisher.slug)
        try:
            if self.options.via is None:
                await self._crawl_site(publisher)
            for web_archive in self._web_archives(publisher):
                await self._crawl_archive(publisher, web_archive)
        except RunStopping:
            return
        except Exception as error:  # noqa: BLE001 - a broken archive raises again when the issue is written
            self.journal.record_issue(publisher.slug, unexpected(error), publisher.homepage, failed=True)
        finally:
            self.journal.progress.publisher_ended(publisher.slug)

    async def _crawl_site(self, publisher: Publisher) -> None:
        async with self._fetcher(publisher) as fetcher:
            sources = PublisherSources(self.archive, publisher.slug, self.journal, fetcher)
            visits = PageVisits(self.archive, publisher, self.journal, fetcher, sources)
            due = DueAddresses(self.archive, publisher, self.journal, sources, self.options)
            await crawl_publisher(due, visits, publisher.politeness.concurrency)
            due.check_health()

    async def _crawl_archive(self, publisher: Publisher, web_archive: WebArchive) -> None:
        trusted = self.options.via is not None or publisher.allow_private
        client = as_archive_client(publisher, web_archive, trusted=trusted)
        async with self._fetcher(client) as fetcher:
            sources = PublisherSources(self.archive, publisher.slug, self.journal, fetcher)
            visits = ArchivedVisits(self.archive, publisher, self.journal, fetcher, sources, web_archive)
            due = ArchivedAddresses(self.archive, publisher, self.journal, sources, self.options, web_archive)
            await crawl_publisher(due, visits, client.politeness.concurrency)

    def _web_archives(self, publisher: Publisher) -> list[WebArchive]:
        """Return the archive that was asked for; in a backfill those that the publisher's file names."""
        if self.options.via is not None:
            return [self.options.via]
        named = (source.url for source in publisher.discover if source.kind == "cdx")
        return [web_archive(url) for url in named] if self.options.window.since else []

    @asynccontextmanager
    async def _fetcher(self, publisher: Publisher) -> AsyncIterator[Fetcher]:
        fetcher = Fetcher(publisher, self.hosts, self.context, user_agent(self.options.contact), is_challenge)
        try:
            yield fetcher
        finally:
            await fetcher.close()


async def _share[Item](queue: Iterator[Item], work: Callable[[Item], Awaitable[None]], workers: int) -> None:
    """Work through a queue, so many at once. Where the run is to end, what is left of the queue stays in the frontier."""

    async def work_on() -> None:
        with suppress(RunStopping):
            for item in queue:
                await work(item)

    async with asyncio.TaskGroup() as group:
        for _ in range(workers):
            group.create_task(work_on())


def _finish(archive: Archive, journal: Journal, hosts: Hosts) -> Outcome:
    stopped = hosts.stopping.is_set()
    exit_code = min(journal.exit_code, 1) if stopped else journal.exit_code
    with archive.transaction():
        archive.group_stories()
        # The next run goes by the clock that shows the date.
        moments = {name: archive.runs.shown(hosts.clock.steady(gate.next_start)) for name, gate in hosts.gates.items()}
        Frontier(archive.db).remember_hosts(moments)
        archive.runs.note_servers_clock(journal.run_id, hosts.clock.seconds_off)
        archive.runs.finish(journal.run_id, "failed" if exit_code else "done", journal.counts, closes=not stopped)
    journal.progress.run_ended(exit_code, journal.counts)
    return Outcome(journal.run_id, journal.counts, exit_code)


def _stop_on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError, RuntimeError, NotImplementedError):  # not in the main thread, or no such thing here
            loop.add_signal_handler(name, stopping.set)
