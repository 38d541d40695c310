"""The named patterns of the grammar kit, each with what it matches and what it does not: `patterns/<module>.toml`.

A row is matched whole. Where a pattern looks at what follows or stands before, `|` marks the span that it must match:
"ماده ۵|  |از" (a pattern that matches nothing there fails).
"""

from __future__ import annotations

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import parsers.grammar
from parsers.persian.letters import fold

FILES = sorted(Path(__file__).with_name("patterns").glob("*.toml"))
TABLES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FILES}
MODULES = sorted(path.stem for path in Path(parsers.grammar.__file__).parent.glob("*.py") if path.stem != "__init__")
ROWS = [
    (module, name, row, wanted)
    for module, table in TABLES.items()
    for name, rows in table.items()
    for key, wanted in (("matches", True), ("misses", False))
    for row in rows[key]
]


def named_patterns(module: str) -> dict[str, re.Pattern[str]]:
    """Compiled patterns of a module, and its pieces of patterns that others compose, by their names."""
    found = vars(import_module(f"parsers.grammar.{module}"))
    own = (Path(parsers.grammar.__file__).parent / f"{module}.py").read_text(encoding="utf-8")
    defined = {name: value for name, value in found.items() if re.search(rf"(?m)^{name}(?:: [^=]+)? = ", own)}
    compiled = {name: value for name, value in defined.items() if isinstance(value, re.Pattern)}
    pieces = {name: value for name, value in defined.items() if isinstance(value, str) and name.isupper() and name[0] != "_"}
    return compiled | {name: re.compile(piece) for name, piece in pieces.items() if name not in NO_PATTERNS}


# Strings in capitals that are no patterns.
NO_PATTERNS = {"ALPHABET", "ABJAD", "FIRST", "FIRST_NAME", "HARAKAT"}


def matches(pattern: re.Pattern[str], row: str) -> bool:
    before, marked, after = row.split("|") if row.count("|") == 2 else ("", row, "")
    text = fold(before + marked + after)
    found = pattern.match(text, len(before))
    return found is not None and found.end() == len(before) + len(marked)


@pytest.mark.parametrize(("module", "name", "row", "wanted"), ROWS)
def test_a_named_pattern_matches_what_it_says(module, name, row, wanted):
    assert matches(named_patterns(module)[name], row) is wanted


@pytest.mark.parametrize("module", MODULES)
def test_every_named_pattern_has_rows(module):
    missing = set(named_patterns(module)) - set(TABLES.get(module, {}))
    assert not missing, f"tests/parsers/patterns/{module}.toml lacks {sorted(missing)}"
