"""One page: fetched, parsed, stored. Whatever else comes of an address is raised, and noted by its name in one place.

NoPage       the address answered, but with no page to store
├── NotModified   304: the document is as it was
├── Missing       404 or 410 where a document was, or at a number that has no page
└── Refused       a challenge or an error status; carries the issue
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.crawl.frontier import Frontier
from parsers.models import Capture, Issue, Record
from parsers.persian.calendar import TEHRAN
from scraper.clock import now, now_in_tehran
from scraper.conditional_requests import validators
from scraper.field_majority import FieldMajority
from scraper.hosts import RunStopping
from scraper.parser_process import ParsingFailed, other_readings, parse_page, second_opinion
from scraper.publisher_sources import challenged, is_challenge, wrong_encoding
from scraper.responses import Answer, FetchError
from scraper.robots import RobotsUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from db import Archive
    from db.archive import Fetched
    from db.crawl.frontier import FrontierUrl, State
    from scraper.fetch import Fetcher
    from scraper.publisher_sources import PublisherSources
    from scraper.registry import Publisher
    from scraper.run_journal import Journal

_FAILED_CODES = frozenset({"soft_404", "blocked", "empty"})
_CROSSCHECK_EVERY = 50
_FIRST = 3  # pages of a run whose title and day are compared, so that a short run is judged as well


class NoPage(Exception):
    """The address answered, but with no page to store."""


class NotModified(NoPage):
    """The document is as it was."""


class Missing(NoPage):
    """There is nothing at the address, or nothing any more. `status` is 404 or 410."""

    def __init__(self, status: int) -> None:
        super().__init__(f"answered {status}")
        self.status = status


class Refused(NoPage):
    """A challenge or an error status instead of a page."""

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.message)
        self.issue = issue


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page on its way into the archive. `issues` are those beyond the record's own."""

    answer: Answer
    capture: Capture
    record: Record
    issues: tuple[Issue, ...]


def unexpected(error: Exception) -> Issue:
    """Return the issue for an error that nothing here expects."""
    return Issue("error", "crawl_failed", f"{type(error).__name__}: {error}")


class PageVisits:
    """Fetch, parse and store the pages of one publisher in one run."""

    def __init__(
        self, archive: Archive, publisher: Publisher, journal: Journal, fetcher: Fetcher, sources: PublisherSources
    ) -> None:
        self._archive = archive
        self._publisher = publisher
        self._slug = publisher.slug
        self._journal = journal
        self._fetcher = fetcher
        self._sources = sources
        self._frontier = Frontier(archive.db)
        self._parsing = asyncio.Lock()
        self._parsed = 0
        self._majority = FieldMajority()

    async def fetch(self, address: FrontierUrl) -> Answer:
        """Ask for a page, only if it has changed where it is known.

        Raises NoPage, FetchError, RobotsUnavailable; RunStopping where the run is to end.
        """
        answer = await self._fetcher.get(address.asked, validators(address), self._sources.robots.require)
        if answer.status == 304 and address.document_id is not None:
            raise NotModified
        self._check(address, answer)
        return answer

    def _check(self, address: FrontierUrl, answer: Answer) -> None:
        """Raise NoPage where an answer is no page."""
        if is_challenge(answer):
            raise Refused(challenged(answer))
        if answer.is_missing and (address.document_id is not None or self._publisher.numbers(address.url)):
            raise Missing(answer.status)
        if answer.status >= 300:
            raise Refused(self._sources.http_error(address.url, answer))

    async def parse(self, address: FrontierUrl, answer: Answer) -> ParsedPage:
        """Parse an answer in the parsing process, one at a time. Raises ParsingFailed."""
        capture = self._capture(address, answer)
        async with self._parsing:
            record = await parse_page(capture, self._publisher.rules)
            doubts = await self._second_opinion(capture, record)
        if answer.body:
            self._journal.count(self._slug, "fetched")
        return ParsedPage(answer, capture, record, (*doubts, *wrong_encoding(answer)))

    def store(self, address: FrontierUrl, page: ParsedPage) -> None:
        """Write a page in one transaction: capture, document, facts, issues, frontier and counts."""
        with self._journal.transaction():
            stored = self._archive.store(page.capture, page.record, self._journal.run_id, self._fetched())
            self._journal.note_kept_log(self._slug)
            for issue in (*page.record.issues, *page.issues):
                self._sources.note(issue, address.url, failed=issue.code in _FAILED_CODES)
            if stored.document_id is None:
                self._frontier.failed(address.id, now())
                self._explain(address, page.record)
            else:
                self._found(address, stored.document_id, page)
                self._journal.count(self._slug, stored.outcome)

    def _capture(self, address: FrontierUrl, answer: Answer) -> Capture:
        return self._sources.notices.on(answer.capture(address.asked, self._slug), address.url)

    def _fetched(self) -> Fetched:
        """Return of which moment a page is that is stored now."""
        return "surely now" if self._fetcher.clock.is_sure else "now"

    def _found(self, address: FrontierUrl, document_id: int, page: ParsedPage) -> None:
        """Note in the frontier that the address gave a document's page, and what it is asked for with next time."""
        headers = page.answer.headers
        self._frontier.found(
            address.id, document_id, now(), headers.get("etag"), headers.get("last-modified"), _published(page.record)
        )

    @asynccontextmanager
    async def troubles_noted(self, address: FrontierUrl) -> AsyncIterator[None]:
        """Note what keeps the block from storing a page, and settle the address; the run goes on. Raises RunStopping.

        A big body of the block keeps its place among the few until the block ends.
        """
        try:
            try:
                async with self._fetcher.visit():
                    yield
            except NotModified:
                self._not_modified(address)
            except Missing as missing:
                self._gone(address, missing.status)
            except Refused as refused:
                self._fail(address, refused.issue)
            except ParsingFailed as error:
                self._fail(address, Issue("error", "parse_failed", str(error)))
            except (FetchError, RobotsUnavailable) as error:
                self._sources.note_trouble(address.url, error)
                if isinstance(error, FetchError) and error.code not in ("robots_disallowed", "host_given_up", "host_put_off"):
                    self._settle(address, "failed")
        except RunStopping:
            raise
        except Exception as error:  # noqa: BLE001 - one page's trouble must not cost the others; a broken archive raises again
            self._journal.record_issue(self._slug, unexpected(error), address.url, failed=True)

    async def _second_opinion(self, capture: Capture, record: Record) -> tuple[Issue, ...]:
        """Compare one page in fifty with what other extractors make of it: the alarm for a layout that has changed."""
        self._parsed += record.verdict == "article"
        if record.verdict != "article" or (self._parsed % _CROSSCHECK_EVERY and self._parsed > _FIRST):
            return ()
        disagreeing = self._majority.add(await other_readings(capture, record))
        issue = await second_opinion(capture, record) if self._parsed % _CROSSCHECK_EVERY == 0 else None
        return (*disagreeing, issue) if issue else disagreeing

    def _explain(self, url: FrontierUrl, record: Record) -> None:
        """Note a page that is no document and no failure either: a listing, a foreign language."""
        if not any(issue.code in _FAILED_CODES for issue in record.issues):
            self._sources.note(Issue("info", "no_document", f"{record.verdict}: {record.evidence}"), url.url, failed=False)

    def _not_modified(self, url: FrontierUrl) -> None:
        with self._journal.transaction():
            self._journal.count(self._slug, "not_modified")
            self._frontier.repeated(url.id, now())
            if url.document_id is not None:
                self._archive.mark_there(url.document_id)

    def _gone(self, url: FrontierUrl, status: int) -> None:
        if url.document_id is None:
            self._settle(url, "gap")
            return
        with self._archive.transaction():
            self._archive.mark_gone(url.document_id, now_in_tehran())
            self._sources.note(Issue("info", "gone", f"answered {status}; the document is kept"), url.url, failed=False)
            self._frontier.failed(url.id, now())

    def _fail(self, url: FrontierUrl, issue: Issue) -> None:
        self._sources.note(issue, url.url, failed=True)
        self._settle(url, "failed")

    def _settle(self, url: FrontierUrl, state: State) -> None:
        with self._journal.transaction():
            self._frontier.failed(url.id, now(), state)


def _published(record: Record) -> tuple[str, str] | None:
    """Return the moment in UTC and the day in Tehran that the page prints."""
    if not record.article.published_at:
        return None
    moment = datetime.fromisoformat(record.article.published_at)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), moment.astimezone(TEHRAN).date().isoformat()
