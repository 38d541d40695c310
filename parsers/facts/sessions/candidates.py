"""What tells a session at its word: its ordinal before, its number or date behind; and what only looks alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.sessions.owners import in_term
from parsers.facts.sessions.session_dates import Days
from parsers.grammar.blanks import GAP
from parsers.grammar.calendar_words import vocabulary
from parsers.grammar.counting import counts
from parsers.grammar.names import any_of, key_of, starts_word
from parsers.grammar.number_lists import Numbers, drop_last, numbers_at
from parsers.grammar.number_ranges import expand
from parsers.grammar.ordinals import ordinal_before
from parsers.grammar.words_around import cue, previous_word
from parsers.lexicon import load
from parsers.persian.numbers import match_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import DateMention

# Every fifth letter is an alef, so that «اجلاس» is looked for by its second one.
_HEAD = re.compile(
    "(جلسات|جلسه|نشست|جلاسیه|جلاس)([ \u200c]?های?)?[\u064b-\u0654ء]{0,2}(?:[ \u200c]?ی(?![\\w\u200c]))?"
    "(?![^\\W\\d_]|\u200c[^\\W\\d_])"
)
_NUMBER_SIGN = re.compile(f"{GAP}[(]?(?:های{GAP})?شماره(?!\\w)(?:[ \u200c]?ی(?!\\w))?[\u0654ء]?{GAP}:?")
_YEAR = re.compile(f"{GAP}(?:در{GAP})?سال{GAP}[0-9]{{2,4}}(?![0-9/-])")
_HOUR = re.compile(f"{GAP}(?:صبح|شب|عصر|ظهر|بعدازظهر|بامداد)(?![\\w\u200c])")
_CLOSING = re.compile(f"{GAP}[)]")
# «پنجمین، ششمین و هفتمین جلسه», «پنجمین تا هفتمین جلسه».
_JOINT_BEFORE = re.compile(f"{GAP}(?:(?P<comma>،)|(?P<to>تا|الی|لغایت)|و){GAP}\\Z")
# «مصوبه شماره یک جلسه ۳۵»: the number is the resolution's.
_ANOTHER_NUMBER = re.compile(f"(?:شماره|شمارهٔ|بند){GAP}[(]?(?:[0-9/]+|[^\\W\\d_]+)[)]?{GAP}\\Z")
# «نشست ۲۰۱۸ مجمع جهانی …»: a year; councils that sit every week may well have a session ۱۳۴۵.
_YEAR_NUMBER = re.compile("1[34][0-9]{2}|(?:19|20)[0-9]{2}")
_MAX_ORDINALS = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A session in a text before its body is known; `style` tells by what it was recognized.

    `head_end` is where its word ends, if its date stands behind its body.
    """

    start: int
    end: int
    numbers: tuple[int, ...]
    date: str | None
    head: str
    style: str
    dated: bool
    head_end: int = 0


def find_marks(view: View, memory: Memory) -> Iterator[Mark]:
    """Sessions of a section in order; they do not overlap."""
    days, end = Days(view, memory), 0
    for head in _HEAD.finditer(view.folded):
        start = head.start() - (head[1].startswith("جلاس") and view.folded.endswith("ا", 0, head.start()))
        mark = _mark(view, head, start, days) if start >= end and starts_word(view.folded, start) else None
        if mark is not None and mark.start >= end:
            end = mark.end
            yield mark


def _mark(view: View, head: re.Match[str], start: int, days: Days) -> Mark | None:
    """The session at this word: its ordinal before, or its number after, and its date."""
    folded, word = view.folded, view.folded[start : head.end(1)]
    ordinals, begin = _ordinals(folded, start)
    if not ordinals and _refused(folded, start):
        return None
    modified = _modifiers().match(folded, head.end())
    end = modified.end() if modified else head.end()
    sign = _NUMBER_SIGN.match(folded, end)
    day = None if sign else days.at(head.end()) or days.at(end)
    if day is not None and day.precision in ("day", "range"):
        return _by_date(folded, days, day, begin, ordinals, word)
    if ordinals:
        return _by_ordinal(view, days, (begin, head.end(), end), ordinals, word)
    plural = word == "جلسات" or head[2] is not None
    numbered = _by_number(view, days, (start, end), sign, word, plural=plural)
    if numbered is not None:
        return numbered
    tail, iso = days.behind_body(view, begin, end)
    return Mark(begin, tail, (), iso, word, "marked", dated=True, head_end=end) if iso else None


def _by_ordinal(view: View, days: Days, places: tuple[int, int, int], ordinals: list[int], word: str) -> Mark:
    """«سی و پنجمین جلسه», with a date right behind it in the span; `places`: its beginning, its end, that of its adjectives."""
    begin, word_end, end = places
    tail, iso = days.after(end)
    tail = tail if iso else word_end
    iso = iso or days.behind_body(view, begin, end)[1] or days.behind_own(end)
    return Mark(begin, tail, tuple(ordinals), iso, word, "ordinal", iso is not None)


def _by_number(
    view: View, days: Days, span: tuple[int, int], sign: re.Match[str] | None, word: str, *, plural: bool
) -> Mark | None:
    """«جلسه ۳۵», «جلسات ۳۶ تا ۴۰», «جلسه شماره (۳۰۸)»; `span` is the word's, with its adjectives."""
    folded, (start, end) = view.folded, span
    numbers = numbers_at(folded, sign.end() if sign else end, plural=plural, articles=True)
    if numbers is None or not _numeric(numbers) or (word != "جلسه" and not (plural or sign) and _is_year(numbers)):
        return None
    if len(numbers.items) > 1 and _month().match(folded, numbers.end):  # «جلسه ۴۲۵، ۱۸ مهر»
        numbers = drop_last(numbers) or numbers
    tail, year = _tail(folded, numbers, sign), _YEAR.match(folded, numbers.end)
    if _not_a_number(folded, numbers) and not year:
        return None
    tail, iso = days.after(year.end() if year else tail)
    iso = iso or days.behind_body(view, start, tail)[1] or days.behind_own(tail)
    values = tuple(value for value in expand(numbers.items) if isinstance(value, int))
    style = "sign" if sign else numbers.items[0].style
    return Mark(start, tail, values, iso, word, style, iso is not None)


def _tail(folded: str, numbers: Numbers, sign: re.Match[str] | None) -> int:
    """Where the numbers end, with the bracket that opened before «شماره»."""
    closing = _CLOSING.match(folded, numbers.end) if sign and "(" in sign[0] else None
    return closing.end() if closing else numbers.end


def _by_date(folded: str, days: Days, day: DateMention, begin: int, ordinals: list[int], head: str) -> Mark | None:
    """A session told by its date alone, or with an ordinal before."""
    if day.precision != "day":
        return None
    end, iso = days.extend(day)
    marked = re.search("مورخ|تاریخ", folded[begin : day.start]) is not None
    return Mark(begin, end, tuple(ordinals), iso, head, "ordinal" if ordinals else "marked" if marked else "date", True)


@cache
def _month() -> re.Pattern[str]:
    return re.compile(f"{GAP}(?:{vocabulary().month})(?![^\\W\\d_]{{3}})")


@cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(f"(?:{GAP}{any_of(load('bodies')['session']['modifiers'])}){{0,3}}")


def _not_a_number(folded: str, numbers: Numbers) -> bool:
    """A count, a duration, an hour («جلسه ۱۰ صبح»), a formula («نشست ۵+۱»)."""
    value = numbers.items[-1].value
    hour = isinstance(value, int) and value <= 12 and _HOUR.match(folded, numbers.end) is not None
    counted = counts(folded, numbers.end, cardinal=False) and not in_term(folded, numbers.end)
    return hour or folded.startswith("+", numbers.end) or counted


def _numeric(numbers: Numbers) -> bool:
    return all(item.style in ("digits", "ordinal", "cardinal") for item in numbers.items)


def _is_year(numbers: Numbers) -> bool:
    return _YEAR_NUMBER.fullmatch(str(numbers.items[0].value)) is not None


def _ordinals(folded: str, start: int) -> tuple[list[int], int]:
    """Ordinals before the word, «پنجمین و ششمین جلسه», and where they begin."""
    values: list[int] = []
    begin, ranged = start, False
    end = len(folded[max(0, start - 4) : start].rstrip(" \u200c")) + max(0, start - 4)
    while (found := ordinal_before(folded, end)) is not None and len(values) < _MAX_ORDINALS:
        values[:0] = range(found[0], values[0]) if ranged and found[0] < values[0] else [found[0]]
        begin = found[1]
        before = _JOINT_BEFORE.search(folded, max(0, begin - 10), begin)
        if before is None or (before["comma"] and len(values) < 2):
            break
        end, ranged = before.start(), before["to"] is not None
    return values, begin


def _refused(folded: str, start: int) -> bool:
    """A count or a compound: «۳۶ جلسه», «سی جلسه», «صورت جلسه», «این جلسه»."""
    if _ANOTHER_NUMBER.search(folded, max(0, start - 40), start):
        return False
    before = folded[max(0, start - 4) : start].rstrip(" \u200c")
    if before and before[-1].isdigit():
        return True
    word = previous_word(folded, start)
    if word is None:
        return False
    return key_of(word) in cue("bodies.session", "before") or match_number(word, 0) is not None
