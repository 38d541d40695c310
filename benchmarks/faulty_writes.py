"""Fails every write of one crawl, add, reparse, merge and upgrade in turn, and looks whether anything is lost or wrong.

    python benchmarks/faulty_writes.py [--step 1] [JOB...]

Needs a C compiler and SQLite's header.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "scraper")]


def main() -> int:
    from fault_server import FaultServer
    from faulty_disk import FaultyDisk
    from faulty_jobs import Bench, jobs

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("jobs", nargs="*")
    options.add_argument("--step", type=int, default=1)
    asked = options.parse_args()
    wrong = 0
    for name in asked.jobs or ("crawl", "add", "reparse", "merge", "upgrade"):
        with tempfile.TemporaryDirectory() as folder, FaultServer() as server, FaultyDisk(Path(folder)).mounted() as disk:
            begun, bench = time.monotonic(), Bench(jobs(server)[name], Path(folder), disk)
            tried = range(1, bench.places + 1, asked.step)
            for place in tried:
                try:
                    bench.fail_at(place)
                except Exception as error:  # noqa: BLE001 - counted, and the next place is tried
                    wrong += 1
                    print(f"{name}: place {place}: {type(error).__name__}: {str(error)[:300]}", flush=True)
            print(f"{name}: {len(tried)} of {bench.places} places, {time.monotonic() - begun:.0f} s", flush=True)
    print(f"{wrong} wrong")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
