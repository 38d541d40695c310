"""Moments as the archive stores them: ISO 8601 with any offset; compared as instants, and not believed far in the future."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_TEHRAN = ZoneInfo("Asia/Tehran")
SLACK = timedelta(days=1)  # clocks of two machines, and days written without an offset
FIRST = datetime(2026, 1, 1, tzinfo=UTC)  # before it there was no bayegan: a clock that shows less is wrong


def present() -> datetime:
    """Return this moment in UTC, as the machine's clock shows it. Every moment that the archive notes is read here."""
    return datetime.now(UTC)


def is_impossible(moment: datetime) -> bool:
    """Return whether a clock that shows this moment as the present is wrong for certain."""
    return moment < FIRST


def iso(moment: datetime) -> str:
    """Return a moment as captures keep it: ISO 8601 with Tehran's offset, to the second."""
    return moment.astimezone(_TEHRAN).isoformat(timespec="seconds")


def utc(moment: datetime) -> str:
    """Return a moment in UTC to the second, ISO 8601 with a Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def now() -> str:
    """Return this moment, ISO 8601 with Tehran's offset, to the second."""
    return iso(present())


def instant(text: str) -> datetime:
    """Return a moment for comparison; without an offset it is UTC, and a day alone is its beginning. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def known_moment(text: str | None) -> str | None:
    """Return the moment if it is one that can have been: ISO 8601, and not more than a day after now. Otherwise None."""
    if not text:
        return None
    try:
        return None if is_future(text) else text
    except (ValueError, OverflowError):
        return None


def is_future(text: str) -> bool:
    """Return whether a moment is more than a day after now, which only a wrong clock can have shown. Raises ValueError.

    A clock that is behind for certain does not know what is future: then nothing is.
    """
    read = present()
    return instant(text) - read > SLACK and not is_impossible(read)


def is_long_after(one: str, other: str) -> bool:
    """Return whether a moment is more than a day after another. Raises ValueError."""
    return instant(one) - instant(other) > SLACK


def second_after(text: str, seconds: int = 1) -> str:
    """Return the moment so many seconds after another, as captures keep it."""
    return iso(instant(text) + timedelta(seconds=seconds))


def later(one: str, other: str) -> str:
    """Return the later of two moments."""
    if one[19:] == other[19:]:
        return max(one, other)
    return one if instant(one) > instant(other) else other


def earlier(one: str, other: str) -> str:
    """Return the earlier of two moments."""
    return other if later(one, other) == one else one
