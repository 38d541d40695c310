"""BodyReader off the wire: no more of them than is allowed, and only a few big ones at a time."""

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

    from scraper.content_encoding import UnpackedBody

_BIG = 1_000_000
_BIG_AT_ONCE = 4


@dataclass(slots=True)
class _BodySlot:
    """Whether one of the few places for big bodies is taken."""

    taken: bool = False


# That of the current visit, so that its body keeps the place after the fetch.
_of_visit: ContextVar[_BodySlot | None] = ContextVar("visit", default=None)


class BodyReader:
    """Read the bodies of a run. A big one waits for one of four places and keeps it until its visit ends, to bound memory."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_BIG_AT_ONCE)

    @asynccontextmanager
    async def visit(self) -> AsyncIterator[None]:
        """Mark a visit: the block reads a body and is done with it, parsing included."""
        place = _BodySlot()
        token = _of_visit.set(place)
        try:
            yield
        finally:
            _of_visit.reset(token)
            self._leave(place)

    async def read(self, response: httpx.Response, limit: int, deadline: asyncio.Timeout, *, whole: bool = True) -> UnpackedBody:
        """Return the body, unpacked. Raises TooLarge beyond `limit` bytes, packed or not, and BadEncoding.

        With `whole` false the first `limit` bytes of a longer body are returned. The deadline is moved by the time that a place
        is waited for.
        """
        if not whole:
            packed = await self._start_of(response, limit)
            return unpack(packed, response.headers.get("content-encoding", ""), limit, whole=False)
        announced = response.headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit and response.status_code != httpx.codes.NOT_MODIFIED:
            raise TooLarge(f"announces {announced[:20]} bytes, {limit} are allowed")
        visit = _of_visit.get()
        place = visit or _BodySlot()
        encoding = response.headers.get("content-encoding", "")
        try:
            packed = await self._packed(response, limit, place, deadline)
            try:
                body = unpack(packed, encoding, min(limit, _BIG))
            except TooLarge:  # or only big, which it may be once it has a place
                if limit <= _BIG:
                    raise
                await self._enter(place, deadline)
                body = unpack(packed, encoding, limit)
        finally:
            if visit is None:
                self._leave(place)
        if is_gzip(body.data) and "html" in response.headers.get("content-type", ""):
            body = unpack(body.data, "gzip", limit)._replace(honest=False)
        return body

    async def _packed(self, response: httpx.Response, limit: int, place: _BodySlot, deadline: asyncio.Timeout) -> bytes:
        """Return the body as it came. Raises TooLarge."""
        packed = bytearray()
        async for chunk in response.aiter_raw():
            packed += chunk
            if len(packed) > limit:
                raise TooLarge(f"more than {limit} bytes")
            if len(packed) > _BIG:
                await self._enter(place, deadline)
        return bytes(packed)

    async def _start_of(self, response: httpx.Response, limit: int) -> bytes:
        packed = bytearray()
        async for chunk in response.aiter_raw():
            packed += chunk
            if len(packed) >= limit:
                break
        return bytes(packed[:limit])

    async def _enter(self, place: _BodySlot, deadline: asyncio.Timeout) -> None:
        """Wait for one of the places. The publisher is not to blame for that: its deadline is moved."""
        if place.taken:
            return
        loop = asyncio.get_running_loop()
        left = (deadline.when() or loop.time()) - loop.time()
        deadline.reschedule(None)
        await self._places.acquire()
        place.taken = True
        deadline.reschedule(loop.time() + left)

    def _leave(self, place: _BodySlot) -> None:
        if place.taken:
            self._places.release()
