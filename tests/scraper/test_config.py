"""bayegan.toml: found, checked, documented, overridden."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import click
import pytest
from forked_command import bayegan

from scraper.cli.log_file import LogFile
from scraper.cli.main import bayegan as group
from scraper.config_file import config_keys, read_config
from scraper.errors import RegistryError

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    for name in ("BAYEGAN_CONFIG", "BAYEGAN_DB", "BAYEGAN_SOURCES", "BAYEGAN_CONTACT"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_named_comes_before_the_folders_and_that_before_the_users(folder, monkeypatch):
    assert read_config().path is None
    write(folder / "home" / "bayegan" / "bayegan.toml", 'contact = "user"')
    assert read_config().get("contact") == "user"
    write(folder / "bayegan.toml", '\ufeffcontact = "folder"')  # as Windows' editors write it
    assert read_config().get("contact") == "folder"
    monkeypatch.setenv("BAYEGAN_CONFIG", str(write(folder / "named.toml", 'contact = "named"')))
    assert read_config().get("contact") == "named"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("archve = 'a.db'", "archve: unknown key; did you mean archive?"),
        ("archive = 1", "archive: must be a path, not 1"),
        ("archive = ''", "archive: must be a path"),
        ("alerts = 1", "alerts: unknown key"),
        ("[alerts]\nfeed = 'x'", "alerts.feed: unknown key; did you mean alerts.feeds?"),
        ("[alerts]\nsite = 'example.org'", "alerts.site: must be an http or https address"),
        ("[alerts]\ndigest = 'week'", "alerts.digest: must be one of run, day, not 'week'"),
        ("[alerts.to]\ndesk = 1", "alerts.to.desk: must be a string"),
        ("[alerts.to]\n'a b' = 'x'", "alerts.to.a b: unknown key"),
        ("[watches.bale]\nto = ['desk']", "watches.bale.query: is missing"),
        ("[watches.bale]\nquery = 'x'\nto = 'desk'", "watches.bale.to: must be a list of strings"),
        ("[watches]\nbale = 'x'", "watches.bale: unknown key"),
        ("[options.crawl]\nlimt = 1", "options.crawl.limt: unknown key; did you mean options.crawl.limit?"),
        ("[options.crawl]\nlimit = true", "options.crawl.limit: must be a whole number"),
        ("[options.nosuch]\nx = 1", "options.nosuch: unknown key"),
        ("[", "not readable as TOML"),
    ],
)
def test_a_file_that_does_not_hold_is_told_by_file_and_key(folder, text, says):
    write(folder / "bayegan.toml", text)
    with pytest.raises(RegistryError) as raised:
        read_config()
    assert says in str(raised.value)
    assert str(raised.value).startswith("bayegan.toml: ")


def test_paths_are_those_of_the_files_folder_and_options_and_environment_win(folder):
    path = write(folder / "x" / "bayegan.toml", 'archive = "mine.db"\n[options.runs]\nlimit = 7\n')
    named = {"BAYEGAN_CONFIG": str(path)}

    def shown(*options: str, **environment: str) -> dict[str, tuple[object, str]]:
        rows = json.loads(bayegan(*options, "config", "show", "--json", cwd=folder, **named, **environment).stdout)
        return {row["key"]: (row["value"], row["from"]) for row in rows}

    assert shown()["archive"] == (str(folder / "x" / "mine.db"), str(path))
    assert shown()["options.runs.limit"] == (7, str(path))
    assert shown()["options.search.limit"] == (10, "default")
    assert shown(BAYEGAN_DB="env.db")["archive"] == ("env.db", "environment BAYEGAN_DB")
    assert shown("--db", "opt.db", BAYEGAN_DB="env.db")["archive"] == ("opt.db", "option --db")


def test_the_file_is_followed_by_the_commands(folder):
    write(folder / "bayegan.toml", 'archive = "mine.db"\n[options.search]\nlimit = 1\n')
    for number in (1, 2):
        text = f"تیتر {number}\n\nوزیر گفت: پیام‌رسان بله تا پایان سال آماده می‌شود و همه آن را خواهند دید {number}.\n"
        page = write(folder / f"{number}.txt", text)
        assert bayegan("add", page, "--url", f"https://x.example/{number}", cwd=folder).returncode == 0
    assert (folder / "mine.db").exists()
    assert len(json.loads(bayegan("search", "بله", "--json", cwd=folder).stdout)["hits"]) == 1
    assert len(json.loads(bayegan("search", "بله", "--json", "--limit", "5", cwd=folder).stdout)["hits"]) == 2


def test_secrets_of_alerts_are_not_shown(folder):
    write(
        folder / "bayegan.toml", '[alerts.to]\na = "mailto://u:s3cret@x.example"\nb = "${HOOK}"\nc = "json://${S3}:s3cret@h/"\n'
    )
    shown = bayegan("config", "show", cwd=folder).stdout.decode()
    assert "s3cret" not in shown
    assert "${HOOK}" in shown


def option_of(words: str) -> click.Option:
    *path, name = words.split()
    command: click.Command = group
    for part in path:
        command = command.get_command(click.Context(command), part)
    return next(option for option in command.params if name in option.opts)


@pytest.mark.parametrize(
    "key", [key for key in config_keys().values() if key.name.startswith("options.")], ids=lambda key: key.name
)
def test_a_key_for_an_option_is_what_the_option_is(key):
    option = option_of(key.option)
    assert key.default is None or str(option.default) == str(key.default)
    assert key.name.split(".")[1] == key.option.split()[0]


def test_every_key_is_in_the_documentation():
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert [name for name, key in config_keys().items() if f"`{name}`" not in page or key.says not in page] == []


def test_the_example_of_the_documentation_holds(folder):
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    assert tomllib.loads(example)
    write(folder / "bayegan.toml", example)
    assert read_config().path is not None


def test_a_log_is_put_aside_when_it_has_grown(folder):
    write(folder / "run.log", "{" + "x" * 999_000)
    with LogFile("run.log", 1, 2).opened(folder / "a.db") as log:
        for number in range(30):
            log.publisher_started(f"publisher-{number}" + "x" * 100)
    kept = sorted(path.name for path in folder.glob("run.log*"))
    assert kept == ["run.log", "run.log.1"]
    lines = [line for name in kept for line in (folder / name).read_text().splitlines()]
    assert sum("begin" in line for line in lines) == 30


def test_a_log_that_would_be_put_aside_over_the_archive_is_refused(folder):
    done = bayegan("--db", "run.log.1", "crawl", "sample", "--log", "run.log", cwd=folder)
    assert done.returncode == 2
