"""Words of Persian stand in TOML, where every finder reads the same ones; in code they were copied, and the copies drifted."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("parsers/facts", "parsers/law", "parsers/grammar")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
# Letters of the alphabet may be needed one by one; a word has two at least. «و» and «ی» are words all the same.
PERSIAN = re.compile("[\u0620-\u064a\u066e-\u06d3]{2,}|(?<![\u0620-\u06d3])[وی](?![\u0620-\u06d3])")
# In verbose expressions comments may well show what a piece is for.
COMMENT = re.compile("(?m)(?<=\\s)#[^\n]*$")
LEFT = Path(__file__).with_name("closed_classes_left.txt").read_text(encoding="utf-8").split()


def words_in_code(path: Path) -> list[str]:
    """Persian words in string literals that are no docstrings, each with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented) and ast.get_docstring(node)}
    literals = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    code = [(one.lineno, COMMENT.sub("", one.value)) for one in literals if id(one) not in docstrings]
    return [f"{line}: {word}" for line, text in code for word in PERSIAN.findall(text)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_persian_word_stands_in_code(path):
    if str(path.relative_to(ROOT)) in LEFT:
        pytest.skip("not brought into the lexicon yet")
    assert words_in_code(path) == []
