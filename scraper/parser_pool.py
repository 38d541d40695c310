"""Parsing on many processes: captures go out in chunks, their records come back in order, whatever the number of processes."""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import batched
from multiprocessing import get_context
from multiprocessing.forkserver import ensure_running
from threading import current_thread, main_thread
from typing import TYPE_CHECKING

from parsers.record import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

    from parsers.models import Capture, PageRules, Record

_CHUNK = 16
_AHEAD = 4  # chunks per process that wait for the writer, so that memory stays bounded


def parsed[Key](tasks: Iterable[tuple[Key, Capture, PageRules]], jobs: int) -> Iterator[tuple[Key, Capture, Record]]:
    """Yield each capture with its key and record, in order. `jobs` processes parse, 1: this one. Raises BrokenProcessPool."""
    if jobs == 1:
        for key, capture, rules in tasks:
            yield key, capture, parse(capture, rules)
        return
    with ProcessPoolExecutor(jobs, mp_context=_workers()) as pool:
        waiting: list[tuple[Sequence[tuple[Key, Capture, PageRules]], Future[list[Record]]]] = []
        for chunk in batched(tasks, _CHUNK):
            waiting.append((chunk, pool.submit(_parse_all, [task[1:] for task in chunk])))
            if len(waiting) >= jobs * _AHEAD:
                yield from _records(*waiting.pop(0))
        while waiting:
            yield from _records(*waiting.pop(0))


def _workers() -> BaseContext:
    """Processes that begin with the parsers in memory. Forked from a server, not from here, where the archive is open."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["parsers.record"])
    with _interrupts_ignored():
        ensure_running()
    return context


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: it is for this one, which ends them."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _records[Key](
    chunk: Sequence[tuple[Key, Capture, PageRules]], future: Future[list[Record]]
) -> Iterator[tuple[Key, Capture, Record]]:
    for (key, capture, _), record in zip(chunk, future.result(), strict=True):
        yield key, capture, record


def _parse_all(tasks: Sequence[tuple[Capture, PageRules]]) -> list[Record]:
    return [parse(capture, rules) for capture, rules in tasks]
