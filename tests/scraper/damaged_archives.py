"""Archives with damaged pages, and which of their captures must come back."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

KINDS = (
    "flipped bits",
    "zeroed pages",
    "cut file",
    "broken header",
    "broken index",
    "broken search index",
    "broken schema",
    "other bytes",
)


def page_size(content: bytes) -> int:
    return int.from_bytes(content[16:18], "big")


def damaged(content: bytes, seed: int) -> bytes:
    """Return an archive's bytes with one kind of damage, by the seed."""
    rng, made = random.Random(seed), bytearray(content)
    size, kind = page_size(content), KINDS[seed % len(KINDS)]
    pages = range(1, len(content) // size)
    if kind == "flipped bits":
        for _ in range(40):
            made[rng.randrange(size, len(made))] ^= 1 << rng.randrange(8)
    elif kind == "cut file":
        del made[rng.randrange(len(made) * 4 // 5, len(made)) :]
    elif kind == "broken header":
        made[rng.randrange(0, 16)] ^= 255
        made[rng.randrange(16, 100)] ^= 255
    elif kind == "broken schema":
        made[100:size] = rng.randbytes(size - 100)
    else:
        for page in _chosen(content, kind, pages, rng):
            made[page * size : (page + 1) * size] = bytes(size) if kind == "zeroed pages" else rng.randbytes(size)
    return bytes(made)


def _chosen(content: bytes, kind: str, pages: range, rng: random.Random) -> list[int]:
    """Return which pages are overwritten: of an index or of the search index, or any."""
    size = page_size(content)
    wanted = {"broken index": lambda start: content[start] in (2, 10), "broken search index": lambda start: content[start] == 13}
    fits = [page for page in pages if wanted.get(kind, bool)(page * size)]
    return rng.sample(fits, 3 if kind == "zeroed pages" else 1)


def whole_captures(path: Path, content: bytes) -> set[tuple[str, str]]:
    """Return address and moment of each capture all of whose pages are in these bytes as they were."""
    intact = path.read_bytes()
    size = page_size(intact)

    def is_whole(piece: bytes) -> bool:
        page = intact.index(piece) // size
        while intact[page * size] != 13:  # what a leaf left behind when it became something else
            page = intact.index(piece, (page + 1) * size) // size
        return content[page * size : (page + 1) * size] == intact[page * size : (page + 1) * size]

    with closing(sqlite3.connect(path)) as db:
        blobs = {row[0]: row[1:] for row in db.execute("SELECT id, data, base_id, dictionary_id FROM blobs")}
        rows = db.execute("SELECT url, status, fetched_at, stored_at, blob_id FROM captures WHERE repeats_id IS NULL").fetchall()

    def is_readable(blob_id: int) -> bool:
        data, base, dictionary = blobs[blob_id]
        assert len(data) < size - 100
        assert dictionary is None
        return is_whole(data) and (base is None or is_readable(base))

    def row(url: str, status: int | None, at: str, stored: str) -> bytes:
        return url.encode() + (b"" if status is None else status.to_bytes(2)) + f"{at}{stored}".encode()

    return {(one[0], one[2]) for *one, blob in rows if is_whole(row(*one)) and is_readable(blob)}
