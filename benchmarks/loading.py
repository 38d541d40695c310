"""What a new process takes until its first article is read: processor seconds, without those of Python itself.

python benchmarks/loading.py             the median of five new processes
python benchmarks/loading.py --imports   which modules take longest to import
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = str(ROOT / "tests" / "pages" / "nastooh" / "mehr_article.html")  # a whole article: every kind of fact is looked for
FIRST = (
    "import sys; from parsers import Capture, parse; "
    "parse(Capture(open(sys.argv[1], 'rb').read(), url='https://www.nemuneh.ir/fa/news/4512'))"
)

AT_ONCE = "import os; os._exit(0)"  # what a process takes to end is not asked here


def processor_seconds(*arguments: str) -> float:
    """Return what a process took of the processor, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def first_page(rounds: int = 5) -> tuple[float, float]:
    """Return the seconds of a process that reads one page, and of Python that does nothing: medians of alternating rounds."""
    processor_seconds("-c", FIRST, PAGE)  # the files are in the system's cache from here on, and expressions are kept
    both = [(processor_seconds("-c", f"{FIRST}; {AT_ONCE}", PAGE), processor_seconds("-c", AT_ONCE)) for _ in range(rounds)]
    return statistics.median(first for first, _ in both), statistics.median(python for _, python in both)


def imports() -> None:
    """Print the modules that take longest by themselves."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", FIRST, PAGE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rows = [line.split("|") for line in done.stderr.splitlines() if line.startswith("import time:") and "self" not in line]
    for own, _, name in sorted(rows, key=lambda row: -int(row[0].split(":")[1]))[:25]:
        print(f"{int(own.split(':')[1]) / 1000:7.1f} ms  {name.strip()}")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--imports", action="store_true")
    if options.parse_args().imports:
        imports()
    else:
        page, python = first_page()
        print(
            f"the first article of a new process: {page - python:.2f} s of the processor, {python:.2f} s of Python itself besides"
        )
