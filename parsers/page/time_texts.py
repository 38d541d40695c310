"""Texts near an article that are times: whole dates, dates in pieces, clocks that stand alone, labels of other times."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.printed_moment import PageTime, clock_of, is_date_line, moment_words, printed_time, words_besides_time
from parsers.page.time_labels import label_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.page.surroundings import Run

_SHORTEST_DATE = 7
_LONGEST_DATED = 80
_FEW_WORDS = 4
_LONGEST_PIECE = 16


def whole(runs: list[Run]) -> list[Run]:
    """Return the texts with the pieces of one date joined: day, month and year in an element each."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and _is_piece(last) and _is_piece(run):
            joined[-1] = replace(last, text=f"{last.text} {run.text}", flat=f"{last.flat} {run.flat}")
        else:
            joined.append(run)
    return joined


def _is_piece(run: Run) -> bool:
    """Return whether a text is of a date's words and no whole date."""
    return len(run.flat) <= _LONGEST_PIECE and not words_besides_time(run.flat) and printed_time(run.flat) is None


def time_of(run: Run) -> PageTime | None:
    """Return the time that a text is: a date and hardly a word besides, or a date between bars."""
    flat = run.flat
    if label_kind(flat) in ("modified", "other"):
        return None
    if is_date_line(flat):
        return printed_time(flat)
    parts = [part for part in re.split(r"[|•·]", flat)[1:] if len(part) > _SHORTEST_DATE and is_date_line(part)]
    if parts:
        return printed_time(flat)
    short = run.zone == "between" and len(flat) <= _LONGEST_DATED and not _foreign().search(flat)
    return printed_time(flat) if short and len(words_besides_time(flat)) <= _FEW_WORDS and _year().search(flat) else None


def with_clock(day: PageTime, near: Iterable[Run]) -> PageTime:
    """Return a day with the clock that stands alone in the text before or after it."""
    clock = next(filter(None, (clock_of(run.flat) for run in near)), None)
    return (
        replace(day, at=day.at.replace(hour=clock.hour, minute=clock.minute, second=clock.second), exact=True) if clock else day
    )


def has_digit(flat: str) -> bool:
    """Return whether a text has a digit of any script."""
    return any(map(str.isdigit, flat))


@cache
def _year() -> re.Pattern[str]:
    return expression(r"(?<!\d)(?:1[34]\d\d|20\d\d)(?!\d)")


@cache
def _foreign() -> re.Pattern[str]:
    return expression(moment_words()["foreign"], re.IGNORECASE)


def is_foreign_label(flat: str) -> bool:
    """Return whether a text is the label of a time that is not the article's: «تاریخ برگزاری», «مهلت»."""
    return (
        (flat.endswith((":", "：")) or bool(_foreign().match(flat)))
        and label_kind(flat) != "published"
        and not is_date_line(flat)
    )
