"""Our page parsers next to trafilatura, htmldate, newspaper4k, resiliparse and readability-lxml, where those are installed.

    python benchmarks/pages.py [--pages DIR]... [--peers DIR] [--accuracy | --speed]

Accuracy: titles and days that are right, token F1 of lead and body, pages in which a line of the furniture leaked.

Speed: distinct pages, each met once by each reader in a process that has loaded everything, by class. Ratios are medians, and
the worst page is shown next to them. All readers get the same bytes in the same run. `--pages` adds folders of saved pages,
`--peers` a folder in which the others are installed.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections import Counter, defaultdict
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from page_cases import TRAPS, Case, composed_cases, own_cases, real_cases, saved_cases
from page_readers import (
    lexbor_alone,
    our_record,
    ours,
    with_htmldate,
    with_newspaper,
    with_readability,
    with_resiliparse,
    with_trafilatura,
    with_trafilatura_fast,
)

from parsers.page.comparison import comparable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

__all__ = ["Case", "own_cases", "with_newspaper", "with_readability", "with_trafilatura", "with_trafilatura_fast"]
TIMED: dict[str, Callable[[Case], object]] = {
    "article": ours,
    "record": our_record,
    "trafilatura": with_trafilatura,
    "fast": with_trafilatura_fast,
    "newspaper4k": with_newspaper,
    "resiliparse": with_resiliparse,
    "lexbor": lexbor_alone,
}
READ = {
    "bayegan": ours,
    "trafilatura": with_trafilatura,
    "trafilatura, fast": with_trafilatura_fast,
    "htmldate": with_htmldate,
    "newspaper4k": with_newspaper,
    "resiliparse": with_resiliparse,
    "readability-lxml": with_readability,
}
EVERY = 4  # the pages that everybody reads first, uncounted: one in so many, so that all classes are met


def f1(want: str, got: str) -> float:
    """Return the harmonic mean of precision and recall of the words."""
    one, other = Counter(comparable(want).split()), Counter(comparable(got).split())
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def accuracy(cases: list[Case]) -> None:
    """Print a row for each reader."""
    print("| reader | title | day | body F1 | leaking pages |\n|---|---|---|---|---|")
    for name, read in READ.items():
        try:
            readings = [read(case) for case in cases]
        except ImportError as error:
            print(f"| {name} | not installed ({error.name}) | | | |")
            continue
        pairs = list(zip(cases, readings, strict=True))
        titles = sum(comparable(case.title) == comparable(reading.title) for case, reading in pairs) / len(pairs)
        dated = [(case, reading) for case, reading in pairs if case.day]
        days = sum(case.day == reading.day for case, reading in dated) / max(len(dated), 1)
        body = sum(f1(case.text, reading.text) for case, reading in pairs) / len(pairs)
        leaked = sum(any(comparable(trap) in comparable(reading.text) for trap in TRAPS) for _, reading in pairs)
        told = [
            f"{titles:.3f}" if any(r.title for r in readings) else "–",
            f"{days:.3f}" if any(r.day for r in readings) else "–",
        ]
        told += [f"{body:.3f}", f"{leaked} of {len(pairs)}"] if any(r.text for r in readings) else ["–", "–"]
        print(f"| {name} | {' | '.join(told)} |", flush=True)


def seconds(read: Callable[[Case], object], case: Case) -> float:
    """Return the processor time that a reader takes for a page."""
    began = time.process_time()
    read(case)
    return time.process_time() - began


def speed(cases: Iterable[Case]) -> None:
    """Print a row for each class of pages, and the worst pages of all."""
    readers = dict(TIMED)
    for warm in [*list(saved_cases())[::EVERY], *itertools.islice(composed_cases("warm"), 0, None, EVERY)]:
        for name, read in list(readers.items()):
            with suppress(ImportError):
                read(warm)
                continue
            del readers[name]
    taken: dict[str, list[tuple[Case, dict[str, float]]]] = defaultdict(list)
    for case in cases:
        taken[case.kind].append((case, {name: seconds(read, case) for name, read in readers.items()}))
    _print_classes(taken, [name for name in readers if name not in ("article", "record")])
    everything = [row for rows in taken.values() for row in rows]
    for ours_is in ("article", "record"):
        worst = sorted(everything, key=lambda row: row[1]["trafilatura"] / row[1][ours_is])[:3]
        named = ", ".join(f"{case.kind} {case.name} {times['trafilatura'] / times[ours_is]:.1f}" for case, times in worst)
        print(f"page → {ours_is}, the pages on which trafilatura comes nearest: {named}")


def _print_classes(taken: dict[str, list[tuple[Case, dict[str, float]]]], others: list[str]) -> None:
    heads = [f"article / {name}" for name in others]
    print(f"| pages | number | KB | article, ms | record, ms | {' | '.join(heads)} | worst | record / trafilatura | worst |")
    print("|---" * (len(others) + 8) + "|")
    for kind, rows in taken.items():
        times = [row for _, row in rows]
        kilobytes = median(len(case.html.encode()) for case, _ in rows) / 1000
        ratios = [f"{median(one[name] / one['article'] for one in times):.2f}" for name in others]
        worst = [min(one["trafilatura"] / one[name] for one in times) for name in ("article", "record")]
        record = median(one["trafilatura"] / one["record"] for one in times)
        own = [f"{median(one[name] for one in times) * 1000:.1f}" for name in ("article", "record")]
        cells = (kind, str(len(rows)), f"{kilobytes:.0f}", *own, *ratios, f"{worst[0]:.1f}", f"{record:.1f}", f"{worst[1]:.1f}")
        print(f"| {' | '.join(cells)} |", flush=True)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, action="append", default=[], metavar="DIR", help="Saved pages to measure, too.")
    parser.add_argument("--peers", type=Path, metavar="DIR", help="Where the others are installed (pip install --target DIR).")
    parser.add_argument("--accuracy", action="store_true")
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    if arguments.peers:
        sys.path.append(str(arguments.peers))
    composed = list(composed_cases())
    if not arguments.speed:
        cases = [*own_cases(), *(case for case in composed if case.kind != "live blog")]
        print(f"{len(cases)} articles of {sum(len(case.html.encode()) for case in cases) / len(cases) / 1000:.0f} KB on average")
        accuracy(cases)
    if not arguments.accuracy:
        speed([*saved_cases(), *composed, *real_cases(arguments.pages)])


if __name__ == "__main__":
    main()
