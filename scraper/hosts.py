"""Politeness to each host (host:port): how often it is asked, how many requests at once, and when it is left alone."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from parsers.page.urls import ascii_host
from scraper.body_download import BodyReader
from scraper.clock import RunClock
from scraper.responses import RecentAnswers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from scraper.registry import Politeness, Publisher

FAILURES_IN_A_ROW = 10
# A request on an open connection arrives sooner than the one that had to open it: the host counts arrivals.
_MARGIN, _MARGIN_MAX = 0.1, 0.02
_LONGEST_CRAWL_DELAY = 86400.0
_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> tuple[str, int]:
    """Return host and port of an http(s) address, a host in another script in punycode. Raises ValueError where it has none."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"not an http or https address: {url}")
    return ascii_host(parts.hostname), parts.port or _PORTS[parts.scheme]


def host_name(url: str) -> str:
    """Return host:port as the archive and the log spell it. Raises ValueError as `host_of`."""
    host, port = host_of(url)
    return f"{host}:{port}"


class RunStopping(Exception):
    """The run is to end: nothing more is asked for."""


class HostPutOff(Exception):
    """The host wants a longer pause than a run waits for: its addresses are left to the next runs. `seconds` is the pause."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wants a pause of {seconds:.0f} s, longer than a run waits")
        self.seconds = seconds


class HostGate:
    """Let requests to one host through, `delay` seconds from start to start, `concurrency` at once.

    Moments are seconds of the epoch as the run's clock counts them on, so that they hold across runs.
    """

    def __init__(self, politeness: Politeness, next_start: float, stopping: asyncio.Event, clock: RunClock) -> None:
        self._stopping = stopping
        self._clock = clock
        self.delay = politeness.delay
        self._longest_wait = max(self.delay, politeness.retry_after_max, politeness.crawl_delay_max)
        # A moment further off than any pause is from a clock that was wrong.
        self.next_start = min(next_start, clock.time() + max(self._longest_wait, _LONGEST_CRAWL_DELAY))
        self.failures = 0
        self._last_start = 0.0
        self._slots = asyncio.Semaphore(politeness.concurrency)

    @property
    def given_up(self) -> bool:
        """Whether the host has failed too often in a row to be asked again in this run."""
        return self.failures >= FAILURES_IN_A_ROW

    def raise_delay(self, seconds: float) -> None:
        """Make the delay at least so long. Where it is longer than a run waits, one more request goes through before it."""
        self.delay = max(self.delay, min(seconds, _LONGEST_CRAWL_DELAY))
        if self.delay <= self._longest_wait:
            self.next_start = max(self.next_start, self._last_start + self.delay)

    def wait_at_least(self, seconds: float) -> None:
        """Ask nothing of the host for so long (Retry-After)."""
        self.next_start = max(self.next_start, self._clock.time() + seconds)

    def record_outcome(self, *, good: bool) -> None:
        """Count a URL that came to its end, well or badly."""
        self.failures = 0 if good else self.failures + 1

    @asynccontextmanager
    async def request_slot(self) -> AsyncIterator[None]:
        """Wait until a request may start; the block is the request.

        Raises RunStopping where the run ends first, HostPutOff where the wait is too long for a run.
        """
        async with self._slots:
            while (wait := self.next_start - self._clock.time()) > 0 and not self._stopping.is_set():
                if wait > self._longest_wait + 1:
                    raise HostPutOff(wait)
                await self._clock.wait(wait, self._stopping)
            if self._stopping.is_set():
                raise RunStopping
            self._last_start = self._clock.time()
            self.next_start = self._last_start + self.delay + min(self.delay * _MARGIN, _MARGIN_MAX)
            yield


@dataclass(slots=True)
class Hosts:
    """What all fetchers of a run share.

    known:    when each host may be asked next, as earlier runs left it (host:port → seconds of the epoch)
    gates:    the gates of the hosts that this run has met
    rested:   false where the last run was cut off and could not note when it last asked whom
    clock:    what is waited by
    stopping: set when the run is to end
    bodies:   the few places for big bodies
    recent:   the last answers
    """

    known: Mapping[str, float] = field(default_factory=dict)
    gates: dict[str, HostGate] = field(default_factory=dict)
    rested: bool = True
    clock: RunClock = field(default_factory=RunClock)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    bodies: BodyReader = field(default_factory=BodyReader)
    recent: RecentAnswers = field(default_factory=RecentAnswers)

    def gate(self, url: str, publisher: Publisher) -> HostGate:
        """Return the gate of the address's host. The first publisher sets its manners, the most patient one its delay."""
        name = host_name(url)
        if name not in self.gates:
            next_start = max(self.known.get(name, 0.0), 0.0 if self.rested else self.clock.time() + publisher.politeness.delay)
            self.gates[name] = HostGate(publisher.politeness, next_start, self.stopping, self.clock)
        elif publisher.politeness.delay > self.gates[name].delay:
            self.gates[name].raise_delay(publisher.politeness.delay)
        return self.gates[name]
