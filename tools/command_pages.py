"""Prints docs/reference/commands.md: every command with its help, as the program itself gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from scraper.cli.main import bayegan

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = "# Commands\n\nMade from the program by `python tools/command_pages.py > docs/reference/commands.md`; do not edit."
_WIDTH = 100


def page() -> str:
    """Return the page in Markdown."""
    return "\n\n".join([_HEAD, *_sections(bayegan, "bayegan", 2)]) + "\n"


def _sections(command: click.Command, name: str, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=name, max_content_width=_WIDTH, terminal_width=_WIDTH)
    text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
    yield f"{'#' * min(level, 4)} {name}\n\n```text\n{text}\n```"
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            if found is not None and not found.hidden:
                yield from _sections(found, f"{name} {child}", level + 1)


if __name__ == "__main__":
    print(page(), end="")
