"""Many crawls side by side: publishers dealt out by host, one host to one worker only, each group into its own archive."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scraper.bulk.cluster import as_they_end, source_files, sources_here
from scraper.bulk.places import folder_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from scraper.bulk.cluster import SourceFiles
    from scraper.bulk.places import Folder
    from scraper.registry import Publisher

_RUN = "from scraper.cli.main import main; main()"
_WHOLE = 2  # exit codes below it ended a run


@dataclass(frozen=True, slots=True)
class GroupCrawl:
    """How the crawl of some publishers ended: their archive, the row of its run, the command's exit code, what it said."""

    slugs: tuple[str, ...]
    archive: str
    run: dict[str, Any]
    exit_code: int
    said: str


def deal(publishers: Sequence[Publisher]) -> list[tuple[str, ...]]:
    """Return the publishers in groups that share no host, by their slugs, so that a later job finds the same archives."""
    groups: list[tuple[set[str], list[str]]] = []
    for publisher in sorted(publishers, key=lambda one: one.slug):
        hosts, slugs = _hosts(publisher), [publisher.slug]
        for group in [group for group in groups if group[0] & hosts]:
            groups.remove(group)
            hosts |= group[0]
            slugs = [*group[1], *slugs]
        groups.append((hosts, slugs))
    return sorted(tuple(sorted(slugs)) for _, slugs in groups)


def _hosts(publisher: Publisher) -> set[str]:
    urls = [publisher.homepage, *(source.url for source in publisher.discover)]
    return {urlsplit(url).netloc.lower().removeprefix("www.") for url in urls if url}


def crawl_all(
    ray: Any, groups: Sequence[tuple[str, ...]], folder: Folder, sources: Path | None, report: Callable[[GroupCrawl], None],
    limit: int,
) -> int:  # fmt: skip
    """Crawl each group on one worker, `limit` at a time, with the publishers of `sources`. Return the highest exit code.

    A crawl whose worker is lost is not started again by itself, since that worker may still ask the hosts: the next job goes on.
    """
    work = ray.remote(num_cpus=1, max_retries=0)(crawl)
    where = folder.address(), source_files(sources)
    worst = 0
    for slugs, ended in as_they_end(ray, lambda slugs: work.remote(slugs, *where), groups, limit):
        try:
            found: GroupCrawl = ray.get(ended)
            if found.run and not folder.has(archive_name(slugs)):
                raise FileNotFoundError("the archive is not there as seen here; name an output that all machines see")
        except (ray.exceptions.RayError, OSError) as error:
            said = " ".join(str(error).split())[-300:]
            found = GroupCrawl(slugs, folder.address(archive_name(slugs)), {}, 1, said)
        worst = max(worst, found.exit_code)
        report(found)
    return worst


def archive_name(slugs: tuple[str, ...]) -> str:
    """Return the name of a group's archive, after its first publisher."""
    return f"{slugs[0]}.db"


def crawl(slugs: tuple[str, ...], address: str, sources: SourceFiles | None) -> GroupCrawl:
    """Crawl one group by the command itself, in a process with its own lock, signals and memory. Raises OSError."""
    folder, name = folder_at(address), archive_name(slugs)
    with folder.working_copy(name) as path, sources_here(sources) as extra:
        also = ["--sources", str(extra)] if extra else []
        command = [sys.executable, "-c", _RUN, "--db", str(path), "--json", *also, "crawl", *slugs]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    said = done.stderr.strip().splitlines()
    run = json.loads(done.stdout) if done.returncode < _WHOLE and done.stdout.strip() else {}
    return GroupCrawl(slugs, folder.address(name), run, done.returncode, said[-1] if said else "")
