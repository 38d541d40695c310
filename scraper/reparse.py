"""`bayegan reparse`: every stored capture through today's parsers. Many processes may parse; one writes, in order."""

from __future__ import annotations

from collections import Counter
from itertools import batched
from typing import TYPE_CHECKING

from parsers.models import Issue
from scraper.parser_pool import parsed
from scraper.registry import rules_for
from scraper.run_journal import Outcome

if TYPE_CHECKING:
    from db import Archive
    from scraper.registry import Registry

_CHUNK = 16  # captures of a transaction


def reparse(archive: Archive, registry: Registry, jobs: int = 1) -> Outcome:
    """Make every derived row anew; with the same parsers not a row changes. The result does not depend on `jobs`.

    A capture whose bytes are damaged is an issue, and what was derived from it stays as it is.
    """
    run_id = archive.runs.begin("reparse")
    archive.learn_furniture()
    registry = registry.with_furniture(archive.furniture())
    counts: Counter[str] = Counter()
    damaged: dict[int, str] = {}
    captures = archive.captures_to_reparse(lambda capture_id, error: damaged.update({capture_id: str(error)}))
    tasks = ((capture_id, capture, rules_for(registry, capture)) for capture_id, capture in captures)
    for chunk in batched(parsed(tasks, jobs), _CHUNK):
        with archive.transaction():
            for capture_id, _, record in chunk:
                stored = archive.replace(capture_id, record)
                counts["fetched"] += 1
                counts[stored.outcome if stored.outcome in ("updated", "unchanged") else "failed"] += 1
    archive.finish_reparse()
    archive.group_stories()
    for capture_id, message in damaged.items():
        publisher, url = archive.source_of(capture_id)
        archive.runs.note_issue(run_id, publisher, Issue("error", "damaged_capture", f"capture {capture_id}: {message}"), url)
    counts["failed"] += len(damaged)
    archive.runs.finish(run_id, "failed" if damaged else "done", counts)
    return Outcome(run_id, counts, int(bool(damaged)))
