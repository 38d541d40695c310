"""Options that every command takes, before or after its name, and what they add up to."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.config_file import Config
    from scraper.registry import Registry


@dataclass(slots=True)
class Settings:
    """What was said globally, by option or environment; a command's own option wins over the group's."""

    db: Path = Path("archive.db")
    sources: Path | None = None
    as_json: bool = False
    verbosity: int = 0
    origins: dict[str, str] = field(default_factory=dict)  # where `db` and `sources` come from, as click names it

    def follow(self, config: Config) -> None:
        """Take the archive and the sources from the configuration file; options and the environment win over it."""
        self.db = Path(config.get("archive"))
        self.sources = Path(config.values["sources"]) if "sources" in config.values else None

    def registry(self) -> Registry:
        """Return the publishers that ship with the package and those of `--sources`, with the configuration file's access."""
        from scraper.config_file import read_config_access
        from scraper.registry import load_publishers

        return load_publishers(self.sources, read_config_access())


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """Return a callback that puts an option's value into the settings, if the option was given."""

    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
        settings = ctx.ensure_object(Settings)
        if value not in (None, False, 0):
            setattr(settings, name, value)
            source = ctx.get_parameter_source(param.name or "")
            settings.origins[name] = source.name if source else ""
        return value

    return callback


def _keep_archive(ctx: click.Context, param: click.Parameter, value: Path | None) -> Any:
    if str(value) == ":memory:":
        raise click.UsageError("--db :memory: would be gone when the command ends; give a path")
    return _keep("db")(ctx, param, value)


def _keep_quiet(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    if value:
        ctx.ensure_object(Settings).verbosity = -1
    return value


def _options(*, environment: bool) -> tuple[Callable[..., Any], ...]:
    """Return the global options; those before the command also read the environment; options after it win."""
    db, sources = ("BAYEGAN_DB", "BAYEGAN_SOURCES") if environment else (None, None)
    path = click.Path(path_type=Path)
    return (
        click.option("--db", metavar="PATH", type=path, envvar=db, expose_value=False, callback=_keep_archive,
                     help="The archive (archive.db; BAYEGAN_DB)."),
        click.option("--sources", "sources_folder", metavar="DIR", type=path, envvar=sources, expose_value=False,
                     callback=_keep("sources"),
                     help="Publishers besides the shipped ones (BAYEGAN_SOURCES)."),
        click.option("--json", "as_json", is_flag=True, expose_value=False, callback=_keep("as_json"),
                     help="JSON where a table would be printed."),
        click.option("-v", "--verbose", count=True, expose_value=False, callback=_keep("verbosity"),
                     help="Say more; twice: tracebacks."),
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_keep_quiet, help="Say only what failed."),
    )  # fmt: skip


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the global options to a command."""
    return _with(command, _options(environment=False))


def outermost(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the global options to the group of all commands."""
    return _with(command, _options(environment=True))


def force_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --force to a command that writes a file."""
    return click.option("--force", is_flag=True, help="Replace a file that is there and that bayegan did not write.")(command)


def publisher_names(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    """Return the publishers whose slugs begin so, for shells that complete."""
    from scraper.registry import load_publishers

    folder = os.environ.get("BAYEGAN_SOURCES")
    return [
        publisher.slug for publisher in load_publishers(Path(folder) if folder else None) if publisher.slug.startswith(incomplete)
    ]


def _with(command: Callable[..., Any], options: tuple[Callable[..., Any], ...]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


pass_settings = click.make_pass_decorator(Settings, ensure=True)
