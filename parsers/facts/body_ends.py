"""Where the name of a body ends that is not listed: «کمیسیون فرهنگی | ابتدا لایحه را بررسی کرد».

A name runs as far as a title would (`parsers.grammar.title_end`), but not into what its meeting deals with, an office, another
body, or beyond the place whose body it is. The words stand in `lexicon/bodies.toml`, `[ends]`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, LETTER, WORD_END
from parsers.grammar.calendar_words import vocabulary
from parsers.grammar.joints import AND
from parsers.grammar.names import any_of, key_of
from parsers.grammar.title_end import bare_end
from parsers.grammar.title_evidence import opens_clause
from parsers.grammar.verbs import is_light
from parsers.grammar.words_around import cue, next_word
from parsers.lexicon import load
from parsers.persian.letters import fold
from parsers.persian.numbers import match_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_AND = expression(f"{GAP}{AND}")
_MAX_WORDS = 9
_ENDS = load("bodies")["ends"]
_LONG_A: str = _ENDS["before_copula"]
_INDEFINITE = (f"\u200c{_ENDS['indefinite']}", f" {_ENDS['indefinite']}")
_NO_NAMES = tuple(f"\u200c{ending}" for ending in _ENDS["no_names"])
_THAT = expression(f"{GAP}{any_of(load('titles')['clauses']['that'])}")
_ADJECTIVE = expression(f"{LETTER}{{3,}}(?:{'|'.join(load('bodies')['ends']['adjective_endings'])})")


def name_end(folded: str, head_end: int) -> int:
    """Return where the name ends whose first word, «شورای», ends at `head_end`; `head_end` itself where no name follows."""
    numbered = _numbered().match(folded, head_end)
    if numbered is not None:
        return numbered.end()
    first = next_word(folded, head_end)
    if first is not None and (key_of(first[0]) in cue("bodies.ends", "never_first") or _is_some_topic(first[0])):
        return head_end
    end = _with_adjective(folded, bare_end(folded, head_end, limit=_MAX_WORDS), head_end)
    end = _with_subject_of_saying(folded, end, head_end)
    meeting = _meeting().search(folded, head_end, end)
    return _cut(folded, head_end, meeting.start() if meeting else end)


def with_country(folded: str, end: int) -> int:
    """Return the end of a name with «کشور» after it."""
    country = _country().match(folded, end)
    return country.end() if country else end


def place_end(folded: str, at: int) -> int | None:
    """Return the end of the place that follows a name, «استان یزد», «آذربایجان شرقی», «استان»; None where none follows."""
    found = next_word(folded, at)
    if found is not None and key_of(found[0]) in cue("bodies.ends", "places"):
        return _named_place_end(folded, found[2]) or found[2]
    province = _province().match(folded, at)
    return province.end() if province else None


def is_indefinite(folded: str, end: int) -> bool:
    """Return whether the name that ends at `end` is none: «هیئت رئیسه‌ای که …»; «کمیته حرفه‌ای» is one."""
    return folded.endswith(_INDEFINITE, 0, end) and _THAT.match(folded, end) is not None


def _with_adjective(folded: str, end: int, head_end: int) -> int:
    """«فراکسیون نمایندگان | ولایی»: an adjective that opens clauses elsewhere still belongs to a name."""
    found = next_word(folded, end) if end > head_end else None
    if found is None or not opens_clause(found[0]) or not _ADJECTIVE.fullmatch(found[0]):
        return end
    following = next_word(folded, found[2])
    if (following and is_light(following[0])) or any(key_of(found[0]) in words for words in _no_nouns()):
        return end
    return max(found[2], bare_end(folded, found[2], limit=_MAX_WORDS))


def _with_subject_of_saying(folded: str, end: int, head_end: int) -> int:
    """«کمیته امداد استان | اردبیل گفت», «اتحادیه طلا | و جواهر گفت»: the noun before «گفت» is the name's, not the verb's."""
    if end == head_end:
        return end
    joint = _AND.match(folded, end)
    noun = next_word(folded, joint.end() if joint else end)
    following = next_word(folded, noun[2]) if noun else None
    if noun is None or following is None or key_of(following[0]) not in cue("bodies.ends", "sayings"):
        return end
    return end if any(key_of(noun[0]) in words for words in _no_nouns()) else noun[2]


def _cut(folded: str, head_end: int, end: int) -> int:
    """Return the end of the name in head_end..end: before a word that no name holds, or after its place."""
    previous, previous_end = "", head_end
    for word, word_end in _words(folded, head_end, end):
        if previous and _ends_before(folded, word, word_end, previous):
            return previous_end
        if previous and key_of(word) in cue("bodies.heads", "parliament_words"):
            parliament = _parliament_end(folded, word_end)
            if parliament is not None:
                return parliament
        if key_of(word) in cue("bodies.ends", "places"):
            place = _named_place_end(folded, word_end)
            if place is not None and place <= end:
                return place
        if key_of(word) in cue("bodies.heads", "country"):
            return word_end
        previous, previous_end = key_of(word), word_end
    return _with_day(folded, previous, end)


def _parliament_end(folded: str, end: int) -> int | None:
    """Return where a name ends whose parliament ends at `end`: there, or after its country or number; None if it goes on.

    «هیئت رئیسه مجلس | حق دارد», «فراکسیون امید مجلس یازدهم | پنج نفر …», «کمیسیون اقتصادی مجلس شورای …».
    """
    country = country_after().match(folded, end)
    if country is not None:
        return country.end()
    following = next_word(folded, end)
    if following is None or key_of(following[0]) in cue("bodies.heads", "parliament_goes_on"):
        return None
    return following[2] if following[0].endswith(_ordinal_ending()) and match_number(following[0], 0) else end


@cache
def _ordinal_ending() -> str:
    ending: str = load("clause_numbers")["ordinal_endings"][0]
    return ending


@cache
def country_after() -> re.Pattern[str]:
    """Return the country after a name; in «پارلمان اروپاست» it ends before the verb."""
    countries = load("instruments")["anaphora"]["countries"]
    open_ended = "|".join(re.escape(fold(name)) for name in countries if name.endswith(_LONG_A))
    copula = load("titles")["verbs"]["copula"][-1]
    return expression(f"{GAP}(?:{any_of(countries)}|(?:{open_ended})(?={copula}{WORD_END}))")


def _words(folded: str, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Words with the places where they end."""
    at = start
    while (found := next_word(folded, at)) is not None and found[2] <= end:
        yield found[0], found[2]
        at = found[2]


def _ends_before(folded: str, word: str, word_end: int, previous: str) -> bool:
    key = key_of(word)
    if key in cue("bodies.ends", "spans"):
        following = next_word(folded, word_end)
        return following is not None and key_of(following[0]) in cue("bodies.ends", "which_span")
    if _is_count(folded, word, word_end) or word.endswith(_NO_NAMES):  # «ستاد کرونا | اعلام‌شده», «وزارت نیرو | مهم‌ترین خبر»
        return True
    if _is_some_topic(word):  # «وزارت نیرو | گزارشی ارائه کرد»
        return True
    if key in cue("bodies.ends", "topics"):
        return previous not in cue("bodies.ends", "takes_topic")
    if previous in cue("bodies.ends", "takes_topic"):
        return False
    if _AND.fullmatch(word):
        following = next_word(folded, word_end)
        return following is not None and key_of(following[0]) in cue("bodies.ends", "others")
    return key in cue("bodies.ends", "words")


def _is_some_topic(word: str) -> bool:
    """Return whether a word is a topic in an indefinite or plural form: «گزارشی», «طرح‌هایی», «گزارش‌ها»."""
    key = key_of(word)
    ending = next((ending for ending in _ENDS["topic_endings"] if key.endswith(ending)), "")
    return bool(ending) and key.removesuffix(ending) in cue("bodies.ends", "topics")


def _is_count(folded: str, word: str, word_end: int) -> bool:
    """«… مجلس | پنج نفر نامزد شدند»: what is counted is no part of a name."""
    number = match_number(word, 0)
    if number is None or number.end < len(word) or word.endswith(_ordinal_ending()):
        return False
    counted = next_word(folded, word_end)
    return counted is not None and key_of(counted[0]) in cue("bodies.ends", "counted")


def _named_place_end(folded: str, at: int) -> int | None:
    """Return the end of the place after «شهر», «استان»; None where none follows: «شهر و روستا»."""
    long = _long_place().match(folded, at)
    if long is not None:
        return long.end()
    found = next_word(folded, at)
    if found is None or key_of(found[0]) in cue("bodies.ends", "no_places"):
        return None
    return None if match_number(found[0]) or any(key_of(found[0]) in words for words in _no_nouns()) else found[2]


@cache
def _no_nouns() -> tuple[frozenset[str], ...]:
    """Return what is no noun of a name."""
    kinds = [cue("titles.words", kind) for kind in ("stop", "prepositions", "light")]
    joints = frozenset(key_of(word) for word in load("joints")["and"])
    return (*kinds, cue("bodies.ends", "words"), cue("bodies.heads", "country"), joints)


def _with_day(folded: str, last: str, end: int) -> int:
    """«کمیته مراسم | ۲۲ بهمن»: a day that is part of the name."""
    day = _day().match(folded, end) if last in cue("bodies.ends", "days_of") else None
    return day.end() if day else end


@cache
def _day() -> re.Pattern[str]:
    return expression(f"{GAP}[0-9]{{1,2}}{GAP}(?:{vocabulary().month})(?:{GAP}{any_of(load('bodies')['ends']['month'])})?")


@cache
def _long_place() -> re.Pattern[str]:
    return expression(f"{GAP}{any_of(load('bodies')['ends']['long_places'])}")


@cache
def _province() -> re.Pattern[str]:
    return expression(f"{GAP}{any_of(load('bodies')['ends']['provinces'])}")


@cache
def _numbered() -> re.Pattern[str]:
    """«کمیسیون | ماده ۵», «کمیسیون | اصل ۸۸»: called by the clause that founds it."""
    return expression(f"{GAP}{any_of(load('bodies')['ends']['founded_by'])}{GAP}[(]?[0-9]{{1,3}}(?![0-9/-])[)]?")


@cache
def _country() -> re.Pattern[str]:
    return expression(f"{GAP}{any_of(load('bodies')['heads']['country'])}")


@cache
def _meeting() -> re.Pattern[str]:
    """«شورای شهر رشت | غیرعلنی برگزار شد»."""
    return expression(f"{GAP}(?<!\\w){any_of(load('bodies')['heads']['meeting'])}")
