"""Commands that read the archive in a terminal: search, show, diff."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Settings, common, pass_settings
from scraper.cli.output import cell_len, clean, isolate, paragraphs, print_json, terminal_width, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Any

    from db.read.documents import DocumentView
    from db.search.documents import Hit


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

    with Archive(settings.db, readonly=True) as archive, _declared_publishers(settings):
        result = archive.search(" ".join(query), limit=limit, offset=offset)
    if settings.as_json:
        print_json({"total": result.total, "hits": [asdict(hit) for hit in result.hits]})
        return 0
    for hit in result.hits:
        _print_hit(hit)
    shown = f"{offset + 1}-{offset + len(result.hits)} of {result.total}" if result.hits else "nothing found"
    click.echo(shown, err=True)
    return 0


@contextmanager
def _declared_publishers(settings: Settings) -> Iterator[None]:
    """Say of a publisher that is declared, but of which the archive holds nothing, that this is so."""
    from db.search.wrong_values import SearchError

    try:
        yield
    except SearchError as error:
        first = error.wrong[0]
        if first.field == "publisher" and settings.registry().find(first.value):
            message = f"publisher:{first.value}: nothing of it is in this archive; `bayegan crawl {first.value}` fetches it"
            raise click.UsageError(message) from error
        raise


def _print_hit(hit: Hit) -> None:
    _print_marked(hit.title or "(no title)", hit.title_highlights, "", bold=True)
    click.echo(f"  {hit.document_id}  {hit.publisher}  {hit.published_jalali or ''}  {hit.url}")
    _print_marked(hit.snippet.replace("\n", " "), hit.highlights, "  ")
    click.echo()


def _print_marked(text: str, spans: Sequence[tuple[int, int]], indent: str, *, bold: bool = False) -> None:
    """Lines that fit the terminal, with the highlights in them; in a pipe one line."""
    lines = wrapped(text, terminal_width() - 2 - len(indent)) if sys.stdout.isatty() else [(0, len(text))]
    for start, end in lines:
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
        click.echo(indent + isolate(_marked(text[start:end], inside, bold=bold), styled=True))


def _marked(text: str, spans: Sequence[tuple[int, int]], *, bold: bool = False) -> str:
    """Return the text with its highlights coloured on a terminal; as it is in a pipe."""
    if not sys.stdout.isatty():
        return clean(text)
    parts, place = [], 0
    for start, end in spans:
        parts += [click.style(clean(text[place:start]), bold=bold), click.style(clean(text[start:end]), fg="yellow", bold=True)]
        place = end
    return "".join([*parts, click.style(clean(text[place:]), bold=bold)])


@click.command("show")
@click.argument("document", metavar="DOC")
@common
@pass_settings
def show_(settings: Settings, document: str) -> None:
    """Print one document, by its id, address or news code, and what was found in it."""
    from db import Archive

    with Archive(settings.db, readonly=True) as archive:
        view = archive.document(_key(document))
    if settings.as_json:
        print_json(asdict(view))
        return
    _print_document(view)


def _key(document: str) -> int | str:
    """Return a document as it was named: by its id, else by address or news code."""
    return int(document) if document.isascii() and document.isdigit() else document


def _print_document(view: DocumentView) -> None:
    article = view.article
    if article.kicker:
        _print_marked(article.kicker, (), "")
    _print_marked(article.title or "(no title)", (), "", bold=True)
    about = [f"document {view.document_id}", view.publisher, article.published_jalali, article.published_at, article.agency]
    _print_marked("  ".join(part for part in about if part), (), "")
    click.echo(view.url + (f"  (gone since {view.gone_at})" if view.gone_at else ""))
    for text in (article.lead, article.body):
        if text:
            click.echo("\n" + paragraphs(text))
    _print_facts(view)
    if len(view.revisions) > 1:
        click.echo(f"\n{len(view.revisions)} revisions; `bayegan diff {view.document_id}` shows what changed")


_FACT_LINES: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "messengers": ("Messengers", lambda row: f"{row['name']} ({row['messenger']}), by {row['rule']}"),
    "citations": ("Clauses", lambda row: _joined(_clause(row), row["instrument"] or "of an unknown law", row["body"])),
    "instruments": ("Laws", lambda row: _joined(row["title"], row["kind"], row["body"])),
    "sessions": ("Sessions", lambda row: _joined(row["number"], row["held_on"], row["body"])),
    "dates": ("Dates", lambda row: f"{row['date_from'] or 'invalid'}{_until(row)} ({row['calendar']})"),
    "agencies": ("Agencies", lambda row: f"{row['name']} ({row['slug']})"),
}


def _joined(*parts: object) -> str:
    return " · ".join(str(part).strip() for part in parts if part)


def _clause(row: dict[str, Any]) -> str:
    from db.law.clause_labels import cited
    from db.read.jalali_dates import digits

    return digits(cited(row))


def _until(row: dict[str, str]) -> str:
    return f"..{row['date_to']}" if row["date_to"] and row["date_to"] != row["date_from"] else ""


def _print_facts(view: DocumentView) -> None:
    for kind, (heading, line) in _FACT_LINES.items():
        rows = view.facts.get(kind, ())
        if rows:
            click.echo("\n" + click.style(heading, bold=True))
        for row in rows:
            place = f"  {row['section']}:{row['start']}-{row['end']}"
            told = f"{isolate(row['surface'])}  →  {isolate(line(row))}"
            if sys.stdout.isatty() and cell_len(f"{place}  {told}") > terminal_width():
                click.echo(f"{place}\n{paragraphs(row['surface'], '    ')}\n{paragraphs(line(row), '    → ')}")
            else:
                click.echo(f"{place}  {told}")


@click.command("diff")
@click.argument("document", metavar="DOC")
@click.argument("first", metavar="[A]", type=int, required=False)
@click.argument("second", metavar="[B]", type=int, required=False)
@common
@pass_settings
def diff_(settings: Settings, document: str, first: int | None, second: int | None) -> None:
    """Print what changed between two revisions of a document, by default the last two.

    On a terminal words that went are red and those that came are green; in a pipe it is a unified diff, with --json both texts.
    """
    from db import Archive

    with Archive(settings.db, readonly=True) as archive:
        before, after = archive.revision_texts(_key(document), first, second)
    if settings.as_json:
        print_json({"before": before, "after": after})
        return
    if sys.stdout.isatty():
        _print_changes(before, after)
        return
    import difflib

    from db.read.word_diff import as_written_in

    old, new = before.split("\n"), after.split("\n")
    for line in difflib.unified_diff(as_written_in(new, old), new, "before", "after", lineterm="", n=1):
        click.echo(clean(line))


_COLOURS = {"removed": "red", "added": "green"}
_SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}


def _print_changes(before: str, after: str) -> None:
    """The lines with what went and came in them; the signs tell it without colours too."""
    from db.read.word_diff import folded, lines

    for line in folded(list(lines(before, after))):
        if line[0][0] == "gap":
            click.echo(click.style(f"  … {line[0][1]} lines stay …", dim=True) + "\n")
            continue
        text, spans = "", []
        for kind, part in line:
            left, right = _SIGNS[kind]
            spans.append((len(text), len(text) + len(left + part.rstrip() + right), kind))
            text += left + part.rstrip() + right + " "
        for start, end in wrapped(text, terminal_width() - 2):
            inside = [(max(a, start), min(b, end), kind) for a, b, kind in spans if a < end and b > start]
            parts = [click.style(clean(text[a:b].strip()), fg=_COLOURS.get(kind)) for a, b, kind in inside]
            click.echo(isolate(" ".join(parts), styled=True))
        click.echo()
