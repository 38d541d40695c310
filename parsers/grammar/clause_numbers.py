"""One number of a clause, as it stands after «بند» or «ماده».

    item   := bracket? number bracket? مکرر?
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
OPEN = re.compile(GAP + "([«\"'“‘(\\[{])" + GAP)
CLOSE = re.compile(GAP + "([»\"'”’)\\]}])")
PAIRS = {"«": "»", '"': '"', "'": "'", "“": "”", "‘": "’", "(": ")", "[": "]", "{": "}"}
_SKIP = re.compile(GAP)
_DIGITS = re.compile("[0-9]{1,6}(?:[-–ـ./٫][0-9]{1,4}){0,4}(?![0-9]|[-–./٫,،٬]0[0-9]{2}(?![0-9])|[-–ـ./٫][0-9])")
_SUFFIX = re.compile(f"{GAP}(?:اُ|ا)?م(?:ین)?(?!\\w)")
_LETTER = re.compile(
    "(?:الف|ه[\u0640\u200d]{0,2}|[بپتثجچحخدذرزژسشصضطظعغفقکگلمنیآ])(?![\\w\u064b-\u0654]|\u200c\\w|\\.[^\\W\\d_])"
)
_VAV = re.compile("و(?!\\w|\u200c\\w)")
_BIS = re.compile(f"{GAP}[-(]?{GAP}مکرر(?!\\w|\u200c\\w){GAP}\\)?(?:{GAP}\\(?{GAP}([0-9]{{1,2}})(?![0-9]){GAP}\\)?)?")
SEPARATOR = re.compile(f"{GAP}(?:[،,؛]{GAP}(?:(?:و|یا)(?!\\w)|){GAP}|(?:و|یا)(?!\\w)|و(?=[0-9]))")
_ADJECTIVE = re.compile("(?:[ \u200c]?و[ \u200c]?[^\\W\\d_]+?)?ی(?!\\w)")
_LETTERED = re.compile("[-–](الف|[بپتثجچحخد])(?![\\w\u064b-\u0654\u200c])")
_SUB = re.compile("[-–ـ/][0-9]{1,3}(?![0-9])")
_SPACED_SUB = re.compile("[ \u200c]?[-–ـ][ \u200c]?[0-9]{1,3}(?![0-9])")  # «بند «ب ـ ۲۱»»
_SIGNS = str.maketrans("–ـ٫", "--.")
_WORD_STARTS = re.compile("(?<![^\\W\\d_])[^\\W\\d_]")
_DIGIT_ORDINAL = re.compile(f"([0-9]{{1,4}}){GAP}(?:ا|اُ)?مین\\Z")


@dataclass(frozen=True, slots=True)
class Item:
    """One number of a clause as printed; `until` is the other end of a range."""

    value: int | str
    start: int
    end: int
    style: Style
    until: int | str | None = None
    bracketed: bool = False


def item_at(folded: str, at: int, *, in_list: bool = False) -> Item | None:
    """The number that begins at `at`, blanks and brackets around it skipped; `in_list` tells that one stands before it."""
    opening = OPEN.match(folded, at)
    if opening is None:
        item = number_at(folded, _skip(folded, at), in_list=in_list)
        return item and _with_echo(folded, item)
    second = OPEN.match(folded, opening.end())
    inner = number_at(folded, (second or opening).end(), quoted=True)
    if inner is None:
        return None
    closing = CLOSE.match(folded, inner.end)
    if closing is None or closing[1] != PAIRS[(second or opening)[1]]:
        return inner if inner.style == "digits" and opening[1] in "([" and second is None else None
    end = closing.end()
    if second is not None:
        outer = CLOSE.match(folded, end)
        if outer is None or outer[1] != PAIRS[opening[1]]:
            return None
        end = outer.end()
    return _bis(folded, replace(inner, start=opening.start(1), end=end, bracketed=True))


def number_at(folded: str, at: int, *, in_list: bool = False, quoted: bool = False) -> Item | None:
    """The number without brackets at `at`; in quotation marks (`quoted`) «و» is a letter."""
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
    if found is None and (quoted or (in_list and SEPARATOR.match(folded, at + 1))):
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
    opening = OPEN.match(folded, item.end)
    echo = number_at(folded, opening.end()) if opening and opening[1] in "([" else None
    if echo is None or echo.value != item.value:
        return item
    closing = CLOSE.match(folded, echo.end)
    return item if closing is None else replace(item, end=closing.end())


def _skip(folded: str, at: int) -> int:
    found = _SKIP.match(folded, at)
    return found.end() if found else at


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
