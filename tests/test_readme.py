"""The two READMEs tell of the same commands, and of all of them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from scraper.cli.main import bayegan

ROOT = Path(__file__).resolve().parents[1]


def _commands(name: str) -> set[str]:
    """The commands that a README's table has."""
    lines = [line for line in (ROOT / name).read_text("utf-8").splitlines() if line.startswith("| `")]
    cells = [line.replace("\\|", "/").split("|")[1] for line in lines]
    return {word for cell in cells for word in re.findall(r"`([a-z]+)", cell)} & set(bayegan.list_commands(None))  # type: ignore[arg-type]


def test_both_tell_of_every_command() -> None:
    every = set(bayegan.list_commands(None))  # type: ignore[arg-type]
    assert _commands("README.md") == every
    assert _commands("README.fa.md") == every


def test_every_page_that_a_readme_names_is_there() -> None:
    for name in ("README.md", "README.fa.md", "docs/reading.md", "docs/data.md"):
        for link in re.findall(r"\]\(([\w./-]+\.md)\)", (ROOT / name).read_text("utf-8")):
            assert ((ROOT / name).parent / link).is_file(), link


def test_the_persian_one_reads_from_right_to_left_with_its_joiners() -> None:
    text = (ROOT / "README.fa.md").read_text("utf-8")
    assert text.startswith('<div dir="rtl" lang="fa">')
    assert text.count("\u200c") > 40


def test_the_first_example_prints_what_the_readme_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    (tmp_path / "archive.db").write_text("what the commands above the example have filled")
    block = (ROOT / "README.md").read_text("utf-8").split("## From a page to SQL")[1].split("```")[1].removeprefix("console\n")
    runs = {"bayegan": ["-c", "from scraper.cli.main import main; main()"], "sqlite-utils": ["-m", "sqlite_utils"]}
    for step in block.strip().split("\n\n"):
        command, *shown = step.splitlines()
        name, *arguments = shlex.split(command.removeprefix("$ "))
        done = subprocess.run(
            [sys.executable, *runs[name], *arguments], cwd=tmp_path, capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
        assert [line.rstrip() for line in done.stdout.splitlines()] == [line.rstrip() for line in shown], command
