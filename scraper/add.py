"""`bayegan add`: the same job on files and single addresses, in one run of its own."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from parsers.page.stated_facts import Stated
from parsers.page.urls import publisher_of
from scraper.archive_merge import is_archive, merge_archive
from scraper.bulk.manifest import is_output
from scraper.bulk.output import read_output
from scraper.clock import now_in_tehran
from scraper.fetch import Fetcher, user_agent
from scraper.hosts import Hosts
from scraper.input_files import InputError, captures, is_address
from scraper.page_batches import batches
from scraper.parser_pool import parsed
from scraper.registry import Publisher, Registry, publisher_for, rules_for
from scraper.responses import FetchError
from scraper.robots import Robots, RobotsUnavailable
from scraper.run_journal import Journal, Outcome, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db import Archive
    from db.archive import Stored
    from parsers.models import Capture, Record


@dataclass(frozen=True, slots=True)
class InputPath:
    """One path or address, with what is known of it."""

    path: str
    publisher: Publisher | None = None
    url: str | None = None
    stated: Stated = field(default_factory=Stated)


def add_all(
    archive: Archive, registry: Registry, additions: Sequence[InputPath], complain: Callable[[str], None], jobs: int = 1
) -> Outcome:
    """Adds everything that can be read. What cannot is told to `complain` in one line; it fails the run, not the rest.

    `jobs` processes parse, one writes: the archive does not depend on how many.
    """
    journal = Journal(archive, archive.runs.begin("add"), Progress())
    adding = _AddRun(archive, registry, journal, complain, jobs)
    for addition in additions:
        try:
            adding.add(addition)
        except InputError as error:
            adding.fail(str(error))
    exit_code = 1 if journal.has_trouble or journal.counts["failed"] else 0
    archive.group_stories()
    archive.runs.finish(journal.run_id, "failed" if exit_code else "done", journal.counts)
    return Outcome(journal.run_id, journal.counts, exit_code)


@dataclass(frozen=True, slots=True)
class _AddRun:
    """One run: what can be read goes into the archive, what cannot is told."""

    archive: Archive
    registry: Registry
    journal: Journal
    complain: Callable[[str], None]
    jobs: int

    def add(self, addition: InputPath) -> None:
        """Adds all that a path or address holds. Raises InputError."""
        if not is_address(addition.path) and is_archive(Path(addition.path)):
            merge_archive(self.archive, self.registry, Path(addition.path), self.journal.counts)
            return
        tasks = ((None, capture, rules_for(self.registry, capture)) for capture in self._captures(addition))
        read = ((capture, record) for _, capture, record in parsed(tasks, self.jobs))
        for pages in batches(read, lambda page: len(page[0].body)):
            with self.archive.transaction():
                for page, stored in zip(pages, self.archive.store_all(pages, self.journal.run_id), strict=True):
                    self._note(*page, stored, addition)
                self.journal.save()

    def fail(self, message: str) -> None:
        """Tells of something that cannot be read."""
        self.complain(message)
        self.journal.counts["failed"] += 1

    def _note(self, capture: Capture, record: Record, stored: Stored, addition: InputPath) -> None:
        """Takes account of a page; says why where it made no document."""
        counts = self.journal.counts
        counts["discovered"] += 1
        counts["fetched"] += 1
        address = capture.url or addition.path
        slug = record.article.publisher or capture.publisher or "unknown"
        for issue in record.issues:
            self.journal.record_issue(slug, issue, address)
        if publisher := publisher_for(self.registry, capture):
            self.archive.name_publisher(publisher.slug, publisher.name, publisher.homepage)
        if stored.document_id is None:
            self.fail(f"{address}: not stored, {record.verdict}: {record.evidence}")
        else:
            counts[stored.outcome] += 1

    def _captures(self, addition: InputPath) -> Iterator[Capture]:
        """The pages of a path, each with what the user said of them."""
        slug = addition.publisher.slug if addition.publisher else None
        if is_address(addition.path):
            publisher = addition.publisher or self.registry.by_url(addition.path) or _stranger(addition.path)
            yield asyncio.run(_fetched(publisher, addition.path))
            return
        for capture in self._pages(addition.path):
            declared = publisher_for(self.registry, capture) if not (slug or capture.publisher) else None
            stated = addition.stated if capture.url else replace(addition.stated, file=_file_name(addition.path))
            yield replace(
                capture,
                headers={**capture.headers, **stated.headers()},
                url=addition.url or capture.url,
                publisher=slug or capture.publisher or (declared.slug if declared else None),
                fetched_at=capture.fetched_at or now_in_tehran(),
            )

    def _pages(self, path: str) -> Iterator[Capture]:
        return read_output(Path(path)) if path != "-" and is_output(Path(path)) else captures(path, self.fail)


def _file_name(path: str) -> str | None:
    return None if path == "-" else Path(path).name


def _stranger(url: str) -> Publisher:
    """A publisher that nobody declared, for the one page that is asked for."""
    slug = publisher_of(url) or "unknown"
    return Publisher(slug, slug, urljoin(url, "/"))


async def _fetched(publisher: Publisher, url: str) -> Capture:
    """One address, asked for with all the manners of a crawl. Raises InputError."""
    fetcher = Fetcher(publisher, Hosts(), ssl.create_default_context(), user_agent(None))
    robots = Robots(fetcher.get_robots, fetcher.gate)
    try:
        answer = await fetcher.get(url, allowed=robots.require)
    except (FetchError, RobotsUnavailable) as error:
        raise InputError(f"{url}: {error}") from error
    finally:
        await fetcher.close()
    if answer.status != 200:
        raise InputError(f"{url}: answered {answer.status}")
    return answer.capture(url, publisher.slug)
