"""The patterns by which an amending law says which clause it means, and in what way."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.joints import AND, COMMA, any_word
from parsers.law.vocabulary import instrument_words, unit_words, words

if TYPE_CHECKING:
    import re


@cache
def it() -> re.Pattern[str]:
    """Return the pattern for what points to the clause named last: «آن», «این ماده»."""
    return expression(f"{WORD_START}{words('amendments', 'them')}")


@cache
def as_number() -> re.Pattern[str]:
    """Return the pattern for what stands before the number of a new clause: «به عنوان»."""
    return expression(f"{words('amendments', 'as_number')}{GAP}\\Z")


@cache
def lists_laws() -> re.Pattern[str]:
    """Return the pattern for «قوانین زیر», «مقررات ذیل» in a sentence that repeals."""
    return expression(f"{words('amendments', 'laws_below')}|{words('amendments', 'as_follows')}")


@cache
def instrument_of() -> re.Pattern[str]:
    """Return the pattern for an instrument that a clause is about, right before it: «آیین‌نامه اجرایی موضوع»."""
    return expression(f"{WORD_START}{instrument_words()}{GAP}(?:[^\\W\\d_]{{2,12}}{GAP})?{words('amendments', 'about')}{GAP}\\Z")


@cache
def said_in() -> re.Pattern[str]:
    """Return the pattern for what makes a clause only the place of something: «مقرر در», at the end of a text."""
    return expression(f"{WORD_START}{words('amendments', 'said_in')}{GAP}\\Z")


@cache
def becomes() -> re.Pattern[str]:
    """Return the pattern for «به» before the number that a clause gets, at the end of a text."""
    return expression(f"{WORD_START}{words('amendments', 'becomes')}{GAP}\\Z")


@cache
def on_ground_of() -> re.Pattern[str]:
    """Return the pattern for what makes a clause only a reason: «به استناد», at the end of a text."""
    return expression(f"{words('amendments', 'on_ground_of')}{GAP}\\Z")


@cache
def joined() -> re.Pattern[str]:
    """Return the pattern for what joins two clauses of one law: «و», «،», «و همچنین»."""
    return expression(f"{GAP}(?:{words('amendments', 'and_also')}|{AND}|{COMMA}){GAP}")


@cache
def excepted() -> re.Pattern[str]:
    """Return the pattern for what follows «به جز» in a text up to its end, with no «و همچنین» between."""
    return expression(f"{WORD_START}{words('amendments', 'except')}(?:(?!{words('amendments', 'and_also')}).)*\\Z")


@cache
def within() -> re.Pattern[str]:
    """Return the pattern for «در» or «مذکور در» at the end of a text."""
    return expression(f"{WORD_START}{words('amendments', 'within')}{GAP}\\Z")


@cache
def one_more() -> re.Pattern[str]:
    """Return the pattern for «یک تبصره»; group 1 is the unit."""
    return expression(f"{WORD_START}{words('amendments', 'one')}{GAP}({any_word(unit_words())})")


@cache
def unit_of_it() -> re.Pattern[str]:
    """Return the pattern for «تبصره آن», «چهار تبصره ذیل آن»; group 1 is the unit."""
    return expression(
        f"{WORD_START}({any_word(unit_words())}){GAP}(?:{words('amendments', 'under')}{GAP})?{words('amendments', 'them')}"
    )
