"""The archive is checked while it is served, and the pages say what was found."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from db import archive as archives
from db.archive import Archive
from db.lock import CheckLock
from db.upkeep import log
from db.upkeep.check import Finding
from db.upkeep.check_process import found
from db.web import background_check
from db.web.background_check import BackgroundCheck

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECONDS = 60  # a slow machine has for a check of some pages
DAY = timedelta(days=1)
BAYEGAN = [sys.executable, "-c", "from scraper.cli.main import main; main()"]


@pytest.fixture
def own(archive_path: Path, tmp_path: Path) -> Path:
    """An archive that a test may damage."""
    path = tmp_path / "own.db"
    path.write_bytes(archive_path.read_bytes())
    return path


def damage(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE documents SET revisions = 9 WHERE id = 2")
    connection.close()


def findings(path: Path) -> list[str]:
    return list(found(path, DAY)["findings"])


def wait_for(is_so: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.02)


def test_health_and_metrics_say_what_the_check_found(ask: Any, asking: Any, archive_path: Path, own: Path) -> None:
    pytest.importorskip("prometheus_client")
    damage(own)
    assert ask("/health.json").json["check"] == {"checked_at": None, "findings": [], "is_running": False}
    assert "The archive has not been checked yet" in ask("/en/health").text
    with BackgroundCheck(archive_path, 24) as sound, BackgroundCheck(own, 24) as damaged:
        wait_for(lambda: sound.last.checked_at and damaged.last.checked_at)
        assert ask("/health.json").json["check"] == {"checked_at": sound.last.checked_at, "findings": [], "is_running": False}
        assert "The archive is sound" in ask("/en/health").text
        assert "bayegan_check_findings 0.0\n" in ask("/-/metrics").text
        asked = asking(own)
        assert [one.partition(":")[0] for one in asked("/health.json").json["check"]["findings"]] == ["revision_count"]
        assert "1 things are wrong with the archive" in asked("/en/health").text
        assert "bayegan_check_findings 1.0\n" in asked("/-/metrics").text
        assert "bayegan_check_timestamp_seconds 1" in asked("/-/metrics").text


def test_a_check_writes_nothing_to_the_archive(own: Path) -> None:
    before = own.read_bytes()
    assert findings(own) == []
    assert own.read_bytes() == before
    assert not list(own.parent.glob("*.lock"))


def test_the_process_prints_what_it_found_and_nothing_else(own: Path) -> None:
    damage(own)
    pipe = subprocess.PIPE
    command = [sys.executable, "-P", "-m", "db.upkeep.check_process", own, "24"]
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as check:
        assert check.stdout
        assert check.stderr
        assert len(json.loads(check.stdout.read())["findings"]) == 1
        assert check.stderr.read() == b""
    assert check.returncode == 0


def note(path: Path, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    with Archive(path) as archive, monkeypatch.context() as patched:
        patched.setattr(log, "now", lambda: moment)
        log.note_check(archive.db, [Finding("captures", 2, "2 blobs whose bytes are damaged")])


@pytest.mark.parametrize(
    ("age", "is_new"), [(timedelta(hours=1), False), (timedelta(days=2), True), (timedelta(days=-3650), True)]
)
def test_a_check_of_today_counts_and_one_of_the_future_does_not(
    own: Path, monkeypatch: pytest.MonkeyPatch, age: timedelta, is_new: bool
) -> None:
    note(own, monkeypatch, (datetime.now(UTC) - age).isoformat(timespec="seconds"))
    assert findings(own) == ([] if is_new else ["captures: 2 blobs whose bytes are damaged"])


def test_two_checks_never_read_one_archive_at_once(own: Path) -> None:
    with CheckLock(own):
        assert "another check" in found(own, DAY)["busy"]
        with pytest.raises(archives.ArchiveLocked, match="another check"):
            CheckLock(own)
    assert findings(own) == []


def test_an_archive_is_checked_where_no_lock_can_be_written_next_to_it(own: Path) -> None:
    own.with_name("own.db.check.lock").mkdir()  # as if the folder, or another user's lock, could not be written
    assert findings(own) == []


def test_the_command_waits_for_another_check(own: Path) -> None:
    lock = CheckLock(own)
    with subprocess.Popen([*BAYEGAN, "--db", own, "check"], stderr=subprocess.PIPE, text=True) as command:
        assert command.stderr
        assert "begins when it has ended" in command.stderr.readline()
        assert command.poll() is None
        lock.release()
        assert command.stderr.read() == "sound\n"
    assert command.returncode == 0


def test_what_is_no_archive_any_more_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "gone.db"
    with BackgroundCheck(path, 24) as check:
        wait_for(lambda: check.last.checked_at)
    assert [one.partition(":")[0] for one in check.last.findings] == ["unreadable"]


ENDLESS = """
import time
from db.lock import CheckLock
from db.upkeep import check_process

def found(path, _hours):
    with CheckLock(path):
        print("at work", flush=True)
        time.sleep(600)

check_process.found = found
check_process.main()
"""


@pytest.mark.survives("`serve` is killed", "its check", "ends too, and gives its lock up")
def test_a_check_ends_with_whoever_started_it(own: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ENDLESS, own, "24"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as check:
        assert check.stdout
        assert check.stdin
        assert check.stdout.readline() == b"at work\n"
        assert list(own.parent.glob("*.lock"))
        check.stdin.close()
        assert check.wait(timeout=SECONDS) == 1
    assert not list(own.parent.glob("*.lock"))


def test_a_server_that_ends_does_not_wait_for_its_check(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background_check, "_PROCESS", (sys.executable, "-c", ENDLESS))
    with BackgroundCheck(own, 24) as check:
        wait_for(lambda: list(own.parent.glob("*.lock")))
        assert check.is_running
    assert not check.is_running
    assert not list(own.parent.glob("*.lock"))


@pytest.mark.parametrize(
    ("options", "is_checked"),
    [
        ((), True),
        (("--check-hours", "0"), False),
        (("--public",), False),
        (("--public", "--check-hours", "24"), True),
    ],
)
def test_serve_checks_unless_it_is_public_or_told_not_to(
    archive_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], is_checked: bool
) -> None:
    from db.web import app
    from scraper.cli.main import main

    asked: dict[str, Any] = {}
    monkeypatch.setattr(app, "run", lambda *_args, **named: asked.update(named))
    with pytest.raises(SystemExit):
        main(["--db", str(archive_path), "serve", "--port", "0", *options])
    assert bool(asked["check_hours"]) is is_checked
