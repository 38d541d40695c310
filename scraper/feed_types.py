"""What a feed, a sitemap or a listing gives, and the errors of those that give nothing.

UnreadableFeed
└── UnsafeFeed   XML that declares entities
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

if TYPE_CHECKING:
    from datetime import datetime

FeedKind = Literal["feed", "sitemap", "index"]
MAX_ENTRIES = 100_000
MAX_TEXT = 4096


class UnreadableFeed(Exception):
    """Not a feed, sitemap or listing."""


class UnsafeFeed(UnreadableFeed):
    """XML that declares entities: nothing of it is used."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One address a source names. `at` is the moment next to it: of publication, or with `is_change` of the last change."""

    url: str
    title: str = ""
    at: datetime | None = None
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed or sitemap holds. The entries of an `index` are further sitemaps.

    repairs: what had to be repaired before it could be read
    lost:    entries without an address, cut off, or beyond the bound of `MAX_ENTRIES`
    """

    kind: FeedKind
    entries: tuple[FeedEntry, ...]
    repairs: tuple[str, ...] = field(default=())
    lost: int = 0


def joined(base: str, address: str) -> str:
    """Return an address seen from `base`; unchanged where it is no address."""
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return address
