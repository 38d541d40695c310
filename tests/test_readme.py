"""The two READMEs tell of the same commands, and of all of them."""

from __future__ import annotations

import re
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
