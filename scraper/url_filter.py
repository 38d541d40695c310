"""Which of the addresses that a source names are followed: the publisher's, on its topic, of the wanted days."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from parsers.models import Issue
from parsers.page.urls import canonicalize, fetchable, publisher_of
from parsers.persian.letters import fold_search
from scraper.dates_in_urls import publication_days
from scraper.discovery_types import ArticleAddress
from scraper.feed_types import FeedEntry
from scraper.hosts import host_of
from scraper.network_guard import is_private_host

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.page.stated_facts import ListedBy
    from scraper.discovery_types import SourceReader
    from scraper.publication_windows import Window
    from scraper.registry import Discovery, Publisher

# Links that lead nowhere to be fetched; a `file:` or `ftp:` on the other hand is an attempt.
# Sources that say when an article was published.
_LISTED_BY: dict[str, ListedBy] = {"rss": "feed", "sitemap": "sitemap", "robots": "sitemap"}
_INERT = ("javascript", "mailto", "tel", "sms", "data", "about", "blob", "whatsapp", "tg", "intent", "viber")


class ArticleFilter:
    """Picks one publisher's articles. `seen` counts the articles that sources have named so far, wanted or not."""

    def __init__(self, publisher: Publisher, days: Window, sources: SourceReader) -> None:
        self.seen = 0
        self._publisher = publisher
        self._days = days
        self._sources = sources
        self._topic = tuple(fold_search(word) for word in publisher.topic)
        self._elsewhere: set[str] = set()

    def of(self, source: Discovery, entries: Iterable[FeedEntry], of_list: Window) -> list[ArticleAddress]:
        """Return the entries that are this publisher's articles, on its topic and of the wanted days.

        `of_list` are the days that their whole list is of.
        """
        articles = [entry for entry in entries if self._is_fetchable(entry.url) and source.accepts(entry.url)]
        if source.is_too_slow:
            self._sources.note(
                Issue("error", "slow_pattern", f"match = {source.match!r} takes too long"), source.url, failed=True
            )
        self.seen += len(articles)
        found = [self._address(source, entry, of_list) for entry in articles if self._is_on_topic(entry)]
        # What one source says to be of another day is believed, though a second one is less sure.
        self._elsewhere.update(one.url for one in found if one.days.is_one_day and not self._days.meets(one.days))
        return [one for one in found if self._days.meets(one.days) and one.url not in self._elsewhere]

    def _address(self, source: Discovery, entry: FeedEntry, of_list: Window) -> ArticleAddress:
        published_by = None if entry.is_change else _LISTED_BY.get(source.kind)
        days = publication_days(entry, of_list)
        return ArticleAddress(canonicalize(entry.url), fetchable(entry.url), entry.at, days, published_by)

    def is_article(self, url: str, sources: Iterable[Discovery]) -> bool:
        """Return whether an address is the publisher's, on its topic, and accepted by one of these sources, if there is any."""
        accepting = list(sources)
        accepted = not accepting or any(source.accepts(url) for source in accepting)
        return accepted and self._is_fetchable(url) and self._is_on_topic(FeedEntry(url))

    def _is_fetchable(self, url: str) -> bool:
        """Return whether the address is the publisher's; one that would lead to a private network is noted."""
        try:
            parts = urlsplit(url)
            host = (parts.hostname or "").lower()
            same = parts.scheme in ("http", "https") and host_of(url) == host_of(self._publisher.homepage)
        except ValueError:
            return False
        if parts.scheme in _INERT or same:
            return same
        if parts.scheme not in ("http", "https") or is_private_host(host):
            self._sources.note(Issue("error", "forbidden_address", "leads to no public address"), url, failed=True)
            return False
        return publisher_of(url) == publisher_of(self._publisher.homepage)

    def _is_on_topic(self, entry: FeedEntry) -> bool:
        if not self._topic:
            return True
        words = fold_search(f"{entry.title} {unquote(urlsplit(entry.url).path).replace('-', ' ')}")
        return any(word in words for word in self._topic)
