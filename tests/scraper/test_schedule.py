"""What `bayegan schedule` prints is what systemd and cron read."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scraper.schedule import cron, systemd

COMMAND = Path("/bin/true")


def units(text: str) -> dict[str, str]:
    parts = re.split(r"^# (bayegan\.\w+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("name", ["a.db", "two words/بایگان 50%.db"])
def test_systemd_takes_the_units(tmp_path, name):
    archive = tmp_path / name
    archive.parent.mkdir(exist_ok=True)
    files = []
    for unit, text in units(systemd(COMMAND, archive, ["sample"])).items():
        files.append(tmp_path / unit)
        files[-1].write_text(text, encoding="utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if str(tmp_path) in line or "bayegan." in line]
    assert (done.returncode, complaints) == (0, []), done.stderr


def test_the_units_bound_time_and_memory_and_know_the_lock():
    text = systemd(COMMAND, Path("/var/lib/a.db"), ["asriran"])
    bounds = ("MemoryMax=", "TimeoutStartSec=", "SuccessExitStatus=3", "RandomizedDelaySec=", "OnFailure=")
    assert all(word in text for word in bounds)
    assert "crawl asriran" in text


def test_the_crontab_line_quotes_what_cron_would_read_otherwise(tmp_path):
    line = cron(COMMAND, Path("/var/lib/50% of it/a.db"), ["sample"]).splitlines()[-1]
    assert re.match(r"\d{1,2} \* \* \* \* ", line)
    assert r"\%" in line
    assert not re.search(r"(?<!\\)%", line)
    assert all(word in line for word in ("timeout", "ulimit"))
