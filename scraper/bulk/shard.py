"""One shard: a file of pages in, a Parquet file of documents out. Runs anywhere; knows nothing of other shards."""

from __future__ import annotations

import json
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from socket import gethostname
from typing import TYPE_CHECKING, Any

from db.write.identity import makes_document
from db.write.storable_text import storable
from parsers.page.quick_reject import may_be_persian
from scraper.bulk.manifest import Shard, ShardResult, note, parquet_name
from scraper.bulk.places import local_copy
from scraper.input_files import InputError, captures
from scraper.page_batches import batches
from scraper.parser_pool import parsed
from scraper.registry import publisher_for, rules_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    from parsers.models import Capture, PageRules, Record
    from scraper.bulk.places import Folder
    from scraper.registry import Registry

_BATCH = 4_000_000  # bytes of pages; as rows, as Arrow's table and packed they are in memory three times
_SHARED = "machines that do not see the same files need them in object storage (s3://...)"


def schema() -> pa.Schema:
    """Return the columns of a shard's Parquet: the capture as it came, what it is, and its facts as JSON."""
    import pyarrow as pa

    text, texts = pa.string(), pa.list_(pa.string())
    return pa.schema([
        ("url", text), ("final_url", text), ("publisher", text), ("status", pa.int32()), ("fetched_at", text),
        ("headers", text), ("request_headers", text), ("raw", pa.binary()),
        ("verdict", text), ("cms", text), ("canonical_url", text), ("news_code", text), ("kicker", text), ("title", text),
        ("lead", text), ("body", text), ("agency", text), ("published_at", pa.timestamp("us", tz="UTC")),
        ("published_on", pa.date32()), ("published_jalali", text), ("messengers", texts), ("instruments", texts),
        ("record", text),
    ])  # fmt: skip


def run(shard: Shard, folder: Folder, registry: Registry) -> ShardResult:
    """Read a shard, write its Parquet, which gets its name when it is whole, and note it; return what came of it.

    Trouble with pages is among the issues of the result, not raised. Raises OSError if the file is not the one that was named,
    and where storage does not answer.
    """
    began = time.monotonic()
    reading = _ShardReader(registry)
    with local_copy(shard.path) as path, _written(folder, parquet_name(shard)) as writer:
        if not path.is_file() or path.stat().st_size != shard.size:
            raise FileNotFoundError(f"not the file of {shard.size} bytes on {gethostname()}: {_SHARED}")
        for rows in batches(reading.rows(str(path)), lambda row: len(row["raw"]), _BATCH):
            writer.write_table(_table(rows))
    issues = tuple(issue.replace(str(path), shard.path) for issue in reading.issues)
    done = ShardResult(
        shard, reading.counts["pages"], reading.counts["persian"], reading.counts["kept"], shard.size,
        round(time.monotonic() - began, 3), dict(sorted(reading.verdicts.items())), issues,
    )  # fmt: skip
    note(folder, done)
    return done


class _ShardReader:
    """The pages of one file, and what is counted of them."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self.counts: Counter[str] = Counter()
        self.verdicts: Counter[str] = Counter()
        self.issues: list[str] = []

    def rows(self, path: str) -> Iterator[dict[str, Any]]:
        """Yield a row for each page that makes a document."""
        for page in parsed(self._tasks(path)):
            if page.record is None:
                self.issues.append(f"{page.capture.url or path}: {page.failure}")
                continue
            self.counts["persian"] += page.record.verdict != "not_persian"
            self.verdicts[page.record.verdict] += 1
            if makes_document(page.record):
                self.counts["kept"] += 1
                yield row_of(*storable(page.capture, page.record))

    def _tasks(self, path: str) -> Iterator[tuple[None, Capture, PageRules]]:
        """Yield the pages of a file that may be Persian."""
        try:
            for capture in captures(path, self.issues.append):
                self.counts["pages"] += 1
                if not may_be_persian(capture.body):
                    continue
                declared = None if capture.publisher else publisher_for(self._registry, capture)
                known = replace(capture, publisher=declared.slug) if declared else capture
                yield None, known, rules_for(self._registry, known)
        except (InputError, OSError) as error:
            self.issues.append(str(error))


def row_of(capture: Capture, record: Record) -> dict[str, Any]:
    """Return a capture and its record as a row of the Parquet."""
    article, facts = record.article, record.facts
    moment = _moment(article.published_at)
    return {
        "url": capture.url, "final_url": capture.final_url, "publisher": capture.publisher,
        "status": capture.status, "fetched_at": capture.fetched_at, "headers": json.dumps(dict(capture.headers)),
        "request_headers": json.dumps(dict(capture.request_headers)), "raw": capture.body,
        "verdict": record.verdict, "cms": article.cms, "canonical_url": article.canonical_url, "news_code": article.news_code,
        "kicker": article.kicker, "title": article.title, "lead": article.lead, "body": article.body, "agency": article.agency,
        "published_at": moment, "published_on": date.fromisoformat(article.published_at[:10]) if article.published_at else None,
        "published_jalali": article.published_jalali, "messengers": sorted({mention.slug for mention in facts.mentions}),
        "instruments": sorted({instrument.title for instrument in facts.instruments}),
        "record": json.dumps(record.to_dict(), ensure_ascii=False),
    }  # fmt: skip


def _moment(text: str | None) -> datetime | None:
    found = datetime.fromisoformat(text) if text else None
    return found if found and found.tzinfo else None


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows), schema=schema())


@contextmanager
def _written(folder: Folder, name: str) -> Iterator[ParquetWriter]:
    """Open a Parquet file that gets its name when it is whole."""
    import pyarrow.parquet as pq

    with folder.new(name) as part, pq.ParquetWriter(part, schema(), compression="zstd") as writer:
        yield writer
