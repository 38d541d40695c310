"""What became of a clause, and when: amended, inserted or repealed.

Brackets next to its number or after its text say so, or its own short text.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP
from parsers.law.days import last_day
from parsers.law.vocabulary import pattern, words

if TYPE_CHECKING:
    import re

    from parsers.law_models import ClauseStatus

_LONGEST_STATUS = 260
_STATUSES: tuple[ClauseStatus, ...] = ("repealed", "inserted", "amended")
# After the end of a sentence: a mark with its day; before it the bracket belongs to a law that is named.
_CLOSING_BRACKET = expression("[.؛:!؟\n][ ]*[(\\[]([^()\\[\\]\n]{3,160})[)\\]][ .]*\\Z")
_OPENING_BRACKET = expression("[(\\[]([^)\\]\n]{3,160})[)\\]]")


def clause_status(notes: tuple[str, ...], text: str) -> tuple[ClauseStatus, str | None]:
    """Return what became of a clause and the day of it (ISO), if any.

    `notes` are the brackets next to its number, `text` its own words, folded.
    """
    text = text.strip()
    opening = _OPENING_BRACKET.match(text)
    for note in (*notes, *([opening[1]] if opening else [])):
        status = status_in_note(note)
        if status:
            return status, last_day(note)
    closing = _CLOSING_BRACKET.search(text)
    status = status_in_note(closing[1]) if closing else None
    if closing and status in ("inserted", "amended"):
        return status, last_day(closing[1])
    if len(text) <= _LONGEST_STATUS and "\n" not in text and _says_repealed(text):
        return "repealed", last_day(text)
    return "in_force", None


def status_in_note(note: str) -> ClauseStatus | None:
    """Return what a note in brackets says became of the clause: «الحاقی ۱۳۹۹/۲/۳», «طبق ماده ۵ … نسخ شده است»."""
    plain = note.strip()
    if _by_law().match(plain) and _was_repealed().search(plain):
        return "repealed"
    return next((status for status in _STATUSES if pattern("status", status).match(plain)), None)


def _says_repealed(text: str) -> bool:
    plain = text.strip("()[]. «»*-–")
    if pattern("status", "repealed").match(plain) and len(plain) < 40:
        return True
    return bool(_by_law().match(plain) and _was_repealed().search(plain))


def _by_law() -> re.Pattern[str]:
    return pattern("status", "by")


@cache
def _was_repealed() -> re.Pattern[str]:
    return expression(f"{words('status', 'was_repealed')}{GAP}[ .)\\]]*\\Z")
