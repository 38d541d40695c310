"""The sources of one publisher: feeds, sitemaps, listings and robots.txt, read through a cache; their trouble is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from db.crawl.frontier import CachedSource, Frontier
from parsers.models import Capture, Issue
from parsers.page import read_page
from scraper.fetch import MAX_ROBOTS
from scraper.hosts import host_name
from scraper.publication_notices import PublicationNotices
from scraper.responses import Answer, FetchError
from scraper.robots import Robots, RobotsUnavailable

if TYPE_CHECKING:
    from db import Archive
    from parsers.models import Level
    from scraper.fetch import Fetcher
    from scraper.run_journal import Journal

_CHALLENGE_MAX = 200_000
_MAX_CACHED = 5_000_000
# What a FetchError means beyond «error, and the address failed».
_LEVELS: dict[str, Level] = {"robots_disallowed": "info", "bad_encoding": "warning"}
_NOT_FAILED = frozenset({"robots_disallowed", "bad_encoding"})


def is_challenge(answer: Answer) -> bool:
    """Return whether an error answer is a wall in front of the site rather than the site's own message."""
    if answer.status < 400 or not answer.body or len(answer.body) > _CHALLENGE_MAX:
        return False
    # Judged by what it says: a plain 403 or 503 is the site's own, and worth a further try where its status is.
    capture = Capture(answer.body, answer.url, answer.headers)
    return read_page(capture).verdict == "blocked"


def challenged(answer: Answer) -> Issue:
    """Return the issue for a challenge."""
    return Issue("error", "blocked", f"a challenge instead of the page (status {answer.status})")


def wrong_encoding(answer: Answer) -> tuple[Issue, ...]:
    """Return an issue where the body is not what Content-Encoding says."""
    if answer.honest:
        return ()
    return (Issue("warning", "bad_encoding", "the body is not what Content-Encoding says; its text could be read"),)


class PublisherSources:
    """Read the sources of one publisher in one run, as far as robots.txt allows.

    robots:       what the hosts allow; pages ask it too
    silent_hosts: hosts of which nothing more is asked: robots.txt could not be read, or they want too long a pause
    notices:      what the sources say of the days of publication
    """

    def __init__(self, archive: Archive, slug: str, journal: Journal, fetcher: Fetcher) -> None:
        self.silent_hosts: set[str] = set()
        self.notices = PublicationNotices()
        self._forbidden: set[str] = set()
        self._archive = archive
        self._slug = slug
        self._journal = journal
        self._fetcher = fetcher
        self._frontier = Frontier(archive.db)
        self.robots = Robots(self._robots_txt, fetcher.gate)

    @property
    def stopping(self) -> bool:
        """Whether the run is to end."""
        return self._fetcher.stopping

    async def read(self, url: str, *, may_miss: bool = False) -> Answer | None:
        """Read a source; return None where it gave nothing and the trouble is noted. With `may_miss` return a 404 or 410 too."""
        try:
            answer = await self._read_cached(url)
        except (FetchError, RobotsUnavailable) as error:
            self.note_trouble(url, error)
            if isinstance(error, FetchError) and error.code == "robots_disallowed":
                self._forbidden.add(url)
            return None
        if may_miss and answer.is_missing:
            return answer
        if is_challenge(answer) or answer.status >= 300:
            self.note(challenged(answer) if is_challenge(answer) else self.http_error(url, answer), url, failed=True)
            return None
        if "content-encoding" in answer.headers:  # a sitemap that is a gzip file makes no false claim
            for issue in wrong_encoding(answer):
                self.note(issue, url, failed=False)
        return answer

    def note(self, issue: Issue, url: str, *, failed: bool) -> None:
        """Write an issue of a source or of an address it names."""
        self._journal.record_issue(self._slug, issue, url, failed=failed)

    def is_unreachable(self, url: str) -> bool:
        """Return whether nothing more is asked there in this run: its host is left alone, or robots.txt forbids it."""
        try:
            return url in self._forbidden or host_name(url) in self.silent_hosts or self._fetcher.gate(url).given_up
        except ValueError:  # no address, no host
            return True

    async def _robots_txt(self, url: str) -> Answer:
        return await self._read_cached(url, first_bytes=MAX_ROBOTS)

    async def _read_cached(self, url: str, first_bytes: int | None = None) -> Answer:
        """Fetch a feed, sitemap, listing or robots.txt; return the cached one where the publisher says it is unchanged."""
        cached = self._frontier.source(self._slug, url)
        headers = {}
        if cached:
            asked = {"If-None-Match": cached.etag, "If-Modified-Since": cached.last_modified}
            headers = {name: value for name, value in asked.items() if value}
        allowed = None if first_bytes else self.robots.require
        answer = await self._fetcher.get(url, headers, allowed, first_bytes)
        if answer.status == 304 and cached:
            return Answer(answer.url, 200, answer.headers, cached.body, True, answer.request_headers)
        etag, last_modified = answer.headers.get("etag"), answer.headers.get("last-modified")
        if answer.status == 200 and (etag or last_modified) and len(answer.body) <= _MAX_CACHED:
            with self._archive.transaction():
                self._frontier.remember_source(self._slug, url, CachedSource(etag, last_modified, answer.body))
        return answer

    def note_trouble(self, url: str, error: FetchError | RobotsUnavailable) -> None:
        """Write the issue of an address that could not be asked for."""
        if isinstance(error, FetchError) and error.code == "host_given_up":
            return  # the failures that led to it are noted, and what was not asked for waits in the frontier
        if isinstance(error, FetchError) and error.code == "host_put_off":
            self.silent_hosts.add(host_name(url))
            self.note(Issue("info", error.code, f"{error}; what is left of it waits for the next runs"), _root(url), failed=False)
            return
        if isinstance(error, RobotsUnavailable):
            self.silent_hosts.add(host_name(url))
            self.note(Issue("error", "robots_unavailable", str(error)), error.url, failed=True)
            return
        issue = Issue(_LEVELS.get(error.code, "error"), error.code, f"{error}{self._if_given_up(url)}")
        self.note(issue, url, failed=error.code not in _NOT_FAILED)

    def http_error(self, url: str, answer: Answer) -> Issue:
        """Return the issue for an error status."""
        return Issue("error", "http_error", f"answered {answer.status}{self._if_given_up(url)}")

    def _if_given_up(self, url: str) -> str:
        """Return a clause for a message where the host has now failed too often in a row, else nothing."""
        try:
            given_up = self._fetcher.gate(url).given_up
        except ValueError:  # no address, no host
            return ""
        return "; the host has failed too often in a row and is given up for this run" if given_up else ""


def _root(url: str) -> str:
    return urljoin(url, "/")
