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
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain, islice
from typing import TYPE_CHECKING

from db.frontier import Frontier
from db.health import judge
from parsers.models import Issue
from scraper.discover import Walk, Window, printed_at
from scraper.fetch import Fetcher, Hosts
from scraper.hosts import Stopped
from scraper.journal import Journal, Progress, Silent
from scraper.parsing import prepare
from scraper.recheck import is_due
from scraper.visit import Visitor, is_challenge

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from db import Archive
    from db.frontier import FrontierUrl
    from scraper.registry import Publisher

HOMEPAGE = "https://github.com/bayegan/bayegan"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. `exit_code`: 0 done, 1 something failed or was odd, 4 nothing could be fetched."""

    run_id: int
    counts: Counter[str]
    exit_code: int


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
    return asyncio.run(_crawl(archive, publishers, options or Options(), progress or Silent()))


async def _crawl(archive: Archive, publishers: Sequence[Publisher], options: Options, progress: Progress) -> Outcome:
    # A run that was killed could not tell when it last asked whom: every host is given its pause first.
    hosts = Hosts(known=Frontier(archive.db).hosts(), rested=not archive.runs.was_cut_off())
    run_id = archive.runs.begin("crawl", [p.slug for p in publishers])
    journal = Journal(archive, run_id, progress)
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
    return Outcome(run_id, journal.counts, exit_code)


def _exit_code(journal: Journal) -> int:
    answered = journal.counts["fetched"] + journal.counts["not_modified"]
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
        self._visitor = Visitor(archive, publisher, journal, fetcher)

    async def run(self) -> None:
        """Discovers, then visits what is due."""
        self._journal.progress.begin(self._publisher.slug)
        with self._archive.transaction():
            self._archive.name_publisher(self._publisher.slug, self._publisher.name, self._publisher.homepage)
        try:
            await self._discover()
            await self._visit_all(self._due())
            self._judge()
        except Stopped:
            return
        except Exception as error:  # noqa: BLE001 - one publisher's trouble must not cost the others; a broken archive raises again
            self._journal.note(self._publisher.slug, _fault(error), self._publisher.homepage, failed=True)
        finally:
            await self._fetcher.close()
            self._journal.progress.end(self._publisher.slug)

    async def _discover(self) -> None:
        walk = Walk(self._publisher, self._visitor, self._options.window)
        slug = self._publisher.slug
        self._frontier.begin_listing(slug)
        async for entries in walk.batches():
            with self._archive.transaction():
                self._frontier.add(slug, ((e.url, printed_at(e)) for e in entries), _now())
                fresh = self._frontier.list(slug, (e.url for e in entries))
            self._journal.count(slug, "discovered", fresh)
        if not walk.found and not self._visitor.silent_hosts:
            self._journal.note(
                self._publisher.slug,
                Issue("error", "nothing_discovered", "no source of the publisher names a single article"),
                self._publisher.homepage,
            )

    def _due(self) -> Iterator[FrontierUrl]:
        """New addresses first, then documents whose time to be looked at again has come."""
        slug, now = self._publisher.slug, datetime.now(UTC)
        waiting, known = self._frontier.waiting(slug, _now()), self._frontier.known(slug)
        tries = (url for url in waiting if url.state != "gap" or self._publisher.numbers(url.url))
        again = (url for url in known if is_due(url, self._publisher.recheck, now))
        return islice(chain(tries, again), self._options.limit)

    def _judge(self) -> None:
        """Holds the publisher against what its file expects; a backfill or a sample of a few says nothing about that."""
        health, options = self._publisher.health, self._options
        if health is None or options.limit or options.window != Window() or self._fetcher.stopping:
            return
        for issue in judge(self._archive.db, self._publisher.slug, **asdict(health)):
            self._journal.note(self._publisher.slug, issue, self._publisher.homepage)

    async def _visit(self, url: FrontierUrl) -> None:
        try:
            await self._visitor.visit(url)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - one page's trouble must not cost the others; a broken archive raises again
            self._journal.note(self._publisher.slug, _fault(error), url.url, failed=True)

    async def _visit_all(self, urls: Iterable[FrontierUrl]) -> None:
        """As many visitors as the publisher bears, on one queue."""
        queue = iter(urls)

        async def visit_some() -> None:
            with suppress(Stopped):  # in good order: what is left stays in the frontier
                for url in queue:
                    await self._visit(url)

        async with asyncio.TaskGroup() as group:
            for _ in range(self._publisher.politeness.concurrency):
                group.create_task(visit_some())


def _fault(error: Exception) -> Issue:
    return Issue("error", "crawl_failed", f"{type(error).__name__}: {error}")


def user_agent(contact: str | None) -> str:
    """The name the crawler goes by, with a way to reach whoever runs it."""
    printable = "".join(c for c in contact or HOMEPAGE if " " <= c <= "~")
    return f"bayegan/{version('bayegan')} (+{printable})"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
