"""What a crawl is asked to do beyond its publishers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scraper.publication_windows import Window

if TYPE_CHECKING:
    from scraper.web_archives import WebArchive


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """Options of one crawl.

    window:  days of publication that are wanted; with a first day the crawl is a backfill, month by month
    limit:   articles asked for, at most, of each publisher; None: all that are due
    contact: how a publisher can reach whoever runs the crawl, for the User-Agent
    via:     a web archive to fetch captures from, instead of the publishers' own sites
    """

    window: Window = field(default_factory=Window)
    limit: int | None = None
    contact: str | None = None
    via: WebArchive | None = None
