"""The day on which a law was approved, in every formula in use.

In the title «مصوب ۱۳۹۰/۲/۳»; in the preamble the day of the meeting that passed it; after the clauses «… در جلسه علنی مورخ …
تصویب و در تاریخ … به تأیید شورای نگهبان رسید», where the day before the word counts and that of the confirmation does not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.grammar.blanks import GAP, WORD_START
from parsers.law.days import Day, days_in, in_jalali_years
from parsers.law.vocabulary import words
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parsers.models import SessionMention

_NEXT_TO = 60


def approval_day(before: Sequence[str], after: str, sessions: Sequence[SessionMention]) -> str | None:
    """Return the day of approval, ISO, if any.

    `before` are the texts before the clauses (headlines, preamble), `after` the text after them, `sessions` the law's meetings.
    """
    passed = [s.date for s in sessions if s.date and s.section != "body"] + [s.date for s in sessions if s.date]
    candidates = (
        _named_days(before),
        _formula_days(reversed(in_jalali_years(after).split("\n"))),
        (day[:10] for day in passed),
        _formula_days(line for text in before for line in text.split("\n")),
    )
    return next((day for days in candidates for day in days), None)


def _named_days(texts: Iterable[str]) -> Iterable[str]:
    """«تاریخ تصویب: …» of a letterhead, «(مصوب ۱۳۹۰/۲/۳)» of a title: right after the word, in a line that does not cite."""
    for line in (line for text in texts for line in text.split("\n")):
        found = _named().match(fold(line)) or _titled().search(fold(line))
        if found:
            yield from (day.iso for day in days_in(line) if 0 <= day.start - found.end() <= _NEXT_TO)


def _formula_days(lines: Iterable[str]) -> Iterable[str]:
    """Yield the day before the last word of approval in a line, else the day after it that is no other step's."""
    for line in lines:
        folded = fold(line)
        cues = [cue for cue in _approved().finditer(folded) if not _after_that().search(folded, 0, cue.start())]
        days = days_in(line) if cues else []
        yield from _before(days, cues)
        yield from _after(days, cues, folded)


def _before(days: Sequence[Day], cues: Sequence[re.Match[str]]) -> Iterable[str]:
    for cue in reversed(cues):
        found = [day.iso for day in days if day.end <= cue.start()]
        if found:
            yield found[-1]


def _after(days: Sequence[Day], cues: Sequence[re.Match[str]], folded: str) -> Iterable[str]:
    for cue in cues:
        yield from (d.iso for d in days if d.start >= cue.end() and not _other_step().match(folded, d.end))


@cache
def _approved() -> re.Pattern[str]:
    """Return the pattern for words of approval, «به تصویب» written in one too."""
    return re.compile(f"{WORD_START}{words('head', 'approved')}")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(f"{GAP}{words('head', 'approval_label')}{GAP}[:：]?")


@cache
def _titled() -> re.Pattern[str]:
    """Return the pattern for «مصوب» at the end of a title."""
    return re.compile(f"{WORD_START}{words('head', 'approved_on')}{GAP}(?=[^\n]{{0,90}}\\Z)")


@cache
def _after_that() -> re.Pattern[str]:
    """Return the pattern for «پس از» right before the word: the approval of another house, or one to come."""
    return re.compile(f"{words('head', 'after_that')}{GAP}\\Z")


@cache
def _other_step() -> re.Pattern[str]:
    """Return the pattern for what follows a day of confirmation or communication."""
    return re.compile(f"[^\n]{{0,12}}?{words('head', 'other_steps')}")
