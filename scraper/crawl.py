"""The crawl: discover → fetch → parse → store, one transaction a page. `crawl_publisher` is the whole job.

with Archive("archive.db") as archive:
    outcome = run_crawl(archive, publishers)
"""

from __future__ import annotations

import asyncio
import signal
import ssl
from contextlib import suppress
from typing import TYPE_CHECKING

from db.crawl.frontier import Frontier
from scraper.crawl_options import CrawlOptions
from scraper.due_addresses import DueAddresses
from scraper.fetch import Fetcher, user_agent
from scraper.hosts import Hosts, RunStopping
from scraper.parser_process import prepare
from scraper.publisher_sources import PublisherSources, is_challenge
from scraper.run_journal import Journal, Outcome, Progress
from scraper.visit import PageVisits, unexpected

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from db import Archive
    from db.crawl.frontier import FrontierUrl
    from scraper.registry import Publisher

__all__ = ["CrawlOptions", "run_crawl"]


async def crawl_publisher(due: DueAddresses, visits: PageVisits, workers: int) -> None:
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
    hosts = Hosts(known=Frontier(archive.db).hosts(), rested=not archive.runs.was_cut_off())
    journal = Journal(archive, archive.runs.begin("crawl", [p.slug for p in publishers]), progress)
    progress.run_started(journal.run_id)
    _stop_on_signals(hosts.stopping)
    prepare()
    context = ssl.create_default_context()
    async with asyncio.TaskGroup() as group:
        for publisher in publishers:
            fetcher = Fetcher(publisher, hosts, context, user_agent(options.contact), is_challenge)
            group.create_task(_crawl_one(archive, publisher, journal, options, fetcher))
    return _finish(archive, journal, hosts)


async def _crawl_one(archive: Archive, publisher: Publisher, journal: Journal, options: CrawlOptions, fetcher: Fetcher) -> None:
    """Crawl one publisher and note whatever goes wrong: its trouble must not cost the others."""
    journal.progress.publisher_started(publisher.slug)
    try:
        sources = PublisherSources(archive, publisher.slug, journal, fetcher)
        visits = PageVisits(archive, publisher, journal, fetcher, sources)
        due = DueAddresses(archive, publisher, journal, sources, options)
        await crawl_publisher(due, visits, publisher.politeness.concurrency)
        due.check_health()
    except RunStopping:
        return
    except Exception as error:  # noqa: BLE001 - a broken archive raises again when the issue is written
        journal.record_issue(publisher.slug, unexpected(error), publisher.homepage, failed=True)
    finally:
        await fetcher.close()
        journal.progress.publisher_ended(publisher.slug)


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
        Frontier(archive.db).remember_hosts({name: gate.next_start for name, gate in hosts.gates.items()})
        archive.runs.finish(journal.run_id, "failed" if exit_code else "done", journal.counts, closes=not stopped)
    journal.progress.run_ended(exit_code, journal.counts)
    return Outcome(journal.run_id, journal.counts, exit_code)


def _stop_on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError, RuntimeError, NotImplementedError):  # not in the main thread, or no such thing here
            loop.add_signal_handler(name, stopping.set)
