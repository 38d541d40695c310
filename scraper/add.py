"""`bayegan add`: parse and store the pages of files and single addresses, in one run."""

from __future__ import annotations

import asyncio
import ssl
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from db.errors import ArchiveError, is_full
from parsers.models import Issue
from parsers.page.stated_facts import Stated, stated_of
from parsers.page.urls import publisher_of
from scraper.archive_merge import is_archive, merge_archive
from scraper.bulk.manifest import is_output
from scraper.bulk.output import copied_here, read_output
from scraper.bulk.places import folder_at, is_remote
from scraper.clock import day_of, now_in_tehran
from scraper.fetch import Fetcher, user_agent
from scraper.hosts import Hosts
from scraper.input_files import InputError, captures, is_address
from scraper.page_batches import batches
from scraper.parser_pool import parsed
from scraper.parser_process import PATIENCE
from scraper.publication_windows import Window
from scraper.registry import Publisher, Registry, publisher_for, rules_for
from scraper.responses import FetchError
from scraper.robots import Robots, RobotsUnavailable
from scraper.run_journal import Journal, Outcome, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from db import Archive
    from db.archive import Fetched, Stored
    from parsers.models import Capture, PageRules, Record


@dataclass(frozen=True, slots=True)
class InputPath:
    """One path or address, with what is known of it.

    publisher: whose pages they are, where the address does not say
    url:       the address of the one page
    fetched:   days on which the pages of a web archive were fetched; others are passed over
    stated:    what the user says of a law
    """

    path: str
    publisher: Publisher | None = None
    url: str | None = None
    fetched: Window = field(default_factory=Window)
    stated: Stated = field(default_factory=Stated)


def add_all(
    archive: Archive,
    registry: Registry,
    inputs: Sequence[InputPath],
    complain: Callable[[str], None],
    jobs: int = 1,
    report: Callable[[str], None] = lambda _message: None,
    seconds: float = PATIENCE,
) -> Outcome:
    """Add everything that can be read; return the run's counts and exit code.

    What cannot be read is one line for `complain`, and fails the run, not the rest; what is no page is one line for `report`.
    `jobs` processes parse, one writes: the archive does not depend on how many. A page has so many `seconds`. Whatever happens,
    the run is ended.
    """
    journal = Journal(archive, archive.runs.begin("add"), Progress())
    registry = registry.with_furniture(archive.furniture())
    run = _AddRun(archive, registry, journal, complain, report, jobs, seconds)
    exit_code = 1
    try:
        for one in inputs:
            try:
                run.add(one)
            except InputError as error:
                run.fail(str(error))
        archive.group_stories()
        exit_code = 1 if journal.has_trouble or journal.counts["failed"] else 0
    finally:
        archive.runs.finish(journal.run_id, "failed" if exit_code else "done", journal.counts)
    return Outcome(journal.run_id, journal.counts, exit_code)


_FULL = 3  # pages in a row for which the disk had no room, after which the run ends


@dataclass(frozen=True, slots=True)
class _AddRun:
    """One run: what can be read goes into the archive, what cannot is reported."""

    archive: Archive
    registry: Registry
    journal: Journal
    complain: Callable[[str], None]
    report: Callable[[str], None]
    jobs: int
    seconds: float
    without_room: list[str] = field(default_factory=list)

    def add(self, one: InputPath) -> None:
        """Add all that a path or address holds. Raises InputError."""
        if is_remote(one.path):
            for path in copied_here(one.path):
                self.add(replace(one, path=str(path)))
            return
        if not is_address(one.path) and is_archive(Path(one.path)):
            merge_archive(self.archive, self.registry, Path(one.path), self.journal.counts, self.complain, self.seconds)
            return
        passed_over: Counter[str] = Counter()
        tasks = ((fetched, capture, rules_for(self.registry, capture)) for fetched, capture in self._captures(one, passed_over))
        try:
            for fetched, group in groupby(self._parsed(tasks, one), key=itemgetter(0)):
                for pages in batches((page for _, page in group), lambda page: len(page[0].body)):
                    self._store(pages, one, fetched)
        finally:
            if passed_over:
                self.report(f"{one.path}: passed over: {', '.join(f'{n} {why}' for why, n in passed_over.most_common())}")

    def _parsed(
        self, tasks: Iterator[tuple[Fetched, Capture, PageRules]], one: InputPath
    ) -> Iterator[tuple[Fetched, tuple[Capture, Record]]]:
        """Yield the pages that could be parsed, each with its record and of which moment it is; report the others."""
        for page in parsed(tasks, self.jobs, self.seconds):
            if page.record is not None:
                yield page.key, (page.capture, page.record)
                continue
            address = page.capture.url or one.path
            self.journal.counts.update(("discovered", "fetched"))
            self.journal.record_issue(page.capture.publisher or "unknown", Issue("error", "parse_failed", page.failure), address)
            self.fail(f"{address}: not stored: {page.failure}")

    def fail(self, message: str) -> None:
        """Report something that cannot be read."""
        self.complain(message)
        self.journal.counts["failed"] += 1

    def _store(self, pages: list[tuple[Capture, Record]], one: InputPath, fetched: Fetched) -> None:
        """Store pages in one transaction; where that fails, each in its own, so that one bad page costs no other.

        Raises sqlite3.OperationalError or OSError where the disk stays full.
        """
        try:
            self._store_together(pages, one, fetched)
            self.without_room.clear()
        except ArchiveError:
            raise
        except Exception as error:
            if len(pages) == 1:
                address = pages[0][0].url or one.path
                self.fail(f"{address}: not stored: {type(error).__name__}: {' '.join(str(error).split())}")
                if is_full(error) and len(self.without_room) + 1 >= _FULL:
                    raise
                if is_full(error):
                    self.without_room.append(address)
                return
            for page in pages:
                self._store([page], one, fetched)

    def _store_together(self, pages: list[tuple[Capture, Record]], one: InputPath, fetched: Fetched) -> None:
        with self.journal.transaction():
            for page, stored in zip(pages, self.archive.store_all(pages, self.journal.run_id, fetched), strict=True):
                self._note(*page, stored, one)
            self.journal.note_kept_log(pages[0][1].article.publisher or pages[0][0].publisher or "unknown")

    def _note(self, capture: Capture, record: Record, stored: Stored, one: InputPath) -> None:
        """Count a page, and report why where it made no document."""
        counts = self.journal.counts
        counts["discovered"] += 1
        counts["fetched"] += 1
        address = capture.url or one.path
        slug = record.article.publisher or capture.publisher or "unknown"
        for issue in record.issues:
            self.journal.record_issue(slug, issue, address)
        if publisher := publisher_for(self.registry, capture):
            self.archive.name_publisher(publisher.slug, publisher.name, publisher.homepage)
        if stored.document_id is None:
            self.fail(f"{address}: not stored, {record.verdict}: {record.evidence}")
        else:
            counts[stored.outcome] += 1

    def _captures(self, one: InputPath, passed_over: Counter[str]) -> Iterator[tuple[Fetched, Capture]]:
        """Yield the pages of a path, each with what the user said of them. Raises InputError.

        A page whose moment nobody knows counts as fetched now, after all that the archive holds.
        """
        slug = one.publisher.slug if one.publisher else None
        if is_address(one.path):
            publisher = one.publisher or self.registry.by_url(one.path) or _stranger(one.path, self.registry)
            capture = asyncio.run(_fetched(publisher, one.path))
            capture = replace(capture, headers={**capture.headers, **one.stated.headers()})
            yield "now", replace(capture, url=one.url, final_url=None) if one.url else capture
            return
        for capture in self._pages(one.path, passed_over):
            if not _is_within(capture, one.fetched):
                passed_over["not of these days"] += 1
                continue
            declared = publisher_for(self.registry, capture) if not (slug or capture.publisher) else None
            # A page out of a WARC of ours says itself from which file it came.
            file = None if capture.url else stated_of(capture).file or _file_name(one.path)
            stated = replace(one.stated, file=file)
            known = replace(
                capture,
                headers={**capture.headers, **stated.headers()},
                url=one.url or capture.url,
                publisher=slug or capture.publisher or (declared.slug if declared else None),
                fetched_at=capture.fetched_at or now_in_tehran(),
            )
            yield ("then" if capture.fetched_at else "now"), known

    def _pages(self, path: str, passed_over: Counter[str]) -> Iterator[Capture]:
        if path != "-" and is_output(folder_at(path)):
            return read_output(Path(path))
        return captures(path, self.fail, passed_over)


def _is_within(capture: Capture, days: Window) -> bool:
    """Return whether a page was fetched on one of these days; one of no known moment is on none."""
    if days == Window():
        return True
    day = day_of(datetime.fromisoformat(capture.fetched_at)) if capture.fetched_at else None
    return day is not None and days.meets(Window(day, day))


def _file_name(path: str) -> str | None:
    return None if path == "-" else Path(path).name


def _stranger(url: str, registry: Registry) -> Publisher:
    """Return a publisher for an address whose publisher nobody declared."""
    slug = publisher_of(url) or "unknown"
    return Publisher(slug, slug, urljoin(url, "/"), access=registry.access)


async def _fetched(publisher: Publisher, url: str) -> Capture:
    """Fetch one address as politely as a crawl does. Raises InputError."""
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
