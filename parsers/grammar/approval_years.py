"""The year of approval after a title: «… مصوب ۱۳۵۳», «… (مصوب ۱۵/۱۱/۱۳۵۳)», «… سال ۱۳۵۳»."""

from __future__ import annotations

from parsers.expressions import expression
from parsers.grammar.blanks import GAP
from parsers.grammar.joints import any_word
from parsers.lexicon import load

_WORDS = load("instruments")["approved"]
_APPROVED = expression(
    rf"""(?x)
    {GAP}[(،ـ–-]?{GAP}
    (?:{any_word(_WORDS["approved"])}{GAP}(?:{any_word(_WORDS["dated"])}{GAP})*|{any_word(_WORDS["year"])}{GAP})
    (?:[0-9]{{1,2}}{GAP}[/.-]{GAP}[0-9]{{1,2}}{GAP}[/.-]{GAP})?     # «مصوب ۱۵/۱۱/۱۳۵۳»
    (1[34][0-9]{{2}}|[0-9]{{2}})(?![0-9])
    """
)


def approval_year(folded: str, end: int) -> int | None:
    """Return the Jalali year of approval that stands after a title, four digits; None if there is none."""
    found = _APPROVED.match(folded, end)
    if found is None:
        return None
    year = int(found[1])
    return year if year > 99 else year + (1300 if year > 30 else 1400)
