"""Shards dealt out with Ray: on this machine's cores, or on a cluster whose nodes see the same files or object storage."""

from __future__ import annotations

import logging
import os
import tempfile
from collections import deque
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scraper.bulk.manifest import is_done
from scraper.bulk.places import folder_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from scraper.bulk.manifest import Shard, ShardResult
    from scraper.bulk.places import Folder

_RETRIES = 3  # of a shard whose machine went away
_STORE = 128 * 1024 * 1024  # bytes of Ray's object store; only counts travel


type SourceFiles = tuple[tuple[str, bytes], ...]


@contextmanager
def ray_running(workers: int | None, address: str | None) -> Iterator[Any]:
    """Ray on this machine with so many workers (all cores), or the cluster at `address`."""
    # Quiet, and no reports of usage: a job says what it does, and to nobody else.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_DEDUP_LOGS", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    import ray

    if address:
        ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
    else:
        cores = workers or os.cpu_count() or 1
        ray.init(
            num_cpus=cores, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR, object_store_memory=_STORE
        )
    try:
        yield ray
    finally:
        ray.shutdown()


def as_they_end[Task](ray: Any, start: Callable[[Task], Any], tasks: Iterable[Task], limit: int) -> Iterator[tuple[Task, Any]]:
    """Start the tasks in their order, `limit` at a time; yield each as it ends, with the reference that `ray.get` takes."""
    waiting = deque(tasks)
    running: dict[Any, Task] = {}
    while waiting or running:
        while waiting and len(running) < limit:
            task = waiting.popleft()
            running[start(task)] = task
        (ended, *_), _ = ray.wait(list(running), num_returns=1)
        yield running.pop(ended), ended


def run_all(
    ray: Any,
    shards: Sequence[Shard],
    folder: Folder,
    sources: Path | None,
    report: Callable[[ShardResult | str], None],
    limit: int,
) -> int:
    """Deal the shards out, `limit` at a time, the largest first; returns how many failed. Each end is told as it comes."""
    work = ray.remote(num_cpus=1, max_retries=_RETRIES)(_work)
    where = folder.address(), source_files(sources)
    failed = 0
    largest_first = sorted(shards, key=lambda shard: -shard.size)
    for shard, ended in as_they_end(ray, lambda shard: work.remote(shard, *where), largest_first, limit):
        try:
            report(seen(folder, ray.get(ended)))
        except (ray.exceptions.RayError, OSError) as error:
            failed += 1
            report(f"{shard.path}: {' '.join(str(error).split())[-300:]}")
    return failed


def seen(folder: Folder, done: ShardResult) -> ShardResult:
    """Return a result whose rows this machine sees. Raises FileNotFoundError if another wrote them to its own disk."""
    if not is_done(folder, done.shard):
        raise FileNotFoundError(f"its rows are not in {folder.address()} as seen here; name an output that all machines see")
    return done


def source_files(sources: Path | None) -> SourceFiles | None:
    """Return the publishers' files of a folder, by name: another machine may not see the folder."""
    return tuple((path.name, path.read_bytes()) for path in sorted(sources.glob("*.toml"))) if sources else None


@contextmanager
def sources_here(files: SourceFiles | None) -> Iterator[Path | None]:
    """In a worker: publishers' files written into a folder."""
    with tempfile.TemporaryDirectory(prefix="bayegan-") as scratch:
        for name, data in files or ():
            (Path(scratch) / name).write_bytes(data)
        yield None if files is None else Path(scratch)


def _work(shard: Shard, address: str, sources: SourceFiles | None) -> ShardResult:
    """In a worker: one shard."""
    from scraper.bulk.shard import run
    from scraper.registry import load_publishers

    with sources_here(sources) as extra:
        registry = load_publishers(extra)
    return run(shard, folder_at(address), registry)
