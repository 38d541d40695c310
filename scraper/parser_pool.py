"""Parsing on many processes, each with a clock and a bound on its memory; records come back in the order of their captures."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING

from scraper.parser_process import PATIENCE, ParserProcess, ParsingFailed, shared_process

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.models import Capture, PageRules, Record

_AHEAD = 32  # captures for each process that wait for the writer
_AHEAD_BYTES = 32_000_000  # what they may hold together


@dataclass(frozen=True, slots=True)
class Parsed[Key]:
    """A capture with its key and record; `failure` says why there is none."""

    key: Key
    capture: Capture
    record: Record | None
    failure: str = ""


def parsed[Key](
    tasks: Iterable[tuple[Key, Capture, PageRules]], jobs: int = 1, seconds: float = PATIENCE
) -> Iterator[Parsed[Key]]:
    """Yield each capture with its record, in order, while `jobs` processes parse those that follow; each has so many seconds.

    A page on which the parsers fail, crash, swell or do not come to an end has no record, and costs no other.
    """
    processes = [shared_process, *(ParserProcess() for _ in range(jobs - 1))]
    free: SimpleQueue[ParserProcess] = SimpleQueue()
    for process in processes:
        free.put(process)
    with ThreadPoolExecutor(jobs) as threads:

        def parse(key: Key, capture: Capture, rules: PageRules) -> Parsed[Key]:
            process = free.get()
            try:
                return Parsed(key, capture, process.parse(capture, rules, seconds))
            except ParsingFailed as error:
                return Parsed(key, capture, None, str(error))
            finally:
                free.put(process)

        waiting: deque[tuple[int, Future[Parsed[Key]]]] = deque()
        held = 0
        try:
            for task in tasks:
                waiting.append((len(task[1].body), threads.submit(parse, *task)))
                held += waiting[-1][0]
                while len(waiting) >= jobs * _AHEAD or held > _AHEAD_BYTES:
                    size, ended = waiting.popleft()
                    held -= size
                    yield ended.result()
            while waiting:
                yield waiting.popleft()[1].result()
        finally:
            _end(threads, processes, is_cut_short=bool(waiting))


def _end(threads: ThreadPoolExecutor, processes: list[ParserProcess], *, is_cut_short: bool) -> None:
    """End the threads and the processes; the shared one only if it is at a page that nobody wants any more."""
    threads.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        if is_cut_short:
            process.interrupt()
        if is_cut_short or process is not shared_process:
            process.forget()
