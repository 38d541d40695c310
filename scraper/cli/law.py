"""`bayegan law list|show`: the laws whose text is in the archive, one with its tree of clauses, one clause and who cites it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.options import Settings, common, pass_settings
from scraper.cli.output import cell_len, isolate, print_json, print_rows, terminal_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.law.tree import ClauseNode, ClauseView, LawTree

_COLUMNS = {
    "uri": "uri", "title": "title", "body": "issued by", "approved_on": "approved", "clauses": "clauses", "versions": "texts",
}  # fmt: skip
_STATUS = {"repealed": "repealed", "amended": "amended", "inserted": "inserted"}
_VERBS = {"amends": "amended", "inserts": "added", "cancels": "cancelled", "repeals": "repealed"}


@click.group("law", context_settings={"token_normalize_func": str.lower})
@common
def law_() -> None:
    """Laws, resolutions, bylaws: their clauses, and who cites them."""


@law_.command("list")
@common
@pass_settings
def _list(settings: Settings) -> None:
    """Every law whose text is in the archive."""
    from db import Archive
    from db.law.tree import laws

    with Archive(settings.db, readonly=True) as archive:
        rows = laws(archive.db)
    empty = "no text of any law; `bayegan add FILE` takes HTML, DOCX, PDF and text"
    if settings.as_json or not rows or not sys.stdout.isatty():
        print_rows(rows, _COLUMNS, as_json=settings.as_json, empty=empty)
        return
    for row in rows:
        click.echo(click.style(isolate(row["title"]), bold=True))
        click.echo(f"  {row['uri']}")
        told = [isolate(row["body"] or ""), f"approved {row['approved_on']}" if row["approved_on"] else ""]
        told += [_counted(row["clauses"], "clause"), _counted(row["versions"], "text")]
        click.echo("  " + "  ".join(filter(None, told)) + "\n")


@law_.command("show")
@click.argument("uri", metavar="URI")
@click.argument("clause", metavar="[CLAUSE]", required=False)
@click.option("--on", "day", metavar="DAY", help="As it stood on this day, Gregorian or Jalali.")
@common
@pass_settings
def _show(settings: Settings, uri: str, clause: str | None, day: str | None) -> None:
    """Print a law, by its URI or title, or one CLAUSE of it, by its eId (art_14__note_2) or as it is cited («بند ب ماده ۱۵»)."""
    from db import Archive
    from db.law.tree import clause as one_clause
    from db.law.tree import tree

    if day is not None:
        from scraper.cli.law_versions import show_on

        show_on(settings, uri, eid_of(clause) if clause else None, day)
        return
    with Archive(settings.db, readonly=True) as archive:
        found = one_clause(archive.db, uri, eid_of(clause)) if clause else tree(archive.db, uri)
    if settings.as_json:
        print_json(asdict(found))
    elif clause:
        _print_clause(found)  # type: ignore[arg-type]
    else:
        _print_law(found)  # type: ignore[arg-type]


def eid_of(clause: str) -> str:
    """Return the eId of a clause as people cite it; what is one already stays."""
    if clause.isascii():
        return clause
    from parsers.facts import extract

    eids = [eid for reference in extract(f"به استناد {clause} قانون نمونه").references for eid in reference.eids]
    return eids[0] if eids else clause


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _print_law(law: LawTree) -> None:
    print_about(law.about)
    if law.preamble:
        print_paragraph(law.preamble, 0)
    for node in law.nodes:
        _print_node(node, node.depth)
    if law.closing:
        print_paragraph(law.closing, 0)
    _print_changes("Changes", law.changes, "changed")
    _print_changes("Changed by", law.changed_by, "title")


def _print_clause(view: ClauseView) -> None:
    print_about(view.about)
    for node in view.nodes:
        _print_node(node, node.depth - view.nodes[0].depth)
    _print_changes("Changed by", view.changed_by, "title")
    click.echo("\n" + click.style(f"Cited by {len({row['document_id'] for row in view.cited_by})}", bold=True))
    for row in view.cited_by:
        _print_with_address(f"  {row['published_on'] or '?'}  {row['document_id']}  {isolate(row['title'] or '')}", row["url"])


def print_about(about: dict[str, Any]) -> None:
    """Print the lines above a law: its title, address, issuer, days."""
    click.echo(click.style(isolate(about["title"]), bold=True))
    click.echo(about["uri"] + (f"  no. {about['number']}" if about["number"] else ""))
    days = (("approved", "approved_on"), ("communicated", "communicated_on"), ("gazette", "gazetted_on"))
    told = [isolate(about["body"] or "")] + [f"{name} {about[column]}" for name, column in days if about[column]]
    if about["sessions"]:
        told.append("session " + ", ".join(map(str, about["sessions"])))
    if about["edited_at"]:
        told.append(f"edited {about['edited_at'][:10]} by {about['edited_by'] or '?'}")
    click.echo("  ".join(filter(None, told)) + "\n")


def _print_node(node: ClauseNode, depth: int) -> None:
    label = click.style(isolate(" ".join(filter(None, (node.label, node.heading)))), bold=True)
    notes = [_STATUS[node.status] + (f" {node.changed_on}" if node.changed_on else "")] if node.status in _STATUS else []
    notes += [f"cited by {node.documents}"] if node.documents else []
    click.echo("  " * depth + label + f"  [{node.eid}]" + (f"  ({', '.join(notes)})" if notes else ""))
    if node.text:
        print_paragraph(node.text, depth + 1)


def print_paragraph(text: str, depth: int) -> None:
    """Print a text wrapped to the terminal and indented; in a pipe one line for each of the text."""
    indent = "  " * depth
    width = terminal_width() - 2 if sys.stdout.isatty() else 1_000_000
    for line in text.split("\n"):
        for start, end in wrapped(line, max(width - len(indent), 20)):
            click.echo(indent + isolate(line[start:end]))


def _print_changes(heading: str, rows: Iterable[dict[str, Any]], name: str) -> None:
    rows = list(rows)
    if rows:
        click.echo("\n" + click.style(heading, bold=True))
    for row in rows:
        clause = f" {row['changed_eid']}" if row["changed_eid"] else ""
        _print_with_address(f"  {row['happened_on'] or '?'}  {_VERBS[row['relation']]}{clause}  {isolate(row[name])}", row["url"])


def _print_with_address(line: str, url: str) -> None:
    """In one line where there is room for it, and in a pipe."""
    together = f"{line}  {url}"
    fits = not sys.stdout.isatty() or cell_len(together) <= terminal_width()
    click.echo(together if fits else f"{line}\n    {url}")


def _register() -> None:
    from scraper.cli import law_versions

    law_versions.register(law_)


_register()
