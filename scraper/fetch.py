"""Fetching one address: redirects, retries, limits, and a name for whatever goes wrong."""

from __future__ import annotations

import asyncio
import random
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import httpcore
import httpx

from parsers.page.urls import fetchable, publisher_of
from scraper.access import tls_context
from scraper.clock import server_time
from scraper.content_encoding import ACCEPT_ENCODING, BadEncoding, TooLarge, UnpackedBody
from scraper.hosts import HostPutOff, host_name, host_of
from scraper.network_guard import ForbiddenAddress, guarded_client, is_private_host
from scraper.responses import Answer, FetchError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Mapping
    from contextlib import AbstractAsyncContextManager

    from scraper.clock import RunClock
    from scraper.hosts import HostGate, Hosts
    from scraper.registry import Publisher

HOMEPAGE = "https://github.com/bayegan/bayegan"
_RETRIED = frozenset({408, 429, *range(500, 600)})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_JITTER = 0.1
_MAX_ASIDE = 200_000  # bytes read of a redirect's or an error's body
_PARTIAL = 206
_SECRET_HEADERS = frozenset({"cookie", "authorization", "proxy-authorization"})
MAX_ROBOTS = 512_000  # bytes; RFC 9309, 2.5 asks for 500 KiB at least


class Fetcher:
    """Fetch for one publisher, as politely as its file says; its homepage is the only private address it may reach.

    Cookies that a host sets are sent to it again, for this publisher and this run. Raises AccessError where its `[access]` cannot
    be used.
    """

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
        self._access = access = publisher.access.resolved(publisher.homepage)
        self._client = guarded_client(
            self._exempt,
            tls_context(access.ca, context),
            access.proxy,
            headers={"User-Agent": access.user_agent or user_agent, "Accept-Encoding": ACCEPT_ENCODING, "Accept": "*/*"},
            timeout=httpx.Timeout(limits.timeout, pool=None),
        )
        for name, value in access.cookies.items():
            self._client.cookies.set(name, value, domain=host_of(publisher.homepage)[0])

    async def get_robots(self, url: str) -> Answer:
        """Return the answer for a robots.txt, of whose body the first 500 KiB are read. Raises as `get`."""
        return await self.get(url, first_bytes=MAX_ROBOTS)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    @property
    def stopping(self) -> bool:
        """Whether the run is to end."""
        return self._hosts.stopping.is_set()

    def gate(self, url: str) -> HostGate:
        """Return the gate of the address's host."""
        return self._hosts.gate(url, self.publisher)

    @property
    def clock(self) -> RunClock:
        """The clock of the run."""
        return self._hosts.clock

    def visit(self) -> AbstractAsyncContextManager[None]:
        """Mark a visit: a big body that the block fetches keeps its place among the few until the block ends."""
        return self._hosts.bodies.visit()

    async def get(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        allowed: Callable[[str], Awaitable[None]] | None = None,
        first_bytes: int | None = None,
    ) -> Answer:
        """Return the answer after redirects, whatever its status. Raises FetchError; RunStopping where the run is to end.

        `allowed` is awaited with every address before it is asked for, redirects included, and may raise FetchError.
        With `first_bytes` only the beginning of a longer body is read; without, a body beyond `max_bytes` is an error.
        """
        hops: list[str] = []
        seen: set[tuple[str, str]] = set()  # an address is no loop where a cookie has come in between
        while True:
            self._check(url)
            if allowed is not None:
                await allowed(url)
            seen.add((url, self._cookies(url)))
            answer = await self._once_a_run(url, headers or {}, first_bytes)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return Answer(answer.url, answer.status, answer.headers, answer.body, answer.honest,
                              answer.request_headers, tuple(hops))  # fmt: skip
            hops.append(url)
            url = _target(url, location)
            if (url, self._cookies(url)) in seen or len(hops) > self.publisher.politeness.max_redirects:
                raise FetchError("redirect_loop", f"redirects without end, last to {url}")

    async def _once_a_run(self, url: str, headers: Mapping[str, str], first_bytes: int | None) -> Answer:
        key = (self.publisher.slug, url, tuple(sorted(headers.items())), first_bytes, self._cookies(url))
        answer = self._hosts.recent.get(key)
        if answer is None:
            try:
                answer = await self._patiently(url, headers, first_bytes)
            except FetchError as error:
                if error.code not in ("host_given_up", "host_put_off"):
                    self._hosts.recent.keep(key, error)
                raise
            self._hosts.recent.keep(key, answer)
        return answer

    def _cookies(self, url: str) -> str:
        """Return the Cookie header that would go with a request for this address."""
        try:
            request = httpx.Request("GET", url)
        except (httpx.InvalidURL, ValueError):  # refused when it is asked for
            return ""
        self._client.cookies.set_cookie_header(request)
        return str(request.headers.get("cookie", ""))

    def _own_headers(self, url: str) -> Mapping[str, str]:
        """Return the configured headers where the address is of the publisher's own site."""
        return self._access.headers if publisher_of(url) == publisher_of(self.publisher.homepage) else {}

    def _check(self, url: str) -> None:
        """Raise FetchError for what is no http(s) address, or plainly a private one, before anything is opened."""
        try:
            host = host_of(url)
        except ValueError as error:
            raise FetchError("forbidden_address", str(error)) from error
        if host not in self._exempt and is_private_host(host[0]):
            raise FetchError("forbidden_address", f"{host[0][:200]} is no public address")

    async def _patiently(self, url: str, headers: Mapping[str, str], first_bytes: int | None) -> Answer:
        """Ask for one address, without its redirects, again where a further try may help."""
        limits, gate = self.publisher.politeness, self.gate(url)
        for attempt in range(limits.retries + 1):
            last = attempt == limits.retries
            wait = limits.retry_wait * 2**attempt * (1 + random.uniform(0, _JITTER))  # noqa: S311 - manners, not secrets
            if gate.given_up:
                raise FetchError("host_given_up", f"{host_name(url)} failed too often in a row")
            try:
                answer = await self._once(url, headers, gate, first_bytes)
            except HostPutOff as error:
                raise FetchError("host_put_off", f"{host_name(url)} {error}") from error
            except FetchError as error:
                if last or error.code not in ("timeout", "connection"):
                    gate.record_outcome(good=error.code not in ("timeout", "connection"))
                    raise
            else:
                patience = self._asked_to_wait(answer, gate)
                impatient = patience is not None and patience > limits.retry_after_max
                if answer.status not in _RETRIED or last or impatient or self._is_challenge(answer):
                    gate.record_outcome(good=answer.status not in _RETRIED)
                    return answer
                wait = max(wait, patience or 0.0)
            await self._hosts.clock.wait(wait, self._hosts.stopping)
        raise AssertionError("the last try returns or raises")

    def _asked_to_wait(self, answer: Answer, gate: HostGate) -> float | None:
        """Return the seconds of a Retry-After on 429 or 503; if they are few enough, the whole host is left alone so long."""
        if answer.status not in (429, 503) or "retry-after" not in answer.headers:
            return None
        said = server_time(answer.headers)  # the day of a Retry-After is by the server's clock
        seconds = retry_after(answer.headers["retry-after"], self._hosts.clock.time() if said is None else said)
        if seconds is not None and seconds <= self.publisher.politeness.retry_after_max:
            gate.wait_at_least(seconds)
        return seconds

    async def _once(self, url: str, headers: Mapping[str, str], gate: HostGate, first_bytes: int | None) -> Answer:
        limits = self.publisher.politeness
        async with gate.request_slot():
            try:
                async with asyncio.timeout(limits.deadline) as deadline:
                    return await self._exchange(url, headers, deadline, first_bytes)
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

    async def _exchange(self, url: str, headers: Mapping[str, str], deadline: asyncio.Timeout, first_bytes: int | None) -> Answer:
        async with self._client.stream("GET", url, headers={**headers, **self._own_headers(url)}) as response:
            self._hosts.clock.hear(host_name(url), response.headers)
            if response.status_code == _PARTIAL and "Range" not in headers:
                raise httpx.RemoteProtocolError("only a part of the page was sent (206)")
            wanted = response.status_code < 300  # what an error or a redirect has to say is in its head
            limit = (first_bytes or self.publisher.politeness.max_bytes) if wanted else _MAX_ASIDE
            whole = not (wanted and first_bytes)
            try:
                body = await self._hosts.bodies.read(response, limit, deadline, whole=whole)
            except (TooLarge, BadEncoding):
                if wanted:
                    raise
                body = UnpackedBody(b"", honest=True)
        located = {"location": response.extensions["location"]} if "location" in response.extensions else {}
        # What may be secret is not kept with the capture.
        hidden = _SECRET_HEADERS | {name.lower() for name in self._access.headers}
        asked = {name: value for name, value in response.request.headers.items() if name.lower() not in hidden}
        return Answer(url, response.status_code, {**response.headers, **located}, body.data, body.honest, asked)


def user_agent(contact: str | None) -> str:
    """Return the User-Agent: the crawler's name, with a way to reach whoever runs it."""
    printable = "".join(c for c in contact or HOMEPAGE if " " <= c <= "~")
    return f"bayegan/{version('bayegan')} (+{printable})"


def retry_after(value: str, now: float) -> float | None:
    """Return the seconds that a Retry-After header asks for, as a number or a date; None where it says neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:12])
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _target(url: str, location: str) -> str:
    """Return the address that a redirect leads to. Raises FetchError where it is none."""
    try:
        return fetchable(urljoin(url, fetchable(location)))
    except ValueError as error:
        raise FetchError("forbidden_address", f"redirects to no address: {location[:200]}") from error


def _why(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _cause(error: BaseException | None, kind: type[BaseException]) -> BaseException | None:
    while error is not None and not isinstance(error, kind):
        error = error.__cause__ or error.__context__
    return error
