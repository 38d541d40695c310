"""`bayegan report`: what is in the archive, as a page to mail or to host."""

from __future__ import annotations

from pathlib import Path

import click

from scraper.cli.options import Settings, common, force_option, pass_settings


@click.command("report")
@click.option(
    "-o", "--output", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), default=Path("report"), show_default=True
)
@force_option
@common
@pass_settings
def report_(settings: Settings, output: Path, *, force: bool) -> None:
    """Write a report into a folder: index.html, which needs nothing else, and the rows behind it as CSV."""
    from db import Archive
    from db.web.report import write

    with Archive(settings.db, readonly=True) as archive:
        files = write(archive.db, output, archive.path, force=force)
    if settings.verbosity >= 0:
        click.echo(f"{files[0]}: {files[0].stat().st_size // 1024} kB, and {len(files) - 1} tables in {output / 'data'}")
