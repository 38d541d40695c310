"""The write-ahead log stays small while others read; a reader that keeps it large is named."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
import time
from contextlib import closing, contextmanager
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fault_server import BODY, article, reply

from db import Archive, write_ahead_log
from scraper.cli.log_file import LogFile
from scraper.cli.main import main
from scraper.crawl import CrawlOptions, run_crawl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Bench
    from fault_server import FaultServer

PAGES = 12
SMALL = 400_000  # bytes; some pages


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log is large at some pages."""
    monkeypatch.setattr(write_ahead_log, "SIZE", SMALL)


def publish(server: FaultServer, text: str) -> None:
    paths = [f"/fa/news/{n}" for n in range(1, PAGES + 1)]
    server.feed(*paths)
    for n, path in enumerate(paths, 1):
        server.pages[path] = reply(article(n, f"{BODY} {text} و خبر {n}."))


def log_size(archive: Path) -> int:
    log = write_ahead_log.log_path(archive)
    return log.stat().st_size if log.exists() else 0


def connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)


@contextmanager
def snapshot(path: Path) -> Iterator[None]:
    """A program that is not ours reads, and does not end its transaction."""
    with closing(connected(path)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM documents").fetchall()
        yield


@contextmanager
def readers_in_turns(path: Path) -> Iterator[None]:
    """Two programs read in turns: before one ends its transaction, the other has begun its own."""
    stop = threading.Event()

    def read() -> None:
        with closing(connected(path)) as one, closing(connected(path)) as other:
            one.execute("BEGIN").execute("SELECT count(*) FROM documents").fetchall()
            for ending, beginning in cycle(((one, other), (other, one))):
                beginning.execute("BEGIN").execute("SELECT count(*) FROM documents").fetchall()
                time.sleep(0.02)
                ending.execute("COMMIT")
                if stop.is_set():
                    return

    thread = threading.Thread(target=read)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@pytest.mark.survives("a reader that never ends its transaction", "crawl", "named once as `log_kept`; later the log is emptied")
def test_a_reader_that_keeps_the_log_is_named_once_and_emptied_after_it(
    bench: Bench, server: FaultServer, tmp_path: Path
) -> None:
    Archive(bench.path).close()
    publish(server, "نخست")
    log = tmp_path / "crawl.log"
    with snapshot(bench.path), Archive(bench.path) as archive, LogFile(str(log)).opened(bench.path) as progress:
        outcome = run_crawl(archive, [bench.publisher], CrawlOptions(), progress)
        assert log_size(bench.path) > SMALL
    assert outcome.exit_code == 0
    said = [row for row in map(json.loads, log.read_text().splitlines()) if row.get("code") == "log_kept"]
    assert [row["level"] for row in said] == ["info"]
    assert f"process {os.getpid()} (" in said[0]["message"]
    assert bench.issues()["log_kept"] == "info"
    publish(server, "دوم")
    with connected(bench.path), Archive(bench.path) as archive:  # a connection without a transaction keeps nothing
        assert run_crawl(archive, [bench.publisher], CrawlOptions()).exit_code == 0
        assert log_size(bench.path) < 2 * SMALL
    assert "log_kept" not in bench.issues()


@pytest.mark.survives("readers that take turns without a gap", "crawl", "waited for; the log is emptied")
def test_readers_in_turns_do_not_starve_the_checkpoint(
    bench: Bench, server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_ahead_log, "_WAITS", 50)  # a slow machine waits longer
    Archive(bench.path).close()
    for text in ("نخست", "دوم", "سوم"):
        publish(server, text)
        with readers_in_turns(bench.path), Archive(bench.path) as archive:
            assert run_crawl(archive, [bench.publisher], CrawlOptions()).exit_code == 0
            assert archive.log.kept is None
            assert log_size(bench.path) < 3 * SMALL
    assert bench.documents() == PAGES


def test_litestream_is_left_alone(bench: Bench, server: FaultServer, monkeypatch: pytest.MonkeyPatch) -> None:
    Archive(bench.path).close()
    publish(server, "نخست")
    name = Path(f"/proc/{os.getpid()}/comm").read_text(encoding="utf-8").strip()
    monkeypatch.setattr(write_ahead_log, "_KEEPER", f"({name})")
    with snapshot(bench.path), Archive(bench.path) as archive:
        assert run_crawl(archive, [bench.publisher], CrawlOptions()).exit_code == 0
        assert log_size(bench.path) > SMALL
        assert archive.log.kept is None


def test_a_checkpoint_that_fails_costs_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with Archive(bench.path) as archive:
        monkeypatch.setattr(write_ahead_log, "SIZE", -1)
        execute = archive.db.execute

        def failing(sql: str, *values: Any) -> Any:
            if "wal_checkpoint" in sql:
                raise sqlite3.OperationalError("disk I/O error")
            return execute(sql, *values)

        monkeypatch.setattr(archive.db, "execute", failing)
        run = archive.runs.begin("add")
        archive.runs.finish(run, "done")
        monkeypatch.undo()
    assert bench.log("status") == ("done",)


def run(capsys: Any, *arguments: object) -> tuple[int, Any]:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in ("--json", *arguments)])
    return int(ended.value.code or 0), json.loads(capsys.readouterr().out)


def test_status_and_health_say_how_large_the_log_is_and_since_when(
    bench: Bench, server: FaultServer, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(server, "نخست")
    assert bench.crawl().exit_code == 0
    assert run(capsys, "--db", bench.path, "status")[1]["wal_kept_since"] is None
    monkeypatch.setattr(write_ahead_log, "_LARGE", SMALL)
    with snapshot(bench.path), Archive(bench.path) as archive:
        publish(server, "دوم")
        run_crawl(archive, [bench.publisher], CrawlOptions())
        found = run(capsys, "--db", bench.path, "status")[1]
        assert found["wal_bytes"] == log_size(bench.path) > SMALL
        assert found["wal_kept_since"].endswith("Z")
        assert found["wal_readers"].startswith(f"process {os.getpid()} (")
        code, issues = run(capsys, "--db", bench.path, "health", "--no-compare")
        assert (code, [i["level"] for i in issues if i["code"] == "log_kept" and i["publisher"] == "-"]) == (1, ["warning"])
    Archive(bench.path).close()
    assert run(capsys, "--db", bench.path, "status")[1]["wal_bytes"] == 0
