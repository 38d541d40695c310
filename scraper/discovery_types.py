"""What discovery speaks with: the sources it reads, the ledger it keeps, the addresses it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from db.crawl.frontier import Discovered

if TYPE_CHECKING:
    from parsers.models import Issue
    from scraper.publication_windows import Window
    from scraper.responses import Answer


# Months in a row that an archive may seem to be empty where it was full: as far the next one is compared, then it is left alone.
MOST_EMPTY = 3


class SourceReader(Protocol):
    """What discovery needs from the run: sources fetched, trouble noted."""

    async def read(self, url: str, *, may_miss: bool = False) -> Answer | None:
        """The source's answer, or None where it gave nothing; the trouble is noted then.

        With `may_miss` an answer 404 or 410 is given back too, and is no trouble.
        """

    def is_unreachable(self, url: str) -> bool:
        """Whether nothing more is to be had there in this run: its host is left alone, or robots.txt forbids it."""

    def note(self, issue: Issue, url: str, *, failed: bool) -> None:
        """Something to know of a source or of an address it names."""


class ListingLedger(Protocol):
    """What has been listed to its end, and need not be asked for again."""

    def covers(self, source: str, window: Window) -> bool:
        """Whether the source has been, for all of these days."""

    def finish(self, source: str, window: Window) -> None:
        """Notes that it has."""

    def expects(self, window: Window) -> bool:
        """Whether there should be an article of these days, by what is known of the months around them."""


class NoLedger:
    """Everything is asked for in every run."""

    def covers(self, source: str, window: Window) -> bool:  # noqa: ARG002 - the shape that discovery knows
        """Never."""
        return False

    def finish(self, source: str, window: Window) -> None:
        """Notes nothing."""

    def expects(self, window: Window) -> bool:  # noqa: ARG002 - the shape that discovery knows
        """Never: nothing is known."""
        return False


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """An article that a source names, in its one spelling. `days`: within which it was published, as far as the source tells."""

    url: str
    at: datetime | None
    days: Window

    def discovered(self) -> Discovered:
        """As the frontier keeps it."""
        since, until = self.days.since, self.days.until
        return Discovered(
            self.url,
            self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if self.at else None,
            since.isoformat() if since else None,
            until.isoformat() if until else None,
        )
