"""Law pages: `label: value` pairs next to the text of a law.

Portals print the same labels in different markup (table rows, lists, spans side by side) and in both spellings of ye and
kaf, so pairs are read from lines of text.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.calendar_words import vocabulary
from parsers.page.comparison import comparable, one_line
from parsers.page.printed_moment import PageTime, is_date_line, printed_time, spelt
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from parsers.page.paragraphs import Block

# The day that counts as published: in the gazette, else notified, else approved.
_DATES = ("gazette_date", "notified", "approved")
_LONGEST_PAIR = 220
_PAIRS_ENOUGH = 2
_HEAD = 200  # lines in which the title stands
# Labels that only a law's page prints: a news page has a number and a date too.
_TELLING = ("issuer", "notified", "approved", "gazette", "kind")


@cache
def _approved() -> re.Pattern[str]:
    """Return the pattern of the day in a heading: «مصوب 1397/07/29», «مصوب ۲۹ مهر ۱۳۹۷»."""
    words = _table()["words"]
    return expression(
        rf"""
        (?:{spelt(words["approval"])}) \D{{0,40}}?
        ( \d{{4}}/\d{{1,2}}/\d{{1,2}}                  # year, month, day
        | \d{{1,2}}/\d{{1,2}}/\d{{4}}                  # day, month, year
        | \d{{1,2}}\ ?(?:{vocabulary().month})\ ?(?:{spelt(words["month"])})?\ ?\d{{4}}
        )
        """,
        re.VERBOSE,
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "law.toml").read_text(encoding="utf-8"))


@cache
def labels() -> Mapping[str, str]:
    """Return what each label labels, by the label in comparable text."""
    return {comparable(label): kind for kind, names in _table().items() if kind != "words" for label in names}


@cache
def _label() -> re.Pattern[str]:
    names = sorted(labels(), key=len, reverse=True)
    spelt = "|".join(r"[\s\u200c]*".join(map(re.escape, name.split(" "))) for name in names)
    return expression(rf"(?:^|(?<=[\s|،؛-]))({spelt})\s*(?:[:：]\s*\t?|\t)\s*")


def read_pairs(lines: Iterable[str]) -> dict[str, str]:
    """Return what the labelled lines say, by kind of label; the first value of a kind counts.

    A label and its value may share a line, a table's row or stand on two lines.
    """
    found: dict[str, str] = {}
    waiting: str | None = None
    for line in lines:
        if waiting and line.strip() and not _label().match(fold(line)) and len(line) < _LONGEST_PAIR:
            found.setdefault(waiting, one_line(line))
        waiting = _lone_label(line)
        if len(line) <= 3 * _LONGEST_PAIR:
            for kind, value in _pairs(line):
                found.setdefault(kind, value)
    return found


def _lone_label(line: str) -> str | None:
    return labels().get(comparable(line).rstrip(": ")) if len(line) < 60 else None


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    flat = fold(line)
    marks = list(_label().finditer(flat))
    if not marks or marks[0].start() > 2:
        return
    ends = [mark.start() for mark in marks[1:]] + [len(flat)]
    for mark, end in zip(marks, ends, strict=True):
        value = one_line(line[mark.end() : end].replace("\t", " ")).strip(" |،؛-")
        kind = labels().get(comparable(mark[1])) or labels().get(comparable(mark[1].replace("\u200c", " ")))
        if value and kind and len(value) < _LONGEST_PAIR:
            yield kind, value


def is_pair(text: str) -> bool:
    """Return whether a line is a label with its value (or without), rather than a line of the law."""
    return len(text) < _LONGEST_PAIR and (_lone_label(text) is not None or next(_pairs(text), None) is not None)


def looks_like_law(pairs: Mapping[str, str]) -> bool:
    """Return whether the labels found are those of a law's page."""
    return sum(kind in pairs for kind in _TELLING) >= _PAIRS_ENOUGH


def law_time(pairs: Mapping[str, str], heading: str, lines: Iterable[str] = ()) -> PageTime | None:
    """Return the day of the gazette, else of notification or approval, else that of the heading, else a line that is a date."""
    for kind in _DATES:
        moment = printed_time(pairs.get(kind))
        if moment:
            return moment
    named = _approved().search(comparable(heading))
    if named:
        return printed_time(named[1])
    return next(filter(None, map(printed_time, filter(is_date_line, lines))), None)


def approval_below(title: str | None, lines: Sequence[str]) -> str:
    """Return the line right below the title that says when the law was approved: «مصوب ۱۳۹۶/۱۱/۲۸ با اصلاحات»; else nothing."""
    named = comparable(title or "")
    flat = [comparable(line) for line in lines[:_HEAD]] if named else []
    below = (line for above, line in pairwise(filter(None, flat)) if above == named and len(line) <= _LONGEST_PAIR)
    return next(filter(_approved().match, below), "")


def law_blocks(blocks: list[Block]) -> list[Block]:
    """Return the lines of the law itself: labels and their values, which stand before it, are left out."""
    first = 0
    while first < len(blocks) and (is_pair(blocks[first].text) or (first and blocks[first - 1].text.rstrip(": ") in labels())):
        first += 1
    return [block for block in blocks[first:] if not (block.kind == "row" and is_pair(block.text))]


def _stands_before(blocks: list[Block], place: int) -> bool:
    text = blocks[place].text
    return is_pair(text) or is_date_line(text) or (place > 0 and _lone_label(blocks[place - 1].text) is not None)
