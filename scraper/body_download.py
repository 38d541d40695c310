"""Bodies off the wire: no more of them than is allowed, and only a few big ones at a time."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

from scraper.content_encoding import TooLarge, is_gzip, unpack

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scraper.content_encoding import Body

_BIG = 1_000_000
_BIG_AT_ONCE = 4


@dataclass(slots=True)
class _Place:
    """Whether one of the few places for big bodies is taken."""

    taken: bool = False


# Of the visit that is going on, so that its body keeps its place beyond the fetch.
_of_visit: ContextVar[_Place | None] = ContextVar("visit", default=None)


class Bodies:
    """The bodies of a run. A big one waits for a place and keeps it to the end of its visit: many of them must not add up."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_BIG_AT_ONCE)

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[None]:
        """The block receives a body and is done with it, parsing included."""
        place = _Place()
        token = _of_visit.set(place)
        try:
            yield
        finally:
            _of_visit.reset(token)
            self._leave(place)

    async def read(self, response: httpx.Response, limit: int, clock: asyncio.Timeout) -> Body:
        """The body, unpacked. Raises TooLarge beyond `limit` bytes, packed or not, and BadEncoding.

        `clock` is the answer's deadline; it stands still while a place is waited for.
        """
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit and response.status_code != httpx.codes.NOT_MODIFIED:
            raise TooLarge(f"announces {announced[:20]} bytes, {limit} are allowed")
        visit = _of_visit.get()
        place = visit or _Place()
        encoding = response.headers.get("content-encoding", "")
        try:
            packed = await self._packed(response, limit, place, clock)
            try:
                body = unpack(packed, encoding, min(limit, _BIG))
            except TooLarge:  # or only big, which it may be once it has a place
                if limit <= _BIG:
                    raise
                await self._enter(place, clock)
                body = unpack(packed, encoding, limit)
        finally:
            if visit is None:
                self._leave(place)
        if is_gzip(body.data) and "html" in response.headers.get("content-type", ""):
            body = unpack(body.data, "gzip", limit)._replace(honest=False)
        return body

    async def _packed(self, response: httpx.Response, limit: int, place: _Place, clock: asyncio.Timeout) -> bytes:
        """The body as it came."""
        packed = bytearray()
        async for chunk in response.aiter_raw():
            packed += chunk
            if len(packed) > limit:
                raise TooLarge(f"more than {limit} bytes")
            if len(packed) > _BIG:
                await self._enter(place, clock)
        return bytes(packed)

    async def _enter(self, place: _Place, clock: asyncio.Timeout) -> None:
        """Waits for one of the places; the publisher is not to blame for that, and its deadline moves."""
        if place.taken:
            return
        loop = asyncio.get_running_loop()
        left = (clock.when() or loop.time()) - loop.time()
        clock.reschedule(None)
        await self._places.acquire()
        place.taken = True
        clock.reschedule(loop.time() + left)

    def _leave(self, place: _Place) -> None:
        if place.taken:
            self._places.release()
