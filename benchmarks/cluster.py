"""Bulk and its crawls on three machines without common files, one of them killed in the middle, next to one machine.

`cluster.sh` starts the machines and calls this. Pages are distinct: real news in a saved page where `../shared` has one, else in
the project's own. Machines share this computer's cores, so the rate of one core of one machine is the figure; the cluster shows
that dealing out works, not that it is faster.
"""

from __future__ import annotations

import argparse
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "tests" / "scraper")]

import pyarrow.parquet as pq  # noqa: E402
from all import captures_of, news, shards_of  # noqa: E402
from crawl import texts  # noqa: E402
from pyarrow.fs import FileSystem  # noqa: E402

from db import Archive  # noqa: E402
from parsers.models import Capture  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

REAL = HERE.parents[1] / "shared" / "real_pages" / "mehrnews_6017630_article.html"
RUN = [sys.executable, "-c", "from scraper.cli.main import main; main()"]
BUCKET = "bayegan"
HOSTS, PAGES_OF_A_HOST = 6, 12
# What a crawl writes that depends on when it ran.
TIMES = {"fetched_at", "first_seen_at", "last_seen_at"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """The machines by their first processes' numbers, and a folder of this computer."""

    machines: list[int]
    work: Path

    def run(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """Start the command on the first machine."""
        enter = ["nsenter", "--target", str(self.machines[0]), "--mount", "--uts", "--ipc", "--net", "--pid", "--wd=/tmp"]
        return _started(*enter, *RUN, *arguments)

    def kill(self, machine: int) -> None:
        """End a machine as a power cut does: its first process takes all others with it."""
        os.kill(self.machines[machine], signal.SIGKILL)


def _started(*words: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen([*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _ended(job: subprocess.Popen[str]) -> str:
    said, _ = job.communicate()
    print("   ", said.strip().replace("\n", "\n    "))
    return said


def real_pages(count: int) -> Iterator[tuple[Capture, Any]]:
    """Yield distinct pages: a saved page of an agency, each with another real article as its title and text."""
    page = REAL.read_text("utf-8")
    title = re.compile(r"(<h1[^>]*>).*?(</h1>)", re.DOTALL)
    body = re.compile(r'(<div itemprop="articleBody"[^>]*>).*?(</div>)', re.DOTALL)
    for n, text in enumerate(news(count)):
        lines = [line for line in text.split("\n") if line.strip()] or [text]
        filled = "".join(f"<p>{line}</p>" for line in lines)
        html = title.sub(rf"\g<1>{' '.join(text.split()[:9])}\g<2>", page, count=1)
        html = body.sub(lambda found, filled=filled: found[1] + filled + found[2], html, count=1)
        yield Capture(html.encode(), f"https://www.mehrnews.com/news/{n}", publisher="mehr"), None


def pages(cluster: Cluster, count: int) -> None:
    """Parse shards on one machine, then on three with one lost, and compare every row."""
    kinds = {"real news in a saved page": real_pages} if REAL.exists() else {}
    kinds["real news in 90 kB of furniture" if REAL.exists() else "the project's own pages"] = captures_of
    for number, (kind, made) in enumerate(kinds.items()):
        shards = shards_of(cluster.work / f"shards{number}", made(count), 12)
        out = cluster.work / f"out{number}"
        _ended(_started(*RUN, "bulk", shards, "-o", out, "--workers", "1", "-v"))
        alone = sorted(one["seconds"] for one in _manifest((out / "manifest.json").read_text("utf-8"))["shards"])
        print(f"{kind}: {count} pages, {count / len(alone) / alone[len(alone) // 2]:.0f} pages/s of a core (median shard)")
        if number == 0:
            _lost_in_the_middle(cluster, shards, out)


def _manifest(text: str) -> dict[str, Any]:
    import json

    found: dict[str, Any] = json.loads(text)
    return found


def _lost_in_the_middle(cluster: Cluster, shards: Path, alone: Path) -> None:
    storage = _storage()
    for shard in shards.iterdir():
        with storage.open_output_stream(f"{BUCKET}/shards/{shard.name}", compression=None) as target:
            target.write(shard.read_bytes())
    job = cluster.run("bulk", f"s3://{BUCKET}/shards", "-o", f"s3://{BUCKET}/out", "--address", "auto", "-v")
    done = _wait_for(job, lambda: len(_names(f"{BUCKET}/out/done")), 3)
    cluster.kill(2)
    print(f"machine 3 killed after {done} of {len(list(shards.iterdir()))} shards")
    _ended(job)
    ours = _rows_of_storage(f"{BUCKET}/out")
    theirs = [row for path in alone.glob("*.parquet") for row in pq.read_table(path).to_pylist()]
    _same("rows of the three machines", sorted(ours, key=lambda row: row["url"]), sorted(theirs, key=lambda row: row["url"]))
    adding = _started(*RUN, "--db", cluster.work / "added.db", "add", f"s3://{BUCKET}/out")
    _ended(adding)


def _storage() -> Any:
    system, _ = FileSystem.from_uri(f"s3://{BUCKET}?allow_bucket_creation=true")
    system.create_dir(BUCKET)
    return system


def _names(folder: str) -> list[str]:
    from pyarrow.fs import FileSelector

    found = _storage().get_file_info(FileSelector(folder, allow_not_found=True))
    return [one.path for one in found if one.is_file]


def _rows_of_storage(folder: str) -> list[dict[str, Any]]:
    storage = _storage()
    paths = [path for path in _names(folder) if path.endswith(".parquet")]
    return [row for path in paths for row in pq.read_table(path, filesystem=storage).to_pylist()]


def _wait_for(job: subprocess.Popen[str], look: Any, enough: int) -> int:
    while (found := look()) < enough:
        if job.poll() is not None:
            raise SystemExit(f"the job ended early: {job.communicate()[0]}")
        time.sleep(0.2)
    return int(found)


def _same(what: str, ours: list[Any], theirs: list[Any]) -> None:
    if ours != theirs:
        raise SystemExit(f"{what}: {len(ours)}, not the {len(theirs)} of one machine")
    print(f"{what}: {len(ours)}, equal to one machine's")


def _serve(ready: Any) -> None:
    from fault_server import FaultServer, article, reply

    bases = []
    for number in range(HOSTS):
        server = FaultServer(host=f"10.77.9.{number + 1}").__enter__()
        written = enumerate(texts(number, PAGES_OF_A_HOST))
        server.pages |= {f"/fa/news/{n}": reply(article(n, text)) for n, text in written}
        server.feed(*(f"/fa/news/{n}" for n in range(PAGES_OF_A_HOST)))
        bases.append(server.base)
    ready.put(bases)
    time.sleep(3600)


@contextmanager
def _newsrooms(folder: Path) -> Iterator[Path]:
    """Six hosts on the bridge; their publishers' files."""
    context = get_context("spawn")
    ready = context.Queue()
    server = context.Process(target=_serve, args=(ready,), daemon=True)
    server.start()
    folder.mkdir()
    for n, base in enumerate(ready.get()):
        (folder / f"host{n}.toml").write_text(
            f'slug = "host{n}"\nname = "host{n}"\nhomepage = "{base}/"\nallow_private = true\n'
            f'[politeness]\ndelay = 0.3\n[[discover]]\nkind = "rss"\nurl = "/rss"\n'
        )
    try:
        yield folder
    finally:
        server.terminate()


def crawls(cluster: Cluster) -> None:
    """Crawl six hosts from two machines, lose one, go on with a second job; merge, and compare with one crawl."""
    slugs = [f"host{n}" for n in range(HOSTS)]
    with _newsrooms(cluster.work / "sources") as sources:
        _ended(_started(*RUN, "--db", cluster.work / "alone.db", "--sources", sources, "crawl", *slugs))
        # The publishers' files are on the machine that asks, as those of a user are.
        there = Path(f"/proc/{cluster.machines[0]}/root/tmp/sources")
        there.mkdir()
        for path in sources.iterdir():
            (there / path.name).write_bytes(path.read_bytes())
        words = ("--sources", "/tmp/sources", "bulk", "--crawl", *slugs, "-o", f"s3://{BUCKET}/crawls", "--address", "auto")  # noqa: S108
        job = cluster.run(*words)
        _wait_for(job, lambda: len(_names(f"{BUCKET}/crawls")), 1)
        cluster.kill(1)
        print("machine 2 killed after the first archive")
        _ended(job)
        print("the same job again")
        _ended(cluster.run(*words))
    _ended(_started(*RUN, "--db", cluster.work / "merged.db", "add", f"s3://{BUCKET}/crawls"))
    _same("documents of the crawls", _documents(cluster.work / "merged.db"), _documents(cluster.work / "alone.db"))


def _documents(path: Path) -> list[Any]:
    with Archive(path, readonly=True) as archive:
        tables = ("articles", "messenger_mentions", "clause_citations", "date_mentions")
        rows = [row for table in tables for row in archive.db.query(f'SELECT * FROM "{table}"')]
    numbered = TIMES | {"document_id", "id", "revision_id", "capture_id"}
    return sorted(repr([(key, value) for key, value in row.items() if key not in numbered]) for row in rows)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--machines", type=int, nargs=3, required=True)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--pages", type=int, default=600)
    asked = options.parse_args()
    cluster = Cluster(asked.machines, asked.work)
    pages(cluster, asked.pages)
    crawls(cluster)


if __name__ == "__main__":
    main()
