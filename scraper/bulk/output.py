"""What a bulk job wrote, read back: captures with their bytes, to be added to an archive."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from parsers.models import Capture
from scraper.input_files import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COLUMNS = ["url", "final_url", "publisher", "status", "fetched_at", "headers", "request_headers", "raw"]
_ROWS = 200


def read_output(directory: Path) -> Iterator[Capture]:
    """Yield the captures of every shard, shards in the order of their names. Raises InputError."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise InputError(f"{directory}: reading Parquet needs pyarrow: pip install 'bayegan[bulk]'") from error
    for path in sorted(directory.glob("*.parquet")):
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(_ROWS, columns=_COLUMNS):
                    yield from map(_capture, batch.to_pylist())
        except (pa.ArrowException, OSError, KeyError, ValueError) as error:
            raise InputError(f"{path}: cannot be read ({' '.join(str(error).split())})") from error


def _capture(row: dict[str, Any]) -> Capture:
    headers, request_headers = json.loads(row.pop("headers")), json.loads(row.pop("request_headers"))
    return Capture(row.pop("raw"), headers=headers, request_headers=request_headers, **row)
