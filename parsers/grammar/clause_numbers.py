"""One number of a clause, as it stands after «بند» or «ماده».

    item   := bracket? number bracket? مکرر?
    number := digits | dotted (4-4, 3.2, 5/1) | words with or without the digits in brackets | letter (الف, ب …)

All positions are in folded text. Everything is matched from left to right at one place; nothing is searched for. Letters, endings
and brackets are in `lexicon/clause_numbers.toml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from parsers.expressions import expression
from parsers.grammar.alphabets import ALPHABET, FIRST, FIRST_NAME
from parsers.grammar.blanks import BLANK, GAP, HARAKAT, LETTER
from parsers.grammar.joints import AND_OR, COMMA, SEMICOLON, any_word
from parsers.lexicon import load
from parsers.persian.letters import ZWNJ
from parsers.persian.numbers import irregular_ordinals, match_number

Style = Literal["digits", "dotted", "ordinal", "cardinal", "letter"]

_TABLE = load("clause_numbers")
PAIRS: dict[str, str] = _TABLE["brackets"]

OPEN = expression(f"{GAP}([{re.escape(''.join(PAIRS))}]){GAP}")
CLOSE = expression(f"{GAP}([{re.escape(''.join(dict.fromkeys(PAIRS.values())))}])")
# What stands between two numbers of a list: «،», «و», «یا», «، و».
SEPARATOR = expression(rf"{GAP}(?:(?:{COMMA}|{SEMICOLON}){GAP}(?:{AND_OR})?{GAP}|{AND_OR})")

_SKIP = expression(GAP)
_DASHES = "-–ـ"  # a tatweel is printed for a dash
_SIGNS = str.maketrans("–ـ٫", "--.")
_DIGITS = expression(
    rf"""(?x)
    [0-9]{{1,6}}
    (?:[{_DASHES}./٫][0-9]{{1,4}}){{0,4}}       # dotted: 4-4, 3.2, 5/1
    (?![0-9]
      |[-–./٫,،٬]0[0-9]{{2}}(?![0-9])           # thousands set apart: 12,000
      |[{_DASHES}./٫][0-9])                     # more parts than a clause has
    """
)
_ORDINAL_ENDING = expression(f"{GAP}{any_word(_TABLE['ordinal_endings'])}")
_LETTER_END = rf"(?![\w{HARAKAT}\u0653\u0654]|{ZWNJ}\w)"
_NUMBERING = "".join(letter for letter in ALPHABET if letter not in FIRST + _TABLE["word"]) + _TABLE["more"]
_LETTER = expression(
    rf"""(?x)
    (?:{FIRST_NAME}|[{_NUMBERING}][\u0640\u200d]{{0,2}})    # a tatweel or joiner shapes a lone letter: «هـ»
    {_LETTER_END}
    (?!\.{LETTER})                                          # «ق.م» is an abbreviation
    """
)
_LETTER_THAT_IS_A_WORD = expression(rf"{_TABLE['word']}{_LETTER_END}")
_REPEATED = expression(
    rf"""(?x)
    {GAP}[-(]?{GAP}(?:{any_word(_TABLE["repeated"])}){GAP}\)?
    (?:{GAP}\(?{GAP}([0-9]{{1,2}})(?![0-9]){GAP}\)?)?       # «مکرر ۲»: the second of its kind
    """
)
# «دوازدهمی», «بیست و یکمی»: a number as an adjective.
_ADJECTIVE = expression(rf"(?:{BLANK}?{_TABLE['word']}{BLANK}?{LETTER}+?)?{_TABLE['adjective']}(?!\w)")
# «۴-ب»: a letter under a number; «ب-۲», «ب ـ ۲»: a number under a letter, the spaced form in quotation marks only.
_SUBLETTER = expression(rf"[-–]({FIRST_NAME}|[{_TABLE['after_number']}])(?![\w{HARAKAT}\u0653\u0654{ZWNJ}])")
_SUBNUMBER = expression(rf"[{_DASHES}/][0-9]{{1,3}}(?![0-9])")
_SPACED_SUBNUMBER = expression(rf"[ {ZWNJ}]?[{_DASHES}][ {ZWNJ}]?[0-9]{{1,3}}(?![0-9])")


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
    """Return the number at `at`, after blanks and in brackets or not; `in_list` if another number stands before it."""
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
    return _with_repeated(folded, replace(inner, start=opening.start(1), end=end, bracketed=True))


def number_at(folded: str, at: int, *, in_list: bool = False, quoted: bool = False) -> Item | None:
    """Return the number at `at`, without brackets around it; in quotation marks (`quoted`) «و» is a letter."""
    item = _digits(folded, at) or _words(folded, at) or _letter(folded, at, quoted=quoted, in_list=in_list)
    return item and _with_repeated(folded, item)


def _digits(folded: str, at: int) -> Item | None:
    found = _DIGITS.match(folded, at)
    if found is None:
        return None
    text = found[0]
    letter = _SUBLETTER.match(folded, found.end()) if text.isdigit() else None
    if letter is not None:
        return Item(text + "-" + letter[1], at, letter.end(), "dotted")
    if folded[found.end() : found.end() + 1] == ":" and folded[found.end() + 1 : found.end() + 2].isdigit():
        return None
    if text.isdigit():
        ending = _ORDINAL_ENDING.match(folded, found.end())
        return Item(int(text), at, ending.end() if ending else found.end(), "digits")
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
    adjective = _ADJECTIVE.match(folded, found.end)
    longer = match_number(folded[at : adjective.end() - 1], 0) if adjective else None
    if adjective is not None and longer is not None and longer.end == adjective.end() - 1 - at:
        return Item(longer.value, at, adjective.end(), "ordinal")
    ordinal = folded[at : found.end].endswith(_ordinals())
    return Item(found.value, at, found.end, "ordinal" if ordinal else "cardinal")


def _ordinals() -> tuple[str, ...]:
    """Return what the words of an ordinal end with."""
    return (*_TABLE["ordinal_endings"], *irregular_ordinals())


def _letter(folded: str, at: int, *, quoted: bool, in_list: bool) -> Item | None:
    found = _LETTER.match(folded, at)
    if found is None and (quoted or (in_list and SEPARATOR.match(folded, at + 1))):
        found = _LETTER_THAT_IS_A_WORD.match(folded, at)
    if found is None:
        return None
    letter, end = found[0].rstrip("\u0640\u200d"), found.end()
    sub = (_SPACED_SUBNUMBER if quoted else _SUBNUMBER).match(folded, end)
    if sub is not None:
        return Item(letter + sub[0].translate(_SIGNS).replace(" ", "").replace(ZWNJ, ""), at, sub.end(), "letter")
    return Item(letter, at, end, "letter")


def _with_repeated(folded: str, item: Item) -> Item:
    """Return the item with «مکرر» and the number that may follow it."""
    found = _REPEATED.match(folded, item.end)
    if found is None:
        return item
    end, again = found.end(), found[1]
    if "(" not in found[0] and ")" in found[0]:
        end = found.start() + found[0].index(")")
    value = f"{item.value} {_TABLE['repeated'][0]}" + (f" {again}" if again else "")
    return replace(item, value=value, end=len(folded[:end].rstrip(f" {ZWNJ}")))


def _with_echo(folded: str, item: Item) -> Item:
    """Return the item with the same number in brackets after it: «هشتاد و پنجم (۸۵)», «۸۵ (هشتاد و پنج)»."""
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
