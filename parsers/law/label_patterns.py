"""The named pieces that labels of clauses are made of; all of them match folded text.

Tatweel is no blank here: «ماده۱ـ» is typed with it for a dash.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.alphabets import ALPHABET, FIRST_NAME
from parsers.grammar.blanks import BLANK, LETTER, WORD_END
from parsers.grammar.joints import any_word
from parsers.law.vocabulary import data, unit_words, words
from parsers.lexicon import load
from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Iterable

_TATWEEL = "\u0640"
_BLANK = BLANK.replace(_TATWEEL, "")[:-1] + "\u200d\u202a-\u202e\u2066-\u2069]"
BLANKS = f"{_BLANK}*"
DASHES = f"-\u2010-\u2015\u2212{_TATWEEL}_"
# A tatweel is a letter to Python, and a dash to whoever types «الفـ».
_NO_LETTER = f"(?!(?!{_TATWEEL}){LETTER})"
# Where a word of a label may end: also before a tatweel that stands for a dash, «تبصرهـ», «مکررـ», and is within no word.
_LABEL_WORD_END = f"(?:{WORD_END}|(?={ZWNJ}?{_TATWEEL}+(?!{LETTER})))"


def _label_word(forms: Iterable[str]) -> str:
    """Return a pattern string for any of these words as a label has them."""
    return any_word(forms).removesuffix(WORD_END) + _LABEL_WORD_END


_BIS = _label_word(load("clause_numbers")["repeated"])

BULLET = expression(f"{BLANKS}(?:[•●▪■◄*#>]{{1,3}}{BLANKS})?")
BLANK_RUN = expression(BLANKS)
# What sets a number apart from its text.
SEPARATOR = expression(f"{BLANKS}(?:[{DASHES}:.)\\]،؛*]{BLANKS})+")
# Between a unit and its number: «ماده شماره (۱)».
BEFORE_NUMBER = expression(f"{BLANKS}(?:{words('units', 'number_sign')}{BLANKS})?[(\\[{{«]?{BLANKS}")
# «ماده - ۱- …»: a dash on either side of the number.
DASH_BEFORE_NUMBER = expression(f"{BLANKS}[{DASHES}]{BLANKS}")
DASH_AFTER_NUMBER = expression(f"{BLANKS}[{DASHES}:]")
# «ماده :۱» and «-۱ متن»: marks that files of visual order have on the wrong side.
COLON_BEFORE_NUMBER = expression(f"{BLANKS}:{BLANKS}")
DASH_ON_WRONG_SIDE = expression("-(?=[0-9]{1,3} [^0-9])")
# «[ماده ۱]»
OPENED_UNIT = expression(f"[(\\[]{BLANKS}(?=\\w)")
CLOSING_BRACKET = expression(f"{BLANKS}[)\\]}}»]")
DIGITS = expression(
    r"""(?x)
    ([0-9]{1,4})
    ((?:[-–./][0-9]{1,3}){0,4})     # dotted numbers: ۳-۲-۱۰
    (?![0-9])
    (?![.,٫/][0-9])                 # an amount or a date
    """
)
DIGITS_ALONE = expression("([0-9]{1,4})()(?![0-9])")
FRACTION = expression("[.,٫/][0-9]")
LETTER_NUMBER = expression(
    rf"""(?x)
    ({FIRST_NAME}|[{ALPHABET}])
    {_NO_LETTER}(?!{ZWNJ}{LETTER})
    (?:\u200d|{_TATWEEL}(?={_TATWEEL}|{BLANKS}[-–—{_TATWEEL})]))?      # a joiner shapes a lone letter: «هـ ـ»
    """
)
REPEATED_NUMBER = expression(
    rf"""(?x)
    {BLANKS}\(?{BLANKS}{_BIS}{BLANKS}
    (?:\(?{BLANKS}([0-9]{{1,2}}){BLANKS}\)?)?       # «مکرر ۲»: the second of its kind
    {BLANKS}\)?
    """
)
# «ماده ۲- (مکرر) …», «ماده ۳– مکرر (الحاقی …)»: after the dash, in brackets or before a bracket, dash or the line's end.
REPEATED_AFTER_DASH = expression(
    rf"""(?x)
    {BLANKS}
    (?: \({BLANKS}{_BIS}{BLANKS}([0-9]{{1,2}})?{BLANKS}\)
      | {_BIS}{BLANKS}([0-9]{{1,2}})?{BLANKS}(?=[{DASHES}(\[:]|\Z|\n) )
    """
)
# «ماده ۲- مکرر هرگاه …»: as likely the number's as the sentence's.
PERHAPS_REPEATED = expression(f"{BLANKS}{_BIS}{BLANKS}([0-9]{{1,2}})?{BLANKS}")
SAME_AGAIN = expression(f"{BLANKS}\\({BLANKS}([0-9]{{1,4}}){BLANKS}\\)")
SINGLE = expression(f"{BLANKS}{_label_word(data()['units']['single_word'])}")
IN_BRACKETS = expression(f"{BLANKS}[(\\[]({BLANKS}[^()\\[\\]\n]{{2,120}})[)\\]]")
AFTER_SENTENCE = expression("(?<=[.؛:!؟»)])[ \u200c]+(?=\\S)")


@cache
def unit_at() -> re.Pattern[str]:
    """Return the pattern for a unit's name, as group 2, or as group 1 in «ماده‌ی», «ماده‌واحده»."""
    spelt = "|".join(map(re.escape, sorted(unit_words(), key=len, reverse=True)))
    joined = f"(?={ZWNJ}?{words('units', 'single_word')})"
    ending = words("units", "ezafe")
    ezafe = f"{ZWNJ}?{ending}|[ ]{ending}(?={BLANKS}[(\\[]?[0-9])"
    return expression(f"(?:({spelt})(?:{joined}|{ezafe}))|({_label_word(unit_words())})")


@cache
def status_word() -> re.Pattern[str]:
    """Return the pattern for «الحاقی» between a unit and its number or dash, as group 1: «تبصره الحاقی (۱۳۸۵/۲/۳) ۲ –»."""
    day = "[(\\[][^()\\[\\]\n]{0,40}[0-9]{4}[^()\\[\\]\n]{0,40}[)\\]]"
    return expression(f"{BLANKS}({words('status', 'between')}(?:{BLANKS}{day})?){BLANKS}(?=[0-9(\\[:{DASHES}])")


def unit_of(word: re.Match[str]) -> str:
    """Return the unit that a match of `unit_at` names."""
    return unit_words()[re.sub("[ \u200c]", "", word[1] or word[2])]


@cache
def label_inside_line() -> re.Pattern[str]:
    """Return the pattern for what a line has that may hold a label after a sentence."""
    unit = _label_word(unit_words())
    return expression(f"[.؛:!؟»)][ {ZWNJ}]+(?:{unit}|[0-9]{{1,3}}|{FIRST_NAME}{WORD_END}|{LETTER}){BLANKS}[{DASHES})0-9]")
