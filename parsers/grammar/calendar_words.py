"""The words of the calendar: months, weekdays, seasons, periods, eras, as patterns and as what they mean.

Everything stands in `lexicon/dates.toml` and matches text folded by `letters.fold`. A blank or a "~" in a word there is any
run of blanks, or none.

>>> import re
>>> re.match(word("year") + GAP, "سال \u200c۹۷").end()
5
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from parsers.expressions import expression, longest_first
from parsers.grammar.blanks import BLANK, EZAFE, GAP, WORD_END
from parsers.grammar.joints import any_word
from parsers.lexicon import LexiconError, load, require, words
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_WHERE = "dates.toml"
_TABLE = load("dates")
_BLANKS = expression(f"{BLANK}+")
_HEH = fold("ه")
_HAMZA = "\u0654"


@dataclass(frozen=True, slots=True)
class Named:
    """What a month's name means: its calendar and its number."""

    calendar: str
    number: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words by `key`, with what they mean; and alternations that match any of them, without the edges of a word."""

    months: Mapping[str, Named]
    rare_months: frozenset[str]
    seasons: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    periods: Mapping[str, tuple[str, int]]
    weekday: str
    month: str
    season: str


class Era(NamedTuple):
    """An era printed after a year: the calendar it names, and where it ends."""

    calendar: str
    end: int


def key(text: str) -> str:
    """Return a word without its blanks, in lower case, as the tables of `vocabulary` know it."""
    return _BLANKS.sub("", text.replace("~", "")).lower()


def word(*names: str) -> str:
    """Return a pattern for any word of these lists of `[words]`, up to its end. Raises LexiconError for an unknown list."""
    table = require(_TABLE, "words", dict, _WHERE)
    return any_of(form for name in names for form in require(table, name, list, f"{_WHERE}: words"))


def any_of(forms: Iterable[str]) -> str:
    """Return a pattern for any of these words, with their ezafe inside them («هفتهٔ گذشته»), up to its end."""
    return any_word(spelt.replace("~", " ") for form in forms for spelt in with_ezafe(form))


def tied(forms: Iterable[str]) -> str:
    """Return a pattern for any of these words with the ezafe and the blanks before the next word, to which it may be glued."""
    return f"(?:{_alternation(spelt for form in forms for spelt in with_ezafe(fold(form)))}){EZAFE}"


def tied_word(*names: str) -> str:
    """Return `tied` of lists of `[words]`."""
    return tied(form for name in names for form in require(_TABLE["words"], name, list, f"{_WHERE}: words"))


@cache
def vocabulary() -> Vocabulary:
    """Return the vocabulary, built once. Raises LexiconError where the lexicon does not hold."""
    calendars = ("jalali", "gregorian", "hijri")
    rare = frozenset(key(form) for form in words(_TABLE, "rare_months", _WHERE))
    months = {key(form): Named(calendar, number) for calendar in calendars for form, number in spellings(_TABLE, calendar)}
    return Vocabulary(
        months=months,
        rare_months=rare,
        seasons=_numbers("seasons"),
        weekdays=_numbers("weekdays"),
        days=_numbers("days"),
        periods={key(form): (unit, shift) for unit in _TABLE["periods"] for form, shift in spellings(_TABLE["periods"], unit)},
        weekday=_alternation(form for form, _ in spellings(_TABLE, "weekdays")),
        month=_alternation(form for name in calendars for form, _ in spellings(_TABLE, name) if key(form) not in rare),
        season=_alternation(form for form, _ in spellings(_TABLE, "seasons")),
    )


def spellings(table: Mapping[str, Any], name: str) -> Iterator[tuple[str, int]]:
    """Yield every spelling in a table of numbers and words, with its number. Raises LexiconError where there is none."""
    entries = table.get(name)
    if not isinstance(entries, dict):
        raise LexiconError(f"{_WHERE}: {name}: must be a table of words")
    for number, forms in entries.items():
        for form in forms:
            for spelt in with_ezafe(form):
                yield spelt, int(number)


def with_ezafe(form: str) -> tuple[str, ...]:
    """Return the spellings of a phrase whose first word ends with heh: «هفته گذشته», «هفتهٔ گذشته», «هفته‌ی گذشته»."""
    heh = f"{_HEH} "
    return (form, form.replace(heh, f"{_HEH}{_HAMZA} "), form.replace(heh, f"{_HEH}~{_YE} ")) if heh in form else (form,)


def _numbers(name: str) -> dict[str, int]:
    return {key(form): number for form, number in spellings(_TABLE, name)}


def _alternation(forms: Iterable[str]) -> str:
    """Return the words as alternatives, the longest first, each blank and "~" any run of blanks; a digit begins a number."""
    spelt = ((form, GAP.join(map(re.escape, re.split("[ ~]", form)))) for form in longest_first(forms))
    return "|".join(f"(?<![0-9]){pattern}" if form[0].isdigit() else pattern for form, pattern in spelt)


_YE = fold(load("spellings")["ezafe"])
_ERAS: dict[str, list[str]] = _TABLE["eras"]
_LETTERS: dict[str, str] = _TABLE["era_letters"]
_ERA_WORD = "|".join(f"(?P<{calendar}>{any_word(forms)})" for calendar, forms in _ERAS.items())
_BRACKETED_ERA = "|".join(f"(?P<in_{calendar}>{any_word(forms)})" for calendar, forms in _ERAS.items())
_ERA = expression(
    rf"""(?x)
    {GAP}\({GAP}(?:{_BRACKETED_ERA}){GAP}\)
    |{GAP}(?:{_ERA_WORD})
    |{GAP}{_LETTERS["hijra"]}[\u0640\u200d]?\.?{GAP}(?:(?P<h_j>{_LETTERS["jalali"]})|(?P<h_h>{_LETTERS["hijri"]}))\.?{WORD_END}
    |{GAP}(?:(?P<j>{_LETTERS["jalali"]})|(?P<h>{_LETTERS["hijri"]}))(?![^\W\d_]|\.[^\W\d_])    # a letter alone, no «ق.م»
    """
)
_CALENDARS = {"h_j": "jalali", "j": "jalali", "h_h": "hijri", "h": "hijri"}


def era_after(folded: str, at: int) -> Era | None:
    """Return the era printed at `at`, after blanks: «(هجری شمسی)», «میلادی», «ه.ق»; None if there is none."""
    found = _ERA.match(folded, at)
    if found is None:
        return None
    name = found.lastgroup or ""
    return Era(_CALENDARS.get(name, name.removeprefix("in_")), found.end())


# A time of day: 9:30, 21:05:00.
TIME = "(?<![0-9:/.-])(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])"
# «مهر ماه», «مهرماهِ»: the word for month after its name.
MONTH_AFTER_NAME = f"{EZAFE}{word('month')}{EZAFE}"
