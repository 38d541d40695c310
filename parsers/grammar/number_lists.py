"""Lists and ranges of numbers as they stand after «بند» or «ماده».

    list  := item (sep item)*            sep  := ، , و یا          range := تا الی لغایت لغایه -

All positions are into folded text. Everything is matched left to right at one place; nothing is searched for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from parsers.expressions import expression
from parsers.grammar.blanks import GAP
from parsers.grammar.clause_numbers import CLOSE, OPEN, PAIRS, SEPARATOR, Item, item_at, number_at
from parsers.grammar.joints import DASH, TO
from parsers.grammar.number_ranges import MAX_RANGE, dotted_range, increasing

_TO = expression(f"{GAP}(?P<joint>{TO}){GAP}")
_DASH = expression(DASH)


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of numbers; `end` includes closing brackets."""

    items: tuple[Item, ...]
    end: int


def numbers_at(folded: str, at: int, *, plural: bool = False, articles: bool = False) -> Numbers | None:
    """Return the list of numbers that begins at `at` (blanks and one opening bracket skipped), or None.

    `plural` and `articles` tell what a hyphen means: «مواد ۷۲۹-۷۳۱» is a range, «بند ۴-۴» one clause.
    """
    enclosed = _enclosed_list(folded, at, plural=plural, articles=articles)
    if enclosed is not None:
        return enclosed
    first = item_at(folded, at)
    if first is None:
        return None
    items = _more(folded, first, plural=plural)
    return Numbers(tuple(_hyphens(items, plural=plural, articles=articles)), items[-1].end)


def drop_last(numbers: Numbers) -> Numbers | None:
    """Return the list without its last number, or the range without its end; None when nothing is left."""
    *rest, last = numbers.items
    if last.until is not None:
        rest.append(replace(last, until=None, end=last.start + len(str(last.value))))
    return Numbers(tuple(rest), rest[-1].end) if rest else None


def _enclosed_list(folded: str, at: int, *, plural: bool, articles: bool) -> Numbers | None:
    """«(۵ و ۶)», «(الف، ب و ج)»: more than one number in one pair of brackets."""
    opening = OPEN.match(folded, at)
    if opening is None:
        return None
    first = number_at(folded, opening.end())
    if first is None:
        return None
    items = _more(folded, first, plural=plural)
    closing = CLOSE.match(folded, items[-1].end)
    if len(items) == 1 and items[0].until is None:
        return None
    if closing is None or closing[1] != PAIRS[opening[1]]:
        return None
    items = [replace(item, bracketed=True) for item in _hyphens(items, plural=plural, articles=articles)]
    return Numbers(tuple(items), closing.end())


def _more(folded: str, first: Item, *, plural: bool) -> list[Item]:
    """Return the list that `first` begins."""
    items = [_until(folded, first, plural=plural)]
    while True:
        separator = SEPARATOR.match(folded, items[-1].end)
        following = item_at(folded, separator.end(), in_list=True) if separator else None
        if following is None or not _go_together(items[0], following):
            return items
        items.append(_until(folded, following, plural=plural))


def _go_together(first: Item, other: Item) -> bool:
    if other.style == "cardinal":
        return first.style in ("cardinal", "ordinal")
    return (first.style == "letter") == (other.style == "letter") or other.bracketed or other.style == "dotted"


def _until(folded: str, item: Item, *, plural: bool) -> Item:
    """Return the item, with the end of the range that it begins; a hyphen between blanks is a range after a plural only."""
    to = _TO.match(folded, item.end)
    other = item_at(folded, to.end()) if to else None
    if to is None or other is None:
        return item
    hyphen = bool(_DASH.match(to["joint"]))
    if item.style == other.style == "dotted" and not hyphen and dotted_range(item.value, other.value):
        return replace(item, until=other.value, end=other.end)
    if "dotted" in (item.style, other.style) or (other.style == "letter") != (item.style == "letter"):
        return item
    if hyphen and not (plural or item.bracketed):
        return item
    if not increasing(item.value, other.value):
        return item
    return replace(item, until=other.value, end=other.end)


def _hyphens(items: list[Item], *, plural: bool, articles: bool) -> list[Item]:
    """Dotted numbers that are ranges: 3–4 digits increasing, or the only number of a plural unit."""
    return [_as_range(item, forced=plural and (articles or len(items) == 1)) for item in items]


def _as_range(item: Item, *, forced: bool) -> Item:
    if item.style != "dotted" or not re.fullmatch("[0-9]+-[0-9]+", str(item.value)):
        return item
    low, high = (int(part) for part in str(item.value).split("-"))
    if not low < high <= low + MAX_RANGE or not (forced or low >= 100):
        return item
    return replace(item, value=low, until=high, style="digits")
