"""`bayegan law show --on`, `diff`, `history`, `merge`, `rename`, `edit`: laws on other days, and what a person decides."""

from __future__ import annotations

import getpass
import tempfile
from dataclasses import asdict
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Settings, common, pass_settings
from scraper.cli.output import isolate, print_json

if TYPE_CHECKING:
    from db.law.points_in_time import ClauseDifference, DatedClause


_DOUBTS = {
    "not_yet": "there was no such law on that day: it was approved on {approved_on}",
    "undated": "the archive does not know when it was approved: it may not have been there yet",
}


def register(group: click.Group) -> None:
    """Add the commands to `bayegan law`."""
    for command in (_diff, _history, _merge, _rename, _edit):
        group.add_command(command)


def read_day(text: str, what: str) -> str:
    """Return an ISO day for one that is typed, Gregorian or Jalali, told by its year, in any digits. Raises UsageError."""
    from parsers.facts.dates import read_day as read

    try:
        return read(text).isoformat()
    except ValueError as error:
        raise click.UsageError(f"{what} {error}") from error


def show_on(settings: Settings, uri: str, eid: str | None, day: str) -> None:
    """Print a law, or one clause of it with those in it, as it stood on a day."""
    from db import Archive, ArchiveError
    from db.law.points_in_time import law_on
    from db.law.tree import own_eid
    from scraper.cli.law import print_about

    iso = read_day(day, "--on")
    with Archive(settings.db, readonly=True) as archive:
        law = law_on(archive.db, uri, iso)
        own = own_eid(archive.db, law.about["instrument_id"], eid) if eid else None
    clauses = [clause for clause in law.clauses if own is None or clause.eid == own or clause.eid.startswith(f"{own}__")]
    if own and own in law.unknown:
        raise ArchiveError(f"{law.about['uri']}: the words of `{own}` on {iso} are not in the archive, only later ones")
    if own and not clauses:
        raise ArchiveError(f"{law.about['uri']}: no clause `{own}` on {iso}; `bayegan law history` tells its days")
    if settings.as_json:
        print_json({**asdict(law), "clauses": [asdict(clause) for clause in clauses]})
        return
    print_about(law.about)
    click.echo(f"as it stood on {iso}\n")
    if law.doubt:
        click.echo(f"{_DOUBTS[law.doubt].format(**law.about)}\n")
    for clause in clauses:
        _print_clause(clause, clauses[0].depth, since_unknown=law.is_undated(clause))
    for unknown in law.unknown if own is None else ():
        click.echo(f"[{unknown}]  its words of that day are not in the archive, only later ones")


def _print_clause(clause: DatedClause, depth: int, *, since_unknown: bool) -> None:
    from scraper.cli.law import print_paragraph

    inset = clause.depth - depth
    label = click.style(isolate(" ".join(filter(None, (clause.label, clause.heading)))), bold=True)
    by = f"  (since {clause.valid_from} by {isolate(clause.changed_by)})" if clause.changed_by else ""
    by += "  (amended on a day that is not known: it may have said something else)" if since_unknown else ""
    click.echo("  " * inset + label + f"  [{clause.eid}]" + by)
    if clause.text:
        print_paragraph(clause.text, inset + 1)


@click.command("diff")
@click.argument("uri", metavar="URI")
@click.argument("first", metavar="DAY1")
@click.argument("second", metavar="DAY2")
@common
@pass_settings
def _diff(settings: Settings, uri: str, first: str, second: str) -> None:
    """Print what changed in a law between two days, clause by clause."""
    from db import Archive
    from db.law.points_in_time import differences

    days = (read_day(first, "DAY1"), read_day(second, "DAY2"))
    with Archive(settings.db, readonly=True) as archive:
        found = differences(archive.db, uri, *days)
    if settings.as_json:
        print_json([asdict(difference) for difference in found])
        return
    if not found:
        click.echo(f"the same words on {days[0]} and {days[1]}")
    for difference in found:
        _print_difference(difference)


def _print_difference(difference: ClauseDifference) -> None:
    by = f"  by {isolate(difference.changed_by)}" if difference.changed_by else ""
    click.echo(click.style(isolate(difference.label), bold=True) + f"  [{difference.eid}]{by}")
    for sign, text, colour in (("-", difference.before, "red"), ("+", difference.after, "green")):
        for line in text.split("\n") if text is not None else ():
            click.echo("  " + click.style(f"{sign} {isolate(line)}", fg=colour))


@click.command("history")
@click.argument("uri", metavar="URI")
@click.argument("clause", metavar="CLAUSE")
@common
@pass_settings
def _history(settings: Settings, uri: str, clause: str) -> None:
    """Print every text that a CLAUSE had, with its days and the law that brought it, and the changes that it could not follow."""
    from db import Archive
    from db.law.points_in_time import history
    from scraper.cli.law import eid_of, print_paragraph

    with Archive(settings.db, readonly=True) as archive:
        found = history(archive.db, uri, eid_of(clause))
    if settings.as_json:
        print_json(asdict(found))
        return
    for version in found.versions:
        by = isolate(version.changed_by) if version.changed_by else "the law itself"
        days = f"{version.valid_from or '?'} to {version.valid_to or 'today'}"
        click.echo(
            click.style(days, bold=True) + f"  by {by}" + (f" [{version.changed_by_clause}]" if version.changed_by_clause else "")
        )
        print_paragraph(version.whole, 1)
    for change in found.unapplied:
        day, law, reason = change["happened_on"] or "?", isolate(change["changed_by"]), change["reason"]
        click.echo(
            click.style(day, bold=True) + f"  {change['relation']} by {law} [{change['source_eid']}]: not applied, {reason}"
        )


@click.command("merge")
@click.argument("other", metavar="OTHER")
@click.argument("kept", metavar="KEPT")
@common
@pass_settings
def _merge(settings: Settings, other: str, kept: str) -> None:
    """Say that the law OTHER is the law KEPT (URIs): one row for both from now on, over every reparse."""
    from db import Archive
    from db.law.decided_by_people import merge

    with Archive(settings.db) as archive:
        merge(archive.db, other, kept, at=_now(), by=getpass.getuser())
    if settings.verbosity >= 0:
        click.echo(f"{other} is {kept}")


@click.command("rename")
@click.argument("uri", metavar="URI")
@click.argument("title", metavar="TITLE")
@common
@pass_settings
def _rename(settings: Settings, uri: str, title: str) -> None:
    """Give a law another TITLE; the old one still means it, over every reparse."""
    from db import Archive
    from db.law.decided_by_people import rename

    if not title.strip():
        raise click.UsageError("TITLE is empty")
    with Archive(settings.db) as archive:
        rename(archive.db, uri, " ".join(title.split()), at=_now(), by=getpass.getuser())
    if settings.verbosity >= 0:
        click.echo(f"{uri} is called {isolate(title)}")


@click.command("edit")
@click.argument("uri", metavar="URI")
@click.argument(
    "file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, exists=True, readable=True, dir_okay=False)
)
@click.option(
    "--out", "out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write the text to edit here."
)
@click.option("--force", is_flag=True, help="Replace a file that is there, edited or not written by bayegan.")
@common
@pass_settings
def _edit(settings: Settings, uri: str, file: Path | None, out: Path | None, *, force: bool) -> None:
    """Correct a law by hand: write it as text with --out, one clause a line, and take the edited FILE back.

    Without either, $EDITOR opens it. What is taken back stays over every reparse, with your name and the moment.
    """
    from db import Archive, ArchiveError
    from db.outputs import new_file
    from scraper.law_edits import read_edited_file, take_back, text_to_edit

    if file and out:
        raise click.UsageError("FILE and --out: the one takes an edited law back, the other writes it; give one of them")
    if out is not None:
        with Archive(settings.db, readonly=True) as archive, new_file(out, archive.path, force=force) as part:
            part.write_text(text_to_edit(archive, uri), encoding="utf-8")
        click.echo(f"{out}: edit it, then `bayegan law edit {quote(uri)} {quote(str(out))}`")
        return
    with Archive(settings.db) as archive:
        before = text_to_edit(archive, uri)
        edited = read_edited_file(file) if file else click.edit(before, extension=".txt")
        if edited is None or edited == before:
            click.echo(f"{uri}: nothing changed")
            return
        try:
            clauses = take_back(archive, uri, edited, at=_now(), by=getpass.getuser())
        except ArchiveError as error:
            raise ArchiveError(f"{error}{'' if file else _kept(edited, uri)}") from error
    if settings.verbosity >= 0:
        click.echo(f"{uri}: {clauses} clauses, as edited by {getpass.getuser()}")


def _kept(edited: str, uri: str) -> str:
    """Keep what was typed in an editor and could not be taken back; return where it is, for the message."""
    with tempfile.NamedTemporaryFile("w", prefix="bayegan-law-", suffix=".txt", encoding="utf-8", delete=False) as kept:
        kept.write(edited)
    return f"; what you wrote is in {kept.name}: mend it, then `bayegan law edit {quote(uri)} {kept.name}`"


def _now() -> str:
    from scraper.clock import now_in_tehran

    return now_in_tehran()
