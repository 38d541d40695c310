"""From a publisher's sources to the addresses of its articles, one batch after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from parsers.models import Capture, Issue
from parsers.page import read_page
from parsers.page.decode import decode
from parsers.page.urls import canonicalize, publisher_of
from parsers.persian.letters import fold_search
from scraper.addresses import leads_inside
from scraper.body import BadEncoding, TooLarge, gunzip, is_gzip
from scraper.feeds import Entry, Feed, Page, UnreadableFeed, UnsafeFeed, read_feed, read_listing
from scraper.hosts import host_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from scraper.fetch import Answer
    from scraper.registry import Discovery, Publisher

_TEHRAN = ZoneInfo("Asia/Tehran")
_MAX_SITEMAPS = 2_000
_MAX_DEPTH = 6
_BATCH = 1_000
# Links that lead nowhere to be fetched; a `file:` or `ftp:` on the other hand is an attempt.
_INERT = ("javascript", "mailto", "tel", "sms", "data", "about", "blob", "whatsapp", "tg", "intent", "viber")


class Sources(Protocol):
    """What discovery needs from the run: sources fetched, trouble noted."""

    async def read(self, url: str) -> Answer | None:
        """The source's answer, or None where it gave nothing; the trouble is noted then."""

    def note(self, issue: Issue, url: str, *, failed: bool) -> None:
        """Something to know of a source or of an address it names."""


@dataclass(frozen=True, slots=True)
class Window:
    """The days of publication that are wanted, both ends included; None: no end."""

    since: date | None = None
    until: date | None = None

    def may_hold(self, moment: datetime | None, *, is_change: bool) -> bool:
        """Whether a page with this moment may be wanted; the moment of a last change says nothing about an upper end."""
        if moment is None:
            return True
        if self.since and moment < datetime.combine(self.since, time.min, _TEHRAN):
            return False
        return is_change or not self.until or moment.astimezone(_TEHRAN).date() <= self.until


class Walk:
    """One publisher's discovery. `found` tells whether any article was seen at all, wanted or not."""

    def __init__(self, publisher: Publisher, sources: Sources, window: Window) -> None:
        self.found = False
        self._publisher = publisher
        self._sources = sources
        self._window = window
        self._topic = tuple(fold_search(word) for word in publisher.topic)

    async def batches(self) -> AsyncIterator[list[Entry]]:
        """Articles' addresses, canonicalized, of one source after another; the same one may come again."""
        finders = {"rss": self._feed, "sitemap": self._sitemap, "listing": self._listing, "ids": self._ids}
        for source in self._publisher.discover:
            async for entries in finders[source.kind](source):
                yield entries

    async def _feed(self, source: Discovery) -> AsyncIterator[list[Entry]]:
        feed = await self._read_feed(source.url)
        if feed is not None:
            yield self._wanted(source, feed.entries, is_change=feed.kind != "feed")

    async def _sitemap(self, source: Discovery) -> AsyncIterator[list[Entry]]:
        """Depth first; a sitemap that leads back to one it hangs under is a loop."""
        seen: set[str] = set()
        stack: list[tuple[str, frozenset[str]]] = [(source.url, frozenset())]
        while stack:
            url, above = stack.pop()
            if url in seen:
                continue
            if len(seen) >= _MAX_SITEMAPS or len(above) >= _MAX_DEPTH:
                self._note("info", "discovery_limit", f"no more than {_MAX_SITEMAPS} sitemaps, {_MAX_DEPTH} deep, are read", url)
                return
            seen.add(url)
            feed = await self._read_feed(url)
            if feed is None:
                continue
            if feed.kind != "index":
                yield self._wanted(source, feed.entries, is_change=feed.kind == "sitemap")
                continue
            under = above | {url}
            stack += [(leaf, under) for leaf in reversed(self._leaves(feed, under, url))]

    def _leaves(self, feed: Feed, above: frozenset[str], url: str) -> list[str]:
        leaves = [entry.url for entry in feed.entries if self._window.may_hold(entry.at, is_change=True)]
        if any(leaf in above for leaf in leaves):
            self._note("warning", "discovery_loop", "a sitemap leads back to itself", url)
        return [leaf for leaf in leaves if leaf not in above]

    async def _listing(self, source: Discovery) -> AsyncIterator[list[Entry]]:
        """Page after page, until there is no next one, nothing new on it, or too many."""
        shown: set[str] = set()
        url: str | None = source.url
        for _ in range(source.max_pages):
            answer = await self._sources.read(url) if url else None
            if url is None or answer is None:
                return
            page = self._read_listing(source, url, answer)
            if page is None:
                return
            fresh = [entry for entry in page.entries if source.accepts(entry.url) and canonicalize(entry.url) not in shown]
            shown.update(canonicalize(entry.url) for entry in fresh)
            yield self._wanted(source, fresh, is_change=False)
            if page.next_url and not fresh:
                self._note("warning", "discovery_loop", "the listing goes on, but shows no article it has not shown before", url)
                return
            url = page.next_url
        if url:
            self._note("info", "discovery_limit", f"the listing goes on after {source.max_pages} pages", url)

    def _read_listing(self, source: Discovery, url: str, answer: Answer) -> Page | None:
        capture = Capture(answer.body, url, answer.headers)
        try:
            page = read_listing(decode(capture).text, answer.url, source.links or "a", source.next)
        except UnreadableFeed as error:
            self._note("error", "bad_feed", str(error), url, failed=True)
            return None
        if page.entries:
            return page
        if read_page(capture).verdict == "blocked":
            self._note("error", "blocked", "a challenge instead of the listing", url, failed=True)
            return None
        return page

    async def _ids(self, source: Discovery) -> AsyncIterator[list[Entry]]:
        numbers = range(source.first or 0, (source.last or 0) + 1)
        for start in range(0, len(numbers), _BATCH):
            batch = [Entry(source.url.replace("{id}", str(number))) for number in numbers[start : start + _BATCH]]
            yield self._wanted(source, batch, is_change=False)

    async def _read_feed(self, url: str) -> Feed | None:
        answer = await self._sources.read(url)
        if answer is None:
            return None
        try:
            data = answer.body
            if is_gzip(data):
                data = gunzip(data, self._publisher.politeness.max_bytes)
            return read_feed(data, answer.url)
        except UnsafeFeed as error:
            self._note("error", "unsafe_xml", str(error), url, failed=True)
        except TooLarge as error:
            self._note("error", "too_large", str(error), url, failed=True)
        except (UnreadableFeed, BadEncoding) as error:
            if read_page(Capture(answer.body, url, answer.headers)).verdict == "blocked":
                self._note("error", "blocked", "a challenge instead of the feed", url, failed=True)
            else:
                self._note("error", "bad_feed", str(error), url, failed=True)
        return None

    def _wanted(self, source: Discovery, entries: Iterable[Entry], *, is_change: bool) -> list[Entry]:
        """The entries that are this publisher's articles, of its topic and in the window; others are passed over."""
        articles = [entry for entry in entries if self._is_fetchable(entry.url) and source.accepts(entry.url)]
        self.found = self.found or bool(articles)
        return [
            Entry(canonicalize(entry.url), entry.title, entry.at)
            for entry in articles
            if self._is_on_topic(entry) and self._window.may_hold(entry.at, is_change=is_change)
        ]

    def _is_fetchable(self, url: str) -> bool:
        """Whether the address is the publisher's own; what would lead inside the machine or its network is noted."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
            same = parts.scheme in ("http", "https") and host_of(url) == host_of(self._publisher.homepage)
        except ValueError:
            return False
        if parts.scheme in _INERT or same:
            return same
        if parts.scheme not in ("http", "https") or leads_inside(host):
            self._note("error", "forbidden_address", "leads to no public address", url, failed=True)
            return False
        return publisher_of(url) == publisher_of(self._publisher.homepage)

    def _is_on_topic(self, entry: Entry) -> bool:
        if not self._topic:
            return True
        words = fold_search(f"{entry.title} {unquote(urlsplit(entry.url).path).replace('-', ' ')}")
        return any(word in words for word in self._topic)

    def _note(self, level: str, code: str, message: str, url: str, *, failed: bool = False) -> None:
        self._sources.note(Issue(level, code, message), url, failed=failed)  # type: ignore[arg-type]


def printed_at(entry: Entry) -> str | None:
    """An entry's moment as the frontier keeps it."""
    return entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if entry.at else None
