"""The one configuration file: `bayegan.toml` in the current directory, or the file that BAYEGAN_CONFIG names."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from scraper.access import Access
from scraper.publisher_file import read_access
from scraper.registry import RegistryError

NAME = "bayegan.toml"
VARIABLE = "BAYEGAN_CONFIG"


def config_path() -> Path | None:
    """Return the configuration file's path, None where there is none. Raises RegistryError where the named one is missing."""
    if named := os.environ.get(VARIABLE):
        if not Path(named).is_file():
            raise RegistryError(f"{VARIABLE}={named}: no such file")
        return Path(named)
    return Path(NAME) if Path(NAME).is_file() else None


def read_config_access() -> Access:
    """Return what the configuration file says of access. Raises RegistryError, naming file and key."""
    path = config_path()
    if path is None:
        return Access()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RegistryError(f"{path}: not readable as TOML: {error}") from error
    unknown = sorted(set(table) - {"access"})
    if unknown:
        raise RegistryError(f"{path}: {unknown[0]}: unknown key; the file has [access]")
    return read_access(table, str(path))
