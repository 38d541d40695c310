"""What keeps the tree readable: one class name for one thing, modules that fit in the head, long patterns with comments."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(path for room in ("parsers", "db", "scraper") for path in (ROOT / room).rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
# Training runs once a year, as a program.
LONG_MODULES = {"parsers/persian/train.py"}
LONGEST_MODULE = 300
LONGEST_FUNCTION = 50
LONGEST_PATTERN = 115  # letters of its own, named pieces left out


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_a_class_name_stands_for_one_thing():
    places = defaultdict(list)
    for path, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(name_of(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_a_module_fits_in_the_head():
    lines = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in MODULES}
    assert {name: many for name, many in lines.items() if many > LONGEST_MODULE and name not in LONG_MODULES} == {}


def test_a_function_fits_on_a_screen():
    functions = (
        node for tree in TREES.values() for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    long = {
        node.name: node.end_lineno - node.lineno + 1 for node in functions if node.end_lineno - node.lineno >= LONGEST_FUNCTION
    }
    assert long == {}


def own_text(node: ast.expr) -> str | None:
    """What a pattern has of its own, named pieces left out; None where it is not written in place."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(part.value for part in node.values if isinstance(part, ast.Constant))
    return None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_long_pattern_is_verbose_or_made_of_named_pieces(path):
    calls = (node for node in ast.walk(TREES[path]) if isinstance(node, ast.Call) and node.args)
    compiled = (node for node in calls if isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "re.compile")
    plain = (node for node in compiled if "VERBOSE" not in ast.unparse(node))
    texts = ((node.lineno, own_text(node.args[0])) for node in plain)
    assert [line for line, text in texts if text and len(text) > LONGEST_PATTERN and "(?x)" not in text] == []
