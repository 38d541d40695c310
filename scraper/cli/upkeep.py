"""Commands that keep an archive for years: check, backup, recover, upgrade, status."""

from __future__ import annotations

import sys
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.options import Settings, common, force_option, pass_settings
from scraper.cli.output import print_json, print_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.upkeep.check import Finding

_FINDING_COLUMNS = {"code": "check", "count": "rows", "message": "finding"}


@click.command("check")
@click.option("--deep", is_flag=True, help="Also bytes against their hashes, texts, offsets and the words of the search index.")
@click.option(
    "--repair", "is_repaired", is_flag=True, help="Make again what can be made from the rest: indexes, counts, histories."
)
@common
@pass_settings
def check_(settings: Settings, *, deep: bool, is_repaired: bool) -> int:
    """Check whether the archive is sound. Exits 1 with a line for each finding; a crawl may run meanwhile, another check not."""
    with _check_in_turn(settings.db):
        findings = _checked(settings, deep=deep, is_repaired=is_repaired)
    _print_findings(settings, findings)
    return int(bool(findings))


@contextmanager
def _check_in_turn(path: Path) -> Iterator[None]:
    """Hold the lock of checks; wait for another check, that of `serve` for instance, to end."""
    from db.archive import ArchiveLocked
    from db.upkeep.check_process import check_lock

    with ExitStack() as stack:
        try:
            stack.enter_context(check_lock(path))
        except ArchiveLocked as error:
            click.echo(f"bayegan: {error}; this one begins when it has ended", err=True)
            stack.enter_context(check_lock(path, waits=True))
        yield


def _checked(settings: Settings, *, deep: bool, is_repaired: bool) -> list[Finding]:
    """Return what is wrong, after repairs, and keep it in the archive unless a run writes to it now, or it can only be read."""
    from db import Archive
    from db.archive import ArchiveLocked
    from db.errors import NotWritable
    from db.upkeep.check import check
    from db.upkeep.log import note_check
    from db.upkeep.repair import repair

    with Archive(settings.db, readonly=True) as archive:
        findings = check(archive.db, deep=deep)
    if findings and is_repaired:
        with Archive(settings.db) as archive:
            repair(archive)
            findings = check(archive.db, deep=deep)
    with suppress(ArchiveLocked, NotWritable), Archive(settings.db) as archive:
        note_check(archive.db, findings)
    return findings


def _print_findings(settings: Settings, findings: list[Finding]) -> None:
    rows = [{"code": one.code, "count": one.count, "message": one.message} for one in findings]
    print_rows(rows, _FINDING_COLUMNS, as_json=settings.as_json, empty="sound")


@click.command("backup")
@click.argument("target", metavar="FILE|DIR", type=click.Path(path_type=Path))
@click.option(
    "--keep", metavar="N", type=click.IntRange(1), help="For a folder: remove all but the N latest copies of this archive."
)
@force_option
@common
@pass_settings
def backup_(settings: Settings, target: Path, keep: int | None, *, force: bool) -> None:
    """Copy the archive while it is in use, and verify the copy. Into a folder: under a name with the moment."""
    from db import Archive
    from db.upkeep.backup import back_up

    if keep is not None and not target.is_dir():
        raise click.UsageError("--keep goes with a folder")
    with Archive(settings.db, readonly=True) as archive:
        path = back_up(archive.db, archive.path, target, keep, force=force)
    if settings.verbosity >= 0:
        click.echo(f"{path}: {path.stat().st_size // 1024} kB")


@click.command("recover")
@click.argument("old", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@common
@pass_settings
def recover_(settings: Settings, old: Path, new: Path) -> int:
    """Read what can be read of a damaged archive into a new one: captures first, then parse them. Exits 1 if anything is lost."""
    from tempfile import TemporaryDirectory

    from db import Archive, ArchiveError
    from db.upkeep.recover import Recovery
    from db.upkeep.salvage import is_sound, salvage
    from scraper.reparse import reparse

    if new.exists() or new.is_symlink():
        raise click.UsageError(f"{new}: is there already; name a new file")
    with TemporaryDirectory(dir=new.parent) as folder, Archive(new) as archive:
        is_whole = is_sound(old)
        recovery = Recovery(old if is_whole else salvage(old, Path(folder)), archive)
        recovery.copy_captures()
        if not (is_whole or recovery.result.read["captures"]):
            raise ArchiveError(f"{old}: nothing can be read; restore a backup")
        reparse(archive, settings.registry())
        recovery.copy_the_rest()
        recovery.close()
        documents = archive.db.execute("SELECT count(*) FROM documents").fetchone()[0]
    result = recovery.result
    lost = {name: count for name, count in result.lost.items() if count > 0}
    if settings.as_json:
        print_json({"read": dict(result.read), "lost": lost, "documents": documents})
    else:
        click.echo(f"{new}: {result.read['captures']} captures read, {documents} documents")
        for name, count in sorted(lost.items()):
            click.echo(f"lost of {name}: {count}")
    return int(bool(lost))


@click.command("upgrade")
@click.option("--pack", "is_packed", is_flag=True, help="Also pack older captures with dictionaries, and make the file smaller.")
@common
@pass_settings
def upgrade_(settings: Settings, *, is_packed: bool) -> None:
    """Bring an archive of an earlier version to this one, its stories included. Crawls and `add` do so by themselves."""
    from db import Archive, ArchiveMissing

    if not settings.db.exists():
        raise ArchiveMissing(f"{settings.db}: no archive here; `bayegan crawl` or `bayegan add` makes one")
    with Archive(settings.db) as archive:
        steps = archive.db.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0]
        archive.group_stories(_progress(settings, "stories"))
        if is_packed:
            archive.pack_captures(_progress(settings, "captures"))
            archive.db.execute("VACUUM")
    if settings.verbosity >= 0:
        click.echo(f"{settings.db}: up to date, {steps} steps")


def _progress(settings: Settings, what: str) -> Callable[[int, int], None]:
    """Return what shows how far a long job is: one line, written over on a terminal, else a line for every tenth of it."""
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        tenth = 10 * done // max(total, 1)
        if settings.verbosity >= 0 and (sys.stderr.isatty() or tenth > shown):
            shown = tenth
            end = "\r" if sys.stderr.isatty() and done < total else "\n"
            sys.stderr.write(f"{what}: {done:,} of {total:,}{end}")
            sys.stderr.flush()

    return show


@click.command("status")
@common
@pass_settings
def status_(settings: Settings) -> int:
    """Show the archive on one screen: what it holds, how large it is, its last run, backup and check."""
    from db import Archive
    from db.upkeep.log import status

    with Archive(settings.db, readonly=True) as archive:
        found: dict[str, Any] = status(archive.db, archive.path)
    if settings.as_json:
        print_json(found)
    else:
        for name, value in found.items():
            click.echo(f"{name.replace('_', ' '):<18} {value if value is not None else '-'}")
    return 0
