"""Words around a date that tell how it is meant: lists of `[cues]` in `lexicon/dates.toml`."""

from __future__ import annotations

import re
from functools import cache

from parsers.expressions import expression
from parsers.grammar.blanks import EZAFE, GAP, WORD_START
from parsers.grammar.calendar_words import any_of, tied, word
from parsers.grammar.joints import TO_WORD
from parsers.lexicon import load, words

_REACH = 24
_UNTIL = expression(rf"{WORD_START}{TO_WORD}{GAP}(?:{word('day', 'dated')}{GAP})?\Z")


def _forms(name: str) -> tuple[str, ...]:
    return words(load("dates")["cues"], name, "dates.toml: cues")


@cache
def _word(name: str) -> re.Pattern[str]:
    return expression(f"{WORD_START}{any_of(_forms(name))}", re.IGNORECASE)


@cache
def _word_before(name: str) -> re.Pattern[str]:
    return expression(f"{WORD_START}{tied(_forms(name))}[ :.(«]*{GAP}\\Z", re.IGNORECASE)


def stands_before(name: str, folded: str, at: int) -> bool:
    """Return whether a word of the list `name` ends right before `at`, at most a colon or a bracket between."""
    return _word_before(name).search(folded, max(0, at - _REACH), at) is not None


def stands_at(name: str, folded: str, at: int) -> int | None:
    """Return where a word of the list `name` that begins at `at`, after an ezafe or blanks, ends; None if there is none."""
    found = _word_after(name).match(folded, at)
    return found.end() if found else None


@cache
def _word_after(name: str) -> re.Pattern[str]:
    return expression(f"{EZAFE}{_word(name).pattern}", re.IGNORECASE)


def is_end_of_range(folded: str, at: int) -> bool:
    """Return whether «تا» stands right before `at`, «تا روز» and «تا تاریخ» too."""
    return _UNTIL.search(folded, max(0, at - _REACH), at) is not None


def stands_within(name: str, folded: str, low: int, high: int) -> re.Match[str] | None:
    """Return the first word of the list `name` that stands between `low` and `high`, if any."""
    return _word(name).search(folded, low, high)
