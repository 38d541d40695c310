"""How large an archive of real text is: bytes a document, by what they are for. `python benchmarks/size.py [--sites 4]`.

The news of ../shared/real_texts, each once, in the furniture of a few sites (90 KB a page: the same menus, other headlines in
the margins), parsed and stored as a crawl stores them, stories included. Without that folder there is nothing real to measure.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from page_cases import news_of_sites  # noqa: E402

from db.archive import Archive  # noqa: E402
from parsers import Capture, parse  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers import Record

# What the tables and indexes of an archive are for, by how their names begin; the first that fits.
PARTS = {
    "texts": ("revisions",),
    "search index": ("search", "joined_words"),
    "pages as fetched": ("blobs", "captures", "dictionaries", "sqlite_autoindex_blobs"),
    "stories": ("story",),
    "documents and addresses": ("documents", "document_u", "sqlite_autoindex_documents"),
    "facts and their counts": ("mentioned", "cited", "document_", "body_n", "instrument_n"),
}  # fmt: skip


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--sites", type=int, default=4, help="the news are shared out among so many")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "archive.db"
        letters, fetched = fill(path, options.sites)
        with Archive(path) as archive:
            count = int(archive.db.execute("SELECT count(*) FROM documents").fetchone()[0])
            parts = sizes(archive)
    if not count:
        print("no real texts in ../shared/real_texts: nothing to measure")
        return
    print(
        f"{count:,} news of {options.sites} sites, {letters / count:,.0f} letters and {fetched / count / 1e3:.0f} kB of page each"
    )
    for part, size in parts.most_common():
        print(f"{size / count / 1e3:6.2f} kB  {part}")
    print(f"{parts.total() / count / 1e3:6.2f} kB  a document")


def fill(path: Path, sites: int) -> tuple[int, int]:
    """Store the news; return their letters and the bytes of their pages."""
    letters = fetched = 0
    with Archive(path) as archive:
        for capture, record in pages(sites):
            archive.store(capture, record)
            letters, fetched = letters + len(record.article.body), fetched + len(capture.body)
        archive.group_stories()
    return letters, fetched


def pages(sites: int) -> Iterator[tuple[Capture, Record]]:
    """Yield each page with its record, five a site on each day."""
    for n, (site, html) in enumerate(news_of_sites(sites)):
        day = date(2024, 3, 20) + timedelta(days=n // (5 * sites))
        url = f"https://{site}.example/news/{100_000 + n}"
        capture = Capture(html.encode(), url=url, fetched_at=f"{day}T12:00:00+03:30", headers={"Content-Type": "text/html"})
        yield capture, parse(capture)


def sizes(archive: Archive) -> Counter[str]:
    """Return the bytes of each part, pages of the database that hold nothing included."""
    found: Counter[str] = Counter()
    for name, size in archive.db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall():
        part = next((part for part, begins in PARTS.items() if name.startswith(begins)), "names, laws, the rest")
        found[part] += size
    return found


if __name__ == "__main__":
    main()
