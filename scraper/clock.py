"""The current time as it is kept (captures and days in Tehran's, the state of addresses in UTC), and a clock to wait by.

A machine's clock may be wrong by years (a battery that is empty) and may be set while a run waits. A run therefore waits by a
steady clock, and compares what its own clock shows with what servers say (`Date`) and with the run before.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from statistics import median
from typing import TYPE_CHECKING

from db.crawl.clock_readings import steady_seconds
from db.moments import SLACK, is_impossible, present
from parsers.persian.calendar import TEHRAN

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST_AGE = 366 * 86400.0  # seconds that an answer may have been kept on its way
_HOSTS = 2  # so many must agree before they are believed against a clock that nothing else contradicts
_LONGEST_PAUSE = timedelta(days=366)  # between two runs; a clock that is ahead by more needs no second host to be doubted


class RunClock:
    """The time of one run.

    last: when the run before was seen last, None: there was none. The present is not before it, as far as that can be judged.
    """

    def __init__(self, last: datetime | None = None) -> None:
        self._last = last
        self._begun_at, self._begun = present(), steady_seconds()
        self._heard: dict[str, float] = {}  # host → its clock less the steady one, in seconds

    def time(self, steady: float | None = None) -> float:
        """Return seconds that go on steadily from those of the epoch at the run's begin, now or by the steady clock."""
        return self._begun_at.timestamp() + (steady_seconds() if steady is None else steady) - self._begun

    def steady(self, moment: float) -> float:
        """Return what the steady clock shows when `time` is so much."""
        return moment - self._begun_at.timestamp() + self._begun

    async def wait(self, seconds: float, stopping: asyncio.Event) -> None:
        """Sleep so long, or until `stopping` is set."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await stopping.wait()

    def hear(self, host: str, headers: Mapping[str, str]) -> None:
        """Note what time it is by the server of an answer, if it says so."""
        said = server_time(headers)
        if said is not None:
            self._heard[host] = said - steady_seconds()

    def present(self) -> datetime:
        """Return what time it is: by the machine's clock, unless that is wrong and something better is known."""
        shown, said = present(), self._said()
        if said is not None and self._is_off(shown, said):
            return said
        if is_impossible(shown) and self._last is not None:
            return self._last + timedelta(seconds=steady_seconds() - self._begun)
        return shown

    @property
    def is_sure(self) -> bool:
        """Whether servers show the same time as `present`, but for a day."""
        said = self._said()
        return said is not None and abs(said - self.present()) <= SLACK

    @property
    def seconds_off(self) -> float | None:
        """The seconds by which the servers' clocks are ahead of this machine's; None: no server said."""
        said = self._said()
        return None if said is None else (said - present()).total_seconds()

    def _said(self) -> datetime | None:
        """Return what time it is by the servers, each host counted once."""
        if not self._heard:
            return None
        with suppress(ValueError, OverflowError, OSError):
            return datetime.fromtimestamp(steady_seconds() + median(self._heard.values()), UTC)
        return None

    def _is_off(self, shown: datetime, said: datetime) -> bool:
        """Return whether servers are believed against the machine's clock.

        A clock that shows a time before there was any bayegan, or before the last run, is wrong. Of two possible times after an
        earlier run the nearer is likelier. Otherwise one server, which may be wrong itself or say what it likes, is no proof.
        """
        if abs(said - shown) <= SLACK or is_impossible(said):
            return False
        if is_impossible(shown):
            return True
        earliest = self._last - SLACK if self._last else None
        if earliest is None or (shown < earliest and said < earliest):
            return self._is_agreed(said)
        if shown < earliest:
            return True
        return earliest <= said < shown and (shown - said > _LONGEST_PAUSE or self._is_agreed(said))

    def _is_agreed(self, said: datetime) -> bool:
        """Return whether several hosts show this time, but for a day."""
        at = said.timestamp() - steady_seconds()
        return sum(abs(heard - at) <= SLACK.total_seconds() for heard in self._heard.values()) >= _HOSTS


_clock: ContextVar[RunClock | None] = ContextVar("clock", default=None)


def use(clock: RunClock) -> None:
    """Have the functions below go by this clock, in this task and those that it starts."""
    _clock.set(clock)


def _present() -> datetime:
    clock = _clock.get()
    return clock.present() if clock else present()


def today() -> date:
    """Return the current day in Tehran."""
    return _present().astimezone(TEHRAN).date()


def day_of(moment: datetime) -> date:
    """Return a moment's day in Tehran."""
    return moment.astimezone(TEHRAN).date()


def now_in_tehran() -> str:
    """Return this moment as captures keep it: ISO 8601 to the second, with Tehran's offset."""
    return _present().astimezone(TEHRAN).isoformat(timespec="seconds")


def now() -> str:
    """Return this moment as the frontier keeps moments: ISO 8601 in UTC to the millisecond, with a Z."""
    return _present().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def server_time(headers: Mapping[str, str]) -> float | None:
    """Return the seconds of the epoch that an answer gives as the present: its Date and, of a kept answer, its age."""
    try:
        said = parsedate_to_datetime(headers["date"]).timestamp()
    except (KeyError, ValueError, TypeError, OverflowError, OSError):
        return None
    age = headers.get("age", "0").strip()
    kept = float(age[:12]) if age.isascii() and age.isdigit() else 0.0
    return said + kept if kept <= _LONGEST_AGE else None
