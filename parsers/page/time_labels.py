"""Labels of times: «تاریخ انتشار», «آخرین ویرایش», «تاریخ تصویب», and what each of them says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from parsers.expressions import expression
from parsers.page.printed_moment import PageTime, moment_words, printed_time, spelt, words_besides_time

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["published", "modified", "other"]
_LONGEST_VALUE = 80
_LONGEST_GAP = 24
_TO_DIGIT = expression(r"\D{0,36}\d")  # weekday, day and month may be words: «چهارشنبه بیست و نهم اردیبهشت ماه ۱۴۰۱»


@dataclass(frozen=True, slots=True)
class LabelledTime:
    """A time with the kind of its label; `start` and `end` are where label and value stand in the text."""

    kind: Kind
    moment: PageTime
    start: int
    end: int


@cache
def _labels() -> re.Pattern[str]:
    words = moment_words()
    colon = r"\s*[:：؛|]"
    return expression(
        rf"""
        (?<!\w) (?:
          (?P<modified> {spelt(words["modified"])} )
        | (?P<other> (?:{spelt(words["other"])}) | (?:{spelt(words["other_with_colon"])}) {colon} )
        | (?P<published> (?:{spelt(words["published"])}) | (?:{spelt(words["published_with_colon"])}) {colon} )
        ) (?!\w) {colon}?
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def labelled_times(text: str) -> Iterator[LabelledTime]:
    """Yield the times that labels name in a comparable text of several lines; a value ends where the next label begins."""
    marks = list(_labels().finditer(text))
    for mark, following in zip_longest(marks, marks[1:]):
        end = min(following.start() if following else len(text), mark.end() + _LONGEST_VALUE)
        value = _value(text[mark.end() : end])
        moment = printed_time(value) if value else None
        if moment:
            yield LabelledTime(_kind(mark), moment, mark.start(), mark.end() + len(value))


def _value(after: str) -> str:
    """Return what a label says: the text to the end of the first line with a digit, and the lines of time after it."""
    lines = after.split("\n")
    first = next((place for place, line in enumerate(lines) if any(map(str.isdigit, line))), None)
    if first is None or sum(map(len, lines[:first])) > _LONGEST_GAP or _TO_DIGIT.match(lines[first]) is None:
        return ""
    last = first + 1
    while last < len(lines) and not words_besides_time(lines[last]):
        last += 1
    return "\n".join(lines[:last])


def label_kind(text: str) -> Kind | None:
    """Return the kind of the first label in a comparable text."""
    found = _labels().search(text)
    return _kind(found) if found else None


def without_label(text: str) -> str:
    """Return a comparable text from its first label on, without the label."""
    found = _labels().search(text)
    return text[found.end() :] if found else text


def _kind(found: re.Match[str]) -> Kind:
    return found.lastgroup  # type: ignore[return-value]


def opens_with_label(text: str) -> bool:
    """Return whether a comparable text begins with a label and the time that it names."""
    return _labels().match(text) is not None and any(found.start == 0 for found in labelled_times(text))
