"""The time it is, as it is kept: captures and days in Tehran's, the state of addresses in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime

from parsers.persian.calendar import TEHRAN


def today() -> date:
    """The day it is in Tehran."""
    return datetime.now(TEHRAN).date()


def day_of(moment: datetime) -> date:
    """A moment's day in Tehran."""
    return moment.astimezone(TEHRAN).date()


def moment_in_tehran() -> str:
    """This moment as captures keep it: ISO 8601 to the second, with Tehran's offset."""
    return datetime.now(TEHRAN).isoformat(timespec="seconds")


def now() -> str:
    """This moment as the frontier keeps moments: in UTC to the millisecond, with a Z."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
