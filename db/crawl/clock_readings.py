"""Readings of the machine's clock next to a steady one, and what two of them say of the time between.

The clock that shows the date may be set by hand, by NTP, or start anew at 1970; the other counts the seconds since the machine
started, those of its sleep included.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db.moments import present

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class ClockReading:
    """What two clocks showed at one moment.

    shown:  seconds of the epoch, by the clock that shows the date
    steady: seconds since the machine started
    boot:   which start of the machine that was, empty where it cannot be known
    """

    shown: float
    steady: float
    boot: str

    def set_since(self, before: ClockReading) -> float:
        """Return by how many seconds the clock was set since another reading; negative: back.

        If the machine was started anew in between, only that the clock went back can be known.
        """
        if self.boot and self.boot == before.boot:
            return (self.shown - before.shown) - (self.steady - before.steady)
        return min(0.0, self.shown - before.shown)


def read_clocks() -> ClockReading:
    """Return what the clocks show now."""
    return ClockReading(present().timestamp(), steady_seconds(), _boot())


def steady_seconds() -> float:
    """Return the seconds since the machine started, which no setting of its clock changes."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@cache
def _boot() -> str:
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return ""
