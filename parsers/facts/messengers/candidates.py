"""Candidates: names that may be messengers, and the lists they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.facts.messengers.evidence import cues, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.facts.messengers.evidence import Cues, Place

# What may stand between two names of one list: a separator; an item that is no known name; an amount («ایتا ۳۵ درصد، …»), or
# a number («۱- ایتا ۲- بله»); a line break, where both names stand alone on their lines.
_AND = r"(?:و نیز|و همچنین|و هم|و یا|یا همان|به همراه|همراه با|در کنار|همچنین|نیز|همان|یعنی|و|یا|تا)(?=[\s«“\"(\[#])"
_SEPARATOR = re.compile(
    rf"[\s»”\"'’)\]]*(?:[،,؛/;+|•·–-]\s*(?:{_AND})?|{_AND}|[(«“\"\[](?=\S?)|\)\s*)"
    rf"\s*(?:پیام[ \u200c]?رسان\s)?[«“\"'‘(\[#]*\s*"
)
_OTHER_ITEM = re.compile(
    r"[\s»”\"]*[،,]\s*[«“\"]?[^\W\d_]+(?:[ \u200c][^\W\d_]+)?[»”\"]?\s*(?:[،,]\s*(?:و\s)?|\sو\s)\s*[«“\"]?\s*"
)
_COUNTED = r" (?!(?:در|از|به|با|بر|که|را|برای|ساله|سالگی)(?![^\W_]))[^\W\d_]+"  # not «سروش ۲۰ ساله در تلگرام»
_AMOUNT = rf"(?:\([^()\n]{{0,30}}\)|(?:با\s)?\d[\d.,٫/]*٪?(?:{_COUNTED}){{0,3}}|)"
_MEASURED = re.compile(rf"[\s»”\"]*{_AMOUNT}\s*(?:[،,؛]\s*(?:و\s)?|و\s)?(?:\d+\s*[-–.)])?\s*[«“\"]?")
_BULLETS = re.compile(r"[\s»”\"،,؛;.)\]]*\n[\s\d*•·▪.)–_«“\"(-]*")
_OPENING = {"«": "»", "“": "”", '"': '"', "„": "“", "(": ")", "[": "]", "'": "'", "‘": "’", "‹": "›"}


@dataclass(slots=True)
class Candidate:
    """An occurrence under judgement. `rule` is None until it is accepted; a refused one is never taken up again.

    An `introduced` one stands behind a noun and a colon, «پیام‌رسان‌ها: بله», where it may open a list or answer.
    """

    section: int
    start: int
    end: int
    slug: str
    sure: bool
    text: str
    rule: str | None = None
    refused: bool = False
    doubted: bool = False
    introduced: bool = False
    _at: Place | None = None

    @property
    def at(self) -> Place:
        """Its surroundings; distinct names never ask."""
        if self._at is None:
            self._at = place(self.text, self.start, self.end)
        return self._at

    @property
    def cues(self) -> Cues:
        """What is known of the name; only ambiguous names have them."""
        return cues()[self.slug]

    @property
    def quoted(self) -> bool:
        """Whether quotation marks or brackets hold the name and nothing else."""
        before, after = self.at.before.rstrip(), self.at.after.lstrip()
        return bool(before and after) and _OPENING.get(before[-1]) == after[0]


def runs_of(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Candidates that stand in one list, with nothing but separators between them."""
    run: list[Candidate] = []
    for candidate in candidates:
        if run and not _in_one_list(run[-1], candidate):
            yield run
            run = []
        run.append(candidate)
    if run:
        yield run


def _in_one_list(first: Candidate, second: Candidate) -> bool:
    text = first.text
    if first.section != second.section or second.start - first.end > 40:
        return False
    between = text[first.end : second.start]
    if _SEPARATOR.fullmatch(between):
        return True
    if _BULLETS.fullmatch(between):
        return _alone_on_line(text, first) and _alone_on_line(text, second)
    if _MEASURED.fullmatch(between):
        return any(letter in "،,؛)-–." or letter.isdigit() for letter in between)
    return bool(_OTHER_ITEM.fullmatch(between))


def _alone_on_line(text: str, candidate: Candidate) -> bool:
    start = text.rfind("\n", 0, candidate.start) + 1
    end = text.find("\n", candidate.end)
    rest = text[start : candidate.start] + text[candidate.end : end if end >= 0 else len(text)]
    return len(rest) < 20 and not any(letter.isalpha() for letter in rest)
