"""Names that may be messengers, before it is decided, and the lists they stand in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.messengers.contexts import context_of
from parsers.facts.messengers.evidence import name_evidence
from parsers.grammar.joints import AND, COMMA
from parsers.grammar.spellings import WORD, phrases
from parsers.lexicon import load

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from parsers.facts.messengers.contexts import NameContext
    from parsers.facts.messengers.evidence import NameEvidence

_LETTER = r"[^\W\d_]"
# Two names alone on their lines.
_BULLETS = expression(r"[\s»\"،,؛;.)\]*]*\n(?:[\s\d*•·▪.)–_«“\"(+-]|\[[ xX]\])*")
_TICKED = expression(r"\[[ xX]\]")
_OTHER_ITEM = expression(  # an item that is no known name
    rf"""(?x)
    [\s»\"*]* {COMMA} \s* [«“\"*]* {_LETTER}+ (?: [\ \u200c] {_LETTER}+ )? [»”\"*]* \s*
    (?: {COMMA}\s* (?: {AND}\s )? | \s{AND}\s ) \s* [«“\"*]*\s*
    """
)
_OPENING = {"«": "»", "“": "”", '"': '"', "„": "“", "(": ")", "[": "]", "'": "'", "‘": "’", "‹": "›", "*": "*", "`": "`"}
_FAR = 40


@dataclass(slots=True)
class NameCandidate:
    """A name in a text. `rule` is None until it is accepted; a refused one is never taken up again.

    An `introduced` one stands after a noun and a colon, «پیام‌رسان‌ها: بله», where it may open a list or answer.
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
    _context: NameContext | None = None

    @property
    def at(self) -> NameContext:
        """Its surroundings; distinct names never ask."""
        if self._context is None:
            self._context = context_of(self.text, self.start, self.end)
        return self._context

    @property
    def evidence(self) -> NameEvidence:
        """What speaks for and against the name; only ambiguous names have it."""
        return name_evidence()[self.slug]

    @property
    def quoted(self) -> bool:
        """Whether quotation marks or brackets hold the name and nothing else."""
        before, after = self.at.before.rstrip(), self.at.after.lstrip()
        return bool(before and after) and _OPENING.get(before[-1]) == after[0]


def runs_of(candidates: Sequence[NameCandidate]) -> Iterator[list[NameCandidate]]:
    """Yield the candidates that stand in one list, with nothing but separators between them."""
    run: list[NameCandidate] = []
    for candidate in candidates:
        if run and not _in_one_list(run[-1], candidate):
            yield run
            run = []
        run.append(candidate)
    if run:
        yield run


def _in_one_list(first: NameCandidate, second: NameCandidate) -> bool:
    text = first.text
    if first.section != second.section or second.start - first.end > _FAR:
        return False
    between = text[first.end : second.start]
    if _separator().fullmatch(between):
        return True
    if _BULLETS.fullmatch(between):
        return _alone_on_line(text, first) and _alone_on_line(text, second)
    if _measured().fullmatch(between):
        return any(letter in "،,؛)-–." or letter.isdigit() for letter in between)
    return bool(_OTHER_ITEM.fullmatch(between))


def _alone_on_line(text: str, candidate: NameCandidate) -> bool:
    start = text.rfind("\n", 0, candidate.start) + 1
    end = text.find("\n", candidate.end)
    rest = text[start : candidate.start] + text[candidate.end : end if end >= 0 else len(text)]
    return len(rest) < 20 and not any(letter.isalpha() for letter in _TICKED.sub("", rest))


@cache
def _separator() -> re.Pattern[str]:
    """Return what stands between two names of one list: a comma, a stroke, «و», a bracket."""
    lists = load("messenger_cues")["lists"]
    joint = rf"{phrases(lists['and'])}(?!{WORD})(?=[\s«“\"(\[#*`])"
    return expression(
        rf"""(?x)
        [\s»”\"'’)\]*`]*
        (?: [،,؛/;+|•·–-] \s* (?:{joint})? | {joint} | [(«“\"\[] (?=\S?) | \)\s* )
        \s* (?: {phrases(lists["noun"])} \s )? [«“\"'‘(\[\#*`]* \s*
        """
    )


@cache
def _measured() -> re.Pattern[str]:
    """Return an amount or number between two names: «ایتا ۳۵ درصد، سروش …», «۱- ایتا ۲- بله»."""
    lists = load("messenger_cues")["lists"]
    counted = rf" (?!(?:{'|'.join(lists['not_counted'])})(?!{WORD})){_LETTER}+"
    amount = rf"(?:\([^()\n]{{0,30}}\)|(?:{'|'.join(lists['with'])}\s)?\d[\d.,٫/]*٪?(?:{counted}){{0,3}}|)"
    return expression(rf"[\s»”\"]*{amount}\s*(?:[،,؛]\s*(?:{AND}\s)?|{AND}\s)?(?:\d+\s*[-–.)])?\s*[«“\"]?")
