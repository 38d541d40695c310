"""`bayegan add`: the same job on files and single addresses, in one run of its own."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from parsers.models import Capture
from parsers.page.urls import publisher_of
from scraper.answers import FetchError
from scraper.batches import batches
from scraper.bulk.manifest import is_output
from scraper.bulk.output import read_output
from scraper.crawl import Outcome, user_agent
from scraper.fetch import Fetcher
from scraper.files import InputError, captures, is_address
from scraper.hosts import Hosts
from scraper.journal import Journal, Silent
from scraper.merge import is_archive, merge_archive
from scraper.pool import parsed
from scraper.registry import Publisher, Registry, publisher_for, rules_for
from scraper.robots import Robots, RobotsUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db import Archive
    from db.archive import Stored
    from parsers.models import Record

_TEHRAN = ZoneInfo("Asia/Tehran")


@dataclass(frozen=True, slots=True)
class Addition:
    """One path or address, with what is known of it."""

    path: str
    publisher: Publisher | None = None
    url: str | None = None


def add_all(
    archive: Archive, registry: Registry, additions: Sequence[Addition], complain: Callable[[str], None], jobs: int = 1
) -> Outcome:
    """Adds everything that can be read. What cannot is told to `complain` in one line; it fails the run, not the rest.

    `jobs` processes parse, one writes: the archive does not depend on how many.
    """
    journal = Journal(archive, archive.runs.begin("add"), Silent())

    def broken(message: str) -> None:
        complain(message)
        journal.counts["failed"] += 1

    for addition in additions:
        try:
            if not is_address(addition.path) and is_archive(Path(addition.path)):
                merge_archive(archive, registry, Path(addition.path), journal.counts)
                continue
            tasks = ((None, capture, rules_for(registry, capture)) for capture in _captures(addition, registry, broken))
            read = ((capture, record) for _, capture, record in parsed(tasks, jobs))
            for pages in batches(read, lambda page: len(page[0].body)):
                with archive.transaction():
                    for page, stored in zip(pages, archive.store_all(pages, journal.run_id), strict=True):
                        _note(archive, publisher_for(registry, page[0]), journal, addition, page, stored, complain)
                    journal.save()
        except InputError as error:
            broken(str(error))
    exit_code = 1 if journal.trouble or journal.counts["failed"] else 0
    archive.group_stories()
    archive.runs.finish(journal.run_id, "failed" if exit_code else "done", journal.counts)
    return Outcome(journal.run_id, journal.counts, exit_code)


def _note(
    archive: Archive, publisher: Publisher | None, journal: Journal, addition: Addition, page: tuple[Capture, Record],
    stored: Stored, complain: Callable[[str], None],
) -> None:  # fmt: skip
    """Takes account of a page; says why where it made no document."""
    capture, record = page
    journal.counts["discovered"] += 1
    journal.counts["fetched"] += 1
    slug = record.article.publisher or capture.publisher or "unknown"
    for issue in record.issues:
        journal.note(slug, issue, capture.url or addition.path)
    if publisher:
        archive.name_publisher(publisher.slug, publisher.name, publisher.homepage)
    if stored.document_id is None:
        journal.counts["failed"] += 1
        complain(f"{capture.url or addition.path}: not stored, {record.verdict}: {record.evidence}")
    else:
        journal.counts[stored.outcome] += 1


def _captures(addition: Addition, registry: Registry, broken: Callable[[str], None]) -> Iterator[Capture]:
    """The pages of a path, each with what the user said of them."""
    slug = addition.publisher.slug if addition.publisher else None
    if is_address(addition.path):
        publisher = addition.publisher or registry.by_url(addition.path) or _stranger(addition.path)
        yield asyncio.run(_fetched(publisher, addition.path))
        return
    for capture in _pages(addition.path, broken):
        declared = publisher_for(registry, capture) if not (slug or capture.publisher) else None
        yield replace(
            capture,
            url=addition.url or capture.url,
            publisher=slug or capture.publisher or (declared.slug if declared else None),
            fetched_at=capture.fetched_at or datetime.now(_TEHRAN).isoformat(timespec="seconds"),
        )


def _pages(path: str, broken: Callable[[str], None]) -> Iterator[Capture]:
    return read_output(Path(path)) if path != "-" and is_output(Path(path)) else captures(path, broken)


def _stranger(url: str) -> Publisher:
    """A publisher that nobody declared, for the one page that is asked for."""
    slug = publisher_of(url) or "unknown"
    return Publisher(slug, slug, urljoin(url, "/"))


async def _fetched(publisher: Publisher, url: str) -> Capture:
    """One address, asked for with all the manners of a crawl. Raises InputError."""
    fetcher = Fetcher(publisher, Hosts(), ssl.create_default_context(), user_agent(None))
    robots = Robots(fetcher.get, fetcher.gate)

    async def allowed(address: str) -> None:
        if not await robots.allows(address):
            raise FetchError("robots_disallowed", "robots.txt forbids it")

    try:
        answer = await fetcher.get(url, allowed=allowed)
    except (FetchError, RobotsUnavailable) as error:
        raise InputError(f"{url}: {error}") from error
    finally:
        await fetcher.close()
    if answer.status != 200:
        raise InputError(f"{url}: answered {answer.status}")
    return Capture(
        answer.body, url, answer.headers, datetime.now(_TEHRAN).isoformat(timespec="seconds"), publisher.slug,
        answer.status, answer.url if answer.url != url else None, answer.request_headers,
    )  # fmt: skip
