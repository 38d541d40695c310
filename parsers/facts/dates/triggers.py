"""Where a date in letters may begin: one expression that finds every word that can start or name one.

The words are put into a tree of letters, which is tried where the first letters of one stand after a character that ends a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from parsers.expressions import expression
from parsers.grammar.blanks import EZAFE, GAP, WORD_END
from parsers.grammar.calendar_words import key, spellings, vocabulary, with_ezafe, word
from parsers.lexicon import load, words
from parsers.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Kind = Literal["month", "rare month", "season", "weekday", "relative", "counted", "then", "year", "decade"]

_TABLE = load("dates")
_WHERE = "dates.toml"
_NUMBERS = load("numbers")
# With what a year in words begins: «هزار», «یکهزار», «دو هزار», «نود و هفت».
_YEAR_LETTERS = "".join(
    sorted(
        {form[0] for value, forms in _NUMBERS["values"].items() if int(value) in (1, 2, *range(30, 100)) for form in forms}
        | {form[0] for form in _NUMBERS["scales"]["1000"]}
    )
)
# What must follow a word of a kind, so that it can be a date at all.
_TAILS: Mapping[str, str] = {
    "rare month": rf"(?={GAP}(?:{word('month')}{GAP})?(?:{word('year')}{GAP})?[0-9])",
    "month": rf"(?:{WORD_END}|(?={GAP}{word('month')})|(?=[0-9]))",
    "year": rf"(?=(?:{GAP}{word('plural')})?{GAP}[0-9'’{_YEAR_LETTERS}])",
    "decade": rf"(?={EZAFE}[^\W_])",
}
_RELATIVE = frozenset(["counted", "then", "relative", "weekday"])


@dataclass(frozen=True, slots=True)
class Triggers:
    """The kind of every word by its key, and what finds them, the word as group 1."""

    kinds: Mapping[str, Kind]
    scanner: Scanner


@cache
def triggers(*, relative: bool = True) -> Triggers:
    """Return the triggers, built once; without `relative`, not those that are read against the day of publication.

    Raises LexiconError where the lexicon does not hold.
    """
    spelt = dict(_spelt())
    kinds = {key(form): kind for form, kind in spelt.items()}
    forms = {form: kinds[key(form)] for form in spelt}
    found = {form: kind for form, kind in forms.items() if relative or kind not in _RELATIVE}
    return Triggers(kinds, Scanner(_expression(found), lead=1))


def _counts(*directions: str) -> Iterator[str]:
    """Yield every unit with every direction: «روز پیش», «هفتهٔ پیش»."""
    for unit in (form for forms in _TABLE["counted"]["unit"].values() for form in forms):
        for when in directions:
            yield from with_ezafe(f"{unit} {when}")


def _spelt() -> Iterator[tuple[str, Kind]]:
    """Yield every spelling with its kind; a later kind of the same word counts."""
    counted = _TABLE["counted"]
    yield from _all("counted", _counts(*counted["ago"], *counted["hence"]))
    rare = vocabulary().rare_months
    for calendar in ("jalali", "gregorian", "hijri"):
        forms = [form for form, _ in spellings(_TABLE, calendar)]
        yield from _all("rare month", (form for form in forms if key(form) in rare))
        yield from _all("month", (form for form in forms if key(form) not in rare))
    yield from _all("season", (form for form, _ in spellings(_TABLE, "seasons")))
    yield from _all("weekday", (form for form, _ in spellings(_TABLE, "weekdays") if not form[0].isdigit()))
    yield from _all("relative", (form for form, _ in spellings(_TABLE, "days")))
    for unit in _TABLE["periods"]:
        yield from _all("relative", (form for form, _ in spellings(_TABLE["periods"], unit)))
    yield from _all("then", _counts(*counted["then"]))
    yield from _all("year", (form for name in ("year", "approved") for form in words(_TABLE["words"], name, _WHERE)))
    yield from _all("decade", words(_TABLE["words"], "decade", _WHERE))


def _all(kind: Kind, forms: Iterable[str]) -> Iterator[tuple[str, Kind]]:
    return ((form, kind) for form in forms)


def _expression(forms: Mapping[str, Kind]) -> re.Pattern[str]:
    """Return the expression that finds any of these spellings after a character that is no letter."""
    tree: dict[str, Any] = {}
    for form, kind in forms.items():
        node = tree
        for letter in form.replace(" ", "~"):
            node = node.setdefault(letter, {})
        node[""] = _TAILS.get(kind, "")
    persian = {letter: node for letter, node in tree.items() if not letter.isascii()}
    english = {letter: node for letter, node in tree.items() if letter.isascii()}
    return expression(rf"(?:[^\u0620-\u064a\u066e-\u06d3A-Za-z]|\A)({_branch(persian)}{_latin(english)})")


def _latin(english: Mapping[str, Any]) -> str:
    """Return the branch of English words, which begin with a capital or not."""
    first = "".join(english)
    rest = "|".join(f"(?<={letter}){_branch(node)}" for letter, node in english.items())
    return f"|[{first}{first.lower()}](?i:{rest})" if english else ""


def _branch(node: Mapping[str, Any]) -> str:
    """Return a tree of letters as a pattern in which the longer word comes first."""
    branches = [(GAP if letter == "~" else re.escape(letter)) + _branch(under) for letter, under in node.items() if letter]
    if "" in node:
        branches.append(node[""])
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
