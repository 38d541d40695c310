"""How large the write-ahead log of an archive becomes while a crawl writes and others read.

python benchmarks/write_ahead_log.py [--pages 1000]

Each page is stored in its own transaction, as a crawl does. Printed for each kind of reader: how long a page took, the log at its
largest, at the end of the run, and after two more pages once the readers are gone; and who was named as keeping it.
"""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from synthetic import MESSENGERS, Newsroom

from db.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parsers.models import Capture, Record

BAYEGAN = [sys.executable, "-c", "from scraper.cli.main import main; main()"]
WEB = ("/", "/search?q=%D8%AA%D9%84%DA%AF%D8%B1%D8%A7%D9%85", "/health", "/messengers", "/archive/articles?_size=100")


@contextmanager
def nobody(_path: Path) -> Iterator[None]:
    """Nobody reads."""
    yield


@contextmanager
def snapshot(path: Path) -> Iterator[None]:
    """A foreign program holds one snapshot all the while."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM documents").fetchall()
        yield


TURNS = """
import sqlite3, sys, time
one, other = (sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True, isolation_level=None) for _ in range(2))
one.execute("BEGIN").execute("SELECT count(*) FROM documents").fetchall()
while True:
    other.execute("BEGIN").execute("SELECT count(*) FROM documents").fetchall()
    time.sleep(0.1)
    one.execute("COMMIT")
    one, other = other, one
"""


@contextmanager
def turns(path: Path) -> Iterator[None]:
    """A foreign program reads without a gap: before it ends one transaction, it has begun the next."""
    with subprocess.Popen([sys.executable, "-c", TURNS, str(path)]) as process:
        yield
        process.terminate()


@contextmanager
def looping(script: str, times: int) -> Iterator[None]:
    """Run a line of shell over and over in so many processes."""
    line = f"while :; do {script}; done > /dev/null 2>&1"
    loops = [subprocess.Popen(["sh", "-c", line], start_new_session=True) for _ in range(times)]
    try:
        yield
    finally:
        for loop in loops:
            os.killpg(loop.pid, signal.SIGKILL)
            loop.wait()


@contextmanager
def exports(path: Path) -> Iterator[None]:
    """Three exports of all articles, over and over, so that one of them always reads."""
    with looping(shlex.join([*BAYEGAN, "--db", str(path), "export", "--format", "jsonl"]), 3):
        yield


@contextmanager
def serve(path: Path) -> Iterator[None]:
    """Four readers of `serve`, who ask for page after page, and two who search on the command line."""
    command = [*BAYEGAN, "--db", str(path), "serve", "--port", "0"]
    search = shlex.join([*BAYEGAN, "--db", str(path), "search", MESSENGERS[0][0]])
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        base = server.stdout.readline().split()[0].rstrip("/")
        asks = "; ".join(f"curl -s -m 20 '{base}{page}'" for page in WEB)
        with looping(asks, 4), looping(search, 2):
            yield
        server.terminate()


def measure(folder: Path, pages: list[tuple[Capture, Record]], reading: Callable[..., object]) -> dict[str, object]:
    """Store pages while others read; return the sizes of the log in megabytes."""
    path = folder / f"{reading.__name__}.db"
    log = Path(f"{path}-wal")
    sizes = [0]
    with Archive(path) as archive:
        for capture, record in pages[:50]:
            archive.store(capture, record)
        with reading(path):  # type: ignore[attr-defined]
            began = time.perf_counter()
            for capture, record in pages[50:-2]:
                archive.store(capture, record)
                sizes.append(log.stat().st_size)
            took = time.perf_counter() - began
        time.sleep(0.2)
        for capture, record in pages[-2:]:
            archive.store(capture, record)
        after = log.stat().st_size
        kept = getattr(getattr(archive, "log", None), "kept", None)
    return {
        "reader": reading.__name__, "ms a page": round(1000 * took / (len(pages) - 52), 1), "largest": _mb(max(sizes)),
        "at the end": _mb(sizes[-1]), "afterwards": _mb(after), "says": kept.message if kept else "",
    }  # fmt: skip


def _mb(size: int) -> float:
    return round(size / 1e6, 1)


def main() -> None:
    """Print a line for each kind of reader."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pages", type=int, default=1000)
    options.add_argument("--only")
    chosen = options.parse_args()
    pages = list(islice(Newsroom().pages(chosen.pages), chosen.pages))
    with TemporaryDirectory() as folder:
        for reading in (nobody, snapshot, turns, exports, serve):
            if chosen.only in (None, reading.__name__):
                print(measure(Path(folder), pages, reading), flush=True)


if __name__ == "__main__":
    main()
