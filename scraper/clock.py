"""The current time as it is kept (captures and days in Tehran's, the state of addresses in UTC), and a clock to wait by."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from datetime import UTC, date, datetime

from parsers.persian.calendar import TEHRAN


def today() -> date:
    """Return the current day in Tehran."""
    return datetime.now(TEHRAN).date()


def day_of(moment: datetime) -> date:
    """Return a moment's day in Tehran."""
    return moment.astimezone(TEHRAN).date()


def now_in_tehran() -> str:
    """Return this moment as captures keep it: ISO 8601 to the second, with Tehran's offset."""
    return datetime.now(TEHRAN).isoformat(timespec="seconds")


def now() -> str:
    """Return this moment as the frontier keeps moments: ISO 8601 in UTC to the millisecond, with a Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class WallClock:
    """The clock that hosts are waited for by. Tests give another one."""

    def time(self) -> float:
        """Return the seconds of the epoch, so that moments hold across runs."""
        return time.time()

    async def wait(self, seconds: float, stopping: asyncio.Event) -> None:
        """Sleep so long, or until `stopping` is set."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await stopping.wait()
