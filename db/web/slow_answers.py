"""Pages that take long are kept: a page about the whole of a large archive is made once for all who ask for it.

An answer holds while nothing is written to the archive. Where something is, as during a crawl, it is shown for twenty times as
long as it took to make, so that at most a twentieth of the time goes into making it again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Hashable

_SLOW = 0.1  # seconds; what takes less is made anew each time
_PATIENCE = 20
_MAX_KEPT = 100
_MAX_LETTERS = 1_000_000  # of one page

Answer = tuple[int, str | bytes, str]  # status, text or picture, type of content
_State = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer, the state of the files it was made of, when it was ready, and the seconds it took."""

    answer: Answer
    state: _State
    ready_at: float
    took: float


class SlowAnswers:
    """Answers of the pages that took long, by the archive's path and what was asked."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, Hashable], _Kept] = {}

    def get(self, connection: sqlite3.Connection, asked: Hashable, make: Callable[[], Answer]) -> Answer:
        """Return what was made before if it holds, or else what `make` makes now."""
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        state = _state(path)  # before the answer is made: what is written meanwhile may be missing in it
        kept = self._kept.get((path, asked))
        if kept and (kept.state == state or time.monotonic() - kept.ready_at < _PATIENCE * kept.took):
            return kept.answer
        began = time.monotonic()
        answer = make()
        took = time.monotonic() - began
        if took >= _SLOW and answer[0] == 200 and len(answer[1]) <= _MAX_LETTERS:
            self._keep((path, asked), _Kept(answer, state, time.monotonic(), took))
        return answer

    def _keep(self, key: tuple[str, Hashable], kept: _Kept) -> None:
        self._kept.pop(key, None)
        while len(self._kept) >= _MAX_KEPT:
            self._kept.pop(next(iter(self._kept), key), None)
        self._kept[key] = kept


def _state(path: str) -> _State:
    """Return the times of change and sizes of the archive's file and of its log."""
    stats = [file.stat() for file in (Path(path), Path(f"{path}-wal")) if file.exists()]
    return tuple((stat.st_mtime_ns, stat.st_size) for stat in stats)
