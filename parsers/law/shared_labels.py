"""Labels that several clauses share: «ماده ۲ و ۳ – حذف شد», «مواد ۴ تا ۶ – (منسوخ)».

Each number is a clause: the first begins at the unit, each other one at its joint, and the last one has the words that follow.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from parsers.expressions import expression
from parsers.grammar.blanks import WORD_END
from parsers.grammar.joints import AND, COMMA, TO_WORD
from parsers.law.label import Label, finished
from parsers.law.label_numbers import Numeral
from parsers.law.label_patterns import BLANKS
from parsers.law.vocabulary import article_units, note_units, words
from parsers.lexicon import load
from parsers.persian.letters import fold

_BLANK = expression(BLANKS[:-1])


def shared_label(folded: str, at: int, end: int) -> list[Label]:
    """Return the labels of a line that begins with a unit and several numbers, in order; none where it begins otherwise.

    A sentence «مواد ۲ و ۳ این قانون …» is no label: a dash, a bracket that tells what became of the clauses, or the line's end
    follows the last number.
    """
    opening = _several().match(folded, at, end)
    if opening is None:
        return []
    unit = _units()[fold(opening["unit"])]
    numbers = list(_number().finditer(folded, opening.start("first"), opening.end()))
    values = [int(number["value"]) for number in numbers]
    last = finished(folded, opening.start("first"), end, unit, Numeral(values[-1], opening.end(), "digit"))
    if not last.firm or values != sorted(set(values)):
        return []
    starts = _starts(numbers, values)
    labels = [replace(last, start=start, end=start, number=value, shares=last.end) for start, value in starts]
    labels[0] = replace(labels[0], start=at)
    ends = [label.start for label in labels[1:]]
    return [replace(label, end=stop) for label, stop in zip(labels, [*ends, last.end], strict=True)]


def _starts(numbers: list[re.Match[str]], values: list[int]) -> list[tuple[int, int]]:
    """Return (place, number) of every clause; those between the ends of a range share the letters of its joint."""
    found = [(numbers[0].start(), values[0])]
    for before, number in pairwise(numbers):
        low, high = int(before["value"]), int(number["value"])
        inked = [at for at in range(before.end(), number.start("value")) if not _BLANK.match(number.string, at)]
        is_range = bool(number["joint"] and _to().search(number["joint"]))
        between = list(range(low + 1, high))[: len(inked)] if is_range else []
        found += zip(inked, between, strict=False)
        found.append((number.start("value") if between else inked[0], high))
    return found


@cache
def _units() -> dict[str, str]:
    """Return every spelling of articles and notes, singular and plural, folded, with the unit's name."""
    wanted = {*article_units(), *note_units()}
    units = (unit for unit in load("units")["unit"].values() if unit["name"] in wanted)
    return {fold(form): unit["name"] for unit in units for form in (*unit["singular"], *unit["plural"])}


@cache
def _several() -> re.Pattern[str]:
    return expression(
        rf"""(?x)
        (?P<unit>{"|".join(map(re.escape, sorted(_units(), key=len, reverse=True)))})
        (?:{BLANKS}{words("title", "plural")})?{WORD_END}           # تبصره‌های
        {BLANKS}(?P<first>[(\[]?{BLANKS}[0-9]{{1,4}}{BLANKS}[)\]]?)
        (?:{BLANKS}(?:{AND}|{TO_WORD}|{COMMA}){BLANKS}[(\[]?{BLANKS}[0-9]{{1,4}}{BLANKS}[)\]]?)+
        """
    )


@cache
def _number() -> re.Pattern[str]:
    return expression(
        f"(?P<joint>{BLANKS}(?:{AND}|{TO_WORD}|{COMMA}){BLANKS})?[(\\[]?{BLANKS}(?P<value>[0-9]{{1,4}}){BLANKS}[)\\]]?"
    )


@cache
def _to() -> re.Pattern[str]:
    return expression(TO_WORD)
