"""One address in, one answer out: redirects, retries, limits, and a name for whatever goes wrong."""

from __future__ import annotations

import asyncio
import random
import time
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpcore
import httpx

from scraper.content_encoding import ACCEPT_ENCODING, BadEncoding, Body, TooLarge
from scraper.hosts import host_name, host_of, pause
from scraper.network_guard import ForbiddenAddress, guarded_client, leads_inside
from scraper.responses import Answer, FetchError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from scraper.hosts import HostGate, Hosts
    from scraper.registry import Publisher

HOMEPAGE = "https://github.com/bayegan/bayegan"
_RETRIED = frozenset({408, 429, *range(500, 600)})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_JITTER = 0.1
_MAX_ASIDE = 200_000  # of a body that is not wanted for itself: of a redirect or an error
_PARTIAL = 206


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

    def visit(self) -> AbstractAsyncContextManager[None]:
        """The block fetches a page and is done with it: a big body counts as one of the few until its end, parsing included."""
        return self._hosts.bodies.visit()

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
            limit = self.publisher.politeness.max_bytes if wanted else _MAX_ASIDE
            try:
                body = await self._hosts.bodies.read(response, limit, clock)
            except (TooLarge, BadEncoding):
                if wanted:
                    raise
                body = Body(b"", honest=True)
        located = {"location": response.extensions["location"]} if "location" in response.extensions else {}
        return Answer(
            url, response.status_code, {**response.headers, **located}, body.data, body.honest, dict(response.request.headers)
        )


def user_agent(contact: str | None) -> str:
    """The name the crawler goes by, with a way to reach whoever runs it."""
    printable = "".join(c for c in contact or HOMEPAGE if " " <= c <= "~")
    return f"bayegan/{version('bayegan')} (+{printable})"


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
