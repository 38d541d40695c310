"""Moments as the archive stores them: ISO 8601 with any offset; compared as instants, and not believed far in the future."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_TEHRAN = ZoneInfo("Asia/Tehran")
_SLACK = timedelta(days=1)  # clocks of two machines, and days written without an offset


def now() -> str:
    """Return this moment, ISO 8601 with Tehran's offset, to the second."""
    return datetime.now(_TEHRAN).isoformat(timespec="seconds")


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
    """Return whether a moment is more than a day after now, which only a wrong clock can have told. Raises ValueError."""
    return instant(text) - datetime.now(UTC) > _SLACK


def later(one: str, other: str) -> str:
    """Return the later of two moments."""
    if one[19:] == other[19:]:
        return max(one, other)
    return one if instant(one) > instant(other) else other


def earlier(one: str, other: str) -> str:
    """Return the earlier of two moments."""
    return other if later(one, other) == one else one
