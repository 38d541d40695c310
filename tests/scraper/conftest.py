"""A misbehaving newsroom, an archive, and a crawl of the one into the other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fault_server import FaultServer

from db import Archive
from scraper.crawl import CrawlOptions, run_crawl
from scraper.registry import Discovery, Politeness, Publisher

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scraper.run_journal import Outcome

MANNERS = Politeness(
    delay=0.01, timeout=0.3, deadline=0.6, retries=1, retry_wait=0.02, retry_after_max=1, max_bytes=200_000, max_redirects=3
)


class Bench:
    """One publisher on one server; `crawl()` runs it and remembers the outcome."""

    def __init__(self, server: FaultServer, path: Path) -> None:
        self.server = server
        self.path = path
        self.publisher = Publisher(
            "sobhgah", "صبحگاه", f"{server.base}/", cms="iransamaneh", allow_private=True, recheck=0, politeness=MANNERS,
            discover=(Discovery("rss", f"{server.base}/rss"),),
        )  # fmt: skip

    def set(self, **changes: object) -> None:
        self.publisher = replace(self.publisher, **changes)

    def discover(self, *sources: tuple[str, str], **options: object) -> None:
        self.set(discover=tuple(Discovery(kind, self.server.base + url, **options) for kind, url in sources))

    def crawl(self, **options: object) -> Outcome:
        with Archive(self.path) as archive:
            return run_crawl(archive, [self.publisher], CrawlOptions(**options))

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with Archive(self.path, readonly=True) as archive:
            return archive.db.execute(sql).fetchall()

    def issues(self) -> dict[str, str]:
        return dict(self.rows("SELECT code, level FROM open_issues"))

    def documents(self) -> int:
        return int(self.rows("SELECT count(*) FROM articles")[0][0])

    def log(self, *columns: str) -> tuple[object, ...]:
        return self.rows(f"SELECT {', '.join(columns)} FROM run_log ORDER BY run_id DESC LIMIT 1")[0]


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        yield running


@pytest.fixture
def bench(server: FaultServer, tmp_path: Path) -> Bench:
    return Bench(server, tmp_path / "a.db")
