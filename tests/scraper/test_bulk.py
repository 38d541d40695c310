"""Bulk: shards into Parquet, whole or not at all, resumed where a kill left it, the same rows as adding the pages one by one."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from db.archive import Archive
from parsers.models import Capture
from parsers.record import parse
from scraper.bulk.cluster import seen
from scraper.bulk.crawls import deal
from scraper.bulk.manifest import is_done, is_output, parquet_name, shard_of, sum_up
from scraper.bulk.places import FoundFile, LocalFolder, RemoteFolder, folder_at, is_remote, remote_files
from scraper.page_batches import batches
from scraper.registry import Discovery, Publisher, load_publishers
from scraper.warc_write import write_warc

if TYPE_CHECKING:
    from collections.abc import Iterator

pq = pytest.importorskip("pyarrow.parquet", reason="the extra `bulk` is not installed")
pytest.importorskip("ray", reason="the extra `bulk` is not installed")

from scraper.bulk.shard import run  # noqa: E402 - needs pyarrow

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("iransamaneh/asriran_2019.html", "nastooh/mehr_article.html", "law/rrk_labels.html")
PAGES = [ROOT / "tests" / "pages" / name for name in NAMES]
ENGLISH = b"<html><body>" + b"<p>The quick brown fox jumps over the lazy dog.</p>" * 50 + b"</body></html>"
COMMAND = [sys.executable, "-c", "from scraper.cli.main import main; main()"]


def _captures() -> Iterator[Capture]:
    for n, page in enumerate(PAGES):
        yield Capture(page.read_bytes(), f"https://pages.example/{n}", {"content-type": "text/html"}, "2026-11-01T10:00:00+03:30")
        yield Capture(ENGLISH, f"https://english.example/{n}", {"content-type": "text/html"}, "2026-11-01T10:00:00+03:30")


def _warc(path: Path) -> Path:
    with path.open("wb") as stream:
        write_warc(_captures(), stream)
    return path


def _bayegan(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=240)


def _rows(path: Path) -> list[Any]:
    with Archive(path, readonly=True) as archive:
        tables = ("articles", "messenger_mentions", "clause_citations", "session_mentions", "date_mentions", "captures_list")
        dropped = {"fetched_at", "first_seen_at", "last_seen_at"}
        found = [row for table in tables for row in archive.db.query(f'SELECT * FROM "{table}"')]
        return [{key: value for key, value in row.items() if key not in dropped} for row in found]


def test_a_shard_keeps_documents_with_their_bytes_and_counts_the_rest(tmp_path: Path) -> None:
    shard = shard_of(_warc(tmp_path / "x.warc.gz"))
    done = run(shard, LocalFolder(tmp_path / "out"), load_publishers())
    assert (done.pages, done.persian, done.kept, done.issues) == (6, 3, 3, ())
    rows = pq.read_table(tmp_path / "out" / parquet_name(shard)).to_pylist()
    assert [row["raw"] for row in rows] == [page.read_bytes() for page in PAGES]
    assert all(json.loads(row["record"])["article"]["title"] == row["title"] for row in rows)
    assert is_done(LocalFolder(tmp_path / "out"), shard)


def test_what_is_added_from_parquet_is_what_is_added_from_the_pages(tmp_path: Path) -> None:
    warc = _warc(tmp_path / "x.warc.gz")
    run(shard_of(warc), LocalFolder(tmp_path / "out"), load_publishers())
    sum_up(LocalFolder(tmp_path / "out"))
    assert is_output(LocalFolder(tmp_path / "out"))
    assert "3 new" in _bayegan("--db", "a.db", "add", "out", cwd=tmp_path).stdout
    _bayegan("--db", "b.db", "add", warc, cwd=tmp_path)
    assert _rows(tmp_path / "a.db") == _rows(tmp_path / "b.db")
    again = _bayegan("--db", "a.db", "add", "out", cwd=tmp_path)
    assert "0 new" in again.stdout


def _cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def _damaged(data: bytes) -> bytes:
    return data[: len(data) // 2] + b"\0" * 200 + data[len(data) // 2 + 200 :]


@pytest.mark.parametrize("harm", [_cut, _damaged, lambda _data: b"WARC/1.0 what is this", lambda _data: gzip.compress(b"")])
def test_a_broken_shard_gives_what_can_be_read_and_says_so(tmp_path: Path, harm: Any) -> None:
    whole = BytesIO()
    write_warc(_captures(), whole)
    path = tmp_path / "x.warc.gz"
    path.write_bytes(harm(whole.getvalue()))
    done = run(shard_of(path), LocalFolder(tmp_path / "out"), load_publishers())
    assert done.issues
    assert pq.read_table(tmp_path / "out" / parquet_name(done.shard)).num_rows == done.kept


def test_a_shard_that_changed_is_read_again(tmp_path: Path) -> None:
    path = _warc(tmp_path / "x.warc.gz")
    run(shard_of(path), LocalFolder(tmp_path / "out"), load_publishers())
    path.write_bytes(path.read_bytes() + b"\n")
    assert not is_done(LocalFolder(tmp_path / "out"), shard_of(path))


def test_a_killed_job_goes_on_where_it_stopped(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n in range(12):
        _warc(tmp_path / "in" / f"{n}.warc.gz")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [*COMMAND, "bulk", "in", "-o", "out", "--workers", "1"]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, start_new_session=True, stdout=subprocess.DEVNULL) as job:
        end = time.monotonic() + 120
        while not list((tmp_path / "out").glob("done/*.json")) and time.monotonic() < end:
            time.sleep(0.05)
        os.killpg(job.pid, signal.SIGKILL)
    first = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.parquet")}
    assert first
    again = _bayegan("bulk", "in", "-o", "out", "--workers", "2", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "shards are done already" in again.stderr
    assert "72 pages, 36 Persian, 36 documents" in again.stdout
    after = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.parquet")}
    assert len(after) == 12
    kept = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert len(kept["shards"]) == 12
    assert sum(after[name] == stamp for name, stamp in first.items()) >= len(first) - 1
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    counted = duckdb.sql(f"SELECT count(*), count(DISTINCT title) FROM '{tmp_path}/out/*.parquet'").fetchall()
    assert counted == [(36, 3)]


def test_crawls_side_by_side_merge_into_what_one_crawl_makes(tmp_path: Path) -> None:
    storage = _storage(tmp_path / "storage")
    crawled = _bayegan("bulk", "--crawl", "sample", "-o", f"{storage}/many", "--workers", "1", cwd=tmp_path)
    assert crawled.returncode == 0, crawled.stderr
    assert "18 inserted" in crawled.stdout
    assert _bayegan("--db", "merged.db", "add", f"{storage}/many", cwd=tmp_path).returncode == 0
    with Archive(tmp_path / "merged.db", readonly=True) as archive:
        assert archive.db.execute("SELECT count(*) FROM documents").fetchone()[0] == 18


def test_publishers_of_one_host_are_one_workers() -> None:
    def publisher(slug: str, home: str, *urls: str) -> Publisher:
        return Publisher(slug, slug, home, discover=tuple(Discovery("rss", url) for url in urls))

    publishers = [
        publisher("c", "https://c.example/"),
        publisher("a", "https://www.a.example/", "https://feeds.example/a.xml"),
        publisher("b", "https://b.example/", "https://feeds.example/b.xml"),
        publisher("d", "https://A.example/"),
    ]
    assert deal(publishers) == [("a", "b", "d"), ("c",)]


def test_what_cannot_be_is_said_in_one_line(tmp_path: Path) -> None:
    for arguments, words in ((("nothing.warc",), "no such file"), ((), "name at least one"), (("--crawl", "nobody"), "nobody")):
        done = _bayegan("bulk", *arguments, "-o", "out", cwd=tmp_path)
        assert done.returncode == 2
        assert words in done.stderr
        assert done.stderr.count("\n") == 1


def test_the_archive_does_not_depend_on_how_many_processes_parse(tmp_path: Path) -> None:
    warc = _warc(tmp_path / "x.warc.gz")
    for jobs in ("1", "2"):
        done = _bayegan("--db", f"{jobs}.db", "add", "--jobs", jobs, warc, *PAGES, cwd=tmp_path)
        assert "6 new" in done.stdout or "3 new" in done.stdout, done.stderr
    assert _rows(tmp_path / "1.db") == _rows(tmp_path / "2.db")


def test_half_a_surrogate_pair_does_not_cost_the_shard(tmp_path: Path) -> None:
    half = b'<script type="application/ld+json">{"@type": "NewsArticle", "articleSection": "\\ud83d news"}</script></head>'
    page = tmp_path / "page.html"
    html = PAGES[1].read_bytes().replace(b"</head>", half, 1)
    page.write_bytes(html.replace(b"article:section", b"x").replace(b"breadcrumb", b"x"))
    assert "\ud83d" in "".join(parse(Capture(page.read_bytes())).article.category)
    done = run(shard_of(page), LocalFolder(tmp_path / "out"), load_publishers())
    assert (done.kept, done.issues) == (1, ())


@pytest.mark.parametrize(("sizes", "batches_of"), [([1] * 1100, [500, 500, 100]), ([9_000_000] * 5, [2, 2, 1]), ([], [])])
def test_batches_are_bounded_by_number_and_by_bytes(sizes: list[int], batches_of: list[int]) -> None:
    assert [len(batch) for batch in batches(sizes, lambda size: size)] == batches_of


def _storage(folder: Path) -> str:
    """The address of object storage that is a folder, read and written through fsspec as S3 is."""
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    folder.mkdir(exist_ok=True)
    return f"fsspec+file://{folder}"


def test_a_job_in_object_storage_makes_what_one_in_folders_makes(tmp_path: Path) -> None:
    storage = _storage(tmp_path / "storage")
    _warc(tmp_path / "storage" / "x.warc.gz")
    (shard,) = [shard_of(file) for file in remote_files(f"{storage}/x.warc.gz")]
    out = folder_at(f"{storage}/out")
    assert not is_done(out, shard)
    done = run(shard, out, load_publishers())
    assert (done.pages, done.persian, done.kept, done.issues) == (6, 3, 3, ())
    assert is_done(out, shard)
    sum_up(out)
    here = tmp_path / "out"
    run(shard_of(_warc(tmp_path / "x.warc.gz")), LocalFolder(here), load_publishers())
    (remote,), (local,) = (tmp_path / "storage" / "out").glob("*.parquet"), here.glob("*.parquet")
    assert pq.read_table(remote).to_pylist() == pq.read_table(local).to_pylist()
    added = _bayegan("--db", "a.db", "add", f"{storage}/out", cwd=tmp_path)
    assert "3 new" in added.stdout, added.stderr
    assert {path.name for path in tmp_path.iterdir()} <= {
        "storage",
        "out",
        "x.warc.gz",
        "a.db",
        "a.db.lock",
        "a.db-wal",
        "a.db-shm",
    }


def test_a_file_that_a_machine_does_not_see_fails_its_shard_and_is_not_noted(tmp_path: Path) -> None:
    seen = shard_of(_warc(tmp_path / "x.warc.gz"))
    (tmp_path / "x.warc.gz").unlink()
    with pytest.raises(FileNotFoundError, match="object storage"):
        run(seen, LocalFolder(tmp_path / "out"), load_publishers())
    assert not is_done(LocalFolder(tmp_path / "out"), seen)
    assert list((tmp_path / "out").iterdir()) == []


def test_rows_that_the_job_does_not_see_fail_the_shard(tmp_path: Path) -> None:
    shard = shard_of(_warc(tmp_path / "x.warc.gz"))
    done = run(shard, LocalFolder(tmp_path / "disk_of_another_machine"), load_publishers())
    assert seen(LocalFolder(tmp_path / "disk_of_another_machine"), done) == done
    with pytest.raises(FileNotFoundError, match="output that all machines see"):
        seen(LocalFolder(tmp_path / "out"), done)


def test_an_archive_in_storage_comes_back_as_it_was_left(tmp_path: Path) -> None:
    folder = folder_at(_storage(tmp_path / "storage"))
    for n in range(3):
        with folder.working_copy("a.db") as path, closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("CREATE TABLE IF NOT EXISTS t (n)")
            with connection:
                connection.execute("INSERT INTO t VALUES (?)", [n])
    with folder.working_copy("a.db") as path, closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT n FROM t").fetchall() == [(0,), (1,), (2,)]


def test_an_archive_that_another_job_changed_is_not_overwritten(tmp_path: Path) -> None:
    folder = folder_at(_storage(tmp_path / "storage"))
    with ExitStack() as work:
        path = work.enter_context(folder.working_copy("a.db"))
        sqlite3.connect(path).execute("CREATE TABLE ours (n)")
        sqlite3.connect(tmp_path / "storage" / "a.db").execute("CREATE TABLE theirs (n)")
        with pytest.raises(OSError, match="another job"):
            work.close()
    with closing(sqlite3.connect(tmp_path / "storage" / "a.db")) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


def test_nothing_gets_a_name_in_storage_when_its_writer_fails(tmp_path: Path) -> None:
    folder = folder_at(_storage(tmp_path / "storage"))

    def write_half() -> None:
        with folder.new("done/x.json") as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_half()
    assert folder.files() == []
    assert not folder.has("done/x.json")


@pytest.mark.parametrize("address", ["s3://", "fsspec+nothing://x/y", "fsspec+file://"])
def test_storage_that_cannot_be_used_is_one_line(tmp_path: Path, address: str) -> None:
    done = _bayegan("bulk", address, "-o", "out", cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert done.stderr.count("\n") == 1, done.stderr


def test_addresses_in_storage_keep_their_options() -> None:
    folder = RemoteFolder("s3://bucket/out/?endpoint_override=127.0.0.1:9000&scheme=http")
    assert folder.address("done/x.json") == "s3://bucket/out/done/x.json?endpoint_override=127.0.0.1:9000&scheme=http"
    assert not is_remote("https://pages.example/x.warc")
    assert shard_of(FoundFile("s3://b/x.warc.gz?scheme=http", 1, 1)).name == shard_of(FoundFile("s3://b/x.warc.gz", 1, 1)).name
