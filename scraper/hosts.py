"""Manners, host by host (host:port): how often, how many at once, and when to leave it alone."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.body_download import Bodies
from scraper.responses import Recent

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from scraper.registry import Politeness, Publisher

FAILURES_IN_A_ROW = 10
# A request on an open connection arrives sooner than the one that had to open it: the host counts arrivals.
_MARGIN, _MARGIN_MAX = 0.1, 0.02
_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> tuple[str, int]:
    """Host and port of an http(s) address. Raises ValueError where there is none."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"not an http or https address: {url}")
    return parts.hostname, parts.port or _PORTS[parts.scheme]


def host_name(url: str) -> str:
    """host:port as the archive and the log spell it."""
    host, port = host_of(url)
    return f"{host}:{port}"


class Stopped(Exception):
    """The run is to end: nothing more is asked for."""


async def pause(seconds: float, stopping: asyncio.Event) -> None:
    """Sleeps so long, or until the run is to end."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopping.wait()


class HostGate:
    """Lets requests to one host through, `delay` seconds from start to start, `concurrency` at once.

    Moments are of the wall clock (`time.time`), so that they hold across runs.
    """

    def __init__(self, politeness: Politeness, next_start: float, stopping: asyncio.Event) -> None:
        self._stopping = stopping
        self.delay = politeness.delay
        self.next_start = min(next_start, time.time() + max(self.delay, politeness.retry_after_max))
        self.failures = 0
        self._last_start = 0.0
        self._slots = asyncio.Semaphore(politeness.concurrency)

    @property
    def given_up(self) -> bool:
        """Whether the host has failed too often in a row to be asked again in this run."""
        return self.failures >= FAILURES_IN_A_ROW

    def raise_delay(self, seconds: float) -> None:
        """A Crawl-delay asks for more patience, never for less."""
        self.delay = max(self.delay, seconds)
        self.next_start = max(self.next_start, self._last_start + self.delay)

    def silence(self, seconds: float) -> None:
        """Nothing is asked of the host for so long (Retry-After)."""
        self.next_start = max(self.next_start, time.time() + seconds)

    def judge(self, *, good: bool) -> None:
        """A URL came to its end, well or badly."""
        self.failures = 0 if good else self.failures + 1

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for this request's turn; the block is the request. Raises Stopped where the run ends first."""
        async with self._slots:
            while (wait := self.next_start - time.time()) > 0 and not self._stopping.is_set():
                await pause(wait, self._stopping)
            if self._stopping.is_set():
                raise Stopped
            self._last_start = time.time()
            self.next_start = self._last_start + self.delay + min(self.delay * _MARGIN, _MARGIN_MAX)
            yield


@dataclass(slots=True)
class Hosts:
    """What all fetchers of a run share: the gates of its hosts, the last answers, the places for big bodies.

    `known` are the moments that earlier runs left behind, `rested` is false where the last one could not tell; `stopping` is
    set when the run is to end.
    """

    known: Mapping[str, float] = field(default_factory=dict)
    gates: dict[str, HostGate] = field(default_factory=dict)
    rested: bool = True
    begun: float = field(default_factory=time.time)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    bodies: Bodies = field(default_factory=Bodies)
    recent: Recent = field(default_factory=Recent)

    def gate(self, url: str, publisher: Publisher) -> HostGate:
        """The gate of the address's host; the first publisher that asks sets its manners, the most patient one its delay."""
        name = host_name(url)
        if name not in self.gates:
            next_start = max(self.known.get(name, 0.0), 0.0 if self.rested else self.begun + publisher.politeness.delay)
            self.gates[name] = HostGate(publisher.politeness, next_start, self.stopping)
        elif publisher.politeness.delay > self.gates[name].delay:
            self.gates[name].raise_delay(publisher.politeness.delay)
        return self.gates[name]
