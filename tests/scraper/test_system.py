"""What the system around bayegan is given: metrics, completion, man pages, a path behind a proxy."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from forked_command import bayegan
from prometheus_client.parser import text_string_to_metric_families

from scraper.cli.main import bayegan as group
from scraper.cli.man_pages import pages

BAYEGAN = Path(sys.executable).with_name("bayegan")
PAGE = "تیتر\n\nوزیر گفت: پیام‌رسان بله تا پایان سال آماده می‌شود و همه آن را خواهند دید.\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("system")
    for number, publisher in enumerate(("asriran", "asriran", "tabnak", "tabnak")):
        text = PAGE if number < 3 else "تیتر\n\nدرباره هوای شهر نمونه و باران فردا که همه خیابان‌ها را خواهد شست.\n"
        (folder / "page.txt").write_text(text + str(number), encoding="utf-8")
        url = f"https://{publisher}.example/{number}"
        done = bayegan("--db", folder / "a.db", "add", folder / "page.txt", "--url", url, "--publisher", publisher)
        assert done.returncode == 0
    assert bayegan("--db", folder / "a.db", "watch", "add", "bale", "messenger:bale").returncode == 0
    return folder / "a.db"


def test_metrics_are_what_prometheus_reads(archive, tmp_path):
    text = bayegan("--db", archive, "metrics").stdout.decode()
    found = {family.name: family for family in text_string_to_metric_families(text)}
    documents = {sample.labels["publisher"]: sample.value for sample in found["bayegan_documents"].samples}
    assert documents == {"asriran": 2, "tabnak": 2}
    assert {sample.labels["status"]: sample.value for sample in found["bayegan_runs"].samples}["done"] == 4
    assert found["bayegan_archive_bytes"].samples[0].value == archive.stat().st_size
    assert all(family.documentation and family.name.startswith("bayegan_") for family in found.values())
    assert bayegan("--db", archive, "metrics", "-o", tmp_path / "bayegan.prom").returncode == 0
    written = (tmp_path / "bayegan.prom").read_text(encoding="utf-8")
    assert [line.split(" ")[0] for line in written.splitlines()] == [line.split(" ")[0] for line in text.splitlines()]
    assert (tmp_path / "bayegan.prom").stat().st_mode & 0o444 == 0o444


def test_publishers_are_suggested_by_what_they_write(archive):
    rows = json.loads(bayegan("--db", archive, "sources", "suggest", "messenger:bale", "--json").stdout)
    assert [(row["publisher"], row["documents"], row["of"], row["share"], row["declared"]) for row in rows] == [
        ("asriran", 2, 2, 1.0, "yes"), ("tabnak", 1, 2, 0.5, "yes"),
    ]  # fmt: skip


def test_man_pages_and_completion_are_never_written_through_a_link(tmp_path):
    (tmp_path / "theirs").write_text("theirs")
    for path in ("man/bayegan.1", ".zfunc/_bayegan"):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).symlink_to(tmp_path / "theirs")
    assert bayegan("man", "-o", tmp_path / "man").returncode == 2
    assert bayegan("completion", "zsh", "--install", HOME=str(tmp_path)).returncode == 2
    assert (tmp_path / "theirs").read_text() == "theirs"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_that_its_shell_reads(tmp_path, shell):
    done = bayegan("completion", shell)
    assert "_BAYEGAN_COMPLETE" in done.stdout.decode()
    assert bayegan("completion", shell, "--install", HOME=str(tmp_path)).returncode == 0
    [path] = [path for path in tmp_path.rglob("*") if path.is_file()]
    if not shutil.which(shell):
        pytest.skip(f"no {shell} here")
    assert subprocess.run([shell, "-n", path], check=False).returncode == 0


@pytest.mark.parametrize(
    ("words", "wanted"), [("cr", "crawl"), ("crawl asr", "asriran"), ("sources show tabn", "tabnak"), ("crawl --sin", "--since")]
)
def test_commands_publishers_and_options_are_completed(words, wanted):
    line = f"bayegan {words}"
    environment = {"COMP_WORDS": line, "COMP_CWORD": str(len(line.split()) - 1), "_BAYEGAN_COMPLETE": "bash_complete"}
    done = subprocess.run([BAYEGAN], env={**os.environ, **environment}, capture_output=True, text=True, check=False)
    assert f"plain,{wanted}" in done.stdout.split()


def test_there_is_a_manual_page_for_every_command(tmp_path):
    assert bayegan("man", "-o", tmp_path).returncode == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert {"bayegan.1", "bayegan-crawl.1", "bayegan-watch-add.1"} <= names
    assert len(names) == len(list(pages(group)))


@pytest.mark.skipif(not shutil.which("groff"), reason="no groff here")
def test_manual_pages_are_read_without_a_complaint():
    for name, text in pages(group):
        done = subprocess.run(
            ["groff", "-man", "-ww", "-Kutf8", "-Tutf8"], input=text, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), name
        shown = re.sub(r"\x1b\[[\d;]*m|.\x08", "", done.stdout)
        assert "SYNOPSIS" in shown


def test_a_manual_page_has_every_option():
    command = group.get_command(click.Context(group), "crawl")
    [(_, text)] = pages(command, ("bayegan", "crawl"))
    assert all(option.opts[0].replace("-", "\\-") in text for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize("base", ["archive", "/archive", "/a b/", "//x/", "/../"])
def test_a_base_path_that_is_none_is_wrong_usage(archive, base):
    done = bayegan("--db", archive, "serve", "--base-path", base)
    assert done.returncode == 2
    assert "must begin and end with a slash" in done.stderr.decode()


def test_what_an_extra_brings_is_said_where_it_is_missing(archive, tmp_path):
    """The command with nothing but what the package itself needs: modules of extras cannot be found."""
    program = (
        "import importlib.util as u, sys\n"
        "find = u.find_spec\n"
        "gone = ('datasette', 'prometheus_client', 'apprise', 'ray', 'pyarrow')\n"
        "u.find_spec = lambda name, *rest: None if name.partition('.')[0] in gone else find(name, *rest)\n"
        "from scraper.command import main\n"
        "main(sys.argv[1:])\n"
    )
    for words, extra in ((["serve"], "web"), (["metrics"], "web"), (["bulk", "x", "-o", str(tmp_path / "o")], "bulk"),
                         (["watch", "test", "bale", "--send"], "alerts")):  # fmt: skip
        command = [sys.executable, "-c", program, "--db", str(archive), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert f"pip install 'bayegan[{extra}]'" in done.stderr
