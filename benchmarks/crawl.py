"""How near a crawl of many hosts comes to the fastest that politeness allows, and how much memory it takes.

    python benchmarks/crawl.py [--hosts 50] [--pages 10] [--delay 1.0]

Each host is a server on a loopback address of its own (127.0.9.x); the bound is (requests - 1) * delay of one host.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "scraper")]


def texts(host: int, pages: int) -> list[str]:
    """The text of each page of a host: the same words in another order, so that no two are the same story."""
    from fault_server import BODY

    words = BODY.split()
    order = random.Random(host)
    return [" ".join(order.sample(words, len(words))) for _ in range(pages)]


def serve(hosts: int, pages: int, ready: object) -> None:
    from fault_server import FaultServer, article, reply

    servers = []
    for number in range(hosts):
        server = FaultServer(host=f"127.0.9.{number + 1}").__enter__()
        server.pages |= {f"/fa/news/{n}": reply(article(n, text)) for n, text in enumerate(texts(number, pages))}
        server.feed(*(f"/fa/news/{n}" for n in range(pages)))
        servers.append(server.base)
    ready.put(servers)  # type: ignore[attr-defined]
    time.sleep(3600)


@dataclass(frozen=True, slots=True)
class Crawled:
    """A crawl as it was measured: seconds, and those that politeness alone takes; megabytes at the peak, its parser's too."""

    pages: int
    seconds: float
    bound: float
    peak: float


def measure(hosts: int, pages: int, delay: float) -> Crawled:
    """One crawl of so many hosts with so many pages each."""
    context = get_context("spawn")
    ready = context.Queue()
    server = context.Process(target=serve, args=(hosts, pages, ready), daemon=True)
    server.start()
    bases = ready.get()

    from db import Archive
    from scraper.crawl import run_crawl
    from scraper.parser_process import forget, prepare
    from scraper.registry import Discovery, Politeness, Publisher

    publishers = [
        Publisher(f"host-{n}", f"host-{n}", f"{base}/", allow_private=True, politeness=Politeness(delay=delay),
                  discover=(Discovery("rss", f"{base}/rss"),))
        for n, base in enumerate(bases)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a.db") as archive:
        prepare()  # the parsers take a second or two to load, once a run however long it is
        begun = time.perf_counter()
        outcome = run_crawl(archive, publishers)
        taken = time.perf_counter() - begun
    forget()  # only a process that has ended tells how much memory it took
    server.terminate()
    server.join(0.1)
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    # robots.txt, the feed and the pages; the first waits for nobody
    return Crawled(outcome.counts["inserted"], taken, (pages + 1) * delay, peak)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--hosts", type=int, default=50)
    options.add_argument("--pages", type=int, default=10)
    options.add_argument("--delay", type=float, default=1.0)
    asked = options.parse_args()
    done = measure(asked.hosts, asked.pages, asked.delay)
    print(
        f"{done.pages} pages of {asked.hosts} hosts in {done.seconds:.1f} s, {done.bound:.1f} s by politeness alone: "
        f"{done.bound / done.seconds:.1%}; peak memory {done.peak:.0f} MB with its parser"
    )


if __name__ == "__main__":
    main()
