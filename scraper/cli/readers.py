"""Commands that read the archive in a terminal: search, show, diff."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Settings, common, pass_settings
from scraper.cli.output import isolate, paragraphs, print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from db.readers import DocumentView
    from db.search import Hit


@click.command("search")
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", metavar="N", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Skip the first N.")
@common
@pass_settings
def search_(settings: Settings, query: tuple[str, ...], limit: int, offset: int) -> int:
    """Find documents by their words. Spelling of ZWNJ, ye, kaf and digits makes no difference.

    "a phrase", prefix*, AND OR NOT, publisher:asriran, messenger:bale, date:1398, from:1398-02-01 to:1398-02-31.
    """
    from db import Archive

    with Archive(settings.db, readonly=True) as archive:
        result = archive.search(" ".join(query), limit=limit, offset=offset)
    if settings.as_json:
        print_json({"total": result.total, "hits": [asdict(hit) for hit in result.hits]})
        return 0
    for hit in result.hits:
        _print_hit(hit)
    shown = f"{offset + 1}-{offset + len(result.hits)} of {result.total}" if result.hits else "nothing found"
    click.echo(shown, err=True)
    return 0


def _print_hit(hit: Hit) -> None:
    click.echo(isolate(_marked(hit.title or "(no title)", hit.title_highlights, bold=True)))
    click.echo(f"  {hit.document_id}  {hit.publisher}  {hit.published_jalali or ''}  {hit.url}")
    click.echo("  " + isolate(_marked(" ".join(hit.snippet.split("\n")), hit.highlights)) + "\n")


def _marked(text: str, spans: Sequence[tuple[int, int]], *, bold: bool = False) -> str:
    """The text with its highlights coloured on a terminal; as it is in a pipe."""
    if not sys.stdout.isatty():
        return text
    parts, place = [], 0
    for start, end in spans:
        parts += [click.style(text[place:start], bold=bold), click.style(text[start:end], fg="yellow", bold=True)]
        place = end
    return "".join([*parts, click.style(text[place:], bold=bold)])


@click.command("show")
@click.argument("document", metavar="DOC")
@common
@pass_settings
def show_(settings: Settings, document: str) -> None:
    """Print one document, by its id, address or news code, and what was found in it."""
    from db import Archive

    with Archive(settings.db, readonly=True) as archive:
        view = archive.document(int(document) if document.isascii() and document.isdigit() else document)
    if settings.as_json:
        print_json(asdict(view))
        return
    _print_document(view)


def _print_document(view: DocumentView) -> None:
    article = view.article
    if article.kicker:
        click.echo(isolate(article.kicker))
    click.echo(click.style(isolate(article.title or "(no title)"), bold=True))
    about = [f"document {view.document_id}", view.publisher, article.published_jalali, article.published_at, article.agency]
    click.echo("  ".join(part for part in about if part))
    click.echo(view.url + (f"  (gone since {view.gone_at})" if view.gone_at else ""))
    for text in (article.lead, article.body):
        if text:
            click.echo("\n" + paragraphs(text))
    _print_facts(view)
    if len(view.revisions) > 1:
        click.echo(f"\n{len(view.revisions)} revisions; `bayegan diff {view.document_id}` shows what changed")


_FACT_LINES: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "messengers": ("Messengers", lambda row: f"{row['name']} ({row['messenger']}), by {row['rule']}"),
    "citations": ("Clauses", lambda row: _joined(f"{row['unit']} {row['number'] or ''}", row["instrument"], row["body"])),
    "sessions": ("Sessions", lambda row: _joined(row["number"] or row["held_on"], row["body"])),
    "dates": ("Dates", lambda row: f"{row['date_from'] or 'invalid'}{_until(row)} ({row['calendar']})"),
    "agencies": ("Agencies", lambda row: f"{row['name']} ({row['slug']})"),
}


def _joined(*parts: object) -> str:
    return " · ".join(str(part or "?").strip() for part in parts)


def _until(row: dict[str, str]) -> str:
    return f"..{row['date_to']}" if row["date_to"] and row["date_to"] != row["date_from"] else ""


def _print_facts(view: DocumentView) -> None:
    for kind, (heading, line) in _FACT_LINES.items():
        rows = view.facts.get(kind, ())
        if rows:
            click.echo("\n" + click.style(heading, bold=True))
        for row in rows:
            click.echo(f"  {row['section']}:{row['start']}-{row['end']}  {isolate(row['surface'])}  →  {isolate(line(row))}")


@click.command("diff")
@click.argument("document", metavar="DOC")
@click.argument("first", metavar="[A]", type=int, required=False)
@click.argument("second", metavar="[B]", type=int, required=False)
@common
@pass_settings
def diff_(settings: Settings, document: str, first: int | None, second: int | None) -> None:
    """Print what changed between two revisions of a document, by default the last two."""
    import difflib

    from db import Archive

    with Archive(settings.db, readonly=True) as archive:
        key = int(document) if document.isascii() and document.isdigit() else document
        before, after = archive.revision_texts(key, first, second)
    if settings.as_json:
        print_json({"before": before, "after": after})
        return
    colours = {"+": "green", "-": "red", "@": "cyan"}
    for line in difflib.unified_diff(before.split("\n"), after.split("\n"), "before", "after", lineterm="", n=1):
        click.echo(click.style(line, fg=colours.get(line[:1])))
