"""`bayegan export`: the archive's rows and captures in other programs' formats."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

import click

from scraper.cli.options import Settings, common, force_option, pass_settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from db import Archive
    from db.read.export import Table

FORMATS = ("jsonl", "csv", "parquet", "warc", "wacz", "akn")
_THINGS = {"warc": "captures", "wacz": "captures", "akn": "laws"}


@click.command("export")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Default, and -: stdout.")
@click.option("--view", metavar="NAME", default="articles", show_default=True, help="For jsonl, csv and parquet: which view.")
@click.option("--sql", metavar="QUERY", help="Instead of a view: a query's rows; for warc and wacz, documents by `document_id`.")
@click.option("--spreadsheet", is_flag=True, help="For csv: as Excel and LibreOffice read Persian; no text is a formula.")
@click.option("--partition", type=click.Choice(["month"]), help="For parquet: a folder as output, with a file for each month.")
@click.option("--law", metavar="URI", help="For akn: one law as XML; without it, a ZIP of all.")
@force_option
@common
@pass_settings
def export_(
    settings: Settings, form: str, output: Path | None, view: str, sql: str | None, law: str | None,
    partition: str | None, *, spreadsheet: bool, force: bool,
) -> int:  # fmt: skip
    """Write rows of a view or query as JSON lines, CSV or Parquet, captures as WARC/1.1 or WACZ, or laws as Akoma Ntoso 3.0."""
    from db import Archive

    output = None if output == Path("-") else output
    if form == "parquet" and output is None:
        raise click.UsageError("--format parquet needs --output FILE")
    if sql is not None and not sql.strip():
        raise click.UsageError("--sql: an empty query; leave it out for all rows of a view")
    if spreadsheet and form != "csv":
        raise click.UsageError("--spreadsheet is for --format csv")
    if partition and (form != "parquet" or output is None or output.exists()):
        raise click.UsageError("--partition is for --format parquet, with a new folder as --output")
    damaged: list[str] = []
    with Archive(settings.db, readonly=True) as archive, _output(None if partition else output, archive, force=force) as path:
        wanted = _ExportRequest(form, view, sql, law, spreadsheet)
        count = _write_months(archive, wanted, output) if partition and output else _write(archive, wanted, path, damaged)
    for message in damaged:
        click.echo(f"bayegan: {message}", err=True)
    if output and settings.verbosity >= 0:
        click.echo(f"{output}: {count} {_THINGS.get(form, 'rows')}")
    return 1 if damaged else 0


@dataclass(frozen=True, slots=True)
class _ExportRequest:
    """What is to be written, and as what; see the options."""

    form: str
    view: str
    sql: str | None
    law: str | None
    spreadsheet: bool


def _write(archive: Archive, wanted: _ExportRequest, path: Path | None, damaged: list[str]) -> int:
    """Write to the file, or to standard output; return how many things. Captures that cannot be read go to `damaged`."""
    from db.read import export, parquet

    form, sql = wanted.form, wanted.sql
    if form in ("warc", "wacz"):
        from scraper.warc_write import write_wacz, write_warc

        captures = archive.stored_captures(
            _documents(archive, sql) if sql else None, lambda capture_id, error: damaged.append(f"capture {capture_id}: {error}")
        )
        with _binary(path) as stream:
            return write_warc(captures, stream) if form == "warc" else write_wacz(captures, stream)
    if form == "akn":
        from db.law.akoma_ntoso import write_all

        with _binary(path) as stream:
            return write_all(archive.db, stream, wanted.law)
    table = _table(archive, wanted)
    if path and form == "parquet":
        return parquet.write_parquet(archive.db, table, path)
    with _text(path) as stream:
        if form == "jsonl":
            return export.write_json(archive.db, table, stream)
        return export.write_csv(archive.db, table, stream, for_people=wanted.spreadsheet)


def _table(archive: Archive, wanted: _ExportRequest) -> Table:
    from db.read import export

    return export.query(archive.db, wanted.sql) if wanted.sql else export.view(archive.db, wanted.view)


def _write_months(archive: Archive, wanted: _ExportRequest, folder: Path) -> int:
    """Write a folder of Parquet files, which gets its name when it is whole; return how many rows."""
    from db.read.parquet import write_months

    with TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as parent:
        made = Path(parent) / "months"
        made.mkdir()
        count = write_months(archive.db, _table(archive, wanted), made)
        made.rename(folder)
    return count


def _documents(archive: Archive, sql: str) -> set[int]:
    from db.read import export

    table = export.query(archive.db, sql)
    names = [name for name, _ in table.columns]
    if "document_id" not in names:
        raise click.UsageError("--sql: for warc, give a query with a column `document_id`")
    place = names.index("document_id")
    return {row[place] for row in table.rows(archive.db) if row[place] is not None}


def _output(output: Path | None, archive: Archive, *, force: bool) -> AbstractContextManager[Path | None]:
    """Return a file that takes the output's place when all is written; None stands for standard output."""
    from db.outputs import new_file

    return new_file(output, archive.path, force=force) if output else nullcontext()


class _OpenStream:
    """Standard output as a context that does not close it."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __enter__(self) -> Any:
        return self._stream

    def __exit__(self, *_error: object) -> None:
        self._stream.flush()


def _binary(path: Path | None) -> Any:
    return path.open("wb") if path else _OpenStream(sys.stdout.buffer)


def _text(path: Path | None) -> IO[str] | _OpenStream:
    return path.open("w", encoding="utf-8", newline="") if path else _OpenStream(sys.stdout)
