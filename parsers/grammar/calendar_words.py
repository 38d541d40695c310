"""The words and patterns of dates, compiled once from `dates.toml`. All of them match text folded by `letters.fold`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.lexicon import LexiconError, load, words
from parsers.persian.letters import ZWNJ
from parsers.persian.numbers import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GAP = f"[ {ZWNJ}]{{0,3}}"
# «هفتهٔ», «هفته‌ی» before what belongs to it, then the gap.
EZAFE = f"(?:ٔ|{GAP}ی(?![^\\W\\d_]))?{GAP}"
LETTER = "[^\\W\\d_]"
# Not inside a word: no letter, no harakat, no ZWNJ that joins to a letter.
LEFT = f"(?<![^\\W\\d_])(?<!{LETTER}{ZWNJ})"
RIGHT = f"(?![^\\W\\d_\u064b-\u0652]|[\u064b-\u0652]|{ZWNJ}{LETTER})"
TIME = "(?<![0-9:/.-])(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])"
_ERA_WORD = f"(?:هجری{GAP})?(?:شمسی|خورشیدی|قمری|میلادی|هجری{GAP}(?:شمسی|قمری)){RIGHT}"
ERA = (
    f"{GAP}\\({GAP}{_ERA_WORD}{GAP}\\)|{GAP}{_ERA_WORD}"
    f"|{GAP}ه[\u0640\u200d]?\\.?{GAP}[شق]\\.?{RIGHT}|{GAP}[قش](?![^\\W\\d_]|\\.[^\\W\\d_])"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A month's or season's calendar and number."""

    calendar: str
    number: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in their folded spelling without gaps, to what they mean; and the patterns that find them all."""

    months: Mapping[str, Named]
    seasons: Mapping[str, int]
    weekdays: Mapping[str, int]
    days: Mapping[str, int]
    periods: Mapping[str, tuple[str, int]]
    kinds: Mapping[str, str]
    trigger: re.Pattern[str]
    absolute_trigger: re.Pattern[str]
    weekday: str
    month: str
    season: str
    day: str
    cues: Mapping[str, re.Pattern[str]]


def key(text: str) -> str:
    """A word without its gaps, in lower case."""
    return text.replace(" ", "").replace(ZWNJ, "").lower()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, built once. Raises LexiconError."""
    table = load("dates")
    months = {
        key(word.replace("~", "")): Named(calendar, number)
        for calendar in ("jalali", "gregorian", "hijri")
        for word, number in _pairs(table, calendar)
    }
    seasons = {key(word): number for word, number in _pairs(table, "seasons")}
    weekdays = {key(word.replace("~", "")): number for word, number in _pairs(table, "weekdays")}
    days = {key(word.replace("~", "")): number for word, number in _pairs(table, "days")}
    periods = {
        key(word.replace("~", "")): (unit, number)
        for unit in ("week", "month", "year")
        for word, number in _pairs(table["periods"], unit)
    }
    weekday = _any(word for word, _ in _pairs(table, "weekdays"))
    units, directions = ("روز", "هفته", "ماه", "سال"), ("پیش", "قبل", "بعد", "دیگر", "آینده")
    counted = [form for unit in units for when in directions for form in _with_ezafe(f"{unit} {when}")]
    kinds = {key(word.replace("~", "")): "ago" for word in counted}
    kinds |= dict.fromkeys(months, "month") | dict.fromkeys(seasons, "season") | dict.fromkeys(weekdays, "weekday")
    rare = {key(word.replace("~", "")) for word in words(table, "rare_months", "dates.toml")}
    kinds |= dict.fromkeys(rare, "rare month")
    kinds |= dict.fromkeys([*days, *periods], "relative")
    kinds |= dict.fromkeys(("سال", "مصوب"), "year") | dict.fromkeys(("دهه", "دههٔ"), "decade")
    cues = {
        name: re.compile(f"(?:{_any(words(table['cues'], name, 'dates.toml: cues'))})", re.IGNORECASE) for name in table["cues"]
    }
    tables = [(table, name) for name in ("jalali", "gregorian", "hijri", "seasons", "weekdays", "days")]
    tables += [(table["periods"], unit) for unit in table["periods"]]
    spellings = [word for source, name in tables for word, _ in _pairs(source, name)]
    spellings += [*counted, "سال", "مصوب", "دهه", "دههٔ"]
    absolute = [word for word in spellings if kinds[key(word.replace("~", ""))] not in ("ago", "relative", "weekday")]
    return Vocabulary(
        months=months,
        seasons=seasons,
        weekdays=weekdays,
        days=days,
        periods=periods,
        kinds=kinds,
        trigger=_trigger(spellings, kinds),
        absolute_trigger=_trigger(absolute, kinds),
        weekday=weekday,
        month=_any(word for word in _spelt(table, "jalali", "gregorian", "hijri") if key(word.replace("~", "")) not in rare),
        season=_any(_spelt(table, "seasons")),
        day=_day_pattern(),
        cues=cues,
    )


@cache
def weekday_before() -> re.Pattern[str]:
    """A weekday, as group 1, that stands right before a date: search with the date's start as the end."""
    return re.compile(f"{LEFT}({vocabulary().weekday}){GAP}(?:[،,/|(–-]{GAP})?(?:مورخ{GAP}|مورخه{GAP}|تاریخ{GAP})?\\Z")


def ends_with_cue(name: str, window: str) -> bool:
    """Whether a piece of text ends with one of the words of a cue, whole."""
    return any(
        found.end() == len(window) and (found.start() == 0 or not window[found.start() - 1].isalpha())
        for found in vocabulary().cues[name].finditer(window)
    )


def _pairs(table: Mapping[str, Any], name: str) -> list[tuple[str, int]]:
    entries = table.get(name)
    if not isinstance(entries, dict):
        raise LexiconError(f"dates.toml: {name}: must be a table of words")
    return [(form, int(number)) for number, spellings in entries.items() for word in spellings for form in _with_ezafe(word)]


def _spelt(table: Mapping[str, Any], *names: str) -> list[str]:
    return [word for name in names for word, _ in _pairs(table, name)]


def _with_ezafe(word: str) -> tuple[str, ...]:
    """«هفته گذشته», «هفتهٔ گذشته», «هفته‌ی گذشته»."""
    return (word, word.replace("ه ", "هٔ "), word.replace("ه ", "ه~ی ")) if "ه " in word else (word,)


def _any(spellings: Iterable[str]) -> str:
    """An alternation, longest first, each "~" and blank a gap."""
    longest_first = sorted(set(spellings), key=len, reverse=True)
    return "|".join(re.escape(word).replace("\\~", "~").replace("~", GAP).replace("\\ ", GAP) for word in longest_first)


_TAILS = {
    "rare month": f"(?={GAP}(?:ماه{GAP})?(?:سال{GAP})?[0-9])",
    "month": f"(?:{RIGHT}|(?={GAP}ماه{RIGHT})|(?=[0-9]))",
    "year": f"(?=(?:{GAP}های)?{GAP}[0-9'’هیدسچپشن])",
    "decade": f"(?={GAP}(?:ی{GAP})?[^\\W_])",
}


def _trigger(spellings: Iterable[str], kinds: Mapping[str, str]) -> re.Pattern[str]:
    """What may begin a date in letters, as group 1, behind the character that sets it off from the word before.

    The engine tries a place only behind such a character, and there one path through a tree of letters.
    """
    tree: dict[str, Any] = {}
    for word in spellings:
        node = tree
        for letter in word.replace(" ", "~"):
            node = node.setdefault(letter, {})
        node[""] = _TAILS.get(kinds[key(word.replace("~", ""))], "")
    persian = {letter: node for letter, node in tree.items() if not letter.isascii()}
    english = {letter: node for letter, node in tree.items() if letter.isascii()}
    first = "".join(english)
    rest = "|".join(f"(?<={letter}){_branch(node)}" for letter, node in english.items())
    latin = f"|[{first}{first.lower()}](?i:{rest})" if english else ""
    return re.compile(f"(?:[^\u0620-\u064a\u066e-\u06d3A-Za-z]|\\A)({_branch(persian)}{latin})")


def _branch(node: Mapping[str, Any]) -> str:
    """A tree of letters as a pattern; the longer word comes first."""
    branches = [(GAP if letter == "~" else re.escape(letter)) + _branch(under) for letter, under in node.items() if letter]
    if "" in node:
        branches.append(node[""])
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _day_pattern() -> str:
    """Days of a month, 1 to 31: digits with or without «ام», ordinal and cardinal words."""
    units = ["یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم", "هفتم", "هشتم", "نهم"]
    small = ["اول", "نخست", *units, "دهم", "یازدهم", "دوازدهم", "سیزدهم", "چهاردهم", "پانزدهم", "شانزدهم", "هفدهم", "هجدهم",
             "هیجدهم", "نوزدهم", "بیستم", f"سی{GAP}(?:ا|اُ|أ)م"]  # fmt: skip
    joint = f"{GAP}و{GAP}"
    compounds = [f"بیست{joint}(?:{'|'.join(units)})", f"سی{joint}(?:یکم)"]
    cardinal = ["یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده", "سیزده", "چهارده", "پانزده",
                "شانزده", "هفده", "هجده", "نوزده", "بیست", "سی"]  # fmt: skip
    pairs = [f"بیست{joint}(?:{'|'.join(cardinal[:9])})", f"سی{joint}یک"]
    worded = "|".join([*compounds, *sorted(small, key=len, reverse=True), *pairs, *sorted(cardinal, key=len, reverse=True)])
    return f"(?:(?<![0-9/.:,٬٫-])[0-9]{{1,2}}(?:{GAP}(?:ا|اُ)?م(?:ین)?)?|{LEFT}(?:{worded}))"


def day_number(text: str) -> int | None:
    """The number of a day as printed."""
    digits = re.match("[0-9]{1,2}", text)
    return int(digits[0]) if digits else parse_number(text)
