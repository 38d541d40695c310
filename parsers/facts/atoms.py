"""Numbers of clauses: one, a list, or a range, as they stand after «بند» or «ماده».

    list  := item (sep item)*            sep  := ، , و یا          range := تا الی لغایت لغایه -
    item  := bracket? number bracket? مکرر?
    number := digits | dotted (4-4, 3.2, 5/1) | words with or without the digits in brackets | letter (الف, ب …)

All positions are into folded text. Everything is matched left to right at one place; nothing is searched for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from parsers.persian.numbers import match_number

Style = Literal["digits", "dotted", "ordinal", "cardinal", "letter"]

GAP = "[ \u200c\u0640\u200e\u200f\u00ad]{0,4}"
_OPEN = re.compile(GAP + "([«\"'“‘(\\[{])" + GAP)
_CLOSE = re.compile(GAP + "([»\"'”’)\\]}])")
_PAIRS = {"«": "»", '"': '"', "'": "'", "“": "”", "‘": "’", "(": ")", "[": "]", "{": "}"}
_SKIP = re.compile(GAP)
_DIGITS = re.compile("[0-9]{1,6}(?:[-–ـ./٫][0-9]{1,4}){0,4}(?![0-9]|[-–./٫,،٬]0[0-9]{2}(?![0-9])|[-–ـ./٫][0-9])")
_SUFFIX = re.compile(f"{GAP}(?:اُ|ا)?م(?:ین)?(?!\\w)")
_LETTER = re.compile(
    "(?:الف|ه[\u0640\u200d]{0,2}|[بپتثجچحخدذرزژسشصضطظعغفقکگلمنیآ])(?![\\w\u064b-\u0654]|\u200c\\w|\\.[^\\W\\d_])"
)
_VAV = re.compile("و(?!\\w|\u200c\\w)")
_BIS = re.compile(f"{GAP}[-(]?{GAP}مکرر(?!\\w|\u200c\\w){GAP}\\)?(?:{GAP}\\(?{GAP}([0-9]{{1,2}})(?![0-9]){GAP}\\)?)?")
_SEP = re.compile(f"{GAP}(?:[،,؛]{GAP}(?:(?:و|یا)(?!\\w)|){GAP}|(?:و|یا)(?!\\w)|و(?=[0-9]))")
_TO = re.compile(f"{GAP}(?:(?:تا|الی|لغایت|لغایه|ل?غایة)(?![^\\W\\d_])|[-–—]){GAP}")
_ADJECTIVE = re.compile("(?:[ \u200c]?و[ \u200c]?[^\\W\\d_]+?)?ی(?!\\w)")
_LETTERED = re.compile("[-–](الف|[بپتثجچحخد])(?![\\w\u064b-\u0654\u200c])")
_SUB = re.compile("[-–ـ/][0-9]{1,3}(?![0-9])")
_SPACED_SUB = re.compile("[ \u200c]?[-–ـ][ \u200c]?[0-9]{1,3}(?![0-9])")  # «بند «ب ـ ۲۱»»

_LAST_PART = re.compile("([0-9][0-9./-]*[./-])([0-9]{1,3})")
_SIGNS = str.maketrans("–ـ٫", "--.")

ABJAD = "ابجدهوزحطیکلمنسعفصقرشتثخذضظغ"
ALPHABET = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_MAX_RANGE = 400


@dataclass(frozen=True, slots=True)
class Item:
    """One number of a clause as printed; `until` is the other end of a range."""

    value: int | str
    start: int
    end: int
    style: Style
    until: int | str | None = None
    bracketed: bool = False


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of numbers; `end` includes closing brackets."""

    items: tuple[Item, ...]
    end: int


def numbers_at(folded: str, at: int, *, plural: bool = False, articles: bool = False) -> Numbers | None:
    """The list of numbers that begins at `at` (blanks and one opening bracket skipped), or None.

    `plural` and `articles` tell what a hyphen means: «مواد ۷۲۹-۷۳۱» is a range, «بند ۴-۴» one clause.
    """
    enclosed = _enclosed_list(folded, at, plural=plural, articles=articles)
    if enclosed is not None:
        return enclosed
    first = _item(folded, at)
    if first is None:
        return None
    items = _more(folded, first, plural=plural)
    return Numbers(tuple(_hyphens(items, plural=plural, articles=articles)), items[-1].end)


def expand(items: tuple[Item, ...]) -> tuple[int | str, ...]:
    """All numbers of a list, ranges filled in."""
    values: list[int | str] = []
    for item in items:
        values.extend([item.value] if item.until is None else _range(item.value, item.until))
    return tuple(dict.fromkeys(values))


def drop_last(numbers: Numbers) -> Numbers | None:
    """The list without its last number, or the range without its end; None when nothing is left."""
    *rest, last = numbers.items
    if last.until is not None:
        rest.append(replace(last, until=None, end=last.start + len(str(last.value))))
    return Numbers(tuple(rest), rest[-1].end) if rest else None


def _enclosed_list(folded: str, at: int, *, plural: bool, articles: bool) -> Numbers | None:
    """«(۵ و ۶)», «(الف، ب و ج)»: more than one number in one pair of brackets."""
    opening = _OPEN.match(folded, at)
    if opening is None:
        return None
    first = _bare(folded, opening.end())
    if first is None:
        return None
    items = _more(folded, first, plural=plural)
    closing = _CLOSE.match(folded, items[-1].end)
    if len(items) == 1 and items[0].until is None:
        return None
    if closing is None or closing[1] != _PAIRS[opening[1]]:
        return None
    items = [replace(item, bracketed=True) for item in _hyphens(items, plural=plural, articles=articles)]
    return Numbers(tuple(items), closing.end())


def _more(folded: str, first: Item, *, plural: bool) -> list[Item]:
    """The list that `first` begins."""
    items = [_until(folded, first, plural=plural)]
    while True:
        separator = _SEP.match(folded, items[-1].end)
        following = _item(folded, separator.end(), in_list=True) if separator else None
        if following is None or not _go_together(items[0], following):
            return items
        items.append(_until(folded, following, plural=plural))


def _go_together(first: Item, other: Item) -> bool:
    if other.style == "cardinal":
        return first.style in ("cardinal", "ordinal")
    return (first.style == "letter") == (other.style == "letter") or other.bracketed or other.style == "dotted"


def _until(folded: str, item: Item, *, plural: bool) -> Item:
    """The item, with the end of the range that it begins; a hyphen between blanks is a range after a plural only."""
    to = _TO.match(folded, item.end)
    other = _item(folded, to.end()) if to else None
    if to is None or other is None:
        return item
    if item.style == other.style == "dotted" and to[0].strip(" \u200c") not in "-–—" and _dotted_range(item.value, other.value):
        return replace(item, until=other.value, end=other.end)
    if "dotted" in (item.style, other.style) or (other.style == "letter") != (item.style == "letter"):
        return item
    if to[0].strip(" \u200c") in "-–—" and not (plural or item.bracketed):
        return item
    if not _increasing(item.value, other.value):
        return item
    return replace(item, until=other.value, end=other.end)


def _increasing(low: int | str, high: int | str) -> bool:
    if isinstance(low, int) and isinstance(high, int):
        return low < high <= low + _MAX_RANGE
    return low != high


def _item(folded: str, at: int, *, in_list: bool = False) -> Item | None:
    opening = _OPEN.match(folded, at)
    if opening is None:
        item = _bare(folded, _skip(folded, at), in_list=in_list)
        return item and _with_echo(folded, item)
    second = _OPEN.match(folded, opening.end())
    inner = _bare(folded, (second or opening).end(), quoted=True)
    if inner is None:
        return None
    closing = _CLOSE.match(folded, inner.end)
    if closing is None or closing[1] != _PAIRS[(second or opening)[1]]:
        return inner if inner.style == "digits" and opening[1] in "([" and second is None else None
    end = closing.end()
    if second is not None:
        outer = _CLOSE.match(folded, end)
        if outer is None or outer[1] != _PAIRS[opening[1]]:
            return None
        end = outer.end()
    return _bis(folded, replace(inner, start=opening.start(1), end=end, bracketed=True))


def _bare(folded: str, at: int, *, in_list: bool = False, quoted: bool = False) -> Item | None:
    item = _digits(folded, at) or _words(folded, at) or _letter(folded, at, quoted=quoted, in_list=in_list)
    return item and _bis(folded, item)


def _digits(folded: str, at: int) -> Item | None:
    found = _DIGITS.match(folded, at)
    if found is None:
        return None
    text = found[0]
    lettered = _LETTERED.match(folded, found.end()) if text.isdigit() else None
    if lettered is not None:
        return Item(text + "-" + lettered[1], at, lettered.end(), "dotted")
    if folded[found.end() : found.end() + 1] == ":" and folded[found.end() + 1 : found.end() + 2].isdigit():
        return None
    if text.isdigit():
        suffix = _SUFFIX.match(folded, found.end())
        end = suffix.end() if suffix else found.end()
        return Item(int(text), at, end, "digits")
    if _is_date(text):
        return None
    return Item(text.translate(_SIGNS), at, found.end(), "dotted")


def _is_date(text: str) -> bool:
    parts = re.split("[-–ـ./]", text)
    if len(parts) != 3 or "/" not in text:
        return False
    return all(len(part) >= 2 for part in parts) or any(len(part) == 4 for part in parts)


def _words(folded: str, at: int) -> Item | None:
    found = match_number(folded, at)
    if found is None:
        return None
    value, end = found
    text = folded[at:end]
    ordinal = text.endswith(("م", "مین", "اول", "اولین", "نخست", "نخستین"))
    adjective = _ADJECTIVE.match(folded, end)
    longer = match_number(folded[at : adjective.end() - 1], 0) if adjective else None
    if adjective is not None and longer is not None and longer[1] == adjective.end() - 1 - at:
        return Item(longer[0], at, adjective.end(), "ordinal")
    return Item(value, at, end, "ordinal" if ordinal else "cardinal")


def _letter(folded: str, at: int, *, quoted: bool, in_list: bool) -> Item | None:
    found = _LETTER.match(folded, at)
    if found is None and (quoted or (in_list and _SEP.match(folded, at + 1))):
        found = _VAV.match(folded, at)
    if found is None:
        return None
    letter, end = found[0].rstrip("\u0640\u200d"), found.end()
    sub = (_SPACED_SUB if quoted else _SUB).match(folded, end)
    if sub is not None:
        return Item(letter + sub[0].translate(_SIGNS).replace(" ", "").replace("\u200c", ""), at, sub.end(), "letter")
    return Item(letter, at, end, "letter")


def _bis(folded: str, item: Item) -> Item:
    """The item with «مکرر» and the number that may follow it."""
    found = _BIS.match(folded, item.end)
    if found is None:
        return item
    end, again = found.end(), found[1]
    if "(" not in found[0] and ")" in found[0]:
        end = found.start() + found[0].index(")")
    value = f"{item.value} مکرر" + (f" {again}" if again else "")
    return replace(item, value=value, end=len(folded[:end].rstrip(" \u200c")))


def _with_echo(folded: str, item: Item) -> Item:
    """Words may be followed by the same number in digits, «هشتاد و پنجم (۸۵)», digits by words."""
    if not isinstance(item.value, int):
        return item
    opening = _OPEN.match(folded, item.end)
    echo = _bare(folded, opening.end()) if opening and opening[1] in "([" else None
    if echo is None or echo.value != item.value:
        return item
    closing = _CLOSE.match(folded, echo.end)
    return item if closing is None else replace(item, end=closing.end())


def _hyphens(items: list[Item], *, plural: bool, articles: bool) -> list[Item]:
    """Dotted numbers that are ranges: 3–4 digits increasing, or the only number of a plural unit."""
    return [_as_range(item, forced=plural and (articles or len(items) == 1)) for item in items]


def _as_range(item: Item, *, forced: bool) -> Item:
    if item.style != "dotted" or not re.fullmatch("[0-9]+-[0-9]+", str(item.value)):
        return item
    low, high = (int(part) for part in str(item.value).split("-"))
    if not low < high <= low + _MAX_RANGE or not (forced or low >= 100):
        return item
    return replace(item, value=low, until=high, style="digits")


def _dotted_range(low: int | str, high: int | str) -> list[int | str]:
    """«۱-۲ تا ۱-۵»: what lies between numbers that differ in their last part alone; empty where they differ in more."""
    first, last = (_LAST_PART.fullmatch(str(value)) for value in (low, high))
    if first is None or last is None or first[1] != last[1] or not int(first[2]) < int(last[2]) <= int(first[2]) + _MAX_RANGE:
        return []
    return [f"{first[1]}{number}" for number in range(int(first[2]), int(last[2]) + 1)]


def _range(low: int | str, high: int | str) -> list[int | str]:
    if isinstance(low, int) and isinstance(high, int):
        return list(range(low, high + 1))
    if between := _dotted_range(low, high):
        return between
    if isinstance(low, str) and isinstance(high, str):
        return _letters_between(low, high)
    return [low, high]


def _letters_between(low: str, high: str) -> list[int | str]:
    """Letters of a range, in the abjad order when its end is early in it (الف ب ج د ه و ز …), else in the alphabet's.

    «الف تا د» counts four clauses in older laws (abjad), «الف تا ت» four in the newer (alphabet).
    """
    first, last = (letter.replace("الف", "ا") for letter in (low, high))
    for order in (ABJAD[:14], ALPHABET):
        if len(first) == len(last) == 1 and first in order and last in order and order.index(first) < order.index(last):
            between = order[order.index(first) : order.index(last) + 1]
            return [("الف" if letter == "ا" else letter) for letter in between]
    return [low, high]


def _skip(folded: str, at: int) -> int:
    found = _SKIP.match(folded, at)
    return found.end() if found else at


_WORD_STARTS = re.compile("(?<![^\\W\\d_])[^\\W\\d_]")
_DIGIT_ORDINAL = re.compile(f"([0-9]{{1,4}}){GAP}(?:ا|اُ)?مین\\Z")


def ordinal_before(folded: str, end: int, *, reach: int = 60) -> tuple[int, int] | None:
    """(value, start) of the ordinal that ends at `end`: «سی و پنجمین», «۳۵امین», «نخستین»; the longest one."""
    low = max(0, end - reach)
    window = folded[low:end]
    digits = _DIGIT_ORDINAL.search(window)
    if digits is not None:
        return int(digits[1]), low + digits.start()
    if not window.endswith(("مین", "نخستین", "اولین")):
        return None
    for start in _WORD_STARTS.finditer(window):
        found = match_number(folded, low + start.start())
        if found is not None and found[1] == end:
            return found[0], low + start.start()
    return None
