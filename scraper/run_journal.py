"""What a run keeps account of: counts and issues, written into the archive as they come."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db import Archive
    from parsers.models import Issue
    from scraper.clock import RunClock


class Progress:
    """Watches a run. Its methods are called often and must not block; these do nothing, subclasses show what they want to."""

    def run_started(self, run_id: int) -> None:
        """The run has started."""

    def run_ended(self, exit_code: int, counts: Counter[str]) -> None:
        """The run has ended."""

    def publisher_started(self, publisher: str) -> None:
        """The crawl of a publisher has started."""

    def window_started(self, publisher: str, window: str) -> None:
        """A publisher's backfill has come to this Jalali month, e.g. 1403-02."""

    def counts_changed(self, publisher: str, counts: Counter[str]) -> None:
        """The publisher's counts are now these."""

    def issue_found(self, publisher: str, issue: Issue, url: str | None) -> None:
        """An issue was noted."""

    def publisher_ended(self, publisher: str) -> None:
        """The crawl of a publisher has ended."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. `exit_code`: 0 done, 1 something failed or was odd, 4 nothing could be fetched."""

    run_id: int
    counts: Counter[str]
    exit_code: int


class Journal:
    """The counts and issues of one run.

    has_trouble: whether an issue worse than info was noted
    nothing_due: whether sources answered, though no page had to be asked for
    """

    def __init__(self, archive: Archive, run_id: int, progress: Progress, clock: RunClock | None = None) -> None:
        self.run_id = run_id
        self.counts: Counter[str] = Counter()
        self.by_publisher: dict[str, Counter[str]] = {}
        self.progress = progress
        self.has_trouble = False
        self.nothing_due = False
        self._archive = archive
        self._clock = clock
        self._noted: dict[tuple[str, str, str | None], None] = {}  # in the order they came, as is what follows
        self._failed: dict[tuple[str, str | None], None] = {}

    @property
    def exit_code(self) -> int:
        """Exit code of the run by what is noted so far: 0, 1 or 4 (see `Outcome`)."""
        if not (self.has_trouble or self.counts["failed"]):
            return 0
        return 1 if self.nothing_due or self.counts["fetched"] + self.counts["not_modified"] else 4

    def count(self, publisher: str, name: str, number: int = 1) -> None:
        """Add to a count of `run_log`."""
        self.counts[name] += number
        counts = self.by_publisher.setdefault(publisher, Counter())
        counts[name] += number
        self.progress.counts_changed(publisher, counts)

    def count_of(self, publisher: str, name: str) -> int:
        """Return a publisher's count so far."""
        return self.by_publisher[publisher][name] if publisher in self.by_publisher else 0

    def record_issue(self, publisher: str, issue: Issue, url: str | None, *, failed: bool = False) -> None:
        """Write an issue, once for each address and code; with `failed` the address counts as one that gave nothing."""
        if (publisher, issue.code, url) in self._noted:
            return
        with self._archive.transaction():
            self._archive.runs.note_issue(self.run_id, publisher, issue, url)
        self._noted[publisher, issue.code, url] = None
        self.has_trouble = self.has_trouble or issue.level != "info"
        self.progress.issue_found(publisher, issue, url)
        if failed and (publisher, url) not in self._failed:
            self._failed[publisher, url] = None
            self.count(publisher, "failed")

    def note_kept_log(self, publisher: str) -> None:
        """Write an issue, once in a run, if readers keep the archive's log from being emptied."""
        kept = self._archive.log.kept
        if kept and all(code != kept.code for _, code, _ in self._noted):
            self.record_issue(publisher, kept, None)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Run the block in one transaction of the archive and write the counts in it.

        Where the transaction fails, COMMIT included, what the block counted and noted is taken back, and the error raised.
        """
        counts, by_publisher = self.counts.copy(), {slug: own.copy() for slug, own in self.by_publisher.items()}
        noted, failed, had_trouble = len(self._noted), len(self._failed), self.has_trouble
        try:
            with self._archive.transaction():
                yield
                self.save()
        except BaseException:
            self.counts, self.by_publisher, self.has_trouble = counts, by_publisher, had_trouble
            for kept, length in ((self._noted, noted), (self._failed, failed)):
                while len(kept) > length:
                    kept.popitem()
            raise

    def save(self) -> None:
        """Write the counts, so that a killed run shows how far it came."""
        self._archive.runs.count(self.run_id, self.counts)
        if self._clock:
            self._archive.runs.note_servers_clock(self.run_id, self._clock.seconds_off)
