"""Commands that keep the archive running: sources, runs, health, schedule, export."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scraper.cli.new_source import sources_new
from scraper.cli.options import Settings, common, pass_settings, publisher_names
from scraper.cli.output import print_json, print_rows

RUN_COLUMNS = {
    "run_id": "run",
    "command": "command",
    "started_at": "started",
    "status": "status",
    "discovered": "found",
    "fetched": "fetched",
    "not_modified": "304",
    "inserted": "new",
    "updated": "updated",
    "unchanged": "same",
    "failed": "failed",
}
CHECK_COLUMNS = {
    "publisher": "publisher",
    "kind": "source",
    "articles": "articles",
    "verdict": "first is",
    "title": "title",
    "published_at": "published",
    "issues": "issues",
    "url": "address",
}
WINDOW_COLUMNS = {
    "publisher": "publisher",
    "window": "window",
    "first_on": "from",
    "last_on": "to",
    "listed": "listed",
    "documents": "documents",
    "waiting": "waiting",
    "failed": "failed",
}
TOPIC_COLUMNS = {
    "publisher": "publisher",
    "name": "name",
    "documents": "documents",
    "of": "of all",
    "share": "share",
    "first_on": "from",
    "last_on": "to",
    "declared": "declared",
}
ISSUE_COLUMNS = {
    "publisher": "publisher",
    "level": "level",
    "code": "issue",
    "count": "times",
    "last_seen_at": "last seen",
    "message": "what",
    "example_url": "example",
}


@click.group("sources")
@common
def sources_() -> None:
    """The publishers that can be crawled."""


sources_.add_command(sources_new)


@sources_.command("list")
@common
@pass_settings
def sources_list(settings: Settings) -> None:
    """Every publisher: slug, name, content system, homepage."""
    rows = [
        {"slug": p.slug, "name": p.name, "cms": p.cms, "homepage": p.homepage, "sources": [d.kind for d in p.discover]}
        for p in settings.registry()
    ]
    columns = {"slug": "publisher", "name": "name", "cms": "system", "sources": "discovered by", "homepage": "homepage"}
    print_rows(rows, columns, as_json=settings.as_json, empty="no publishers")


@sources_.command("show")
@click.argument("publisher", shell_complete=publisher_names)
@common
@pass_settings
def sources_show(settings: Settings, publisher: str) -> None:
    """All that is declared of one publisher."""
    from dataclasses import asdict, replace

    found = settings.registry().get(publisher)
    declared = asdict(replace(found, access=found.access.hidden()))
    print_json({key: value for key, value in declared.items() if key != "furniture"})


@sources_.command("check")
@click.argument("publishers", metavar="[PUBLISHER]...", nargs=-1, shell_complete=publisher_names)
@click.option("--offline", is_flag=True, help="Only whether the files hold; ask nobody for anything.")
@click.option("--contact", metavar="TEXT", envvar="BAYEGAN_CONTACT", help="How a publisher can reach you (BAYEGAN_CONTACT).")
@common
@pass_settings
def sources_check(settings: Settings, publishers: tuple[str, ...], offline: bool, contact: str | None) -> int:
    """Look at each source and one article of it; 1 if any gives none, 4 if none gives any, 2 if a file does not hold."""
    from dataclasses import asdict

    from scraper.cli.publishers import check_access, chosen, served

    registry = settings.registry()
    wanted = chosen(registry, publishers)
    if offline:
        click.echo(f"{len(registry)} publishers, {sum(len(p.discover) for p in wanted)} sources: their files hold")
        return 0
    from scraper.source_check import check

    check_access(wanted)
    with served(wanted) as there:
        found = check(there, contact)
    rows = [asdict(finding) | {"good": finding.good} for finding in found]
    print_rows(rows, CHECK_COLUMNS, as_json=settings.as_json, empty="no sources")
    good = sum(finding.good for finding in found)
    return 0 if good == len(found) else 1 if good else 4


@sources_.command("backfill")
@click.argument("publishers", metavar="[PUBLISHER]...", nargs=-1, shell_complete=publisher_names)
@common
@pass_settings
def sources_backfill(settings: Settings, publishers: tuple[str, ...]) -> None:
    """Which windows of a backfill (`crawl --since D`) have been listed to their end, and what has come of their addresses."""
    from dataclasses import asdict

    from db import Archive
    from scraper.backfill_ledger import window_states

    registry = settings.registry()
    wanted = [registry.get(slug) for slug in publishers] or list(registry)
    with Archive(settings.db, readonly=True) as archive:
        rows = [asdict(state) for publisher in wanted for state in window_states(archive, publisher)]
    print_rows(rows, WINDOW_COLUMNS, as_json=settings.as_json, empty="no backfill yet: `bayegan crawl PUBLISHER --since DATE`")


@sources_.command("suggest")
@click.argument("topic", nargs=-1, required=True)
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True)
@common
@pass_settings
def sources_suggest(settings: Settings, topic: tuple[str, ...], limit: int) -> None:
    """Who writes about TOPIC, a search: publishers by how many of their documents the archive holds on it.

    `share` is the part of the publisher's documents that it is.
    """
    from db import Archive
    from db.read.topics import publishers_of

    if not " ".join(topic).strip():
        raise click.UsageError("TOPIC is empty: name it by words, as in a search")
    registry = settings.registry()
    with Archive(settings.db, readonly=True) as archive:
        found = publishers_of(archive.db, " ".join(topic), limit)
    rows = [{**row, "declared": "yes" if registry.find(row["publisher"]) else "no"} for row in found]
    print_rows(rows, TOPIC_COLUMNS, as_json=settings.as_json, empty="nobody, as far as this archive knows")


@click.command("runs")
@click.option("--limit", metavar="N", type=click.IntRange(1), default=20, show_default=True)
@common
@pass_settings
def runs_(settings: Settings, limit: int) -> None:
    """The last runs and what they did, newest first."""
    from db import Archive

    with Archive(settings.db, readonly=True) as archive:
        print_rows(archive.run_log(limit=limit), RUN_COLUMNS, as_json=settings.as_json, empty="no runs yet")


@click.command("health")
@click.option("--compare/--no-compare", default=True, help="Hold the newest pages against what other readers make of them.")
@common
@pass_settings
def health_(settings: Settings, *, compare: bool) -> int:
    """Judge every source by what is expected of it now; open issues are listed. Exits 1 if anything is wrong.

    Of a publisher without [health] what is usual is expected: articles with day and title, bodies of usual length. Title and
    day of the newest pages, one in fifty, are held against trafilatura's and htmldate's: where most differ, that is an issue.
    """
    from db import Archive
    from scraper.health_report import health_issues

    with Archive(settings.db, readonly=True) as archive:
        issues = health_issues(archive, settings.registry(), compare=compare)
    print_rows(issues, ISSUE_COLUMNS, as_json=settings.as_json, empty="all is well")
    return int(any(issue["level"] != "info" for issue in issues))


@click.command("schedule")
@click.argument("kind", type=click.Choice(("systemd", "cron")))
@click.argument("publishers", metavar="[PUBLISHER]...", nargs=-1, shell_complete=publisher_names)
@click.option("--contact", metavar="TEXT", envvar="BAYEGAN_CONTACT", help="How a publisher can reach you (BAYEGAN_CONTACT).")
@click.option("--log", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Where the crawl logs what happens.")
@click.option("--backups", metavar="DIR", type=click.Path(path_type=Path), help="For systemd: also nightly backups.")
@click.option("--keep", metavar="N", type=click.IntRange(1), default=14, show_default=True, help="Backups that are kept.")
@common
@pass_settings
def schedule_(
    settings: Settings, kind: str, publishers: tuple[str, ...], contact: str | None, log: Path | None, backups: Path | None,
    keep: int,
) -> None:  # fmt: skip
    """Print units for systemd, or a crontab, that run the crawl and a weekly check; nothing is installed.

    They keep --sources, --contact, --log and the configuration file that are in force now.
    """
    from scraper.cli.publishers import chosen
    from scraper.config_file import config_path
    from scraper.schedule import ScheduledCrawl, cron, systemd, systemd_upkeep

    if backups and kind != "systemd":
        raise click.UsageError("--backups goes with systemd")

    chosen(settings.registry(), publishers)
    config = config_path()
    crawl = ScheduledCrawl(
        _command_path(),
        settings.db.resolve(),
        publishers,
        settings.sources.resolve() if settings.sources else None,
        contact,
        config.resolve() if config else None,
        log.resolve() if log else None,
    )
    click.echo({"systemd": systemd, "cron": cron}[kind](crawl), nl=False)
    if kind == "systemd":
        click.echo("\n" + systemd_upkeep(crawl, backups.resolve() if backups else None, keep), nl=False)


def _command_path() -> Path:
    """Return the `bayegan` that runs now, else the one next to this Python."""
    named = Path(sys.argv[0])
    return named.absolute() if named.name == "bayegan" and named.is_file() else Path(sys.executable).with_name("bayegan")
