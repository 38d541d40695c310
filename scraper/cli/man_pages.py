"""Manual pages in man(7), from the help of the commands."""

from __future__ import annotations

import re
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

_EXITS = (
    ("0", "done"),
    ("1", "finished, but something failed or a health check did not pass"),
    ("2", "wrong usage"),
    ("3", "another run holds the archive"),
    ("4", "nothing could be fetched"),
)
_ENVIRONMENT = (
    ("BAYEGAN_DB", "the archive, instead of archive.db"),
    ("BAYEGAN_SOURCES", "a folder of publishers besides those that ship"),
    ("BAYEGAN_CONTACT", "how a publisher can reach you"),
    ("BAYEGAN_CONFIG", "the configuration file, instead of bayegan.toml here or in ~/.config/bayegan"),
)


def pages(command: click.Command, path: tuple[str, ...] = ("bayegan",)) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of the page of a command and of all commands under it."""
    context = click.Context(command, info_name=" ".join(path))
    yield "-".join(path), _page(command, context, path)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            under = command.get_command(context, name)
            if under is not None:
                yield from pages(under, (*path, name))


def _page(command: click.Command, context: click.Context, path: tuple[str, ...]) -> str:
    help_text = re.sub(r"\s*\n\s*\n\s*", "\n\n", (command.help or "").strip())
    first, _, rest = help_text.partition("\n\n")
    lines = [
        f'.TH "{"-".join(path).upper()}" "1" "" "bayegan {version("bayegan")}" "bayegan"',
        ".SH NAME", f"{_text('-'.join(path))} \\- {_text(_one_line(first).rstrip('.'))}",
        ".SH SYNOPSIS", f".B {_text(' '.join(path))}", _text(" ".join(command.collect_usage_pieces(context))),
        ".SH DESCRIPTION", _text(_one_line(first)),
    ]  # fmt: skip
    for paragraph in rest.split("\n\n") if rest else ():
        lines += [".PP", _text(_one_line(paragraph))]
    options = [record for param in command.get_params(context) if (record := param.get_help_record(context))]
    lines += [".SH OPTIONS", *_terms(options)]
    if isinstance(command, click.Group):
        under = ((name, command.get_command(context, name)) for name in command.list_commands(context))
        commands = [(f"{'-'.join((*path, name))}(1)", one.get_short_help_str(120)) for name, one in under if one]
        lines += [".SH COMMANDS", *_terms(commands)]
    lines += [".SH EXIT STATUS", *_terms(_EXITS), ".SH ENVIRONMENT", *_terms(_ENVIRONMENT)]
    if len(path) > 1:
        lines += [".SH SEE ALSO", f".BR {'-'.join(path[:-1])} (1)"]
    return "\n".join(lines) + "\n"


def _terms(rows: Iterator[tuple[str, str]] | list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Iterator[str]:
    for term, says in rows:
        yield from (".TP", f".B {_text(term)}", _text(_one_line(says)) or "\\&")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text(text: str) -> str:
    """Return a text as roff reads it back: backslashes and minus signs escaped, no line a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("`", "\\(ga")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
