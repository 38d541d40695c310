"""Reading a publisher's TOML file: every key checked, every complaint naming the file and the key."""

from __future__ import annotations

import difflib
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import urljoin, urlsplit

import soupsieve

from db.read.health import FIELDS
from scraper.access import Access
from scraper.errors import RegistryError
from scraper.publication_windows import PAGE, complaint
from scraper.registry import Discovery, Health, Politeness, Publisher
from scraper.url_patterns import url_pattern
from scraper.web_archives import web_archive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

_PLACES = {"ids": frozenset({"id"}), "listing": frozenset({"page"})}
_KINDS = ("rss", "sitemap", "robots", "listing", "ids", "cdx")
_FIELDS = frozenset((
    "kicker", "title", "lead", "body", "news_code", "published_at", "modified_at", "category", "tags",
    "authors", "agency",
))  # fmt: skip
_KEYS = frozenset((
    "slug", "name", "homepage", "cms", "allow_private", "recheck", "politeness", "discover", "fields",
    "topic", "health", "access",
))  # fmt: skip


def read_publisher(path: Path | Traversable) -> Publisher:
    """Read one publisher from one file. Raises RegistryError, naming file and key."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise RegistryError(f"{path}: not readable as TOML: {error}") from error
    return _PublisherReader(str(path)).publisher(table)


def read_access(table: dict[str, Any], file: str) -> Access:
    """Return `[access]` of a file's table. Raises RegistryError, naming file and key."""
    return _PublisherReader(file).access(table)


class _PublisherReader:
    """Checks a table key by key; every complaint names the file and the key."""

    def __init__(self, file: str) -> None:
        self._file = file

    def publisher(self, table: dict[str, Any]) -> Publisher:
        self._known(table, _KEYS, "")
        slug = self._take(table, "slug", str)
        if not re.fullmatch(r"[a-z0-9-]+", slug):
            self._fail("slug", f"{slug!r} is not made of a-z, 0-9 and -")
        homepage = self._address(self._take(table, "homepage", str), "homepage")
        fields = dict(self._take(table, "fields", dict, {}))
        drop = self._strings(fields.pop("drop", []), "fields.drop")
        self._known(fields, _FIELDS, "fields.")
        return Publisher(
            slug=slug,
            name=self._take(table, "name", str),
            homepage=homepage,
            cms=self._cms(self._take(table, "cms", str, "auto")),
            allow_private=self._take(table, "allow_private", bool, False),
            recheck=self._number(table, "recheck", ""),
            politeness=self._politeness(self._take(table, "politeness", dict, {})),
            discover=self._discoveries(table, homepage),
            fields={key: self._selector(fields, key, "fields.") for key in fields},
            drop=drop,
            topic=self._strings(self._take(table, "topic", list, []), "topic"),
            health=self._health(table),
            access=self.access(table),
        )

    def access(self, table: dict[str, Any]) -> Access:
        """Read `[access]`. Raises RegistryError."""
        entry = self._take(table, "access", dict, {})
        self._known(entry, ("proxy", "headers", "cookies", "user_agent", "ca"), "access.")
        texts = {key: self._take(entry, key, str, None, "access.") for key in ("proxy", "user_agent", "ca")}
        tables = {key: self._take(entry, key, dict, {}, "access.") for key in ("headers", "cookies")}
        for key, values in tables.items():
            for name in values:
                self._take(values, name, str, where=f"access.{key}.")
        return Access(**texts, **tables)

    def _politeness(self, table: dict[str, Any]) -> Politeness:
        seconds = {"delay", "timeout", "deadline", "retry_wait", "retry_after_max", "crawl_delay_max"}
        counts = {"concurrency": 1, "retries": 0, "max_bytes": 1, "max_redirects": 0}
        self._known(table, seconds | set(counts), "politeness.")
        values: dict[str, Any] = {k: self._number(table, k, "politeness.") for k in seconds & table.keys()}
        for key, least in counts.items():
            if key in table:
                values[key] = self._count(table, key, least, "politeness.")
        for key in {"timeout", "deadline"} & values.keys():
            if not values[key]:
                self._fail(f"politeness.{key}", "must be more than 0")
        return Politeness(**values)

    def _discoveries(self, table: dict[str, Any], homepage: str) -> tuple[Discovery, ...]:
        entries = table.get("discover", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            self._fail("discover", "must be [[discover]] tables")
        return tuple(self._discovery(entry, homepage, f"discover[{i}].") for i, entry in enumerate(entries))

    def _discovery(self, entry: dict[str, Any], homepage: str, where: str) -> Discovery:
        kind = self._take(entry, "kind", str, where=where)
        if kind not in _KINDS:
            self._fail(f"{where}kind", f"{kind!r} is none of {', '.join(_KINDS)}")
        own = {"listing": {"links", "next", "max_pages"}, "ids": {"first", "last"}}.get(kind, set())
        self._known(entry, {"kind", "url", "match", "backfill"} | own, where)
        url = urljoin(homepage, self._take(entry, "url", str, "/robots.txt" if kind == "robots" else ..., where))
        if kind == "cdx":
            return self._web_archive(entry, where)
        backfill = self._take(entry, "backfill", bool, False, where)
        if wrong := complaint(url, backfill=backfill, own=_PLACES.get(kind, frozenset())):
            self._fail(f"{where}url", wrong)
        match = self._pattern(entry, where)
        values: dict[str, Any] = {"kind": kind, "url": url, "match": match, "backfill": backfill}
        if kind == "listing":
            values["links"] = self._selector(entry, "links", where)
            values["next"] = self._selector(entry, "next", where) if "next" in entry else None
            if PAGE in url and "next" in entry:
                self._fail(f"{where}next", "{page} in the url numbers the pages; one of them is enough")
            values["max_pages"] = self._count(entry, "max_pages", 1, where) if "max_pages" in entry else 20
        if kind == "ids":
            values |= {key: self._count(entry, key, 0, where) for key in ("first", "last")}
            if "{id}" not in url:
                self._fail(f"{where}url", "must hold {id}")
            if values["first"] > values["last"]:
                self._fail(f"{where}last", "must not be less than first")
        return Discovery(**values)

    def _web_archive(self, entry: dict[str, Any], where: str) -> Discovery:
        """Return a web archive, which only a backfill reads: `wayback`, `commoncrawl` or the address of a collection."""
        url = self._take(entry, "url", str, where=where)
        try:
            web_archive(url)
        except ValueError as error:
            self._fail(f"{where}url", str(error))
        return Discovery("cdx", url, self._pattern(entry, where), backfill=True)

    def _pattern(self, entry: dict[str, Any], where: str) -> str | None:
        match: str | None = self._take(entry, "match", str, None, where)
        try:
            url_pattern(match or "")
        except ValueError as error:
            self._fail(f"{where}match", str(error))
        return match

    def _health(self, table: dict[str, Any]) -> Health | None:
        if "health" not in table:
            return None
        entry = self._take(table, "health", dict)
        self._known(entry, {"min_new", "days", "filled", "fields", "stale_days"}, "health.")
        least = {"min_new": 0, "days": 1}
        values: dict[str, Any] = {k: self._count(entry, k, least[k], "health.") for k in least.keys() & entry.keys()}
        if "stale_days" in entry:
            values["stale_days"] = self._number(entry, "stale_days", "health.")
        if "filled" in entry:
            values["filled"] = self._number(entry, "filled", "health.")
            if values["filled"] > 1:
                self._fail("health.filled", "is a share, 1 at most")
        if "fields" in entry:
            values["fields"] = self._strings(entry["fields"], "health.fields")
            self._known(dict.fromkeys(values["fields"]), FIELDS, "health.fields: ")
        return Health(**values)

    def _take(self, table: dict[str, Any], key: str, kind: type, default: Any = ..., where: str = "") -> Any:
        if key not in table:
            if default is ...:
                self._fail(f"{where}{key}", "is missing")
            return default
        value = table[key]
        if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
            self._fail(f"{where}{key}", f"must be a {_KIND_NAMES[kind]}, not {value!r}")
        return value

    def _number(self, table: dict[str, Any], key: str, where: str) -> float | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
            self._fail(f"{where}{key}", f"must be a number, 0 or more, not {value!r}")
        return float(value)

    def _count(self, table: dict[str, Any], key: str, least: int, where: str) -> int:
        value: int = self._take(table, key, int, where=where)
        if value < least:
            self._fail(f"{where}{key}", f"must be {least} or more")
        return value

    def _strings(self, value: Any, key: str) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._fail(key, "must be a list of strings")
        return tuple(value)

    def _selector(self, table: dict[str, Any], key: str, where: str) -> str:
        selector: str = self._take(table, key, str, where=where)
        try:
            soupsieve.compile(selector)
        except (soupsieve.SelectorSyntaxError, ValueError):
            self._fail(f"{where}{key}", f"no CSS selector: {selector!r}")
        return selector

    def _cms(self, name: str) -> str:
        if name not in _systems():
            self._fail("cms", f"{name!r} is none of {', '.join(sorted(_systems()))}")
        return name

    def _address(self, url: str, key: str) -> str:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            self._fail(key, f"must be an http or https address, not {url!r}")
        return url

    def _known(self, table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
        names = set(known)
        for key in table:
            if key not in names:
                close = difflib.get_close_matches(key, names, n=1)
                self._fail(f"{where}{key}", "unknown key" + (f"; did you mean {close[0]}?" if close else ""))

    def _fail(self, key: str, why: str) -> NoReturn:
        raise RegistryError(f"{self._file}: {key}: {why}")


_KIND_NAMES = {str: "string", dict: "table", list: "list", bool: "true or false", int: "whole number"}


@cache
def _systems() -> frozenset[str]:
    """Names that `cms` may have: a page parser's, or auto."""
    families = files("parsers.page").joinpath("families").iterdir()
    names = {f.name.removesuffix(".toml") for f in families if f.name.endswith(".toml")} - {"common"}
    return frozenset(names | {"auto", "generic", "text"})
