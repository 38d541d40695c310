"""The tutorials, read literally: every command of them in an empty folder, in their order, printing what they say it prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
# A command that is wrong on purpose, and the one that runs until it is stopped.
FAILS = {"bayegan search messenger:bal": 2}
SERVES = "bayegan serve"
TOOLS = {"bayegan": "from scraper.cli.main import main; main()", "sqlite-utils": "from sqlite_utils.cli import cli; cli()"}


def commands(name: str) -> list[tuple[str, list[str]]]:
    """Each command of a page with the lines that it prints among others; lines that begin with > go on with the command."""
    found: list[tuple[str, list[str]]] = []
    for block in BLOCK.findall((ROOT / "docs" / name).read_text("utf-8")):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.startswith(">"):
                command, printed = found.pop()
                found.append((f"{command}\n{line[2:]}", printed))
            elif line.strip():
                found[-1][1].append(line.strip())
    return found


@pytest.fixture
def tools(tmp_path: Path) -> dict[str, str]:
    """An environment whose commands are those of this tree."""
    (tmp_path / "bin").mkdir()
    for name, code in TOOLS.items():
        file = tmp_path / "bin" / name
        file.write_text(f"#!{sys.executable}\n{code}\n", "utf-8")
        file.chmod(0o755)
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    return {
        **os.environ,
        "PATH": path,
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "COLUMNS": "200",
        "HOME": str(tmp_path),
    }


PAGES = ("tutorial.md", "tutorial.fa.md")


def test_both_tutorials_have_the_same_commands() -> None:
    english, persian = ([command for command, _ in commands(page)] for page in PAGES)
    assert english == persian


def test_every_command_of_the_tutorials_does_what_the_pages_say(tools: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    english, persian = map(commands, PAGES)
    assert len(english) > 15
    for (command, printed), (_, printed_too) in zip(english, persian, strict=True):
        if command == SERVES:
            _serves(tools, folder)
            continue
        done = subprocess.run(["bash", "-c", command], cwd=folder, env=tools, capture_output=True, text=True, check=False)
        assert done.returncode == FAILS.get(command, 0), (command, done.stderr)
        for line in printed + printed_too:
            assert line in done.stdout, (command, line, done.stdout)


def _serves(tools: dict[str, str], folder: Path) -> None:
    import urllib.request

    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    command = ["bash", "-c", f"exec {SERVES} --port 0"]
    with subprocess.Popen(command, cwd=folder, env=tools, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = server.stdout.readline().split()[0]
        try:
            with urllib.request.urlopen(f"{address.rstrip('/')}/en/", timeout=30) as page:
                assert b'lang="en"' in page.read()
        finally:
            server.terminate()


def test_the_page_of_commands_is_up_to_date() -> None:
    run = [sys.executable, str(ROOT / "tools" / "command_pages.py")]
    made = subprocess.run(run, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    assert (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8") == made.stdout


def test_every_page_of_the_site_is_in_its_menu() -> None:
    menu = (ROOT / "mkdocs.yml").read_text("utf-8")
    pages = [str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md")]
    assert [page for page in pages if page not in menu] == []
