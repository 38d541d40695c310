"""Crawls a small newsroom, kills the crawls and sets their clocks wrong, and compares with crawls that nothing disturbs.

    python benchmarks/rough_crawls.py [--crawls 300] [--seed 1]

Needs libfaketime.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "scraper")]

if TYPE_CHECKING:
    from rough_crawls import Compared


def main() -> int:
    from clocked_command import ClockedCommands
    from rough_crawls import TROUBLES, RoughCrawls
    from rough_site import BEGIN, Newsroom

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--crawls", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    chance, begun = random.Random(asked.seed), time.monotonic()
    results: dict[str, list[Compared]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory() as name,
        Newsroom(chance, BEGIN) as newsroom,
        ClockedCommands(Path(name)) as commands,
    ):
        crawls = RoughCrawls(Path(name), newsroom, commands, asked.seed)
        with suppress(KeyboardInterrupt):  # Ctrl-C shows what has been done
            for number in range(asked.crawls):
                # Each trouble in turn, in another order every time.
                if not number % len(TROUBLES):
                    turn = chance.sample(TROUBLES, len(TROUBLES))
                trouble = turn[number % len(TROUBLES)]
                done = crawls.crawl(trouble, chance.uniform(7, 10))
                results[trouble.name].append(done)
                if done.differs:
                    print(f"crawl {number + 1}, {newsroom.now:%Y-%m-%d}, {trouble.name}: {', '.join(done.differs)}", flush=True)
        pages, revisions = (len(crawls.disturbed.content()[kind]) for kind in ("pages", "revisions"))
        damage = crawls.disturbed.damage()
    _print(results)
    memory = max(one.megabytes for found in results.values() for one in found)
    done = sum(map(len, results.values()))
    print(f"\n{done} crawls to {newsroom.now:%Y-%m-%d}, {pages} pages, {revisions} revisions, at most {memory:.0f} MB, "
          f"{time.monotonic() - begun:.0f} s; `check --deep`: {', '.join(damage) or 'sound'}")  # fmt: skip
    return int(bool(damage) or any(one.differs for found in results.values() for one in found))


def _print(results: dict[str, list[Compared]]) -> None:
    print("| trouble | crawls | differ from the undisturbed | moments off by a day | what `health` says |\n|---|---|---|---|---|")
    for name, found in results.items():
        differs = sum(1 for one in found if one.differs)
        said = next((one.said[-1] for one in found if one.said), "")
        print(f"| {name} | {len(found)} | {differs} | {max(one.off for one in found)} | {said} |")


if __name__ == "__main__":
    sys.exit(main())
