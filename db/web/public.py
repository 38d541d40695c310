"""The pages for everybody, after a proxy: so many requests of one address, and no SQL unless it is asked for."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.web.safety import PUBLIC, SQL_PAGES, say

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_BURST = 60  # requests of one address at once
_RATE = 4.0  # requests of one address a second in the long run
_MOST_CLIENTS = 20_000  # that are remembered


@dataclass(slots=True)
class _Allowance:
    """How many requests an address may make now, as of a moment."""

    left: float
    at: float


class RateLimit:
    """Counts the requests of each address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._clients: OrderedDict[str, _Allowance] = OrderedDict()

    def wait(self, client: str) -> float:
        """Count a request; return 0 if it may be answered, else the seconds after which the address may ask again."""
        now = self._clock()
        known = self._clients.pop(client, None) or _Allowance(_BURST, now)
        left = min(_BURST, known.left + (now - known.at) * _RATE)
        self._clients[client] = _Allowance(left - 1 if left >= 1 else left, now)
        if len(self._clients) > _MOST_CLIENTS:
            self._clients.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / _RATE


def public(
    app: Callable[..., Awaitable[None]], *, with_sql: bool = False, limit: RateLimit | None = None
) -> Callable[..., Awaitable[None]]:
    """Return an ASGI application that bounds the requests of each address, and has no pages of SQL unless `with_sql`."""
    counted = limit or RateLimit()

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        wait = counted.wait(_client(scope))
        if wait:
            retry = (b"retry-after", str(math.ceil(wait)).encode())
            await say(send, 429, "Too many requests; wait a little.", retry)
        elif not with_sql and scope.get("path", "").startswith(SQL_PAGES):
            await say(send, 404, "There is no such page.")
        else:
            await app({**scope, PUBLIC: True}, receive, send)

    return answer


def _client(scope: dict[str, Any]) -> str:
    """Return who asks: the last address that a proxy wrote down, which is the one that it saw itself; else the connection's."""
    named = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    last = named[-1].rpartition(",")[2].strip()[:64] if named else ""
    return last or str((scope.get("client") or ("",))[0])
