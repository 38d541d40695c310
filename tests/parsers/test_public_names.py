"""What `parsers` offers to others, whatever was imported before."""

from __future__ import annotations

import subprocess
import sys

import pytest

SHOW = "from parsers import Capture, extract, normalize, parse\nprint(*map(callable, (Capture, extract, normalize, parse)))"


@pytest.mark.parametrize(
    "before", ["pass", "import parsers.record, parsers.facts, parsers.persian", "import scraper.add, scraper.reparse"]
)
def test_the_four_names_are_what_they_say(before: str) -> None:
    done = subprocess.run([sys.executable, "-c", f"{before}\n{SHOW}"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True"] * 4
