"""How the command prints: tables for people, JSON for programs, Persian that reads well in a terminal."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# A first-strong isolate keeps a Persian cell from reordering its neighbours in terminals that do bidi.
_ISOLATE, _POP = "\u2068", "\u2069"
_PIPE_WIDTH = 200


def is_persian(text: str) -> bool:
    """Whether the text has a letter of the Arabic script."""
    return any("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc" for char in text)


def isolate(text: str) -> str:
    """The text so that a bidi terminal sets it apart from its neighbours; in a pipe, the text itself."""
    return f"{_ISOLATE}{text}{_POP}" if sys.stdout.isatty() and is_persian(text) else text


def print_json(value: Any) -> None:
    """One JSON document, Persian as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], *, as_json: bool, empty: str) -> None:
    """Rows as a table whose headings are the values of `columns`, or the whole rows as JSON."""
    if as_json:
        print_json([dict(row) for row in rows])
        return
    if not rows:
        click.echo(empty, err=True)
        return
    _print_table(([_cell(row.get(key)) for key in columns] for row in rows), list(columns.values()))


def _print_table(rows: Iterable[Sequence[str]], headings: Sequence[str]) -> None:
    if not sys.stdout.isatty():
        click.echo("\t".join(headings))
        for row in rows:
            click.echo("\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in row))
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, box=SIMPLE_HEAD)
    for row in rows:
        table.add_row(*(Text(isolate(cell)) for cell in row))
    Console().print(table)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "، ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def paragraphs(text: str) -> str:
    """A text for reading: wrapped to the terminal, a blank line between paragraphs; unwrapped in a pipe."""
    if not sys.stdout.isatty():
        return text
    import shutil
    import textwrap

    width = min(shutil.get_terminal_size().columns, 100) - 2
    return "\n\n".join("\n".join(textwrap.wrap(line, width, break_on_hyphens=False)) for line in text.split("\n"))
