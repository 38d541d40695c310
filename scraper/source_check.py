"""`bayegan sources check`: can a publisher be crawled as declared? robots.txt, each source, one article. Nothing is kept."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from scraper.clock import today
from scraper.discover import ArticleDiscovery, divisible, is_yearly
from scraper.fetch import Fetcher, user_agent
from scraper.hosts import Hosts
from scraper.parser_process import ParsingFailed, parse_page
from scraper.publication_windows import Window, is_dated
from scraper.publisher_sources import is_challenge
from scraper.responses import FetchError
from scraper.robots import Robots, RobotsUnavailable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from parsers.models import Issue
    from scraper.discovery_types import ArticleAddress
    from scraper.registry import Discovery, Publisher
    from scraper.responses import Answer

_PAGES = 1  # of a listing; one is enough to know that its selectors fit


@dataclass(slots=True)
class SourceFinding:
    """What one source gave. `articles` is how many it named, `verdict` what its first article is, `issues` the trouble."""

    publisher: str
    kind: str
    url: str
    articles: int = 0
    example: str | None = None
    verdict: str | None = None
    title: str | None = None
    published_at: str | None = None
    issues: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether it named articles and the one that was looked at could be read; an article names its day."""
        return self.articles > 0 and self.verdict in ("article", "law", "media") and not self.is_undated

    @property
    def is_undated(self) -> bool:
        """Whether the article that was looked at names no day."""
        return self.verdict == "article" and self.published_at is None


def check(publishers: Sequence[Publisher], contact: str | None = None) -> list[SourceFinding]:
    """Look at every source of every publisher as politely as a crawl; all publishers at the same time."""
    return asyncio.run(_check_all(publishers, contact))


async def _check_all(publishers: Sequence[Publisher], contact: str | None) -> list[SourceFinding]:
    hosts, context = Hosts(), ssl.create_default_context()
    fetchers = [Fetcher(publisher, hosts, context, user_agent(contact), is_challenge) for publisher in publishers]
    found = await asyncio.gather(*(_SourceChecker(fetcher.publisher, fetcher).run() for fetcher in fetchers))
    return [finding for findings in found for finding in findings]


class _SourceChecker:
    """One publisher looked at; it is also what its discovery reads through."""

    def __init__(self, publisher: Publisher, fetcher: Fetcher) -> None:
        self._publisher = publisher
        self._fetcher = fetcher
        self._robots = Robots(fetcher.get_robots, fetcher.gate)
        self._issues: list[str] = []

    async def run(self) -> list[SourceFinding]:
        try:
            return [await self._look(source) for source in self._publisher.discover if source.kind != "cdx"]
        finally:
            await self._fetcher.close()

    async def read(self, url: str, *, may_miss: bool = False) -> Answer | None:
        """Return a source's answer, or None with the trouble noted."""
        try:
            answer = await self._fetcher.get(url, allowed=self._robots.require)
        except (FetchError, RobotsUnavailable) as error:
            self._issues.append(f"{getattr(error, 'code', 'robots_unavailable')}: {error}")
            return None
        if may_miss and answer.is_missing:
            return answer
        if is_challenge(answer) or answer.status >= 300:
            self._issues.append("blocked: a challenge" if is_challenge(answer) else f"http_error: answered {answer.status}")
            return None
        return answer

    def is_unreachable(self, url: str) -> bool:  # noqa: ARG002 - the shape that discovery knows
        """Never: each source is looked at once."""
        return False

    def note(self, issue: Issue, url: str, *, failed: bool) -> None:  # noqa: ARG002 - the shape that discovery knows
        """Something that discovery met."""
        if issue.level != "info":
            self._issues.append(f"{issue.code}: {issue.message}")

    async def _look(self, source: Discovery) -> SourceFinding:
        finding = SourceFinding(self._publisher.slug, source.kind, source.url)
        async for entries in self._addresses(source):
            finding.articles += len(entries)
            if entries:  # the first leaf of a sitemap is enough
                finding.example = entries[0].named
                break
        if finding.example:
            await self._open(finding, finding.example)
        finding.issues, self._issues = self._issues, []
        return finding

    def _addresses(self, source: Discovery) -> AsyncIterator[list[ArticleAddress]]:
        """Yield what the source names; an archive by days is asked for yesterday, a sitemap for each year for the last one."""
        one = replace(self._publisher, discover=(replace(source, max_pages=_PAGES, backfill=False),))
        yesterday = today() - timedelta(days=366 if is_yearly(source) else 1)
        day = Window(yesterday, yesterday) if is_dated(source.url) else Window()
        walk = ArticleDiscovery(one, self, day)
        if not is_dated(source.url):
            return walk.batches()
        return walk.within(day) if divisible(source) else walk.undivided()

    async def _open(self, finding: SourceFinding, url: str) -> None:
        answer = await self.read(url)
        if answer is None:
            return
        try:
            record = await parse_page(answer.capture(url, self._publisher.slug), self._publisher.rules)
        except ParsingFailed as error:
            self._issues.append(f"parse_failed: {error}")
            return
        finding.verdict, finding.title, finding.published_at = record.verdict, record.article.title, record.article.published_at
        if finding.is_undated:
            self._issues.append("undated: no day of publication was found on the page; see [fields] published_at")
        self._issues += [f"{issue.code}: {issue.message}" for issue in record.issues if issue.level != "info"]
