"""Publication times: what is printed, what the metadata say, and whether they can both be true.

The printed time comes first: it is the newsroom's own day. Metadata may be UTC, Tehran's time marked as UTC, or Jalali in
Persian digits; differences that a time zone explains are no conflict.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from parsers.models import Issue
from parsers.page.printed_moment import PageTime, machine_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.page.time_candidates import TimeCandidate

_ZONES_EXPLAIN = timedelta(hours=4, minutes=45)
_LATER_IS_WRONG = timedelta(hours=26)


@dataclass(frozen=True, slots=True)
class Published:
    """The time that is believed, what named it, and what is odd about it."""

    moment: PageTime | None = None
    source: str | None = None
    issues: tuple[Issue, ...] = ()


# The order of trust: whether the time is exact, and what names it. The newsroom's own print comes first, since metadata may be
# UTC or Tehran's time marked as UTC; a bare day without a label may be anything, and yields to exact metadata.
_Rule = tuple[bool | None, bool | None, frozenset[str]]
_TRUST: tuple[_Rule, ...] = (  # whether it has a clock, whether it is certain to be the article's (None: either), what names it
    (None, None, frozenset(("labelled",))),
    (True, True, frozenset(("printed",))),
    (True, None, frozenset(("metadata", "json_ld", "microdata"))),
    (None, None, frozenset(("feed",))),
    (False, True, frozenset(("printed",))),
    (False, None, frozenset(("metadata", "json_ld", "microdata"))),
    (None, None, frozenset(("sitemap",))),
    (None, None, frozenset(("address",))),
    (None, False, frozenset(("printed",))),
)


def judge_time(candidates: Sequence[TimeCandidate], fetched_at: str | None) -> Published:
    """Return the time of publication among the candidates of a page, the same way for every family of pages.

    A day without a clock is completed by any other candidate of that day. A time after the capture is not believed while another
    can be; where nothing else is, an issue `future_date` says so. Metadata that contradict the print make a `date_conflict`.
    """
    limit = machine_time(fetched_at)
    ranked = sorted((one for one in candidates if not _may_be_clock(one, limit)), key=_trust)
    possible = [one for one in ranked if limit is None or one.moment.at <= limit.at + _LATER_IS_WRONG]
    issues = [_future(one, limit) for one in ranked[:1] if limit and one not in possible]
    chosen = next(iter(possible or ranked), None)
    if chosen is None:
        return Published()
    issues += [_conflict(chosen, other) for other in ranked if _contradicts(chosen, other)][:1]
    return Published(_completed(chosen.moment, ranked), chosen.source, tuple(issues))


def _may_be_clock(candidate: TimeCandidate, limit: PageTime | None) -> bool:
    """Return whether a time is printed where the clock of a page's header may stand, and is that of the capture."""
    if candidate.certain or limit is None:
        return False
    return abs(candidate.moment.at - limit.at) < _LATER_IS_WRONG


def _trust(candidate: TimeCandidate) -> int:
    return next(
        rank
        for rank, (exact, certain, sources) in enumerate(_TRUST)
        if candidate.source in sources and exact in (None, candidate.moment.exact) and certain in (None, candidate.certain)
    )


def _completed(moment: PageTime, candidates: Sequence[TimeCandidate]) -> PageTime:
    if moment.exact:
        return moment
    same_day = (one.moment for one in candidates if one.moment.exact and one.moment.at.date() == moment.at.date())
    return next(same_day, moment)


def _future(candidate: TimeCandidate, limit: PageTime) -> Issue:
    return Issue("warning", "future_date", f"published {candidate.moment.iso}, after the capture of {limit.iso}")


def _conflict(chosen: TimeCandidate, other: TimeCandidate) -> Issue:
    printed, stated = (chosen, other) if chosen.source in _PRINTED else (other, chosen)
    return Issue("warning", "date_conflict", f"the page prints {printed.moment.iso}, its metadata say {stated.moment.iso}")


_PRINTED = frozenset(("labelled", "printed"))
_STATED = frozenset(("metadata", "json_ld", "microdata"))


def _contradicts(chosen: TimeCandidate, other: TimeCandidate) -> bool:
    """Return whether one is printed, the other stated, and no zone of time explains that they differ."""
    pair = {chosen.source, other.source}
    if not (pair & _PRINTED and pair & _STATED):
        return False
    one, another = chosen.moment, other.moment
    if one.exact and another.exact:
        return abs(one.at - another.at) > _ZONES_EXPLAIN
    return abs((one.at.date() - another.at.date()).days) > 1
