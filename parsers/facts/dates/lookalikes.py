"""What has the name of a month and is no date: streets, parties, players, shots, verbs."""

from __future__ import annotations

from functools import cache

from parsers.expressions import expression
from parsers.facts.dates.cues import stands_at, stands_before
from parsers.grammar.blanks import GAP, LETTER
from parsers.grammar.calendar_words import key, word
from parsers.lexicon import load, words

_LETTER_AFTER = expression(GAP + LETTER)
_MONTH = expression(word("month"))


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(key(form) for form in words(load("dates"), name, "dates.toml"))


def is_name(folded: str, start: int, end: int) -> bool:
    """Return whether the day and month at `start:end` are a name: «خیابان سی تیر», «جبههٔ دوم خرداد», «هفت تیر», «۳ دی یانگ»."""
    if stands_before("namesake", folded, start) or stands_at("not_day_and_month", folded, start):
        return True
    return stands_at("name_after_month", folded, end) is not None


def is_other_word(folded: str, day: tuple[int, int], end: int) -> bool:
    """Return whether the month that ends at `end`, after `day`, is another word: «۵ می گوید», «۲ صفر», «ظرف ۴ ماه می تواند»."""
    start, month = day
    if not _is_common_word(folded, month, end):
        return False
    return _MONTH.search(folded, start, month) is None or stands_at("present_stem", folded, end) is not None


def is_told_a_month(folded: str, start: int, end: int) -> bool:
    """Return whether a word before a month without a year shows that the month is meant: «اواخر آبان», «در ماه آگوست».

    Before names that are nothing else, a preposition does: «در دسامبر».
    """
    if stands_before("around_month", folded, start):
        return not _is_common_word(folded, start, end)
    return key(folded[start:end]) in _keys("unmistakable_months") and stands_before("into_month", folded, start)


def is_famous(folded: str, start: int, end: int) -> bool:
    """Return whether a day is known for what happened on it long ago: «۱۱ سپتامبر»."""
    return key(folded[start:end]) in _keys("famous_days")


def _is_common_word(folded: str, start: int, end: int) -> bool:
    """Whether the month's name is another word far more often; some only before a word («می گوید»), some always («صفر»)."""
    name = key(folded[start:end])
    if name in _keys("numbers_too"):
        return True
    return name in _keys("common_words") and _LETTER_AFTER.match(folded, end) is not None
