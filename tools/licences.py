"""Writes docs/licences.md: the licence of every package that bayegan installs, from the packages' metadata."""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.metadata import Distribution

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
# What a user may install; the other extras are for work on the project.
EXTRAS = ("web", "alerts", "bulk", "ocr")
NOT_STATED = "not stated"
_LONGEST = 60  # a longer License field is the whole text of a licence
_CLASSIFIER = "License :: "
# `pip` is in every environment before anything is installed, and constraints.txt does not pin it.
_BOOTSTRAP = "pip"
_HEAD = """# Licences

Made from the installed packages by `python tools/licences.py`; do not edit. It covers what `bayegan[web,alerts,bulk,ocr]`
installs on Linux, in the versions of `constraints.txt`. The licence is what each package states in its metadata;
«not stated» means that the metadata names none. The table does not cover libraries that a wheel carries inside it,
and leaves out `pip`, which is there before the first install.

| Package | Version | Licence | Needed by |
|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Row:
    """One package of the table; `needed_by` is empty for the base install, else the first extra that brings the package."""

    name: str
    version: str
    licence: str
    needed_by: str


def rows() -> list[Row]:
    """Return a row for each package, by name. Raises PackageNotFoundError for one that is not installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Row] = {}
    seen: set[tuple[str, str]] = set()
    for label, lines in [("", project["dependencies"]), *((extra, project["optional-dependencies"][extra]) for extra in EXTRAS)]:
        _collect(lines, label, "", found, seen)
    return [found[name] for name in sorted(found)]


def pinned() -> dict[str, str]:
    """Return the versions in constraints.txt by canonical name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("==") for line in lines if "==" in line and not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def page() -> str:
    """Return the page in Markdown."""
    lines = (f"| {row.name} | {row.version} | {row.licence} | {row.needed_by or 'bayegan'} |" for row in rows())
    return "\n".join([_HEAD, *lines]) + "\n"


def licence_of(package: Distribution) -> str:
    """Return the licence that the package's metadata names, on one line, or `NOT_STATED`."""
    fields = package.metadata
    short = (fields.get("License") or "").strip()
    expression = fields.get("License-Expression")
    classifiers = [line for line in fields.get_all("Classifier") or [] if line.startswith(_CLASSIFIER)]
    names = sorted({line.rsplit(" :: ", 1)[-1] for line in classifiers} - {"OSI Approved"})
    if expression:
        return str(expression)
    if short and len(short) <= _LONGEST and "\n" not in short and short.upper() != "UNKNOWN":
        return short.replace("|", "\\|")
    return "; ".join(names) or NOT_STATED


def _collect(lines: Iterable[str], label: str, extra: str, found: dict[str, Row], seen: set[tuple[str, str]]) -> None:
    for line in lines:
        need = Requirement(line)
        if need.marker and not need.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(need.name)
        if name == _BOOTSTRAP:
            continue
        package = distribution(name)
        found.setdefault(name, Row(name, package.version, licence_of(package), label))
        for inner in ["", *sorted(need.extras)]:
            if (name, inner) not in seen:
                seen.add((name, inner))
                _collect(package.requires or [], label, inner, found, seen)


def main() -> int:
    """Write the page; return 1 where a package is missing or differs from constraints.txt, and write nothing then."""
    try:
        wrong = [row for row in rows() if pinned().get(row.name) != row.version]
    except PackageNotFoundError as missing:
        print(
            f"licences: {missing.name} is not installed: pip install -c constraints.txt -e '.[{','.join(EXTRAS)}]'",
            file=sys.stderr,
        )
        return 1
    for row in wrong:
        print(f"licences: {row.name} {row.version} is installed, constraints.txt has {pinned().get(row.name)}", file=sys.stderr)
    if not wrong:
        PAGE.write_text(page(), encoding="utf-8")
        print(f"{PAGE.relative_to(ROOT)}: {len(rows())} packages")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
