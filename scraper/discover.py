"""From a publisher's sources to the addresses of its articles, one batch after another."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from parsers.models import Capture, Issue
from parsers.page import read_page
from parsers.page.decode import decode
from parsers.page.urls import canonicalize
from scraper.clock import day_of
from scraper.content_encoding import BadEncoding, TooLarge, gunzip, is_gzip
from scraper.dates_in_urls import leaf_days
from scraper.discovery_types import MOST_EMPTY, NoLedger
from scraper.feed_types import Feed, FeedEntry, UnreadableFeed, UnsafeFeed
from scraper.feeds import read_feed, read_robots_sitemaps
from scraper.listing_pages import ListingPage, read_listing
from scraper.publication_windows import PAGE, Window, is_dated, is_monthly, month_of, window_addresses
from scraper.url_filter import ArticleFilter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from parsers.models import Level
    from scraper.discovery_types import ArticleAddress, ListingLedger, SourceReader
    from scraper.registry import Discovery, Publisher
    from scraper.responses import Answer

type FeedReader = Callable[[bytes, str, str], Feed]
_MAX_SITEMAPS = 2_000
_MAX_DEPTH = 6
_MAX_KEPT = 20_000  # entries of indexes, so that a hostile tree of them costs no memory
_BATCH = 1_000


class ArticleDiscovery:
    """One publisher's discovery.

    wanted: the days that are looked for; a backfill goes through them window by window, and keeps a ledger
    listed: whether any list was read to its end
    """

    def __init__(self, publisher: Publisher, sources: SourceReader, wanted: Window, ledger: ListingLedger | None = None) -> None:
        self.listed = False
        self._publisher = publisher
        self._own_sources = [source for source in publisher.discover if source.kind != "cdx"]
        self._sources = sources
        self._days = wanted
        self._ledger = ledger or NoLedger()
        self._selection = ArticleFilter(publisher, wanted, sources)
        self._whole = True  # whether what is read now has come to its end so far
        self._lost: set[str] = set()
        self._done: set[tuple[str, Window]] = set()
        self._refused: set[str] = set()
        self._empty: Counter[str] = Counter()  # months in a row, by source
        self._indexes: dict[str, Feed] = {}

    @property
    def found(self) -> bool:
        """Whether any article was seen at all, wanted or not."""
        return self._selection.seen > 0

    async def batches(self) -> AsyncIterator[list[ArticleAddress]]:
        """Articles' addresses, canonicalized, of one source after another; the same one may come again."""
        for source in self._own_sources:
            if not source.backfill:
                async for addresses in self._source(source, source.url, self._days):
                    yield addresses

    async def undivided(self) -> AsyncIterator[list[ArticleAddress]]:
        """Of sources that cannot be asked for a window: once for all windows."""
        for source in self._own_sources:
            if not divisible(source):
                async for addresses in self._listed(source, self._days):
                    yield addresses

    async def within(self, window: Window) -> AsyncIterator[list[ArticleAddress]]:
        """Of the sources that can be, in this window."""
        for source in self._own_sources:
            if divisible(source):
                async for addresses in self._listed(source, window):
                    yield addresses

    async def _listed(self, source: Discovery, window: Window) -> AsyncIterator[list[ArticleAddress]]:
        """Yield what has not been listed yet, and note in the ledger what has been listed to its end.

        Where an archive should have something of the window, days without any article are noted only once it names one.
        """
        expected = source.kind == "listing" and is_monthly(source.url) and self._ledger.expects(window)
        before, url = self._selection.seen, source.url
        unnoted: list[Window] = []
        for url, days in self._unlisted(source, window):
            self._whole = True
            async for addresses in self._source(source, url, days):
                yield addresses
            if self._whole:
                self.listed = True
                unnoted.append(days)
            elif self._sources.is_unreachable(url.replace(PAGE, "1")):
                self._refused.add(source.url)
            if not expected or self._selection.seen > before:
                while unnoted:
                    self._ledger.finish(source.url, unnoted.pop(0))
        if self._selection.seen > before:
            self._empty[source.url] = 0
        elif unnoted and source.url not in self._refused:
            self._doubt(source, window, url)

    def _unlisted(self, source: Discovery, window: Window) -> Iterator[tuple[str, Window]]:
        """Yield the addresses that ask for the window, with their days, without what has been listed; end once it is refused."""
        for url, days in window_addresses(source.url, window):
            if source.url in self._refused:
                return
            if not self._ledger.covers(source.url, days):
                yield url, days

    def _doubt(self, source: Discovery, window: Window, url: str) -> None:
        """An archive that seems to be empty where it should not be: more likely a layout that its `links` no longer fit."""
        self._empty[source.url] += 1
        message = f"names no article of {month_of(window)}, though there is one a day of a month close by; to be listed again"
        if self._empty[source.url] == MOST_EMPTY:
            self._refused.add(source.url)
            message += f". That is {MOST_EMPTY} months in a row: it is not asked further in this run"
        self._note("warning", "empty_window", message, url.replace(PAGE, "1"))

    def _source(self, source: Discovery, url: str, days: Window) -> AsyncIterator[list[ArticleAddress]]:
        finders = {
            "rss": self._feed, "sitemap": self._sitemap, "robots": self._sitemap, "listing": self._listing, "ids": self._ids,
        }  # fmt: skip
        return finders[source.kind](source, url, days)

    async def _feed(self, source: Discovery, url: str, days: Window) -> AsyncIterator[list[ArticleAddress]]:
        feed = await self._read_feed(url)
        if feed is not None:
            yield self._selection.of(source, feed.entries, days_of_source(source, days))

    async def _sitemap(self, source: Discovery, url: str, days: Window) -> AsyncIterator[list[ArticleAddress]]:
        """Depth first; a sitemap that leads back to one it hangs under is a loop."""
        seen: set[str] = set()
        stack: list[tuple[str, Window, frozenset[str]]] = [(url, days_of_source(source, days), frozenset())]
        while stack:
            url, known_days, above = stack.pop()
            if url in seen:
                continue
            if len(seen) >= _MAX_SITEMAPS or len(above) >= _MAX_DEPTH:
                self._cut_off(f"no more than {_MAX_SITEMAPS} sitemaps, {_MAX_DEPTH} deep, are read", url)
                return
            seen.add(url)
            # What does not show its days is read once, for all windows.
            scope = days.both(known_days) if known_days != Window() else self._days
            if (url, scope) in self._done or self._ledger.covers(url, scope):
                continue
            read = read_robots_sitemaps if source.kind == "robots" and not above else read_feed
            feed = await self._read_index(url, read, may_miss=not above and is_yearly(source))
            if feed is None:
                continue
            if feed.kind == "index":
                under = above | {url}
                leaves = self._leaves(feed, under, url, days, known_days)[:_MAX_SITEMAPS]
                stack = (stack + [(leaf, its, under) for leaf, its in reversed(leaves)])[-_MAX_SITEMAPS:]
                continue
            yield self._selection.of(source, feed.entries, known_days)
            self._done.add((url, scope))
            self._ledger.finish(url, scope)

    async def _read_index(self, url: str, read: FeedReader, *, may_miss: bool) -> Feed | None:
        """Return a sitemap; an index is read once a run, however many windows are looked for in it."""
        feed = self._indexes.get(url) or await self._read_feed(url, read, may_miss=may_miss)
        if feed is not None and feed.kind == "index" and sum(len(f.entries) for f in self._indexes.values()) < _MAX_KEPT:
            self._indexes[url] = feed
        return feed

    def _leaves(self, feed: Feed, above: frozenset[str], url: str, days: Window, known_days: Window) -> list[tuple[str, Window]]:
        """Return the leaves that may hold something of these days, with theirs; newest first where their names show them."""
        named = leaf_days(feed.entries)
        leaves = [
            (entry.url, named.get(entry.url, known_days))
            for entry in feed.entries
            if days.meets(named.get(entry.url, known_days)) and days.meets(Window(None, day_of(entry.at) if entry.at else None))
        ]
        if any(leaf in above for leaf, _ in leaves):
            self._note("warning", "discovery_loop", "a sitemap leads back to itself", url)
        if len(leaves) > _MAX_SITEMAPS:
            self._cut_off(f"names {len(leaves)} sitemaps, {_MAX_SITEMAPS} at most are read", url)
        leaves.sort(key=lambda leaf: leaf[1].until or date.max, reverse=True)
        return [leaf for leaf in leaves if leaf[0] not in above]

    async def _listing(self, source: Discovery, url: str, days: Window) -> AsyncIterator[list[ArticleAddress]]:
        """Page after page, until there is no next one, nothing new on it, or too many."""
        shown: set[str] = set()
        numbered = PAGE in url
        for number in range(1, source.max_pages + 1):
            page_url = url.replace(PAGE, str(number))
            answer = await self._read(page_url, may_miss=numbered and number > 1)
            if answer is None or answer.is_missing:  # after the last page
                return
            page = self._read_listing(source, page_url, answer)
            if page is None:
                return
            fresh = [entry for entry in page.entries if source.accepts(entry.url) and canonicalize(entry.url) not in shown]
            shown.update(canonicalize(entry.url) for entry in fresh)
            yield self._selection.of(source, fresh, days_of_source(source, days))
            if page.next_url and not fresh:
                message = "the listing goes on, but shows no article it has not shown before"
                self._note("warning", "discovery_loop", message, page_url)
            if not fresh or not (numbered or page.next_url):
                return
            url = page.next_url or url
        self._cut_off(f"the listing goes on after {source.max_pages} pages", url)

    def _read_listing(self, source: Discovery, url: str, answer: Answer) -> ListingPage | None:
        capture = Capture(answer.body, url, answer.headers)
        try:
            page = read_listing(decode(capture).text, answer.url, source.links or "a", source.next)
        except UnreadableFeed as error:
            self._failed("bad_feed", str(error), url)
            return None
        if page.entries:
            return page
        if read_page(capture).verdict == "blocked":
            self._failed("blocked", "a challenge instead of the listing", url)
            return None
        return page

    async def _ids(self, source: Discovery, url: str, days: Window) -> AsyncIterator[list[ArticleAddress]]:
        numbers = range(source.first or 0, (source.last or 0) + 1)
        for start in range(0, len(numbers), _BATCH):
            batch = [FeedEntry(url.replace("{id}", str(number))) for number in numbers[start : start + _BATCH]]
            yield self._selection.of(source, batch, days_of_source(source, days))

    async def _read(self, url: str, *, may_miss: bool = False) -> Answer | None:
        """Return a source; what was asked for in vain is not asked for again in another window."""
        answer = None if url in self._lost else await self._sources.read(url, may_miss=may_miss)
        if answer is None:
            self._lost.add(url)
            self._whole = False
        return answer

    async def _read_feed(self, url: str, read: FeedReader = read_feed, *, may_miss: bool = False) -> Feed | None:
        answer = await self._read(url, may_miss=may_miss)
        if answer is None:
            return None
        if answer.is_missing:
            self._note("info", "no_archive", f"answered {answer.status}: the site has no sitemap of this year", url)
            return Feed("index", ())
        try:
            data = answer.body
            if is_gzip(data):
                data = gunzip(data, self._publisher.politeness.max_bytes)
            feed = read(data, answer.url, answer.headers.get("content-type", ""))
        except UnsafeFeed as error:
            self._failed("unsafe_xml", str(error), url)
        except TooLarge as error:
            self._failed("too_large", str(error), url)
        except (UnreadableFeed, BadEncoding) as error:
            if read_page(Capture(answer.body, url, answer.headers)).verdict == "blocked":
                self._failed("blocked", "a challenge instead of the feed", url)
            else:
                self._failed("bad_feed", str(error), url)
        else:
            self._note_repairs(feed, url)
            return feed
        return None

    def _note_repairs(self, feed: Feed, url: str) -> None:
        """Note what had to be repaired, and how many entries were lost."""
        if feed.repairs:
            message = f"{len(feed.entries)} entries read, {feed.lost} lost: {'; '.join(feed.repairs)}"
            self._note("info", "feed_repaired", message, url)
        elif feed.lost:
            self._note("info", "feed_entries_lost", f"{len(feed.entries)} entries read, {feed.lost} without an address", url)

    def _cut_off(self, message: str, url: str) -> None:
        self._whole = False
        self._note("info", "discovery_limit", message, url)

    def _failed(self, code: str, message: str, url: str) -> None:
        self._lost.add(url)
        self._whole = False
        self._note("error", code, message, url, failed=True)

    def _note(self, level: Level, code: str, message: str, url: str, *, failed: bool = False) -> None:
        self._sources.note(Issue(level, code, message), url, failed=failed)


def divisible(source: Discovery) -> bool:
    """Return whether a window of a month can be asked for: of an archive by days or months, of sitemaps leaf by leaf."""
    return source.kind in ("sitemap", "robots") or is_monthly(source.url)


def days_of_source(source: Discovery, days: Window) -> Window:
    """Return the days that all entries of a source are of which was asked for these days; open where that is unknown."""
    return days if is_dated(source.url) and not is_yearly(source) else Window()


def is_yearly(source: Discovery) -> bool:
    """Return whether it is a sitemap for each year; that of the current year, or of one before the first, may be missing."""
    return source.kind == "sitemap" and is_dated(source.url) and not is_monthly(source.url)
