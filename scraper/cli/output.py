"""How the command prints: tables for people, JSON for programs, Persian that reads well in a terminal."""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# A first-strong isolate keeps a Persian cell from reordering its neighbours in terminals that do bidi.
_ISOLATE, _POP = "\u2068", "\u2069"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d\S*")


def is_persian(text: str) -> bool:
    """Return whether the text has a letter of the Arabic script."""
    return any("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufefc" for char in text)


def isolate(text: str, *, styled: bool = False) -> str:
    """Return the text so that a bidi terminal sets it apart from its neighbours; in a pipe, the text itself.

    What a page says never steers a terminal: its control characters are left out. `styled`: it was cleaned, and has our colours.
    """
    text = text if styled else clean(text)
    return f"{_ISOLATE}{text}{_POP}" if sys.stdout.isatty() and is_persian(text) else text


def clean(text: str) -> str:
    """Return the text without control characters but line feeds and tabs."""
    return _CONTROL.sub("", text)


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
            click.echo("\t".join(clean(cell).replace("\t", " ").replace("\n", " ") for cell in row))
        return
    for line in table([[_short(cell) for cell in row] for row in rows], headings, terminal_width()):
        click.echo(line)


def table(rows: Sequence[Sequence[str]], headings: Sequence[str], width: int) -> Iterator[str]:
    """Yield the lines of a table that fits: whole columns, the widest of them below their row where there is no room.

    Nothing is cut off: what stands in a table is often what the next command needs.
    """
    columns = list(zip(headings, *rows, strict=True))
    widths = [max(map(cell_len, column)) for column in columns]
    beside = list(range(len(headings)))
    while len(beside) > 1 and sum(widths[n] + 1 for n in beside) - 1 > width:
        beside.remove(max(beside, key=lambda n: widths[n]))
    gap = "  " if sum(widths[n] + 2 for n in beside) - 2 <= width else " "
    numeric = {n for n in beside if all(cell.isdecimal() for cell in columns[n][1:])}
    yield click.style(gap.join(_padded(headings[n], widths[n], right=n in numeric) for n in beside).rstrip(), bold=True)
    for row in rows:
        yield gap.join(_padded(row[n], widths[n], right=n in numeric) for n in beside).rstrip()
        for n in range(len(headings)):
            if n not in beside and row[n]:
                yield from ("    " + isolate(row[n][start:end]) for start, end in wrapped(row[n], width - 4))


def _padded(text: str, width: int, *, right: bool) -> str:
    room = " " * (width - cell_len(text))
    return room + isolate(text) if right else isolate(text) + room


def cell_len(text: str) -> int:
    """Columns that a text takes in a terminal: half-spaces, marks and isolates take none, wide letters two."""
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def wrapped(text: str, width: int) -> list[tuple[int, int]]:
    """Return the lines of a text as spans of it, no wider than `width` unless one word is: an address stays in one piece."""
    lines: list[tuple[int, int]] = []
    for word in re.finditer(r"\S+", text):
        if lines and cell_len(text[lines[-1][0] : word.end()]) <= width:
            lines[-1] = lines[-1][0], word.end()
        else:
            lines.append(word.span())
    return lines


def terminal_width() -> int:
    """Columns of the terminal, 100 at most: longer lines are hard to read."""
    return min(shutil.get_terminal_size().columns, 100)


def _short(cell: str) -> str:
    """Return a moment to the minute, as a terminal has room for; anything else as it is."""
    return f"{cell[:10]} {cell[11:16]}" if _MOMENT.fullmatch(cell) else cell


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return "، ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def paragraphs(text: str, indent: str = "") -> str:
    """Return a text for reading: wrapped to the terminal, a blank line between paragraphs; unwrapped in a pipe."""
    if not sys.stdout.isatty():
        return clean(text)
    width = terminal_width() - 2 - len(indent)
    lines = ([indent + isolate(line[start:end]) for start, end in wrapped(line, width)] for line in text.split("\n"))
    return "\n\n".join("\n".join(line) for line in lines)
