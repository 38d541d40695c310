"""`bayegan export`: the archive's rows and captures in other programs' formats."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from scraper.cli.options import Settings, common, pass_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

_THINGS = {"warc": "captures", "akn": "laws"}
FORMATS = ("jsonl", "csv", "warc", "akn")


@click.command("export")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Default: stdout.")
@click.option("--view", metavar="NAME", default="articles", show_default=True, help="For jsonl and csv: which view.")
@click.option("--law", metavar="URI", help="For akn: one law as XML; without it, a ZIP of all.")
@common
@pass_settings
def export_(settings: Settings, form: str, output: Path | None, view: str, law: str | None) -> None:
    """Write the rows of a view as JSON lines or CSV, every capture as WARC/1.1, or laws as Akoma Ntoso 3.0."""
    from db import Archive

    with Archive(settings.db, readonly=True) as archive:
        if form == "warc":
            from scraper.warc import write_warc

            with _binary(output) as stream:
                count = write_warc((capture for _, capture in archive.captures_to_reparse()), stream)
        elif form == "akn":
            from db.akn import write_all

            with _binary(output) as stream:
                count = write_all(archive.db, stream, law)
        else:
            if view not in archive.db.view_names():
                raise click.UsageError(f"--view {view}: none of {', '.join(sorted(archive.db.view_names()))}")
            rows = archive.db.query(f'SELECT * FROM "{view}"')  # noqa: S608 - a name of the archive's own
            with _text(output) as stream:
                count = _write_json(rows, stream) if form == "jsonl" else _write_csv(rows, stream)
    if output and settings.verbosity >= 0:
        click.echo(f"{output}: {count} {_THINGS.get(form, 'rows')}")


class _Kept:
    """Standard output as a context that does not close it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __enter__(self) -> Any:
        return self._stream

    def __exit__(self, *_error: object) -> None:
        self._stream.flush()


def _binary(path: Path | None) -> Any:
    return path.open("wb") if path else _Kept(sys.stdout.buffer)


def _text(path: Path | None) -> Any:
    return path.open("w", encoding="utf-8", newline="") if path else _Kept(sys.stdout)


def _write_json(rows: Iterator[dict[str, Any]], stream: IO[str]) -> int:
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the answer
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def _write_csv(rows: Iterator[dict[str, Any]], stream: IO[str]) -> int:
    writer = None
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007
        if writer is None:
            writer = csv.DictWriter(stream, list(row))
            writer.writeheader()
        writer.writerow(row)
    return count
