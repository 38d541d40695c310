"""Whether a sentence looks ahead or back from the day of publication, as the words around a date tell.

The first verb after the date counts most: «۱۳ آبان برگزار خواهد شد», «۱۳ آبان برگزار شد».
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from parsers.expressions import expression
from parsers.facts.dates.cues import is_end_of_range, stands_within
from parsers.grammar.blanks import WORD_START
from parsers.grammar.calendar_words import any_of
from parsers.lexicon import load, words

if TYPE_CHECKING:
    import re

Sense = Literal["ahead", "present", "back", "unknown"]

SENTENCE_END = expression(r"[!?؟؛\n]|\.(?![0-9])")
_AFTER = 180
_BEFORE = 100


@cache
def _verbs() -> re.Pattern[str]:
    tables = load("dates")["verbs"]
    named = (f"(?P<{name}>{any_of(words(tables, name, 'dates.toml: verbs'))})" for name in ("other", "ahead", "back", "present"))
    return expression(f"{WORD_START}(?:{'|'.join(named)})")


def sentence_start(folded: str, at: int, reach: int) -> int:
    """Return where the sentence that holds `at` begins, at most `reach` characters before."""
    low = max(0, at - reach)
    for sentence_end in SENTENCE_END.finditer(folded, low, at):
        low = sentence_end.end()
    return low


def sense_of(folded: str, start: int, end: int) -> Sense:
    """Return where the sentence around the date at `start:end` looks; "unknown" where nothing tells."""
    stop = SENTENCE_END.search(folded, end, end + _AFTER)
    limit = stop.start() if stop else min(len(folded), end + _AFTER)
    low = sentence_start(folded, start, _BEFORE)
    if is_end_of_range(folded, start) or stands_within("expected", folded, low, start):
        return "ahead"
    verb = _verbs().search(folded, end, limit)
    if verb is not None and (verb["ahead"] or verb["back"]):
        return "ahead" if verb["ahead"] else "back"
    if stands_within("future", folded, end, limit):
        return "ahead"
    return "present" if verb is not None and verb["present"] else "unknown"
