"""The data that the finders read: names, months, units, cue words, one TOML file for each kind.

`load` reads a file once. The checks below are for the modules that build something from it: whatever is missing or of
the wrong type raises `LexiconError`, whose message names the file and the key.
"""

from __future__ import annotations

import tomllib
from contextlib import suppress
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from parsers import kept_files
from parsers.kept_files import NotKept

if TYPE_CHECKING:
    from collections.abc import Mapping


class LexiconError(ValueError):
    """A lexicon file that cannot be read, or a key in it that does not hold."""


@cache
def load(name: str) -> dict[str, Any]:
    """Return the contents of `<name>.toml` beside this module; the same object for every caller, so do not change it."""
    file = resources.files(__name__) / f"{name}.toml"
    try:
        return read_toml(f"lexicon-{name}", file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"{name}.toml: no such lexicon") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"{name}.toml: {error}") from error


def read_toml(name: str, text: str) -> dict[str, Any]:
    """Return what a TOML text says, kept under a name of its own: reading it takes ten times as long. Raises TOMLDecodeError."""
    digest = kept_files.digest_of(text)
    with suppress(NotKept):
        found: dict[str, Any] = kept_files.read(name, digest)
        return found
    found = tomllib.loads(text)
    kept_files.write(name, digest, found)
    return found


def require[T](table: Mapping[str, Any], key: str, kind: type[T], where: str) -> T:
    """`table[key]` as a `kind`; `where` is the file and the path to the table, e.g. "messengers.toml: eitaa"."""
    if key not in table:
        raise LexiconError(f"{where}: `{key}` is missing")
    return _checked(table[key], key, kind, where)


def optional[T](table: Mapping[str, Any], key: str, default: T, where: str) -> T:
    """`table[key]` as the type of `default`, or `default` where the key is missing."""
    return _checked(table[key], key, type(default), where) if key in table else default


def words(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """`table[key]` as a tuple of non-empty strings, empty where the key is missing."""
    found = optional(table, key, list[str](), where)
    for word in found:
        if not isinstance(word, str) or not word.strip():
            raise LexiconError(f"{where}: `{key}` holds {word!r}, which is no word")
    return tuple(found)


def known_keys(table: Mapping[str, Any], allowed: frozenset[str] | set[str], where: str) -> None:
    """Raises on a key that nobody reads: a misspelt key must not pass silently."""
    unknown = sorted(set(table) - allowed)
    if unknown:
        raise LexiconError(f"{where}: unknown key `{unknown[0]}`")


def _checked[T](value: Any, key: str, kind: type[T], where: str) -> T:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise LexiconError(f"{where}: `{key}` should be {kind.__name__}, not {type(value).__name__}")
    return value
