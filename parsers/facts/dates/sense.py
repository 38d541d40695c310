"""Whether a sentence looks ahead or back from the day of publication, as the words around a date tell.

The first verb after the date counts most: «۱۳ آبان برگزار خواهد شد», «۱۳ آبان برگزار شد».
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from parsers.facts.dates.cues import stands_before, stands_within
from parsers.grammar.blanks import WORD_START
from parsers.grammar.calendar_words import any_of
from parsers.lexicon import load, words

Sense = Literal["ahead", "back", "unknown"]

_SENTENCE_END = re.compile(r"[!?؟؛\n]|\.(?![0-9])")
_AFTER = 140
_BEFORE = 60


@cache
def _verbs() -> re.Pattern[str]:
    tables = load("dates")["verbs"]
    named = (f"(?P<{name}>{any_of(words(tables, name, 'dates.toml: verbs'))})" for name in ("ahead", "back", "now"))
    return re.compile(f"{WORD_START}(?:{'|'.join(named)})")


def sense_of(folded: str, start: int, end: int) -> Sense:
    """Return where the sentence around the date at `start:end` looks; "unknown" where nothing tells."""
    stop = _SENTENCE_END.search(folded, end, end + _AFTER)
    limit = stop.start() if stop else min(len(folded), end + _AFTER)
    low = max(0, start - _BEFORE)
    for sentence_end in _SENTENCE_END.finditer(folded, low, start):
        low = sentence_end.end()
    if stands_before("until", folded, start) or stands_within("deadline", folded, low, start):
        return "ahead"
    verb = _verbs().search(folded, end, limit)
    if verb is not None and verb["now"] is None:
        return "ahead" if verb["ahead"] else "back"
    if stands_within("future", folded, end, limit):
        return "ahead"
    return "unknown"
