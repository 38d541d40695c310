"""`bayegan config show`: every setting, its value, and where it comes from."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import click

from scraper.cli.options import Settings, common, pass_settings
from scraper.cli.output import print_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.config_file import Config, ConfigKey

_COLUMNS = {"key": "key", "value": "value", "from": "from"}


@click.group("config")
@common
def config_() -> None:
    """The configuration file, bayegan.toml, and what is in force."""


@config_.command("show")
@common
@pass_settings
def _show(settings: Settings) -> None:
    """Print every setting with its value and where it comes from: an option, the environment, a file, or the default."""
    from scraper.config_file import read_config

    config = read_config()
    rows = [*_rows(settings, config), *_access_rows(config)]
    print_rows(rows, _COLUMNS, as_json=settings.as_json, empty="nothing is set")
    if not settings.as_json and config.path is None:
        click.echo("no bayegan.toml here or in ~/.config/bayegan/", err=True)


def _rows(settings: Settings, config: Config) -> Iterator[dict[str, Any]]:
    from scraper.config_file import config_keys, key_of

    free = [name for name in config.values if name not in config_keys()]
    for name in (*(name for name in config_keys() if "NAME" not in name), *free):
        key = key_of(name)
        value, origin = _value(settings, config, name, key)
        yield {"key": name, "value": _hidden(value) if key.secret else value, "from": origin}


def _value(settings: Settings, config: Config, name: str, key: ConfigKey) -> tuple[Any, str]:
    """Return a setting's value and where it comes from."""
    parameter = {"archive": "db", "sources": "sources"}.get(name)
    if parameter and settings.origins.get(parameter) == "COMMANDLINE":
        return str(getattr(settings, parameter)), f"option {key.option}"
    if key.environment and os.environ.get(key.environment):
        return os.environ[key.environment], f"environment {key.environment}"
    if name in config.values:
        return config.values[name], str(config.path)
    return key.default, "default" if key.default is not None else "-"


def _access_rows(config: Config) -> Iterator[dict[str, Any]]:
    from dataclasses import asdict

    from scraper.config_file import read_config_access

    if config.has_access:
        for name, value in asdict(read_config_access().hidden()).items():
            if value:
                yield {"key": f"access.{name}", "value": value, "from": str(config.path)}


def _hidden(address: object) -> str:
    """Return an address of a service without what may be a secret: its scheme; all of it where that is only variables."""
    scheme, _, rest = str(address).partition("://")
    return str(address) if re.fullmatch(r"\$\{\w+\}", rest) or re.fullmatch(r"\$\{\w+\}", str(address)) else f"{scheme}://***"
