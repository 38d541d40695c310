"""Commands that write the archive: crawl, add, reparse."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Settings, common, pass_settings, publisher_names
from scraper.cli.publishers import check_access, chosen, served
from scraper.redaction import redact

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator
    from datetime import date

    from db import Archive
    from scraper.config_file import Config
    from scraper.publication_windows import Window
    from scraper.run_journal import Outcome
    from scraper.web_archives import WebArchive


@click.command("crawl")
@click.argument("publishers", metavar="[PUBLISHER]...", nargs=-1, shell_complete=publisher_names)
@click.option("--since", metavar="DATE", help="Only what was published on or after this day: 2026-10-01 or 1405-07-09.")
@click.option("--until", metavar="DATE", help="Only what was published on or before this day.")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="Ask for at most N articles of each publisher.")
@click.option(
    "--contact",
    metavar="TEXT",
    envvar="BAYEGAN_CONTACT",
    help="How a publisher can reach you, for the User-Agent (BAYEGAN_CONTACT).",
)
@click.option("--log", "log_path", metavar="FILE", type=click.Path(dir_okay=False), help="Append what happens as JSON lines.")
@click.option("--log-size", metavar="MB", type=click.IntRange(1), default=10, show_default=True, help="Begin the log anew there.")
@click.option("--log-keep", metavar="N", type=click.IntRange(1), default=5, show_default=True, help="Logs kept aside, FILE.1 …")
@click.option("--durable", is_flag=True, help="Have each page on the disk before the next: a power cut costs none.")
@click.option("--via", metavar="ARCHIVE", help="Take captures of a web archive: wayback, commoncrawl, or a collection's address.")
@common
@pass_settings
def crawl_(
    settings: Settings, publishers: tuple[str, ...], since: str | None, until: str | None, limit: int | None,
    contact: str | None, log_path: str | None, log_size: int, log_keep: int, via: str | None, *, durable: bool,
) -> int:  # fmt: skip
    """Discover, fetch, parse and store: the main job.

    `crawl sample` crawls the newsroom that ships with bayegan; without a publisher, all others are crawled. With --since it is
    a backfill: month after month, the newest first, resumed where an earlier one stopped (`sources backfill` shows how far).
    With --via the days are those of captures in a web archive; pages are stored under their own address and capture's moment.
    """
    window = _days(since, until)
    web_archive = _web_archive(via, publishers)
    wanted = chosen(settings.registry(), publishers)
    check_access(wanted)
    from db import Archive

    with ExitStack() as stack:
        archive = stack.enter_context(Archive(settings.db))
        if durable:
            archive.sync_every_commit()
        config = follow_config(settings, archive)
        # Only now what takes its time to load: a second run ends at once where there is another.
        from scraper.cli.log_file import LogFile
        from scraper.cli.progress import watching
        from scraper.crawl import CrawlOptions, run_crawl

        there = stack.enter_context(served(wanted))
        progress = stack.enter_context(watching(settings, LogFile(log_path, log_size, log_keep) if log_path else None))
        outcome = run_crawl(archive, there, CrawlOptions(window, limit, contact, web_archive), progress)
        _sum_up(settings, archive, outcome.run_id, outcome.counts)
        _give_reasons(settings, archive, outcome)
        untold = tell_watchers(archive, config)
    return outcome.exit_code or untold


@click.command("add")
@click.argument("paths", metavar="PATH|URL...", nargs=-1, required=True)
@click.option(
    "--publisher", metavar="SLUG", shell_complete=publisher_names, help="Whose pages they are, where the address does not tell."
)
@click.option("--url", help="The address of the one page that is added, http or https.")
@click.option("--since", metavar="DATE", help="Of a web archive: only what was fetched on or after this day.")
@click.option("--until", metavar="DATE", help="Of a web archive: only what was fetched on or before this day.")
@click.option("--title", help="The title of the one law that is added, where its text has none.")
@click.option("--body", metavar="NAME", help="Who issued that law.")
@click.option("--approved", metavar="DAY", help="The day on which that law was approved, Gregorian or Jalali.")
@click.option("--jobs", metavar="N", type=click.IntRange(1), default=1, show_default=True, help="Processes that parse.")
@click.option("--page-seconds", metavar="N", type=click.FloatRange(1), default=60, show_default=True, help="Time for one page.")
@common
@pass_settings
def add_(
    settings: Settings,
    paths: tuple[str, ...],
    publisher: str | None,
    url: str | None,
    title: str | None,
    body: str | None,
    approved: str | None,
    since: str | None,
    until: str | None,
    jobs: int,
    page_seconds: float,
) -> int:
    """Put pages into the archive: HTML, page text, WARC, WET, ARC, WACZ, HAR, .gz of any, or an address; - reads stdin.

    Also laws as DOCX or PDF, what `bayegan bulk` wrote, and other archives, whose documents are joined in the order of time.
    """
    from parsers.page.stated_facts import Stated
    from parsers.persian.calendar import jalali_text
    from scraper.add import InputPath, add_all
    from scraper.input_files import InputError, check_paths

    registry = settings.registry()
    known = registry.get(publisher) if publisher else None
    if url and len(paths) > 1:
        raise click.UsageError("--url goes with one path")
    check_url(url)
    fetched = _days(since, until)
    if (title or body or approved) and len(paths) > 1:
        raise click.UsageError("--title, --body and --approved go with one path")
    day = _day("--approved", approved)
    stated = Stated(title=title, body=body, approved=jalali_text(day).replace("-", "/") if day else None)
    try:
        check_paths(paths, storage=True)
    except InputError as error:
        raise click.UsageError(str(error)) from error
    from db import Archive

    with Archive(settings.db) as archive:
        config = follow_config(settings, archive)
        inputs = [InputPath(path, known, url, fetched, stated) for path in paths]
        report = _complain if settings.verbosity >= 0 else _ignore
        outcome = add_all(archive, registry, inputs, _complain, jobs, report, page_seconds)
        _sum_up(settings, archive, outcome.run_id, outcome.counts)
        if not outcome.counts["failed"]:  # what failed has said why
            _give_reasons(settings, archive, outcome)
        untold = tell_watchers(archive, config)
    return outcome.exit_code or untold


@click.command("reparse")
@click.option("--jobs", metavar="N", type=click.IntRange(1), default=1, show_default=True, help="Processes that parse.")
@click.option("--page-seconds", metavar="N", type=click.FloatRange(1), default=60, show_default=True, help="Time for one page.")
@common
@pass_settings
def reparse_(settings: Settings, jobs: int, page_seconds: float) -> int:
    """Parse every stored capture again with today's parsers; every derived row is made anew."""
    from db import Archive, ArchiveMissing
    from scraper.reparse import reparse

    if not settings.db.exists():
        raise ArchiveMissing(f"{settings.db}: no archive here; `bayegan crawl` or `bayegan add` makes one")
    with Archive(settings.db) as archive:
        config = follow_config(settings, archive)
        outcome = reparse(archive, settings.registry(), jobs, page_seconds)
        _sum_up(settings, archive, outcome.run_id, outcome.counts)
        _give_reasons(settings, archive, outcome)
        untold = tell_watchers(archive, config)
    return outcome.exit_code or untold


def follow_config(settings: Settings, archive: Archive) -> Config:
    """Return the configuration, the watches that it declares brought into the archive. Raises RegistryError, ArchiveError."""
    from scraper.alerts import follow_watches
    from scraper.config_file import read_config

    config = read_config()
    follow_watches(archive, settings.registry(), config)
    return config


def tell_watchers(archive: Archive, config: Config) -> int:
    """Tell what the watches found in a run, and what earlier runs could not tell; return 1 if any of it was not taken."""
    from scraper.alerts import deliver

    return int(not deliver(archive, config, _complain))


def _day(option: str, text: str | None) -> date | None:
    """Return the day of an option, Gregorian or Jalali, in any digits. Raises UsageError for what is none."""
    if text is None:
        return None
    from parsers.facts.dates import read_day

    try:
        return read_day(text)
    except ValueError as error:
        raise click.UsageError(f"{option} {error}") from error


def _sum_up(settings: Settings, archive: Archive, run_id: int, counts: Counter[str]) -> None:
    """The run in one line for people, as its row for programs."""
    from scraper.cli.output import print_json

    if settings.as_json:
        print_json(archive.run_log(limit=1)[0])
    elif settings.verbosity >= 0:
        click.echo(f"run {run_id}: " + ", ".join(_told(counts)))


_REASONS = 3  # of a run that are printed


def _give_reasons(settings: Settings, archive: Archive, outcome: Outcome) -> None:
    """Print what went wrong in a run, the commonest first, unless -v has printed all of it."""
    if not outcome.exit_code or settings.verbosity > 0:
        return
    found = archive.runs.reasons(outcome.run_id)
    for publisher, code, count, message in found[:_REASONS]:
        times = f" ({count} times)" if count > 1 else ""
        _complain(f"{publisher}: {code}{times}: {redact(' '.join(message.split()))}")
    if len(found) > _REASONS:
        _complain(f"and {len(found) - _REASONS} more kinds of trouble; `bayegan health` lists them")


def _told(counts: Counter[str]) -> Iterator[str]:
    names = ("discovered", "fetched", "not_modified", "inserted", "updated", "unchanged", "failed")
    for name in names:
        if counts[name] or name in ("inserted", "failed"):
            yield f"{counts[name]} {name.replace('_', ' ').replace('inserted', 'new')}"


def _web_archive(via: str | None, publishers: tuple[str, ...]) -> WebArchive | None:
    """Return the web archive that --via names. Raises UsageError."""
    if via is None:
        return None
    if not publishers:
        raise click.UsageError("--via wants the publishers named")
    from scraper.web_archives import web_archive

    try:
        return web_archive(via)
    except ValueError as error:
        raise click.UsageError(f"--via {error}") from error


def check_url(url: str | None) -> None:
    """Raise UsageError where an address that was given is no http(s) address."""
    from urllib.parse import urlsplit

    try:
        fits = url is None or (urlsplit(url).scheme in ("http", "https") and bool(urlsplit(url).hostname))
    except ValueError:
        fits = False
    if not fits:
        raise click.UsageError(f"--url {url}: not an http or https address")


def _days(since: str | None, until: str | None) -> Window:
    """Return the days between two options. Raises UsageError."""
    from scraper.publication_windows import Window

    first, last = _day("--since", since), _day("--until", until)
    if first and last and first > last:
        raise click.UsageError("--since is after --until")
    return Window(first, last)


def _ignore(_message: str) -> None:
    """Say nothing."""


def _complain(message: str) -> None:
    click.echo(f"bayegan: {message}", err=True)
