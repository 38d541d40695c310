"""What is known of wrong clocks: moments of the future, and runs in which the machine's clock did not go as time does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.moments import FIRST, SLACK, present, utc
from db.statements import statement
from parsers.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

_FUTURE = statement("read/future_moments")
_RUNS = statement("read/run_clocks")
_LATEST = 10  # runs that are looked at: what was wrong with a clock long ago is over
_NTP = 60.0  # seconds by which a clock may be set without a word
_DAY = SLACK.total_seconds()
_UNITS = ((365.25 * 86400, "years"), (86400.0, "days"), (3600.0, "hours"), (60.0, "minutes"))


def clock_issues(db: Database) -> tuple[Issue, ...]:
    """Return what is wrong with stored moments and with the clock of the latest runs.

    Stored moments more than a day after now are an error of each kind. Of the latest ten runs: the clock was set by more than a
    minute (a warning; by more than a day: an error), was more than a day off from the servers' clocks, or showed a time before
    there was any bayegan.
    """
    rows = db.execute(_FUTURE, {"limit": utc(present() + SLACK)}).fetchall()
    future = tuple(
        Issue("error", "clock_jumped", f"{count} {what} lie in the future, the last at {last}: the clock was, or is, wrong")
        for what, count, last in rows
        if count
    )
    return future + tuple(_of_runs(db))


def _of_runs(db: Database) -> Iterator[Issue]:
    for run, began, step, gap, off in db.execute(_RUNS, {"first": utc(FIRST), "limit": _LATEST}).fetchall():
        if began:
            yield Issue("error", "clock_jumped", f"run {run} began at {began} by the clock, which cannot be")
        if abs(gap) > _NTP:
            yield _was_set(gap, f"between the last run and run {run}")
        if abs(step) > _NTP:
            yield _was_set(step, f"in run {run}")
        if off is not None and abs(off) > _DAY:
            way = "behind" if off > 0 else "ahead of"
            yield Issue("error", "clock_jumped", f"in run {run} the clock was {_spelled(off)} {way} the servers' clocks")


def _was_set(seconds: float, when: str) -> Issue:
    way = "forward" if seconds > 0 else "back"
    return Issue(
        "error" if abs(seconds) > _DAY else "warning", "clock_jumped", f"the clock went {way} by {_spelled(seconds)} {when}"
    )


def _spelled(seconds: float) -> str:
    """Return a length of time in its largest unit of which there are two: `3 hours`, `90 minutes`."""
    length = round(abs(seconds))
    unit, name = next(((unit, name) for unit, name in _UNITS if length >= 2 * unit), (1.0, "seconds"))
    return f"{length / unit:.0f} {name}"
