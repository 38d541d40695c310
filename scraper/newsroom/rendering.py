"""How the newsroom's content system prints what its data files say: ZWNJs damaged, days Jalali, digits Persian."""

from __future__ import annotations

from datetime import datetime, time

from parsers.persian.calendar import TEHRAN, jalali_to_gregorian
from parsers.persian.letters import ZWNJ

_DAMAGE = {"deleted": "", "spaced": " ", "none": ZWNJ}
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def damaged(text: str, damage: str) -> str:
    """Return the text with its ZWNJs as the system leaves them: `deleted`, `spaced` or `none`."""
    return text.replace(ZWNJ, _DAMAGE[damage])


def persian(number: object) -> str:
    """Return a number or date in Persian digits."""
    return str(number).translate(_PERSIAN_DIGITS)


def day_and_clock(published: str) -> tuple[tuple[int, int, int], str]:
    """Return the Jalali day and the clock of a moment as the data files write it: 1398-02-15 10:30."""
    day, clock = published.split()
    year, month, date = (int(part) for part in day.split("-"))
    return (year, month, date), clock


def moment(published: str) -> datetime:
    """Return the same as a moment in Tehran."""
    day, clock = day_and_clock(published)
    on = jalali_to_gregorian(*day)
    assert on is not None, published  # noqa: S101 - the newsroom's own data
    return datetime.combine(on, time.fromisoformat(clock), TEHRAN)
