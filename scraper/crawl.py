"""The main job: sources → frontier → fetch → parse → store, one transaction a page.

with Archive("archive.db") as archive:
    outcome = run_crawl(archive, publishers)
"""

from __future__ import annotations

import asyncio
import signal
import ssl
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from db.crawl.frontier import Frontier
from db.read.health import judge
from parsers.models import Issue
from scraper.backfill_ledger import Spans, until_today
from scraper.clock import now
from scraper.discover import Walk
from scraper.fetch import Fetcher, user_agent
from scraper.hosts import Hosts, Stopped
from scraper.parser_process import prepare
from scraper.publication_windows import Window, month_of, months
from scraper.run_journal import Journal, Outcome, Progress
from scraper.visit import Visitor, is_challenge

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from db import Archive
    from db.crawl.frontier import FrontierUrl
    from scraper.discovery_types import Address
    from scraper.registry import Publisher


@dataclass(frozen=True, slots=True)
class Options:
    """What a run was asked to do beyond its publishers. `limit` is of articles asked for, for each publisher."""

    window: Window = field(default_factory=Window)
    limit: int | None = None
    contact: str | None = None


def run_crawl(
    archive: Archive, publishers: Sequence[Publisher], options: Options | None = None, progress: Progress | None = None
) -> Outcome:
    """One scheduled run over these publishers, all at the same time, each at its own pace. SIGTERM ends it in good order."""
    return asyncio.run(_crawl(archive, publishers, options or Options(), progress or Progress()))


async def _crawl(archive: Archive, publishers: Sequence[Publisher], options: Options, progress: Progress) -> Outcome:
    # A run that was killed could not tell when it last asked whom: every host is given its pause first.
    hosts = Hosts(known=Frontier(archive.db).hosts(), rested=not archive.runs.was_cut_off())
    run_id = archive.runs.begin("crawl", [p.slug for p in publishers])
    journal = Journal(archive, run_id, progress)
    progress.start(run_id)
    _stop_on_signals(hosts.stopping)
    prepare()
    context = ssl.create_default_context()
    async with asyncio.TaskGroup() as group:
        for publisher in publishers:
            fetcher = Fetcher(publisher, hosts, context, user_agent(options.contact), is_challenge)
            group.create_task(_PublisherCrawl(archive, publisher, journal, options, fetcher).run())
    with archive.transaction():
        archive.group_stories()
        Frontier(archive.db).remember_hosts({name: gate.next_start for name, gate in hosts.gates.items()})
        stopped = hosts.stopping.is_set()
        exit_code = min(_exit_code(journal), 1) if stopped else _exit_code(journal)
        archive.runs.finish(run_id, "failed" if exit_code else "done", journal.counts, closes=not stopped)
    progress.done(exit_code, journal.counts)
    return Outcome(run_id, journal.counts, exit_code)


def _exit_code(journal: Journal) -> int:
    answered = journal.idle or journal.counts["fetched"] + journal.counts["not_modified"]
    return (1 if answered else 4) if journal.trouble or journal.counts["failed"] else 0


def _stop_on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        with suppress(ValueError, RuntimeError, NotImplementedError):  # not in the main thread, or no such thing here
            loop.add_signal_handler(name, stopping.set)


class _PublisherCrawl:
    """One publisher in one run."""

    def __init__(self, archive: Archive, publisher: Publisher, journal: Journal, options: Options, fetcher: Fetcher) -> None:
        self._archive = archive
        self._publisher = publisher
        self._journal = journal
        self._options = options
        self._frontier = Frontier(archive.db)
        self._fetcher = fetcher
        self._left = options.limit
        self._asked = 0
        self._visitor = Visitor(archive, publisher, journal, fetcher)

    async def run(self) -> None:
        """Discovers, then visits what is due; a backfill window by window."""
        publisher = self._publisher
        self._journal.progress.begin(publisher.slug)
        with self._archive.transaction():
            self._archive.name_publisher(publisher.slug, publisher.name, publisher.homepage)
            self._frontier.declare(publisher.slug, publisher.recheck)
            self._frontier.begin_listing(publisher.slug)
        try:
            if self._options.window.since:
                await self._backfill(until_today(self._options.window))
                return
            found = await self._discover()
            await self._visit_all(self._frontier.due(publisher.slug, now()))
            listed = self._journal.counted(publisher.slug, "discovered")
            if found and self._options.limit is None and self._asked < listed:
                self._journal.idle = True
            self._judge()
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001 - one publisher's trouble must not cost the others; a broken archive raises again
            self._journal.note(publisher.slug, _fault(error), publisher.homepage, failed=True)
        finally:
            await self._fetcher.close()
            self._journal.progress.end(publisher.slug)

    async def _discover(self) -> bool:
        """Whether any article was found, wanted or not."""
        walk = Walk(self._publisher, self._visitor, self._options.window)
        await self._note_all(walk.batches())
        if not walk.found and not self._visitor.silent_hosts:
            self._journal.note(
                self._publisher.slug,
                Issue("error", "nothing_discovered", "no source of the publisher names a single article"),
                self._publisher.homepage,
            )
        return walk.found

    async def _note_all(self, batches: AsyncIterator[list[Address]]) -> None:
        """Puts what discovery finds into the frontier, batch by batch."""
        slug = self._publisher.slug
        async for addresses in batches:
            with self._archive.transaction():
                self._frontier.add(slug, (address.discovered() for address in addresses), now())
                fresh = self._frontier.list(slug, (address.url for address in addresses))
            self._journal.count(slug, "discovered", fresh)

    async def _backfill(self, wanted: Window) -> None:
        """Window after window, the newest first: listed as far as it has not been, and its pages visited."""
        slug, begun = self._publisher.slug, now()
        if wanted.is_empty:
            return
        walk = Walk(self._publisher, self._visitor, wanted, Spans(self._archive, slug, wanted))
        await self._note_all(walk.undivided())
        for window in months(wanted):
            self._journal.progress.turn(slug, month_of(window))
            await self._note_all(walk.within(window))
            self._journal.idle |= walk.listed
            later = wanted.until if window.until == wanted.until else None
            await self._visit_all(self._frontier.due_within(slug, now(), begun, window.ends, later))
            if self._left == 0:
                return
        # What a source named only after its window, and what none tells the day of.
        await self._visit_all(self._frontier.due_within(slug, now(), begun, wanted.ends, wanted.until))
        await self._visit_all(self._frontier.due_undated(slug, now(), begun))

    def _judge(self) -> None:
        """Holds the publisher against what its file expects; a backfill or a sample of a few says nothing about that."""
        health, options = self._publisher.health, self._options
        if health is None or options.limit or options.window != Window() or self._fetcher.stopping:
            return
        for issue in judge(self._archive.db, self._publisher.slug, **asdict(health)):
            self._journal.note(self._publisher.slug, issue, self._publisher.homepage)

    async def _visit(self, url: FrontierUrl) -> None:
        try:
            async with self._fetcher.visit():
                await self._visitor.visit(url)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - one page's trouble must not cost the others; a broken archive raises again
            self._journal.note(self._publisher.slug, _fault(error), url.url, failed=True)

    def _wanted(self, urls: Iterable[FrontierUrl]) -> Iterator[FrontierUrl]:
        """Without numbers that the file no longer asks for, and as many as are left of the limit."""
        for url in urls:
            if self._left == 0:
                return
            if url.state == "gap" and not self._publisher.numbers(url.url):
                continue
            if self._left is not None:
                self._left -= 1
            self._asked += 1
            yield url

    async def _visit_all(self, urls: Iterable[FrontierUrl]) -> None:
        """As many visitors as the publisher bears, on one queue."""
        queue = self._wanted(urls)

        async def visit_some() -> None:
            with suppress(Stopped):  # in good order: what is left stays in the frontier
                for url in queue:
                    await self._visit(url)

        async with asyncio.TaskGroup() as group:
            for _ in range(self._publisher.politeness.concurrency):
                group.create_task(visit_some())
        if self._fetcher.stopping:
            raise Stopped


def _fault(error: Exception) -> Issue:
    return Issue("error", "crawl_failed", f"{type(error).__name__}: {error}")
