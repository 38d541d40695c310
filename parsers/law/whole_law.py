"""Words by which a sentence speaks of a whole law: «قانون فوق», «این آیین‌نامه», and how many articles it has."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import BLANK, GAP, WORD_START
from parsers.grammar.joints import any_word
from parsers.law.vocabulary import ARTICLE, data, words
from parsers.lexicon import load
from parsers.persian.letters import fold
from parsers.persian.numbers import match_number

if TYPE_CHECKING:
    import re

_DIGITS = expression(f"[0-9]{BLANK}*\\Z")
_LAST_WORD = expression(f"[^ \\u200c\n]+{BLANK}*\\Z")


@cache
def kinds() -> str:
    """Return a pattern string for any word that a law calls itself by: «قانون», «آیین‌نامه», «مصوبه»."""
    openings = [name for names in load("instruments")["heads"].values() for name in names]
    return any_word([*openings, *data()["closing"]["kinds"]])


@cache
def whole_law() -> re.Pattern[str]:
    """Return the pattern for what speaks of the whole law: «قانون فوق», «این آیین‌نامه», «مشتمل بر», «قابل اجراست»."""
    this = f"{words('sentences', 'this')}{GAP}{kinds()}"
    return expression(f"{kinds()}{GAP}{words('closing', 'pointers')}|{this}|{words('closing', 'wholly')}")


def counts_articles(folded: str) -> bool:
    """Return whether a folded text says how many articles there are, «۲۹ ماده», «سی و چهار ماده»; «ماده ۲۹» names one."""
    return any(_ends_in_number(folded[: word.start()]) for word in _article().finditer(folded))


def _ends_in_number(before: str) -> bool:
    if _DIGITS.search(before):
        return True
    word = _LAST_WORD.search(before)
    number = match_number(before, word.start()) if word else None
    return bool(number and word and not before[number.end :].strip(" \u200c"))


@cache
def _article() -> re.Pattern[str]:
    return expression(f"(?:(?<=[0-9])|{WORD_START}){any_word([fold(ARTICLE)])}")
