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
    from scraper.registry import Registry

_CHUNK = 16  # captures of a transaction


def reparse(archive: Archive, registry: Registry, jobs: int = 1, seconds: float = PATIENCE) -> Outcome:
    """Make every derived row anew; with the same parsers not a row changes. The result does not depend on `jobs`.

    A capture whose bytes are damaged, or that cannot be parsed within so many `seconds`, is an issue; what was derived from it
    stays.
    """
    run_id = archive.runs.begin("reparse")
    archive.learn_furniture()
    registry = registry.with_furniture(archive.furniture())
    counts: Counter[str] = Counter()
    failed: dict[int, Issue] = {}

    def skip(capture_id: int, error: Exception) -> None:
        failed[capture_id] = Issue("error", "damaged_capture", f"capture {capture_id}: {error}")

    captures = archive.captures_to_reparse(skip)
    tasks = ((capture_id, capture, rules_for(registry, capture)) for capture_id, capture in captures)
    for chunk in batched(parsed(tasks, jobs, seconds), _CHUNK):
        with archive.transaction():
            for page in chunk:
                if page.record is None:
                    failed[page.key] = Issue("error", "parse_failed", f"capture {page.key}: {page.failure}")
                    continue
                stored = archive.replace(page.key, page.record)
                counts["fetched"] += 1
                counts[stored.outcome if stored.outcome in ("updated", "unchanged") else "failed"] += 1
    archive.finish_reparse()
    archive.group_stories()
    for capture_id, issue in failed.items():
        publisher, url = archive.source_of(capture_id)
        archive.runs.note_issue(run_id, publisher, issue, url)
    counts["failed"] += len(failed)
    archive.runs.finish(run_id, "failed" if failed else "done", counts)
    return Outcome(run_id, counts, int(bool(failed)))
