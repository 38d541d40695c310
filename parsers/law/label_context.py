"""What a label's surroundings say of it: the line it opens, the sentence before it, the labels further on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP
from parsers.grammar.instrument_titles import name_at
from parsers.law.label import is_container
from parsers.law.numbering import is_first, successors
from parsers.law.outline import series_of
from parsers.law.vocabulary import NOTE, article_units, pattern, whole_words, words
from parsers.law.whole_law import whole_law

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from parsers.law.label import Label

# How many labels are looked through, so that no text costs more than its length.
_AHEAD = 400
_SAID = 900
_SHORT = 30
_AHEAD_IN_LIST = 60
_AHEAD_FOR_MISSING = 40
_LONGEST_HEADING = 140
_LINES_OF_TITLE = 2
_TITLE_MARKS = " #*«»\u200c\t"
_SENTENCE_END = expression("[.؛:!؟»)\\]،][ \u200c]*\\Z")


class Surroundings:
    """Those of one label after the other: iterating moves on, and every question is asked of the label that was given last."""

    def __init__(self, folded: str, labels: Sequence[Label]) -> None:
        self._folded = folded
        self._labels = labels
        self._at = 0

    def __iter__(self) -> Iterator[Label]:
        for place, label in enumerate(self._labels):
            self._at = place
            yield label

    def is_heading(self, label: Label) -> bool:
        """Return whether what stands behind it, without a dash, can only be a chapter's heading: short, and no sentence."""
        line = self._line(label)
        return bool(line) and len(line) < _LONGEST_HEADING // 2 and not _running().match(line) and not _SENTENCE_END.search(line)

    def may_head(self, label: Label) -> bool:
        """Return whether what stands behind it may be a chapter's heading."""
        line = self._line(label)
        return len(line) < _LONGEST_HEADING and not line.endswith((".", "؛"))

    def opens_plainly(self, label: Label) -> bool:
        """Without a dash: at a line's beginning, after the end of a sentence or a heading, and not «ماده ۵ این قانون …»."""
        before = self._folded[max(0, label.start - 3) : label.start].rstrip("\n ")
        if not self.opens_line(label):
            return False
        return not before or bool(_SENTENCE_END.search(before)) or self._is_below_heading(label)

    def _is_below_heading(self, label: Label) -> bool:
        """Return whether the line right above is a chapter's heading: «فصل دوم ـ باغچه‌ها»."""
        above = self._labels[self._at - 1] if self._at else None
        if above is None or not (is_container(above) and above.line):
            return False
        return "\n" not in self._folded[above.end : label.start].strip() and self.may_head(above)

    def is_below_title(self, label: Label) -> bool:
        """Return whether a law's title stands above, «قانون الحاق … مصوب …», or the formula that ends the law before it."""
        above = [line.strip(_TITLE_MARKS) for line in self._folded[: label.start].rsplit("\n", _LINES_OF_TITLE + 1)[1:]]
        lines = [line for line in above if line][-_LINES_OF_TITLE:]
        if lines and pattern("title", "issued").match(lines[-1].lstrip("(")):
            lines = lines[:-1]
        if not lines:
            return False
        return bool(whole_law().match(lines[-1])) or (name_at(lines[-1], 0) is not None and lines[-1][-1] not in ".؛:،")

    def opens_line(self, label: Label) -> bool:
        """Return whether it begins a line that is no sentence about a clause, «ماده ۵ این قانون …»."""
        return label.line and not _running().match(self._folded, label.end)

    def is_to_come(self, number: int | str, label: Label) -> bool:
        """Return whether the same kind of clause with this number stands further on, before the next chapter."""
        for other in self._ahead(_AHEAD):
            if is_container(other) and other.firm and self.may_head(other):
                return False
            if other.unit == label.unit and other.number == number and other.firm and other.line:
                return True
        return False

    def goes_on(self, item: Label, *, past_notes: bool = False) -> bool:
        """Return whether the list of this item does, before the next article, and the next note unless `past_notes`."""
        for other in self._ahead(_AHEAD):
            if other.unit in article_units() or is_container(other) or (other.unit == NOTE and not past_notes):
                return False
            if series_of(other) == series_of(item):
                if is_first(other.number):
                    return False
                if other.number in successors(item.number)[:2]:
                    return True
        return False

    def said_between(self, label: Label, other: Label) -> str:
        """Return the last words between two labels."""
        return self._folded[max(label.end, other.start - _SAID) : other.start]

    def is_continuation(self, label: Label) -> bool:
        """Return whether a heading is printed again over the rest of its chapter: «فصل دوم (ادامه)»."""
        return bool(whole_words("sentences", "continued").search(self._line(label)[:_SHORT]))

    def line_of(self, label: Label) -> str:
        """Return the words after a label in its line."""
        return self._line(label)

    def counts_on(self, label: Label, many: int) -> bool:
        """Return whether articles go on counting after this one, so many of them, none of another number between."""
        wanted = label.number
        for other in self._ahead(_AHEAD):
            if other.unit != label.unit or not other.line or not (other.firm or self.opens_line(other)):
                continue
            if not isinstance(wanted, int) or other.number != wanted + 1:
                return False
            wanted, many = wanted + 1, many - 1
            if many == 0:
                return True
        return False

    def articles_begin_again(self, many: int) -> bool:
        """Return whether the next article is the first one, and so many count on after it."""
        for place, other in enumerate(self._ahead(_AHEAD), self._at + 1):
            if other.unit in article_units() and other.line:
                if not is_first(other.number):
                    return False
                following = [o.number for o in self._labels[place + 1 : place + _AHEAD] if o.unit == other.unit and o.line]
                return following[:many] == list(range(2, many + 2))
        return False

    def has_second(self, label: Label) -> bool:
        """Return whether a second item follows this first one, in the same article."""
        for other in self._ahead(_AHEAD_IN_LIST):
            if series_of(other)[:2] == series_of(label)[:2] and other.number in successors(label.number)[:2]:
                return True
            if other.unit in article_units():
                return False
        return False

    def has_next(self, label: Label, last: Label) -> bool:
        """Return whether the item that should stand between `last` and this label follows soon."""
        following = successors(last.number)[:1]
        return any(o.number in following and series_of(o) == series_of(label) for o in self._ahead(_AHEAD_FOR_MISSING))

    def is_numbered_ahead(self, number: str) -> bool:
        """Return whether a label with this dotted number follows soon."""
        return any(other.number == number for other in self._ahead(_AHEAD_IN_LIST))

    def _ahead(self, many: int) -> Sequence[Label]:
        return self._labels[self._at + 1 : self._at + many]

    def _line(self, label: Label) -> str:
        end = self._folded.find("\n", label.end)
        return self._folded[label.end : end if end >= 0 else len(self._folded)].strip()


@cache
def _running() -> re.Pattern[str]:
    """Words that go on with a sentence: «ماده ۵ این قانون»."""
    return expression(f"{GAP}{words('sentences', 'go_on')}")
