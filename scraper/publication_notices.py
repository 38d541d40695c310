"""What feeds and sitemaps say of the day on which an article was published, for pages that do not say it themselves.

A notice travels in the headers of the capture, so that every reparse knows it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.page.stated_facts import SourceNotice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from parsers.models import Capture
    from scraper.discovery_types import ArticleAddress

_MOST = 100_000
_MIDNIGHT = (0, 0, 0)


class PublicationNotices:
    """The notices of one publisher's sources in one run, the first one for each address; a bounded number of them."""

    def __init__(self) -> None:
        self._kept: dict[str, SourceNotice] = {}

    def add(self, addresses: Iterable[ArticleAddress]) -> None:
        """Keep what the sources say of these articles."""
        for address in addresses:
            if address.published_by and address.at and len(self._kept) < _MOST:
                self._kept.setdefault(address.url, SourceNotice(_as_text(address.at), address.published_by))

    def on(self, capture: Capture, url: str) -> Capture:
        """Return a capture with the notice on the article of `url`, as it was where there is none."""
        listed = self._kept.get(url)
        return replace(capture, headers={**capture.headers, **listed.headers()}) if listed else capture


def _as_text(at: datetime) -> str:
    """Return a moment as ISO 8601; a day alone where it has no clock."""
    return at.date().isoformat() if (at.hour, at.minute, at.second) == _MIDNIGHT else at.isoformat()
