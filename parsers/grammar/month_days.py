"""Days of a month, 1 to 31, as they stand before its name: «۱۲», «۳ام», «سی و یکم», «بیست‌ویک»."""

from __future__ import annotations

import re

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_END, WORD_START
from parsers.lexicon import load, words
from parsers.persian.letters import fold
from parsers.persian.numbers import irregular_ordinals, parse_number

_DIGITS = expression("[0-9]{1,2}")
_LAST = 31


def month_day_value(text: str) -> int | None:
    """Return the number of a day as printed; None where it is no number."""
    digits = _DIGITS.match(text)
    return int(digits[0]) if digits else parse_number(text)


def is_ordinal_day(text: str) -> bool:
    """Return whether a day is printed as an ordinal, «بیست و دوم», and not as a number of days, «۲۲»."""
    return text.endswith(_endings()) or text in irregular_ordinals()


def _cardinals() -> dict[int, list[str]]:
    return {int(value): [fold(form) for form in forms] for value, forms in load("numbers")["values"].items() if int(value)}


def _worded() -> str:
    """Return the alternatives for days in words, the longest first."""
    joint = f"{GAP}(?:{'|'.join(map(re.escape, words(load('joints'), 'and', 'joints.toml')))}){GAP}"
    cardinals = _cardinals()
    short = [form for value, forms in cardinals.items() if value <= _LAST for form in forms]
    irregular = [one for one in irregular_ordinals() if not _goes_before_noun(one)]
    units = [form for value, forms in cardinals.items() if value < 10 for form in forms]
    units += [one for one in irregular_ordinals() if one.endswith(_endings())]  # «بیست و سومین», not «بیست و اول»
    tens = [form for value in (20, 30) for form in cardinals[value]]
    ending = _ending()
    simple = sorted([*short, *irregular], key=len, reverse=True)
    longer = f"(?:{'|'.join(tens)}){joint}(?:{'|'.join(sorted(units, key=len, reverse=True))}){ending}"
    return f"{longer}|(?:{'|'.join(simple)}){ending}"


def _goes_before_noun(ordinal: str) -> bool:
    """«اولین», «نخستین»: an ordinal that makes another one longer stands before its noun and is no day."""
    return any(ordinal != shorter and ordinal.startswith(shorter) for shorter in irregular_ordinals())


def _endings() -> tuple[str, ...]:
    return tuple(fold(ending) for ending in load("clause_numbers")["ordinal_endings"])


def _ending() -> str:
    """Return the optional ending of an ordinal, up to the word's end: in «سی مهر» nothing of the month is one."""
    return f"(?:{GAP}(?:{'|'.join(sorted(_endings(), key=len, reverse=True))}){WORD_END})?"


# A day of a month. Digits may be glued to the month: «۱۵خرداد».
MONTH_DAY = f"(?:(?<![0-9])(?<![0-9][/.:,٬٫-])[0-9]{{1,2}}{_ending()}|{WORD_START}(?:{_worded()}))"
