"""The numbers of a session: ordinals before its word, «سی و پنجمین جلسه», or numbers after it, «جلسات ۳۶ تا ۴۰»."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.sessions.session_bodies import in_term
from parsers.facts.sessions.session_words import around, is_word
from parsers.grammar.blanks import EZAFE, GAP, LETTER, WORD_END
from parsers.grammar.calendar_words import vocabulary
from parsers.grammar.clause_numbers import number_at
from parsers.grammar.counting import counts
from parsers.grammar.joints import AND, COMMA, TO
from parsers.grammar.names import key_of
from parsers.grammar.number_lists import Numbers, drop_last, numbers_at
from parsers.grammar.number_ranges import expand
from parsers.grammar.ordinals import ordinal_before
from parsers.grammar.words_around import cue, previous_word

if TYPE_CHECKING:
    import re

    from parsers.facts.sessions.session_words import SessionWord
    from parsers.grammar.clause_numbers import Style

_CLOSING = expression(f"{GAP}[)]")
# «پنجمین، ششمین و هفتمین | جلسه», «پنجمین تا | هفتمین جلسه».
_JOINT_BEFORE = expression(f"{GAP}(?:(?P<comma>{COMMA})|(?P<to>{TO})|{AND}){GAP}\\Z")
_BLANKS_BEFORE = expression(f"{GAP}\\Z")
_JOINT_REACH = 20
# «نشست ۲۰۱۸ مجمع جهانی …»: a year; councils that sit every week may well have a session ۱۳۴۵.
_YEAR_NUMBER = expression("1[34][0-9]{2}|(?:19|20)[0-9]{2}")
_MAX_ORDINALS = 12
_LAST_HOUR = 12


@dataclass(frozen=True, slots=True)
class SessionNumbers:
    """The numbers of a session after its word, and where they end; `rule` is `number` or `number_sign`.

    `style` is how the first one is written.
    """

    values: tuple[int, ...]
    end: int
    rule: str
    style: Style


def ordinals_before(folded: str, start: int) -> tuple[tuple[int, ...], int]:
    """Return the ordinals before a session's word, «پنجمین تا هفتمین جلسه», and where they begin; without any, `start`."""
    values: list[int] = []
    begin, to = start, False
    end = _end_of_word_before(folded, start)
    while (found := ordinal_before(folded, end)) is not None and len(values) < _MAX_ORDINALS:
        values[:0] = range(found[0], values[0]) if to and found[0] < values[0] else [found[0]]
        begin = found[1]
        joint = _JOINT_BEFORE.search(folded, max(0, begin - _JOINT_REACH), begin)
        if joint is None or (joint["comma"] and len(values) < 2):
            break
        end, to = joint.start(), joint["to"] is not None
    return tuple(values), begin


def numbers_after(folded: str, word: SessionWord, at: int) -> SessionNumbers | None:
    """Return the numbers of «جلسه ۳۵», «جلسه شماره (۳۰۸)»; None for a count, an hour or a year. `at`: after its adjectives."""
    sign = _number_sign().match(folded, at)
    numbers = numbers_at(folded, sign.end() if sign else at, plural=word.plural, articles=True)
    if numbers is None or any(item.style not in ("digits", "ordinal", "cardinal") for item in numbers.items):
        return None
    if is_word(word.word, "assemblies", "meetings") and not (word.plural or sign) and _is_year(numbers):
        return None
    if _month().match(folded, numbers.end):  # «جلسه ۴۲۵، ۱۸ مهر», «نشست ۸ می»
        shorter = drop_last(numbers)
        if shorter is None:
            return None
        numbers = shorter
    year = _in_year().match(folded, numbers.end)
    if _is_no_number(folded, numbers) and not year:
        return None
    closing = _CLOSING.match(folded, numbers.end) if sign and "(" in sign[0] else None
    end = year.end() if year else closing.end() if closing else numbers.end
    values = tuple(value for value in expand(numbers.items) if isinstance(value, int))
    return SessionNumbers(values, end, "number_sign" if sign else "number", numbers.items[0].style)


def has_number_sign(folded: str, at: int) -> bool:
    """Return whether «شماره» follows."""
    return _number_sign().match(folded, at) is not None


def is_counted(folded: str, start: int) -> bool:
    """Return whether a session's word is counted or part of a compound: «۳۶ جلسه», «سی جلسه», «صورت جلسه», «این جلسه»."""
    if _other_number().search(folded, max(0, start - 40), start):
        return False
    before = _end_of_word_before(folded, start)
    if before and folded[before - 1].isdigit():
        return True
    word = previous_word(folded, start)
    if word is None:
        return False
    number = number_at(word, 0)
    return key_of(word) in cue("sessions.cues", "before") or (number is not None and number.style == "cardinal")


def _is_no_number(folded: str, numbers: Numbers) -> bool:
    """Return a count, a duration, an hour («جلسه ۱۰ صبح»), a formula («نشست ۵+۱»)."""
    value = numbers.items[-1].value
    hour = isinstance(value, int) and value <= _LAST_HOUR and _hour().match(folded, numbers.end) is not None
    counted = counts(folded, numbers.end, cardinal=False) and not in_term(folded, numbers.end)
    return hour or folded.startswith("+", numbers.end) or counted


def _is_year(numbers: Numbers) -> bool:
    return _YEAR_NUMBER.fullmatch(str(numbers.items[0].value)) is not None


def _end_of_word_before(folded: str, start: int) -> int:
    found = _BLANKS_BEFORE.search(folded, max(0, start - _JOINT_REACH), start)
    return found.start() if found else start


@cache
def _number_sign() -> re.Pattern[str]:
    return expression(f"{GAP}[(]?{around('number_sign')}{EZAFE}:?")


@cache
def _in_year() -> re.Pattern[str]:
    return expression(f"{GAP}{around('in_year')}{GAP}[0-9]{{2,4}}(?![0-9/-])")


@cache
def _hour() -> re.Pattern[str]:
    return expression(f"{GAP}{around('hours')}")


@cache
def _other_number() -> re.Pattern[str]:
    """«مصوبه شماره یک | جلسه ۳۵»: the number is the resolution's."""
    return expression(f"{around('other_numbers')}{GAP}[(]?(?:[0-9/]+|{LETTER}+)[)]?{GAP}\\Z")


@cache
def _month() -> re.Pattern[str]:
    return expression(f"{GAP}(?:{vocabulary().month})(?:{GAP}{around('month')})?{WORD_END}")
