"""Hold the branch coverage of each package against its floor: `python tools/coverage_floors.py coverage.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

FLOORS = {"parsers": 95.0, "db": 95.0, "scraper": 90.0}


def covered(files: dict[str, dict[str, dict[str, int]]], package: str) -> float:
    """Return the covered share of lines and branches of a package, in per cent."""
    summaries = [entry["summary"] for name, entry in files.items() if Path(name).parts[0] == package]
    done = sum(one["covered_lines"] + one["covered_branches"] for one in summaries)
    return 100 * done / max(1, sum(one["num_statements"] + one["num_branches"] for one in summaries))


def main(report: str) -> int:
    """Print a line for each package; return 1 where one is below its floor."""
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    shares = {package: covered(files, package) for package in FLOORS}
    for package, share in shares.items():
        verdict = "" if share >= FLOORS[package] else "  BELOW THE FLOOR"
        print(f"coverage of {package}: {share:.1f} % of lines and branches (floor {FLOORS[package]:.0f} %){verdict}")
    return int(any(share < FLOORS[package] for package, share in shares.items()))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
