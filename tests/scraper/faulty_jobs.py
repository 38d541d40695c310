"""Jobs on an archive while a write of them fails, and what has to be true afterwards."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from fault_server import BODY, FaultServer, article, reply
from faulty_disk import FULL, IOERR_WRITE, FaultyDisk

from db.archive import Archive
from db.upkeep.check import check
from parsers.models import Capture
from parsers.record import parse
from scraper.add import InputPath, add_all
from scraper.crawl import run_crawl
from scraper.registry import Discovery, Politeness, Publisher, Registry
from scraper.reparse import reparse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REGISTRY = Registry({})
CITING = "به استناد بند {n} ماده {m} قانون نمونه شماره {m} و مصوبه جلسه {n} شورای عالی فضای مجازی، پیام\u200cرسان بله مجاز است. "
# Of each document: where it is, and what the archive says of it, by names and not by numbers of rows.
PROJECTIONS = (
    "SELECT url, title, lead, body, published_at, revisions FROM articles",
    "SELECT d.url, r.number, r.title, r.body, r.chars_added FROM revisions r JOIN documents d ON d.id = r.document_id",
    "SELECT url, unit, number, instrument, body, section, start FROM clause_citations",
    "SELECT url, messenger, section, start, rule FROM messenger_mentions",
    "SELECT url, body, number, held_on, section, start FROM session_mentions",
    "SELECT d.url, a.url FROM document_urls a JOIN documents d ON d.id = a.document_id",
)
State = dict[str, Counter[Any]]


def text(n: int, edition: int = 1) -> str:
    return CITING.format(n=n, m=n + edition) + BODY


def capture(n: int, edition: int = 1) -> Capture:
    html = article(n, text(n, edition)).encode()
    return Capture(html, f"http://127.0.7.1/fa/news/{n}", fetched_at=f"2026-10-0{edition}T10:00:00+03:30", publisher="sobhgah")


def state(path: Path) -> State:
    """Return what the archive says of each document, by its address."""
    found: State = {}
    with Archive(path, readonly=True) as archive:
        for number, sql in enumerate(PROJECTIONS):
            for url, *values in archive.db.execute(sql).fetchall():
                found.setdefault(str(url), Counter())[number, *values] += 1
        for hit in archive.search("استناد", limit=100).hits:
            found[str(hit.url)]["found", hit.title] += 1
    return found


@dataclass(frozen=True)
class Job:
    """What is done to an archive that was `prepared`; it may fail, and is then done again."""

    prepare: Callable[[Path], None]
    run: Callable[[Path], None]


def _first(path: Path) -> None:
    """An archive of three pages."""
    with Archive(path) as archive:
        for n in range(1, 4):
            archive.store(capture(n), parse(capture(n)))


def _crawl_of(server: FaultServer) -> Job:
    publisher = Publisher(
        "sobhgah", "صبحگاه", f"{server.base}/", cms="iransamaneh", allow_private=True, recheck=0,
        politeness=Politeness(delay=0.0), discover=(Discovery("rss", f"{server.base}/rss"),),
    )  # fmt: skip
    numbers = range(1, 6)
    server.feed(*(f"/fa/news/{n}" for n in numbers))

    def crawl(path: Path, edition: int, numbers: range) -> None:
        server.pages |= {f"/fa/news/{n}": reply(article(n, text(n, edition))) for n in numbers}
        with Archive(path) as archive:
            run_crawl(archive, [publisher])

    return Job(lambda path: crawl(path, 1, range(1, 4)), lambda path: crawl(path, 2, range(3, 6)))


def _add(path: Path) -> None:
    folder = path.parent / "pages"
    folder.mkdir(exist_ok=True)
    for n in range(3, 7):
        (folder / f"{n}.html").write_bytes(article(n, text(n, 2)).encode())
    with Archive(path) as archive:
        inputs = [InputPath(str(folder / f"{n}.html"), url=f"http://127.0.7.1/fa/news/{n}") for n in range(3, 7)]
        add_all(archive, REGISTRY, inputs, lambda _message: None)


def _strange(path: Path) -> None:
    """An archive whose rows another version derived."""
    with Archive(path) as archive:
        for n in range(1, 21):
            other, record = capture(n), parse(capture(n + 1))
            archive.store(
                other, replace(record, article=replace(record.article, url=other.url, canonical_url=None, news_code=None))
            )


def _reparse(path: Path) -> None:
    with Archive(path) as archive:
        reparse(archive, REGISTRY)


def _merge(path: Path) -> None:
    other = path.parent / "other.db"
    if not other.exists():
        with Archive(other) as archive:
            for n in range(3, 7):
                archive.store(capture(n, 2), parse(capture(n, 2)))
    with Archive(path) as archive:
        add_all(archive, REGISTRY, [InputPath(str(other))], lambda _message: None)


def _older(path: Path) -> None:
    """An archive without the last step, made with other views, words and lexicon."""
    _first(path)
    script = resources.files("db").joinpath("migration_steps", "0012_watches.sql").read_text("utf-8")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    for kind, name in re.findall(r"(?m)^CREATE (TABLE|INDEX) (\w+)", script)[::-1]:
        connection.execute(f"DROP {kind} IF EXISTS {name}")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'watches'")
    connection.execute("UPDATE meta SET value = 'x' WHERE key IN ('views', 'lexicon', 'search', 'revision_order')")
    connection.execute("DROP VIEW articles")
    connection.close()


def jobs(server: FaultServer) -> dict[str, Job]:
    """Return the jobs, a crawl being one of this server."""
    return {
        "crawl": _crawl_of(server),
        "add": Job(_first, _add),
        "reparse": Job(_strange, _reparse),
        "merge": Job(_first, _merge),
        "upgrade": Job(_older, lambda path: Archive(path).close()),
    }


KINDS = ((FULL, False), (IOERR_WRITE, False), (FULL, True))


class Bench:
    """One job, over and over, a further write of it failing each time."""

    def __init__(self, job: Job, folder: Path, disk: FaultyDisk) -> None:
        self._job, self._folder, self._disk = job, folder, disk
        self._before, self._path = folder / "before.db", folder / "archive.db"
        job.prepare(self._before)
        self._first = None if job.prepare is _older else state(self._before)
        self.places = self._run()
        self._last = state(self._path)

    def _run(self, at: int = 0, code: int = FULL, *, lasting: bool = False) -> int:
        """Do the job on a copy, failing at a write; return how much it asked of the disk."""
        for old in self._folder.glob("archive.db*"):
            old.unlink()
        self._path.write_bytes(self._before.read_bytes())
        self._disk.arm(at, code, lasting=lasting)
        try:
            with suppress(Exception):
                self._job.run(self._path)
            return self._disk.count
        finally:
            self._disk.arm(0)

    def fail_at(self, place: int) -> None:
        """Do the job with a fault at one place. Raises AssertionError if anything is then lost or wrong."""
        code, lasting = KINDS[place % len(KINDS)]
        self._run(place, code, lasting=lasting)
        if self._first is None:
            self._job.run(self._path)  # an upgrade is whole when it is done again
            assert state(self._path) == self._last
            return
        with Archive(self._path) as archive:
            assert check(archive.db, deep=True) == []
        found = state(self._path)
        assert self._first.keys() <= found.keys() <= self._last.keys()
        wrong = [url for url, told in found.items() if told not in (self._first.get(url), self._last.get(url))]
        assert wrong == []
        self._job.run(self._path)
        assert state(self._path) == self._last
