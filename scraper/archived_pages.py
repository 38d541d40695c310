"""A publisher's pages out of a web archive: captures listed month by month, fetched, stored as of the moment of their capture."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from db.crawl.frontier import Discovered, Frontier
from parsers.models import Capture, Issue
from parsers.persian.calendar import TEHRAN
from scraper.access import Access
from scraper.backfill_ledger import BackfillLedger, until_today
from scraper.clock import day_of, now
from scraper.hosts import RunStopping
from scraper.publication_windows import Window, month_of, months
from scraper.url_filter import ArticleFilter
from scraper.visit import PageVisits, Refused
from scraper.warc import read_warc
from scraper.web_archives import MOST_ROWS, ArchivedCapture, WebArchive, capture_in, collections, query, read_index, sites

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from db import Archive
    from db.archive import Fetched
    from db.crawl.frontier import FrontierUrl
    from scraper.crawl_options import CrawlOptions
    from scraper.fetch import Fetcher
    from scraper.publisher_sources import PublisherSources
    from scraper.registry import Publisher
    from scraper.responses import Answer
    from scraper.run_journal import Journal
    from scraper.visit import ParsedPage

_FIRST_DAY = date(2001, 3, 21)  # 1380: before it there is hardly a page in Persian
_NEVER = 1e9  # seconds until a capture is asked for again: it does not change
_LEAST_DELAY = 2.0  # seconds between requests to an archive that is everybody's


def as_archive_client(publisher: Publisher, archive: WebArchive, *, trusted: bool) -> Publisher:
    """Return the publisher as the archive's host is to be asked for it: own manners, none of its headers and cookies.

    `trusted`: the archive was named by the user, and may be on a private network.
    """
    delay = publisher.politeness.delay if trusted else max(publisher.politeness.delay, _LEAST_DELAY)
    return replace(
        publisher, homepage=archive.base, allow_private=trusted, politeness=replace(publisher.politeness, delay=delay),
        access=Access(proxy=publisher.access.proxy, user_agent=publisher.access.user_agent, ca=publisher.access.ca),
    )  # fmt: skip


class ArchivedAddresses:
    """The captures of one publisher that one run asks a web archive for. In the frontier they stand under `slug@archive`."""

    def __init__(
        self, archive: Archive, publisher: Publisher, journal: Journal, sources: PublisherSources, options: CrawlOptions,
        web_archive: WebArchive,
    ) -> None:  # fmt: skip
        self._archive = archive
        self._publisher = publisher
        self._journal = journal
        self._sources = sources
        self._web_archive = web_archive
        self._frontier = Frontier(archive.db)
        self._slug = f"{publisher.slug}@{web_archive.name}"
        self._wanted = until_today(Window(options.window.since or _FIRST_DAY, options.window.until))
        self._left = options.limit
        self._filter = ArticleFilter(publisher, Window(), sources)

    async def discover(self) -> AsyncIterator[Iterator[FrontierUrl]]:
        """List the captures month by month, the newest first; yield a queue of those that are due for each month.

        Raises RunStopping where the run is to end.
        """
        begun, wanted = now(), self._wanted
        with self._archive.transaction():
            self._archive.name_publisher(self._publisher.slug, self._publisher.name, self._publisher.homepage)
            self._frontier.declare(self._slug, _NEVER)
        if wanted.is_empty:
            return
        ledger = BackfillLedger(self._archive, self._slug, wanted)
        for month in months(wanted):
            self._journal.progress.window_started(self._publisher.slug, month_of(month))
            if not ledger.covers(self._web_archive.index, month) and await self._list(month):
                ledger.finish(self._web_archive.index, month)
            yield self._within_limit(self._frontier.due_within(self._slug, now(), begun, month.ends))
            if self._sources.stopping:
                raise RunStopping
            if self._left == 0:
                return

    def check_health(self) -> None:
        """Do nothing: an archive says nothing of how a publisher's site is."""

    async def _list(self, days: Window) -> bool:
        """Put what the archive has of these days into the frontier; return whether all of it was listed."""
        indexes = [self._web_archive.index]
        if self._web_archive.style == "ranges":
            answer = await self._sources.read(self._web_archive.index)
            try:
                indexes = list(collections(answer.body, days)) if answer else []
            except ValueError as error:
                self._sources.note(Issue("error", "bad_index", str(error)), self._web_archive.index, failed=True)
                return False
            if answer is None:
                return False
        whole = True
        for index in indexes:
            for site in sites([self._publisher.homepage]):
                whole &= await self._ask(index, site, days)
        self._journal.nothing_due |= whole
        return whole

    async def _ask(self, index: str, site: str, days: Window) -> bool:
        """Ask one index for one site; in halves where there is more than one answer gives."""
        url = query(index, site, days)
        answer = await self._sources.read(url, may_miss=True)
        if answer is None:
            return False
        if answer.is_missing:  # how Common Crawl says that there are none
            return True
        captures, rows = read_index(answer.body, self._web_archive)
        if rows >= MOST_ROWS and days.length > 1:
            first, last = days.ends
            middle = first + timedelta(days=days.length // 2 - 1)
            return await self._ask(index, site, Window(first, middle)) & await self._ask(
                index, site, Window(middle + timedelta(days=1), last)
            )
        if rows >= MOST_ROWS:
            self._sources.note(Issue("info", "discovery_limit", f"more than {MOST_ROWS} captures in a day"), url, failed=False)
        self._add(captures)
        return True

    def _add(self, captures: list[ArchivedCapture]) -> None:
        wanted = [capture for capture in captures if self._is_wanted(capture)]
        with self._archive.transaction():
            self._frontier.add(self._slug, map(_discovered, wanted), now())
        self._journal.count(self._publisher.slug, "discovered", len(wanted))

    def _is_wanted(self, capture: ArchivedCapture) -> bool:
        """Return whether a capture is of an article, by what the publisher's sources accept and its topic."""
        accepting = [source for source in self._publisher.discover if source.match] or self._publisher.discover[:1]
        return self._filter.is_article(capture.url, accepting)

    def _within_limit(self, queue: Iterator[FrontierUrl]) -> Iterator[FrontierUrl]:
        for address in queue:
            if self._left == 0:
                return
            if self._left is not None:
                self._left -= 1
            yield address


class ArchivedVisits(PageVisits):
    """Fetch, parse and store captures; the page's own address and moment are kept, and the archive's address in its headers."""

    def __init__(
        self, archive: Archive, publisher: Publisher, journal: Journal, fetcher: Fetcher, sources: PublisherSources,
        web_archive: WebArchive,
    ) -> None:  # fmt: skip
        super().__init__(archive, publisher, journal, fetcher, sources)
        self._web_archive = web_archive

    async def fetch(self, address: FrontierUrl) -> Answer:
        """Ask for a capture, or for its range of a WARC file. Raises as `PageVisits.fetch`."""
        url, _, span = address.asked.partition("#") if self._web_archive.style == "ranges" else (address.asked, "", "")
        headers = {"Range": f"bytes={span}"} if span else {}
        answer = await self._fetcher.get(url, headers, self._sources.robots.require)
        self._check(address, answer)
        return answer

    def _capture(self, address: FrontierUrl, answer: Answer) -> Capture:
        """Return the page as it was when it was archived. Raises Refused where the answer is no capture."""
        note = {"x-archive-url": address.asked}
        if self._web_archive.style == "ranges":
            found = next(read_warc(BytesIO(answer.body), address.asked), None) if answer.body else None
            if found is None:
                raise Refused(Issue("error", "bad_capture", "the range holds no page"))
            return replace(found, headers={**found.headers, **note}, publisher=self._slug)
        replayed = capture_in(answer.url, answer.headers.get("memento-datetime"))
        if replayed is None:
            raise Refused(Issue("error", "bad_capture", f"answered from {answer.url[:200]}, which is no capture"))
        url, at = replayed
        capture = answer.capture(url, self._slug)
        return replace(
            capture, headers={**capture.headers, **note}, final_url=None,
            fetched_at=at.astimezone(TEHRAN).isoformat(timespec="seconds"),
        )  # fmt: skip

    def _fetched(self) -> Fetched:
        return "then"

    def _found(self, address: FrontierUrl, document_id: int, page: ParsedPage) -> None:  # noqa: ARG002 - the base class's shape
        """Note that the capture is stored; its document is looked at under its own address, not under this one."""
        self._frontier.stored(address.id, now())


def _discovered(capture: ArchivedCapture) -> Discovered:
    day = day_of(capture.at).isoformat()
    moment = capture.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Discovered(capture.address, None, moment, day, day)
