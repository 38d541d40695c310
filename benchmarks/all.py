"""Everything at once: one table, every figure a ratio measured in this run against a named peer or limit.

    python benchmarks/all.py            # about five minutes; --whole adds bulk on Ray and memory at 20,000 pages (twenty more)

Processor time of one core, everything loaded, the best of three; wall time where processes work side by side. Peers that are not
installed (`pip install 'bayegan[peers]'`) are left out and named.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
NEWS = HERE.parent / "../shared/real_texts/news.jsonl.gz"

import crawl as crawl_bench  # noqa: E402
import pages as page_bench  # noqa: E402
import sql as sql_bench  # noqa: E402
from synthetic import Newsroom  # noqa: E402

from db.archive import Archive  # noqa: E402
from db.search.index import index_words  # noqa: E402
from parsers import Capture, extract, normalize, parse  # noqa: E402
from parsers.page import read_page  # noqa: E402
from parsers.page.quick_reject import may_be_persian  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

RUN = [sys.executable, "-c", "from scraper.cli.main import main; main()"]
ZWNJ = "\u200c"
ENGLISH = b"<html><body>" + b"<p>The quick brown fox jumps over the lazy dog; caf\xc3\xa9.</p>" * 2000 + b"</body></html>"
MEMORY = (
    "import sys; from pathlib import Path; from db.archive import Archive; from scraper.registry import load_publishers; "
    "from scraper.reparse import reparse\n"
    "with Archive(sys.argv[1]) as archive: reparse(archive, load_publishers())\n"
    # Of this process alone; getrusage tells what its parent held when it began, too.
    "status = Path('/proc/self/status').read_text(); print(int(status.split('VmHWM:')[1].split()[0]) // 1024)"
)


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The least processor time of some rounds, after one to load everything."""
    work()
    times = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def row(stage: str, ours: str, peer: str, theirs: str, ratio: float | str) -> None:
    told = (f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}") if isinstance(ratio, float) else ratio
    print(f"| {stage} | {ours} | {peer} | {theirs} | {told} |", flush=True)


def articles(cases: list[page_bench.Case]) -> None:
    """HTML → article, and page → record, against the others."""
    count = len(cases)
    captures = [Capture(case.html.encode(), url=case.url) for case in cases]
    ours = count / best(lambda: [read_page(capture) for capture in captures])
    whole = count / best(lambda: [parse(capture) for capture in captures])
    trafilatura = 0.0
    peers: tuple[tuple[str, Callable[[page_bench.Case], Any]], ...] = (
        ("trafilatura", page_bench.with_trafilatura),
        ("trafilatura, fast", page_bench.with_trafilatura_fast),
        ("newspaper4k", page_bench.with_newspaper),
        ("readability-lxml", page_bench.with_readability),
        ("BeautifulSoup, whole page", _soup),
        ("lexbor, bare parse (the limit)", _lexbor),
    )
    for name, read in peers:
        try:
            theirs = count / best(lambda read=read: [read(case) for case in cases], rounds=1)
        except ImportError as error:
            print(f"| HTML → article | | {name} | not installed ({error.name}) | |")
            continue
        trafilatura = theirs if name == "trafilatura" else trafilatura
        row("HTML → article", f"{ours:.0f} pages/s", name, f"{theirs:.0f} pages/s", ours / theirs)
    if trafilatura:
        theirs = f"{trafilatura:.0f} pages/s"
        row("page → record, repair, facts", f"{whole:.0f} pages/s", "trafilatura", theirs, whole / trafilatura)
    rejected = 2000 / best(lambda: [may_be_persian(ENGLISH) for _ in range(2000)])
    row("a page that is not Persian, rejected", f"{rejected:,.0f} pages/s", "our parse", f"{whole:.0f} pages/s", rejected / whole)


def _soup(case: page_bench.Case) -> object:
    from bs4 import BeautifulSoup

    return BeautifulSoup(case.html, "lxml")


def _lexbor(case: page_bench.Case) -> object:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(case.html)


def texts() -> None:
    """Repair against hazm; facts."""
    pages = _distinct_texts(300)
    damaged = [page.replace(ZWNJ, "") for page in pages]
    letters = sum(map(len, damaged)) / 1e6
    # Once, not the best of several runs: a crawl meets each page for the first time.
    ours = letters / best(lambda: [normalize(text) for text in damaged], rounds=1)
    from hazm import Normalizer

    hazm = Normalizer()
    few = damaged[:30]
    theirs = sum(map(len, few)) / 1e6 / best(lambda: [hazm.normalize(text) for text in few], rounds=1)
    row("repair, damage untold, first time", f"{ours:.1f} M letters/s", "hazm", f"{theirs:.2f} M letters/s", ours / theirs)
    found = sum(map(len, pages)) / 1e6 / best(lambda: [extract(text) for text in pages])
    row("extract: repair and all facts", f"{found:.1f} M letters/s", "our repair alone", f"{ours:.1f} M letters/s", found / ours)


def _distinct_texts(count: int) -> list[str]:
    """Real news beside the project, or else the newsroom's, whose words repeat themselves more."""
    if not NEWS.is_file():
        return [record.article.body for _, record in Newsroom(seed=5).pages(count)]
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line, _ in zip(lines, range(count), strict=False)]


def store(folder: Path) -> None:
    """Storing against plain sqlite3 with the same rows and index."""
    pages = list(Newsroom(seed=7).pages(3000))
    ours, theirs = (len(pages) / best for best in sql_bench.stored_and_plain(folder, pages))
    row("store, facts and search index", f"{ours:,.0f} documents/s", "sqlite3", f"{theirs:,.0f} documents/s", ours / theirs)


def searching(folder: Path, count: int = 10_000) -> None:
    """A search with its snippets against the bare question that it puts to FTS5."""
    room = Newsroom()
    with Archive(folder / "search.db") as archive:
        sql_bench.store_all(archive, list(room.pages(count)))
        queries = [query for kind in ("one rare word", "two words", "common word") for query in sql_bench.typed(room)[kind]]
        ours, theirs = (
            statistics.median(sql_bench.seconds(partial(ask, query)) for query in queries) * 1000
            for ask in (archive.search, partial(_bare, archive))
        )
    row(f"search, p50, {count:,} documents", f"{ours:.1f} ms", "FTS5 alone, ranked", f"{theirs:.1f} ms", theirs / ours)


def _bare(archive: Archive, query: str) -> list[tuple[int]]:
    words = " ".join(f'"{word}"' for word in index_words(query))
    sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 10, 4, 1, 0.5, 0.2) LIMIT 20"
    return archive.db.execute(sql, [words]).fetchall()


def crawling() -> None:
    """A crawl of fifty hosts, one request a second each, against what politeness alone takes."""
    done = crawl_bench.measure(50, 30, 1.0)
    row(
        f"crawl, {done.pages} pages of 50 hosts", f"{done.pages / done.seconds:.1f} pages/s", "politeness, 1 s between requests",
        f"{done.pages / done.bound:.1f} pages/s", done.bound / done.seconds,
    )  # fmt: skip


def archive_of(path: Path, cases: list[page_bench.Case], count: int) -> Path:
    """An archive of so many captures: the same pages under other addresses."""
    with Archive(path) as archive:
        for begin in range(0, count, 200):
            pages = []
            for n in range(begin, min(begin + 200, count)):
                case = cases[n % len(cases)]
                slug, body = f"pages{n % 7}", case.html.encode() + f"<!-- {n} -->".encode()
                capture = Capture(body, f"https://{slug}.example/fa/news/{n}", publisher=slug)
                pages.append((capture, _records(case, capture)))
            archive.store_all(pages)
    return path


_PARSED: dict[str, Any] = {}


def _records(case: page_bench.Case, capture: Capture) -> Any:
    from dataclasses import replace

    record = _PARSED.setdefault(case.url, parse(Capture(case.html.encode(), case.url)))
    article = replace(record.article, url=capture.url, canonical_url=capture.url, publisher=capture.publisher)
    return replace(record, article=article)


def wall(*arguments: str | Path) -> float:
    began = time.perf_counter()
    subprocess.run([*RUN, *map(str, arguments)], check=False, capture_output=True)
    return time.perf_counter() - began


def jobs(folder: Path, cases: list[page_bench.Case]) -> None:
    path = archive_of(folder / "jobs.db", cases, 1500)
    one, two = (wall("--db", path, "reparse", "--jobs", n) for n in ("1", "2"))
    row("reparse --jobs 2, 1,500 pages", f"{1500 / two:.0f} pages/s", "--jobs 1", f"{1500 / one:.0f} pages/s", one / two)


def memory(folder: Path, cases: list[page_bench.Case]) -> None:
    used = []
    for count in (1_000, 20_000):
        path = archive_of(folder / f"memory{count}.db", cases, count)
        done = subprocess.run([sys.executable, "-c", MEMORY, str(path)], check=True, capture_output=True, text=True)
        used.append(int(done.stdout.split()[-1]))
    row("memory of reparse, 20,000 pages", f"{used[1]} MB", "1,000 pages", f"{used[0]} MB", f"+{used[1] - used[0]} MB")


def bulk(folder: Path, cases: list[page_bench.Case]) -> None:
    from scraper.warc_write import write_warc

    (folder / "shards").mkdir()
    captures: Iterable[Capture]
    for shard in range(8):
        headers = {"content-type": "text/html; charset=utf-8"}
        captures = (
            Capture(case.html.encode(), f"https://x.example/{shard}/{n}/{k}", headers, "2026-11-01T10:00:00+03:30")
            for n in range(24)
            for k, case in enumerate(cases)
        )
        with (folder / "shards" / f"{shard}.warc.gz").open("wb") as stream:
            write_warc(captures, stream)
    one, two = (wall("bulk", folder / "shards", "-o", folder / f"out{n}", "--workers", n) for n in ("1", "2"))
    count = 8 * 24 * len(cases)
    row(f"bulk, two workers, {count:,} pages", f"{count / two:.0f} pages/s", "one", f"{count / one:.0f} pages/s", one / two)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--whole", action="store_true", help="memory and bulk too")
    whole = options.parse_args().whole
    cases = page_bench.own_cases()
    weight = sum(len(case.html.encode()) for case in cases) / len(cases) / 1000
    print(f"{len(cases)} pages of {weight:.0f} KB; {os.cpu_count()} cores\n")
    print("| stage | ours | against | theirs | ratio |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles(cases)
        texts()
        store(folder)
        searching(folder)
        crawling()
        jobs(folder, cases)
        if whole:
            bulk(folder, cases)
            memory(folder, cases)
    print("\nquestions, and searches of every kind, at 100,000 documents: python benchmarks/sql.py")


if __name__ == "__main__":
    main()
