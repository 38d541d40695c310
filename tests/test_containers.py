"""The files for containers say what is so: files that are copied are there, commands and options are bayegan's."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import click
import yaml

from scraper.cli.main import bayegan

ROOT = Path(__file__).resolve().parents[1]
CONTAINERS = ROOT / "containers"


def test_the_image_copies_what_is_there_and_all_that_the_package_needs() -> None:
    lines = (CONTAINERS / "Containerfile").read_text(encoding="utf-8").splitlines()
    copied = {word for line in lines if line.startswith("COPY ") and "--from" not in line for word in line.split()[1:-1]}
    assert [name for name in copied if not (ROOT / name).exists()] == []
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = {name.rstrip("*") for name in re.findall(r'"(\w+\*)"', project.partition("packages.find")[2])}
    assert packages <= copied
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert not copied & set(ignored)
    extras = next(line for line in lines if "pip install" in line).partition("'.[")[2].partition("]")[0].split(",")
    assert [extra for extra in extras if f"\n{extra} = [" not in project] == []


def test_the_services_give_commands_that_are_taken() -> None:
    services = yaml.safe_load((CONTAINERS / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert set(services) == {"crawl", "serve", "proxy"}
    for words in (services["serve"]["command"], ["crawl", "--quiet"]):
        name, *options = words
        command = bayegan.get_command(click.Context(bayegan), name)
        assert command is not None
        known = {option for param in command.params for option in param.opts}
        assert {option for option in options if option.startswith("--")} <= known
    assert "bayegan crawl --quiet" in services["crawl"]["entrypoint"][2]
    base = services["serve"]["command"][-1]
    assert f"location {base} " in (CONTAINERS / "nginx.conf").read_text(encoding="utf-8")


def test_a_stop_of_the_crawling_service_reaches_the_crawl(tmp_path: Path) -> None:
    services = yaml.safe_load((CONTAINERS / "compose.yaml").read_text(encoding="utf-8"))["services"]
    command = [word.replace("$$", "$") for word in services["crawl"]["entrypoint"]]
    stub = tmp_path / "bayegan"
    stub.write_text("#!/bin/sh\necho \"$@\" > called\ntrap 'echo stopped > told; exit 0' TERM\nwhile :; do sleep 0.05; done\n")
    stub.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    service = subprocess.Popen([*command, "asriran"], cwd=tmp_path, env=environment)
    while not (tmp_path / "called").exists() or not (tmp_path / "called").read_text():
        time.sleep(0.01)
    time.sleep(0.2)
    service.send_signal(signal.SIGTERM)
    assert service.wait(timeout=20) == 0
    assert (tmp_path / "told").read_text() == "stopped\n"
    assert (tmp_path / "called").read_text() == "crawl --quiet asriran\n"
