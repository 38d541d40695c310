"""What `bayegan schedule` prints is what systemd and cron read."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scraper.schedule import ScheduledCrawl, cron, systemd, systemd_upkeep

COMMAND = Path("/bin/true")
BAYEGAN = Path(sys.executable).with_name("bayegan")


def units(text: str) -> dict[str, str]:
    parts = re.split(r"^# (bayegan\.\w+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("name", ["a.db", "two words/بایگان 50%.db"])
def test_systemd_takes_the_units(tmp_path, name):
    archive = tmp_path / name
    archive.parent.mkdir(exist_ok=True)
    files = []
    for unit, text in units(
        systemd(
            ScheduledCrawl(COMMAND, archive, ["sample"], tmp_path / "my sources", '"the desk" 100% $HOME', tmp_path / "b.toml")
        )
    ).items():
        files.append(tmp_path / unit)
        files[-1].write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "bayegan." in line]
    assert (done.returncode, complaints) == (0, []), done.stderr


def test_the_units_bound_time_and_memory_and_know_the_lock():
    text = systemd(ScheduledCrawl(COMMAND, Path("/var/lib/a.db"), ["asriran"]))
    bounds = ("MemoryMax=", "TimeoutStartSec=", "SuccessExitStatus=3", "RandomizedDelaySec=", "OnFailure=")
    assert all(word in text for word in bounds)
    assert "crawl asriran" in text


@pytest.mark.parametrize("backups", [(), ("--backups", "copies")])
def test_systemd_checks_the_archive_every_week_with_backups_or_without(place, backups):
    text = printed(place, "systemd", "sample", *backups).stdout
    assert re.search(r"^ExecStart=.* check --deep$", text, re.MULTILINE)
    assert "OnCalendar=weekly" in text
    assert bool(re.search(r"^ExecStart=.* backup ", text, re.MULTILINE)) is bool(backups)


def test_the_crontab_line_quotes_what_cron_would_read_otherwise(tmp_path):
    line = cron(ScheduledCrawl(COMMAND, Path("/var/lib/50% of it/a.db"), ["sample"])).splitlines()[-1]
    assert re.match(r"\d{1,2} \* \* \* \* ", line)
    assert r"\%" in line
    assert not re.search(r"(?<!\\)%", line)
    assert all(word in line for word in ("timeout", "ulimit"))


def test_the_crontab_checks_the_archive_every_week_and_speaks_of_findings_alone(tmp_path):
    (tmp_path / "bayegan").write_text('#!/bin/sh\necho "$@"; exit ${FOUND:-0}\n', encoding="utf-8")
    (tmp_path / "bayegan").chmod(0o755)
    line = cron(ScheduledCrawl(tmp_path / "bayegan", tmp_path / "50% of it.db")).splitlines()[-2]
    assert re.match(r"\d{1,2} 4 \* \* 0 ", line)
    assert not re.search(r"(?<!\\)%", line)
    command = line.split(None, 5)[5].replace(r"\%", "%")
    sound, damaged = (
        subprocess.run(["sh", "-c", command], env={**os.environ, "FOUND": found}, capture_output=True, text=True, check=False)
        for found in ("0", "1")
    )
    assert sound.stdout == ""
    assert damaged.stdout == f"--db {tmp_path}/50% of it.db check --deep\n"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def place(tmp_path):
    """A folder with a publisher of one's own and a configuration file."""
    (tmp_path / "my sources").mkdir()
    text = 'slug = "nemuneh"\nname = "نمونه"\nhomepage = "http://127.0.0.1:9/"\nallow_private = true\n'
    (tmp_path / "my sources" / "nemuneh.toml").write_text(text, encoding="utf-8")
    (tmp_path / "bayegan.toml").write_text('[access]\nuser_agent = "desk"\n', encoding="utf-8")
    return tmp_path


def printed(place, kind, *arguments):
    command = [BAYEGAN, "--db", "a b.db", "--sources", "my sources", "schedule", kind, *arguments]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)


CONTACT = '"the desk", 100% $HOME'


@pytest.mark.parametrize("kind", ["systemd", "cron"])
def test_the_printed_command_keeps_what_is_in_force_and_runs(place, kind):
    done = printed(place, kind, "sample", "--contact", CONTACT)
    assert done.returncode == 0, done.stderr
    if kind == "cron":
        line = done.stdout.splitlines()[-1].split(None, 5)[5].replace(r"\%", "%")
        words = shlex.split(line.partition("; ")[2].partition(" >> ")[0])
    else:
        line = re.search("^ExecStart=(.*)$", done.stdout, re.MULTILINE)[1]
        words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line)]
        assert f'Environment="BAYEGAN_CONFIG={place}/bayegan.toml"' in done.stdout or (
            f"Environment=BAYEGAN_CONFIG={place}/bayegan.toml" in done.stdout
        )
    assert words[words.index("--contact") + 1] == CONTACT
    assert words[words.index("--sources") + 1] == str(place / "my sources")
    words = ["env", *words] if "=" in words[0] else words
    ran = subprocess.run(
        words, cwd="/", env={**os.environ, "BAYEGAN_SAMPLE_PORT": free_port()}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert (place / "a b.db").exists()


@pytest.mark.parametrize("kind", ["systemd", "cron"])
def test_a_publisher_that_nobody_declares_is_not_scheduled(place, kind):
    done = printed(place, kind, "nosuch")
    assert (done.returncode, done.stdout) == (2, "")
    assert "unknown publisher 'nosuch'" in done.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize(("backups", "many"), [("back ups 5%", 4), (None, 2)])
def test_systemd_takes_the_units_of_checks_and_backups(tmp_path, backups, many):
    text = systemd_upkeep(ScheduledCrawl(COMMAND, tmp_path / "two words.db"), tmp_path / backups if backups else None, 7)
    parts = re.split(r"^# (bayegan-[\w.]+)$", text, flags=re.MULTILINE)
    files = []
    for unit, content in zip(parts[1::2], parts[2::2], strict=True):
        files.append(tmp_path / unit)
        files[-1].write_text(content, encoding="utf-8")
    assert len(files) == many
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "bayegan-" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr
