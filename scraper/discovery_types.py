"""The types around discovery: the sources it reads, the ledger it keeps, the addresses it finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from db.crawl.frontier import Discovered

if TYPE_CHECKING:
    from parsers.models import Issue
    from parsers.page.stated_facts import ListedBy
    from scraper.publication_windows import Window
    from scraper.responses import Answer


# Months in a row that an archive may seem to be empty where it was full; then it is left alone.
MOST_EMPTY = 3


class SourceReader(Protocol):
    """Reads sources for discovery, and notes trouble."""

    async def read(self, url: str, *, may_miss: bool = False) -> Answer | None:
        """Return the source's answer; None where it gave nothing and the trouble is noted.

        With `may_miss` an answer 404 or 410 is returned too, and is no trouble.
        """

    def is_unreachable(self, url: str) -> bool:
        """Return whether nothing more is asked there in this run: its host is left alone, or robots.txt forbids it."""

    def note(self, issue: Issue, url: str, *, failed: bool) -> None:
        """Note an issue of a source or of an address it names."""


class ListingLedger(Protocol):
    """Knows what has been listed to its end and need not be asked for again."""

    def covers(self, source: str, window: Window) -> bool:
        """Return whether the source has been listed for all of these days."""

    def finish(self, source: str, window: Window) -> None:
        """Note that it has been listed for these days."""

    def expects(self, window: Window) -> bool:
        """Return whether there should be an article of these days, by what is known of the months around them."""


class NoLedger:
    """The ledger of an ordinary crawl: everything is asked for in every run."""

    def covers(self, source: str, window: Window) -> bool:  # noqa: ARG002 - the shape that discovery knows
        """Return False."""
        return False

    def finish(self, source: str, window: Window) -> None:
        """Do nothing."""

    def expects(self, window: Window) -> bool:  # noqa: ARG002 - the shape that discovery knows
        """Return False: nothing is known."""
        return False


@dataclass(frozen=True, slots=True)
class ArticleAddress:
    """An article that a source names.

    url:   the key by which addresses are compared
    named: the address as it is asked for
    at:    the moment next to it
    days:  days within which it was published, as far as the source says
    published_by: "feed" or "sitemap" where `at` is the moment of publication, None where it is another's or unknown
    """

    url: str
    named: str
    at: datetime | None
    days: Window
    published_by: ListedBy | None = None

    def discovered(self) -> Discovered:
        """Return it as the frontier keeps it."""
        since, until = self.days.since, self.days.until
        return Discovered(
            self.url,
            self.named if self.named != self.url else None,
            self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if self.at else None,
            since.isoformat() if since else None,
            until.isoformat() if until else None,
        )
