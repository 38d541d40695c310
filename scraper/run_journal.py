"""What a run keeps account of: counts and issues, written into the archive as they come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db import Archive
    from parsers.models import Issue


class Progress:
    """Somebody who watches a run, called often: must not block. This one says nothing; others say what they do not pass over."""

    def start(self, run_id: int) -> None:
        """The run has begun."""

    def done(self, exit_code: int, counts: Counter[str]) -> None:
        """It has come to its end."""

    def begin(self, publisher: str) -> None:
        """The run turns to a publisher."""

    def turn(self, publisher: str, window: str) -> None:
        """Its backfill turns to a window, a Jalali month: 1403-02."""

    def advance(self, publisher: str, counts: Counter[str]) -> None:
        """These are the publisher's counts by now."""

    def note(self, publisher: str, issue: Issue, url: str | None) -> None:
        """An issue was met."""

    def end(self, publisher: str) -> None:
        """The run is through with a publisher."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. `exit_code`: 0 done, 1 something failed or was odd, 4 nothing could be fetched."""

    run_id: int
    counts: Counter[str]
    exit_code: int


class Journal:
    """The account of one run."""

    def __init__(self, archive: Archive, run_id: int, progress: Progress) -> None:
        self.run_id = run_id
        self.counts: Counter[str] = Counter()
        self.of_publisher: dict[str, Counter[str]] = {}
        self.progress = progress
        self.trouble = False
        self.idle = False  # whether sources answered, though no page had to be asked for
        self._archive = archive
        self._noted: set[tuple[str, str, str | None]] = set()
        self._failed: set[tuple[str, str | None]] = set()

    def count(self, publisher: str, name: str, number: int = 1) -> None:
        """Adds to a count of `run_log`."""
        self.counts[name] += number
        counts = self.of_publisher.setdefault(publisher, Counter())
        counts[name] += number
        self.progress.advance(publisher, counts)

    def counted(self, publisher: str, name: str) -> int:
        """A publisher's count by now."""
        return self.of_publisher[publisher][name] if publisher in self.of_publisher else 0

    def note(self, publisher: str, issue: Issue, url: str | None, *, failed: bool = False) -> None:
        """Notes an issue, once for each address and code; `failed` counts the address among those that gave nothing."""
        if (publisher, issue.code, url) in self._noted:
            return
        self._noted.add((publisher, issue.code, url))
        with self._archive.transaction():
            self._archive.runs.note_issue(self.run_id, publisher, issue, url)
        self.trouble = self.trouble or issue.level != "info"
        self.progress.note(publisher, issue, url)
        if failed and (publisher, url) not in self._failed:
            self._failed.add((publisher, url))
            self.count(publisher, "failed")

    def save(self) -> None:
        """Writes the counts, so that a killed run tells how far it came."""
        self._archive.runs.count(self.run_id, self.counts)
