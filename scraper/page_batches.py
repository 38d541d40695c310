"""Pages in batches: as many as are quick to write at once, and no more than memory bears."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_ITEMS = 500
_BYTES = 16_000_000


def batches[Item](items: Iterable[Item], size: Callable[[Item], int], most: int = _BYTES) -> Iterator[list[Item]]:
    """Yield at most 500 at a time, and fewer where they are large: a batch ends with the one that brings it to `most` bytes."""
    batch: list[Item] = []
    total = 0
    for item in items:
        batch.append(item)
        total += size(item)
        if len(batch) == _ITEMS or total >= most:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
