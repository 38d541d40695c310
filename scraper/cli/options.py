"""Options that every command takes, before or after its name, and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.registry import Registry


@dataclass(slots=True)
class Settings:
    """What was said globally, by option or environment; a command's own option wins over the group's."""

    db: Path = Path("archive.db")
    sources: Path | None = None
    as_json: bool = False
    verbosity: int = 0

    def registry(self) -> Registry:
        """The publishers that ship with the package and those of `--sources`."""
        from scraper.registry import load_publishers

        return load_publishers(self.sources)


def _keep(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    """A callback that puts an option's value into the settings, if the option was given."""

    def callback(ctx: click.Context, _param: click.Parameter, value: Any) -> Any:
        settings = ctx.ensure_object(Settings)
        if value not in (None, False, 0):
            setattr(settings, name, value)
        return value

    return callback


def _keep_quiet(ctx: click.Context, _param: click.Parameter, value: bool) -> bool:
    if value:
        ctx.ensure_object(Settings).verbosity = -1
    return value


_OPTIONS = (
    click.option("--db", metavar="PATH", type=click.Path(path_type=Path, dir_okay=True), envvar="BAYEGAN_DB",
                 expose_value=False, callback=_keep("db"), help="The archive (archive.db; BAYEGAN_DB)."),
    click.option("--sources", metavar="DIR", type=click.Path(path_type=Path), envvar="BAYEGAN_SOURCES",
                 expose_value=False, callback=_keep("sources"), help="Publishers besides the shipped ones (BAYEGAN_SOURCES)."),
    click.option("--json", "as_json", is_flag=True, expose_value=False, callback=_keep("as_json"),
                 help="JSON where a table would be printed."),
    click.option("-v", "--verbose", count=True, expose_value=False, callback=_keep("verbosity"),
                 help="Say more; twice: tracebacks."),
    click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_keep_quiet, help="Say only what failed."),
)  # fmt: skip


def common(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the global options to a command or group."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


pass_settings = click.make_pass_decorator(Settings, ensure=True)
