"""Commands that write the archive: crawl, add, reparse."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Settings, common, pass_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.registry import Publisher, Registry

SAMPLE = "sample"


@click.command("crawl")
@click.argument("publishers", metavar="[PUBLISHER]...", nargs=-1)
@click.option("--since", metavar="DATE", help="Only what was published on or after this day: 2026-10-01 or 1405-07-09.")
@click.option("--until", metavar="DATE", help="Only what was published on or before this day.")
@click.option("--limit", metavar="N", type=click.IntRange(1), help="At most N articles of each publisher.")
@click.option("--contact", metavar="TEXT", envvar="BAYEGAN_CONTACT",
              help="An address for the User-Agent, so that a publisher can reach you (BAYEGAN_CONTACT).")
@click.option("--log", "log_path", metavar="FILE", type=click.Path(dir_okay=False), help="Write JSON lines of what happens here.")
@common
@pass_settings
def crawl_(settings: Settings, publishers: tuple[str, ...], **options: object) -> int:
    """Discover, fetch, parse and store: the main job. `crawl sample` crawls the newsroom that ships with bayegan."""
    registry = settings.registry()
    chosen = _chosen(registry, publishers)
    from db.archive import Archive

    with ExitStack() as stack:
        archive = stack.enter_context(Archive(settings.db))
        chosen = [stack.enter_context(_served(p)) if p.slug == SAMPLE else p for p in chosen]
    return 0
