"""What a bulk job wrote, read back: captures with their bytes, to be added to an archive; archives of its crawls."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.models import Capture
from scraper.bulk.places import FoundFile, local_copy, remote_files
from scraper.input_files import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def copied_here(url: str) -> Iterator[Path]:
    """Yield what is at an address in storage, copied to this machine while the caller works on it.

    That is a file, each archive of a folder, or as a folder what a bulk job wrote. Raises InputError.
    """
    try:
        found = remote_files(url)
        archives = [file for file in found if len(found) == 1 or _plain(file).endswith(".db")]
        rows = [file for file in found if _plain(file).endswith((".parquet", "/manifest.json"))]
        for file in archives:
            with local_copy(file.path) as path:
                yield path
        if rows and not archives:
            with tempfile.TemporaryDirectory(prefix="bayegan-") as scratch:
                for file in rows:
                    with local_copy(file.path) as path:
                        path.replace(Path(scratch) / path.name)
                yield Path(scratch)
    except OSError as error:
        said = " ".join(str(error).split())
        raise InputError(said if said.startswith(url) else f"{url}: {said}") from error
    if not (archives or rows):
        raise InputError(f"{url}: no file, no archives, and nothing that a bulk job wrote")


def _plain(file: FoundFile) -> str:
    return file.path.partition("?")[0]


def _capture(row: dict[str, Any]) -> Capture:
    headers, request_headers = json.loads(row.pop("headers")), json.loads(row.pop("request_headers"))
    return Capture(row.pop("raw"), headers=headers, request_headers=request_headers, **row)
