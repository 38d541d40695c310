"""`bayegan watch`: be told when something happens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Settings, common, pass_settings
from scraper.cli.output import isolate, print_json, print_rows

if TYPE_CHECKING:
    from pathlib import Path

    from scraper.alerts import Alerts
    from scraper.config_file import Config

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_COLUMNS = {
    "name": "watch", "query": "query", "digest": "told each", "to": "to", "found": "found", "waiting": "waiting",
    "last_found_at": "last", "trouble": "trouble",
}  # fmt: skip
_SHOWN = 3


@click.group("watch")
@common
def watch_() -> None:
    """Be told when something happens: a search, a clause, a law, a query, what goes wrong.

    What a watch finds is told once, at the end of the run that brought it: as an Atom feed, by mail, webhook and more.
    """


@watch_.command("add")
@click.argument("name")
@click.argument("query", nargs=-1, required=True)
@click.option("--to", "targets", multiple=True, metavar="NAME", help="A name of alerts.to in bayegan.toml; may be given again.")
@click.option("--digest", type=click.Choice(("run", "day")), help="Told after each run, or once a day. Default: alerts.digest.")
@common
@pass_settings
def _add(settings: Settings, name: str, query: tuple[str, ...], targets: tuple[str, ...], digest: str | None) -> None:
    """Watch for QUERY under a NAME. What is in the archive already is not told.

    A search (messenger:bale publisher:asriran), clause:بند ۱۱ LAW, law:LAW, sql:SELECT …, question:NAME, health.
    """
    from db import Archive
    from scraper.alerts import publishers

    if not _NAME.fullmatch(name):
        raise click.UsageError(f"NAME {name!r} is not made of a-z, 0-9, - and _")
    config, alerts = _configured()
    _check_targets(alerts, targets, config)
    if name in config.tables("watches"):
        raise click.UsageError(f"{name}: {config.path} declares a watch of this name")
    _must_exist(settings)
    with Archive(settings.db) as archive:
        there = archive.watches.add(
            name, " ".join(query), targets, digest or alerts.digest, declared=publishers(settings.registry())
        )
        if alerts.feeds:
            from scraper.alerts import write_feeds

            write_feeds(archive, alerts.feeds, alerts.site)
    if settings.verbosity >= 0:
        click.echo(f"{name}: {there} there already; what comes is told" + _where(name, targets, alerts))


@watch_.command("list")
@common
@pass_settings
def _list(settings: Settings) -> None:
    """Every watch: what it asks, how much it found, what waits to be told, what went wrong."""
    from db import Archive
    from db.watch.record import watch_rows

    with Archive(settings.db, readonly=True) as archive:
        rows = watch_rows(archive.db)
    print_rows(rows, _COLUMNS, as_json=settings.as_json, empty="no watches yet: `bayegan watch add NAME QUERY`")


@watch_.command("test")
@click.argument("name")
@click.option("--send", "is_sent", is_flag=True, help="Also send them to the watch's targets, marked as a test.")
@common
@pass_settings
def _test(settings: Settings, name: str, *, is_sent: bool) -> int:
    """Show what a watch would tell of the latest things that match, new or not. Nothing is noted; 1 if a target refuses."""
    from db import Archive
    from db.watch.atom import text_of
    from db.watch.record import latest

    _, alerts = _configured()
    with Archive(settings.db, readonly=True) as archive:
        watch = archive.watches.get(name)
        found = latest(archive.db, watch, _SHOWN)
    texts = [text_of(one, alerts.site) for one in found]
    if settings.as_json:
        print_json(found)
    else:
        click.echo("\n\n".join(isolate(text) for text in texts) or "nothing matches yet")
    return _send_test(name, watch.targets, alerts, texts) if is_sent else 0


def _send_test(name: str, targets: tuple[str, ...], alerts: Alerts, texts: list[str]) -> int:
    from importlib.util import find_spec

    from scraper.alerts import NEEDED, send

    if find_spec("apprise") is None:
        raise click.ClickException(NEEDED)
    if not targets:
        raise click.UsageError(f"nobody is told of `{name}`: it has no targets; add the watch again with --to")
    failed = 0
    for target in targets:
        trouble = send(alerts.address(target), f"bayegan: {name}: test", "\n\n".join(texts) or name)
        click.echo(f"{target}: {trouble or 'told'}", err=bool(trouble))
        failed += bool(trouble)
    return int(failed > 0)


@watch_.command("remove")
@click.argument("name")
@common
@pass_settings
def _remove(settings: Settings, name: str) -> None:
    """Remove a watch and what it found."""
    from db import Archive

    config, alerts = _configured()
    if name in config.tables("watches"):
        raise click.UsageError(f"{name}: {config.path} declares this watch; remove it there")
    _must_exist(settings)
    with Archive(settings.db) as archive:
        archive.watches.remove(name)
    if alerts.feeds:
        (alerts.feeds / f"{name}.atom").unlink(missing_ok=True)


@watch_.command("feed")
@click.argument("name")
@common
@pass_settings
def _feed(settings: Settings, name: str) -> None:
    """Print the Atom feed of a watch."""
    from db import Archive
    from scraper.alerts import feed_of

    _, alerts = _configured()
    with Archive(settings.db, readonly=True) as archive:
        archive.watches.get(name)
        click.echo(feed_of(archive, name, alerts.site), nl=False)


def _configured() -> tuple[Config, Alerts]:
    from scraper.alerts import Alerts
    from scraper.config_file import read_config

    config = read_config()
    return config, Alerts.of(config)


def _check_targets(alerts: Alerts, targets: tuple[str, ...], config: Config) -> None:
    unknown = next((target for target in targets if target not in alerts.to), None)
    if unknown:
        known = ", ".join(alerts.to) or "there are none"
        raise click.UsageError(f"--to {unknown}: no name of alerts.to in {config.path or 'bayegan.toml'} ({known})")


def _must_exist(settings: Settings) -> None:
    from db import ArchiveMissing

    if not settings.db.exists():
        raise ArchiveMissing(f"{settings.db}: no archive here; `bayegan crawl` or `bayegan add` makes one")


def _where(name: str, targets: tuple[str, ...], alerts: Alerts) -> str:
    feed: list[str | Path] = [alerts.feeds / f"{name}.atom"] if alerts.feeds else []
    places = [*targets, *map(str, feed)]
    return f" to {', '.join(places)}" if places else f"; read it with `bayegan watch feed {name}` or in `bayegan serve`"
