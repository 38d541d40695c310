"""The examples of docs/data.md run, one after another, on an archive of the sample newsroom."""

from __future__ import annotations

import importlib.util
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "data.md").read_text("utf-8")
EXAMPLES = re.findall(r"```(python|console)\n(.*?)```", TEXT, re.DOTALL)
NEEDS = {"duckdb": "duckdb", "polars": "polars", "pandas": "pandas"}
RUN = "from scraper.cli.main import main; main()"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("examples")
    subprocess.run([sys.executable, "-c", RUN, "crawl", "sample"], cwd=made, env=_environment(), check=True, timeout=120)
    return made


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "BAYEGAN_DB": "archive.db"}


def _commands(kind: str, code: str) -> list[list[str]]:
    if kind == "python":
        return [[sys.executable, "-c", code]]
    return [[sys.executable, "-c", RUN, *shlex.split(line.removeprefix("$ bayegan "))] for line in code.splitlines()]


@pytest.mark.parametrize(("kind", "code"), EXAMPLES, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(EXAMPLES, 1)])
def test_an_example_runs(folder: Path, kind: str, code: str) -> None:
    for word, module in NEEDS.items():
        if f"import {word}" in code and importlib.util.find_spec(module) is None:
            pytest.skip(f"{word} is not installed")
    if "parquet" in code and importlib.util.find_spec("pyarrow") is None:
        pytest.skip("pyarrow is not installed")
    for command in _commands(kind, code):
        done = subprocess.run(command, check=False, cwd=folder, env=_environment(), capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_every_kind_of_export_is_shown() -> None:
    assert {"jsonl", "csv", "parquet", "warc", "akn"} == set(re.findall(r"--format (\w+)", TEXT))
