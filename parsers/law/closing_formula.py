"""Where the clauses of a law end: at the formula of its passing, the signatures, the list of copies; an annex may follow."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, LETTER
from parsers.law.approval import approvals
from parsers.law.days import days_in
from parsers.law.vocabulary import annexes, data, pattern, words
from parsers.law.whole_law import kinds, whole_law
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from parsers.law.label import Label

_LAST_LINES = 8
_SENTENCE = expression("[.؛:،][ \u200c]*\\Z")


def closing_spans(folded: str, labels: Sequence[Label]) -> tuple[int, int]:
    """Return where what closes the law begins, and where it ends: at the text's end, or where an annex begins."""
    units = [label for label in labels if label.line and label.firm and label.unit]
    begun = [label.start for label in units if label.unit in annexes()]
    first = min((label.start for label in labels), default=len(folded))
    for end in (*begun, len(folded)):
        before = [label for label in units if label.start < end and label.unit not in annexes()]
        last = _first_words(folded, max(before, key=lambda label: label.start)) if before else first
        start = _closing(folded, min(last, end), end)
        if start < end:
            return start, end
    return len(folded), len(folded)


def ends_in_formula(after: str) -> bool:
    """Return whether what follows the clauses is the formula of passing: «قانون فوق مشتمل بر …» with the day."""
    first = fold(after).split("\n")[0]
    return bool(_formula().match(first)) and bool(approvals(first))


def _first_words(folded: str, label: Label) -> int:
    """Return where the words of a clause begin: a line further down where its label has a line for itself."""
    return label.end + len(folded[label.end :]) - len(folded[label.end :].lstrip())


def _closing(folded: str, first: int, end: int) -> int:
    """Return the first line that closes, looked for after the line where the last clause's words begin."""
    lines = list(_lines(folded, first, end))[1:]
    for place, (start, line) in enumerate(lines):
        near_end = len(lines) - place <= _LAST_LINES
        if _formula().match(line) or (near_end and (_is_signature(line) or _is_of_gazette(line) or _is_approval(line))):
            return start
    return end


def _is_approval(line: str) -> bool:
    """Return whether a line tells that the whole law was approved: «چون به موجب … قانون فوق … به تصویب … رسیده قابل اجراست»."""
    if _dated_approval().match(line):
        return bool(days_in(line))
    return bool(whole_law().search(line)) and bool(approvals(line))


def _lines(folded: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    at = start
    for line in folded[start:end].split("\n"):
        yield at, line.strip()
        at += len(line) + 1


def _is_signature(line: str) -> bool:
    if not line or len(line) > data()["closing"]["longest_signature"] or _SENTENCE.search(line):
        return False
    return bool(_office().match(line))


@cache
def _formula() -> re.Pattern[str]:
    """Return the pattern for «قانون فوق که مشتمل بر …», «این آیین‌نامه در جلسه …», «رونوشت» at a line's beginning."""
    kind = kinds()
    return expression(
        rf"""(?x)
        {kind}{GAP}{words("closing", "pointers")}{GAP}(?:{words("closing", "that")}{GAP})?{words("closing", "holds")}
        | {words("sentences", "this")}{GAP}{kind}{GAP}(?:{words("closing", "that")}{GAP})?{words("closing", "this_in")}
        | {words("closing", "lines")}
        """
    )


def _is_of_gazette(line: str) -> bool:
    return len(line) <= data()["closing"]["longest_gazette"] and bool(pattern("closing", "gazette").search(line))


@cache
def _dated_approval() -> re.Pattern[str]:
    """Return the pattern for a line that only says when: «مصوب ۱۳۶۶/۱۲/۳ مجلس», «تاریخ تصویب: …»."""
    return expression(f"{GAP}[(]?(?:{words('head', 'approval_label')}|{words('head', 'approved_on')}{GAP}(?=[0-9]))")


@cache
def _office() -> re.Pattern[str]:
    """Return the pattern for a signature: up to three words of a name, then an office."""
    name = f"(?:{LETTER}+[ \u200c]){{0,3}}?(?:[-–—ـ،]{{1,2}} ?)?"
    return expression(f"{name}{words('closing', 'offices')}")
