"""The families of content systems: what gives each away, and where its fields stand. One TOML file for each.

`FAMILIES` are in the order in which they are tried. A selector list is in order of trust; `common.toml` holds what all
families share. Whatever a file gets wrong is a `FamilyError` that names the file and the key.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping

FIELDS = (
    "kicker", "title", "lead", "body", "news_code", "published_at", "modified_at", "category", "tags", "authors", "agency",
)  # fmt: skip
_KEYS = {"order", "markers", "hints", "urls", "kind", "drop", "fields", "labels"}
_COMMON_KEYS = {"furniture", "drop", "fields", "meta", "comment_headings", "comment_words", "navigation_crumbs"}

Selectors = tuple[str, ...]


class FamilyError(ValueError):
    """A family's file that does not hold."""


@dataclass(frozen=True, slots=True)
class Family:
    """One content system. Any of `markers` in the page gives it away, so do two of `hints`, or an address that matches `urls`.

    `kind` is "news" or "law"; `labels` map a law portal's printed labels to fields.
    """

    name: str
    order: int = 99
    markers: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    kind: str = "news"
    drop: Selectors = ()
    fields: Mapping[str, Selectors] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Common:
    """What all families share: furniture of a page, furniture of a body, fallback selectors, names of metadata."""

    furniture: Selectors
    drop: Selectors
    fields: Mapping[str, Selectors]
    meta: Mapping[str, Selectors]
    comment_heading: re.Pattern[str]
    comment_words: Selectors
    navigation_crumbs: str


@cache
def families() -> tuple[Family, ...]:
    """Return all families, those with the surest markers first; generic, which every page is, last."""
    found = [_family(entry.name.removesuffix(".toml"), _load(entry.name)) for entry in _files()]
    return tuple(sorted(found, key=lambda family: family.order))


@cache
def common() -> Common:
    """Return what `common.toml` says."""
    data = _load("common.toml")
    _check_keys("common.toml", data, _COMMON_KEYS)
    return Common(
        furniture=_words("common.toml", data, "furniture"),
        drop=_words("common.toml", data, "drop"),
        fields=_fields("common.toml", data),
        meta={key: tuple(value) for key, value in data["meta"].items()},
        comment_words=_words("common.toml", data, "comment_words"),
        navigation_crumbs=str(data["navigation_crumbs"]),
        comment_heading=expression("|".join(_words("common.toml", data, "comment_headings"))),
    )


def family_named(name: str) -> Family | None:
    """Return the family of that name; None where there is none."""
    return next((family for family in families() if family.name == name), None)


def _files() -> list[Any]:
    entries = resources.files(__name__).iterdir()
    return sorted((e for e in entries if e.name.endswith(".toml") and e.name != "common.toml"), key=lambda e: e.name)


def _load(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((resources.files(__name__) / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise FamilyError(f"{name}: {error}") from error


def _family(name: str, data: dict[str, Any]) -> Family:
    file = f"{name}.toml"
    _check_keys(file, data, _KEYS)
    if data.get("kind", "news") not in ("news", "law"):
        raise FamilyError(f"{file}: `kind` is news or law, not {data['kind']!r}")
    return Family(
        name=name,
        order=data.get("order", 99),
        markers=_words(file, data, "markers"),
        hints=_words(file, data, "hints"),
        urls=_words(file, data, "urls"),
        kind=data.get("kind", "news"),
        drop=_words(file, data, "drop"),
        fields=_fields(file, data),
    )


def _fields(file: str, data: dict[str, Any]) -> dict[str, Selectors]:
    table = data.get("fields", {})
    _check_keys(f"{file}: fields", table, {*FIELDS, "box", "text"})
    return {key: _words(f"{file}: fields", table, key) for key in table}


def _words(file: str, data: dict[str, Any], key: str) -> tuple[str, ...]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise FamilyError(f"{file}: `{key}` should be a list of strings")
    return tuple(value)


def _check_keys(file: str, data: Mapping[str, Any], allowed: set[str]) -> None:
    unknown = sorted(set(data) - allowed)
    if unknown:
        raise FamilyError(f"{file}: unknown key `{unknown[0]}`")
