"""`bayegan bulk`: web corpora into Parquet, on many processes or machines; publishers crawled side by side."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.options import Settings, common, force_option, pass_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.bulk.manifest import Shard, ShardResult
    from scraper.bulk.places import Folder, FoundFile


@click.command("bulk")
@click.argument("paths", metavar="PATH|PUBLISHER...", nargs=-1)
@click.option(
    "-o",
    "--output",
    metavar="DIR|URL",
    required=True,
    help="Where the Parquet goes, a file for each shard: a folder or s3://...; a job that was stopped goes on there.",
)
@click.option("--workers", metavar="N", type=click.IntRange(1), help="Processes on this machine; all cores without it.")
@click.option("--address", metavar="HOST:PORT", help="A Ray cluster; `auto` for the one here.")
@click.option("--crawl", "crawls", is_flag=True, help="Crawl publishers side by side, each host on one worker, into DIR/*.db.")
@force_option
@common
@pass_settings
def bulk_(
    settings: Settings, paths: tuple[str, ...], output: str, workers: int | None, address: str | None, *,
    crawls: bool, force: bool,
) -> int:  # fmt: skip
    """Parse WARC, WET and page files on Ray: Persian found cheaply, documents and facts written as Parquet.

    `bayegan add DIR` takes the result into an archive; DuckDB and pandas read it as it is. With --crawl, publishers are
    crawled instead, and `bayegan add DIR/*.db` merges their archives. Files may be in object storage (s3://bucket/folder):
    machines of a cluster that do not see the same files need it for both.
    """
    missing = next((name for name in ("ray", "pyarrow") if find_spec(name) is None), None)
    if missing:
        raise click.ClickException(f"bulk needs {missing}: pip install 'bayegan[bulk]'")
    from scraper.bulk.manifest import check_folder
    from scraper.bulk.places import folder_at, is_remote

    if not is_remote(output) and Path(output).exists() and not Path(output).is_dir():
        raise click.BadParameter(f"Directory {output!r} is a file.", param_hint="'-o' / '--output'")
    try:
        folder = folder_at(output)
        if not force:
            check_folder(folder, settings.db)
        where = _JobPlace(folder, workers, address)
        return _crawl(settings, paths, where) if crawls else _parse(settings, paths, where)
    except OSError as error:
        raise click.ClickException(" ".join(str(error).split())) from error


@dataclass(frozen=True, slots=True)
class _JobPlace:
    """Where a job runs, and where its results go."""

    output: Folder
    workers: int | None
    address: str | None

    @contextmanager
    def running(self) -> Iterator[tuple[Any, int]]:
        """Ray, and how many workers there are."""
        from scraper.bulk.cluster import ray_running

        with ray_running(self.workers, self.address) as ray:
            yield ray, int(ray.cluster_resources().get("CPU", 1)) if self.address else self.workers or os.cpu_count() or 1


def _parse(settings: Settings, paths: tuple[str, ...], where: _JobPlace) -> int:
    shards = _shards(paths)
    from scraper.bulk.manifest import is_done, sum_up

    waiting = [shard for shard in shards if not is_done(where.output, shard)]
    if len(waiting) < len(shards) and settings.verbosity >= 0:
        click.echo(f"{len(shards) - len(waiting)} of {len(shards)} shards are done already", err=True)
    failed = _run(settings, waiting, where) if waiting else 0
    made = sum_up(where.output)
    total = made["total"]
    if settings.verbosity >= 0 and isinstance(total, dict):
        click.echo("{pages} pages, {persian} Persian, {kept} documents".format(**total) + f" in {where.output.address()}")
    return 1 if failed else 0


def _crawl(settings: Settings, slugs: tuple[str, ...], where: _JobPlace) -> int:
    from scraper.bulk.crawls import GroupCrawl, crawl_all, deal
    from scraper.cli.publishers import chosen

    groups = deal(chosen(settings.registry(), slugs))

    def report(end: GroupCrawl) -> None:
        counts = ", ".join(f"{end.run[name]} {name}" for name in ("fetched", "inserted", "updated", "failed") if name in end.run)
        if settings.verbosity >= 0:
            click.echo(f"{end.archive}: {' '.join(end.slugs)}: {counts or end.said}")

    with where.running() as (ray, limit):
        return crawl_all(ray, groups, where.output, settings.sources, report, limit)


def _shards(paths: tuple[str, ...]) -> list[Shard]:
    """Return the files that are named, and those in folders that are."""
    from scraper.bulk.manifest import shard_of
    from scraper.bulk.places import folder_at, found_file, is_remote, remote_files

    if not paths:
        raise click.UsageError("name at least one file or folder")
    files: dict[str, FoundFile] = {}
    for name in paths:
        path = Path(name)
        if is_remote(name):
            found = remote_files(name)
        elif path.is_dir():
            found = folder_at(path).files()
        else:
            found = [found_file(path)] if path.exists() else []
        if not found and not path.is_dir():
            raise click.UsageError(f"{name}: no such file")
        files |= {file.path: file for file in found}
    return [shard_of(file) for file in files.values()]


def _run(settings: Settings, shards: list[Shard], where: _JobPlace) -> int:
    """Return how much went wrong: shards that failed, and issues of the others."""
    from scraper.bulk.cluster import run_all

    troubles = 0

    def report(end: ShardResult | str) -> None:
        nonlocal troubles
        if isinstance(end, str):
            click.echo(f"bayegan: {end}", err=True)
            return
        troubles += len(end.issues)
        for issue in end.issues:
            click.echo(f"bayegan: {issue}", err=True)
        if settings.verbosity > 0:
            click.echo(f"{end.shard.path}: {end.pages} pages, {end.kept} documents, {end.seconds:.1f} s", err=True)

    with where.running() as (ray, limit):
        failed = run_all(ray, shards, where.output, settings.sources, report, limit)
    return failed + troubles
