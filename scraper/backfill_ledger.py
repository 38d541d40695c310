"""The ledger of a backfill: what has been listed to its end, kept in the archive as it comes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db.crawl.listed_spans import ListedSpans
from scraper.clock import today
from scraper.discovery_types import MOST_EMPTY
from scraper.publication_windows import Window, month_of, months, neighbour_months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db import Archive
    from scraper.registry import Publisher

_LONG_ENOUGH = 7  # days; of fewer a holiday may leave nothing, and they say nothing of others


class BackfillLedger:
    """One publisher's. A window that reaches into today is never finished: there is more to come."""

    def __init__(self, archive: Archive, publisher: str, wanted: Window) -> None:
        self._archive = archive
        self._listed = ListedSpans(archive.db, publisher)
        if (days := _closed(wanted)) and not wanted.is_empty:
            with archive.transaction():
                self._listed.ask(*days)

    def covers(self, source: str, window: Window) -> bool:
        """Return whether the source has been listed for all of these days."""
        days = _closed(window)
        return days is not None and self._listed.covers(source, *days)

    def finish(self, source: str, window: Window) -> None:
        """Note that the source has been listed for these days, until yesterday at most."""
        done = window.both(Window(None, today() - timedelta(days=1)))
        if not (days := _closed(done)) or done.is_empty:
            return
        with self._archive.transaction():
            self._listed.finish(source, *days)

    def expects(self, window: Window) -> bool:
        """Return whether there should be an article: none is known of these days, but one a day of a month close by."""
        if window.length < _LONG_ENOUGH or self._known(window):
            return False
        beside = map(until_today, neighbour_months(window, MOST_EMPTY))
        return any(self._known(month) >= month.length for month in beside if month.length >= _LONG_ENOUGH)

    def _known(self, window: Window) -> int:
        """Return how many addresses there are of these days, whatever came of them."""
        known = self._listed.visited(*window.ends)
        return known.documents + known.waiting + known.failed


def until_today(wanted: Window) -> Window:
    """Return the days that a backfill can find something of."""
    return Window(wanted.since, min(wanted.until or date.max, today()))


@dataclass(frozen=True, slots=True)
class WindowState:
    """One window of a publisher's backfill. `listed`: yes, partly or no; the counts are of its addresses."""

    publisher: str
    window: str
    first_on: date
    last_on: date
    listed: str
    documents: int
    waiting: int
    failed: int


def window_states(archive: Archive, publisher: Publisher) -> Iterator[WindowState]:
    """Yield the windows that backfills of the publisher were asked for, newest first; none where there was no backfill."""
    listed = ListedSpans(archive.db, publisher.slug)
    asked = listed.asked()
    sources = [s.url for s in publisher.discover if s.backfill] or [s.url for s in publisher.discover]
    for window in months(Window(*asked)) if asked else ():
        first, last = window.ends
        whole = all(listed.covers(source, first, last) for source in sources)
        some = any(listed.touches(source, first, last) for source in sources)
        counts = listed.visited(first, last)
        yield WindowState(
            publisher.slug, month_of(window), first, last, "yes" if whole else "partly" if some else "no",
            counts.documents, counts.waiting, counts.failed,
        )  # fmt: skip


def _closed(window: Window) -> tuple[date, date] | None:
    return window.ends if window.since and window.until else None
