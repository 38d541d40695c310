"""Readers hammer the archive in every way there is while crawls write to it: nobody is ever told that it is locked."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing
from itertools import cycle
from typing import TYPE_CHECKING

import pytest
from fault_server import BODY, article, reply

from db import Archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Bench
    from fault_server import FaultServer

PAGES = 25
CRAWLS = 4
WEB = ("/", "/search?q=%D8%B4%D8%A8%DA%A9%D9%87", "/document/1", "/document/1/changes", "/health", "/messengers",
       "/question/last_runs", "/archive/articles?_size=5", "/archive.json?sql=select+count(*)+from+articles")  # fmt: skip


class Hammer:
    """One way of reading, over and over, in a thread of its own; remembers what went wrong."""

    def __init__(self, read: Callable[[], object]) -> None:
        self._read = read
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.reads = 0
        self.complaints: list[str] = []

    def __enter__(self) -> Hammer:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop.set()
        self._thread.join(timeout=60)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._read()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test looks for
                self.complaints.append(repr(error))
            self.reads += 1
            time.sleep(0.002)


@pytest.fixture
def served(bench: Bench) -> Iterator[str]:
    """The archive behind the real command."""
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    Archive(bench.path).close()
    run = "from scraper.cli.main import main; main()"
    command = [sys.executable, "-u", "-c", run, "--db", str(bench.path), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().split()[0].rstrip("/")
        server.terminate()


def _ask(address: str) -> None:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            text = answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        if error.code == 404:  # a document that is not there yet, or never changed
            return
        raise
    assert "is locked" not in text


def _sql(path: Path) -> None:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=0.2)) as connection:
        connection.execute("SELECT count(*), max(title), sum(length(body)) FROM articles").fetchall()


def _library(path: Path) -> None:
    with Archive(path, readonly=True) as archive:
        archive.search("شبکه ملی")
        archive.run_log(limit=3)


@pytest.mark.survives("readers and a crawl at once", "everything that reads", "nobody waits, nobody is refused")
def test_no_reader_is_ever_told_that_the_archive_is_locked(bench: Bench, server: FaultServer, served: str) -> None:
    paths = [f"/fa/news/{n}" for n in range(1, PAGES + 1)]
    server.feed(*paths)
    pages = cycle(WEB)
    hammers = [Hammer(lambda: _ask(served + next(pages))), Hammer(lambda: _sql(bench.path)), Hammer(lambda: _library(bench.path))]
    with hammers[0], hammers[1], hammers[2]:
        for crawl in range(CRAWLS):
            for n, path in enumerate(paths, 1):
                server.pages[path] = reply(article(n, f"{BODY} این بار {crawl} است و خبر {n}."))
            assert bench.crawl().exit_code == 0
    assert [hammer.complaints for hammer in hammers] == [[], [], []]
    assert min(hammer.reads for hammer in hammers) > 20
    with Archive(bench.path) as archive:  # the server still has its connections open, and none of them keeps the log
        assert archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
    assert bench.documents() == PAGES
    assert bench.rows("SELECT DISTINCT revisions FROM articles") == [(CRAWLS,)]
