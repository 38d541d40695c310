"""One page: asked for, parsed, stored, and the frontier told, in one transaction. Or the trouble, noted by its name."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.crawl.frontier import CachedSource, Frontier
from parsers.models import Capture, Issue, Record
from parsers.page import read_page
from parsers.persian.calendar import TEHRAN
from scraper.clock import moment_in_tehran, now
from scraper.conditional_requests import validators
from scraper.hosts import host_name
from scraper.parser_process import ParsingFailed, parse_page, second_opinion
from scraper.responses import Answer, FetchError
from scraper.robots import Robots, RobotsUnavailable

if TYPE_CHECKING:
    from db import Archive
    from db.crawl.frontier import FrontierUrl, State
    from parsers.models import Level
    from scraper.fetch import Fetcher
    from scraper.registry import Publisher
    from scraper.run_journal import Journal

_FAILED_CODES = frozenset({"soft_404", "blocked", "empty"})
_CHALLENGE_MAX = 200_000
_MAX_CACHED = 5_000_000
_CROSSCHECK_EVERY = 50
# What a FetchError means beyond «error, and the address failed».
_LEVELS: dict[str, Level] = {"robots_disallowed": "info", "bad_encoding": "warning"}
_NOT_FAILED = frozenset({"robots_disallowed", "bad_encoding"})


def is_challenge(answer: Answer) -> bool:
    """Whether an error answer is a wall put before the site rather than the site's own word."""
    if answer.status < 400 or not answer.body or len(answer.body) > _CHALLENGE_MAX:
        return False
    # Judged by what it says: a plain 403 or 503 is the site's own word, and worth a further try where its status is.
    capture = Capture(answer.body, answer.url, answer.headers)
    return read_page(capture).verdict == "blocked"


class Visitor:
    """Visits the pages and reads the sources of one publisher in one run."""

    def __init__(self, archive: Archive, publisher: Publisher, journal: Journal, fetcher: Fetcher) -> None:
        self.silent_hosts: set[str] = set()
        self._forbidden: set[str] = set()
        self._archive = archive
        self._publisher = publisher
        self._slug = publisher.slug
        self._journal = journal
        self._fetcher = fetcher
        self._frontier = Frontier(archive.db)
        self._robots = Robots(self._source, fetcher.gate)
        self._parsing = asyncio.Lock()
        self._parsed = 0

    def is_out_of_reach(self, url: str) -> bool:
        """Whether nothing more is to be had there in this run: its host is left alone, or robots.txt forbids it."""
        try:
            return url in self._forbidden or host_name(url) in self.silent_hosts or self._fetcher.gate(url).given_up
        except ValueError:  # no address, no host
            return True

    async def read(self, url: str, *, may_miss: bool = False) -> Answer | None:
        """A source, or None where it gave nothing and the trouble is noted; with `may_miss` also the answer 404 or 410."""
        try:
            answer = await self._source(url, robots=True)
        except (FetchError, RobotsUnavailable) as error:
            self._note_trouble(url, error)
            if isinstance(error, FetchError) and error.code == "robots_disallowed":
                self._forbidden.add(url)
            return None
        if may_miss and answer.is_missing:
            return answer
        if is_challenge(answer):
            self.note(_challenged(answer), url, failed=True)
            return None
        if answer.status >= 300:
            self._http_error(url, answer)
            return None
        if "content-encoding" in answer.headers:  # a sitemap that is a gzip file is none that lies
            for issue in _lied(answer):
                self.note(issue, url, failed=False)
        return answer

    def note(self, issue: Issue, url: str, *, failed: bool) -> None:
        """Something to know of a source or of an address it names."""
        self._journal.note(self._slug, issue, url, failed=failed)

    async def visit(self, url: FrontierUrl) -> None:
        """Asks for one page and keeps whatever comes of it."""
        try:
            answer = await self._fetcher.get(url.url, validators(url), self._robots.require)
        except (FetchError, RobotsUnavailable) as error:
            self._note_trouble(url.url, error)
            if isinstance(error, FetchError) and error.code not in ("robots_disallowed", "host_given_up"):
                self._settle(url, "failed")
            return
        if answer.status == 304 and url.document_id is not None:
            self._not_modified(url)
        elif is_challenge(answer):
            self.note(_challenged(answer), url.url, failed=True)
            self._settle(url, "failed")
        elif answer.is_missing and (url.document_id is not None or self._publisher.numbers(url.url)):
            self._gone(url, answer)
        elif answer.status >= 300:
            self._http_error(url.url, answer)
            self._settle(url, "failed")
        else:
            await self._keep(url, answer)

    async def _keep(self, url: FrontierUrl, answer: Answer) -> None:
        """Parses and stores a page: capture, document, facts, issues and frontier in one transaction."""
        capture = answer.capture(url.url, self._slug)
        async with self._parsing:
            try:
                record = await parse_page(capture, self._publisher.rules)
                doubt = await self._second_opinion(capture, record)
            except ParsingFailed as error:
                self.note(Issue("error", "parse_failed", str(error)), url.url, failed=True)
                self._settle(url, "failed")
                return
        if answer.body:
            self._journal.count(self._slug, "fetched")
        with self._archive.transaction():
            stored = self._archive.store(capture, record, self._journal.run_id)
            for issue in (*record.issues, *doubt, *_lied(answer)):
                self.note(issue, url.url, failed=issue.code in _FAILED_CODES)
            if stored.document_id is None:
                self._frontier.failed(url.id, now())
                self._explain(url, record)
            else:
                etag, last_modified = answer.headers.get("etag"), answer.headers.get("last-modified")
                self._frontier.found(url.id, stored.document_id, now(), etag, last_modified, _published(record))
                self._journal.count(self._slug, stored.outcome)
            self._journal.save()

    async def _second_opinion(self, capture: Capture, record: Record) -> tuple[Issue, ...]:
        """On one page in fifty, what another extractor makes of it: the alarm for a layout that has changed."""
        self._parsed += 1
        if self._parsed % _CROSSCHECK_EVERY or record.verdict != "article":
            return ()
        issue = await second_opinion(capture, record)
        return (issue,) if issue else ()

    def _explain(self, url: FrontierUrl, record: Record) -> None:
        """A page that is no document and no failure either: a listing, a foreign language."""
        if not any(issue.code in _FAILED_CODES for issue in record.issues):
            self.note(Issue("info", "no_document", f"{record.verdict}: {record.evidence}"), url.url, failed=False)

    def _not_modified(self, url: FrontierUrl) -> None:
        self._journal.count(self._slug, "not_modified")
        with self._archive.transaction():
            self._frontier.repeated(url.id, now())
            self._journal.save()

    def _gone(self, url: FrontierUrl, answer: Answer) -> None:
        if url.document_id is None:
            self._settle(url, "gap")
            return
        with self._archive.transaction():
            self._archive.mark_gone(url.document_id, moment_in_tehran())
            self.note(Issue("info", "gone", f"answered {answer.status}; the document is kept"), url.url, failed=False)
            self._frontier.failed(url.id, now())

    def _settle(self, url: FrontierUrl, state: State) -> None:
        with self._archive.transaction():
            self._frontier.failed(url.id, now(), state)
            self._journal.save()

    async def _source(self, url: str, *, robots: bool = False) -> Answer:
        """A feed, sitemap, listing or robots.txt; from the cache where the publisher says it is as it was."""
        cached = self._frontier.source(self._slug, url)
        headers = {}
        if cached:
            asked = {"If-None-Match": cached.etag, "If-Modified-Since": cached.last_modified}
            headers = {name: value for name, value in asked.items() if value}
        answer = await self._fetcher.get(url, headers, self._robots.require if robots else None)
        if answer.status == 304 and cached:
            return Answer(answer.url, 200, answer.headers, cached.body, True, answer.request_headers)
        etag, last_modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        if answer.status == 200 and (etag or last_modified) and len(answer.body) <= _MAX_CACHED:
            with self._archive.transaction():
                self._frontier.remember_source(self._slug, url, CachedSource(etag, last_modified, answer.body))
        return answer

    def _note_trouble(self, url: str, error: FetchError | RobotsUnavailable) -> None:
        if isinstance(error, FetchError) and error.code == "host_given_up":
            return  # the failures that led to it are noted, and what was not asked for waits in the frontier
        if isinstance(error, RobotsUnavailable):
            self.silent_hosts.add(host_name(url))
            self.note(Issue("error", "robots_unavailable", str(error)), error.url, failed=True)
            return
        level = _LEVELS.get(error.code, "error")
        message = f"{error}{self._last_word(url)}"
        self.note(Issue(level, error.code, message), url, failed=error.code not in _NOT_FAILED)

    def _http_error(self, url: str, answer: Answer) -> None:
        self.note(Issue("error", "http_error", f"answered {answer.status}{self._last_word(url)}"), url, failed=True)

    def _last_word(self, url: str) -> str:
        """Where the host has now failed too often in a row, that nothing more is asked of it."""
        try:
            given_up = self._fetcher.gate(url).given_up
        except ValueError:  # no address, no host
            return ""
        return "; the host has failed too often in a row and is given up for this run" if given_up else ""


def _published(record: Record) -> tuple[str, str] | None:
    """The moment in UTC and the day in Tehran that the page prints."""
    if not record.article.published_at:
        return None
    moment = datetime.fromisoformat(record.article.published_at)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), moment.astimezone(TEHRAN).date().isoformat()


def _challenged(answer: Answer) -> Issue:
    return Issue("error", "blocked", f"a challenge instead of the page (status {answer.status})")


def _lied(answer: Answer) -> tuple[Issue, ...]:
    if answer.honest:
        return ()
    return (Issue("warning", "bad_encoding", "the body is not what Content-Encoding says; its text could be read"),)
