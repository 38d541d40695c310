"""One address in, one answer out: redirects, retries, limits, and a name for whatever goes wrong."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpcore
import httpx

from scraper.addresses import ForbiddenAddress, guarded_client, leads_inside
from scraper.answers import Answer, FetchError, Recent
from scraper.body import ACCEPT_ENCODING, BadEncoding, Body, TooLarge, is_gzip, unpack
from scraper.hosts import HostGate, host_name, host_of, pause

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    from scraper.registry import Publisher

__all__ = ["Answer", "FetchError", "Fetcher", "Hosts", "retry_after"]
_RETRIED = frozenset({408, 429, *range(500, 600)})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_JITTER = 0.1
_BIG = 1_000_000
_BIG_AT_ONCE = 4
_MAX_ASIDE = 200_000  # of a body that is not wanted for itself: of a redirect or an error
_PARTIAL = 206


# What a visit holds, so that `_body` finds it: whether one of the places for big bodies is its own.
_visit: ContextVar[_Place | None] = ContextVar("visit", default=None)


@dataclass(slots=True)
class _Place:
    taken: bool = False


@dataclass(slots=True)
class Hosts:
    """The gates of all hosts of a run. `known` are the moments that earlier runs left behind, `rested` is false where the last
    one could not tell; `stopping` is set when the run is to end; `big` lets only a few big bodies in at a time."""

    known: Mapping[str, float] = field(default_factory=dict)
    gates: dict[str, HostGate] = field(default_factory=dict)
    rested: bool = True
    begun: float = field(default_factory=time.time)
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    big: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_BIG_AT_ONCE))
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


class Fetcher:
    """Fetches for one publisher: its manners, and its own homepage as the only private address it may reach."""

    def __init__(
        self,
        publisher: Publisher,
        hosts: Hosts,
        context: ssl.SSLContext,
        user_agent: str,
        is_challenge: Callable[[Answer], bool] = lambda _answer: False,
    ) -> None:
        self.publisher = publisher
        self._hosts = hosts
        self._is_challenge = is_challenge
        limits = publisher.politeness
        self._exempt = [host_of(publisher.homepage)] if publisher.allow_private else []
        self._client = guarded_client(
            self._exempt,
            context,
            headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING, "Accept": "*/*"},
            timeout=httpx.Timeout(limits.timeout, pool=None),
        )

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    @property
    def stopping(self) -> bool:
        """Whether the run is to end."""
        return self._hosts.stopping.is_set()

    def gate(self, url: str) -> HostGate:
        """The gate of the address's host."""
        return self._hosts.gate(url, self.publisher)

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[None]:
        """The block fetches a page and is done with it: a big body counts as one of the few until its end, parsing included."""
        place = _Place()
        token = _visit.set(place)
        try:
            yield
        finally:
            _visit.reset(token)
            if place.taken:
                self._hosts.big.release()

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, allowed: Callable[[str], Awaitable[None]] | None = None
    ) -> Answer:
        """The answer after redirects, whatever its status. Raises FetchError.

        `allowed` is awaited with every address before it is asked for, redirects included, and may raise FetchError.
        """
        hops: list[str] = []
        while True:
            self._check(url)
            if allowed is not None:
                await allowed(url)
            answer = await self._once_a_run(url, headers or {})
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return Answer(answer.url, answer.status, answer.headers, answer.body, answer.honest,
                              answer.request_headers, tuple(hops))  # fmt: skip
            hops.append(url)
            url = _target(url, location)
            if url in hops or len(hops) > self.publisher.politeness.max_redirects:
                raise FetchError("redirect_loop", f"redirects without end, last to {url}")

    async def _once_a_run(self, url: str, headers: Mapping[str, str]) -> Answer:
        key = (self.publisher.slug, url, tuple(sorted(headers.items())))
        answer = self._hosts.recent.get(key)
        if answer is None:
            try:
                answer = await self._patiently(url, headers)
            except FetchError as error:
                if error.code != "host_given_up":
                    self._hosts.recent.keep(key, error)
                raise
            self._hosts.recent.keep(key, answer)
        return answer

    def _check(self, url: str) -> None:
        """Refuses what is no http or https address, or plainly one inside, before anything is opened."""
        try:
            host = host_of(url)
        except ValueError as error:
            raise FetchError("forbidden_address", str(error)) from error
        if host not in self._exempt and leads_inside(host[0]):
            raise FetchError("forbidden_address", f"{host[0][:200]} is no public address")

    async def _patiently(self, url: str, headers: Mapping[str, str]) -> Answer:
        """One address without its redirects, tried again where a further try may help."""
        limits, gate = self.publisher.politeness, self.gate(url)
        for attempt in range(limits.retries + 1):
            last = attempt == limits.retries
            wait = limits.retry_wait * 2**attempt * (1 + random.uniform(0, _JITTER))  # noqa: S311 - manners, not secrets
            if gate.given_up:
                raise FetchError("host_given_up", f"{host_name(url)} failed too often in a row")
            try:
                answer = await self._once(url, headers, gate)
            except FetchError as error:
                if last or error.code not in ("timeout", "connection"):
                    gate.judge(good=error.code not in ("timeout", "connection"))
                    raise
            else:
                patience = self._asked_to_wait(answer, gate)
                impatient = patience is not None and patience > limits.retry_after_max
                if answer.status not in _RETRIED or last or impatient or self._is_challenge(answer):
                    gate.judge(good=answer.status not in _RETRIED)
                    return answer
                wait = max(wait, patience or 0.0)
            await pause(wait, self._hosts.stopping)
        raise AssertionError("the last try returns or raises")

    def _asked_to_wait(self, answer: Answer, gate: HostGate) -> float | None:
        """The seconds of a Retry-After on 429 or 503; the whole host is left in peace for them if they are few enough."""
        if answer.status not in (429, 503) or "retry-after" not in answer.headers:
            return None
        seconds = retry_after(answer.headers["retry-after"], time.time())
        if seconds is not None and seconds <= self.publisher.politeness.retry_after_max:
            gate.silence(seconds)
        return seconds

    async def _once(self, url: str, headers: Mapping[str, str], gate: HostGate) -> Answer:
        limits = self.publisher.politeness
        async with gate.turn():
            try:
                async with asyncio.timeout(limits.deadline) as clock:
                    return await self._exchange(url, headers, clock)
            except (TimeoutError, httpx.TimeoutException, httpcore.TimeoutException) as error:
                raise FetchError("timeout", f"no whole answer within {limits.deadline:g} s: {_why(error)}") from error
            except TooLarge as error:
                raise FetchError("too_large", str(error)) from error
            except BadEncoding as error:
                raise FetchError("bad_encoding", str(error)) from error
            except ForbiddenAddress as error:
                raise FetchError("forbidden_address", str(error)) from error
            except (httpx.TransportError, httpx.DecodingError, httpcore.NetworkError, OSError) as error:
                if forbidden := _cause(error, ForbiddenAddress):
                    raise FetchError("forbidden_address", str(forbidden)) from error
                raise FetchError("connection", _why(error)) from error
            except (httpx.InvalidURL, ValueError) as error:
                raise FetchError("connection", f"not an address that can be asked for: {_why(error)}") from error

    async def _exchange(self, url: str, headers: Mapping[str, str], clock: asyncio.Timeout) -> Answer:
        async with self._client.stream("GET", url, headers=dict(headers)) as response:
            if response.status_code == _PARTIAL:
                raise httpx.RemoteProtocolError("only a part of the page was sent (206)")
            wanted = response.status_code < 300  # what an error or a redirect has to say is in its head
            try:
                body = await self._unpacked(response, self.publisher.politeness.max_bytes if wanted else _MAX_ASIDE, clock)
            except (TooLarge, BadEncoding):
                if wanted:
                    raise
                body = Body(b"", honest=True)
        located = {"location": response.extensions["location"]} if "location" in response.extensions else {}
        return Answer(
            url, response.status_code, {**response.headers, **located}, body.data, body.honest, dict(response.request.headers)
        )

    async def _unpacked(self, response: httpx.Response, limit: int, clock: asyncio.Timeout) -> Body:
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit and response.status_code != httpx.codes.NOT_MODIFIED:
            raise TooLarge(f"announces {announced[:20]} bytes, {limit} are allowed")
        visit = _visit.get()
        place = visit or _Place()
        encoding = response.headers.get("content-encoding", "")
        try:
            packed = await self._packed(response, limit, place, clock)
            try:
                body = unpack(packed, encoding, min(limit, _BIG))
            except TooLarge:  # or only big, which it may be once it has a place
                if limit <= _BIG:
                    raise
                await self._take(place, clock)
                body = unpack(packed, encoding, limit)
        finally:
            if visit is None and place.taken:
                self._hosts.big.release()
        if is_gzip(body.data) and "html" in response.headers.get("content-type", ""):
            body = unpack(body.data, "gzip", limit)._replace(honest=False)
        return body

    async def _packed(self, response: httpx.Response, limit: int, place: _Place, clock: asyncio.Timeout) -> bytes:
        """The body as it came; only a few big ones are held at a time, so that many of them do not add up."""
        packed = bytearray()
        async for chunk in response.aiter_raw():
            packed += chunk
            if len(packed) > limit:
                raise TooLarge(f"more than {limit} bytes")
            if len(packed) > _BIG:
                await self._take(place, clock)
        return bytes(packed)

    async def _take(self, place: _Place, clock: asyncio.Timeout) -> None:
        """Waits for one of the places; the publisher is not to blame for that, and its deadline moves."""
        if place.taken:
            return
        loop = asyncio.get_running_loop()
        left = (clock.when() or loop.time()) - loop.time()
        clock.reschedule(None)
        await self._hosts.big.acquire()
        place.taken = True
        clock.reschedule(loop.time() + left)


def retry_after(value: str, now: float) -> float | None:
    """Seconds to wait as a Retry-After header says it, in seconds or as a date; None where it says nothing."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _target(url: str, location: str) -> str:
    """Where a redirect leads. Raises FetchError where that is no address."""
    try:
        return urljoin(url, location).partition("#")[0]
    except ValueError as error:
        raise FetchError("forbidden_address", f"redirects to no address: {location[:200]}") from error


def _why(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _cause(error: BaseException | None, kind: type[BaseException]) -> BaseException | None:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
