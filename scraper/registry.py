"""The publishers: who they are, how they are discovered, how politely they are asked. One TOML file each."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from parsers.models import PageRules
from parsers.page.urls import canonicalize, publisher_of
from scraper.access import Access
from scraper.errors import RegistryError, UnknownPublisher
from scraper.url_patterns import url_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from parsers.models import Capture

_NUMBER = "91827364500"  # stands where the id goes, and nowhere else
DiscoveryKind = Literal["rss", "sitemap", "robots", "listing", "ids", "cdx"]


@dataclass(frozen=True, slots=True)
class Politeness:
    """How a host (host:port) is treated: seconds, bytes and counts, explained in docs/crawling.md."""

    delay: float = 1.0
    concurrency: int = 1
    timeout: float = 20.0
    deadline: float = 60.0
    retries: int = 2
    retry_wait: float = 2.0
    retry_after_max: float = 120.0
    crawl_delay_max: float = 120.0
    max_bytes: int = 10_000_000
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Discovery:
    """One way to find a publisher's articles.

    `url` is absolute; it may hold places: `{id}` of ids, and those of
    `scraper.publication_windows`. With `backfill`, only a backfill reads it.
    """

    kind: DiscoveryKind
    url: str
    match: str | None = None
    links: str | None = None
    next: str | None = None
    max_pages: int = 20
    first: int | None = None
    last: int | None = None
    backfill: bool = False

    def numbers(self, url: str) -> bool:
        """Return whether the canonicalized address is the template with an id of the range in it."""
        before, after = canonicalize(self.url.replace("{id}", _NUMBER)).split(_NUMBER, 1)
        number = url.removeprefix(before).removesuffix(after)
        fits = url == f"{before}{number}{after}" and number.isascii() and number.isdigit()
        return fits and (self.first or 0) <= int(number) <= (self.last or 0)

    def accepts(self, url: str) -> bool:
        """Return whether the path of an article's address is one this source stands for."""
        try:
            return self.match is None or url_pattern(self.match).fits(urlsplit(url).path)
        except ValueError:
            return False

    @property
    def is_too_slow(self) -> bool:
        """Whether its pattern took too long for an address, and so fits none any more."""
        return self.match is not None and url_pattern(self.match).is_too_slow


@dataclass(frozen=True, slots=True)
class Health:
    """What is expected of a publisher: `min_new` articles in `days`, the newest no older than `stale_days`, `fields` filled in
    `filled` of them."""  # fmt: skip

    min_new: int = 1
    days: int = 7
    filled: float = 0.95
    fields: tuple[str, ...] = ("title", "body", "published_at")
    stale_days: float | None = None


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher as declared. `recheck` is in seconds, None: hot pages soon, old ones rarely.

    `furniture` is not declared, but what an archive has learned of the lines on all its pages.
    """

    slug: str
    name: str
    homepage: str
    cms: str = "auto"
    allow_private: bool = False
    recheck: float | None = None
    politeness: Politeness = Politeness()
    discover: tuple[Discovery, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    health: Health | None = None
    access: Access = field(default_factory=Access)
    furniture: frozenset[str] = frozenset()

    def numbers(self, url: str) -> bool:
        """Return whether the address is one of an id range, where a number without a page is a gap and no failure."""
        return any(source.kind == "ids" and source.numbers(url) for source in self.discover)

    @property
    def rules(self) -> PageRules:
        """What the page parsers need to know."""
        return PageRules(self.cms, self.fields, self.drop, self.furniture)


class Registry:
    """All publishers, by slug. `access` is how a host is reached whose publisher nobody declares."""

    def __init__(
        self, publishers: Mapping[str, Publisher], access: Access | None = None,
        furniture: Mapping[str, frozenset[str]] | None = None,
    ) -> None:  # fmt: skip
        self.access = access or Access()
        self.furniture = furniture or {}
        self._publishers = {slug: replace(one, access=one.access.over(self.access)) for slug, one in publishers.items()}

    def with_furniture(self, furniture: Mapping[str, frozenset[str]]) -> Registry:
        """Return the same publishers with what an archive has learned of the lines on all their pages, by slug."""
        return Registry(self._publishers, self.access, furniture)

    def __iter__(self) -> Iterator[Publisher]:
        return iter(sorted(self._publishers.values(), key=lambda p: p.slug))

    def __len__(self) -> int:
        return len(self._publishers)

    def find(self, slug: str) -> Publisher | None:
        """Return the publisher of this slug, if one is declared."""
        return self._publishers.get(slug)

    def get(self, slug: str) -> Publisher:
        """Return the publisher of this slug. Raises UnknownPublisher, naming close ones."""
        if slug in self._publishers:
            return self._publishers[slug]
        close = difflib.get_close_matches(slug, self._publishers, n=3)
        hint = f"did you mean {', '.join(close)}?" if close else "`bayegan sources list` names them all"
        raise UnknownPublisher(f"unknown publisher {slug!r}; {hint}")

    def by_url(self, url: str) -> Publisher | None:
        """Return the publisher whose homepage has the address's host, else whose slug is its domain's label."""
        host = _site(url)
        for publisher in self._publishers.values():
            if host and _site(publisher.homepage) == host:
                return publisher
        return self._publishers.get(publisher_of(url) or "")


def load_publishers(extra: Path | None = None, access: Access | None = None) -> Registry:
    """Return the publishers that ship with the package and those of `extra/*.toml`; `access` is that of the configuration file.

    Raises RegistryError.
    """
    publishers = dict(_shipped())
    if extra is not None:
        if not extra.is_dir():
            raise RegistryError(f"--sources {extra}: no such directory")
        _add(publishers, sorted(extra.glob("*.toml")))
    return Registry(publishers, access)


@cache
def _shipped() -> Mapping[str, Publisher]:
    publishers: dict[str, Publisher] = {}
    sources = files("scraper").joinpath("sources").iterdir()
    _add(publishers, sorted((s for s in sources if s.name.endswith(".toml")), key=lambda s: s.name))
    return publishers


def _add(publishers: dict[str, Publisher], paths: list[Path] | list[Traversable]) -> None:
    from scraper.publisher_file import read_publisher

    for path in paths:
        publisher = read_publisher(path)
        if publisher.slug in publishers:
            raise RegistryError(f"{path}: slug: {publisher.slug!r} is declared twice")
        publishers[publisher.slug] = publisher


def _site(url: str) -> str:
    """Return host:port without a leading www."""
    try:
        return urlsplit(canonicalize(url)).netloc.removeprefix("www.")
    except ValueError:
        return ""


def publisher_for(registry: Registry, capture: Capture) -> Publisher | None:
    """Return the declared publisher of a capture, by its slug or else by its address."""
    if capture.publisher:
        return registry.find(capture.publisher)
    return registry.by_url(capture.url) if capture.url else None


def rules_for(registry: Registry, capture: Capture) -> PageRules:
    """Return what the publisher of a capture says of its pages."""
    publisher = publisher_for(registry, capture)
    slug = publisher.slug if publisher else capture.publisher or publisher_of(capture.url or "") or ""
    rules = publisher.rules if publisher else PageRules()
    furniture = registry.furniture.get(slug)
    return replace(rules, furniture=furniture) if furniture else rules
