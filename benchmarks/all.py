"""Everything at once: one table, each figure next to a named peer or limit, with the command that measures it alone.

    python benchmarks/all.py [SECTION…]      pages facts loading store size search crawl jobs bulk memory; all of them by default
    python benchmarks/all.py --against FILE  and what differs from a table printed before (docs/performance.md, or kept output)

Processor time of one core in a process that has loaded everything, on pages and texts that it meets for the first time; wall time
where processes work next to each other. Ours and theirs take turns on the same bytes, page by page: the machine's other work hits
both. Ratios are medians over pages, and the worst page stands next to them. Peers that are not installed are left out and named.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import crawl as crawl_bench  # noqa: E402
import pages as page_bench  # noqa: E402
import size as size_bench  # noqa: E402
import sql as sql_bench  # noqa: E402
from loading import first_page  # noqa: E402
from synthetic import Newsroom  # noqa: E402

from db.archive import Archive  # noqa: E402
from db.search.index import index_words  # noqa: E402
from parsers import Capture, normalize, parse  # noqa: E402
from parsers.facts import find_facts  # noqa: E402
from parsers.page import read_page  # noqa: E402
from parsers.page.quick_reject import may_be_persian  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RUN = [sys.executable, "-c", "from scraper.cli.main import main; main()"]
NEWS = HERE.parent / "../shared/real_texts/news.jsonl.gz"
ZWNJ = "\u200c"
HEAD = "| stage | ours | against | theirs | ratio | worst | command |\n|---|---|---|---|---|---|---|"
ENGLISH = b"<html><body>" + b"<p>The quick brown fox jumps over the lazy dog; caf\xc3\xa9.</p>" * 2000 + b"</body></html>"
Timed = tuple[float, float]  # seconds of ours, of theirs

_running: list[str] = []  # the section whose rows are printed now
_folders: list[Path] = []  # of saved pages
_ratios: dict[tuple[str, str], float] = {}  # by stage and peer
_NOISE = 0.15  # as far as ratios printed on another day may differ


def row(stage: str, ours: str, peer: str, theirs: str, ratio: float, worst: float | None = None) -> None:
    """Print one row; `ratio` and `worst` are how many times as fast as the peer."""
    _ratios[stage, peer] = ratio
    told = ["–" if each is None else f"{each:.1f}" if each >= 2 else f"{each:.2f}" for each in (ratio, worst)]
    print(f"| {stage} | {ours} | {peer} | {theirs} | {told[0]} | {told[1]} | `benchmarks/all.py {_running[-1]}` |", flush=True)


def processor(work: Callable[[], object]) -> float:
    """Return the processor seconds that some work takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def by_page(stage: str, peer: str, times: list[Timed]) -> None:
    """A row of medians over pages."""
    ours, theirs = (statistics.median(each) * 1000 for each in zip(*times, strict=True))
    ratios = [one[1] / one[0] for one in times]
    row(stage, f"{ours:.1f} ms", peer, f"{theirs:.1f} ms", statistics.median(ratios), min(ratios))


def pages() -> None:
    """HTML → article and page → record, next to the others, on composed and on real pages."""
    cases = page_bench.own_cases()
    kinds = {"real": "real pages", **{f"real, {folder.name}": f"real pages of {folder.name}" for folder in _folders}}
    saved = list(page_bench.real_cases(_folders))
    peers: tuple[tuple[str, Callable[[Any], object]], ...] = (
        ("trafilatura", page_bench.with_trafilatura),
        ("trafilatura, fast", page_bench.with_trafilatura_fast),
        ("newspaper4k", page_bench.with_newspaper),
        ("lexbor, bare parse (the limit)", _lexbor),
    )
    warm, met = cases[::4], [case for n, case in enumerate(cases) if n % 4]
    for kind, shown in (("composed pages", met), *((name, [c for c in saved if c.kind == kind]) for kind, name in kinds.items())):
        for name, read in peers:
            try:
                for case in warm:
                    read(case), _record(case)
            except ImportError as error:
                print(f"| HTML → article | | {name} | not installed ({error.name}) | | | |")
                continue
            if shown:
                times = list(in_turns(shown, _article, read))
                by_page(f"{len(shown)} {kind} → article", name, times)
            if shown and name == "trafilatura":
                times = list(in_turns(shown, _record, read))
                by_page(f"{len(shown)} {kind} → record", name, times)
    ours = processor(lambda: [may_be_persian(ENGLISH) for _ in range(2000)]) / 2000
    theirs = statistics.median(processor(partial(_record, case)) for case in met)
    row("a page that is not Persian, rejected", f"{ours * 1e6:.0f} µs", "our parse", f"{theirs * 1000:.1f} ms", theirs / ours)


def in_turns(cases: Iterable[Any], ours: Callable[[Any], object], theirs: Callable[[Any], object]) -> Iterator[Timed]:
    """Yield the seconds of both for each page; one that the peer fails on is left out."""
    for case in cases:
        own = processor(partial(ours, case))
        with suppress(Exception):
            yield own, processor(partial(theirs, case))


def _article(case: Any) -> object:
    return read_page(Capture(case.html.encode(), url=case.url))


def _record(case: Any) -> object:
    return parse(Capture(case.html.encode(), url=case.url))


def _lexbor(case: Any) -> object:
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(case.html)


@cache
def news(count: int) -> list[str]:
    """Real news next to the project, or else the newsroom's, whose words repeat themselves more."""
    if not NEWS.is_file():
        return [record.article.body for _, record in Newsroom(seed=5).pages(count)]
    with gzip.open(NEWS, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in islice(lines, count)]


def facts() -> None:
    """Repair next to hazm, facts next to repair: each text once, after a hundred others."""
    texts = news(2201)
    damaged = [text.replace(ZWNJ, "") for text in texts]
    letters = [len(text) / 1e6 for text in texts]
    repaired = [normalize(text).text for text in damaged[:100]]
    for text in repaired:
        find_facts([(None, text)])
    hazm = _hazm()
    repair, theirs, found = [], [], []
    for text in damaged[100:]:
        began = time.process_time()
        good = normalize(text).text
        repair.append(time.process_time() - began)
        if hazm is not None:
            theirs.append(processor(partial(hazm, text)))
        found.append(processor(partial(find_facts, [(None, good)])))
    size = sum(letters[100:])
    ours, speed = size / sum(repair), size / sum(found)
    if theirs:
        peer = size / sum(theirs)
        told = f"{ours:.2f} M letters/s", "hazm", f"{peer:.2f} M letters/s"
        row("repair of real news, ZWNJ deleted, first time", *told, ours / peer)
    else:
        print("| repair | | hazm | not installed | | | |")
    row(
        "facts of repaired real news, first time",
        f"{speed:.2f} M letters/s",
        "our repair",
        f"{ours:.2f} M letters/s",
        speed / ours,
    )


def _hazm() -> Callable[[str], object] | None:
    """Return hazm's Normalizer as it comes, loaded; None where it is not installed."""
    try:
        from hazm import Normalizer
    except ImportError:
        return None
    normalizer = Normalizer()
    normalizer.normalize("می شود")
    return normalizer.normalize  # type: ignore[no-any-return]


def loading() -> None:
    """A new process until its first article is read."""
    page, python = first_page()
    row("first article of a new process", f"{page - python:.2f} s", "Python alone", f"{python:.2f} s", python / (page - python))


def store() -> None:
    """Storing next to plain sqlite3 with the same rows and index; both by processor time, taking turns."""
    documents = list(Newsroom(seed=7).pages(6_000))
    with tempfile.TemporaryDirectory() as name:
        times = sql_bench.stored_and_plain(Path(name), documents, rounds=2)
    ours, theirs = (len(documents) / statistics.median(each) for each in zip(*times, strict=True))
    worst = min(plain / own for own, plain in times)
    row(
        "store, facts and search index",
        f"{ours:,.0f} documents/s",
        "sqlite3, the same rows",
        f"{theirs:,.0f} documents/s",
        ours / theirs,
        worst,
    )


def size() -> None:
    """What an archive of real news takes for a document, next to the page as it was fetched."""
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name) / "size.db"
        _, fetched = size_bench.fill(archive, 4)
        with Archive(archive) as opened:
            parts = size_bench.sizes(opened)
            count = int(opened.db.execute("SELECT count(*) FROM documents").fetchone()[0])
    if count:
        ours, theirs = parts.total() / count, fetched / count
        row(
            f"{count:,} real news in composed pages, archived",
            f"{ours / 1e3:.1f} kB",
            "the page as fetched",
            f"{theirs / 1e3:.0f} kB",
            theirs / ours,
        )


def search(count: int = 10_000) -> None:
    """A search with its snippets next to the bare question that it puts to FTS5; the slowest question."""
    room = Newsroom()
    with tempfile.TemporaryDirectory() as name, Archive(Path(name) / "search.db") as archive:
        sql_bench.fill(archive, count)
        queries = [query for kind in ("one rare word", "two words", "common word") for query in sql_bench.typed(room)[kind]]
        times = [(processor(partial(archive.search, query)), processor(partial(_bare, archive, query))) for query in queries]
        by_page(f"search, {count:,} documents", "FTS5 alone, ranked", times)
        slowest = max((processor(partial(archive.ask, question)), question) for question in sql_bench.questions())
        row(f"slowest of 30 questions, {slowest[1]}", f"{slowest[0]:.2f} s", "a second", "1 s", 1 / slowest[0])


def _bare(archive: Archive, query: str) -> list[tuple[int]]:
    words = " ".join(f'"{word}"' for word in index_words(query))
    sql = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY bm25(search, 10, 4, 1, 0.5, 0.2) LIMIT 20"
    return archive.db.execute(sql, [words]).fetchall()


def crawl() -> None:
    """A crawl of fifty hosts, one request a second each, next to what politeness alone takes."""
    done = crawl_bench.measure(50, 20, 1.0)
    ours, bound = (f"{done.pages / seconds:.1f} pages/s" for seconds in (done.seconds, done.bound))
    row(f"crawl, {done.pages} pages of 50 hosts", ours, "politeness, 1 s a request", bound, done.bound / done.seconds)


def captures_of(count: int, publishers: int = 7) -> Iterator[tuple[Capture, Any]]:
    """Yield distinct pages with their records: real news, its words in an order of their own each, in one site's furniture."""
    case, texts = page_bench.own_cases()[0], news(2000)
    pick = random.Random(4)
    before, _, after = case.html.partition("</h1>")
    for n in range(count):
        words = " ".join(texts[(n + k) % len(texts)] for k in range(2)).split()[:350]
        begin = pick.randrange(len(words))
        text = " ".join(words[begin:] + words[:begin])
        slug = f"pages{n % publishers}"
        html = f"{before} {n}</h1><p>{text}</p>{after}"
        yield Capture(html.encode(), f"https://{slug}.example/fa/news/{n}", publisher=slug), None


def archive_of(path: Path, captures: Iterable[tuple[Capture, Any]]) -> Path:
    """Store captures, parsed, in a new archive; return its path."""
    with Archive(path) as archive:
        waiting = iter(captures)
        while batch := [(capture, parse(capture)) for capture, _ in islice(waiting, 200)]:
            archive.store_all(batch)
    return path


def shards_of(folder: Path, captures: Iterable[tuple[Capture, Any]], shards: int) -> Path:
    """Write captures into so many WARC files; return their folder."""
    from dataclasses import replace

    from scraper.warc_write import write_warc

    folder.mkdir()
    headers = {"content-type": "text/html; charset=utf-8"}
    every = [replace(capture, headers=headers, fetched_at="2026-11-01T10:00:00+03:30") for capture, _ in captures]
    for shard in range(shards):
        with (folder / f"{shard}.warc.gz").open("wb") as stream:
            write_warc(every[shard::shards], stream)
    return folder


def wall(*arguments: str | Path) -> float:
    began = time.perf_counter()
    subprocess.run([*RUN, *map(str, arguments)], check=False, capture_output=True)
    return time.perf_counter() - began


def jobs(count: int = 2_400) -> None:
    """Parsing everything again with two processes next to one."""
    with tempfile.TemporaryDirectory() as name:
        path = archive_of(Path(name) / "jobs.db", captures_of(count))
        one, two = (wall("--db", path, "reparse", "--jobs", n) for n in ("1", "2"))
    row(f"reparse --jobs 2, {count:,} pages", f"{count / two:.0f} pages/s", "--jobs 1", f"{count / one:.0f} pages/s", one / two)


def bulk(count: int = 2_400) -> None:
    """A web corpus on two Ray workers next to one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shards = shards_of(folder / "shards", captures_of(count), 8)
        one, two = (wall("bulk", shards, "-o", folder / f"out{n}", "--workers", n) for n in ("1", "2"))
    row(f"bulk, two workers, {count:,} pages", f"{count / two:.0f} pages/s", "one", f"{count / one:.0f} pages/s", one / two)


def memory() -> None:
    """The largest process of a crawl, a reparse and a bulk job, next to the 300 MB that each may take."""
    from memory import measure

    for job, megabytes in measure(1200).items():
        row(f"memory of {job}, its largest process", f"{megabytes} MB", "the bound", "300 MB", 300 / megabytes)


SECTIONS = {each.__name__: each for each in (pages, facts, loading, store, size, search, crawl, jobs, bulk, memory)}


def earlier(table: str) -> dict[tuple[str, str], float]:
    """Return the ratios of a printed table by stage and peer; of a document, those of every table like it."""
    cells = [
        [cell.strip() for cell in line.split("|")]
        for line in table.splitlines()
        if line.count("|") == HEAD.splitlines()[0].count("|")
    ]
    return {(each[1], each[3]): float(each[5]) for each in cells if each[5].replace(".", "", 1).isdigit() and float(each[5])}


def compare(before: dict[tuple[str, str], float]) -> None:
    """Print the rows whose ratio differs from the one printed before by more than the noise."""
    both = {key: (before[key], ratio) for key, ratio in _ratios.items() if key in before}
    far = {key: (old, new) for key, (old, new) in both.items() if abs(new / old - 1) > _NOISE}
    for (stage, peer), (old, new) in far.items():
        print(f"{stage}, {peer}: {old:.2f} before, {new:.2f} now ({new / old - 1:+.0%})")
    print(f"{len(both) - len(far)} of {len(both)} ratios within {_NOISE:.0%} of the table printed before")


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("section", nargs="*", choices=[[], *SECTIONS], default=[])
    options.add_argument("--pages", type=Path, action="append", default=[], metavar="DIR", help="saved pages to measure, too")
    options.add_argument("--against", type=Path, metavar="FILE", help="a table printed before, to say what differs")
    chosen = options.parse_args()
    _folders.extend(chosen.pages)
    before = earlier(chosen.against.read_text(encoding="utf-8")) if chosen.against else {}
    began = time.monotonic()
    print(
        f"{datetime.now(UTC).date()}, {os.cpu_count()} cores, Python {sys.version.split()[0]}, "
        f"load {os.getloadavg()[0]:.1f}\n\n{HEAD}"
    )
    for name in chosen.section or SECTIONS:
        _running.append(name)
        section = time.monotonic()
        SECTIONS[name]()
        print(f"{name}: {time.monotonic() - section:.0f} s", file=sys.stderr)
    if before:
        compare(before)
    print(f"\n{time.monotonic() - began:.0f} s. Questions and searches at 100,000 documents and more: python benchmarks/sql.py")


if __name__ == "__main__":
    main()
