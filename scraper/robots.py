"""robots.txt of each host (RFC 9309): fetched before anything else, parsed by protego for the name `bayegan`."""

from __future__ import annotations

import asyncio
import math
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego

from scraper.hosts import host_name
from scraper.responses import FetchError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scraper.hosts import HostGate
    from scraper.responses import Answer

AGENT = "bayegan"
_AGENT_LINE = re.compile(r"(?im)^([ \t]*user-?agent[ \t]*:[ \t]*)([^\s#]*)")
_WITHOUT_COLON = re.compile(r"(?im)^([ \t]*(?:user-?agent|allow|disallow|crawl-?delay))[ \t]+([^\s:#][^\s#]*)[ \t]*(?:#.*)?$")
_RULE_LINE = re.compile(r"[ \t]*(?:user-?agent|allow|disallow|crawl-?delay)[ \t]*:", re.IGNORECASE)


class RobotsUnavailable(Exception):
    """robots.txt answered 5xx or could not be had: nothing else of the host is asked for in this run. `url` is its own."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"{url}: {why}")
        self.url = url


class Robots:
    """What the hosts of a run allow. `fetch` gets one robots.txt; `gate` returns the host's gate, for its Crawl-delay."""

    def __init__(self, fetch: Callable[[str], Awaitable[Answer]], gate: Callable[[str], HostGate]) -> None:
        self._fetch = fetch
        self._gate = gate
        self._rules: dict[str, asyncio.Task[Protego]] = {}

    async def allows(self, url: str) -> bool:
        """Return whether the address may be asked for. Raises RobotsUnavailable; FetchError for a forbidden address."""
        host = f"{urlsplit(url).scheme}://{host_name(url)}"
        if host not in self._rules:
            self._rules[host] = asyncio.ensure_future(self._read(url))
        rules = await asyncio.shield(self._rules[host])
        return bool(rules.can_fetch(url, AGENT))

    async def require(self, url: str) -> None:
        """Raise FetchError where the address may not be asked for, RobotsUnavailable where that cannot be known."""
        if not await self.allows(url):
            raise FetchError("robots_disallowed", f"robots.txt forbids {url}")

    async def _read(self, url: str) -> Protego:
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        try:
            answer = await self._fetch(address)
        except FetchError as error:
            if error.code in ("forbidden_address", "host_put_off"):
                raise
            raise RobotsUnavailable(address, str(error)) from error
        if answer.status >= 500:
            raise RobotsUnavailable(address, f"answered {answer.status}")
        rules = read_robots(answer.body if answer.status < 300 else b"")
        delay = rules.crawl_delay(AGENT)
        if delay is not None and math.isfinite(delay):
            self._gate(url).raise_delay(float(delay))
        return rules


def read_robots(body: bytes) -> Protego:
    """Parse a robots.txt. A group is ours if its product token is, whatever version follows it (RFC 9309, 2.2.1)."""
    # protego takes a name for ours that ours merely begins with, and one with a version for another's.
    text = body.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    text = _WITHOUT_COLON.sub(r"\1: \2", text)
    # A line that says nothing about access ends no group (RFC 9309, 2.2.4), which protego thinks it does.
    text = "\n".join(line for line in text.split("\n") if _RULE_LINE.match(line))
    return Protego.parse(_AGENT_LINE.sub(_own_or_other, text))


def _own_or_other(line: re.Match[str]) -> str:
    token = line[2].partition("/")[0].lower()
    return line[1] + (token if token in (AGENT, "*") else "another")
