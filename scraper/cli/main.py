"""Entry point: the command group, and errors turned into one line and an exit code.

Exit codes: 0 done · 1 finished, but something failed · 2 wrong usage · 3 another run holds the archive · 4 nothing
could be fetched.
"""

from __future__ import annotations

import importlib
import io
import os
import signal
import sys
from contextlib import contextmanager, suppress
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.options import Settings, outermost
from scraper.config_file import read_config

if TYPE_CHECKING:
    from collections.abc import Iterator

# Command -> module; the function has the command's name with an underscore after it.
_COMMANDS = {
    "crawl": "jobs",
    "add": "jobs",
    "reparse": "jobs",
    "parse": "texts",
    "normalize": "texts",
    "extract": "texts",
    "search": "readers",
    "show": "readers",
    "diff": "readers",
    "law": "law",
    "sources": "operations",
    "runs": "operations",
    "health": "operations",
    "schedule": "operations",
    "export": "export",
    "serve": "serve",
    "report": "report",
    "bulk": "bulk",
    "check": "upkeep",
    "backup": "upkeep",
    "recover": "upkeep",
    "upgrade": "upkeep",
    "status": "upkeep",
    "config": "config",
    "watch": "watch",
    "metrics": "system",
    "completion": "system",
    "man": "system",
}


class _ReaderGone(Exception):
    """Whoever read the output went away, as `head` does. Click would make a failure of it in some places only."""


@contextmanager
def _reader_may_go() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError as error:
        raise _ReaderGone from error


class _LazyGroup(click.Group):
    """Loads a command's module when the command is named."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        with _reader_may_go():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with _reader_may_go():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the base class's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"scraper.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_")
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(version("bayegan"), message="bayegan %(version)s")
@outermost
def bayegan() -> None:
    """Keeps an archive of Persian news and regulation: pages fetched, their Persian repaired, facts with evidence.

    Try `bayegan crawl sample`, then `bayegan search پیام‌رسان`.
    """


def main(argv: list[str] | None = None) -> None:
    """Run the command and exit; errors are one line on stderr, tracebacks only with -vv."""
    _speak_utf8()
    settings = Settings()
    try:
        config = read_config()
        settings.follow(config)
        code = bayegan.main(args=argv, prog_name="bayegan", standalone_mode=False, obj=settings, default_map=config.defaults())
    except BaseException as error:  # noqa: BLE001 - whatever it is, it ends in one line and an exit code
        code = _report(error, settings)
    _exit(code if isinstance(code, int) else 0)


def _exit(code: int) -> None:
    with suppress(ValueError):  # where this is not the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # what is left to do is to end
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader went away; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _speak_utf8() -> None:
    """Persian in and out whatever the locale says; a scheduled job often runs under C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _report(error: BaseException, settings: Settings) -> int:
    """Say what went wrong in one line; return the exit code."""
    while isinstance(error, BaseExceptionGroup):  # of tasks that ran together: the first says it
        error = error.exceptions[0]
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return 2
    if isinstance(error, click.UsageError):
        _say(error.format_message().replace("\n", " ") + _hint(error))
        return 2
    if isinstance(error, (KeyboardInterrupt, click.Abort)):
        _say("stopped")
        return 130
    if isinstance(error, (_ReaderGone, BrokenPipeError)):
        return 0
    if settings.verbosity >= 2 or not isinstance(error, Exception):
        raise error
    known = _exit_code(error)
    if known is None:
        _say(f"unexpected {type(error).__name__}: {_line(error)}; run again with -vv for the traceback")
        return 1
    _say(_line(error))
    return known


def _exit_code(error: Exception) -> int | None:
    """Return the exit code of an error of ours, None for one that should not happen."""
    import sqlite3

    from db.archive import ArchiveError, ArchiveLocked
    from db.errors import is_damage
    from scraper.access import AccessError
    from scraper.errors import RegistryError
    from scraper.input_files import InputError
    from scraper.newsroom import NewsroomError

    if is_damage(error):
        return 2
    codes: tuple[tuple[type[Exception], int], ...] = (
        (ArchiveLocked, 3),
        (ArchiveError, 2),
        (RegistryError, 2),
        (AccessError, 2),
        (NewsroomError, 2),
        (InputError, 1),
        (click.ClickException, 2),
        (sqlite3.OperationalError, 1),
        (OSError, 1),
    )
    return next((code for kind, code in codes if isinstance(error, kind)), None)


def _line(error: Exception) -> str:
    from db.errors import is_damage, is_full

    if is_damage(error):
        return f"the archive is damaged ({error}); see `bayegan check`, restore a backup or run `bayegan recover OLD NEW`"
    text = error.format_message() if isinstance(error, click.ClickException) else str(error)
    if isinstance(error, OSError) and error.strerror:
        text = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if is_full(error):
        text = f"{text}; make room on the disk and run it again, what was stored before is there"
    return " ".join(text.split())


def _hint(error: click.UsageError) -> str:
    return f" (try `{error.ctx.command_path} --help`)" if error.ctx else ""


def _say(message: str) -> None:
    click.echo(f"bayegan: {message}", err=True)
