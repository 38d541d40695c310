"""The one configuration file: what `bayegan` does where no option and no environment variable says otherwise.

`bayegan.toml` in the current directory, else in `~/.config/bayegan/`, or the file that BAYEGAN_CONFIG names. The keys are
those of config_keys.toml and `[access]`; paths in it are relative to its folder.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scraper.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from scraper.access import Access

NAME = "bayegan.toml"
VARIABLE = "BAYEGAN_CONFIG"
_WATCH_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
# Commands that take a contact, and under which names click knows their options.
_WITH_CONTACT = (("crawl",), ("schedule",), ("sources", "check"), ("sources", "new"))
_PARAMETERS = {"log": "log_path"}


@dataclass(frozen=True, slots=True)
class ConfigKey:
    """What may be said under a key of the file; see config_keys.toml."""

    name: str
    kind: str
    says: str
    default: Any = None
    option: str | None = None
    environment: str | None = None
    values: tuple[str, ...] = ()
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says, by dotted key; paths are absolute. `path` is None where there is no file."""

    path: Path | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    has_access: bool = False

    def get(self, name: str) -> Any:
        """Return the value of a key; its default where the file does not say."""
        return self.values.get(name, config_keys()[name].default)

    def tables(self, name: str) -> dict[str, dict[str, Any]]:
        """Return the tables under a key by their names, as `watches`."""
        found: dict[str, dict[str, Any]] = {}
        for key, value in self.values.items():
            if key.startswith(f"{name}."):
                own, _, last = key.removeprefix(f"{name}.").partition(".")
                found.setdefault(own, {})[last] = value
        return found

    def named(self, name: str) -> dict[str, Any]:
        """Return the values under a key by their names, as `alerts.to`."""
        return {own: row[""] for own, row in self.tables(name).items()}

    def defaults(self) -> dict[str, Any]:
        """Return the defaults of commands' options as click takes them: by command, nested for groups."""
        found: dict[str, Any] = {}
        for command, options in self.tables("options").items():
            found[command] = {_PARAMETERS.get(name, name): value for name, value in options.items()}
        if "contact" in self.values:
            for path in _WITH_CONTACT:
                table = found
                for part in path:
                    table = table.setdefault(part, {})
                table["contact"] = self.values["contact"]
        return found


@cache
def config_keys() -> dict[str, ConfigKey]:
    """Return every key that the file may have but for [access]; NAME stands for a name that is chosen freely."""
    table = tomllib.loads(files("scraper").joinpath("config_keys.toml").read_text("utf-8"))
    return {name: _declared(name, row) for name, row in table.items()}


def _declared(name: str, row: dict[str, Any]) -> ConfigKey:
    row["values"] = tuple(row.get("values", ()))
    return ConfigKey(name, **row)


def config_path() -> Path | None:
    """Return the configuration file's path, None where there is none. Raises RegistryError where the named one is missing."""
    if named := os.environ.get(VARIABLE):
        if not Path(named).is_file():
            raise RegistryError(f"{VARIABLE}={named}: no such file")
        return Path(named)
    return next((path for path in (Path(NAME), user_folder() / NAME) if path.is_file()), None)


def user_folder() -> Path:
    """Return the folder of a user's own configuration."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "bayegan"


def read_config() -> Config:
    """Return what the configuration file says, checked. Raises RegistryError, naming file and key."""
    path = config_path()
    if path is None:
        return Config()
    table = _table(path)
    access = table.pop("access", None)
    values = dict(_values(path, table))
    for name in Config(path, values).tables("watches"):
        if f"watches.{name}.query" not in values:
            raise RegistryError(f"{path}: watches.{name}.query: is missing")
    return Config(path, values, access is not None)


def read_config_access() -> Access:
    """Return what the configuration file says of access. Raises RegistryError, naming file and key."""
    from scraper.access import Access
    from scraper.publisher_file import read_access

    path = config_path()
    return read_access(_table(path), str(path)) if path else Access()


def _table(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RegistryError(f"{path}: not readable as TOML: {error}") from error


def _values(path: Path, table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield each key with its value, checked; tables are walked. Raises RegistryError."""
    for key, value in table.items():
        name = f"{before}{key}"
        if (known := _known(name)) and not isinstance(value, dict):
            _check(path, name, known, value)
            is_path = known.kind == "path"
            yield name, str(path.resolve().parent / Path(value).expanduser()) if is_path else value
        elif isinstance(value, dict) and not known and any(_covers(name, other) for other in config_keys()):
            yield from _values(path, value, f"{name}.")
        else:
            raise RegistryError(f"{path}: {name}: unknown key{_nearest(name)}")


def key_of(name: str) -> ConfigKey:
    """Return what may be said under a key, given with the names that were chosen. Raises KeyError."""
    found = _known(name)
    if found is None:
        raise KeyError(name)
    return found


def _known(name: str) -> ConfigKey | None:
    return next((key for pattern, key in config_keys().items() if _fits(name.split("."), pattern.split("."))), None)


def _covers(name: str, pattern: str) -> bool:
    """Return whether a table of this name may hold keys of the pattern."""
    parts = name.split(".")
    return _fits(parts, pattern.split(".")[: len(parts)])


def _fits(parts: list[str], pattern: list[str]) -> bool:
    pairs = zip(parts, pattern, strict=False)
    return len(parts) == len(pattern) and all(_is_part(part, wanted) for part, wanted in pairs)


def _is_part(part: str, wanted: str) -> bool:
    return part == wanted or (wanted == "NAME" and _WATCH_NAME.fullmatch(part) is not None)


def _nearest(name: str) -> str:
    names = {*config_keys(), "access", *(key.rpartition(".")[0] for key in config_keys() if "." in key)}
    close = difflib.get_close_matches(name, names, n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _check(path: Path, name: str, key: ConfigKey, value: Any) -> None:
    """Raise RegistryError where a value is not of the key's kind."""
    is_text = isinstance(value, str) and bool(value.strip())
    is_count = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    good, wanted = {
        "text": (is_text, "a string"),
        "path": (is_text, "a path"),
        "texts": (isinstance(value, list) and all(isinstance(one, str) for one in value), "a list of strings"),
        "address": (is_text and _ADDRESS.fullmatch(str(value)) is not None, "an http or https address"),
        "count": (is_count, "a whole number, 0 or more"),
    }[key.kind]
    if key.values:
        good, wanted = value in key.values, f"one of {', '.join(key.values)}"
    if not good:
        raise RegistryError(f"{path}: {name}: must be {wanted}, not {value!r}")
