"""How fast the archive is: storing against plain sqlite3, the 30 questions, search. `python benchmarks/sql.py [DOCUMENTS]`.

Makes an archive of invented articles (100,000 by default; about three minutes and 2 GB in the temporary directory).
"""

from __future__ import annotations

import argparse
import gc
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent))
from synthetic import ZWNJ, Newsroom

from db.archive import Archive
from db.connection import SETTINGS, WRITER_SETTINGS
from db.read.questions import questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCH = 500
RATE_SAMPLE = 5000
DERIVED = ("search_data", "search_idx", "search_docsize", "search_config", "search_content")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("documents", nargs="?", type=int, default=100_000)
    arguments.add_argument("--keep", type=Path, metavar="FILE", help="keep the archive here, or use the one that is here")
    options = arguments.parse_args()
    count = options.documents
    with tempfile.TemporaryDirectory() as directory:
        store_rate(Path(directory), min(RATE_SAMPLE, count))
        path = options.keep or Path(directory) / "archive.db"
        made = path.exists()
        with Archive(path) as archive:
            if not made:
                fill(archive, count)
            size = path.stat().st_size
            print(f"{count:,} documents: {size / 1e6:,.0f} MB, {size / count / 1e3:.1f} kB each")
            again(archive, path, count)
            ask(archive)
            search(archive, Newsroom())


def store_rate(folder: Path, count: int) -> None:
    """Documents a second with facts and search index, beside plain sqlite3 writing the same rows."""
    pages = list(Newsroom(seed=7).pages(count))
    ours, plain = (statistics.median(each) for each in zip(*stored_and_plain(folder, pages), strict=True))
    with Archive(folder / "again.db") as archive:
        store_all(archive, pages)
        once_more = seconds(lambda: store_all(archive, pages))
        single = seconds(lambda: [archive.store(*changed(page)) for page in pages[:500]])
    print(f"store      {count / ours:8,.0f} documents/s (transactions of {BATCH}; {count:,} documents)")
    print(f"sqlite3    {count / plain:8,.0f} documents/s (the same rows by executemany, search index included)")
    print(f"unchanged  {count / once_more:8,.0f} documents/s")
    print(f"revisions  {500 / single:8,.0f} documents/s (each its own transaction)")


def stored_and_plain(folder: Path, pages: list, rounds: int = 3) -> list[tuple[float, float]]:
    """Processor seconds for storing these pages, and for sqlite3 with the rows that came of it; they take turns."""
    gc.collect()
    gc.freeze()  # thousands of pages in memory are the benchmark's, not the archive's
    times = []
    for n in range(rounds):
        with Archive(folder / f"rate{n}.db") as archive:
            times.append((processor(lambda: store_all(archive, pages)), plain_sqlite(archive, folder / f"plain{n}.db")))
    return times


def store_all(archive: Archive, pages: list) -> None:
    for begin in range(0, len(pages), BATCH):
        archive.store_all(pages[begin : begin + BATCH])


def changed(page: tuple) -> tuple:
    capture, record = page
    return replace(capture, body=capture.body + b"!"), replace(record, article=replace(record.article, title="نو"))


def plain_sqlite(archive: Archive, path: Path) -> float:
    """Seconds that sqlite3 takes for the rows that the archive wrote: same settings, same schema, same indexes, same words."""
    source = archive.db.conn
    target = sqlite3.connect(path, isolation_level=None)
    for setting in (*SETTINGS, *WRITER_SETTINGS):
        target.execute(f"PRAGMA {setting}")
    schema = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
    tables = []
    for kind, name, sql in source.execute(schema).fetchall():
        if name not in DERIVED and not name.startswith("sqlite"):
            target.execute(sql)
            tables += [name] if kind == "table" and name != "search" else []
    tables.sort(key=lambda table: table not in {"publishers", "dictionaries"})  # others point to them
    for key, value in source.execute("SELECT k, v FROM search_config WHERE k <> 'version'").fetchall():
        target.execute("INSERT INTO search (search, rank) VALUES (?, ?)", (key, value))
    rows = {table: source.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
    from db.search.index import columns_of

    sql = "SELECT d.id, r.kicker, r.title, r.lead, r.body FROM documents d JOIN revisions r ON r.id = d.revision_id"
    words = [(row[0], *columns_of(row[1:])) for row in source.execute(sql).fetchall()]

    def write() -> None:
        target.execute("BEGIN")
        for table, found in rows.items():
            if found:
                target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(found[0]))})", found)
        target.executemany("INSERT INTO search (rowid, title, lead, body, joined, lemmas) VALUES (?, ?, ?, ?, ?, ?)", words)
        target.execute("COMMIT")

    return processor(write)


def fill(archive: Archive, count: int) -> None:
    batch = []
    for page in pages_with_revisions(count):
        batch.append(page)
        if len(batch) == 1000:
            store_all(archive, batch)
            batch = []
    store_all(archive, batch)


def pages_with_revisions(count: int) -> Iterator[tuple]:
    """Every fiftieth page comes again with another title."""
    for n, page in enumerate(Newsroom().pages(count)):
        yield page
        if n % 50 == 0:
            yield changed(page)


def again(archive: Archive, path: Path, count: int) -> None:
    """Adding known pages again: how much the file grows."""
    archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = path.stat().st_size
    store_all(archive, [page for n, page in enumerate(Newsroom().pages(min(5000, count))) if n % 50])
    archive.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    print(f"again      the file grows by {(path.stat().st_size - before) / before:.2%}")


def ask(archive: Archive) -> None:
    print("questions, processor seconds (the better of two):")
    slowest = 0.0
    for question in questions().values():
        rows = archive.ask(question.name)
        took = min(processor(partial(archive.ask, question.name)) for _ in range(2))
        slowest = max(slowest, took)
        print(f"  {took:6.3f}  {question.name}  ({len(rows):,} rows)")
    print(f"slowest    {slowest:.3f} s")


def search(archive: Archive, room: Newsroom) -> None:
    """Processor milliseconds of a search with its snippets, over queries of the kinds that people type."""
    everything = []
    for kind, queries in typed(room).items():
        times = [processor(partial(archive.search, query)) * 1000 for query in queries]
        everything += times
        print(f"search     p50 {statistics.median(times):7.1f} ms   max {max(times):7.1f} ms   {kind}")
    print(
        f"search     p50 {statistics.median(everything):7.1f} ms   p95 {statistics.quantiles(everything, n=20)[-1]:7.1f} ms   all"
    )


def typed(room: Newsroom, each: int = 40) -> dict[str, list[str]]:
    """Queries of each kind."""
    pick = random.Random(3)
    common, rare = room.words[5:300], room.words[300:20_000]
    kinds: dict[str, Callable[[], str]] = {
        "one rare word": lambda: pick.choice(rare),
        "two words": lambda: f"{pick.choice(common)} {pick.choice(rare)}",
        "common word": lambda: pick.choice(common),
        "prefix": lambda: f"{pick.choice(rare)[:4]}*",
        "phrase": lambda: '"' + " ".join(pick.choice(room.paragraphs).split()[10:12]) + '"',
        "OR, NOT": lambda: f"{pick.choice(rare)} OR {pick.choice(rare)} -{pick.choice(common)}",
        "publisher, year": lambda: f"{pick.choice(common)} publisher:khabar3 date:1398",
        "messenger": lambda: f"{pick.choice(rare)} messenger:bale",
        "compound": lambda: pick.choice((f"پیام{ZWNJ}رسان", "پیامرسان", "پیام رسان")) + " " + pick.choice(rare),
    }
    return {kind: [make() for _ in range(each)] for kind, make in kinds.items()}


def processor(work: Callable[[], object]) -> float:
    """Return the processor seconds that some work takes: what else runs on the machine counts little."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
