"""`bayegan reparse`: every stored capture through today's parsers. Many processes may parse; one writes, in order."""

from __future__ import annotations

from collections import Counter
from itertools import batched
from typing import TYPE_CHECKING

from parsers.models import Issue
from scraper.parser_pool import parsed
from scraper.parser_process import PATIENCE
from scraper.registry import rules_for
from scraper.run_journal import Outcome

if TYPE_CHECKING:
    from db import Archive
    from parsers.models import Record
    from scraper.registry import Registry

_CHUNK = 16  # captures of a transaction


def unreadable(record: Record) -> str | None:
    """Return why a Word file or PDF could not be read, None if it could: bytes that once were a document still are one."""
    return next((issue.message for issue in record.issues if issue.code == "unreadable_document"), None)


def reparse(archive: Archive, registry: Registry, jobs: int = 1, seconds: float = PATIENCE) -> Outcome:
    """Make every derived row anew; with the same parsers not a row changes. The result does not depend on `jobs`.

    A capture whose bytes are damaged, or that cannot be read within so many `seconds` and the bounds of memory, is an issue;
    what was derived from it stays. One in which today's parsers see no document any more is a warning; its bytes stay.
    """
    run_id = archive.runs.begin("reparse")
    archive.learn_furniture()
    registry = registry.with_furniture(archive.furniture())
    counts: Counter[str] = Counter()
    failed: dict[int, Issue] = {}
    withdrawn: dict[int, Issue] = {}

    def skip(capture_id: int, error: Exception) -> None:
        failed[capture_id] = Issue("error", "damaged_capture", f"capture {capture_id}: {error}")

    captures = archive.captures_to_reparse(skip)
    tasks = ((capture_id, capture, rules_for(registry, capture)) for capture_id, capture in captures)
    for chunk in batched(parsed(tasks, jobs, seconds), _CHUNK):
        with archive.transaction():
            for page in chunk:
                if page.record is None or (why := unreadable(page.record)):
                    reason = page.failure if page.record is None else why
                    failed[page.key] = Issue("error", "parse_failed", f"capture {page.key}: {reason}")
                    continue
                stored = archive.replace(page.key, page.record)
                counts["fetched"] += 1
                if stored.outcome == "withdrawn":
                    seen = f"{page.record.verdict}, {page.record.evidence}"
                    withdrawn[page.key] = Issue("warning", "withdrawn", f"capture {page.key} is no document today: {seen}")
                counts[stored.outcome if stored.outcome in ("updated", "unchanged") else "failed"] += 1
    archive.finish_reparse()
    archive.group_stories()
    for capture_id, issue in (failed | withdrawn).items():
        publisher, url = archive.source_of(capture_id)
        archive.runs.note_issue(run_id, publisher, issue, url)
    counts["failed"] += len(failed)
    archive.runs.finish(run_id, "failed" if failed else "done", counts)
    return Outcome(run_id, counts, int(bool(failed)))
