"""`bayegan reparse`: every stored capture through today's parsers. Many processes may parse; one writes, in order."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from itertools import batched
from multiprocessing import get_context
from typing import TYPE_CHECKING

from parsers.models import PageRules
from parsers.record import parse
from scraper.crawl import Outcome
from scraper.registry import rules_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db import Archive
    from parsers.models import Capture, Record
    from scraper.registry import Registry

_CHUNK = 16
_AHEAD = 4  # chunks per process that wait for the writer, so that memory stays bounded
_Task = tuple[int, "Capture", PageRules]


def reparse(archive: Archive, registry: Registry, jobs: int = 1) -> Outcome:
    """Makes every derived row anew; with the same parsers not a row changes. The result does not depend on `jobs`."""
    run_id = archive.runs.begin("reparse")
    counts: Counter[str] = Counter()
    tasks = ((capture_id, capture, rules_for(registry, capture)) for capture_id, capture in archive.captures_to_reparse())
    for chunk in batched(_parsed(tasks, jobs), _CHUNK):
        with archive.transaction():
            for capture_id, record in chunk:
                stored = archive.replace(capture_id, record)
                counts["fetched"] += 1
                counts[stored.outcome if stored.outcome in ("updated", "unchanged") else "failed"] += 1
    archive.finish_reparse()
    archive.group_stories()
    archive.runs.finish(run_id, "done", counts)
    return Outcome(run_id, counts, 0)


def _parsed(tasks: Iterable[_Task], jobs: int) -> Iterator[tuple[int, Record]]:
    """Each capture's id and record, in order."""
    if jobs == 1:
        yield from map(_parse_one, tasks)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = []
        for chunk in batched(tasks, _CHUNK):
            waiting.append(pool.submit(_parse_many, chunk))
            if len(waiting) >= jobs * _AHEAD:
                yield from waiting.pop(0).result()
        for future in waiting:
            yield from future.result()


def _parse_one(task: _Task) -> tuple[int, Record]:
    capture_id, capture, rules = task
    return capture_id, parse(capture, rules)


def _parse_many(tasks: tuple[_Task, ...]) -> list[tuple[int, Record]]:
    return [_parse_one(task) for task in tasks]
