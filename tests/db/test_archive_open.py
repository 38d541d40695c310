from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from archive_pages import page

from db.archive import (
    Archive,
    ArchiveError,
    ArchiveLocked,
    ArchiveMissing,
    ForeignDatabase,
    NewerArchive,
    NotADatabase,
    ReadOnlyArchive,
)
from db.lock import WriterLock

ROOT = Path(__file__).resolve().parents[2]
HOLD = "import sys, time; from db import Archive; a = Archive(sys.argv[1]); print('held', flush=True); time.sleep(60)"


def files(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(path.iterdir())}


@pytest.fixture
def holder(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", HOLD, tmp_path / "archive.db"], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_second_writer_is_refused_at_once_and_leaves_no_trace(tmp_path, holder):
    before = files(tmp_path)
    began = time.monotonic()
    with pytest.raises(ArchiveLocked, match=f"process {holder.pid}"):
        Archive(tmp_path / "archive.db")
    assert time.monotonic() - began < 2
    assert files(tmp_path) == before


def test_the_lock_is_one_whatever_the_archive_is_called(tmp_path, holder):
    (tmp_path / "other.db").symlink_to(tmp_path / "archive.db")
    with pytest.raises(ArchiveLocked):
        Archive(tmp_path / "other.db")


@pytest.mark.survives("SIGKILL", "the writer's lock", "gone with its holder")
def test_the_lock_dies_with_its_holder(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with Archive(tmp_path / "archive.db") as archive:
        assert archive.store(*page()).outcome == "inserted"


FORKED = """
import os, sys, time
from db import Archive
archive = Archive(sys.argv[1])
if os.fork() == 0:
    print(os.getpid(), flush=True)
time.sleep(60)
"""


def test_a_worker_that_outlives_its_killed_parent_does_not_keep_the_lock(tmp_path):
    process = subprocess.Popen([sys.executable, "-c", FORKED, tmp_path / "archive.db"], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    child = int(process.stdout.readline())
    with pytest.raises(ArchiveLocked):
        Archive(tmp_path / "archive.db")
    process.kill()
    process.wait()
    process.stdout.close()
    try:
        Archive(tmp_path / "archive.db").close()
    finally:
        os.kill(child, signal.SIGKILL)


def test_the_lock_leaves_no_file_behind(tmp_path):
    Archive(tmp_path / "archive.db").close()
    assert [file.name for file in tmp_path.iterdir()] == ["archive.db"]


def test_within_one_process_too_there_is_one_writer(tmp_path):
    with Archive(tmp_path / "archive.db"), pytest.raises(ArchiveLocked):
        Archive(tmp_path / "archive.db")


def test_a_reader_reads_while_a_writer_writes_and_stays_in_its_own_moment(archive):
    archive.store(*page())
    with Archive(archive.path, readonly=True) as reader:
        reader.db.execute("begin")
        assert len(list(reader.db.query("select * from articles"))) == 1
        for n in range(5):
            archive.store(*page(f"https://sobh.example/{n}"))
        assert len(list(reader.db.query("select * from articles"))) == 1
        reader.db.execute("commit")
        assert len(list(reader.db.query("select * from articles"))) == 6


def test_a_reader_cannot_write(archive):
    with Archive(archive.path, readonly=True) as reader:
        with pytest.raises(ReadOnlyArchive):
            reader.store(*page())
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.db.execute("delete from documents")


def foreign(path: Path, mode: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(f"pragma journal_mode = {mode}")
    connection.execute("create table mine(a)")
    connection.commit()
    connection.close()


@pytest.mark.survives("a file that is no archive", "every command", "one line, the file as it was")
@pytest.mark.parametrize("readonly", [False, True], ids=["writer", "reader"])
@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: path.write_bytes(b"\x89PNG\r\n" + b"\0" * 2000), NotADatabase),
        (lambda path: path.write_text("متن"), NotADatabase),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000), NotADatabase),
        (lambda path: path.mkdir(), NotADatabase),
        (lambda path: foreign(path, "delete"), ForeignDatabase),
        (lambda path: foreign(path, "wal"), ForeignDatabase),
    ],
    ids=["picture", "text", "damaged", "directory", "foreign", "foreign in WAL mode"],
)
def test_what_is_no_archive_is_refused_in_one_line_and_left_as_it_was(tmp_path, make, error, readonly):
    path = tmp_path / "archive.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(error) as caught:
        Archive(path, readonly=readonly)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [file.name for file in tmp_path.iterdir()] == ["archive.db"]


def test_an_empty_file_becomes_an_archive(tmp_path):
    path = tmp_path / "archive.db"
    path.touch()
    with Archive(path) as archive:
        assert archive.store(*page()).outcome == "inserted"


def test_a_missing_archive_is_missing_for_readers_and_a_missing_directory_for_all(tmp_path):
    with pytest.raises(ArchiveMissing, match="bayegan crawl"):
        Archive(tmp_path / "archive.db", readonly=True)
    with pytest.raises(ArchiveError, match="cannot be written here"):
        Archive(tmp_path / "nowhere" / "archive.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("readonly", [False, True], ids=["writer", "reader"])
def test_an_archive_of_a_later_version_is_refused(archive, readonly):
    archive.db.execute("insert into _sqlite_migrations (migration_set, name, applied_at) values ('bayegan', 'tomorrow', '')")
    archive.close()
    with pytest.raises(NewerArchive, match="upgrade"):
        Archive(archive.path, readonly=readonly)


KILLED = """
import sys; sys.path.insert(0, sys.argv[2])
from archive_pages import page
from db import Archive
with Archive(sys.argv[1]) as archive:
    n = archive.db.execute("select count(*) from documents").fetchone()[0]
    print("ready", flush=True)
    while True:
        n += 1
        with archive.transaction():
            archive.store(*page(f"https://sobh.example/{n}", title=f"خبر {n}"))
        print(n, flush=True)
"""


@pytest.mark.survives("SIGKILL", "storing", "nothing committed is lost")
def test_a_kill_at_any_moment_loses_nothing_that_was_committed(tmp_path):
    path = tmp_path / "archive.db"
    for moment in (0.0, 0.013, 0.05):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, path, Path(__file__).parent], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.readline()
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        said = [line for line in process.stdout.read().split("\n") if line.isdecimal()]
        process.wait()
        process.stdout.close()
        with Archive(path) as archive:
            documents, revisions, captures = archive.db.execute(
                "select (select count(*) from documents), (select count(*) from revisions), (select count(*) from captures)"
            ).fetchone()
            assert documents == revisions == captures >= max(map(int, said), default=1)
            assert archive.search("خبر").total == documents
            assert archive.db.execute("pragma integrity_check").fetchone() == ("ok",)
            assert archive.db.execute("pragma foreign_key_check").fetchall() == []


HAMMER = """
import sqlite3, sys
print("ready", flush=True)
reads = 0
while True:
    connection = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, timeout=1)
    for _ in range(5):
        connection.execute("select count(*), max(title) from articles").fetchall()
        reads += 1
    connection.close()
    print(reads, flush=True)
"""


def test_a_reader_is_never_refused_whatever_the_writer_does(tmp_path):
    path = tmp_path / "archive.db"
    Archive(path).close()
    reader = subprocess.Popen(
        [sys.executable, "-c", HAMMER, path], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert reader.stdout is not None
    reader.stdout.readline()
    for run in range(12):
        with Archive(path) as archive:
            for n in range(15):
                archive.store(*page(f"https://sobh.example/{run}-{n}", body="واژه " * 2000))
    assert reader.poll() is None
    reader.terminate()
    said, complaints = reader.communicate()
    assert complaints == ""
    assert len(said.split()) > 3


def test_an_archive_in_memory_works_and_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with Archive(":memory:") as archive, Archive(":memory:") as other:
        assert archive.store(*page()).outcome == "inserted"
        assert archive.store(*page()).outcome == "unchanged"
        assert archive.search("پیام").total == 1
        assert other.search("پیام").total == 0
    assert files(tmp_path) == {}


@pytest.mark.parametrize(("name", "options"), [(":memory:", {"readonly": True}), ("file:a.db", {}), ("file:a.db?mode=ro", {})])
def test_what_is_no_place_for_an_archive_is_said_and_makes_no_file(tmp_path, monkeypatch, name, options):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ArchiveError, match=r"in memory|by its path"):
        Archive(name, **options)
    assert files(tmp_path) == {}


def test_commits_are_synced_if_that_is_asked_for(archive):
    assert archive.db.execute("pragma synchronous").fetchone() == (1,)
    archive.sync_every_commit()
    assert archive.db.execute("pragma synchronous").fetchone() == (2,)
    assert archive.store(*page()).outcome == "inserted"


def test_who_only_looks_whether_a_lock_is_held_keeps_no_writer_out(tmp_path):
    path = tmp_path / "archive.db"
    fd = os.open(tmp_path / "archive.db.lock", os.O_RDONLY | os.O_CREAT)
    fcntl.flock(fd, fcntl.LOCK_SH)
    threading.Timer(0.015, os.close, [fd]).start()
    WriterLock(path).release()
