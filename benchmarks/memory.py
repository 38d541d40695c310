"""The most memory that a crawl, a reparse and a bulk job take, process by process.

    python benchmarks/memory.py [--pages 3000]

Each job runs as its users run it; every process of it is looked at twenty times a second, and the largest resident size of each
is kept. Ray's own processes (its store, its dashboard) are counted apart from those that do our work.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]
RUN = [sys.executable, "-c", "from scraper.cli.main import main; main()"]
STEP = 0.05  # seconds


@dataclass
class Watched:
    """The processes of a job: by number, what they are and the most megabytes of each."""

    names: dict[int, str] = field(default_factory=dict)
    peaks: dict[int, int] = field(default_factory=dict)

    def look(self, root: int) -> None:
        for number in [root, *_below(root)]:
            try:
                status = Path(f"/proc/{number}/status").read_text()
                command = Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
            except OSError:
                continue
            if "VmHWM:" in status:
                self.names[number] = command[:80]
                self.peaks[number] = int(status.split("VmHWM:")[1].split()[0]) // 1024

    def largest(self) -> int:
        """Return the peak of the largest process that does our work."""
        return max((peak for number, peak in self.peaks.items() if not _is_of_ray(self.names[number])), default=0)


def _is_of_ray(name: str) -> bool:
    return "/ray/" in name and not name.startswith("ray::")


def _below(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                fields = Path(entry.path, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(entry.name))
    found, ahead = [], [root]
    while ahead:
        children = parents.get(ahead.pop(), [])
        found += children
        ahead += children
    return found


def watch(*arguments: str | Path) -> Watched:
    """Run a command and return its processes."""
    watched = Watched()
    with subprocess.Popen([*map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as job:
        while job.poll() is None:
            watched.look(job.pid)
            time.sleep(STEP)
    if job.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))[:200]} ended with {job.returncode}")
    return watched


def measure(pages: int) -> dict[str, int]:
    """Return the megabytes of the largest process of each job."""
    from all import archive_of, captures_of, shards_of

    found = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crawled = watch(sys.executable, HERE / "crawl.py", "--hosts", "20", "--pages", str(pages // 40), "--delay", "0.1")
        found["crawl"] = crawled.largest()
        path = archive_of(folder / "archive.db", captures_of(pages))
        found["reparse"] = watch(*RUN, "--db", path, "reparse", "--jobs", "1").largest()
        try:
            import ray  # noqa: F401  (whether it is installed)
        except ImportError:
            return found
        shards = shards_of(folder / "shards", captures_of(pages), 4)
        found["bulk"] = watch(*RUN, "bulk", shards, "-o", folder / "out", "--workers", "2").largest()
    return found


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--pages", type=int, default=3000)
    for job, megabytes in measure(options.parse_args().pages).items():
        print(f"{job:8} {megabytes:4} MB, its largest process")
