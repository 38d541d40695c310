"""Writes the table of docs/reliability.md from the tests that prove it: those marked `survives(fault, place, outcome)`.

python tools/reliability.py [--check]
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- table: python tools/reliability.py -->\n", "<!-- end of the table -->\n"


@dataclass(frozen=True, order=True, slots=True)
class Proof:
    """A row of the table: what goes wrong, where, what comes of it, and the test that shows it."""

    fault: str
    place: str
    outcome: str
    test: str


def proofs() -> list[Proof]:
    """Return the rows of all marked tests, by fault and place. Raises ValueError if a mark is not three texts."""
    found = []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                where = f"{path.relative_to(ROOT)}::{node.name}"
                found += [_proof(mark, where) for mark in node.decorator_list if _is_mark(mark)]
    return sorted(found)


def _is_mark(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.survives"


def _proof(mark: ast.expr, where: str) -> Proof:
    texts = [ast.literal_eval(argument) for argument in getattr(mark, "args", [])]
    if len(texts) != 3 or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{where}: survives(fault, place, outcome) takes three texts")
    return Proof(*texts, where)


def table(rows: list[Proof]) -> str:
    """Return the rows as a table of Markdown."""
    lines = ["| fault | place | what comes of it | shown by |", "|---|---|---|---|"]
    for row in rows:
        file, _, name = row.test.partition("::")
        lines.append(f"| {row.fault} | {row.place} | {row.outcome} | `{Path(file).name}::{name}` |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """Return docs/reliability.md with the table of today's tests."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{table(proofs())}\n{END}{rest.partition(END)[2]}"


def main() -> int:
    """Write the page; with --check, return 1 if it is not up to date."""
    made = page()
    if "--check" in sys.argv[1:]:
        return int(made != PAGE.read_text(encoding="utf-8"))
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
